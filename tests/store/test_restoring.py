"""Backups brought back: in place, elsewhere, over damage, and when the power goes off at any step."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import pytest
from tests.store.canary import CANARY, close, names, texts, write
from tests.store.mishaps import spoil

from accountplanner.store.backups import BackupFailedError, Backups
from accountplanner.store.keyslots import create_keyslots, set_passphrase, unlock_with_passphrase
from accountplanner.store.places import Places
from accountplanner.store.restoring import finish_restore, restore
from accountplanner.store.verifying import is_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accountplanner.store.encrypted import Database
    from accountplanner.store.stretching import Stretching

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Kept:
    """A workspace with its databases open and its backups at hand, and a way to look into it once they are closed."""

    places: Places
    databases: dict[str, Database]
    backups: Backups
    key: bytes
    open: Callable[..., Database]

    def close(self) -> None:
        close(self.databases)

    def texts(self, places: Places | None = None) -> dict[str, list[str]]:
        found = {}
        for path in (places or self.places).databases:
            database = self.open(path, self.key, create=False)
            found[path.stem] = texts(database)
            database.close()
        return found


@pytest.fixture
def kept(
    places: Places,
    databases: dict[str, Database],
    backups: Backups,
    workspace_key: bytes,
    open_database: Callable[..., Database],
) -> Kept:
    return Kept(places, databases, backups, workspace_key, open_database)


def test_a_backup_comes_back_in_place_and_the_former_files_are_kept(kept: Kept, now: datetime) -> None:
    taken = kept.backups.before_import(kept.databases, now)
    for database in kept.databases.values():
        write(database, "from a bad import")
    kept.close()
    aside = restore(taken, kept.places, kept.key, now + timedelta(hours=1))
    found = kept.texts()
    assert (found["team"], found["me"]) == ([CANARY], [CANARY])
    assert found["archive"] == [CANARY, "from a bad import"]
    assert aside.name == "before-restore-20261120T130000Z"
    assert texts(kept.open(aside / "team.db", kept.key, create=False)) == [CANARY, "from a bad import"]
    assert kept.places.restored.exists()
    assert not kept.places.restoring.exists()


def test_the_former_log_never_meets_the_restored_database(kept: Kept, now: datetime) -> None:
    taken = kept.backups.before_import(kept.databases, now)
    write(kept.databases["team"], "in the log only")
    left = {path.name: path.read_bytes() for path in kept.places.folder.glob("team.db*")}
    kept.close()
    for name, content in left.items():
        (kept.places.folder / name).write_bytes(content)
    aside = restore(taken, kept.places, kept.key, now)
    assert {"team.db", "team.db-wal"} <= names(aside)
    assert kept.texts()["team"] == [CANARY]


def test_a_backup_comes_back_into_an_empty_folder(kept: Kept, tmp_path: Path, now: datetime) -> None:
    kept.backups.take(kept.databases, "daily", now, thorough=True)
    taken = kept.backups.before_import(kept.databases, now + timedelta(hours=1))
    fresh = Places(tmp_path / "fresh")
    restore(taken, fresh, kept.key, now)
    assert unlock_with_passphrase(fresh.keyslots, "a walk by the river") == kept.key
    assert kept.texts(fresh) == {"archive": [CANARY], "team": [CANARY], "me": [CANARY]}


def test_without_any_copy_of_the_archive_an_empty_one_begins(kept: Kept, tmp_path: Path, now: datetime) -> None:
    fresh = Places(tmp_path / "fresh")
    restore(kept.backups.before_import(kept.databases, now), fresh, kept.key, now)
    assert is_whole(fresh.archive, kept.key)


def test_the_present_passphrase_stays_unless_it_is_lost(kept: Kept, now: datetime, cheap: Stretching) -> None:
    taken = kept.backups.take(kept.databases, "asked", now, thorough=True)
    kept.close()
    set_passphrase(kept.places.keyslots, kept.key, "another walk", cheap)
    restore(taken, kept.places, kept.key, now)
    assert unlock_with_passphrase(kept.places.keyslots, "another walk") == kept.key
    kept.places.keyslots.write_bytes(b"damaged")
    restore(taken, kept.places, kept.key, now)
    assert unlock_with_passphrase(kept.places.keyslots, "a walk by the river") == kept.key


def test_a_damaged_archive_is_replaced(kept: Kept, now: datetime) -> None:
    taken = kept.backups.take(kept.databases, "asked", now, thorough=True)
    kept.close()
    spoil(kept.places.archive, 5_000)
    aside = restore(taken, kept.places, kept.key, now)
    assert "archive.db" in names(aside)
    assert kept.texts()["archive"] == [CANARY]


def test_a_damaged_backup_changes_nothing(kept: Kept, now: datetime) -> None:
    taken = kept.backups.take(kept.databases, "asked", now, thorough=True)
    write(kept.databases["team"], "later")
    kept.close()
    spoil(taken.folder / "team.db", 5_000)
    with pytest.raises(BackupFailedError, match="not a whole backup"):
        restore(taken, kept.places, kept.key, now)
    assert kept.texts()["team"] == [CANARY, "later"]
    assert not kept.places.restoring.exists()
    assert not kept.places.restored.exists()


def test_a_backup_of_another_workspace_does_not_open_with_this_key(
    kept: Kept, tmp_path: Path, now: datetime, cheap: Stretching
) -> None:
    taken = kept.backups.take(kept.databases, "asked", now, thorough=True)
    other = Places(tmp_path / "other")
    other.folder.mkdir()
    key, _ = create_keyslots(other.keyslots, "x", cheap)
    with pytest.raises(BackupFailedError):
        restore(taken, other, key, now)
    assert names(other.folder) == {"keyslots.json"}
    assert kept.places.team.exists()


@pytest.mark.parametrize("steps", range(12))
def test_a_crash_at_any_step_of_a_restore_leaves_old_or_new_whole(
    kept: Kept, now: datetime, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    taken = kept.backups.take(kept.databases, "asked", now, thorough=True)
    for database in kept.databases.values():
        write(database, "later")
    kept.close()
    spoil(kept.places.archive, 5_000)
    counted = CountedSteps(steps)
    monkeypatch.setattr(type(kept.places.team), "replace", counted.wrap(type(kept.places.team).replace))
    monkeypatch.setattr("accountplanner.store.restoring.shutil.copyfile", counted.wrap(shutil.copyfile))
    crashed = False
    try:
        restore(taken, kept.places, kept.key, now)
    except CrashError:
        crashed = True
    monkeypatch.undo()
    finish_restore(kept.places)
    finish_restore(kept.places)
    copied = kept.places.restored.exists()
    expected = [CANARY] if copied else [CANARY, "later"]
    for path in (kept.places.team, kept.places.me):
        database = kept.open(path, kept.key, create=False)
        assert texts(database) == expected
        database.close()
    assert is_whole(kept.places.archive, kept.key) == copied
    assert copied or crashed
    assert not kept.places.restoring.exists()


class CrashError(BaseException):
    """Stands for the power going off: nobody catches it."""


class CountedSteps:
    """Lets so many calls through and crashes at the next."""

    def __init__(self, allowed: int) -> None:
        self.left = allowed

    def wrap(self, action: Callable[P, R]) -> Callable[P, R]:
        def counted(*arguments: P.args, **named: P.kwargs) -> R:
            if not self.left:
                raise CrashError
            self.left -= 1
            return action(*arguments, **named)

        return counted
