"""What a number or a date may mean as people and spreadsheet programs spell it: every reading, not the likeliest.

`1,234` is a thousand and more in one country and little over one in the next; `03/04/2026` is a day in April or in
March. Whoever compares asks whether any reading fits; whoever takes something in asks whether there is only one.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from accountplanner.domain.canonical import parse_date
from accountplanner.exchange.reading.cells import Moment
from accountplanner.exchange.worded_days import worded_day

_BLANKS = re.compile("[ \u00a0\u202f\u2009'\u2019]")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_CURRENCY = re.compile("[A-Z]{3}")
# A dollar or a crown may be one of several.
_SIGNS = {"€": "EUR", "£": "GBP"}
_SIGNED = re.compile("^[€£]|[€£]$")
_PARTED_DATE = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
_CENTURY = 2000
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no zones
_FIRST_AGREED = datetime(1900, 3, 1)  # noqa: DTZ001 - before it, programs count one day apart
_DAY = timedelta(days=1)


def number_readings(text: str) -> tuple[Decimal, ...]:
    """Every number this may be, grouped readings first; none if it is no number at all."""
    text = _BLANKS.sub("", text.strip()).replace("\N{MINUS SIGN}", "-")
    found: list[Decimal] = []
    if match := _GROUPED.fullmatch(text):
        found.append(Decimal(text.replace(match[1], "").replace(",", ".")))
    if _PLAIN.fullmatch(text):
        found.append(Decimal(text.replace(",", ".")))
    return tuple(found)


def without_currency(text: str) -> tuple[str, str]:
    """An amount and the currency named behind or before it, by three letters or its sign; blank for none."""
    text = _SIGNED.sub(lambda sign: f" {_SIGNS[sign[0]]} ", text, count=1).strip()
    words = text.split()
    for at in (-1, 0):
        if len(words) > 1 and _CURRENCY.fullmatch(words[at]):
            named = words.pop(at)
            return " ".join(words), named
    return text, ""


def numbers_behind(shown: Moment) -> tuple[Decimal, ...]:
    """The numbers a cell may hold when it is shown as a date or time, to the second where only that is known."""
    try:
        if shown.serial:
            return (Decimal(shown.serial),)
        moment = datetime.fromisoformat(shown.iso if "-" in shown.iso else f"{_EPOCH:%Y-%m-%d}T{shown.iso}")
    except (ValueError, InvalidOperation):
        return ()
    passed = moment - _EPOCH
    number = round(Decimal(passed.days) + Decimal(passed.seconds) / 86_400, 5).normalize() + 0
    if moment >= _FIRST_AGREED or passed < _DAY:
        return (number,)
    # Excel knows a 29th of February 1900: days before it count one less, and that day is shown as the one before.
    return (number - 1, number) if moment >= _FIRST_AGREED - _DAY else (number - 1,)


def date_readings(text: str) -> tuple[date, ...]:
    """Every day this may be, the day first before the month first; years of two digits are of this century."""
    known = parse_date(text)
    if known is not None:
        return (known,)
    match = _PARTED_DATE.fullmatch(text.strip())
    if match is None:
        worded = worded_day(text)
        return (worded,) if worded is not None else ()
    first, second, third = match[1], match[3], match[4]
    orders = [(third, second, first), (third, first, second), (first, second, third)]
    days = (_day(*order) for order in orders if len(order[0]) in {2, 4})
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _day(year: str, month: str, day: str) -> date | None:
    if max(len(month), len(day)) > 2:
        return None
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
