"""Today: what needs this person now, and the one obvious thing done about each line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accountplanner.domain.calendar import read_day
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import derived_id
from accountplanner.domain.sentences import titled
from accountplanner.domain.statements import exists, state
from accountplanner.insight.agenda import AgendaLine, Group, LineKind, ranked
from accountplanner.store import dated
from accountplanner.usecases import agenda_facts as facts
from accountplanner.usecases.browsing import ListQuery, first_numbers
from accountplanner.usecases.editing import say_new_record
from accountplanner.usecases.myself import colleague_of
from accountplanner.usecases.session import Session

__all__ = ["Agenda", "AgendaLine", "Group", "LineKind", "agenda", "done", "snooze"]

_STALE_REST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Agenda:
    """The lines in the order they are worked through.

    `mine` says whether only this person's accounts and actions are meant; `knows_me` whether a
    colleague with this person's name or address is on file at all. `snoozed` counts what is put off;
    `is_new` is set while the workspace holds no account.
    """

    lines: tuple[AgendaLine, ...]
    today: date
    mine: bool
    knows_me: bool
    snoozed: int = 0
    is_new: bool = False


def agenda(session: Session, *, mine: bool = True) -> Agenda:
    """Everything that needs a person today, ranked; what was snoozed stays away until its day."""
    today, me = session.clock.today(), colleague_of(session)
    owner = me if mine else ""
    lines = [*facts.promises(session), *facts.visits(session), *facts.gaps(session, owner),
             *facts.renewals(session, owner), *facts.opportunities(session), *facts.yearly_dates(session),
             *facts.asked_for_peace(session)]  # fmt: skip
    if owner:
        owned = dated.owned_among(session.store.team, owner, _accounts_of(lines))
        lines = [line for line in lines if _concerns(line, owned, owner)]
    kept = facts.named(session, lines)
    soon = [line for line in kept if facts.is_soon(line, today)]
    met = [line.contact or line.account for line in soon if line.kind is not LineKind.GAP]
    kept += facts.named(session, facts.disputes(session, _accounts_of(soon)))
    kept += _without_repeated(kept, facts.named(session, facts.heard_enough(session, _accounts_of(soon))))
    kept += facts.named(session, facts.stale_answers(session, [record for record in met if record]))
    kept += [*facts.inbox(session), *facts.waiting(session)]
    put_off = _snoozes(session)
    shown = [line for line in kept if not put_off or put_off.get(_snooze_record(session, line.id), today) <= today]
    return Agenda(tuple(ranked(shown, today)), today, bool(owner), bool(me), len(kept) - len(shown), _is_new(session))


def snooze(session: Session, line: AgendaLine, until: date) -> Changes:
    """Put a line off until a day. It is this person's own wish, so it never leaves the computer.

    Raises:
        WrongUseError: the day is not after today.
    """
    if until <= session.clock.today():
        raise WrongUseError("A line can only be put off until a day to come.")
    return _put_off(session, line, until, titled("Put off until {day}", day=until))


def done(session: Session, line: AgendaLine) -> Changes:
    """Do the one obvious thing about a line: a promise is kept, a call is logged, a date has been seen.

    Raises:
        WrongUseError: the line is about something that is decided elsewhere.
    """
    if line.kind in (LineKind.PROMISE, LineKind.ACTION):
        # Plans are loaded with the first promise kept: the page a day starts with does not wait for them.
        from accountplanner.usecases.planning import finish_action  # noqa: PLC0415

        return finish_action(session, line.record)
    if line.kind is LineKind.GAP:
        return _log_call(session, line)
    if line.kind in (LineKind.CONFLICTS, LineKind.SUGGESTIONS, LineKind.FILES, LineKind.INBOX):
        raise WrongUseError("This is decided where it waits; open it.")
    today = session.clock.today()
    if line.day is not None and line.day >= today:
        return _put_off(session, line, line.day + timedelta(days=1), titled("Marked as seen"))
    return _put_off(session, line, today + timedelta(days=_STALE_REST_DAYS), titled("Marked as seen"))


def _accounts_of(lines: Iterable[AgendaLine]) -> set[str]:
    return {line.account for line in lines if line.account}


def _without_repeated(told: Iterable[AgendaLine], lines: Iterable[AgendaLine]) -> list[AgendaLine]:
    """Those that are not told already: who asked for peace needs no second reason."""
    known = {line.id for line in told}
    return [line for line in lines if line.id not in known]


def _concerns(line: AgendaLine, owned: set[str], me: str) -> bool:
    if line.kind in (LineKind.PROMISE, LineKind.ACTION) and line.detail:
        return line.detail == me
    return line.account in owned or not line.account


def _log_call(session: Session, line: AgendaLine) -> Changes:
    record, title = session.new_id("touch"), titled("Call logged")
    values = {
        "subject": "Call",
        "account": line.account,
        "channel": "call",
        "direction": "both",
        "happened_on": session.clock.today().isoformat(),
    }
    me = colleague_of(session)
    with session.transaction(title) as writing:
        say_new_record(session, writing, record, values | ({"colleague": me} if me else {}))
    return session.changes(writing, title)


def _put_off(session: Session, line: AgendaLine, until: date, title: str) -> Changes:
    record, source = _snooze_record(session, line.id), session.source(origin="snooze")
    said = [
        exists(record, source),
        state(record, "line", line.id, source),
        state(record, "until", until.isoformat(), source),
    ]
    with session.transaction(title) as writing:
        writing.say(Layer.ME, said)
    return session.changes(writing, title)


def _snooze_record(session: Session, line_id: str) -> str:
    return derived_id("snooze", session.store.identity.team_secret, line_id)


def _snoozes(session: Session) -> dict[str, date]:
    found = dated.values_given(session.store.me, ("snooze", "until"))
    return {record: day for record, value in found if (day := read_day(value)) is not None}


def _is_new(session: Session) -> bool:
    return not first_numbers(session, ListQuery("account"), 1)
