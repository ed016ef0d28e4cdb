"""Encrypted databases on real files: secrecy, transactions, threads, and every way a disk lets one down."""

from __future__ import annotations

import sqlite3
import stat
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError
from tests.store.mishaps import LAY_POWERS_DOWN, all_bytes, needs_unix, spoil

from accountplanner.store import encrypted
from accountplanner.store.encrypted import PLAIN_HEADER, Database
from accountplanner.store.failures import (
    DatabaseDamagedError,
    FileUnreadableError,
    NotEncryptedError,
    ReadOnlyFolderError,
    WorkspaceInUseError,
)

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

CANARY = "Quetzalcoatlus dislikes Mondays"


def fill(database: Database, rows: int = 200, text: str = CANARY) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS note (text)")
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", [(f"{text} {number}",) for number in range(rows)])


def count(connection: Connection, table: str = "note") -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608


def rows(database: Database) -> int:
    with database.reading() as connection:
        return count(connection)


# --- secrecy --------------------------------------------------------------------------------------------------------


def test_nothing_typed_is_readable_in_database_log_or_copies(
    tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)
    database.backup_to(tmp_path / "copy.db")
    assert (tmp_path / "team.db-wal").stat().st_size > 0
    assert CANARY[:14].encode() not in all_bytes(tmp_path)
    database.checkpoint()
    assert CANARY[:14].encode() not in all_bytes(tmp_path)


def test_no_file_begins_as_a_plain_database_does(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    assert not (tmp_path / "team.db").read_bytes().startswith(PLAIN_HEADER)
    fill(database)
    database.checkpoint()
    database.backup_to(tmp_path / "copy.db")
    for path in tmp_path.glob("*.db"):
        assert not path.read_bytes().startswith(PLAIN_HEADER[:6])


def test_a_plain_database_is_neither_opened_nor_written(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "team.db"
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE note (text)")
        plain.commit()
    before = path.read_bytes()
    with pytest.raises(NotEncryptedError, match="not encrypted"):
        Database(path, key, create=True)
    assert path.read_bytes() == before


def test_a_library_that_cannot_encrypt_is_refused(tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accountplanner.store.encrypted.driver.connect", sqlite3.connect)
    with pytest.raises(RuntimeError, match="cannot encrypt"):
        encrypted.connect(tmp_path / "team.db", key)
    assert PLAIN_HEADER not in all_bytes(tmp_path)


@needs_unix
def test_only_the_owner_may_read_database_and_log(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)
    database.backup_to(tmp_path / "copy.db")
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir() if path.is_file()} == {0o600}


def test_a_copy_opens_with_the_same_key(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)
    database.backup_to(tmp_path / "copy.db")
    assert rows(open_database(tmp_path / "copy.db", create=False)) == 200


def test_every_connection_is_set_up_for_safety(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    wanted = {"foreign_keys": 1, "temp_store": 2, "secure_delete": 1, "synchronous": 2, "journal_mode": "wal"}
    for block in (database.writing, database.reading):
        with block() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert found == wanted


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_missing_database_is_not_made_anew(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(FileUnreadableError, match="not there"):
        Database(tmp_path / "team.db", key)
    assert list(tmp_path.glob("*.db*")) == []


def test_an_emptied_database_is_not_taken_for_a_new_one(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "team.db").touch()
    with pytest.raises(DatabaseDamagedError, match="damaged"):
        Database(tmp_path / "team.db", key)


def test_another_key_opens_nothing_and_says_so_once(
    tmp_path: Path, open_database: Callable[..., Database], capfd: pytest.CaptureFixture[str]
) -> None:
    fill(open_database(tmp_path / "team.db"))
    with pytest.raises(DatabaseDamagedError):
        Database(tmp_path / "team.db", bytes(32))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("at", [20, 5_000])
def test_one_flipped_bit_is_noticed(tmp_path: Path, key: bytes, at: int) -> None:
    path = tmp_path / "team.db"
    database = Database(path, key, create=True)
    fill(database)
    database.close()
    spoil(path, at)
    with pytest.raises(DatabaseDamagedError, match="restore the latest backup"), closing(Database(path, key)) as spoilt:
        rows(spoilt)


def test_a_cut_file_is_noticed(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "team.db"
    database = Database(path, key, create=True)
    fill(database, rows=2_000)
    database.close()
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size - 3 * 4096)
    with pytest.raises(DatabaseDamagedError), closing(Database(path, key)) as cut:
        rows(cut)


def test_closing_leaves_one_file_and_an_open_one_can_be_opened_again(
    tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)
    assert rows(database) == 200
    database.close()
    assert [path.name for path in tmp_path.glob("team.db*")] == ["team.db"]
    assert rows(open_database(tmp_path / "team.db", create=False)) == 200


# --- transactions ---------------------------------------------------------------------------------------------------


def test_an_exception_takes_everything_back_tables_included(
    tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)

    def half_way() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE other (text)")
            connection.exec_driver_sql("DELETE FROM note")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    assert rows(database) == 200
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars().all() == ["note"]


def test_an_inner_transaction_joins_the_outer_one(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)

    def half_way() -> None:
        with database.writing() as outer:
            with database.writing() as inner:
                assert inner is outer
                inner.exec_driver_sql("DELETE FROM note")
            assert rows(database) == 200
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    assert rows(database) == 200


def test_writing_goes_on_after_an_exception(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    with pytest.raises(OperationalError), database.writing() as connection:
        connection.exec_driver_sql("no such language")
    fill(database)
    assert rows(database) == 200


def test_our_own_mistakes_stay_mistakes(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)
    with pytest.raises(OperationalError, match="readonly"), database.reading() as connection:
        connection.exec_driver_sql("DELETE FROM note")
    missing = tmp_path / "elsewhere.xlsx"
    with pytest.raises(FileNotFoundError), database.writing():
        missing.read_bytes()


def test_a_reader_sees_one_picture_and_does_not_wait_for_the_writer(
    tmp_path: Path, open_database: Callable[..., Database]
) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database)
    seen: list[int] = []
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM note")
        reader = threading.Thread(target=lambda: seen.append(rows(database)))
        reader.start()
        reader.join(timeout=60)  # one that waits for the writer, who ends below, gives up after five seconds
    assert seen == [200]
    with database.reading() as connection:
        first = count(connection)
        fill(database)
        assert (first, count(connection)) == (0, 0)
    assert rows(database) == 200


def test_many_threads_read_while_others_write(tmp_path: Path, open_database: Callable[..., Database]) -> None:
    database = open_database(tmp_path / "team.db")
    fill(database, rows=10)
    seen: list[int] = []
    writers = [threading.Thread(target=fill, args=(database, 10)) for _ in range(4)]
    readers = [threading.Thread(target=lambda: seen.extend(rows(database) for _ in range(20))) for _ in range(6)]
    for thread in writers + readers:
        thread.start()
    for thread in writers + readers:
        thread.join()
    assert rows(database) == 50
    assert len(seen) == 120
    assert all(number % 10 == 0 for number in seen)


def test_a_program_outside_that_holds_the_database_is_named(
    tmp_path: Path, key: bytes, open_database: Callable[..., Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "team.db"
    fill(open_database(path))
    prepare = encrypted._prepare

    def impatient(connection: sqlite3.Connection, with_key: bytes) -> None:
        prepare(connection, with_key)
        connection.execute("PRAGMA busy_timeout = 10").fetchall()

    monkeypatch.setattr(encrypted, "_prepare", impatient)
    with closing(encrypted.connect(path, key)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceInUseError):
            Database(path, key)


# --- disks that let one down ----------------------------------------------------------------------------------------


@needs_unix
def test_a_full_disk_is_told_in_one_sentence_and_loses_nothing(
    tmp_path: Path, key: bytes, open_database: Callable[..., Database], run_child: Callable[..., str]
) -> None:
    path = tmp_path / "team.db"
    database = Database(path, key, create=True)
    fill(database)
    database.close()
    said = run_child(
        """
import resource, sys
from pathlib import Path
from accountplanner.domain.errors import RefusedError
from accountplanner.store.encrypted import Database
database = Database(Path(sys.argv[1]), bytes(range(32)))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES (zeroblob(5000000))")
except RefusedError as error:
    print(type(error).__name__, error.sentence)
with database.reading() as connection:
    print(connection.exec_driver_sql("SELECT count(*) FROM note").scalar())
database.close()
""",
        path,
    )
    assert said.splitlines() == [
        f"DiskFullError “{path}” could not be written, because the disk is full; nothing was changed.",
        "200",
    ]
    assert rows(open_database(path, create=False)) == 200


@needs_unix
@pytest.mark.parametrize(
    ("file_mode", "name", "error"),
    [
        (0o644, "team.db", ReadOnlyFolderError),
        (0o644, "new.db", ReadOnlyFolderError),
        (0o000, "team.db", FileUnreadableError),
    ],
)
def test_a_folder_or_file_without_rights_is_told_in_one_sentence(
    tmp_path: Path, key: bytes, run_child: Callable[..., str], file_mode: int, name: str, error: type[Exception]
) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    database = Database(folder / "team.db", key, create=True)
    fill(database)
    database.close()
    (folder / "team.db").chmod(file_mode)
    folder.chmod(0o555)
    said = run_child(
        f"""
from pathlib import Path
from accountplanner.domain.errors import RefusedError
from accountplanner.store.encrypted import Database
{LAY_POWERS_DOWN}
try:
    Database(Path(sys.argv[2]), bytes(range(32)), create=True)
except RefusedError as error:
    print(type(error).__name__, error.sentence)
""",
        folder,
        name,
    )
    folder.chmod(0o755)
    assert said.startswith(error.__name__)
    assert "\n" not in said
    assert [path.name for path in folder.iterdir()] == ["team.db"]


def test_a_killed_writer_leaves_the_old_picture(
    tmp_path: Path,
    key: bytes,
    open_database: Callable[..., Database],
    start_child: Callable[..., subprocess.Popen[str]],
) -> None:
    path = tmp_path / "team.db"
    database = Database(path, key, create=True)
    fill(database)
    database.close()
    child = start_child(
        """
import sys
from pathlib import Path
from accountplanner.store.encrypted import Database
database = Database(Path(sys.argv[1]), bytes(range(32)))
with database.writing() as connection:
    connection.exec_driver_sql("DELETE FROM note")
    connection.exec_driver_sql("PRAGMA cache_spill = 1")
    connection.exec_driver_sql("CREATE TABLE big AS SELECT zeroblob(50000000)")
    print("ready", flush=True)
    sys.stdin.read()
""",
        path,
    )
    child.kill()
    child.wait()
    again = open_database(path, create=False)
    assert rows(again) == 200
    with again.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall() == []


def test_what_a_killed_program_had_committed_is_there(
    tmp_path: Path, open_database: Callable[..., Database], start_child: Callable[..., subprocess.Popen[str]]
) -> None:
    path = tmp_path / "team.db"
    child = start_child(
        """
import sys
from pathlib import Path
from accountplanner.store.encrypted import Database
database = Database(Path(sys.argv[1]), bytes(range(32)), create=True)
with database.writing() as connection:
    connection.exec_driver_sql("CREATE TABLE note (text)")
    connection.exec_driver_sql("INSERT INTO note VALUES ('kept')")
print("ready", flush=True)
sys.stdin.read()
""",
        path,
    )
    child.kill()
    child.wait()
    if sys.platform != "win32":
        assert (tmp_path / "team.db-wal").stat().st_size > 0
    assert rows(open_database(path, create=False)) == 1
