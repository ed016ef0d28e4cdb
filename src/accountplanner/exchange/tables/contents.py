"""What the values of a column look like to the catalogue: how well they fit a field's type."""

import re
from collections.abc import Callable, Sequence

from accountplanner.domain.canonical import parse_date, parse_number
from accountplanner.domain.fields import Field, FieldType
from accountplanner.exchange.tables.countries import country_code

SAMPLED = 300
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?=(?:\D*\d){6,16}\D*$)[+(\d][\d\s()./\-+]*(\s*(ext|x)\.?\s*\d+)?")
_URL = re.compile(r"(https?://|www\.)\S+|[\w\-]+(\.[\w\-]+)*\.[a-z]{2,6}(/\S*)?", re.IGNORECASE)
_POSTAL = re.compile(r"(?=.*\d)[A-Z]{0,2}[ \-]?[\dA-Z][\dA-Z \-]{2,9}", re.IGNORECASE)
_MONEY_SIGNS = re.compile(r"[€$£¥]|\b[A-Z]{3}\b")
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "0", "1", "ja", "nein", "x"})


def values_of(cells: Sequence[str]) -> list[str]:
    """The filled cells of a column, as many as say enough about it."""
    return [cell.strip() for cell in cells if cell.strip()][:SAMPLED]


def content_fit(field: Field, values: Sequence[str]) -> float | None:
    """The share of values that fit the field; `None` where any text does, or there are no values."""
    test = _BY_KEY.get(field.key) or _BY_TYPE.get(field.type)
    if field.type is FieldType.CHOICE:
        names = {name.casefold() for choice in field.choices for name in choice}
        return _share(values, lambda value: value.casefold() in names)
    return _share(values, test) if test else None


def tells(field: Field) -> bool:
    """Say whether values alone can show that a column is this field."""
    return field.type in {FieldType.EMAIL, FieldType.PHONE} or field.key == "country"


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float | None:
    return sum(map(test, values)) / len(values) if values else None


def _is_number(value: str) -> bool:
    return parse_number(_MONEY_SIGNS.sub("", value).strip()) is not None


_BY_TYPE: dict[FieldType, Callable[[str], bool]] = {
    FieldType.EMAIL: lambda value: _EMAIL.fullmatch(value) is not None,
    FieldType.PHONE: lambda value: _PHONE.fullmatch(value) is not None and parse_date(value) is None,
    FieldType.URL: lambda value: _URL.search(value) is not None and "@" not in value,
    FieldType.DATE: lambda value: parse_date(value) is not None,
    FieldType.MONEY: _is_number,
    FieldType.DECIMAL: _is_number,
    FieldType.INTEGER: _is_number,
    FieldType.YES_NO: lambda value: value.casefold() in _YES_NO,
}
_BY_KEY: dict[str, Callable[[str], bool]] = {
    "country": lambda value: country_code(value) is not None,
    "postal_code": lambda value: _POSTAL.fullmatch(value) is not None,
}
