"""Texts too long for one cell go on in further rows, and come back as one.

A cell holds 32,767 UTF-16 units in Excel, which cuts the rest off without a word.
"""

from collections.abc import Iterator, Sequence

from accountplanner.exchange.contract import LONGEST_CELL
from accountplanner.exchange.shown import Shown


def in_parts(cells: Sequence[Shown]) -> Iterator[tuple[Shown, ...]]:
    """The cells of the row itself, then of each further row, blank where nothing goes on."""
    if not any(isinstance(cell, str) and len(cell) * 2 > LONGEST_CELL for cell in cells):
        yield tuple(cells)
        return
    parts = [text_parts(cell) if isinstance(cell, str) else [cell] for cell in cells]
    for number in range(max(map(len, parts))):
        yield tuple(each[number] if number < len(each) else "" for each in parts)


def text_parts(text: str) -> list[str]:
    """Cut a text so that each part fits; never beside white space, which some programs strip."""
    parts: list[str] = []
    while _units(text) > LONGEST_CELL:
        at = _fitting(text)
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]


def _fitting(text: str) -> int:
    at = min(len(text), LONGEST_CELL)
    while _units(text[:at]) > LONGEST_CELL:
        at -= max(1, (_units(text[:at]) - LONGEST_CELL) // 2)
    whole = at
    while at > 1 and (text[at - 1].isspace() or text[at : at + 1].isspace()):
        at -= 1
    return at if at > whole // 2 else whole


def _units(text: str) -> int:
    return len(text) + sum(1 for letter in text if letter > "\uffff")
