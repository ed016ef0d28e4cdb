"""Proof that a cell shows its base as a spreadsheet program has damaged it: then it says nothing.

Sources: leading zeros and the sixteenth digit (Microsoft KB 269370), dates made of `1-2` or `MARCH1` (the literature
on gene names), days counted from 1904 instead of 1900, texts cut at the limit of a cell.
"""

import re
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation

from accountplanner.domain.canonical import parse_date
from accountplanner.exchange.long_texts import text_parts
from accountplanner.exchange.reading.cells import plain_number
from accountplanner.exchange.spellings import date_readings, number_readings

CUT_AT = 32_700
"""Texts this long, in UTF-16 units, stand at the limit of a cell in Excel."""

_OLD_LIMITS = frozenset({255, 256, 1_024, 8_192, 8_224})
_SHIFT_1904 = timedelta(days=1462)
_MOST_DIGITS = 15
_EPOCH = date(1899, 12, 30)
_SERIALS = range(61, 2_958_466)
_SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?[eE][+-]?\d+")
_LIKE_A_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}([./-]\d{1,4})?|[^\W\d_]{3,9}[ .-]?\d{1,4}|\d{1,4}[ .-]?[^\W\d_]{3,9}\.?([ .-]?\d{2,4})?"
)


def lost_digits(base: str, number: str) -> bool:
    """Whether a number is the base without its leading zeros, plus sign, spelling or sixteenth digit."""
    wanted, got = _digits(base), _digits(plain_number(number))
    if not wanted or not got:
        return False
    if wanted.lstrip("0") == got.lstrip("0"):
        return True
    kept = _MOST_DIGITS - 1
    cut = len(wanted) > _MOST_DIGITS and len(wanted) == len(got) and wanted[:kept] == got[:kept]
    return cut or was_calculated(base, number)


def was_calculated(base: str, number: str) -> bool:
    """Whether a program took the base for a power, a share or a date, and shows the number behind it."""
    try:
        got = Decimal(plain_number(number))
    except InvalidOperation:
        return False
    shares = [reading / 100 for reading in number_readings(base.removesuffix("%"))] if base.endswith("%") else []
    if got in (*number_readings(base), *shares):
        return True
    day = day_of_serial(number)
    return day is not None and bool(_LIKE_A_DATE.fullmatch(base)) and was_made_a_date(base, day)


def was_made_a_date(base: str, moment: str) -> bool:
    """Whether some number in the base stands in the date or time, too, as in `1-2`, `3/4` or `MAR1`."""
    numbers = {part.lstrip("0") for part in re.split(r"\D+", moment) if part.strip("0")}
    return any(part.lstrip("0") in numbers for part in re.split(r"\D+", base) if part.strip("0"))


def was_respelled(base: str, text: str) -> bool:
    """The same where a text came back: a number or a date that a program has written in its own way.

    In a format without types nobody can tell it from what a person types.
    """
    if was_rounded(base, text) or (text.isdigit() and lost_digits(base, text)):
        return True
    if not _LIKE_A_DATE.fullmatch(base) or not _LIKE_A_DATE.fullmatch(text):
        return False
    days = [day.isoformat() for day in date_readings(text)] or [text]
    return any(was_made_a_date(base, day) for day in days)


def was_rounded(base: str, text: str) -> bool:
    """Whether a text is a long number of the base in scientific notation, as in `1.23457E+15`."""
    wanted, shown = _digits(base), number_readings(text)
    if not _SCIENTIFIC.fullmatch(text) or not wanted or not shown:
        return False
    digits = len(_digits(text.upper().partition("E")[0]))
    return Context(prec=digits).create_decimal(wanted) == abs(shown[0])


def was_shifted(before: date | None, after: date | None) -> bool:
    """Whether a date has moved by the distance between counting from 1900 and from 1904."""
    return before is not None and after is not None and abs(after - before) == _SHIFT_1904


def was_turned(before: date | None, after: date | None) -> bool:
    """Whether day and month have changed places."""
    return (
        before is not None
        and after is not None
        and before != after
        and before == parse_date(f"{after.year}-{after.day}-{after.month}")
    )


def was_cut(base: str, text: str) -> bool:
    """Whether the text is the base, cut off at a limit of cells; a long base stands in several."""
    lost = len(base) - len(text)
    end = 0
    for part in text_parts(base):
        start, end = end, end + len(part)
        kept = end - lost
        if start < kept < end and text == base[:kept] + base[end:] and _ends_at_limit(base, start, kept):
            return True
    return False


def width(text: str) -> int:
    """How many UTF-16 units a text fills, which is what the limits of cells count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def day_of_serial(number: str) -> str | None:
    """The day a serial number stands for in a workbook that counts from 1900."""
    plain = plain_number(number)
    if not plain.isdigit() or int(plain) not in _SERIALS:
        return None
    return (_EPOCH + timedelta(days=int(plain))).isoformat()


def _ends_at_limit(base: str, start: int, end: int) -> bool:
    """Whether a cell cut here was full; white space at the cut may have been stripped since."""
    while True:
        held = width(base[start:end])
        if held in _OLD_LIMITS or held >= CUT_AT:
            return True
        if not base[end : end + 1].isspace():
            return False
        end += 1


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit() and letter.isascii())
