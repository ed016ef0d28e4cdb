"""A folder that colleagues share: which files in it matter, whether they have wholly arrived, what mine is called.

Sync programs and spreadsheet programs leave things of their own in such a folder. Names decide only
what is never looked at; whose a file is stands in its content, so a conflict copy is a file like any other.
"""

import re
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import fixed, told
from accountplanner.exchange.reading.content import FileContent, take_file
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.package import LARGEST_FILE, is_lock_file

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
# Hidden files (Syncthing's and our own unfinished ones among them) and what programs leave while they work.
_PASSING = re.compile(r"[.~].*|.*\.(tmp|part|partial|crdownload|download)", re.IGNORECASE)
_LONGEST_NAME = 60
_MIDDLE = " - team workbook "
# The record every zip archive ends with; a comment of at most 64 KB may follow it.
_END, _END_BYTES, _LONGEST_END, _BEYOND = b"PK\x05\x06", 22, 22 + 2**16, 2**32 - 1


class FolderUnreachableError(RefusedError):
    """The folder is not there, or may not be looked into."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            told("The shared folder “{folder}” cannot be reached: {reason}.", folder=folder, reason=fixed(reason))
        )
        self.folder = folder


class NotArrivedError(RefusedError):
    """A file that has not wholly arrived: it waits, and nothing is wrong with it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            told(
                "“{name}” has not wholly arrived yet ({reason}); it is tried again next time.",
                name=name,
                reason=fixed(reason),
            )
        )


@dataclass(frozen=True, slots=True, order=True)
class Arrival:
    """A workbook in the folder as its list of names shows it: enough to notice that something has changed."""

    name: str
    size: int
    changed_ns: int


def arrivals(folder: Path) -> list[Arrival]:
    """The workbooks in a folder by name, without what programs leave there while they work.

    Raises:
        FolderUnreachableError: it cannot be looked into.
    """
    try:
        if not folder.is_dir():
            raise FolderUnreachableError(folder, "there is no such folder")
        return sorted(each for path in folder.iterdir() if (each := _arrival(path)) is not None)
    except OSError as error:
        raise FolderUnreachableError(
            folder, told("the system says: {error}", error=str(error.strerror or error))
        ) from error


def take_arrived(path: Path) -> FileContent:
    """Read a file's bytes if it has wholly arrived.

    An archive is whole when it ends as archives end: that needs no waiting and no clock. That every part is
    what it was when it was packed is found out by the guarded reader.

    Raises:
        NotArrivedError: it is empty, cut off, still growing, or cannot be read at this moment.
        FileRefusedError: it is larger than any workbook of ours.
    """
    before = _arrival(path)
    if before is not None and before.size > LARGEST_FILE:
        return take_file(path)
    try:
        content = take_file(path)
    except FileRefusedError as refused:
        raise NotArrivedError(path.name, refused.reason) from refused
    if before is None or before != _arrival(path) or before.size != len(content.data):
        raise NotArrivedError(path.name, "it is being written right now")
    if not content.data.strip(b"\0"):
        raise NotArrivedError(path.name, "it is empty")
    if content.data.startswith(b"PK") and not _is_whole(content.data):
        raise NotArrivedError(path.name, "a part of it is missing")
    return content


def edition_name(person: str, replica: str) -> str:
    """What a laptop's own workbook is called: readable, the same every time, and safe on every system.

    The device stands in it, because two people of one name, or one person's two laptops, must not write one file.
    """
    plain = unicodedata.normalize("NFC", person)
    kept = "".join(letter if letter.isalnum() or letter in " -'" else " " for letter in plain)
    name = " ".join(kept.split())[:_LONGEST_NAME].strip(" -'") or "Colleague"
    return f"{name}{_MIDDLE}{replica[:6]}.xlsx"


def person_in(name: str) -> str:
    """Whose workbook a file seems to be by its name alone; empty where the name does not say so."""
    return name.partition(_MIDDLE)[0] if _MIDDLE in name else ""


def _arrival(path: Path) -> Arrival | None:
    if _PASSING.fullmatch(path.name) or is_lock_file(path) or path.suffix.casefold() not in _WORKBOOKS:
        return None
    try:
        facts = path.stat()
        is_file = path.is_file()
    except FileNotFoundError:
        return None
    return Arrival(path.name, facts.st_size, facts.st_mtime_ns) if is_file else None


def _is_whole(data: bytes) -> bool:
    """Whether the archive's own end stands at the end and its list of contents fits before it."""
    at = data.rfind(_END, -_LONGEST_END)
    if at < 0 or len(data) < at + _END_BYTES:
        return False
    size, offset, comment = map(int, struct.unpack_from("<IIH", data, at + 12))
    return at + _END_BYTES + comment == len(data) and (offset == _BEYOND or offset + size <= at)
