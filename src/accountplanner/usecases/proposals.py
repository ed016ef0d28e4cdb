"""What imports proposed. A decided proposal stays in the drawer, so that undoing the decision puts it back in the queue."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Final, NamedTuple

from accountplanner.domain.errors import PlannerError
from accountplanner.domain.sentences import brought_back, kept, titled
from accountplanner.domain.statements import Statement
from accountplanner.store.queries import CachedRecord
from accountplanner.store.tables import SuggestionRow
from accountplanner.usecases.import_plans import ImportPlan, Suggested
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import WITHDRAWAL, withdrawn_now

_DAY: Final = len("2026-11-20")


def proposal_rows(session: Session, proposed: Iterable[Suggested], plan: ImportPlan) -> list[SuggestionRow]:
    """Write proposals down as they are kept, each with the files it came from."""
    contents = [session.store.archive.content_id(file.content.data) for file in plan.files]
    made_at = session.clock.now().isoformat(timespec="seconds")
    return [_row(each, contents, made_at) for each in proposed]


def _row(each: Suggested, contents: list[str], made_at: str) -> SuggestionRow:
    if each.kind == "waiting":
        contents = [each.other]
    worded = {"title": kept(each.title), "reason": kept(each.reason)}
    body = json.dumps(asdict(each) | worded, ensure_ascii=False)
    return SuggestionRow(id=each.id, kind=each.kind, file=",".join(contents), made_at=made_at, body=body)


class Proposed(NamedTuple):
    """A proposal, the day it came, and the verdict that stands: accepted, rejected, held or none."""

    suggested: Suggested
    came_on: str
    verdict: str


def every_proposal(session: Session) -> Iterator[Proposed]:
    """What was ever proposed here, the oldest first, decided here or elsewhere in the team or not at all."""
    rows = session.store.suggestions()
    held = {each.record: each for each in session.store.every("verdict")} if rows else {}
    for row in rows:
        verdict = _verdict(session, held.get(session.store.verdict_record(row.id)), row.id)
        yield Proposed(_read(row), row.made_at[:_DAY], verdict)


def open_suggestions(session: Session) -> list[Suggested]:
    """What nobody has decided, here or elsewhere in the team, the oldest first.

    An answer that stands no longer cannot be taken back, and nobody is asked about it; of another one it is shown what
    would stand then.
    """
    every = list(every_proposal(session))
    before = _given_up(every)
    found = [each.suggested for each in every if not each.verdict]
    shown = (_looked_at(session, each, before) if each.kind == WITHDRAWAL else each for each in found)
    return [each for each in shown if each is not None]


def given_up(session: Session) -> frozenset[str]:
    """The answers, by their marks, that a person has agreed to take back."""
    return _given_up(every_proposal(session))


def _given_up(every: Iterable[Proposed]) -> frozenset[str]:
    return frozenset(
        each.suggested.other for each in every if each.suggested.kind == WITHDRAWAL and each.verdict == "accepted"
    )


def _looked_at(session: Session, each: Suggested, before: frozenset[str]) -> Suggested | None:
    statements = withdrawn_now(session, each, before)
    return replace(each, statements=statements) if statements else None


def _verdict(session: Session, held: CachedRecord | None, about: str) -> str:
    """The verdict that stands; where several meet, a list cannot tell, for a blank may be shown first."""
    if held is None:
        return ""
    return held.values.get("verdict") or (session.store.verdict(about) if held.conflicts else "")


def replace_proposals(session: Session, changed: Iterable[Suggested]) -> None:
    """Word proposals anew that have been made already: each stays the same one."""
    rows = [_row(each, [], session.clock.now().isoformat(timespec="seconds")) for each in changed]
    with session.transaction(titled("File to be brought again"), undoable=False) as writing:
        session.store.drop_suggestions(writing.team.connection, [row.id for row in rows])
        session.store.suggest(writing.team.connection, rows)


def is_content_gone(session: Session, waiting: Suggested) -> bool:
    """Whether an erasure has dropped the bytes of a file that waits for its export."""
    file = session.store.archive.find(waiting.other)
    return file is not None and file.dropped


def is_decided(session: Session, each: Suggested) -> bool:
    """Whether somebody in the team has accepted or rejected it."""
    return session.store.verdict(each.id) != ""


def _read(row: SuggestionRow) -> Suggested:
    try:
        loaded = json.loads(row.body)
        statements = tuple(Statement(**each) for each in loaded.pop("statements"))
        worded = {"title": brought_back(loaded.pop("title")), "reason": brought_back(loaded.pop("reason"))}
        private = tuple(loaded.pop("private", ()))
        return Suggested(**loaded, **worded, statements=statements, private=private)
    except (TypeError, ValueError, KeyError) as error:
        raise PlannerError("A suggestion of an earlier import cannot be read any more.") from error
