"""A file's bytes, taken once: what is archived is what is read, whatever happens to the file meanwhile."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

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
        FileRefusedError: there is none, it is a program's lock file, too large, or may not be read.
    """
    name = f"“{path.name}”"
    if is_lock_file(path):
        raise FileRefusedError("it is the mark a spreadsheet program leaves while the workbook is open", name)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise FileRefusedError(
                f"it has {size / 2**20:,.0f} MB, and at most {LARGEST_FILE // 2**20} MB are read", name
            )
        return FileContent(path.name, path.read_bytes())
    except FileNotFoundError:
        raise FileRefusedError("there is no such file", name) from None
    except IsADirectoryError:
        raise FileRefusedError("it is a folder", name) from None
    except OSError as error:
        raise FileRefusedError(f"the system says: {error.strerror or error}", name) from None
