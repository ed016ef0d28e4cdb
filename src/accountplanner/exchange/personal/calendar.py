"""iCalendar files as a list like any other: one row a meeting, on each day it is held.

Read are the calendars of Outlook, Google and Apple. A touch has a day and no hour, so a start that names its
zone gives its day as it stands; one in universal time is put into the zone the calendar names for itself, so
that every laptop finds the same day. What is private is left out here, before anybody sees more than its number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from accountplanner.domain.sentences import told
from accountplanner.domain.text import clean_line
from accountplanner.exchange.personal.content_lines import ContentLine, components, read_lines
from accountplanner.exchange.personal.recurrences import Recurrence
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.raw import RawRow, RawTable

MEETING_COLUMNS = ("Meeting", "Subject", "Day", "Channel", "Place", "Attendees")
BETWEEN = " "
"""Stands between the addresses of a meeting's attendees."""

_MOST_MEETINGS = 50_000
_PAST_DAYS = 731
_AHEAD_DAYS = 366
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")
_UNTIL = re.compile(r"(?:^|;)UNTIL=([^;]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CALL = re.compile(
    r"\b(call|phone|telephone|video|online|teams|zoom|webex|skype|telefon\w*|anruf|telko|tel\.?|https?)\b|meet\.google",
    re.IGNORECASE,
)
_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})


@dataclass(slots=True)
class _Left:
    """How many entries were left alone, and why."""

    private: int = 0
    cancelled: int = 0
    unread: int = 0
    cut: int = 0

    def notes(self) -> Iterator[str]:
        if self.private:
            yield told("Private entries, which are never taken: {count:,}.", count=self.private)
        if self.cancelled:
            yield told("Cancelled meetings, which were left alone: {count:,}.", count=self.cancelled)
        if self.unread:
            yield told(
                "Entries without a day, or with a rule that is not expanded beyond its first day: {count:,}.",
                count=self.unread,
            )
        if self.cut:
            yield told("The last entry is cut off and was left alone.")


def read_meetings(data: bytes, name: str, today: date) -> RawTable:
    """The meetings of one file; what recurs is taken from two years back until a year ahead.

    Raises:
        FileRefusedError: it holds too many, or is no calendar.
    """
    lines = list(read_lines(data))
    zone = _zone(lines)
    left = _Left()
    is_cancelled = any(line.name == "METHOD" and line.value.strip().upper() == "CANCEL" for line in lines)
    events = [event for each in components(lines, "VEVENT") if (event := _event(each, left, zone)) is not None]
    moved = {(event.id, event.instance) for event in events if event.instance is not None}
    rows: list[RawRow] = []
    for event in events:
        if is_cancelled or event.is_cancelled:
            left.cancelled += 1
            continue
        for day, shown in event.held(moved, today, left):
            rows.append(RawRow(len(rows) + 1, event.cells(day, shown)))
            if len(rows) > _MOST_MEETINGS:
                raise FileRefusedError(
                    told("it holds more than {most:,} meetings; bring it in parts", most=_MOST_MEETINGS)
                )
    return RawTable(name, MEETING_COLUMNS, tuple(rows), notes=tuple(left.notes()))


@dataclass(frozen=True, slots=True)
class _Event:
    """One entry: a meeting, a series of them, or (with `instance`) one of a series held otherwise."""

    id: str
    start: date
    instance: date | None
    lines: Sequence[ContentLine]
    zone: tzinfo

    @property
    def is_cancelled(self) -> bool:
        return _text(self.lines, "STATUS").upper() == "CANCELLED"

    def held(self, moved: Iterable[tuple[str, date | None]], today: date, left: _Left) -> Iterator[tuple[date, date]]:
        """The days it is planned for, by which it stays the same meeting, and those it is held on."""
        if self.instance is not None:
            yield self.instance, self.start
            return
        rules = [line.value for line in self.lines if line.name == "RRULE"]
        first, last = today - timedelta(days=_PAST_DAYS), today + timedelta(days=_AHEAD_DAYS)
        # A meeting that is held once is taken however long ago it was.
        days = {self.start} if not rules or first <= self.start <= last else set()
        for text in rules:
            until = _UNTIL.search(text)
            rule = Recurrence.read(text, _day(until[1], self.zone) if until else None)
            if rule is None:
                left.unread += 1
                days.add(self.start)
            else:
                days.update(rule.days(self.start, first, last))
        days |= {day for day in self._listed("RDATE") if first <= day <= last}
        days -= self._listed("EXDATE")
        yield from ((day, day) for day in sorted(days) if (self.id, day) not in moved)

    def cells(self, planned: date, held: date) -> tuple[str, ...]:
        """The row of one meeting."""
        place, subject = _text(self.lines, "LOCATION"), _text(self.lines, "SUMMARY")
        is_call = _CALL.search(f"{place} {subject}") is not None
        key = f"{self.id}/{planned.isoformat()}"
        who = BETWEEN.join(dict.fromkeys(_attendees(self.lines)))
        return key, subject or "Meeting", held.isoformat(), "call" if is_call else "visit", place, who

    def _listed(self, name: str) -> set[date]:
        texts = [text for line in self.lines if line.name == name for text in line.value.split(",")]
        return {day for text in texts if (day := _day(text.partition("/")[0], self.zone)) is not None}


def _event(lines: Sequence[ContentLine] | None, left: _Left, zone: tzinfo) -> _Event | None:
    if lines is None:
        left.cut += 1
        return None
    if _text(lines, "CLASS").upper() in _PRIVATE:
        left.private += 1
        return None
    start = _day(_text(lines, "DTSTART"), zone)
    if start is None:
        left.unread += 1
        return None
    instance = _text(lines, "RECURRENCE-ID")
    # Without an id of its own it is known by what it is called and when it begins.
    key = _text(lines, "UID") or f"{_text(lines, 'SUMMARY')} {_text(lines, 'DTSTART')}"
    return _Event(key, start, _day(instance, zone) if instance else None, lines, zone)


def _text(lines: Iterable[ContentLine], name: str) -> str:
    return next((clean_line(line.text()) for line in lines if line.name == name), "")


def _attendees(lines: Iterable[ContentLine]) -> Iterator[str]:
    """The addresses of who was asked and did not decline, rooms and machines not counted."""
    for line in lines:
        if line.name not in {"ATTENDEE", "ORGANIZER"} or line.parameter("PARTSTAT").upper() == "DECLINED":
            continue
        if line.parameter("CUTYPE").upper() in {"ROOM", "RESOURCE"}:
            continue
        # Apple writes a path of its own server as the value, and the address beside it.
        for named in (line.value, line.parameter("EMAIL")):
            address = named.strip()
            address = address[7:] if address[:7].lower() == "mailto:" else address
            if _ADDRESS.fullmatch(address):
                yield address.casefold()
                break


def _zone(lines: Iterable[ContentLine]) -> tzinfo:
    """The zone a calendar names for itself; universal time where it names none that is known here."""
    for line in lines:
        if line.name in {"X-WR-TIMEZONE", "TZID"}:
            try:
                return ZoneInfo(line.value.strip())
            except (ValueError, LookupError, OSError):
                continue
    return UTC


def _day(text: str, zone: tzinfo) -> date | None:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    numbers = [int(each) for each in found.groups()[:6] if each is not None]
    try:
        if found[7] != "Z":
            return date(*numbers[:3])
        return datetime(*numbers, tzinfo=UTC).astimezone(zone).date()  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return None
