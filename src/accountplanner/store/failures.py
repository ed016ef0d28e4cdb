"""What can go wrong with files and databases, each in one sentence a person can act on."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from accountplanner.domain.errors import PlannerError, RefusedError
from accountplanner.domain.sentences import fixed, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


PASSPHRASE, RECOVERY_KEY, _WORKSPACE = told("passphrase"), told("recovery key"), told("workspace")


class WrongPassphraseError(RefusedError):
    """What was typed opens nothing; the data may be in perfect order."""

    def __init__(self, what: str = PASSPHRASE, opens: str = _WORKSPACE) -> None:
        super().__init__(told("The {what} does not open this {opens}.", what=fixed(what), opens=fixed(opens)))


class DatabaseDamagedError(RefusedError):
    """The key is right, yet the file is not what was written with it."""

    def __init__(self, path: Path) -> None:
        super().__init__(told("“{path}” is damaged and was left as it is; restore the latest backup.", path=path))
        self.path = path


class KeyslotsDamagedError(RefusedError):
    """The file with the wrapped data key is gone, or not what was written; no passphrase can help."""

    def __init__(self, path: Path, *, is_missing: bool = False) -> None:
        damaged = told("“{path}” is damaged; put back the copy from the latest backup.", path=path)
        missing = told("“{path}” is missing; put back the copy from the latest backup.", path=path)
        super().__init__(missing if is_missing else damaged)
        self.path = path


class NotEncryptedError(RefusedError):
    """A database that anybody could read is never opened, nor written."""

    def __init__(self, path: Path) -> None:
        super().__init__(told("“{path}” is not encrypted and was left as it is.", path=path))
        self.path = path


class DatabaseNewerError(RefusedError):
    """A later version of the program has changed the database in ways this one does not know."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            told(
                "“{path}” was written by a newer version of Account Planner; install that version to open it.",
                path=path,
            )
        )
        self.path = path


class DiskFullError(RefusedError):
    """No room; whatever was being written has been rolled back."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            told("“{path}” could not be written, because the disk is full; nothing was changed.", path=path)
        )
        self.path = path


class ReadOnlyFolderError(RefusedError):
    """The folder or a file in it may not be written by this user."""

    def __init__(self, folder: Path) -> None:
        super().__init__(told("The folder “{folder}” may not be written to; nothing was changed.", folder=folder))
        self.folder = folder


class FileUnreadableError(RefusedError):
    """A file that is needed is missing, not ours to read, or the disk fails."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(told("“{path}” could not be read: {reason}.", path=path, reason=fixed(reason)))
        self.path = path


class WorkspaceInUseError(RefusedError):
    """A second program on one workspace would write past the first."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            told(
                "This workspace is open in another Account Planner ({holder}); close it there first.",
                holder=fixed(holder),
            )
        )
        self.holder = holder


@contextmanager
def storage_failures(path: Path) -> Iterator[None]:
    """Turn what the system or the database says about `path` into a sentence; our own mistakes pass through."""
    try:
        with database_failures(path):
            yield
    except OSError as error:
        raise _told_by_system(error, path) from error


@contextmanager
def database_failures(path: Path) -> Iterator[None]:
    """Turn what the database says about `path` into a sentence, and nothing else.

    For blocks that run other people's code: a file missing there says nothing about this database.
    """
    try:
        yield
    except DBAPIError as error:
        told = _told_by_database(error.orig, path)
        if told is None:
            raise
        raise told from error
    except driver.Error as error:
        told = _told_by_database(error, path)
        if told is None:
            raise
        raise told from error


def _told_by_database(error: BaseException | None, path: Path) -> PlannerError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    tell = _SENTENCES.get(code & 0xFF)
    return tell(path) if tell else None


# How much a write must be able to add before a disk counts as not full.
_ROOM_AHEAD = 1 << 20
_ROOM_PROBED = 1 << 16


def _disk_trouble(path: Path) -> PlannerError:
    """Find out what the database calls only an error of the disk: a quota or a limit on sizes is a full disk, too."""
    try:
        _probe_room(path)
    except OSError as error:
        return _told_by_system(error, path)
    return FileUnreadableError(path, told("the disk reports an error"))


def _probe_room(path: Path) -> None:
    sizes = [each.stat().st_size for each in path.parent.glob(f"{path.name}*") if each.is_file()]
    with tempfile.TemporaryFile(dir=path.parent, buffering=0) as probe:
        probe.seek(max(sizes, default=0) + _ROOM_AHEAD)
        probe.write(bytes(_ROOM_PROBED))


def _read_only(path: Path) -> PlannerError | None:
    """Blame the folder only if it is to blame; a reader that tries to write gets the same code, and is a bug."""
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return None if writable else ReadOnlyFolderError(path.parent)


def _cannot_open(path: Path) -> PlannerError:
    if path.parent.is_dir() and not os.access(path.parent, os.W_OK):
        return ReadOnlyFolderError(path.parent)
    return FileUnreadableError(path, told("the system does not open it"))


_SENTENCES: dict[int, Callable[[Path], PlannerError | None]] = {
    driver.SQLITE_NOTADB: DatabaseDamagedError,
    driver.SQLITE_CORRUPT: DatabaseDamagedError,
    driver.SQLITE_FULL: DiskFullError,
    driver.SQLITE_READONLY: _read_only,
    driver.SQLITE_PERM: lambda path: ReadOnlyFolderError(path.parent),
    driver.SQLITE_BUSY: lambda _: WorkspaceInUseError(told("another program holds the database")),
    driver.SQLITE_CANTOPEN: _cannot_open,
    driver.SQLITE_IOERR: _disk_trouble,
}


def _told_by_system(error: OSError, path: Path) -> PlannerError:
    if error.errno in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}:
        return DiskFullError(path)
    if error.errno == errno.EROFS:
        return ReadOnlyFolderError(path.parent)
    if error.errno in {errno.EACCES, errno.EPERM}:
        readable = not path.exists() or os.access(path, os.R_OK)
        return ReadOnlyFolderError(path.parent) if readable else FileUnreadableError(path, told("you may not read it"))
    reason = (
        told("it is not there")
        if isinstance(error, FileNotFoundError)
        else error.strerror or told("the disk reports an error")
    )
    return FileUnreadableError(path, reason)
