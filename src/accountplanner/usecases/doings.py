"""Everything that was done, by whom and when: one's own steps, and what colleagues' files brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.ids import kind_of
from accountplanner.domain.undo import StepRecord, undone
from accountplanner.store.doings import BatchFacts, doings
from accountplanner.usecases.session import Session

_TITLES = 3


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing somebody did. `step` is 0 where a colleague did it; `kinds` and `titles` say about what.

    `state` is `stands`, `undone`, `undoes` (it took another step back or brought it back), `final` (it cannot be
    taken back) or `theirs`.
    """

    step: int
    at: datetime
    who: str
    title: str
    state: str
    kinds: tuple[str, ...]
    titles: tuple[str, ...]
    records: int
    is_mine: bool


def all_doings(session: Session, most: int = 2000) -> list[Doing]:
    """What was done, the newest first, at most so many."""
    store = session.store
    facts = doings(store.team, store.me, most)
    oldest = min((fact.step for fact in facts if fact.step), default=0)
    mine = {step.number: step for step in store.transactions.steps(oldest)}
    gone = undone(list(mine.values()))
    named = {record for fact in facts for record in fact.records[:_TITLES]}
    titles = store.titles(named)
    found = []
    for fact in facts:
        step = mine.get(fact.step) if fact.replica == "" else None
        if fact.replica or step is not None:
            found.append(_doing(session, fact, step, gone, titles))
    return sorted(found, key=lambda doing: (doing.at, doing.step), reverse=True)[:most]


def _doing(
    session: Session, fact: BatchFacts, step: StepRecord | None, gone: set[int], titles: dict[str, str]
) -> Doing:
    identity = session.store.identity
    kinds = tuple(dict.fromkeys(kind_of(record) for record in fact.records))
    return Doing(
        step.number if step else 0,
        datetime.fromisoformat(step.done_at if step else fact.saved_at),
        identity.name if step else identity.names.get(fact.replica, ""),
        step.title if step else "",
        _state(step, gone),
        tuple(kind for kind in kinds if kind in KINDS and not KINDS[kind].internal),
        tuple(title for record in fact.records[:_TITLES] if (title := titles.get(record, ""))),
        len(fact.records),
        step is not None,
    )


def _state(step: StepRecord | None, gone: set[int]) -> str:
    if step is None:
        return "theirs"
    if step.reverses:
        return "undoes"
    if not step.undoable:
        return "final"
    return "undone" if step.number in gone else "stands"


def narrowed(
    found: Sequence[Doing], *, who: str = "", kind: str = "", day: date | None = None, text: str = ""
) -> list[Doing]:
    """Those done by somebody, about a kind of record, on one day of this computer's calendar, with all words."""
    words = text.casefold().split()
    return [
        doing
        for doing in found
        if (not who or doing.who == who)
        and (not kind or kind in doing.kinds)
        and (day is None or doing.at.astimezone().date() == day)
        and all(word in _text_of(doing) for word in words)
    ]


def _text_of(doing: Doing) -> str:
    return " ".join((doing.title, doing.who, *doing.titles)).casefold()
