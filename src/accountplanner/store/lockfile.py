"""One program at a time for each workspace.

The system holds the lock for as long as the program runs, so a killed one leaves nothing to clear away. The file stays:
taking it away would let two programs hold two files of one name.
"""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING, BinaryIO, Self

from accountplanner.domain.sentences import told
from accountplanner.store.failures import WorkspaceInUseError, storage_failures
from accountplanner.store.file_locks import try_lock, unlock

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class WorkspaceLock:
    """Held from construction until `release`, the end of a `with` block, or the end of the program.

    Raises:
        WorkspaceInUseError: another program, or another part of this one, holds it.
    """

    def __init__(self, path: Path) -> None:
        with storage_failures(path):
            self._file: BinaryIO | None = os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "rb+")
            try:
                _lock_or_refuse(self._file)
                _sign(self._file, f"process {os.getpid()} on {platform.node()}")
            except BaseException:
                self._file.close()
                raise

    def release(self) -> None:
        """Let the next program in."""
        if self._file is not None:
            # Closing alone would do, but a child that inherited the file keeps it open.
            unlock(self._file)
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock_or_refuse(file: BinaryIO) -> None:
    if not try_lock(file):
        raise WorkspaceInUseError(_holder(file))


def _sign(file: BinaryIO, holder: str) -> None:
    file.truncate(0)
    file.seek(0)
    file.write(holder.encode())
    file.flush()


def _holder(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(200).decode("utf-8", "replace") or told("another process")
