"""Folders for an empty workspace that vanishes afterwards, also when the program was not asked before it ended.

Each holds a file that its program keeps locked. The system lets go of it when that program ends, killed or not; so a
folder of ours whose file can be locked belongs to nobody any more, and the next start takes it away.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from accountplanner.store.file_locks import try_lock, unlock

_PREFIX = "accountplanner-"
_IN_USE = "in-use"
_WORKSPACE = "workspace"


@contextmanager
def throwaway_folder() -> Iterator[Path]:
    """A place for a workspace; at the end it is gone with all that is in it."""
    remove_orphans()
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        lock = _opened(Path(folder) / _IN_USE, os.O_CREAT | os.O_EXCL)
        try:
            # Another start may have taken it for an orphan's in this very moment; it does so once only.
            held = try_lock(lock)
            if held:
                yield Path(folder) / _WORKSPACE
        finally:
            # First what matters: a start that finds no lock in a folder takes it for somebody else's.
            shutil.rmtree(Path(folder) / _WORKSPACE, ignore_errors=True)
            lock.close()
    if not held:
        with throwaway_folder() as another:
            yield another


def remove_orphans() -> None:
    """Take away what programs left behind that were killed; what cannot be taken away waits for another start."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with suppress(OSError):
                _remove_if_orphan(folder)


def _remove_if_orphan(folder: Path) -> None:
    if folder.is_symlink() or (hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()):
        return
    lock = _opened(folder / _IN_USE)
    try:
        if not try_lock(lock):
            return
        shutil.rmtree(folder / _WORKSPACE, ignore_errors=True)
        # Windows removes no open file.
        unlock(lock)
    finally:
        lock.close()
    shutil.rmtree(folder)


def _opened(path: Path, flags: int = 0) -> BinaryIO:
    # Not through a link: a folder everybody may write to is full of other people's ideas.
    return os.fdopen(os.open(path, os.O_RDWR | flags | getattr(os, "O_NOFOLLOW", 0), 0o600), "rb+")
