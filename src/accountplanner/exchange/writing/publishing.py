"""Puts a finished file in its place: beside the target first, proven, then swapped in whole.

The old file stays until the new one is safe on disk. Where somebody has the old one open (Windows
refuses to replace it then), the new one gets the next free name, and is never lost.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from accountplanner.domain.errors import RefusedError

_MOST_NAMES = 100


class NotPublishedError(RefusedError):
    """The file could not be put where it was wanted; nothing there has changed."""

    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(f"“{target.name}” could not be written: {reason}.")


def publish(target: Path, data: bytes) -> Path:
    """Write the bytes and return the path they got, which is `target` unless that one is open elsewhere.

    Raises:
        NotPublishedError: the disk is full, the folder cannot be written to, or does not keep what it is given.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        _write(beside, data)
        if beside.read_bytes() != data:
            raise NotPublishedError(target, "the disk does not give back what was written to it")
        return _swap(beside, target)
    except OSError as error:
        raise NotPublishedError(target, f"the system says: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(beside: Path, target: Path) -> Path:
    for name in _names(target):
        try:
            beside.replace(name)
        except (PermissionError, IsADirectoryError):
            continue
        _sync_folder(name.parent)
        return name
    raise NotPublishedError(target, "a file of that name is open in another program")


def _names(target: Path) -> Iterator[Path]:
    yield target
    for number in range(2, _MOST_NAMES):
        name = target.with_name(f"{target.stem} ({number}){target.suffix}")
        if not name.exists():
            yield name


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders; there the file system keeps the order itself.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
