"""Workbooks as plain values: what stands in each cell, and what kind of thing it is.

A number keeps the text of the file, because rounding on the way in would look like an edit.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

_SECONDS_A_DAY = 86_400
_PLAIN_NUMBER = re.compile(r"(?!-0$)-?(0|[1-9]\d*)(\.\d*[1-9])?")
_SHOWN_DIGITS = 15
# What a double can hold; written out in full, a number of a few bytes could else fill the memory.
_LARGEST_EXPONENT = 330


class Number(NamedTuple):
    """A number, as the file spells it."""

    text: str


class Moment(NamedTuple):
    """A number shown as a date or time: ISO text, and the serial number behind it, if there is one."""

    iso: str
    serial: str = ""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an error such as #REF!; it states nothing."""

    code: str


@dataclass(frozen=True, slots=True)
class UncachedFormula:
    """A formula whose result the file does not hold; it states nothing."""


CellValue = str | Number | Moment | bool | ErrorCell | UncachedFormula


class SheetRow(NamedTuple):
    """The filled cells of one row by column, both counted from 1; `formulas` names those computed."""

    number: int
    cells: dict[int, CellValue]
    formulas: tuple[int, ...] = ()
    hidden: bool = False


class CellRange(NamedTuple):
    """A rectangle of cells, ends included, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        """Say whether a cell lies in it but is not its top left one, which holds what a merged cell shows."""
        inside = self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column
        return inside and (row, column) != (self.first_row, self.first_column)


class CellComment(NamedTuple):
    """What somebody stuck to a cell, which is counted from 1; `dated` is the day, where the file says it."""

    row: int
    column: int
    author: str
    text: str
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a sheet, counted from 1: per row the columns of filled cells struck through, and the rows in a colour."""

    struck: dict[int, set[int]] = field(default_factory=dict)
    coloured: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `beyond` counts filled cells outside the caps, which were not taken, `doubled` places filled twice.

    A sheet that is named but has no readable part is not `readable`, which is not the same as empty.
    """

    name: str
    hidden: bool = False
    rows: list[SheetRow] = field(default_factory=list)
    merged: tuple[CellRange, ...] = ()
    beyond: int = 0
    doubled: int = 0
    readable: bool = True
    comments: tuple[CellComment, ...] = ()
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it was read. `exact` is false for formats whose reader hides errors and formulas."""

    sheets: tuple[Sheet, ...]
    modified: str = ""
    modified_by: str = ""
    application: str = ""
    custom_properties: dict[str, str] = field(default_factory=dict)
    date1904: bool = False
    exact: bool = True

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name; capitals do not count."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)


def cell_text(value: CellValue | None) -> str:
    """The plain text of a cell; blank for nothing, errors and formulas without a result."""
    match value:
        case str():
            return value
        case Number(text):
            return plain_number(text)
        case Moment(iso):
            return iso
        case bool():
            return "TRUE" if value else "FALSE"
        case _:
            return ""


def plain_number(text: str) -> str:
    """The shortest plain spelling of a number, to the fifteen digits a spreadsheet shows.

    Whole numbers keep all their digits: they may be the numbers of things.
    """
    if _PLAIN_NUMBER.fullmatch(text) and (len(text) <= _SHOWN_DIGITS or "." not in text):
        return text
    try:
        number = Decimal(text.strip())
        if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
            return text
        rounded = f"{Decimal(f'{number:.{_SHOWN_DIGITS}g}'):f}"
    except InvalidOperation:
        return text
    if "." in rounded:
        rounded = rounded.rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded


def moment_of(serial: str, kind: str, *, date1904: bool) -> Moment | None:
    """Read a serial number as the date or time its format shows; `None` where that is not certain.

    Serials before March 1900 mean different days in different programs, so they stay numbers.
    """
    try:
        days, seconds = divmod(round(float(serial) * _SECONDS_A_DAY), _SECONDS_A_DAY)
    except (ValueError, OverflowError):
        return None
    if kind == "duration" or (kind == "time" and days == 0):
        return Moment(_clock(days * _SECONDS_A_DAY + seconds), serial) if days >= 0 else None
    if not (0 if date1904 else 61) <= days <= (2_957_003 if date1904 else 2_958_465):
        return None
    start = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    day = start + timedelta(days=days)
    return Moment(f"{day.isoformat()}T{_clock(seconds)}" if seconds else day.isoformat(), serial)


def moment_from(value: date | time | datetime | timedelta) -> Moment:
    """The same for a value a library has already made."""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return Moment(value.date().isoformat() if midnight else value.isoformat(timespec="seconds"))
    if isinstance(value, timedelta):
        return Moment(_clock(round(value.total_seconds())))
    return Moment(value.isoformat("seconds") if isinstance(value, time) else value.isoformat())


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
