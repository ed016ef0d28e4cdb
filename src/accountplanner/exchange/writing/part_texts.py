"""Everything in a part of a finished workbook that could say something: names, attributes, texts, comments."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from accountplanner.exchange.reading.xml_parts import parse, safe_parser

COMMENT = "a comment"
INSTRUCTION = "an instruction"
_NUMBERS = re.compile(r"\d+")


class Said(NamedTuple):
    """Something said in a part. `place` is `element`, `element attribute` or `element:text`.

    `text` is blank where the name alone says it.
    """

    place: str
    text: str


def part_class(name: str) -> str:
    """The name without its numbers: parts of one class are built alike."""
    return _NUMBERS.sub("#", name)


def said_in(part: str, data: bytes) -> Iterator[Said]:
    """All of it, in order."""
    walker = _Walker()
    parser = safe_parser()
    _connect(parser, walker)
    parse(parser, [data], part)
    return iter(walker.found)


def _connect(parser: expat.XMLParserType, walker: "_Walker") -> None:
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.pieces.append
    parser.CommentHandler = walker.comment
    parser.ProcessingInstructionHandler = walker.instruction


class _Walker:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.found: list[Said] = []
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._settle()
        self._open.append(name)
        self.found.append(Said(name, ""))
        self.found += [Said(f"{name} {key}", value) for key, value in attributes.items()]

    def end(self, _name: str) -> None:
        self._settle()
        self._open.pop()

    def comment(self, text: str) -> None:
        self.found.append(Said(COMMENT, text))

    def instruction(self, target: str, text: str) -> None:
        self.found.append(Said(INSTRUCTION, f"{target} {text}"))

    def _settle(self) -> None:
        if self.pieces:
            self.found.append(Said(f"{self._open[-1]}:text", "".join(self.pieces)))
            self.pieces.clear()
