"""The days on which something recurs, by an iCalendar rule; only days, for a touch has no hour.

Rules of days, weeks, months and years are expanded (RFC 5545, 3.3.10). Those by hours, by week numbers or by days
of the year are not: no calendar program offers them for meetings, and a file that has them may mean harm.
"""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_PERIODS = 40_000
_UNREAD = frozenset({"BYWEEKNO", "BYYEARDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "RSCALE"})


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule. `weekdays` pairs which of them in the month or year (0: every one) with the weekday, Monday being 0."""

    every: str
    interval: int = 1
    count: int = 0
    until: date | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    @classmethod
    def read(cls, text: str, until: date | None) -> Self | None:
        """Read a rule; `until` is its last day, worked out by who knows the time zone. `None` for one not expanded."""
        parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part)
        if parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"} or _UNREAD & parts.keys():
            return None
        try:
            return cls(
                parts["FREQ"],
                max(1, int(parts.get("INTERVAL", "1"))),
                max(0, int(parts.get("COUNT", "0"))),
                until,
                _numbers(parts.get("BYMONTH", "")),
                _numbers(parts.get("BYMONTHDAY", "")),
                tuple(_weekday(each) for each in parts.get("BYDAY", "").split(",") if each),
                _numbers(parts.get("BYSETPOS", "")),
                _WEEKDAYS.index(parts.get("WKST", "MO")),
            )
        except ValueError:
            return None

    def days(self, start: date, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last` on which it happens, for something that first happened on `start`."""
        last = min(last, self.until or last)
        told = 0
        at = 0 if self.count else self._period_before(start, first)
        for number in range(at, at + _MOST_PERIODS):
            try:
                period = self._period(start, number)
            except (OverflowError, ValueError):
                return
            begins, found = period
            if begins > last:
                return
            for day in self._chosen(found):
                if day < start:
                    continue
                told += 1
                if day > last or (self.count and told > self.count):
                    return
                if day >= first:
                    yield day

    def _period_before(self, start: date, first: date) -> int:
        """The last period that surely lies before the first day wanted; what is older need not be walked through."""
        length = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[self.every]
        return max(0, (first - start).days // (length * self.interval) - 1)

    def _period(self, start: date, number: int) -> tuple[date, list[date]]:
        """When the period with this number begins, and the days in it that the rule names."""
        step = number * self.interval
        if self.every == "DAILY":
            day = start + timedelta(days=step)
            return day, [day] if self._is_named(day) else []
        if self.every == "WEEKLY":
            week = start - timedelta(days=(start.weekday() - self.week_start) % 7) + timedelta(weeks=step)
            wanted = {weekday for _, weekday in self.weekdays} or {start.weekday()}
            days = [week + timedelta(days=at) for at in range(7)]
            return week, [day for day in days if day.weekday() in wanted and self._in_months(day)]
        if self.every == "MONTHLY":
            months = start.year * 12 + start.month - 1 + step
            begins = date(months // 12, months % 12 + 1, 1)
            return begins, self._of_month(begins, start) if self._in_months(begins) else []
        begins = date(start.year + step, 1, 1)
        return begins, self._of_year(begins, start)

    def _of_month(self, begins: date, start: date) -> list[date]:
        days = _days_from(begins, calendar.monthrange(begins.year, begins.month)[1])
        if not self.month_days and not self.weekdays:
            return [day for day in days if day.day == start.day]
        return self._nth(days) if self.weekdays else [day for day in days if self._is_month_day(day)]

    def _of_year(self, begins: date, start: date) -> list[date]:
        if self.weekdays and not self.months and not self.month_days:
            return self._nth(_days_from(begins, 366 if calendar.isleap(begins.year) else 365))
        months = sorted(self.months) or ([start.month] if not self.month_days else range(1, 13))
        return [day for month in months for day in self._of_month(date(begins.year, month, 1), start)]

    def _nth(self, days: Sequence[date]) -> list[date]:
        """Those of some days that are the weekdays named: the second Tuesday, the last Friday, every Monday."""
        found: set[date] = set()
        for nth, weekday in self.weekdays:
            such = [day for day in days if day.weekday() == weekday]
            if nth == 0:
                found.update(such)
            elif abs(nth) <= len(such):
                found.add(such[nth - 1 if nth > 0 else nth])
        return sorted(day for day in found if not self.month_days or self._is_month_day(day))

    def _chosen(self, days: list[date]) -> list[date]:
        if not self.positions:
            return days
        places = {at - 1 if at > 0 else len(days) + at for at in self.positions}
        return [day for at, day in enumerate(days) if at in places]

    def _is_named(self, day: date) -> bool:
        weekdays = {weekday for _, weekday in self.weekdays}
        return (
            self._in_months(day)
            and (not weekdays or day.weekday() in weekdays)
            and (not self.month_days or self._is_month_day(day))
        )

    def _in_months(self, day: date) -> bool:
        return not self.months or day.month in self.months

    def _is_month_day(self, day: date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        return day.day in self.month_days or day.day - length - 1 in self.month_days


def _days_from(begins: date, length: int) -> list[date]:
    return [begins + timedelta(days=at) for at in range(length)]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(",") if each)


def _weekday(text: str) -> tuple[int, int]:
    return int(text[:-2] or "0"), _WEEKDAYS.index(text[-2:])
