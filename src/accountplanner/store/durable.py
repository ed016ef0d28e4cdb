"""Small files that are either the old or the new one after a crash, and readable by their owner only."""

from __future__ import annotations

import os
import secrets
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file as one step: written beside it, on the disk, then swapped in."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    make_names_durable(path.parent)


def make_durable(path: Path) -> None:
    """Wait until a file's content has reached the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def make_names_durable(folder: Path) -> None:
    """Wait until the folder's list of names has reached the disk, where the system can say so."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_private_file(path: Path) -> None:
    """Make an empty file only its owner may read; it must not be there yet."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def new_private_folder(path: Path) -> None:
    """Make a folder only its owner may look into, with those above it; an existing one stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
