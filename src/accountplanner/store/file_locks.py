"""Locking an open file against other programs; the system lets go of it when the program ends, however it ends."""

import sys
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    # Windows forbids others to read what is locked; the lock lies far behind the words about its holder.
    _LOCKED_BYTE = 1 << 30

    def try_lock(file: BinaryIO) -> bool:
        """Lock it, unless another program has."""
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def unlock(file: BinaryIO) -> None:
        """Let the next one have it."""
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(file: BinaryIO) -> bool:
        """Lock it, unless another program has."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(file: BinaryIO) -> None:
        """Let the next one have it."""
        fcntl.flock(file, fcntl.LOCK_UN)
