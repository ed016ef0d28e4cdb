"""What happens to files and programs: no rights, a flipped bit, a look over the shoulder."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and users as Unix has them")
"""For tests that take rights or room away from a child process (as root: on Linux)."""

# As root nothing is forbidden, so the child lays root's powers down and the owner's rights count. Becoming nobody would
# not do: nobody may not read the program where it lies in root's home, and a container may know no user but root.
LAY_POWERS_DOWN = """
import ctypes, os, sys
os.chdir(sys.argv[1])
if os.geteuid() == 0:
    header, powers = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None, use_errno=True).capset(header, powers) == 0, ctypes.get_errno()
"""


def all_bytes(folder: Path) -> bytes:
    """Every byte of every file below a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def spoil(path: Path, at: int) -> None:
    """Flip one bit, in place."""
    with path.open("rb+") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at, os.SEEK_SET)
        file.write(bytes([byte ^ 1]))
