"""Everything that was done, by whom and when: one's own steps, and what colleagues' files brought.

The whole past is held as light rows, however long it is; what a step was about is read when somebody looks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.ids import kind_of
from accountplanner.domain.undo import StepRecord, undone
from accountplanner.store.doings import Moment, Place, has_records, moments, records_of
from accountplanner.usecases.session import Session

_TITLES = 3
_LOOKED_AT = 200
"""So many are looked at together while those that fit are searched for."""


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


@dataclass(frozen=True, slots=True)
class Happened:
    """A light row: when something was done and by whom, and the step of ours it was, if it was one."""

    at: datetime
    who: str
    moment: Moment
    step: StepRecord | None
    state: str

    @property
    def day(self) -> date:
        """The day it was on this computer's calendar."""
        return self.at.astimezone().date()


@dataclass(frozen=True, slots=True)
class Past:
    """All that was done, the newest first, and the kinds of records that there are."""

    rows: tuple[Happened, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def people(self) -> list[str]:
        """Who did something, whoever did it last first; empty for a colleague nobody knows by name."""
        return list(dict.fromkeys(row.who for row in self.rows))

    def days(self, most: int) -> list[date]:
        """The latest days on which something was done."""
        found: dict[date, None] = {}
        for row in self.rows:
            found[row.day] = None
            if len(found) == most:
                break
        return list(found)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: done by somebody, about a kind of record, on one day, with all words.

    `as_read` says the title of a step as a person reads it, for those are the words it is searched for.
    """

    who: str | None = None
    kind: str = ""
    day: date | None = None
    text: str = ""
    as_read: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class DoingsPage:
    """Some of what was done, the newest first, and where to go on; `None` where nothing follows."""

    doings: tuple[Doing, ...]
    goes_on_at: int | None


def past(session: Session) -> Past:
    """Everything that was done, as light rows."""
    store = session.store
    steps = store.transactions.steps()
    gone, numbered = undone(steps), {step.number: step for step in steps}
    rows = []
    for moment in moments(store.team, store.me):
        step = numbered.get(moment.step)
        if moment.replica or step is not None:
            rows.append(_row(session, moment, step, gone))
    rows.sort(key=lambda row: (row.at, row.moment.step), reverse=True)
    visible = (key for key, kind in KINDS.items() if not kind.internal)
    return Past(
        tuple(rows), tuple(key for key in visible if has_records(store.team, key) or has_records(store.me, key))
    )


def doings_of(session: Session, done: Past, wanted: Wanted, start: int = 0, most: int = 60) -> DoingsPage:
    """What was done from a row on, at most so many that fit."""
    found: list[Doing] = []
    candidates = ((at, row) for at, row in enumerate(done.rows[start:], start) if _may_fit(row, wanted))
    while looked_at := list(islice(candidates, _LOOKED_AT if wanted.kind or wanted.text else most)):
        for at, doing in _read(session, looked_at, wanted.as_read):
            if _fits(doing, wanted):
                found.append(doing)
            if len(found) == most:
                return DoingsPage(tuple(found), at + 1 if at + 1 < len(done.rows) else None)
    return DoingsPage(tuple(found), None)


def _may_fit(row: Happened, wanted: Wanted) -> bool:
    return (wanted.who is None or row.who == wanted.who) and (wanted.day is None or row.day == wanted.day)


def _read(
    session: Session, rows: Sequence[tuple[int, Happened]], as_read: Callable[[str], str]
) -> list[tuple[int, Doing]]:
    store = session.store
    spoken = records_of(store.team, store.me, [row.moment for _, row in rows])
    about = {at: _records(row.moment, spoken) for at, row in rows}
    titles = store.titles({record for records in about.values() for record in records[:_TITLES]})
    return [(at, _doing(row, about[at], titles, as_read)) for at, row in rows]


def _records(moment: Moment, spoken: Mapping[Place, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record for place in moment.batches for record in spoken.get(place, ())))


def _row(session: Session, moment: Moment, step: StepRecord | None, gone: set[int]) -> Happened:
    identity = session.store.identity
    return Happened(
        datetime.fromisoformat(step.done_at if step else moment.saved_at),
        identity.name if step else identity.names.get(moment.replica, ""),
        moment,
        step,
        _state(step, gone),
    )


def _doing(row: Happened, records: tuple[str, ...], titles: Mapping[str, str], as_read: Callable[[str], str]) -> Doing:
    title = row.step.title if row.step else ""
    named = (titles.get(record, "") for record in records[:_TITLES])
    kinds = dict.fromkeys(kind_of(record) for record in records)
    return Doing(
        row.step.number if row.step else 0,
        row.at,
        row.who,
        as_read(title) if title else "",
        row.state,
        tuple(kind for kind in kinds if kind in KINDS and not KINDS[kind].internal),
        # What the title says already is not said again.
        tuple(name for name in named if name and name not in title),
        len(records),
        row.step is not None,
    )


def _state(step: StepRecord | None, gone: set[int]) -> str:
    if step is None:
        return "theirs"
    if step.reverses:
        return "undoes"
    if not step.undoable:
        return "final"
    return "undone" if step.number in gone else "stands"


def _fits(doing: Doing, wanted: Wanted) -> bool:
    said = " ".join((doing.title, doing.who, *doing.titles)).casefold()
    is_kind = not wanted.kind or wanted.kind in doing.kinds
    return is_kind and all(word in said for word in wanted.text.casefold().split())
