"""Whether a cell still shows what was exported, after anything a program does to it by itself.

Measured: a mere re-save changes the last digits of numbers, line ends, outer white space, yes/no made
into formulas. None of that is an edit. The common case, text that stands there unchanged, is one
comparison.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from accountplanner.domain.canonical import canonical_value, comparison_value
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.reading.cells import CellValue, ErrorCell, Moment, Number, UncachedFormula, cell_text
from accountplanner.exchange.shown import SHOWN_AS_IS, Shown, shown_value

SameCheck = Callable[[str, CellValue], bool]
"""Says of a canonical value and a found cell whether the cell shows the value."""

_FIFTEENTH_DIGIT = Decimal("1e-14")
_EPOCH = date(1899, 12, 30)


def same_check(known: Field | None, titles: Mapping[str, Mapping[str, str]], currency: str) -> SameCheck:
    """The check for the cells of one column."""
    if known is None or known.type in SHOWN_AS_IS:
        return _kept_text

    def check(canonical: str, found: CellValue) -> bool:
        shown = shown_value(known, canonical, titles)
        if shown == found:
            return True
        return _same_shown(shown, found) or _same_meaning(known, canonical, found, currency)

    return check


def is_blank(value: CellValue | None) -> bool:
    """Whether a cell states nothing because nothing but white space stands in it."""
    return value is None or (isinstance(value, str) and not comparison_text(value))


def states_nothing(value: CellValue | None) -> bool:
    """Whether a cell shows an error, or a formula whose result is unknown."""
    return isinstance(value, (ErrorCell, UncachedFormula))


def _same_text(canonical: str, found: str) -> bool:
    return canonical == found or comparison_text(canonical) == comparison_text(found)


def _kept_text(canonical: str, found: CellValue) -> bool:
    """Text, or digits whose cell lost its text format but not a digit."""
    if isinstance(found, Number):
        return cell_text(found) == canonical
    return isinstance(found, str) and _same_text(canonical, found)


def _same_shown(shown: Shown, found: CellValue) -> bool:
    if isinstance(shown, Decimal):
        return isinstance(found, Number) and _close(shown, found.text)
    if isinstance(shown, date):
        return _same_day(shown, found)
    return isinstance(found, str) and comparison_text(shown) == comparison_text(found)


def _close(wanted: Decimal, text: str) -> bool:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return False
    return number == wanted or (number.is_finite() and abs(number - wanted) <= abs(wanted) * _FIFTEENTH_DIGIT)


def _same_day(day: date, found: CellValue) -> bool:
    if isinstance(found, Moment):
        return found.iso == day.isoformat()
    return isinstance(found, Number) and found.text.strip() == str((day - _EPOCH) // timedelta(days=1))


def _same_meaning(known: Field, canonical: str, found: CellValue, currency: str) -> bool:
    """The same value in another spelling: `1234.5` for 1,234.50, the key of a choice for its label."""
    text = cell_text(found)
    if known.type is FieldType.REFERENCE or not text.strip():
        return False
    if known.type is FieldType.MONEY and isinstance(found, Number) and " " in canonical:
        currency = canonical.rpartition(" ")[2]
    try:
        typed = canonical_value(known, text, currency)
    except ValueRefusedError:
        return False
    return comparison_value(known, typed) == comparison_value(known, canonical)
