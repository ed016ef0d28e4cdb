"""Is this database what was written, and is what was written sound?"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from accountplanner.domain.errors import RefusedError
from accountplanner.store.encrypted import connect
from accountplanner.store.failures import DatabaseDamagedError, storage_failures

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.store.encrypted import Database


class CopyUnsoundError(RefusedError):
    """A copy differs from its original."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” could not be copied faithfully; nothing else was changed.")
        self.path = path


def copy_verified(database: Database, target: Path, *, thorough: bool) -> None:
    """Copy a database and prove the copy; counts are taken from the very picture that is copied.

    Raises:
        CopyUnsoundError: the copy is not what the database held.
        DatabaseDamagedError: it is, but what the database held is not sound.
    """
    with database.raw() as source:
        # The first read fixes the picture; commits from now on are not part of it.
        source.execute("BEGIN")
        size = _size(source)
        counts = _row_counts(source) if thorough else {}
        database.copy_pages(source, target)
        source.execute("COMMIT")
    # The one thing the pages' HMACs do not cover is how many there are.
    has_all_pages = target.stat().st_size == size
    with database.raw(target) as copy:
        if not (has_all_pages and is_authentic(copy)):
            raise CopyUnsoundError(database.path)
        if thorough and not (is_sound(copy) and _row_counts(copy) == counts):
            raise DatabaseDamagedError(database.path)


def is_authentic(connection: Any) -> bool:  # noqa: ANN401  (the driver has no types)
    """Say whether every page is what was written with the key, in its place."""
    return not connection.execute("PRAGMA cipher_integrity_check").fetchall()


def is_sound(connection: Any) -> bool:  # noqa: ANN401
    """Say whether tables and indexes fit together."""
    return [tuple(row) for row in connection.execute("PRAGMA integrity_check").fetchall()] == [("ok",)]


def is_whole(path: Path, key: bytes) -> bool:
    """Say whether a database that nobody has open is authentic and sound from end to end."""
    with storage_failures(path), closing(connect(path, key)) as connection:
        try:
            return path.stat().st_size > 0 and is_authentic(connection) and is_sound(connection)
        except driver.DatabaseError:
            return False


def _size(connection: Any) -> int:  # noqa: ANN401
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages * page_size)


def _row_counts(connection: Any) -> dict[str, int]:  # noqa: ANN401
    """Count every table's rows; the parts of a search index are tables, too, and count as such."""
    names = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
    ]
    return {name: _count(connection, name) for name in names}


def _count(connection: Any, table: str) -> int:  # noqa: ANN401
    quoted = table.replace('"', '""')
    (count,) = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()
    return int(count)
