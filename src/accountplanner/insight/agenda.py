"""What needs a person today: which facts make a line, and in which order the lines stand.

Every rule is a number here and nowhere else. The order is: what is late or of today first, then this week, then
what is only coming up, then what may be done at any time; within each group by day, then by what hurts more to forget.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from accountplanner.domain.calendar import days_until, next_anniversary

WEEK_DAYS: Final = 7
"""Visits and promises this far ahead are this week's."""
DATE_DAYS: Final = 14
"""Birthdays and anniversaries are told this far ahead: time enough for a card."""
RENEWAL_DAYS: Final = 60
"""Contracts that end and reviews that come need weeks of preparation."""


class LineKind(StrEnum):
    """What a line is about; it decides the one obvious thing to do."""

    PROMISE = "promise"
    VISIT = "visit"
    DISPUTE = "dispute"
    PEACE = "peace"
    ACTION = "action"
    GAP = "gap"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    CONTRACT = "contract"
    REVIEW = "review"
    OPPORTUNITY = "opportunity"
    INBOX = "inbox"
    CONFLICTS = "conflicts"
    SUGGESTIONS = "suggestions"
    FILES = "files"
    STALE = "stale"


_WEIGHT: Final = {kind: at for at, kind in enumerate(LineKind)}


class Group(StrEnum):
    """When a line wants to be dealt with."""

    NOW = "now"
    WEEK = "week"
    LATER = "later"
    ANY_TIME = "any_time"


_GROUP_ORDER: Final = {group: at for at, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of Today.

    `record` is what it is about, `account` and `contact` where it belongs; `title` is the record's
    own words. `day` is when it is due or happens. `count` and `detail` are what its reason needs:
    days beyond a gap, how many suggestions, which answer is stale.
    """

    id: str
    kind: LineKind
    title: str
    record: str = ""
    account: str = ""
    account_name: str = ""
    contact: str = ""
    contact_name: str = ""
    day: date | None = None
    count: int = 0
    detail: str = ""
    group: Group = Group.ANY_TIME


def placed(line: AgendaLine, today: date) -> AgendaLine:
    """A line in its group."""
    if line.kind in (LineKind.DISPUTE, LineKind.CONFLICTS, LineKind.INBOX):
        return replace(line, group=Group.NOW)
    if line.day is None:
        is_soon = line.kind in (LineKind.GAP, LineKind.PEACE)
        return replace(line, group=Group.WEEK if is_soon else Group.ANY_TIME)
    ahead = days_until(line.day, today)
    group = Group.NOW if ahead <= 0 else Group.WEEK if ahead <= WEEK_DAYS else Group.LATER
    return replace(line, group=group)


def ranked(lines: Iterable[AgendaLine], today: date) -> list[AgendaLine]:
    """All lines in the order they are worked through."""
    return sorted(
        (placed(line, today) for line in lines),
        key=lambda line: (_GROUP_ORDER[line.group], line.day or today, _WEIGHT[line.kind], line.title, line.id),
    )


def coming(month: int, day: int, today: date, within: int = DATE_DAYS) -> date | None:
    """The next time a yearly date comes, if that is soon."""
    found = next_anniversary(month, day, today)
    return found if found <= today + timedelta(days=within) else None


def days_beyond(last_touch: date, longest_gap: int, today: date) -> int:
    """How many days an account has been left alone beyond its longest gap; 0 or less is in time."""
    return (today - last_touch).days - longest_gap
