# ruff: noqa: INP001 - a tool stands alone and is no package
"""Files as they come out of broken sticks, half copies, careless programs and ill will: made from good ones by chance.

Bytes are flipped, cut off and repeated; in archives also the markup of single parts, packed again with
sound checksums, because damage that a checksum gives away never reaches a parser.
"""

import io
import re
import struct
import zipfile
import zlib
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN: Final = re.compile(rb"(<[^>]*>)")
_DIGITS: Final = re.compile(rb"\d+")
_QUOTED: Final = re.compile(rb'"[^"]*"')
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
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.7:
        try:
            return _repacked(data, chance)
        except _BROKEN_ALREADY:
            pass
    return _in_bytes(data, chance)


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
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    _change_parts(parts, chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


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
