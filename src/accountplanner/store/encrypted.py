"""Encrypted databases: one writer, several readers, and nothing in clear on the disk.

Every connection is SQLCipher's, with the data key given raw: a passphrase would be stretched anew for each connection.
The key has been checked before it comes here (`keyslots`), so a file that does not open with it is damaged.
"""

from __future__ import annotations

import logging
from contextlib import closing, contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from accountplanner.store.durable import make_durable, new_private_file
from accountplanner.store.failures import (
    DatabaseDamagedError,
    DiskFullError,
    FileUnreadableError,
    NotEncryptedError,
    database_failures,
    storage_failures,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_log = logging.getLogger(__name__)
KEY_BYTES = 32
PLAIN_HEADER = b"SQLite format 3\x00"
"""How every database begins that anybody can read."""

_APPLICATION_ID = 0x41504C4E  # "APLN", so that a decrypted copy can be told from any other database
_READERS = 4
# An import writes some hundred megabytes; pages that go out early are enciphered twice. Given back afterwards.
_WRITER_CACHE_KIB = 96_000
_MANY_CHANGES = 5_000
_READER_CACHE_KIB = 8_000


class Database:
    """One encrypted file with its single writer and its pool of readers.

    Readers see what was committed when they began and wait for nobody. `create` makes the file if it is not there;
    without it a missing or empty file is an error, never silently a new database.
    """

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self.path = path
        self._key = key
        self._lock = RLock()
        self._transaction: Connection | None = None
        self._writer = self._engine("BEGIN IMMEDIATE", self._open_writer, size=1, overflow=0)
        self._readers = self._engine("BEGIN", self._open_reader, size=_READERS, overflow=_READERS)
        try:
            self._open(create=create)
        except BaseException:
            self._dispose()
            raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run one transaction: all of it becomes durable at the end, or none after an exception.

        Threads take turns. Within a transaction of the same thread this joins it: nothing is committed before the
        outermost block ends, and whoever catches an inner exception takes responsibility for what it left.
        """
        with self._lock, database_failures(self.path):
            if self._transaction is not None:
                yield self._transaction
                return
            with self._writer.begin() as connection:
                before = _changes(connection)
                self._transaction = connection
                try:
                    yield connection
                finally:
                    self._transaction = None
                was_large = _changes(connection) - before > _MANY_CHANGES
            if was_large:
                self._shrink()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one consistent picture, from any thread; it does not include an unfinished transaction."""
        with database_failures(self.path), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def raw(self, copy: Path | None = None) -> Iterator[Any]:
        """Lend a connection of the driver's own to this file, or to a copy of it, for what no transaction can do."""
        with database_failures(copy or self.path), closing(connect(copy or self.path, self._key)) as connection:
            yield connection

    @contextmanager
    def at_rest(self) -> Iterator[bool]:
        """Keep every thread from writing for the length of a block; tells whether the write-ahead log was emptied."""
        with self._lock:
            yield self.checkpoint()

    def backup_to(self, target: Path) -> None:
        """Write everything that is committed into a new file under the same key. `verifying` proves the copy.

        Not by the backup API: SQLCipher lets that go over damaged pages as if they were empty, and says nothing. This
        way takes the same time and stops at them.
        """
        with storage_failures(target):
            new_private_file(target)
            with self.raw() as source:
                source.execute("VACUUM INTO ?", (str(target),))
            make_durable(target)

    def checkpoint(self) -> bool:
        """Move everything from the write-ahead log into the database and empty the log; false if that has to wait.

        A reader that is still at work postpones it, and so does a transaction of this thread; `close` makes up for it.
        """
        with self._lock, database_failures(self.path):
            if self._transaction is not None:
                return False
            with self.raw() as connection:
                is_busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not is_busy

    def close(self) -> None:
        """Empty the log and let go of the file; to be called when no thread reads any more.

        On a full disk the log stays as it is: what is in it is safe, and the next start finds it there.
        """
        with self._lock:
            try:
                self.checkpoint()
            except DiskFullError as full:
                _log.info("The write-ahead log was not emptied: %s", type(full).__name__)
            finally:
                self._dispose()

    def _open(self, *, create: bool) -> None:
        with storage_failures(self.path):
            if not self.path.exists():
                if not create:
                    raise FileUnreadableError(self.path, "it is not there")
                new_private_file(self.path)
            _refuse_plain(self.path)
            if not (create or self.path.stat().st_size):
                raise DatabaseDamagedError(self.path)
            with self.writing() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").fetchall()
            # SQLCipher has been known to be left out of a build, silently; the file itself says what happened.
            _refuse_plain(self.path)

    def _engine(self, begin: str, creator: Any, *, size: int, overflow: int) -> Engine:  # noqa: ANN401
        engine = create_engine(
            "sqlite://", creator=creator, module=driver, poolclass=QueuePool, pool_size=size, max_overflow=overflow
        )

        # The driver's own transactions leave schema changes outside; with isolation_level None they are ours.
        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        return engine

    def _open_writer(self) -> Any:  # noqa: ANN401  (the driver has no types)
        connection = self._connect()
        if connection.execute("PRAGMA application_id").fetchone() == (0,):
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
        return connection

    def _open_reader(self) -> Any:  # noqa: ANN401
        connection = self._connect()
        connection.execute(f"PRAGMA cache_size = -{_READER_CACHE_KIB}")
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _connect(self) -> Any:  # noqa: ANN401
        return connect(self.path, self._key)

    def _shrink(self) -> None:
        """Give back the memory that a large transaction took."""
        with closing(self._writer.raw_connection()) as lent:
            lent.driver_connection.execute("PRAGMA shrink_memory").fetchall()  # type: ignore[union-attr]

    def _dispose(self) -> None:
        # The writer goes last: the last one to close empties the log, and a reader may not write.
        self._readers.dispose()
        self._writer.dispose()


def _changes(connection: Connection) -> int:
    return int(connection.connection.driver_connection.total_changes)  # type: ignore[union-attr]


def connect(path: Path, key: bytes) -> Any:  # noqa: ANN401
    """Open one connection of the driver's own, outside any pool, with everything set that keeps data safe and secret.

    Nothing has been read from the file yet when this returns, so a wrong key shows only later.
    """
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: bytes) -> None:  # noqa: ANN401
    # Before the key, or a wrong one is reported on standard error, too.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
    # A library without encryption ignores the key and would write plain text.
    if not connection.execute("PRAGMA cipher_version").fetchall():
        raise RuntimeError("the database library cannot encrypt")
    for pragma in ("foreign_keys = ON", "temp_store = MEMORY", "secure_delete = ON", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("PRAGMA mmap_size = 0").fetchall()


def _refuse_plain(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            raise NotEncryptedError(path)
