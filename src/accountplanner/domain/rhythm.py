"""How often is enough: when somebody is better left in peace for a week.

The thresholds are defaults to think about, not a law. Godfrey, Seiders and Voss (Journal of Marketing 75,
2011) found that contact helps up to a level and then costs repurchases; in their setting, a car dealer's, the
level lay at about three calls or three to four e-mails in three months, over all channels together. One study
of one trade: whoever knows better changes the numbers here, in the one place they stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SENDS_DAYS = 90
MOST_SENDS = 4
"""Marketing sends within `SENDS_DAYS` after which the next one is one too many."""

WEEK_DAYS = 7
MOST_SENDS_A_WEEK = 2
"""Nobody gets the third e-mail of the week."""

UNHAPPY_SCORE = 6
"""A score up to this one, of ten, is a complaint until somebody has answered it."""


class Rest(StrEnum):
    """A reason to leave somebody in peace, in the order of its weight."""

    ASKED = "asked"
    DISPUTE = "dispute"
    UNANSWERED = "unanswered"
    VISIT_AHEAD = "visit ahead"
    JUST_TOUCHED = "just touched"
    SENDS_THIS_WEEK = "sends this week"
    SENDS_LATELY = "sends lately"


@dataclass(frozen=True, slots=True)
class TouchDay:
    """One touch as the rhythm sees it."""

    day: date
    is_ours: bool
    is_send: bool


@dataclass(frozen=True, slots=True)
class RestFacts:
    """What is known of one person. `touches` are everybody's, those with the whole account included.

    `peace_until` is the day until which they asked to be left alone, `visits` the days somebody will see them.
    """

    touches: tuple[TouchDay, ...] = ()
    visits: tuple[date, ...] = ()
    peace_until: date | None = None
    wants_no_marketing: bool = False
    has_open_dispute: bool = False
    has_unanswered_complaint: bool = False


def reasons_to_rest(facts: RestFacts, as_of: date) -> tuple[Rest, ...]:
    """Why this person should get no marketing send in the week that begins on a day; empty for no reason.

    They asked for it, their account has an open dispute, a complaint is unanswered, somebody sees them
    this week anyway, any of us was in touch within the last week, or marketing has sent enough.
    """
    sends = [touch.day for touch in facts.touches if touch.is_send and touch.is_ours]
    holds = {
        Rest.ASKED: facts.wants_no_marketing or (facts.peace_until is not None and facts.peace_until >= as_of),
        Rest.DISPUTE: facts.has_open_dispute,
        Rest.UNANSWERED: facts.has_unanswered_complaint,
        Rest.VISIT_AHEAD: any(as_of <= day < as_of + timedelta(WEEK_DAYS) for day in facts.visits),
        Rest.JUST_TOUCHED: bool(
            _within((t.day for t in facts.touches if t.is_ours and not t.is_send), as_of, WEEK_DAYS)
        ),
        Rest.SENDS_THIS_WEEK: _within(sends, as_of, WEEK_DAYS) >= MOST_SENDS_A_WEEK,
        Rest.SENDS_LATELY: _within(sends, as_of, SENDS_DAYS) >= MOST_SENDS,
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)


def _within(days: Iterable[date], as_of: date, number: int) -> int:
    """How many of some days lie within the last days, today included."""
    return sum(as_of - timedelta(number) < day <= as_of for day in days)
