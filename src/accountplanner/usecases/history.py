"""Undo, redo, and the list of what was done: steps that survive a restart."""

from collections.abc import Iterable, Sequence

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import fixed, titled, told
from accountplanner.domain.statements import EXISTS
from accountplanner.domain.undo import (
    Skipped,
    StepRecord,
    first_of,
    next_to_redo,
    next_to_undo,
    to_turn,
    undone,
)
from accountplanner.store.undoing import plan_undo, steps_that_brought
from accountplanner.usecases.session import Session

_LATEST = 1_000


def steps(session: Session) -> list[StepRecord]:
    """Every step of this workspace, oldest first."""
    return session.store.transactions.steps()


def next_steps(session: Session, latest: int = _LATEST) -> tuple[StepRecord | None, StepRecord | None]:
    """What undo and redo would turn now. So many of the latest steps tell, unless nothing new was done among them."""
    transactions = session.store.transactions
    since = transactions.last_step() - latest
    found = transactions.steps(since)
    if next_to_undo(found) is None or all(each.reverses or each.number < since for each in found if each.undoable):
        found = steps(session)
    return next_to_undo(found), next_to_redo(found)


def undo(session: Session) -> Changes:
    """Take back the newest step that stands.

    Raises:
        WrongUseError: there is nothing to undo.
    """
    every = steps(session)
    step = next_to_undo(every)
    if step is None:
        raise WrongUseError("There is nothing to undo.")
    return _reverse(session, every, step)


def redo(session: Session) -> Changes:
    """Bring back the step undone last.

    Raises:
        WrongUseError: there is nothing to redo, or something new was done since.
    """
    every = steps(session)
    step = next_to_redo(every)
    if step is None:
        raise WrongUseError("There is nothing to redo.")
    return _reverse(session, every, step)


def undo_step(session: Session, number: int) -> Changes:
    """Take back one step, however old; what was changed since is left alone and listed.

    Raises:
        WrongUseError: there is no such step, it is undone already, or it cannot be undone.
    """
    every = steps(session)
    step = _numbered(every, number)
    if number in undone(every):
        raise WrongUseError(told("Step {number} is undone already.", number=number))
    return _reverse(session, every, to_turn(every, step))


def redo_step(session: Session, number: int) -> Changes:
    """Bring back one step that was undone, also when others came later; what was changed since is left alone.

    Raises:
        WrongUseError: there is no such step, or it is not undone.
    """
    every = steps(session)
    step = _numbered(every, number)
    if number not in undone(every):
        raise WrongUseError(told("Step {number} is not undone, so there is nothing to redo.", number=number))
    return _reverse(session, every, to_turn(every, step))


def undone_imports(session: Session, marks: Iterable[str], files: Iterable[str]) -> tuple[StepRecord, ...]:
    """The steps that had brought in these cells, by their marks, or files, by their content, and are undone now."""
    every = steps(session)
    gone = undone(every)
    if not gone:
        return ()
    brought = steps_that_brought(session.store.team, marks, files) & gone
    return tuple(step for step in every if step.number in brought)


def _numbered(every: Sequence[StepRecord], number: int) -> StepRecord:
    step = next((each for each in every if each.number == number), None)
    if step is None:
        raise WrongUseError(
            told("There is no step {number}; the list of steps is: accountplanner history", number=number)
        )
    if not step.undoable:
        raise WrongUseError(told("Step {number} cannot be undone.", number=number))
    return step


def _reverse(session: Session, every: Sequence[StepRecord], step: StepRecord) -> Changes:
    first = first_of(every, step)
    title = titled("Redo: {title}" if first.number in undone(every) else "Undo: {title}", title=first.title)
    store = session.store
    skipped: list[Skipped] = []
    with session.transaction(title, reverses=step.number) as writing:
        for layer, written in ((Layer.TEAM, writing.team), (Layer.ME, writing.me)):
            plan = plan_undo(store.layer(layer), written.connection, step.number)
            writing.say(layer, plan.statements)
            skipped += plan.skipped
        # A step of which nothing is left to undo still counts as undone, or undo would stick to it.
        writing.wrote = True
        writing.skipped += _told(session, skipped)
    return session.changes(writing, title)


def _told(session: Session, skipped: list[Skipped]) -> list[str]:
    titles = session.store.titles([left.record for left in skipped])
    sentences = []
    for left in skipped:
        field = known_field(kind_of(left.record), left.field)
        what = told("the record") if left.field == EXISTS else fixed(field.label) if field else left.field
        named = titles.get(left.record) or left.record
        sentences.append(
            told("{record}: {what} was left as it is ({reason})", record=named, what=what, reason=fixed(left.reason))
        )
    return list(dict.fromkeys(sentences))
