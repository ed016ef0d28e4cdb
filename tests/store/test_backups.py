"""Backups that can be relied on: complete, encrypted, verified, rotated, and brought back."""

from __future__ import annotations

import json
import shutil
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import pytest
from tests.store.mishaps import all_bytes, needs_unix, spoil

from accountplanner.store import encrypted
from accountplanner.store.backups import Backup, BackupFailedError, Backups, list_backups
from accountplanner.store.encrypted import Database
from accountplanner.store.failures import DatabaseDamagedError, DiskFullError
from accountplanner.store.keyslots import create_keyslots, set_passphrase, unlock_with_passphrase
from accountplanner.store.places import Places
from accountplanner.store.restoring import finish_restore, restore
from accountplanner.store.verifying import CopyUnsoundError, copy_verified, is_intact, is_whole

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from accountplanner.store.stretching import Stretching

P = ParamSpec("P")
R = TypeVar("R")
CANARY = "Quetzalcoatlus dislikes Mondays"


@pytest.fixture
def databases(
    places: Places, workspace_key: bytes, open_database: Callable[..., Database]
) -> Iterator[dict[str, Database]]:
    opened = {path.stem: open_database(path, workspace_key) for path in places.databases}
    for database in opened.values():
        write(database, CANARY)
    yield opened
    for database in opened.values():
        database.close()


@pytest.fixture
def backups(places: Places) -> Backups:
    return Backups(places)


def write(database: Database, text: str) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS note (text)")
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", (text,))


def texts(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.exec_driver_sql("SELECT text FROM note").scalars())


def close(databases: dict[str, Database]) -> None:
    for database in databases.values():
        database.close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- taking ---------------------------------------------------------------------------------------------------------


def test_a_thorough_backup_holds_everything_and_opens_by_itself(
    backups: Backups, databases: dict[str, Database], now: datetime, open_database: Callable[..., Database]
) -> None:
    taken = backups.take(databases, "asked", now, thorough=True)
    assert taken.folder.name == "20261120T120000Z-asked"
    assert names(taken.folder) == {"team.db", "me.db", "archive.db", "keyslots.json", "backup.json"}
    key = unlock_with_passphrase(taken.keyslots, "a walk by the river")
    assert texts(open_database(taken.folder / "team.db", key, create=False)) == [CANARY]
    assert backups.all() == (taken,)


def test_a_quick_backup_leaves_the_archive_to_the_thorough_ones(
    backups: Backups, databases: dict[str, Database], now: datetime
) -> None:
    taken = backups.before_import(databases, now)
    assert (taken.reason, taken.thorough) == ("import", False)
    assert names(taken.folder) == {"team.db", "me.db", "keyslots.json", "backup.json"}


def test_a_backup_beside_other_work_is_whole_before_that_work_writes(
    backups: Backups, databases: dict[str, Database], now: datetime
) -> None:
    write(databases["team"], "before")

    with backups.beside(databases, now) as taken:
        backup = taken()
        write(databases["team"], "after")

    assert backups.all() == (backup,)
    assert (backup.reason, backup.thorough) == ("import", False)
    with databases["team"].raw(backup.folder / "team.db") as copy:
        assert "before" in str(copy.execute("SELECT text FROM note").fetchall())
        assert "after" not in str(copy.execute("SELECT text FROM note").fetchall())


def test_work_that_never_came_to_writing_leaves_no_backup_behind(
    backups: Backups, databases: dict[str, Database], now: datetime
) -> None:
    earlier = backups.before_import(databases, now)

    with pytest.raises(ValueError, match="unreadable"), backups.beside(databases, now):
        raise ValueError("unreadable")

    assert backups.all() == (earlier,)


def test_no_byte_of_a_backup_is_readable(
    backups: Backups, databases: dict[str, Database], now: datetime, places: Places
) -> None:
    backups.take(databases, "asked", now, thorough=True)
    for part in (b"Quetzal", b"SQLite format", b"CREATE TABLE"):
        assert part not in all_bytes(places.folder)


@needs_unix
def test_only_the_owner_may_look_into_a_backup(backups: Backups, databases: dict[str, Database], now: datetime) -> None:
    taken = backups.take(databases, "asked", now, thorough=True)
    assert stat.S_IMODE(taken.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in taken.folder.iterdir()} == {0o600}


def test_two_backups_in_one_second_get_two_names(
    backups: Backups, databases: dict[str, Database], now: datetime
) -> None:
    first, second = (backups.take(databases, "import", now, thorough=False) for _ in range(2))
    assert second.folder.name == f"{first.folder.name}-2"
    assert backups.all()[0] == second


def test_an_unfinished_transaction_is_not_part_of_it(
    backups: Backups, databases: dict[str, Database], now: datetime, open_database: Callable[..., Database]
) -> None:
    with databases["team"].writing() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('unfinished')")
        taken = backups.take(databases, "asked", now, thorough=True)
    copy = open_database(taken.folder / "team.db", unlock_with_passphrase(taken.keyslots, "a walk by the river"))
    assert texts(copy) == [CANARY]


@pytest.mark.parametrize("thorough", [True, False])
@pytest.mark.parametrize("mishap", ["flip", "zero", "swap", "cut"])
def test_a_copy_that_went_wrong_is_no_backup(
    backups: Backups,
    databases: dict[str, Database],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    mishap: str,
    thorough: bool,  # noqa: FBT001
) -> None:
    write(databases["team"], "x" * 40_000)
    monkeypatch.setattr("accountplanner.store.encrypted.make_durable", spoiling(mishap))
    with pytest.raises(CopyUnsoundError, match="could not be copied faithfully"):
        backups.take({"team": databases["team"]}, "asked", now, thorough=thorough)
    assert backups.all() == ()
    assert names(backups._places.backups) == set()


def spoiling(mishap: str) -> Callable[[Path], None]:
    """Harm a file of at least six pages in a way that a disk or a program could."""

    def harm(path: Path) -> None:
        content = path.read_bytes()
        page = 4096
        match mishap:
            case "flip":
                spoil(path, 4 * page + 99)
            case "zero":
                path.write_bytes(content[: 3 * page] + bytes(page) + content[4 * page :])
            case "swap":
                pages = content[: 3 * page], content[4 * page : 5 * page], content[3 * page : 4 * page]
                path.write_bytes(b"".join((*pages, content[5 * page :])))
            case _:
                path.write_bytes(content[:-page])

    return harm


def test_a_thorough_backup_notices_that_the_database_itself_is_unsound(
    backups: Backups, databases: dict[str, Database], now: datetime
) -> None:
    with databases["team"].writing() as connection:
        connection.exec_driver_sql("CREATE INDEX by_text ON note (text)")
    write(databases["team"], "Zebra")
    with databases["team"].raw() as connection:
        # An index that says something else than its table: authentic pages, wrong content.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX by_text ON note (text DESC)' WHERE name = 'by_text'"
        )
    close(databases)
    databases["team"] = type(databases["team"])(databases["team"].path, databases["team"]._key)
    with pytest.raises(DatabaseDamagedError, match="restore the latest backup"):
        backups.take(databases, "daily", now, thorough=True)
    assert backups.all() == ()
    assert backups.take(databases, "import", now, thorough=False).reason == "import"


def test_a_damaged_page_in_the_database_stops_the_quick_one_too(
    backups: Backups, databases: dict[str, Database], now: datetime
) -> None:
    write(databases["team"], "x" * 40_000)
    databases["team"].checkpoint()
    spoil(databases["team"].path, 5 * 4096 + 7)
    with pytest.raises(DatabaseDamagedError):
        backups.take(databases, "import", now, thorough=False)
    assert backups.all() == ()


def test_no_damaged_page_is_copied_in_silence(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "team.db"
    with closing(Database(path, key, create=True)) as database:
        for number in range(12):
            write(database, f"{CANARY} {number} " * 300)
    sound = path.read_bytes()
    for page in range(1, len(sound) // 4096):
        spoil(path, page * 4096 + 7)
        with closing(Database(path, key)) as spoilt:
            assert not is_intact(spoilt)
            with pytest.raises(DatabaseDamagedError):
                copy_verified(spoilt, tmp_path / f"copy {page}.db", thorough=False)
        path.write_bytes(sound)
    with closing(Database(path, key)) as database:
        assert is_intact(database)


def test_a_reader_at_work_does_not_make_a_sound_database_look_damaged(
    backups: Backups, databases: dict[str, Database], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = encrypted._prepare

    def impatient(connection: sqlite3.Connection, key: bytes) -> None:
        prepare(connection, key)
        connection.execute("PRAGMA busy_timeout = 10").fetchall()

    monkeypatch.setattr(encrypted, "_prepare", impatient)
    team = databases["team"]
    with team.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 1
        for number in range(20):
            write(team, f"{number}" * 9_000)
        assert not team.checkpoint()
        assert is_intact(team)
        assert backups.take(databases, "asked", now, thorough=True) in backups.all()
    assert team.checkpoint()


@needs_unix
def test_a_full_disk_leaves_no_half_backup(
    places: Places,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    run_child: Callable[..., str],
) -> None:
    before = backups.take(databases, "asked", now, thorough=True)
    write(databases["team"], "x" * 400_000)
    close(databases)
    said = run_child(
        """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from accountplanner.domain.errors import RefusedError
from accountplanner.store.backups import Backups
from accountplanner.store.encrypted import Database
from accountplanner.store.places import Places
places = Places(Path(sys.argv[1]))
database = Database(places.team, bytes.fromhex(sys.argv[2]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    Backups(places).take({"team": database}, "import", datetime(2026, 11, 21, tzinfo=UTC), thorough=False)
except RefusedError as error:
    print(type(error).__name__)
database.close()
""",
        places.folder,
        workspace_key.hex(),
    )
    assert said == DiskFullError.__name__
    assert backups.all() == (before,)
    assert names(places.backups) == {before.folder.name}


# --- listing and rotating -------------------------------------------------------------------------------------------


def test_half_a_backup_and_other_folders_are_not_listed(
    backups: Backups, databases: dict[str, Database], now: datetime, places: Places
) -> None:
    assert backups.all() == ()
    taken = backups.take(databases, "asked", now, thorough=True)
    shutil.copytree(taken.folder, places.backups / ".unfinished-20261120T130000Z-asked")
    cut = places.backups / "20261120T130000Z-asked"
    shutil.copytree(taken.folder, cut)
    (cut / "team.db").write_bytes(b"cut")
    (places.backups / "holiday pictures").mkdir()
    (places.backups / "note.txt").touch()
    assert backups.all() == (taken,)


def test_the_daily_backup_is_taken_once_a_day(backups: Backups, databases: dict[str, Database], now: datetime) -> None:
    assert backups.daily(databases, now) is not None
    assert backups.daily(databases, now + timedelta(hours=11)) is None
    backups.before_import(databases, now + timedelta(hours=11))
    later = backups.daily(databases, now + timedelta(hours=12))
    assert later is not None
    assert (later.reason, later.thorough) == ("daily", True)


def pretended(places: Places, when: datetime, reason: str = "daily") -> Backup:
    """A backup by its looks, so that a year of them takes no time."""
    folder = places.backups / f"{when:%Y%m%dT%H%M%SZ}-{reason}"
    folder.mkdir(parents=True)
    (folder / "team.db").write_bytes(b"team")
    (folder / "archive.db").write_bytes(b"archive")
    manifest = {
        "format": 1,
        "taken_at": when.isoformat(),
        "reason": reason,
        "thorough": reason != "import",
        "files": {"team.db": 4, "archive.db": 7},
    }
    (folder / "backup.json").write_text(json.dumps(manifest))
    return next(each for each in list_backups(places.backups) if each.folder == folder)


def test_a_year_of_daily_backups_becomes_days_weeks_and_months(places: Places, backups: Backups) -> None:
    start = datetime(2025, 11, 1, 8, tzinfo=UTC)
    latest = pretended(places, start)
    for day in range(1, 400):
        latest = pretended(places, start + timedelta(days=day))
        backups.rotate(keep=latest)
    kept = [each.taken_at for each in backups.all()]
    assert kept[0] == latest.taken_at
    assert kept[:7] == [latest.taken_at - timedelta(days=day) for day in range(7)]
    assert len({when.strftime("%G-%V") for when in kept[:10]}) >= 4
    assert len({when.strftime("%Y-%m") for when in kept}) == 12
    assert len(kept) <= 7 + 4 + 12


def test_imports_do_not_push_out_what_is_known_to_be_sound(places: Places, backups: Backups, now: datetime) -> None:
    daily = pretended(places, now)
    before_migration = pretended(places, now + timedelta(minutes=1), "migration")
    latest = before_migration
    for minute in range(2, 30):
        latest = pretended(places, now + timedelta(minutes=minute), "import")
        backups.rotate(keep=latest)
    kept = backups.all()
    assert sum(each.reason == "import" for each in kept) == 5
    assert before_migration in kept
    assert kept[0] == latest
    evening = pretended(places, now + timedelta(hours=8))
    backups.rotate(keep=evening)
    assert before_migration in backups.all()
    assert daily not in backups.all()


def test_the_newest_stays_even_when_the_clock_went_back(places: Places, backups: Backups, now: datetime) -> None:
    for day in range(30):
        pretended(places, now + timedelta(days=365 + day))
    old_clock = pretended(places, now)
    backups.rotate(keep=old_clock)
    assert old_clock in backups.all()
    assert backups.all()[0].taken_at == now + timedelta(days=365 + 29)


def test_two_copies_of_the_archive_serve_all(places: Places, backups: Backups, now: datetime) -> None:
    latest = pretended(places, now)
    for day in range(1, 5):
        latest = pretended(places, now + timedelta(days=day))
        backups.rotate(keep=latest)
    assert [each.archive.is_file() for each in backups.all()] == [True, True, False, False, False]


def test_after_an_erasure_only_the_new_backup_is_left(places: Places, backups: Backups, now: datetime) -> None:
    latest = pretended(places, now)
    for day in range(1, 5):
        latest = pretended(places, now + timedelta(days=day))
    backups.drop_older(latest)
    assert backups.all() == (latest,)
    assert names(places.backups) == {latest.folder.name}


# --- bringing back --------------------------------------------------------------------------------------------------


def opened_texts(places: Places, key: bytes, open_database: Callable[..., Database]) -> dict[str, list[str]]:
    found = {}
    for path in places.databases:
        database = open_database(path, key, create=False)
        found[path.stem] = texts(database)
        database.close()
    return found


def test_a_backup_comes_back_in_place_and_the_former_files_are_kept(
    places: Places,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    open_database: Callable[..., Database],
) -> None:
    taken = backups.before_import(databases, now)
    for database in databases.values():
        write(database, "from a bad import")
    close(databases)
    aside = restore(taken, places, workspace_key, now + timedelta(hours=1))
    found = opened_texts(places, workspace_key, open_database)
    assert (found["team"], found["me"]) == ([CANARY], [CANARY])
    assert found["archive"] == [CANARY, "from a bad import"]
    assert aside.name == "before-restore-20261120T130000Z"
    assert texts(open_database(aside / "team.db", workspace_key, create=False)) == [CANARY, "from a bad import"]
    assert places.restored.exists()
    assert not places.restoring.exists()


def test_the_former_log_never_meets_the_restored_database(
    places: Places,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    open_database: Callable[..., Database],
) -> None:
    taken = backups.before_import(databases, now)
    write(databases["team"], "in the log only")
    left = {path.name: path.read_bytes() for path in places.folder.glob("team.db*")}
    close(databases)
    for name, content in left.items():
        (places.folder / name).write_bytes(content)
    aside = restore(taken, places, workspace_key, now)
    assert {"team.db", "team.db-wal"} <= names(aside)
    assert opened_texts(places, workspace_key, open_database)["team"] == [CANARY]


def test_a_backup_comes_back_into_an_empty_folder(
    tmp_path: Path,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    open_database: Callable[..., Database],
) -> None:
    backups.take(databases, "daily", now, thorough=True)
    taken = backups.before_import(databases, now + timedelta(hours=1))
    fresh = Places(tmp_path / "fresh")
    restore(taken, fresh, workspace_key, now)
    assert unlock_with_passphrase(fresh.keyslots, "a walk by the river") == workspace_key
    assert opened_texts(fresh, workspace_key, open_database) == {"archive": [CANARY], "team": [CANARY], "me": [CANARY]}


def test_without_any_copy_of_the_archive_an_empty_one_begins(
    tmp_path: Path, backups: Backups, databases: dict[str, Database], workspace_key: bytes, now: datetime
) -> None:
    fresh = Places(tmp_path / "fresh")
    restore(backups.before_import(databases, now), fresh, workspace_key, now)
    assert is_whole(fresh.archive, workspace_key)


def test_the_present_passphrase_stays_unless_it_is_lost(
    places: Places,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    cheap: Stretching,
) -> None:
    taken = backups.take(databases, "asked", now, thorough=True)
    close(databases)
    set_passphrase(places.keyslots, workspace_key, "another walk", cheap)
    restore(taken, places, workspace_key, now)
    assert unlock_with_passphrase(places.keyslots, "another walk") == workspace_key
    places.keyslots.write_bytes(b"damaged")
    restore(taken, places, workspace_key, now)
    assert unlock_with_passphrase(places.keyslots, "a walk by the river") == workspace_key


def test_a_damaged_archive_is_replaced(
    places: Places,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    open_database: Callable[..., Database],
) -> None:
    taken = backups.take(databases, "asked", now, thorough=True)
    close(databases)
    spoil(places.archive, 5_000)
    aside = restore(taken, places, workspace_key, now)
    assert "archive.db" in names(aside)
    assert opened_texts(places, workspace_key, open_database)["archive"] == [CANARY]


def test_a_damaged_backup_changes_nothing(
    places: Places,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    open_database: Callable[..., Database],
) -> None:
    taken = backups.take(databases, "asked", now, thorough=True)
    write(databases["team"], "later")
    close(databases)
    spoil(taken.folder / "team.db", 5_000)
    with pytest.raises(BackupFailedError, match="not a whole backup"):
        restore(taken, places, workspace_key, now)
    assert opened_texts(places, workspace_key, open_database)["team"] == [CANARY, "later"]
    assert not places.restoring.exists()
    assert not places.restored.exists()


def test_a_backup_of_another_workspace_does_not_open_with_this_key(
    tmp_path: Path, places: Places, backups: Backups, databases: dict[str, Database], now: datetime, cheap: Stretching
) -> None:
    taken = backups.take(databases, "asked", now, thorough=True)
    other = Places(tmp_path / "other")
    other.folder.mkdir()
    key, _ = create_keyslots(other.keyslots, "x", cheap)
    with pytest.raises(BackupFailedError):
        restore(taken, other, key, now)
    assert names(other.folder) == {"keyslots.json"}
    assert places.team.exists()


@pytest.mark.parametrize("steps", range(12))
def test_a_crash_at_any_step_of_a_restore_leaves_old_or_new_whole(
    places: Places,
    backups: Backups,
    databases: dict[str, Database],
    workspace_key: bytes,
    now: datetime,
    open_database: Callable[..., Database],
    monkeypatch: pytest.MonkeyPatch,
    steps: int,
) -> None:
    taken = backups.take(databases, "asked", now, thorough=True)
    for database in databases.values():
        write(database, "later")
    close(databases)
    spoil(places.archive, 5_000)
    counted = CountedSteps(steps)
    monkeypatch.setattr(type(places.team), "replace", counted.wrap(type(places.team).replace))
    monkeypatch.setattr("accountplanner.store.restoring.shutil.copyfile", counted.wrap(shutil.copyfile))
    crashed = False
    try:
        restore(taken, places, workspace_key, now)
    except CrashError:
        crashed = True
    monkeypatch.undo()
    finish_restore(places)
    finish_restore(places)
    copied = places.restored.exists()
    expected = [CANARY] if copied else [CANARY, "later"]
    for path in (places.team, places.me):
        database = open_database(path, workspace_key, create=False)
        assert texts(database) == expected
        database.close()
    assert is_whole(places.archive, workspace_key) == copied
    assert copied or crashed
    assert not places.restoring.exists()


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
