"""What a brief makes of the facts: one question worth asking, who else is in touch, who is new.

Every weight is a number here and nowhere else. They are defaults to think about: what a salesperson can do something
with before the next visit weighs more than what is merely nice to know.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from accountplanner.domain.briefs import Question, Reason
from accountplanner.domain.fields import Privacy

IN_TOUCH_DAYS: Final = 365
"""Who has been in touch within this time counts as being in touch."""
NEW_DAYS: Final = 120
"""Somebody first heard of within this time is new,"""
SETTLED_DAYS: Final = 14
"""unless the whole account came in with them."""
_MONTHS: Final = 12
_USUAL_VALUE: Final = 1.0
_CONFLICT: Final = 0.9
_LEAST_STALE: Final = 0.5

VALUE: Final[Mapping[str, float]] = {
    "dispute": 20.0,
    "who_decides": 9.0,
    "mackay_key_problems": 10.0,
    "mackay_near_objective": 8.0,
    "mackay_management_priorities": 7.5,
    "mackay_can_we_help": 7.0,
    "mackay_long_objective": 6.0,
    "mackay_known_by": 4.0,
    "mackay_obligations": 3.5,
    "mackay_conversation": 3.0,
    "mackay_hobbies": 3.0,
    "mackay_previous_employers": 2.5,
    "mackay_birth": 2.0,
    "buying_role": 6.5,
    "key_problems": 10.0,
    "priorities": 8.5,
    "satisfaction": 8.0,
    "biggest_problem": 6.0,
    "contract_end": 5.0,
    "need": 9.5,
}
"""What an answer is worth; what is not named here is never the one question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something one could ask: `answered_on` is empty where nobody has ever said anything."""

    key: str
    label: str
    privacy: Privacy = Privacy.BUSINESS
    answered_on: str = ""
    fresh_months: int = 0
    has_conflict: bool = False
    name: str = ""
    text: str = ""


def question_worth_asking(candidates: Iterable[Candidate], today: date) -> Question | None:
    """The question with the highest product of what its answer is worth and how much of it is missing."""
    return next(iter(questions_worth_asking(candidates, today, most=1)), None)


def questions_worth_asking(candidates: Iterable[Candidate], today: date, *, most: int) -> list[Question]:
    """The questions whose answers are worth most and missing most, the best first.

    Only business and personal answers are asked for: household and inferable ones come up by themselves or not at
    all, and special ones are nobody's question.
    """
    allowed = [each for each in candidates if each.privacy in (Privacy.BUSINESS, Privacy.PERSONAL)]
    scored = [(VALUE.get(each.key, 0.0) * gap(each, today), each) for each in allowed]
    worth = [pair for pair in scored if pair[0] >= _USUAL_VALUE]
    worth.sort(key=lambda pair: (pair[0], pair[1].key), reverse=True)
    return [Question(e.key, e.label, _reason(e), e.name, e.text, e.answered_on) for _, e in worth[:most]]


def gap(each: Candidate, today: date) -> float:
    """How much of an answer is missing, from 0 for a fresh one to 1 for none."""
    if each.key == "dispute" or not each.answered_on:
        return 1.0
    if each.has_conflict:
        return _CONFLICT
    if not each.fresh_months:
        return 0.0
    months = (today - date.fromisoformat(each.answered_on)).days / 30.44
    over = months / each.fresh_months - 1
    return min(1.0, _LEAST_STALE + over / 2) if over > 0 else 0.0


def _reason(each: Candidate) -> Reason:
    if each.key == "dispute":
        return Reason.DISPUTE
    if not each.answered_on:
        return Reason.MISSING
    return Reason.CONFLICT if each.has_conflict else Reason.STALE


@dataclass(frozen=True, slots=True)
class Contacted:
    """One touch as the brief counts it: by whom, of which department, through what, on which day."""

    who: str
    department: str
    channel: str
    day: date


@dataclass(frozen=True, slots=True)
class Regular:
    """Somebody who is in touch: how often within a year, when last and through what; `months` counts by month."""

    who: str
    department: str
    count: int
    last: date
    channel: str
    months: tuple[int, ...]


def in_touch(touches: Iterable[Contacted], today: date) -> list[Regular]:
    """Who is in touch and how often, the busiest first; what is only planned does not count."""
    by_whom: dict[tuple[str, str], list[Contacted]] = {}
    for touch in touches:
        if today - timedelta(IN_TOUCH_DAYS) < touch.day <= today:
            by_whom.setdefault((touch.who, touch.department), []).append(touch)
    found = [_regular(group, today) for group in by_whom.values()]
    return sorted(found, key=lambda each: (-each.count, -each.last.toordinal(), each.who))


def _regular(group: Sequence[Contacted], today: date) -> Regular:
    last = max(group, key=lambda touch: touch.day)
    months = by_month((touch.day for touch in group), today)
    return Regular(last.who, last.department, len(group), last.day, last.channel, months)


def by_month(days: Iterable[date], today: date) -> tuple[int, ...]:
    """How many of some days lie in each of the last twelve months, this one last; later days do not count."""
    months = [0] * _MONTHS
    for day in days:
        back = (today.year - day.year) * 12 + today.month - day.month
        if day <= today and back < _MONTHS:
            months[_MONTHS - 1 - back] += 1
    return tuple(months)


def newcomers(first_heard: Mapping[str, date], known_since: date, today: date) -> list[str]:
    """Who is new at an account known since a day, the newest first."""
    earliest = max(today - timedelta(NEW_DAYS), known_since + timedelta(SETTLED_DAYS))
    found = [(day, record) for record, day in first_heard.items() if earliest <= day <= today]
    return [record for _, record in sorted(found, reverse=True)]
