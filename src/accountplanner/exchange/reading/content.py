"""A file's bytes, taken once: what is archived is what is read, whatever happens to the file meanwhile."""

import os
import stat
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from accountplanner.domain.sentences import quoted, told
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.package import LARGEST_FILE, is_lock_file


class FileContent(NamedTuple):
    """A file as it was when it was taken."""

    name: str
    data: bytes

    def open(self) -> BinaryIO:
        """The bytes as a file."""
        return BytesIO(self.data)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return Path(self.name).stem


def take_file(path: Path) -> FileContent:
    """Read a file's bytes.

    Raises:
        FileRefusedError: there is none, it is a program's lock file, no ordinary file, too large, still
            being written, or may not be read.
    """
    shown = shown_name(path)
    name = quoted(shown)
    if is_lock_file(path):
        raise FileRefusedError("it is the mark a spreadsheet program leaves while the workbook is open", name)
    try:
        return FileContent(shown, _bytes_of(path))
    except FileRefusedError as refused:
        raise refused.about(name) from None
    except FileNotFoundError:
        raise FileRefusedError("there is no such file", name) from None
    except OSError as error:
        raise FileRefusedError(told("the system says: {error}", error=str(error.strerror or error)), name) from None


def shown_name(path: Path) -> str:
    """A file's name as text: on some systems a name may hold bytes that are none, and nothing could store it."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _bytes_of(path: Path) -> bytes:
    # A pipe or a device would be waited for without end, so what it is must be known before it is opened.
    kind = path.stat().st_mode
    if stat.S_ISDIR(kind):
        raise FileRefusedError("it is a folder")
    if not stat.S_ISREG(kind):
        raise FileRefusedError("it is a pipe or a device, and no file")
    with path.open("rb") as file:
        before = os.fstat(file.fileno())
        _check_size(before.st_size)
        data = file.read(LARGEST_FILE + 1)
        after = os.fstat(file.fileno())
    _check_size(len(data))
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise FileRefusedError("it is being written at this moment; try again when that is done")
    return data


def _check_size(size: int) -> None:
    if size > LARGEST_FILE:
        raise FileRefusedError(
            told("it has {size:,.0f} MB, and at most {most} MB are read", size=size / 2**20, most=LARGEST_FILE // 2**20)
        )
