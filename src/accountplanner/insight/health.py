"""How a customer is, explained: every part of the figure is shown with its facts. Unknown parts count for nothing.

The weights are defaults to think about, in one place: what they say of us weighs more than what they buy, because
orders go on for a while after the heart has left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accountplanner.domain.rhythm import UNHAPPY_SCORE


class Sign(StrEnum):
    """What a part of the figure is about."""

    SATISFACTION = "satisfaction"
    FEEDBACK = "feedback"
    DISPUTES = "disputes"
    PURCHASES = "purchases"


class Mood(StrEnum):
    """The figure in a word, best first."""

    GOOD = "good"
    STEADY = "steady"
    STRAINED = "strained"
    AT_RISK = "at_risk"
    UNKNOWN = "unknown"


_WEIGHTS: Final[Mapping[Sign, float]] = {
    Sign.SATISFACTION: 4,
    Sign.FEEDBACK: 3,
    Sign.DISPUTES: 3,
    Sign.PURCHASES: 2,
}
_SATISFACTION: Final[Mapping[str, float]] = {
    "very": 1.0,
    "satisfied": 0.8,
    "neutral": 0.5,
    "unhappy": 0.2,
    "leaving": 0.0,
}
_LEAST: Final = ((Mood.GOOD, 0.72), (Mood.STEADY, 0.5), (Mood.STRAINED, 0.3))
_DISPUTE: Final = 0.1
_UNANSWERED: Final = 0.7
_STEADY_TREND: Final = 0.65


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """What is known of how they are.

    `satisfaction` are fresh opinions, one a voice; `scores` of the last year, 0 to 10; `unanswered`
    counts complaints whose loop nobody closed. `bought` compares the last four quarters with the
    four before, in minor units; `None` where one of them is empty.
    """

    satisfaction: tuple[str, ...] = ()
    scores: tuple[int, ...] = ()
    unanswered: int = 0
    open_disputes: int = 0
    bought: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One sign: `share` from 0 (bad) to 1 (good), and the number its sentence needs."""

    sign: Sign
    share: float
    count: int = 0
    detail: float = 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """The figure with its parts; `share` is `None` while nothing is known."""

    share: float | None
    mood: Mood
    parts: tuple[Part, ...] = ()


def health_of(facts: HealthFacts) -> Health:
    """Weigh the signs there are. Without any the mood is unknown, never bad."""
    parts = tuple(_parts(facts))
    if not parts:
        return Health(None, Mood.UNKNOWN)
    weight = sum(_WEIGHTS[part.sign] for part in parts)
    share = sum(_WEIGHTS[part.sign] * part.share for part in parts) / weight
    mood = next((mood for mood, least in _LEAST if share >= least), Mood.AT_RISK)
    if mood is Mood.GOOD and facts.open_disputes:
        mood = Mood.STEADY  # nobody with an open dispute is simply well
    return Health(share, mood, parts)


def is_complaint(score: int) -> bool:
    """Whether a score wants an answer."""
    return score <= UNHAPPY_SCORE


def _parts(facts: HealthFacts) -> Iterable[Part]:
    said = [_SATISFACTION[each] for each in facts.satisfaction if each in _SATISFACTION]
    if said:
        yield Part(Sign.SATISFACTION, sum(said) / len(said), len(said))
    if facts.scores:
        mean = sum(facts.scores) / len(facts.scores)
        held_back = _UNANSWERED if facts.unanswered else 1.0
        yield Part(Sign.FEEDBACK, mean / 10 * held_back, len(facts.scores), mean)
    if facts.open_disputes:
        yield Part(Sign.DISPUTES, _DISPUTE / facts.open_disputes, facts.open_disputes)
    if facts.bought is not None:
        now, before = facts.bought
        change = (now - before) / before
        yield Part(Sign.PURCHASES, min(1.0, max(0.0, _STEADY_TREND + change)), 0, change)
