"""Undo, redo, and the list of what was done: steps that survive a restart."""

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import EXISTS
from accountplanner.domain.undo import Skipped, StepRecord, next_to_redo, next_to_undo
from accountplanner.store.undoing import plan_undo
from accountplanner.usecases.session import Session


def steps(session: Session) -> list[StepRecord]:
    """Every step of this workspace, oldest first."""
    return session.store.transactions.steps()


def undo(session: Session) -> Changes:
    """Take back the newest step that stands.

    Raises:
        WrongUseError: there is nothing to undo.
    """
    step = next_to_undo(steps(session))
    if step is None:
        raise WrongUseError("There is nothing to undo.")
    return _reverse(session, step, f"Undo: {_bare(step)}")


def redo(session: Session) -> Changes:
    """Bring back the step undone last.

    Raises:
        WrongUseError: there is nothing to redo, or something new was done since.
    """
    step = next_to_redo(steps(session))
    if step is None:
        raise WrongUseError("There is nothing to redo.")
    return _reverse(session, step, f"Redo: {_bare(step)}")


def reverse(session: Session, step: StepRecord) -> Changes:
    """Take back one step, whichever it is; what was changed since is left alone and listed."""
    return _reverse(session, step, f"Undo: {_bare(step)}")


def _bare(step: StepRecord) -> str:
    return step.title.removeprefix("Undo: ").removeprefix("Redo: ")


def _reverse(session: Session, step: StepRecord, title: str) -> Changes:
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
        what = "the record" if left.field == EXISTS else field.label if field else left.field
        sentences.append(f"{titles.get(left.record) or left.record}: {what} was left as it is ({left.reason})")
    return list(dict.fromkeys(sentences))
