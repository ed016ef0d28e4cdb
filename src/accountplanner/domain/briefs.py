"""A visit brief as plain values: what somebody wants to know before the next door, each fact with its source."""

from dataclasses import dataclass
from enum import StrEnum

from accountplanner.domain.fields import Privacy

KINDS = ("account", "contact")
"""What there are briefs of."""

ALWAYS_SHOWN = frozenset({Privacy.BUSINESS, Privacy.PERSONAL})
"""Classes a brief shows without being asked; special answers are in none, whatever is asked."""

WHEN_TICKED = frozenset({Privacy.HOUSEHOLD, Privacy.INFERABLE})
"""Classes a brief shows only when a person ticks them, that time."""


class Part(StrEnum):
    """The parts of a brief."""

    LAST_TALK = "last_talk"
    OUR_PROMISES = "our_promises"
    THEIR_PROMISES = "their_promises"
    DISPUTES = "disputes"
    CARES = "cares"
    NEXT_RUNG = "next_rung"
    CAUTIONS = "cautions"
    PEOPLE = "people"
    IN_TOUCH = "in_touch"
    DATES = "dates"
    SMALL_TALK = "small_talk"


class About(StrEnum):
    """What sort of fact a line tells; it decides how the line is worded."""

    TOUCH = "touch"
    NOTE = "note"
    PROMISE = "promise"
    DISPUTE = "dispute"
    NEED = "need"
    ANSWER = "answer"
    MOVED = "moved"
    EVIDENCE = "evidence"
    DOUBT = "doubt"
    CAUTION = "caution"
    PEACE = "peace"
    COMPLAINT = "complaint"
    NEWCOMER = "newcomer"
    LEFT = "left"
    KEY_PERSON = "key_person"
    REGULAR = "regular"
    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    VISIT = "visit"
    CONTRACT = "contract"
    REVIEW = "review"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Said:
    """Where a fact comes from. Days are ISO text; `stale` is older than its field stays fresh."""

    by: str = ""
    on: str = ""
    how: str = ""
    opinion: bool = False
    stale: bool = False
    private: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One fact.

    `text` is what was said or what the record is called, `label` the field's or the channel's, `name` the person it
    is about, `day` when it is due, happens or happened. `series` counts by month, the present one last.
    """

    part: Part
    about: About
    text: str = ""
    name: str = ""
    label: str = ""
    day: str = ""
    count: int = 0
    said: Said = Said()
    privacy: Privacy = Privacy.BUSINESS
    series: tuple[int, ...] = ()


class Reason(StrEnum):
    """Why a question is worth asking."""

    DISPUTE = "dispute"
    MISSING = "missing"
    STALE = "stale"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Question:
    """The one question worth asking; `key` is a field's or names a question of its own, `label` is the field's."""

    key: str
    label: str
    reason: Reason
    name: str = ""
    text: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The rung: the one held, or the one the orders propose while nobody holds any; `next` is the one above.

    `holder` names who holds it: a contact without a rung of their own stands where their account does.
    """

    holder: str = ""
    rung: str = ""
    proposed: bool = False
    next: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How much is known, apart from how they are: fresh answers, those that fade, and how many there could be."""

    known: int = 0
    fading: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """What one page says of an account or a contact, before it is known how much of it fits."""

    record: str
    kind: str
    title: str
    subtitle: tuple[str, ...]
    day: str
    reader: str
    standing: Standing
    knowledge: Knowledge
    how_they_are: tuple[BriefLine, ...]
    question: Question | None
    lines: tuple[BriefLine, ...]
    touches: tuple[int, ...] = ()
    """How many touches by anybody there were in each of the last twelve months, this one last."""

    def part(self, part: Part) -> tuple[BriefLine, ...]:
        """The lines of one part, what matters most first."""
        return tuple(line for line in self.lines if line.part is part)

    @property
    def personal(self) -> int:
        """How many personal answers, and private records, the page holds; a file with any is told about."""
        shown = (*self.how_they_are, *self.lines)
        return sum(line.privacy is not Privacy.BUSINESS or line.said.private for line in shown)
