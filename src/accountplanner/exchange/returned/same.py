"""Whether a cell still shows what was exported, after anything a program does to it by itself.

Measured: a mere re-save changes the last digits of numbers, line ends, outer white space, yes/no made
into formulas. None of that is an edit. The common case, text that stands there unchanged, is one
comparison.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from accountplanner.domain.canonical import canonical_value, comparison_value
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.text import clean_text, comparison_text
from accountplanner.exchange.reading.cells import (
    CellValue,
    ErrorCell,
    Moment,
    Number,
    UncachedFormula,
    cell_text,
    plain_number,
)
from accountplanner.exchange.shown import SHOWN_AS_IS, Shown, shown_value
from accountplanner.exchange.spellings import date_readings, number_readings, numbers_behind, without_currency

SameCheck = Callable[[str, CellValue], bool]
"""Says of a canonical value and a found cell whether the cell shows the value."""

_FIFTEENTH_DIGIT = Decimal("1e-14")
_HALF_A_SECOND = Decimal("0.00001")
_EPOCH = date(1899, 12, 30)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_MET = 10_000
_NUMBERS = frozenset({FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER})


def same_check(known: Field | None, titles: Mapping[str, Mapping[str, str]], currency: str) -> SameCheck:
    """The check for the cells of one column."""
    if known is None or known.type in SHOWN_AS_IS:
        return _kept_text

    # Choices, references and dates come back by the thousand, few of them different.
    met: set[tuple[str, CellValue]] = set()

    def check(canonical: str, found: CellValue) -> bool:
        if (canonical, found) in met:
            return True
        shown = shown_value(known, canonical, titles)
        is_same = shown == found or _same_shown(shown, found) or _same_meaning(known, canonical, found, currency)
        if is_same and len(met) < _MOST_MET:
            met.add((canonical, found))
        return is_same

    return check


def is_blank(value: CellValue | None) -> bool:
    """Whether a cell states nothing because nothing but white space stands in it."""
    return value is None or (isinstance(value, str) and not comparison_text(value))


def states_nothing(value: CellValue | None) -> bool:
    """Whether a cell shows an error, or a formula whose result is unknown."""
    return isinstance(value, (ErrorCell, UncachedFormula))


def _same_text(canonical: str, found: str) -> bool:
    if canonical == found or comparison_text(canonical) == comparison_text(found):
        return True
    return ("_x" in canonical or "_x" in found) and comparison_text(_decoded(canonical)) == comparison_text(
        _decoded(found)
    )


def _decoded(text: str) -> str:
    """Take `_x000D_` for what it stands for: some programs write such text as it is, others read it as it is."""
    return clean_text(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))


def _kept_text(canonical: str, found: CellValue) -> bool:
    """Text, or what a program took it for without changing a letter."""
    if isinstance(found, str):
        return _same_text(canonical, found)
    if isinstance(found, bool):
        return cell_text(found).casefold() == canonical.casefold()
    return cell_text(found) == canonical != ""


def _same_shown(shown: Shown, found: CellValue) -> bool:
    if isinstance(shown, Decimal):
        return _same_number(shown, found)
    if isinstance(shown, date):
        return _same_day(shown, found)
    return _kept_text(shown, found)


def _same_number(number: Decimal, found: CellValue) -> bool:
    """How a cell is shown is information, not truth: a number shown as a date is the number behind it."""
    if isinstance(found, Number):
        return _close(number, found.text)
    if not isinstance(found, Moment):
        return False
    within = 0 if found.serial else _HALF_A_SECOND
    return any(abs(behind - number) <= within for behind in numbers_behind(found))


def _close(wanted: Decimal, text: str) -> bool:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return False
    return _is_near(wanted, number)


def _is_near(wanted: Decimal, number: Decimal) -> bool:
    return number == wanted or (number.is_finite() and abs(number - wanted) <= abs(wanted) * _FIFTEENTH_DIGIT)


def _same_day(day: date, found: CellValue) -> bool:
    if isinstance(found, Moment):
        return found.iso == day.isoformat()
    return isinstance(found, Number) and plain_number(found.text) == str((day - _EPOCH) // timedelta(days=1))


def _same_meaning(known: Field, canonical: str, found: CellValue, currency: str) -> bool:
    """The same value in another spelling: `1234.5` for 1,234.50, the key of a choice for its label."""
    text = cell_text(found)
    if known.type is FieldType.REFERENCE or not text.strip():
        return False
    if known.type is FieldType.MONEY and isinstance(found, Number) and " " in canonical:
        currency = canonical.rpartition(" ")[2]
    if isinstance(found, str) and _may_mean(known, canonical, text):
        return True
    try:
        typed = canonical_value(known, text, currency)
    except ValueRefusedError:
        return False
    return comparison_value(known, typed) == comparison_value(known, canonical)


def _may_mean(known: Field, canonical: str, text: str) -> bool:
    """Whether one of the things a number or date written as text may mean is the value."""
    if known.type is FieldType.DATE:
        return canonical in {day.isoformat() for day in date_readings(text)}
    if known.type not in _NUMBERS:
        return False
    amount, named = without_currency(text)
    value, currency = without_currency(canonical)
    wanted = number_readings(value)
    return named in {"", currency} and any(_is_near(each, got) for each in wanted for got in number_readings(amount))
