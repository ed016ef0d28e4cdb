"""Where cells stand: letters of columns, numbers of rows, and rectangles of both."""

import re

from accountplanner.exchange.reading.cells import CellRange
from accountplanner.exchange.reading.errors import FileRefusedError

_LONGEST = 10
_LAST_ROW = 1_048_576
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


def column_number(letters: str) -> int:
    """Count a column's letters: A is 1.

    Raises:
        FileRefusedError: they are not one to three capitals.
    """
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        raise FileRefusedError("it places cells where no cell can be")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def row_number(text: str) -> int:
    """Read a row's number: the first is 1.

    Raises:
        FileRefusedError: no row can have it.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST and 0 < int(text) <= _LAST_ROW):
        raise FileRefusedError("it places cells where no cell can be")
    return int(text)


def range_of(reference: str) -> CellRange | None:
    """The rectangle a reference such as A1:C3 names; nothing for any other."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    return CellRange(int(top), column_number(left), int(bottom), column_number(right))
