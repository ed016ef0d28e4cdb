"""What a cell of a sheet part holds: a text, a number, a date, an error, by its kind and its style."""

import re
from collections.abc import Mapping, Sequence

from accountplanner.exchange.reading.cells import CellValue, ErrorCell, Moment, Number, moment_of
from accountplanner.exchange.reading.xml_parts import LONGEST_CELL, refuse_long_cell

_LONGEST_CODE = 32
_DAMAGED = ErrorCell("damaged")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class TypedValues:
    """Makes values of the texts in one sheet; `dates` gives the kind of date format per style number."""

    def __init__(self, strings: Sequence[str], dates: Mapping[str, str], *, date1904: bool) -> None:
        self._strings = strings
        self._dates = dates
        self._date1904 = date1904
        self._moments: dict[tuple[str, str], CellValue] = {}

    def value(self, kind: str, style: str, text: str) -> CellValue | None:
        """What a cell of a kind and a style holds, whose text is not empty."""
        if len(text) > LONGEST_CELL:
            refuse_long_cell()
        if kind == "s":
            try:
                index = int(text)
                return self._strings[index] or None if index >= 0 else _DAMAGED
            except (ValueError, IndexError):
                return _DAMAGED
        if kind == "n":
            if style in self._dates:
                return self._moment(text, self._dates[style])
            return Number(text)
        return self._rarer_value(kind, text)

    def _rarer_value(self, kind: str, text: str) -> CellValue | None:
        if kind == "b":
            return text.strip().casefold() in {"1", "true"}
        if kind == "e":
            return ErrorCell(text[:_LONGEST_CODE])
        if kind == "d":
            return Moment(_iso(text))
        return unescaped(text) or None

    def _moment(self, text: str, kind: str) -> CellValue:
        key = text, kind
        if key not in self._moments:
            self._moments[key] = moment_of(text, kind, date1904=self._date1904) or Number(text)
        return self._moments[key]


def unescaped(text: str) -> str:
    """Decode the `_x000D_` by which a workbook writes what XML cannot hold."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Half a surrogate pair is no character, and no database would take it.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _iso(text: str) -> str:
    day, _, clock = text.strip().removesuffix("Z").partition("T")
    clock = re.sub(r"\.\d+$", "", clock)
    return f"{day}T{clock}" if clock.strip("0:") else day
