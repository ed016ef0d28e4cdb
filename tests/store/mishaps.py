"""What happens to files and programs: no rights, a flipped bit, a look over the shoulder."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and users as Unix has them")
"""For tests that take rights or room away from a child process."""

# As root nothing is forbidden, so the child becomes nobody. It stands in the folder, for nobody may walk to it.
BECOME_NOBODY = """
import os, sys
os.chdir(sys.argv[1])
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
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
