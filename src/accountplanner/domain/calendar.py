"""Days: when a yearly date comes again, and the day and month somebody wrote into a sentence."""

import re
from datetime import date
from typing import Final

_MONTHS: Final = (
    ("january", "januar", "jan", "jänner", "jaenner"),
    ("february", "februar", "feb", "febr"),
    ("march", "märz", "maerz", "mar", "mär", "mrz"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dezember", "dec", "dez"),
)
_NUMBER_OF: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
MONTH_NAMES: Final = tuple(_NUMBER_OF)
"""The months as people write them, in English and German, small."""
_NAME: Final = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_ISO: Final = re.compile(r"\b\d{4}-(\d{2})-(\d{2})\b")
_DAY_NAME: Final = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?({_NAME})\b", re.IGNORECASE)
_NAME_DAY: Final = re.compile(rf"\b({_NAME})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_DOTTED: Final = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?\d{2,4})?(?!\d)")


def month_and_day(text: str) -> tuple[int, int] | None:
    """The day and month named first in a text such as “13 June 1978; home town Kraków”, `None` if there is none.

    Written with a name of the month (English or German), as ISO, or day first with dots. Slashes
    are not read: nobody can tell whether the day or the month stands first.
    """
    if found := _ISO.search(text):
        return _real(int(found[1]), int(found[2]))
    if found := _DAY_NAME.search(text):
        return _real(_NUMBER_OF[found[2].lower()], int(found[1]))
    if found := _NAME_DAY.search(text):
        return _real(_NUMBER_OF[found[1].lower()], int(found[2]))
    if found := _DOTTED.search(text):
        return _real(int(found[2]), int(found[1]))
    return None


def month_named(name: str) -> int:
    """The number of one of `MONTH_NAMES`."""
    return _NUMBER_OF[name.lower()]


def next_anniversary(month: int, day: int, today: date) -> date:
    """The next day, today included, on which a yearly date comes; 29 February is kept on 1 March."""
    this_year = _in_year(month, day, today.year)
    return this_year if this_year >= today else _in_year(month, day, today.year + 1)


def days_until(day: date, today: date) -> int:
    """How many days from today, negative for the past."""
    return (day - today).days


def read_day(canonical: str) -> date | None:
    """A canonical date, `None` for a blank or for text an older program left there."""
    try:
        return date.fromisoformat(canonical) if canonical else None
    except ValueError:
        return None


def _in_year(month: int, day: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 3, 1)


def _real(month: int, day: int) -> tuple[int, int] | None:
    try:
        date(2024, month, day)
    except ValueError:
        return None
    return month, day
