"""Canonical values, version 1: the one text by which a value is stored, sent and compared.

History: 1 (2026-11) first version. The rules are pinned per export, because what counts as equal
is part of the merge: two versions with different rules would end at different pictures.

| type | canonical text |
|---|---|
| text, e-mail, phone, url | cleaned line, without marks that turn the order of letters, exactly as typed otherwise |
| long text | cleaned text, lines end with LF |
| date | `2026-11-22` |
| money | `1234.50 EUR`, fixed scale of the currency, within the field's bounds |
| decimal | fixed scale of the field, at most 15 digits, within the field's bounds |
| integer | digits with an optional minus, within the field's bounds |
| yes/no | `yes` or `no` |
| choice | the key of the choice; what is none of them is refused |
| list | items separated by LF |
| reference | the record id |
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.money import Money, minor_digits
from accountplanner.domain.sentences import fixed, joined, told
from accountplanner.domain.text import clean_line, clean_text, comparison_text, without_marks

CANON_VERSION = 1
LONGEST_TEXT = 200_000
_MOST_DIGITS = 15
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_YES = frozenset({"yes", "y", "true", "1", "ja", "x", "✓"})
_NO = frozenset({"no", "n", "false", "0", "nein"})


def canonical_value(field: Field, typed: str, currency: str = "EUR") -> str:
    """Turn what a person typed into the canonical text of the field; blank stays blank.

    `currency` completes money typed without one.

    Raises:
        ValueRefusedError: the text does not fit the field.
    """
    typed = clean_text(typed)
    if not typed:
        return ""
    if len(typed) > LONGEST_TEXT:
        raise ValueRefusedError(field.label, typed[:40] + "…", told("at most {most:,} characters", most=LONGEST_TEXT))
    if field.type in _READ_AS_PLAIN and not (typed := without_marks(typed)):
        return ""
    if field.type is FieldType.MONEY:
        return _money(field, typed, currency)
    return _PARSERS[field.type](field, typed)


def comparison_value(field: Field | None, canonical: str) -> str:
    """The text under which two values of a field count as equal; computed once, when written."""
    if field is None or field.type in _COMPARED_AS_TEXT:
        return comparison_text(canonical)
    if field.type is FieldType.LIST:
        return "\n".join(comparison_text(item) for item in canonical.split("\n"))
    return canonical


def parse_number(text: str) -> Decimal | None:
    """Read a plain number, with a decimal point or comma but no grouping; `None` if it is not one.

    Grouped numbers such as `1,234` mean two things in two countries, so they are nobody's number.
    """
    text = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(text) or re.fullmatch(r"[+-]?[1-9]\d{0,2}[,]\d{3}", text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def parse_date(text: str) -> date | None:
    """Read an ISO date (a time of midnight may follow) or an unmistakable `31.12.2026`."""
    text = re.sub(r"[ T]00:00(:00(\.0+)?)?Z?$", "", text.strip())
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _line(_field: Field, typed: str) -> str:
    return clean_line(typed)


def _long(_field: Field, typed: str) -> str:
    return typed


def _date(field: Field, typed: str) -> str:
    found = parse_date(typed)
    if found is None:
        raise ValueRefusedError(field.label, typed, "a date such as 2026-11-22")
    return found.isoformat()


def _decimal(field: Field, typed: str) -> str:
    number = parse_number(typed)
    limit = Decimal(10) ** (_MOST_DIGITS - field.scale)
    if number is not None and abs(number) < limit:
        # Adding nothing turns -0 into 0; a spreadsheet knows only one of them.
        rounded = number.quantize(Decimal(1).scaleb(-field.scale), rounding=ROUND_HALF_UP) + 0
        if abs(rounded) < limit:
            _check_bounds(field, typed, rounded)
            return f"{rounded:f}"
    raise ValueRefusedError(field.label, typed, "a plain number such as 12.5")


def _integer(field: Field, typed: str) -> str:
    number = parse_number(typed)
    if number is None or number != number.to_integral_value() or abs(number) >= Decimal(10) ** 15:
        raise ValueRefusedError(field.label, typed, "a whole number")
    _check_bounds(field, typed, number)
    return str(int(number))


def _money(field: Field, typed: str, currency: str) -> str:
    amount, _, named = clean_line(typed).rpartition(" ")
    if re.fullmatch(r"[A-Z]{3}", named):
        typed, currency = amount, named
    number = parse_number(typed)
    if number is None or abs(number) >= Decimal(10) ** 13:
        raise ValueRefusedError(field.label, typed, "an amount such as 1234.50, with or without a currency")
    _check_bounds(field, typed, number)
    exponent = number.as_tuple().exponent
    if (
        isinstance(exponent, int)
        and -exponent > minor_digits(currency)
        and number != round(number, minor_digits(currency))
    ):
        raise ValueRefusedError(
            field.label,
            typed,
            told("at most {digits} decimal places of {currency}", digits=minor_digits(currency), currency=currency),
        )
    return Money.from_decimal(number, currency).canonical()


def _check_bounds(field: Field, typed: str, number: Decimal) -> None:
    low, high = field.lowest, field.highest
    if low is None or (number >= low and (high is None or number <= high)):
        return
    if high is None:
        raise ValueRefusedError(field.label, typed, told("a number that is not below {lowest}", lowest=low))
    raise ValueRefusedError(field.label, typed, told("a number from {lowest} to {highest}", lowest=low, highest=high))


def _yes_no(field: Field, typed: str) -> str:
    folded = typed.casefold()
    if folded in _YES:
        return "yes"
    if folded in _NO:
        return "no"
    raise ValueRefusedError(field.label, typed, "yes or no")


def _choice(field: Field, typed: str) -> str:
    folded = clean_line(typed).casefold()
    for key, label in field.choices:
        if folded in {key.casefold(), label.casefold()}:
            return key
    labels = joined((fixed(label) for _, label in field.choices), ", ")
    raise ValueRefusedError(field.label, typed, told("one of: {labels}", labels=labels))


def _list(_field: Field, typed: str) -> str:
    # Cleaned first: a line that holds nothing but marks nobody sees does not make the other one a list of lines.
    lines = [line for line in map(clean_line, typed.split("\n")) if line]
    items = lines if len(lines) > 1 else [clean_line(item) for line in lines for item in line.split(";")]
    return "\n".join(item for item in items if item)


def _email(field: Field, typed: str) -> str:
    line = clean_line(typed)
    name, at, domain = line.rpartition("@")
    if not at or not name or "." not in domain or " " in line:
        raise ValueRefusedError(field.label, typed, "an e-mail address")
    return line


_READ_AS_PLAIN = frozenset(
    {FieldType.DATE, FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER, FieldType.YES_NO, FieldType.CHOICE}
)
_COMPARED_AS_TEXT = frozenset(
    {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL, FieldType.CHOICE}
)
_PARSERS: dict[FieldType, Callable[[Field, str], str]] = {
    FieldType.TEXT: _line,
    FieldType.LONG_TEXT: _long,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _line,
    FieldType.URL: _line,
    FieldType.DATE: _date,
    FieldType.DECIMAL: _decimal,
    FieldType.INTEGER: _integer,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICE: _choice,
    FieldType.LIST: _list,
    FieldType.REFERENCE: _line,
}
