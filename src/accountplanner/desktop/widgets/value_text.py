"""How one value of a field is written for reading, for editing, and read back from typing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.wording import say
from accountplanner.domain.money import minor_digits


class ValueKind(StrEnum):
    """What a field holds, which decides how it is edited."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    YES_NO = "yes_no"
    LIST = "list"
    REFERENCE = "reference"


@dataclass(frozen=True)
class ValueField:
    """One field of a form. `choices` are pairs of key and words; `invitation` stands where nothing is known.

    A stacked one has its label above the value, for labels that are sentences.
    """

    id: str
    label: str
    kind: ValueKind = ValueKind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    currency: str = ""
    invitation: str = ""
    is_read_only: bool = False
    is_stacked: bool = False

    def offers(self) -> tuple[tuple[str, str], ...]:
        """Return what a person may choose from, empty for fields that are typed."""
        return (("yes", say("Yes")), ("no", say("No"))) if self.kind is ValueKind.YES_NO else self.choices


def readable(field: ValueField, value: str, formats: Formats) -> str:
    """Write a canonical value for reading. What is not canonical is shown as it is."""
    if field.kind is ValueKind.DATE:
        day = _iso_date(value)
        return formats.full_date(day) if day else value
    if field.kind is ValueKind.MONEY:
        return _readable_money(value, formats)
    if field.kind is ValueKind.NUMBER:
        number = _decimal(value)
        return value if number is None else formats.number(number)
    if field.kind is ValueKind.LIST:
        return ", ".join(value.splitlines())
    return dict(field.offers()).get(value, value)


def editable(field: ValueField, value: str, formats: Formats) -> str:
    """Write a canonical value as a person would type it."""
    if field.kind in (ValueKind.LIST, ValueKind.LONG_TEXT):
        return value
    return readable(field, value, formats)


def read_typed(field: ValueField, typed: str, formats: Formats) -> str | None:
    """Turn what was typed into canonical text, or None where it does not fit the kind of field."""
    text = typed.strip()
    if not text:
        return ""
    if field.kind is ValueKind.DATE:
        day = formats.read_date(text)
        return day.isoformat() if day else None
    if field.kind is ValueKind.NUMBER:
        number = formats.read_number(text)
        return None if number is None else f"{number:f}"
    if field.kind is ValueKind.MONEY:
        amount = formats.read_money(text, field.currency)
        return None if amount is None else _canonical_money(*amount)
    return text


def expectation(field: ValueField, formats: Formats) -> str:
    """Say what would fit, by an example in the person's own writing."""
    if field.kind is ValueKind.DATE:
        example = formats.full_date(date(2026, 11, 22))
        return say("Please write a date such as {example}, or friday, tomorrow, in 2 weeks.", example=example)
    if field.kind is ValueKind.MONEY:
        example = formats.money(123450, field.currency or "EUR")
        return say("Please write an amount such as {example}.", example=example)
    return say("Please write a number such as {example}.", example=formats.number(Decimal("12.5")))


def _readable_money(value: str, formats: Formats) -> str:
    written, _, currency = value.rpartition(" ")
    number = _decimal(written)
    return value if number is None else formats.money(int(number.scaleb(minor_digits(currency))), currency)


def _canonical_money(minor_units: int, currency: str) -> str:
    digits = minor_digits(currency)
    return f"{Decimal(minor_units).scaleb(-digits):.{digits}f} {currency}"


def _decimal(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _iso_date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
