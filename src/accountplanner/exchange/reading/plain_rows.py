"""Rows as programs write them: cells with a reference, a style and a kind, holding a value or a text and nothing else.

Whatever has a formula, a rich text, a second reading, an unknown attribute or a place out of line is left to the parser.
"""

import re
from typing import NamedTuple

from accountplanner.exchange.reading.plain_stretches import has_references, without_entities

_ROW = re.compile(r'\s*<row r="([0-9]{1,7})"((?: [A-Za-z]{1,16}(?::[A-Za-z]{1,16})?="[^"<&\t\n]{0,64}"){0,16})>')
_ATTRIBUTE = re.compile(r' ([A-Za-z:]+)="([^"]*)"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,7})")?(?: t="(inlineStr|s|n|str|b)")?'
    r'(?:/>|>(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_PARTS = _CELL.groups + 1


class PlainRow(NamedTuple):
    """A row's own attributes, and per cell its column's letters, style, kind and text."""

    attributes: dict[str, str]
    letters: list[str]
    styles: list[str | None]
    kinds: list[str | None]
    values: list[str | None]


def plain_row(text: str) -> PlainRow | None:
    """A row without its end tag, if all of it is plain."""
    opening = _ROW.match(text)
    if opening is None:
        return None
    # With groups, a split gives what stands between the cells, too: that must be nothing.
    parts = _CELL.split(text[opening.end() :])
    number, letters = opening[1], parts[1::_PARTS]
    if any(parts[::_PARTS]) or parts[2::_PARTS].count(number) != len(letters) or len(set(letters)) != len(letters):
        return None
    attributes = _ATTRIBUTE.findall(opening[2])
    named = {"r": number, **dict(attributes)}
    values = [value or inline for value, inline in zip(parts[5::_PARTS], parts[6::_PARTS], strict=True)]
    if len(named) != len(attributes) + 1 or has_references(text):
        return None
    if "&" in text:
        values = [without_entities(value) if value and "&" in value else value for value in values]
    return PlainRow(named, letters, parts[3::_PARTS], parts[4::_PARTS], values)
