"""What a canonical value looks like in a cell, and what it is called in a sentence.

Values are shown so that they survive other programs: text as text, ISO dates as real dates, decimals
with a fixed scale, yes/no and choices by their labels.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.money import Money

Shown = str | Decimal | date
"""What stands in a cell; the empty text is a blank cell."""

Titles = Mapping[str, Mapping[str, str]]
"""Per record kind, the title shown for each alias."""

YES = "Yes"
NO = "No"
_FIRST_SAFE_DATE = date(1900, 3, 1)
_MOST_DIGITS = 15
SHOWN_AS_IS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL})
"""Types whose canonical text is what the cell shows."""

NO_TITLES: Titles = {}


def shown_value(field: Field | None, canonical: str, titles: Titles = NO_TITLES) -> Shown:
    """The content of a cell. Canonical text of a later version that cannot be read stays text."""
    if not canonical or field is None:
        return canonical
    if field.type is FieldType.DATE:
        return _date(canonical)
    if field.type in {FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER}:
        return _number(field, canonical)
    return _text(field, canonical, titles)


def spoken_value(field: Field | None, canonical: str, titles: Titles = NO_TITLES) -> str:
    """The value as a sentence or the receipt says it."""
    if field is not None and field.type in {FieldType.DATE, FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER}:
        return canonical
    return str(shown_value(field, canonical, titles))


def currency_of(field: Field, canonical: str, default: str) -> str:
    """The currency an amount is written in, or is going to be."""
    named = canonical.rpartition(" ")[2] if field.type is FieldType.MONEY else ""
    return named or default


def joined_items(canonical: str) -> str:
    """A list in one line, or one item a line where an item holds a semicolon itself."""
    return canonical if ";" in canonical else canonical.replace("\n", "; ")


def _date(canonical: str) -> Shown:
    # Before March 1900 the same serial number is another day in other programs.
    try:
        day = date.fromisoformat(canonical)
    except ValueError:
        return canonical
    return day if day >= _FIRST_SAFE_DATE else canonical


def _number(field: Field, canonical: str) -> Shown:
    try:
        number = Money.parse(canonical).as_decimal() if field.type is FieldType.MONEY else Decimal(canonical)
    except (ValueError, InvalidOperation):
        return canonical
    return number if number.is_finite() and len(number.as_tuple().digits) <= _MOST_DIGITS else canonical


def _text(field: Field, canonical: str, titles: Titles) -> str:
    match field.type:
        case FieldType.YES_NO:
            return {"yes": YES, "no": NO}.get(canonical, canonical)
        case FieldType.CHOICE:
            return dict(field.choices).get(canonical, canonical)
        case FieldType.LIST:
            return joined_items(canonical)
        case FieldType.REFERENCE:
            found = (titles.get(kind, {}).get(canonical) for kind in field.refers_to)
            return next((title for title in found if title is not None), "")
        case _:
            return canonical
