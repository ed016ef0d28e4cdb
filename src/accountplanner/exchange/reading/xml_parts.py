"""XML parts of a package, parsed with expat under bounds.

No document type, so no entities of anybody's making; a bounded depth and number of attributes.
Encodings are those expat knows (UTF-8 and UTF-16 among them). Prefixes are dropped: whoever
writes `x:row` means `row`.
"""

from collections.abc import Iterable
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.package import Package

DEEPEST = 64
MOST_ATTRIBUTES = 256
MOST_ELEMENTS = 1_000_000
# Thirty times what a spreadsheet program keeps in a cell.
LONGEST_CELL = 1_000_000
_CHUNKS_OF_TEXT = 65_536


class Element(NamedTuple):
    """One element of a small part: local names, its own text, the local name of what it stands in."""

    name: str
    attributes: dict[str, str]
    parent: str
    text: list[str]

    @property
    def content(self) -> str:
        """The text directly in it."""
        return "".join(self.text)


def safe_parser() -> expat.XMLParserType:
    """Make a parser that refuses document types; text comes in as few pieces as can be."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _CHUNKS_OF_TEXT
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    return parser


def parse(parser: expat.XMLParserType, chunks: Iterable[bytes], part: str) -> None:
    """Feed a part to a parser.

    Raises:
        FileRefusedError: it is not well-formed.
    """
    try:  # an encoding expat cannot learn is a LookupError or a ValueError
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise FileRefusedError(told("its part {part} is damaged", part=part)) from error


def elements(package: Package, part: str) -> list[Element]:
    """Every element of a small part, in order; none where the part is missing."""
    if part not in package:
        return []
    collector = _Collector()
    parser = safe_parser()
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parse(parser, package.stream(part), part)
    return collector.found


class _Collector:
    def __init__(self) -> None:
        self.found: list[Element] = []
        self._open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST or len(attributes) > MOST_ATTRIBUTES or len(self.found) >= MOST_ELEMENTS:
            refuse_nesting()
        parent = self._open[-1].name if self._open else ""
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(":")[2], local, parent, [])
        self.found.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)


def refuse_nesting() -> NoReturn:
    """Refuse a part that no spreadsheet program would write."""
    raise FileRefusedError("its parts are built in a way no spreadsheet program uses")


def refuse_long_cell() -> NoReturn:
    """Refuse a text that no cell could show."""
    raise FileRefusedError(told("one of its cells holds more than {most:,} characters", most=LONGEST_CELL))


def _refuse_doctype(*_: object) -> NoReturn:
    raise FileRefusedError("it holds XML definitions, which a workbook has no use for")
