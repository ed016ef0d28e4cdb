# ruff: noqa: INP001 - a tool stands alone and is no package
"""Files as they come out of broken sticks, half copies, careless programs and ill will: made from good ones by chance.

Bytes are flipped, cut off and repeated; in archives also the markup of single parts, packed again with
sound checksums, because damage that a checksum gives away never reaches a parser. Archives also lie about
themselves: sizes, methods and names that are not true, parts that are there twice, archives within archives.
"""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable
from random import Random
from typing import Final

_TOKEN: Final = re.compile(rb"(<[^>]*>)")
_DIGITS: Final = re.compile(rb"\d+")
_QUOTED: Final = re.compile(rb'"[^"]*"')
_ENDINGS: Final = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".txt", ".vcf", ".ics", ".zip", "")
_NAMES: Final = (
    "../outside.xml", "/etc/x", "xl/worksheets/sheet1.xml/", "XL/WORKBOOK.XML", "xl\\workbook.xml", "con", "a" * 300, "\u202e",
    "mimetype", "EncryptedPackage", "content.xml", "[Content_Types].xml",
)  # fmt: skip
_BROKEN_ALREADY: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError, OSError, RuntimeError,
    ValueError,
)  # fmt: skip
_MOST_CHANGES: Final = 4
_NUMBERS: Final = (b"0", b"-1", b"1048576", b"1048577", b"4294967296", b"16384", b"9" * 30, b"1E999", b"", b"7")
_TEXTS: Final = (
    b'""', b'"n"', b'"s"', b'"e"', b'"inlineStr"', b'"str"', b'"A1"', b'"XFD1048576"', b'"veryHidden"', b'"../../x"',
    b'"&amp;&#10;"', b'"_x0000__xD800_"',
)  # fmt: skip
_INSERTED: Final = (
    b'<!DOCTYPE x [<!ENTITY a "b">]>', b"&a;", b"<x>", b"</x>", b"<![CDATA[]]>", b"<!-- -->", b"\xff", b"\0",
    b"<c><v>1</v></c>", b'<row r="1"/>', b"=1+1", b"_x000D_", b"&#xFFFE;", b"\xf0\x9f\x98\x80",
)  # fmt: skip


def damaged(data: bytes, chance: Random) -> bytes:
    """One damaged copy."""
    drawn = chance.random()
    if zipfile.is_zipfile(io.BytesIO(data)) and drawn < 0.8:
        try:
            return _repacked(data, chance) if drawn < 0.5 else _lying(data, chance)
        except _BROKEN_ALREADY:
            pass
    return _in_bytes(data, chance)


def renamed(suffix: str, chance: Random) -> str:
    """The ending under which a copy goes: now and then that of another kind of file."""
    return chance.choice(_ENDINGS) if chance.random() < 0.15 else suffix


def _in_bytes(data: bytes, chance: Random) -> bytes:
    if not data:
        return chance.randbytes(50)
    at, length = chance.randrange(len(data)), chance.choice((1, 4, 64, 4096))
    changes: tuple[Callable[[], bytes], ...] = (
        lambda: data[:at],
        lambda: data[at:],
        lambda: data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :],
        lambda: data[:at] + bytes(length) + data[at + length :],
        lambda: data[:at] + data[at : at + length] * 2 + data[at + length :],
        lambda: data[:at] + chance.randbytes(length) + data[at + length :],
        lambda: data[:at] + data[at + length :],
    )
    return chance.choice(changes)()


def _repacked(data: bytes, chance: Random) -> bytes:
    parts = _parts(data)
    _change_parts(parts, chance)
    return _packed(parts.items())


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # A name that is there twice.
        warnings.simplefilter("ignore", UserWarning)
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _lying(data: bytes, chance: Random) -> bytes:
    """An archive that is not what it says."""
    parts = _parts(data)
    name = chance.choice(sorted(parts))
    match chance.randrange(6):
        case 0:
            twice = [*parts.items(), (name, _in_bytes(parts[name], chance))]
            return _packed(twice if chance.random() < 0.5 else twice[::-1])
        case 1:
            return _packed([("inside" + chance.choice(_ENDINGS), data)])
        case 2:
            return _packed((parts | {name: data}).items())
        case 3:
            return chance.randbytes(chance.choice((1, 64, 4096))) + data
        case 4:
            return _packed((chance.choice(_NAMES) if each == name else each, said) for each, said in parts.items())
        case _:
            return _with_wrong_headers(bytearray(data), chance)


def _with_wrong_headers(data: bytearray, chance: Random) -> bytes:
    """Other flags, methods, checksums, sizes or offsets in front of a part or in the list of them."""
    signature, first, last = chance.choice(((b"PK\3\4", 6, 30), (b"PK\1\2", 8, 46), (b"PK\5\6", 4, 22)))
    places = [found.start() for found in re.finditer(re.escape(signature), data)]
    for _ in range(chance.randint(1, 2)):
        at = chance.choice(places) + chance.randrange(first, last, 2)
        width = chance.choice((2, 4))
        data[at : at + width] = chance.choice(
            (bytes(width), b"\xff" * width, b"\1" + bytes(width - 1), b"\x7f" * width)
        )
    return bytes(data)


def _change_parts(parts: dict[str, bytes], chance: Random) -> None:
    first, second = chance.choice(sorted(parts)), chance.choice(sorted(parts))
    match chance.randrange(10):
        case 0:
            parts[first], parts[second] = parts[second], parts[first]
        case 1:
            del parts[first]
        case 2:
            parts[first] = _in_bytes(parts[first], chance)
        case 3:
            encoding = chance.choice(("utf-16", "utf-16-be", "utf-32"))
            parts[first] = parts[first].decode("utf-8", "replace").replace("UTF-8", "UTF-16").encode(encoding)
        case _:
            # Sheets, texts and the workbook's own part say the most.
            telling = [name for name in sorted(parts) if name.endswith((".xml", ".rels")) and "theme" not in name]
            name = chance.choice(telling or [first])
            for _ in range(chance.randint(1, _MOST_CHANGES)):
                parts[name] = _in_markup(parts[name], chance)


def _in_markup(content: bytes, chance: Random) -> bytes:
    tokens = _TOKEN.split(content)
    at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    stretch = slice(at, at + chance.choice((1, 2, 5, 30)))
    match chance.randrange(7):
        case 0:
            del tokens[stretch]
        case 1:
            tokens[at:at] = tokens[stretch]
        case 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case 3:
            tokens[at] = _DIGITS.sub(lambda _: chance.choice(_NUMBERS), tokens[at], count=1)
        case 4:
            tokens[at] = _QUOTED.sub(lambda _: chance.choice(_TEXTS), tokens[at], count=1)
        case 5:
            tokens.insert(at, chance.choice(_INSERTED))
        case _:
            tokens[at : at + 30] = tokens[other : other + 30]
    return b"".join(tokens)
