"""The lines vCard and iCalendar are made of: unfolded, decoded, taken apart, put under their components.

Sources: RFC 6350 and RFC 5545 for the lines, vCard 2.1 for quoted-printable and the charset of a property.
Bytes are unfolded before they are decoded: many programs fold between the bytes of one character.
"""

import quopri
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from accountplanner.exchange.reading.errors import FileRefusedError

_DEEPEST = 20
_MOST_PARAMETERS = 50
_LINE_END = re.compile(rb"\r\n|\n|\r")
_QUOTED_PRINTABLE = re.compile(rb"[^:]*;(ENCODING=)?QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_ENCODED = re.compile(rb"[^:]*;(ENCODING=)?(BASE64|B)[;:]", re.IGNORECASE)
_NAME = re.compile(r"(?:[\w\-]+\.)?([\w\-]+)")
_PARAMETER = re.compile(r';\s*([\w\-]+)(?:\s*=\s*((?:"[^"]*"|[^";:])*))?')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PIECE = re.compile(r"\\.|[^\\;]+|[\\;]", re.DOTALL)
# They may be most of the file.
_NEVER_READ = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "ATTACH"})


class ContentLine(NamedTuple):
    """One property: `parameters` by upper-case name; a bare word, as vCard 2.1 has them, counts as a `TYPE`."""

    name: str
    parameters: dict[str, tuple[str, ...]]
    value: str

    @property
    def types(self) -> frozenset[str]:
        """What kind of number or address it is, in capitals."""
        return frozenset(each.upper() for each in self.parameters.get("TYPE", ()))

    def parameter(self, name: str) -> str:
        """The first value of a parameter, blank for none."""
        return next(iter(self.parameters.get(name, ())), "")

    def text(self) -> str:
        """The value as one text."""
        return unescaped(self.value)

    def parts(self) -> list[str]:
        """The value as a structure, as names and postal addresses are."""
        return [unescaped(part).strip() for part in _split(self.value)]


def unescaped(text: str) -> str:
    """A text without its backslashes."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def read_lines(data: bytes) -> Iterator[ContentLine]:
    """Every property of a file; lines that are none are passed over."""
    for line in _unfolded(_as_octets(data)):
        read = _read_line(line)
        if read is not None and read.name not in _NEVER_READ:
            yield read


def components(lines: Iterable[ContentLine], name: str) -> Iterator[list[ContentLine] | None]:
    """The properties of each component of this name, without those of the components within.

    One that has no end is `None`: the file was cut off there.

    Raises:
        FileRefusedError: components lie in one another deeper than any program writes them.
    """
    open_: list[str] = []
    held: list[ContentLine] = []
    for line in lines:
        what = line.value.strip().upper()
        if line.name == "BEGIN":
            if what == name and name not in open_:
                held = []
            open_.append(what)
            if len(open_) > _DEEPEST:
                raise FileRefusedError("its parts lie in one another too deep")
        elif line.name == "END" and what in open_:
            was_open = open_.count(name)
            while open_.pop() != what:
                pass
            if was_open and not open_.count(name):
                yield held
        elif open_ and open_[-1] == name and open_.count(name) == 1:
            held.append(line)
    if name in open_:
        yield None


def _as_octets(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _unfolded(data: bytes) -> Iterator[bytes]:
    pieces: list[bytes] = []
    soft = False
    for line in _LINE_END.split(data):
        if soft and pieces:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif line[:1] in {b" ", b"\t"} and pieces:
            pieces.append(line[1:])
        else:
            if pieces:
                yield b"".join(pieces)
            pieces = [line]
        soft = line.endswith(b"=") and _QUOTED_PRINTABLE.match(pieces[0]) is not None
    if pieces:
        yield b"".join(pieces)


def _read_line(line: bytes) -> ContentLine | None:
    if _ENCODED.match(line):
        # A picture, a sound or a key; nothing we read comes so.
        return None
    head = line.decode("utf-8", "surrogateescape")
    named = _NAME.match(head)
    if named is None:
        return None
    parameters: dict[str, tuple[str, ...]] = {}
    at = named.end()
    for _ in range(_MOST_PARAMETERS):
        found = _PARAMETER.match(head, at)
        if found is None:
            break
        name, told = (found[1].upper(), found[2]) if found[2] is not None else ("TYPE", found[1])
        parameters[name] = (*parameters.get(name, ()), *_listed(told))
        at = found.end()
    if head[at : at + 1] != ":":
        return None
    value = head[at + 1 :].encode("utf-8", "surrogateescape")
    return ContentLine(named[1].upper(), parameters, _decoded(value, parameters))


def _listed(told: str) -> list[str]:
    return [told.strip('"')] if told.startswith('"') else [each.strip().strip('"') for each in told.split(",")]


def _decoded(value: bytes, parameters: dict[str, tuple[str, ...]]) -> str:
    words = {each.upper() for name in ("ENCODING", "TYPE") for each in parameters.get(name, ())}
    if "QUOTED-PRINTABLE" in words:
        value = quopri.decodestring(value)
    for charset in (*parameters.get("CHARSET", ()), "utf-8"):
        try:
            return value.decode(charset)
        except (LookupError, ValueError):  # unknown, no name at all (a zero byte in it), or not what the bytes are
            continue
    return value.decode("cp1252", "replace")


def _split(value: str) -> list[str]:
    parts = [""]
    for piece in _PIECE.findall(value):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return parts
