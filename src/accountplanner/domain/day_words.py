"""Days as people write them into a sentence, in English and German: friday, 27.11., next week, in zwei Wochen.

A day without a year is the next one to come. Days that are over (last Friday, letzten Freitag) are not found.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from accountplanner.domain.calendar import MONTH_NAMES, month_and_day, month_named, next_anniversary

_WEEKDAYS: Final = (
    ("monday", "montag", "mon", "mo"),
    ("tuesday", "dienstag", "tue", "di"),
    ("wednesday", "mittwoch", "wed", "mi"),
    ("thursday", "donnerstag", "thu", "do"),
    ("friday", "freitag", "fri", "fr"),
    ("saturday", "samstag", "sonnabend", "sat", "sa"),
    ("sunday", "sonntag", "sun", "so"),
)
_WEEKDAY_OF: Final = {name: at for at, names in enumerate(_WEEKDAYS) for name in names}
_LONG_WEEKDAY: Final = "|".join(name for names in _WEEKDAYS for name in names if len(name) > 3)
_ANY_WEEKDAY: Final = "|".join(sorted(_WEEKDAY_OF, key=len, reverse=True))
_COUNTS: Final = (
    ("one", "a", "an", "ein", "eine", "einem", "einer", "einen"),
    ("two", "zwei"),
    ("three", "drei"),
    ("four", "vier"),
    ("five", "fünf", "fuenf"),
    ("six", "sechs"),
    ("seven", "sieben"),
    ("eight", "acht"),
)
_COUNT_OF: Final = {word: number for number, words in enumerate(_COUNTS, start=1) for word in words}
_COUNT: Final = "|".join(sorted(_COUNT_OF, key=len, reverse=True))
_MONTH: Final = "|".join(sorted(MONTH_NAMES, key=len, reverse=True))
# German keyboards are not everywhere: ä is also written ae, ü also ue.
_COMING: Final = r"(?:(?:next|this|coming|on|by|until|am|bis|zum|n(?:ä|ae)chsten|kommenden|diesen)\s+)?"
_NEXT_WEEK: Final = r"(?:next|coming|n(?:ä|ae)chste[rn]?|kommende[rn]?)\s+(?:week|woche)\b"
_SPAN_DAYS: Final = {"d": 1, "t": 1, "w": 7}
_MOST_AHEAD: Final = 3650
_MONDAY, _WEDNESDAY, _FRIDAY = 0, 2, 4

_SHAPES: Final[tuple[tuple[str, str], ...]] = (
    ("iso", r"\d{4}-\d{2}-\d{2}(?!\d)"),
    ("dotted", r"\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:20)?\d{2}(?!\d))?"),
    ("named", rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?:{_MONTH})\b(?:\s+\d{{4}}\b)?"),
    ("named", rf"(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\.\d)(?:,?\s+\d{{4}}\b)?"),
    ("after_tomorrow", r"(?:the\s+)?day after tomorrow\b|(?:ü|ue)bermorgen\b"),
    ("today", r"(?:today|tonight|heute)\b"),
    ("tomorrow", r"(?:tomorrow|(?<!guten )(?<!am )(?<!jeden )(?<!diesen )morgen)\b"),
    ("next_week_start", rf"(?:(?:beginning of|early)|anfang(?: der)?)\s+{_NEXT_WEEK}"),
    ("next_week_middle", rf"(?:(?:middle of|mid)|mitte(?: der)?)\s+{_NEXT_WEEK}"),
    ("next_week", rf"(?:(?:end of|ende(?: der)?|in the|in der)\s+)?{_NEXT_WEEK}"),
    ("next_month", r"(?:next month|(?:im\s+)?n(?:ä|ae)chste[rn] monat)\b"),
    ("month_end", r"(?:(?:the\s+)?end of (?:the |this )?month|(?:ende des monats|monatsende))\b"),
    ("named_month_end", rf"(?:(?:the\s+)?end of|ende)\s+(?P<month>{_MONTH})\b(?:\s+(?P<year>20\d{{2}})\b)?"),
    ("week_end", r"(?:(?:the\s+)?end of (?:the |this )?week|ende der woche)\b"),
    ("ahead", rf"in\s+(?P<count>\d{{1,3}}|{_COUNT})\s+(?P<span>days?|weeks?|months?|tage?n?|wochen?|monate?n?)\b"),
)
_WRITTEN: Final = "|".join(f"(?P<{name}_{at}>{shape})" for at, (name, shape) in enumerate(_SHAPES))
_IN_PROSE: Final = re.compile(rf"(?<![\w.@#/-])(?:{_COMING}(?P<weekday>{_LONG_WEEKDAY})\b|{_WRITTEN})", re.IGNORECASE)
# Without the last full stop it is a day only where a day was asked for: in prose it is a version or a price.
_SHORT_DATE: Final = r"(?P<dotted_short_0>\d{1,2}\.\d{1,2}(?![\d.]))"
_ASKED: Final = re.compile(
    rf"(?:{_COMING}(?P<weekday>{_ANY_WEEKDAY})\b|(?:(?:on|by|until|am|bis|zum)\s+)?(?:{_WRITTEN}|{_SHORT_DATE}))",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:last|since|past|previous|letzte[nrms]?|vorige[nrms]?|vergangene[nrms]?|seit)\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DayWords:
    """A day found in a text, and where its words stand."""

    day: date
    start: int
    end: int


def day_at(text: str, at: int, today: date, *, is_asked: bool = False) -> DayWords | None:
    """The day whose words begin at a place; `is_asked` also takes short forms such as `fri`, as after a `!`."""
    found = (_ASKED if is_asked else _IN_PROSE).match(text, at)
    day = _meant(found, today) if found else None
    return DayWords(day, at, found.end()) if found and day else None


def days_in(text: str, today: date) -> Iterator[DayWords]:
    """The days to come that a text names, in its order."""
    for found in _IN_PROSE.finditer(text):
        if _OVER.search(text, 0, found.start()):
            continue
        day = _meant(found, today)
        if day is not None and day >= today:
            yield DayWords(day, found.start(), found.end())


def _meant(found: re.Match[str], today: date) -> date | None:
    try:
        if found["weekday"]:
            return _coming_weekday(_WEEKDAY_OF[found["weekday"].lower()], today)
        shape = next(name for name, words in found.groupdict().items() if words and name[-1].isdigit())
        return _READERS[shape.rpartition("_")[0]](found, today)
    except (ValueError, OverflowError):
        # 31.2. is no day: these are words of the note and nothing else.
        return None


def _coming_weekday(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _month_ahead(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(months)


def _ahead(found: re.Match[str], today: date) -> date:
    word = found["count"].lower()
    count = int(word) if word.isdecimal() else _COUNT_OF[word]
    span = found["span"].lower()
    if span.startswith("mo"):
        return _month_ahead(today, count)
    days = count * _SPAN_DAYS[span[0]]
    if days > _MOST_AHEAD:
        raise ValueError(days)
    return today + timedelta(days=days)


def _written(found: re.Match[str], today: date) -> date | None:
    """A day and a month, with a year or in the year in which it comes next."""
    read = month_and_day(found[0])
    if read is None:
        return None
    year = re.search(r"(?:20\d{2}|(?<=\.)\s?\d{2})\s*$", found[0])
    if year is None:
        return next_anniversary(*read, today)
    number = int(year[0])
    return date(number if number > 99 else 2000 + number, *read)


def _short_dotted(found: re.Match[str], today: date) -> date:
    day, _, month = found[0].partition(".")
    date(2024, int(month), int(day))
    return next_anniversary(int(month), int(day), today)


def _month_end(_found: re.Match[str], today: date) -> date:
    return _month_ahead(today.replace(day=1), 1) - timedelta(days=1)


def _this_week_end(_found: re.Match[str], today: date) -> date:
    return today + timedelta(days=(_FRIDAY - today.weekday()) % 7)


def _named_month_end(found: re.Match[str], today: date) -> date:
    """The last day of a month by name, in the year in which it comes next."""
    month = month_named(found["month"])
    year = int(found["year"] or today.year + (month < today.month))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _next_week_day(weekday: int, today: date) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(days=7 + weekday)


def _next_week_end(_found: re.Match[str], today: date) -> date:
    """In the course of next week: its Friday."""
    return _next_week_day(_FRIDAY, today)


_READERS: Final[dict[str, Callable[[re.Match[str], date], date | None]]] = {
    "iso": lambda found, _today: date.fromisoformat(found[0]),
    "dotted": _written,
    "dotted_short": _short_dotted,
    "named": _written,
    "after_tomorrow": lambda _found, today: today + timedelta(days=2),
    "today": lambda _found, today: today,
    "tomorrow": lambda _found, today: today + timedelta(days=1),
    "next_week_start": lambda _found, today: _next_week_day(_MONDAY, today),
    "next_week_middle": lambda _found, today: _next_week_day(_WEDNESDAY, today),
    "next_week": _next_week_end,
    "next_month": lambda _found, today: _month_ahead(today, 1),
    "month_end": _month_end,
    "named_month_end": _named_month_end,
    "week_end": _this_week_end,
    "ahead": _ahead,
}
