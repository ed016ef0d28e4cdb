"""Is this database what was written, and is what was written sound?"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import told
from accountplanner.store.encrypted import connect
from accountplanner.store.failures import DatabaseDamagedError, storage_failures

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.store.encrypted import Database


class CopyUnsoundError(RefusedError):
    """A copy differs from its original."""

    def __init__(self, path: Path) -> None:
        super().__init__(told("“{path}” could not be copied faithfully; nothing else was changed.", path=path))
        self.path = path


def copy_verified(database: Database, target: Path, *, thorough: bool) -> None:
    """Copy a database and prove the copy; nobody writes to the database meanwhile.

    The original's pages are checked beside the copy: SQLCipher tells of a damaged page only at the next one it reads,
    so the last one read would be taken for empty. While a reader keeps the log from being emptied, the file alone says
    nothing yet; then all that can be reached is read instead.

    Raises:
        CopyUnsoundError: the copy on the disk is not what was copied.
        DatabaseDamagedError: what the database holds is not sound.
    """
    with database.at_rest() as is_log_empty:
        database.backup_to(target)
        with database.raw() as original:
            is_original_intact = is_authentic(original) if is_log_empty else is_sound(original)
            counts = _row_counts(original) if thorough else None
    with database.raw(target) as copy:
        if not _is_faithful(copy, target):
            raise CopyUnsoundError(database.path)
        if not is_original_intact or (thorough and not (is_sound(copy) and _row_counts(copy) == counts)):
            raise DatabaseDamagedError(database.path)


def is_intact(database: Database) -> bool:
    """Say whether an open database is authentic and sound from end to end."""
    with database.at_rest() as is_log_empty, database.raw() as connection:
        return _is_intact(connection, only_sound=not is_log_empty)


def is_whole(path: Path, key: bytes) -> bool:
    """Say the same of a database that nobody has open."""
    with storage_failures(path), closing(connect(path, key)) as connection:
        return path.stat().st_size > 0 and _is_intact(connection)


def _is_intact(connection: Any, *, only_sound: bool = False) -> bool:  # noqa: ANN401  (the driver has no types)
    try:
        return (only_sound or is_authentic(connection)) and is_sound(connection)
    except driver.DatabaseError:
        return False


def _is_faithful(copy: Any, path: Path) -> bool:  # noqa: ANN401
    try:
        return path.stat().st_size == _size(copy) and is_authentic(copy)
    except driver.DatabaseError:
        return False


def is_authentic(connection: Any) -> bool:  # noqa: ANN401
    """Say whether every page is what was written with the key, in its place; how many there are is not covered."""
    return not connection.execute("PRAGMA cipher_integrity_check").fetchall()


def is_sound(connection: Any) -> bool:  # noqa: ANN401
    """Say whether tables and indexes fit together."""
    return [tuple(row) for row in connection.execute("PRAGMA integrity_check").fetchall()] == [("ok",)]


def _size(connection: Any) -> int:  # noqa: ANN401
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    # SQLCipher answers the second one as text.
    return int(pages) * int(page_size)


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
