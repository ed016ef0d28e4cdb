"""What people say with a pen instead of words: cells struck through, cells in a colour of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from accountplanner.exchange.grounds import is_ours
from accountplanner.exchange.reading.cells import Marks
from accountplanner.exchange.reading.xml_parts import Element

_RGB = re.compile("[0-9A-Fa-f]{2}([0-9A-Fa-f]{6})")
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class MarkingStyles:
    """The style numbers by which a workbook shows cells struck through, or on a ground that is not ours."""

    struck: frozenset[str] = frozenset()
    coloured: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.struck or self.coloured)

    def note(self, marks: Marks, row: int, column: int, style: str) -> None:
        """Look at the style of a filled cell."""
        if style in self.struck:
            marks.struck.setdefault(row, set()).add(column)
        if style in self.coloured:
            marks.coloured.add(row)


def marking_styles(found: Sequence[Element]) -> MarkingStyles:
    """The styles that mark a cell, from the elements of the styles part; none where nobody marked anything."""
    struck = {str(number) for number, font in enumerate(_groups(found, "font", "fonts")) if _strikes(font)}
    coloured = {str(number) for number, fill in enumerate(_groups(found, "fill", "fills")) if _colours(fill)}
    if not struck and not coloured:
        return MarkingStyles()
    styles = [each.attributes for each in found if each.name == "xf" and each.parent == "cellXfs"]
    return MarkingStyles(
        frozenset(str(number) for number, style in enumerate(styles) if style.get("fontId") in struck),
        frozenset(str(number) for number, style in enumerate(styles) if style.get("fillId") in coloured),
    )


def _groups(found: Sequence[Element], name: str, parent: str) -> Iterator[list[Element]]:
    """Each element of that name with what stands in it, in order."""
    starts = [at for at, each in enumerate(found) if each.name == name and each.parent == parent]
    for start, end in pairwise([*starts, len(found)]):
        yield [each for each in found[start + 1 : end] if each.parent in {name, "patternFill"}]


def _strikes(font: Sequence[Element]) -> bool:
    return any(each.name == "strike" and each.attributes.get("val", "1") not in _OFF for each in font)


def _colours(fill: Sequence[Element]) -> bool:
    pattern = next((each for each in fill if each.name == "patternFill"), None)
    if pattern is None or pattern.attributes.get("patternType") != "solid":
        return False
    colour = next((each.attributes for each in fill if each.name == "fgColor"), {})
    match = _RGB.fullmatch(colour.get("rgb", ""))
    if match is not None:
        return not is_ours(match[1])
    # A ground of ours is never one of the theme's colours, of which the first is the paper's own.
    return colour.get("theme", "0") != "0"
