"""Puts a finished file in its place: beside the target first, proven, then swapped in whole.

The old file stays until the new one is safe on disk. Where somebody has the old one open (Windows
refuses to replace it then; a virus scanner holds it for a moment), it is tried again for some
seconds; then the new one gets another name, and is never lost.
"""

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import fixed, told

_MOST_NAMES = 100
_ABANDONED_S = 3600
# Access denied, sharing violation, lock violation: what Windows says of a file another program has open.
_HELD_ON_WINDOWS = frozenset({5, 32, 33})
_HELD = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})


class NotPublishedError(RefusedError):
    """The file could not be put where it was wanted; nothing there has changed."""

    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(told("“{name}” could not be written: {reason}.", name=target.name, reason=fixed(reason)))


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a file that another program holds: about two and a half seconds."""

    pauses_s: tuple[float, ...] = (0.1, 0.2, 0.4, 0.8, 1.0)
    pause: Callable[[float], None] = field(default=time.sleep)  # noqa: TID251 - no system tells when a file is let go


def publish(target: Path, data: bytes, others: Sequence[str] | None = (), patience: Patience | None = None) -> Path:
    """Write the bytes and return the path they got, which is `target` unless that one stays open elsewhere.

    `others` are names of ours that may be replaced in that case, before a free one is looked for; with
    `None` there is no other name.

    Raises:
        NotPublishedError: the disk is full, the folder cannot be written to, or does not keep what it is given.
    """
    beside = target.with_name(f"{_temporary(target)}{secrets.token_hex(4)}.part")
    try:
        _write(beside, data)
        _sweep(beside, target)
        if beside.read_bytes() != data:
            raise NotPublishedError(target, "the disk does not give back what was written to it")
        return _swap(beside, target, others, patience or Patience())
    except OSError as error:
        raise NotPublishedError(target, told("the system says: {error}", error=str(error.strerror or error))) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def free_names(target: Path) -> Iterator[Path]:
    """Names like the target's under which nothing lies."""
    for number in range(2, _MOST_NAMES):
        name = target.with_name(f"{target.stem} ({number}){target.suffix}")
        if not name.exists():
            yield name


def leftovers(target: Path) -> Iterator[Path]:
    """What a program that died while it wrote this file has left beside it."""
    yield from (each for each in target.parent.iterdir() if _is_leftover(each.name, target))


def _temporary(target: Path) -> str:
    # Cut, because a name may have 255 bytes in all.
    return f".{target.name[:40]}."


def _is_leftover(name: str, target: Path) -> bool:
    start = _temporary(target)
    return name.startswith(start) and name.endswith(".part") and len(name) == len(start) + 8 + len(".part")


def _sweep(beside: Path, target: Path) -> None:
    """Take away what lies there since an hour or more, by the clock of that disk; a younger one may be in use."""
    with suppress(OSError):
        now = beside.stat().st_mtime
        for each in leftovers(target):
            if now - each.stat().st_mtime > _ABANDONED_S:
                each.unlink()


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(beside: Path, target: Path, others: Sequence[str] | None, patience: Patience) -> Path:
    if _is_replaced(beside, target, patience):
        return target
    for name in () if others is None else _names(target, others):
        if _is_replaced(beside, name, Patience(())):
            return name
    raise NotPublishedError(target, "a file of that name is open in another program")


def _is_replaced(beside: Path, name: Path, patience: Patience) -> bool:
    """Swap the file in; false where that name is held by another program all the while, or is a folder."""
    for pause_s in (*patience.pauses_s, None):
        try:
            beside.replace(name)
        except OSError as error:
            if name.is_dir():
                return False
            if not _is_held(error):
                raise
        else:
            _sync_folder(name.parent)
            return True
        if pause_s is not None:
            patience.pause(pause_s)
    return False


def _is_held(error: OSError) -> bool:
    code = getattr(error, "winerror", None)
    return code in _HELD_ON_WINDOWS if code is not None else error.errno in _HELD or isinstance(error, PermissionError)


def _names(target: Path, others: Sequence[str]) -> Iterator[Path]:
    yield from (target.with_name(name) for name in others)
    yield from free_names(target)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders; there the file system keeps the order itself.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
