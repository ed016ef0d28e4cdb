"""Every imported file as it came, byte for byte, under a name that says nothing about what is in it.

Schema history: 1 (2026-11) first version (migrations/m0002_archive.py).
"""

import hmac
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import Field, SQLModel, col

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import told
from accountplanner.store.encrypted import Database
from accountplanner.store.failures import DatabaseDamagedError

_PIECE_BYTES = 1 << 20
# Each piece says how it is kept. Workbooks are zip files: trying again takes a second for a large one and wins nothing.
_AS_IT_IS, _DEFLATED = b"\x00", b"\x01"
_ZIP = b"PK\x03\x04"


class ArchivedFileRow(SQLModel, table=True):
    """A file that was imported once. After an erasure its row stays, without pieces, so that it is known again."""

    __tablename__ = "archived_file"

    content: str = Field(primary_key=True)
    name: str
    size: int
    imported_at: str
    dropped: bool = False


class ArchivedPieceRow(SQLModel, table=True):
    """A part of a file; large ones are never in memory twice."""

    __tablename__ = "archived_piece"

    content: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    data: bytes


ARCHIVE_TABLES = (ArchivedFileRow, ArchivedPieceRow)


class FileDroppedError(RefusedError):
    """The file held somebody who has been erased; only its digest is kept."""

    def __init__(self, name: str) -> None:
        super().__init__(told("The content of “{name}” was dropped when somebody in it was erased.", name=name))


class FileNotArchivedError(RefusedError):
    """No file of that content has been imported here."""

    def __init__(self, content: str) -> None:
        super().__init__(told("There is no imported file {content} here.", content=content[:12]))


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """What is known of an imported file without opening it; the name is that of its first import."""

    content: str
    name: str
    size: int
    imported_at: str
    dropped: bool


class FileArchive:
    """Keeps files by content: the same bytes are kept once, whatever they are called.

    The secret makes the content ids: with a plain hash somebody could try out which files were imported. Given the
    team's secret, every laptop has the same id for the same file.
    """

    def __init__(self, database: Database, secret: bytes) -> None:
        self.database = database
        self._secret = secret
        # An import asks five times for the name of one large file.
        self._named: tuple[bytes, str] | None = None

    def content_id(self, content: bytes) -> str:
        """Name content without keeping it."""
        named = self._named
        if named is None or named[0] is not content:
            named = self._named = content, hmac.digest(self._secret, b"archived file" + content, "sha256").hex()
        return named[1]

    def put(self, content: bytes, name: str, imported_at: str) -> ArchivedFile:
        """Keep a file; durable when this returns. Known content changes nothing, and dropped content stays dropped."""
        new = ArchivedFile(self.content_id(content), name, len(content), imported_at, dropped=False)
        with self.database.writing() as connection:
            known = _find(connection, new.content)
            if known is None:
                _insert(connection, new, content)
        return known or new

    def find(self, content: str) -> ArchivedFile | None:
        """Say what is known of content, if anything."""
        with self.database.reading() as connection:
            return _find(connection, content)

    def get(self, content: str) -> bytes:
        """Give a file back, byte for byte.

        Raises:
            FileNotArchivedError: it never came here.
            FileDroppedError: it was dropped by an erasure.
        """
        with self.database.reading() as connection:
            known = _find(connection, content)
            if known is None:
                raise FileNotArchivedError(content)
            if known.dropped:
                raise FileDroppedError(known.name)
            found = b"".join(_pieces(connection, content))
        if self.content_id(found) != content:
            raise DatabaseDamagedError(self.database.path)
        return found

    def files(self) -> tuple[ArchivedFile, ...]:
        """List all of them, the latest import first."""
        by_time = select(*_COLUMNS).order_by(col(ArchivedFileRow.imported_at).desc(), col(ArchivedFileRow.content))
        with self.database.reading() as connection:
            return tuple(ArchivedFile(*row) for row in connection.execute(by_time))

    def drop(self, content: str) -> None:
        """Forget what stands in a file and what it was called; that it was here stays known."""
        this = col(ArchivedFileRow.content) == content
        with self.database.writing() as connection:
            connection.execute(delete(ArchivedPieceRow).where(col(ArchivedPieceRow.content) == content))
            # A file's name can name a person, too.
            connection.execute(update(ArchivedFileRow).where(this).values(dropped=True, name="", size=0))
        # What was deleted is overwritten in the database, and must leave the log as well.
        self.database.checkpoint()


_COLUMNS = (
    col(ArchivedFileRow.content),
    col(ArchivedFileRow.name),
    col(ArchivedFileRow.size),
    col(ArchivedFileRow.imported_at),
    col(ArchivedFileRow.dropped),
)


def _find(connection: Connection, content: str) -> ArchivedFile | None:
    row = connection.execute(select(*_COLUMNS).where(col(ArchivedFileRow.content) == content)).first()
    return ArchivedFile(*row) if row else None


def _insert(connection: Connection, file: ArchivedFile, content: bytes) -> None:
    row = {"content": file.content, "name": file.name, "size": file.size, "imported_at": file.imported_at}
    connection.execute(insert(ArchivedFileRow).values(**row, dropped=False))
    for place, start in enumerate(range(0, len(content), _PIECE_BYTES)):
        piece = content[start : start + _PIECE_BYTES]
        data = _AS_IT_IS + piece if content.startswith(_ZIP) else _DEFLATED + zlib.compress(piece, 3)
        connection.execute(insert(ArchivedPieceRow).values(content=file.content, place=place, data=data))


def _pieces(connection: Connection, content: str) -> Iterator[bytes]:
    this = col(ArchivedPieceRow.content) == content
    for (data,) in connection.execute(
        select(col(ArchivedPieceRow.data)).where(this).order_by(col(ArchivedPieceRow.place))
    ):
        yield _unpacked(data)


def _unpacked(data: bytes) -> bytes:
    return zlib.decompress(data[1:]) if data[:1] == _DEFLATED else data[1:]
