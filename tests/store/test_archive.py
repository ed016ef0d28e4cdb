"""Every imported file comes back byte for byte, and can be dropped for good."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from tests.store.mishaps import all_bytes

from accountplanner.store.archive import FileArchive, FileDroppedError, FileNotArchivedError
from accountplanner.store.migrations import ALL, migrate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accountplanner.store.encrypted import Database

SECRET = b"secret of the team"
CANARY = b"Ms Quetzal prefers Burgundy; "


@pytest.fixture
def archive_database(tmp_path: Path, open_database: Callable[..., Database]) -> Database:
    database = open_database(tmp_path / "archive.db")
    migrate({"archive": database}, ALL, moment="2026-11-20T12:00:00Z", back_up=list)
    return database


@pytest.fixture
def archive(archive_database: Database) -> FileArchive:
    return FileArchive(archive_database, SECRET)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"one line\r\n",
        CANARY * 100_000,
        b"PK\x03\x04" + bytes(range(256)) * 9_000,
        bytes(1 << 20),
        bytes((1 << 20) + 1),
    ],
    ids=["empty", "small", "three pieces", "zip", "one piece", "one byte more"],
)
def test_files_come_back_byte_for_byte(archive: FileArchive, content: bytes) -> None:
    kept = archive.put(content, "list.csv", "2026-11-20T12:00:00Z")
    assert archive.get(kept.content) == content
    assert kept.size == len(content)


def test_the_same_bytes_are_kept_once_under_their_first_name(archive: FileArchive) -> None:
    first = archive.put(CANARY, "list.csv", "2026-11-20T12:00:00Z")
    assert archive.put(CANARY, "copy of list.csv", "2026-11-21T12:00:00Z") == first
    assert archive.files() == (first,)


def test_files_are_listed_latest_first(archive: FileArchive) -> None:
    early = archive.put(b"early", "a.csv", "2026-11-19T12:00:00Z")
    late = archive.put(b"late", "b.csv", "2026-11-20T12:00:00Z")
    assert archive.files() == (late, early)
    assert archive.find(early.content) == early
    assert archive.find("unknown") is None


def test_the_id_is_the_same_for_a_team_and_no_plain_hash(archive: FileArchive, archive_database: Database) -> None:
    found = archive.content_id(CANARY)
    assert FileArchive(archive_database, SECRET).content_id(CANARY) == found
    assert FileArchive(archive_database, b"another").content_id(CANARY) != found
    assert found != hashlib.sha256(CANARY).hexdigest()


def test_what_was_never_imported_is_not_found(archive: FileArchive) -> None:
    with pytest.raises(FileNotArchivedError, match="no imported file"):
        archive.get("0" * 64)


def test_dropped_content_is_gone_and_stays_gone(archive: FileArchive) -> None:
    kept = archive.put(CANARY, "Quetzal.csv", "2026-11-20T12:00:00Z")
    archive.drop(kept.content)
    with pytest.raises(FileDroppedError):
        archive.get(kept.content)
    again = archive.put(CANARY, "Quetzal.csv", "2026-11-22T12:00:00Z")
    assert (again.dropped, again.name, again.size) == (True, "", 0)
    with pytest.raises(FileDroppedError):
        archive.get(kept.content)
    archive.drop(kept.content)


def test_dropping_leaves_no_trace_even_for_somebody_with_the_key(
    archive: FileArchive, archive_database: Database, tmp_path: Path
) -> None:
    kept = archive.put(b"PK\x03\x04" + CANARY * 1_000, "list.xlsx", "2026-11-20T12:00:00Z")
    archive.drop(kept.content)
    with archive_database.raw() as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(tmp_path / "plain.db"),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute("DETACH DATABASE plain")
    assert CANARY not in (tmp_path / "plain.db").read_bytes()
    assert (tmp_path / "archive.db-wal").stat().st_size == 0


def test_no_byte_of_a_file_is_readable_on_disk(archive: FileArchive, tmp_path: Path) -> None:
    archive.put(CANARY * 1_000, "Quetzal.csv", "2026-11-20T12:00:00Z")
    archive.put(b"PK\x03\x04" + CANARY * 1_000, "Quetzal.xlsx", "2026-11-20T12:00:00Z")
    assert b"Quetzal" not in all_bytes(tmp_path)
