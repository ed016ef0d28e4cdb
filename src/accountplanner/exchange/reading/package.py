"""What a file may be before anything in it is parsed: its size, its kind, and the archive it is.

The caps are absolute, not ratios: ordinary workbooks hold parts that deflate a hundredfold. What
is inflated is counted while it streams, whatever the archive says about itself.
"""

import posixpath
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.errors import FileRefusedError

LARGEST_FILE = 50 * 2**20
LARGEST_INFLATED = 300 * 2**20
MOST_ENTRIES = 2_000
_CHUNK = 2**18
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED_BIT = 0x1
_LOCK_NAMES = re.compile(r"~\$.*|\.~lock\..*#")
# What the zip module lets through when an archive is cut off or made up.
_ITS_PARSER_RAISES = (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, struct.error)
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|head|body|table|meta|script)", re.IGNORECASE)


class FileKind(StrEnum):
    """What the bytes are, whatever the name says."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    OLE = "ole"
    TEXT = "text"


def is_lock_file(path: Path) -> bool:
    """Say whether a spreadsheet program left this beside an open workbook; such files hold nothing."""
    return _LOCK_NAMES.fullmatch(path.name) is not None


def stream_kind(file: BinaryIO) -> FileKind:
    """Look at an open file's size and first bytes, whatever it is called; it is rewound.

    Raises:
        FileRefusedError: it is nothing we read.
    """
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not size or not head.strip(b"\0"):
        raise FileRefusedError("it is empty, or not yet fully copied to this computer")
    if size > LARGEST_FILE:
        raise FileRefusedError(
            told("it has {size:,.0f} MB, and at most {most} MB are read", size=size / 2**20, most=LARGEST_FILE // 2**20)
        )
    if head.startswith(b"PK"):
        with Package(file) as package:
            return package.kind()
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.OLE
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise FileRefusedError("it is a web page or an XML file under another name; save it as .xlsx and try again")
    return FileKind.TEXT


class Package:
    """A zip archive that keeps our rules; every part is streamed under one common count."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except _ITS_PARSER_RAISES as error:
            raise FileRefusedError("it is damaged or not fully copied") from error
        self._parts = _checked_parts(self._zip.infolist())
        self._inflated = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return folded_name(part) in self._parts

    def kind(self) -> FileKind:
        """Say which spreadsheet format the archive is.

        Raises:
            FileRefusedError: it is none.
        """
        if "xl/workbook.bin" in self:
            return FileKind.XLSB
        if "mimetype" in self and self.read("mimetype").startswith(_ODS):
            return FileKind.ODS
        if "_rels/.rels" in self or "xl/workbook.xml" in self:
            return FileKind.XLSX
        raise FileRefusedError("it is an archive, but no workbook")

    def stream(self, part: str) -> Iterator[bytes]:
        """Inflate a part chunk by chunk; the archive's checksum is verified at its end.

        Raises:
            FileRefusedError: the part is damaged, or too much was inflated.
        """
        try:
            with self._zip.open(self._parts[folded_name(part)]) as source:
                while chunk := source.read(_CHUNK):
                    self._inflated += len(chunk)
                    if self._inflated > LARGEST_INFLATED:
                        raise FileRefusedError(
                            told("it unpacks to more than {most} MB", most=LARGEST_INFLATED // 2**20)
                        )
                    yield chunk
        except (*_ITS_PARSER_RAISES, zlib.error, RuntimeError) as error:
            raise FileRefusedError(told("its part {part} is damaged", part=part)) from error

    def read(self, part: str) -> bytes:
        """A small part as a whole."""
        return b"".join(self.stream(part))

    def names(self) -> list[str]:
        """Every part's name, folded."""
        return list(self._parts)

    def verify(self) -> None:
        """Inflate and count everything, before a library that does not count gets the file."""
        for part in self._parts:
            for _ in self.stream(part):
                pass


def _checked_parts(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MOST_ENTRIES:
        raise FileRefusedError(
            told(
                "its archive has {count:,} entries, and a workbook needs no more than {most:,}",
                count=len(entries),
                most=MOST_ENTRIES,
            )
        )
    if sum(entry.file_size for entry in entries) > LARGEST_INFLATED:
        raise FileRefusedError(told("it unpacks to more than {most} MB", most=LARGEST_INFLATED // 2**20))
    parts: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _checked_name(entry)
        if entry.is_dir():
            continue
        if name in parts:
            raise FileRefusedError("its archive holds two parts of one name")
        parts[name] = entry
    return parts


def _checked_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name.partition("/")[0] or ".." in name.split("/"):
        raise FileRefusedError("its archive names places outside itself")
    if entry.flag_bits & _ENCRYPTED_BIT:
        raise FileRefusedError("parts of its archive are locked with a password")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise FileRefusedError("its archive is packed in a way no spreadsheet program uses")
    return folded_name(name)


def folded_name(name: str) -> str:
    """One spelling for a part's name: some programs write backslashes, and capitals do not count."""
    return posixpath.normpath(unicodedata.normalize("NFC", name).replace("\\", "/")).casefold()
