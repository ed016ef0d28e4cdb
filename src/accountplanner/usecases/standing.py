"""What the head of an account's page says: how well we know them, how they are, the last touch and the next step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from accountplanner.domain.calendar import read_day
from accountplanner.domain.catalogue import field_named, record_kind
from accountplanner.domain.ids import kind_of
from accountplanner.insight.briefing import by_month
from accountplanner.insight.health import Health, HealthFacts, Mood, health_of, is_complaint
from accountplanner.insight.knowledge import MOST_PEOPLE, Knowledge, Known, is_askable, knowledge_of, known_of
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.pages import RecordPage, children, record_page, shown_text
from accountplanner.usecases.session import Session

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class LastTouch:
    """The newest touch with the account by anybody; one that is only planned is none yet."""

    day: date
    channel: str
    who: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The open action that is due first; `is_promise` says whether the customer waits for it."""

    record: str
    title: str
    due_on: date | None
    is_promise: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Four things beside each other; knowledge and health are never one figure."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    health: Health = field(default_factory=partial(Health, None, Mood.UNKNOWN))
    last_touch: LastTouch | None = None
    touches: tuple[int, ...] = ()
    """How many touches there were in each of the last twelve months, this one last."""
    next_step: NextStep | None = None


def standing_of(session: Session, page: RecordPage, bought: tuple[int, int] | None, open_disputes: int) -> Standing:
    """Where we stand with an account. `bought` are the sums of the last year and of the year before it."""
    account = page.record
    return Standing(
        account_knowledge(session, page),
        health_of(health_facts(session, page, bought, open_disputes)),
        *_in_touch(session, account),
        next_step(session, account),
    )


def account_knowledge(session: Session, page: RecordPage) -> Knowledge:
    """How well an account is known, by its own answers and those about the people known best."""
    best = sorted(together(children(session, "contact", "account", page.record)), key=answered, reverse=True)
    active = [each for each in best if each.values.get("state", "active") in ("active", "unknown")]
    people = [known_on(record_page(session, each.record)) for each in active[:MOST_PEOPLE]]
    return knowledge_of(known_on(page), people, asked_of("contact"))


def known_on(page: RecordPage) -> Known:
    """How much of one record is known; somebody else's opinion is an answer too."""
    answers: dict[str, tuple[bool, int]] = {}
    for at, line in enumerate(page.lines):
        if line.values:
            faded = all(value.fading for value in line.values) and answers.get(line.field.key, (True, 0))[0]
            answers[line.field.key] = (faded, at)
    found = [(page.lines[at].field, faded) for faded, at in answers.values()]
    return known_of(page.record, page.title, found, page.kind.fields)


def health_facts(session: Session, page: RecordPage, bought: tuple[int, int] | None, open_disputes: int) -> HealthFacts:
    """The facts of how an account is; opinions that have faded say nothing of today."""
    today = session.clock.today()
    said = [line.values[0] for line in page.lines if line.field.key == "satisfaction" and line.values]
    lately = [
        each.values
        for each in together(children(session, "feedback", "account", page.record))
        if (day := read_day(each.values.get("said_on", ""))) and today - _YEAR < day <= today
    ]
    scores = [int(values["score"]) for values in lately if values.get("score", "").isdigit()]
    open_ones = [values for values in lately if not values.get("closed_on") and not values.get("action")]
    unanswered = sum(is_complaint(int(each["score"])) for each in open_ones if each.get("score", "").isdigit())
    fresh = tuple(value.value for value in said if not value.fading)
    return HealthFacts(fresh, tuple(scores), unanswered, open_disputes, bought)


def _in_touch(session: Session, account: str) -> tuple[LastTouch | None, tuple[int, ...]]:
    """The newest touch with an account, whoever made it, and how many there were month by month."""
    today = session.clock.today()
    held = [
        (day, each.values)
        for each in together(children(session, "touch", "account", account))
        if (day := read_day(each.values.get("happened_on", ""))) and day <= today
    ]
    if not held:
        return None, ()
    day, values = max(held, key=lambda pair: pair[0])
    who = values.get("colleague", "") or values.get("partner", "")
    channel = shown_text(field_named("touch", "channel"), values.get("channel", ""))
    last = LastTouch(day, channel, session.store.titles([who]).get(who, "") if who else "")
    return last, by_month((day for day, _ in held), today)


def next_step(session: Session, account: str) -> NextStep | None:
    """The open action due first; those without a day come last."""
    held = open_actions_of(together(children(session, "action", "account", account)))
    if not held:
        return None
    first = held[0]
    values = first.values
    due = read_day(values.get("due_on", ""))
    is_ours = values.get("promise") == "yes" and values.get("promised_by") != "them"
    return NextStep(first.record, values.get("title", ""), due, is_ours)


def open_actions_of(held: Iterable[CachedRecord]) -> list[CachedRecord]:
    """The actions nobody has finished or dropped, by the day they are due; promises first on the same day."""
    found = [each for each in held if is_open_action(each.values)]
    return sorted(
        found,
        key=lambda each: (
            each.values.get("due_on", "") or "9999",
            each.values.get("promise") != "yes",
            each.values.get("title", ""),
        ),
    )


def is_open_action(values: Mapping[str, str]) -> bool:
    """Whether an action is still to be done."""
    return not values.get("done_on") and values.get("state", "open") == "open"


def together(held: Iterable[CachedRecord]) -> list[CachedRecord]:
    """One of each record, the shared values before private ones."""
    found: dict[str, CachedRecord] = {}
    for each in held:
        known = found.get(each.record)
        values = {**each.values, **known.values} if known else each.values
        found[each.record] = CachedRecord(each.number, each.record, values, each.conflicts)
    return list(found.values())


def asked_of(kind: str) -> int:
    """How many questions about a record of this kind count as knowledge once answered."""
    return sum(map(is_askable, record_kind(kind).fields))


def answered(contact: CachedRecord) -> int:
    """How many of them have an answer, fresh or faded."""
    fields = record_kind(kind_of(contact.record)).fields
    return sum(each.key in contact.values for each in fields if is_askable(each))
