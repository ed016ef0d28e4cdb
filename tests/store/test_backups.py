"""Backups that can be relied on: complete, encrypted, and verified."""

from __future__ import annotations

import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.store.canary import CANARY, close, names, texts, write
from tests.store.mishaps import all_bytes, needs_unix, spoil

from accountplanner.store import encrypted
from accountplanner.store.encrypted import Database
from accountplanner.store.failures import DatabaseDamagedError, DiskFullError
from accountplanner.store.keyslots import unlock_with_passphrase
from accountplanner.store.verifying import CopyUnsoundError, copy_verified, is_intact

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from accountplanner.store.backups import Backups
    from accountplanner.store.places import Places


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
