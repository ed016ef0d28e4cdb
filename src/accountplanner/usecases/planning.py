"""The plan of an account: what we want with them, what we do next, what they wait for, and what may go wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accountplanner.domain.calendar import read_day
from accountplanner.domain.catalogue import field_named, record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import fixed, titled, told
from accountplanner.domain.statements import state
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.pages import children, record_page, shown_text
from accountplanner.usecases.session import Session
from accountplanner.usecases.standing import is_open_action, open_actions_of, together

_OWNERS = {"action": "account", "risk": "account", "plan": "account", "objective": "plan", "strategy": "objective"}


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One action, objective, risk or plan. `to` is whom it was promised to, `by` who does it, `words` what it says more."""

    record: str
    title: str
    state: str = ""
    due_on: date | None = None
    done_on: date | None = None
    starts_on: date | None = None
    is_open: bool = True
    is_promise: bool = False
    to: str = ""
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan with its objectives; `strategies` are those that serve an objective, by its record."""

    plan: PlanItem
    objectives: tuple[PlanItem, ...] = ()
    strategies: Mapping[str, tuple[PlanItem, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """Everything planned with an account: open actions by the day they are due, then done ones, the latest first."""

    actions: tuple[PlanItem, ...] = ()
    done: tuple[PlanItem, ...] = ()
    plans: tuple[PlanLine, ...] = ()
    risks: tuple[PlanItem, ...] = ()


def plan_of(session: Session, account: str) -> AccountPlan:
    """Read the plan of an account."""
    actions = _held(session, "action", "account", account)
    open_ones = open_actions_of(actions)
    done = [each for each in actions if not is_open_action(each.values)]
    done.sort(key=lambda each: each.values.get("done_on", ""), reverse=True)
    plans = sorted(_held(session, "plan", "account", account), key=_begins, reverse=True)
    risks = sorted(_held(session, "risk", "account", account), key=_is_gone)
    return AccountPlan(
        tuple(_item(session, each) for each in open_ones),
        tuple(_item(session, each) for each in done),
        tuple(_plan_line(session, each) for each in plans),
        tuple(_item(session, each) for each in risks),
    )


def open_promises(session: Session, account: str) -> tuple[PlanItem, ...]:
    """What the customer waits for, and what we want to have done before the next visit."""
    return tuple(_item(session, each) for each in open_actions_of(_held(session, "action", "account", account)))


def add_item(session: Session, kind: str, owner: str, title: str) -> tuple[str, Changes]:
    """Add an action, a risk or a plan to an account, an objective to a plan, a strategy to an objective.

    Raises:
        WrongUseError: it has no title, or it is none of these.
    """
    if kind not in _OWNERS:
        raise WrongUseError(told("This is not added to a plan ({kind}).", kind=fixed(record_kind(kind).label)))
    if not title.strip():
        raise WrongUseError(told("The title is missing ({kind}).", kind=fixed(record_kind(kind).label)))
    begins = {"action": "open", "objective": "open", "risk": "open", "plan": "draft"}
    values = {"title": title.strip(), _OWNERS[kind]: owner} | ({"state": begins[kind]} if kind in begins else {})
    return create_record(session, kind, values)


def finish_action(session: Session, record: str, *, done: bool = True) -> Changes:
    """Tick an action off as of today, kept or late by its day; or open it again.

    Raises:
        NotFoundError: there is no such action any more.
    """
    page = record_page(session, record)
    line = page.line("promise")
    is_promise = bool(line.values) and line.values[0].value == "yes"
    due = read_day(next((value.value for value in page.line("due_on").values), ""))
    today = session.clock.today()
    is_late = due is not None and due < today
    title = _step_title(done=done, is_promise=is_promise)
    source = session.source()
    said = [
        state(record, "state", ("late" if is_late else "kept") if done else "open", source),
        state(record, "done_on", today.isoformat() if done else None, source),
    ]
    with session.transaction(title) as writing:
        layer = Layer.TEAM if session.store.team.picture(record).exists else Layer.ME
        writing.say(layer, said)
    return session.changes(writing, title)


def _step_title(*, done: bool, is_promise: bool) -> str:
    if not done:
        return titled("Promise opened again") if is_promise else titled("Action opened again")
    return titled("Promise kept") if is_promise else titled("Action done")


def _held(session: Session, kind: str, key: str, record: str) -> list[CachedRecord]:
    return together(children(session, kind, key, record))


def _plan_line(session: Session, plan: CachedRecord) -> PlanLine:
    objectives = _held(session, "objective", "plan", plan.record)
    objectives.sort(key=lambda each: (int(each.values.get("order", "0") or 0), each.values.get("due_on", "9999")))
    strategies = {each.record: _strategies(session, each) for each in objectives}
    shown = tuple(_objective(session, each, strategies[each.record]) for each in objectives)
    return PlanLine(_item(session, plan), shown, strategies)


def _strategies(session: Session, objective: CachedRecord) -> tuple[PlanItem, ...]:
    held = _held(session, "strategy", "objective", objective.record)
    held.sort(key=lambda each: int(each.values.get("order", "0") or 0))
    return tuple(_item(session, each) for each in held)


def _objective(session: Session, held: CachedRecord, strategies: Sequence[PlanItem]) -> PlanItem:
    ways = "; ".join(each.title for each in strategies)
    target = " → ".join(part for part in (held.values.get("measure", ""), held.values.get("target", "")) if part)
    return _item(session, held, " · ".join(part for part in (target, ways) if part))


def _item(session: Session, held: CachedRecord, words: str = "") -> PlanItem:
    values, kind = held.values, kind_of(held.record)
    people = session.store.titles([values[key] for key in ("contact", "colleague") if values.get(key)])
    said = shown_text(field_named(kind, "state"), values.get("state", "")) if values.get("state") else ""
    return PlanItem(
        held.record,
        values.get("title", ""),
        said,
        read_day(values.get("due_on", "") or values.get("ends_on", "")),
        read_day(values.get("done_on", "")),
        read_day(values.get("starts_on", "")),
        is_open_action(values) if kind == "action" else values.get("state", "open") in ("open", "draft", "agreed"),
        values.get("promise") == "yes",
        people.get(values.get("contact", ""), ""),
        people.get(values.get("colleague", ""), ""),
        words or values.get("remark", "") or values.get("answer", "") or values.get("aim", "") or values.get("why", ""),
    )


def _begins(plan: CachedRecord) -> str:
    return plan.values.get("starts_on", "")


def _is_gone(risk: CachedRecord) -> bool:
    return risk.values.get("state", "open") != "open"
