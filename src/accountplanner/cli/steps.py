"""Undo, redo, and what was done: the steps of a workspace."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.exits import DONE, NEEDS_A_PERSON
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_json, print_table, say, warn
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.undo import StepRecord, next_to_redo, next_to_undo, undone

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

commands = typer.Typer()

_Times = Annotated[
    int | None, typer.Argument(metavar="N", min=1, show_default=False, help="How many steps; one if not said.")
]
_Step = Annotated[
    int | None, typer.Option("--step", metavar="NUMBER", min=1, help="That very step instead, as history numbers it.")
]
_Next = Callable[[Sequence[StepRecord]], StepRecord | None]


@commands.command()
def undo(context: typer.Context, times: _Times = None, *, step: _Step = None, as_json: AsJson = False) -> int:
    """Take back the last step, the last N, or one chosen step."""
    from accountplanner.usecases.history import undo as undo_last
    from accountplanner.usecases.history import undo_step

    session = _opened(context, times, step)
    done = [undo_step(session, step)] if step else _repeat(session, times or 1, next_to_undo, undo_last)
    return _tell(done, "There is nothing to undo.", as_json=as_json)


@commands.command()
def redo(context: typer.Context, times: _Times = None, *, step: _Step = None, as_json: AsJson = False) -> int:
    """Bring back what was undone last, the last N, or one chosen step."""
    from accountplanner.usecases.history import redo as redo_last
    from accountplanner.usecases.history import redo_step

    session = _opened(context, times, step)
    done = [redo_step(session, step)] if step else _repeat(session, times or 1, next_to_redo, redo_last)
    return _tell(done, "There is nothing to redo.", as_json=as_json)


def _opened(context: typer.Context, times: int | None, step: int | None) -> "Session":
    if times and step:
        raise WrongUseError("Say either how many steps or, with --step, which one.")
    return opened_to_change(context)


@commands.command()
def history(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=0, help="At most so many, the newest first; 0 for all.")] = 50,
    parked: Annotated[
        bool, typer.Option("--parked", help="What colleagues did instead that waits here for an earlier file.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what was done in this workspace, the newest first."""
    from accountplanner.usecases.history import steps

    session = opened(context)
    if parked:
        _list_parked(session, as_json=as_json)
        return
    every = steps(session)
    gone = undone(every)
    shown = every[::-1][: limit or None]
    if as_json:
        print_json([_facts(step, gone) for step in shown])
        return
    rows = [(step.number, step.done_at, step.title, _state(step, gone)) for step in shown]
    print_table(("Step", "Done at", "What", "State"), rows)


def _list_parked(session: "Session", *, as_json: bool) -> None:
    from accountplanner.usecases.parked import parked_steps

    found = parked_steps(session)
    if as_json:
        print_json([asdict(each) for each in found])
    elif found:
        rows = [(each.who, each.count, each.since[:10], ", ".join(each.needs), each.sentence) for each in found]
        print_table(("Whose", "Steps", "Since", "Missing from", "What to do"), rows)
    else:
        say("Nothing of colleagues waits for an earlier file.")


def _repeat(session: "Session", times: int, find: _Next, do: Callable[["Session"], Changes]) -> list[Changes]:
    """Do it so many times, or until nothing is left: that is no failure."""
    from accountplanner.usecases.history import steps

    done: list[Changes] = []
    while len(done) < times and find(steps(session)) is not None:
        done.append(do(session))
    return done


def _tell(done: Sequence[Changes], nothing: str, *, as_json: bool) -> int:
    skipped = [sentence for changes in done for sentence in changes.skipped]
    if as_json:
        print_json(
            {
                "steps": [{"step": changes.step, "title": changes.title} for changes in done],
                "changed": sorted({record for changes in done for record in changes.records}),
                "skipped": skipped,
            }
        )
    else:
        for changes in done:
            say(f"{changes.title}.")
        if not done:
            say(nothing)
    for sentence in skipped:
        warn(sentence)
    return NEEDS_A_PERSON if skipped else DONE


def _facts(step: StepRecord, gone: set[int]) -> dict[str, object]:
    return {
        "step": step.number,
        "done_at": step.done_at,
        "title": step.title,
        "reverses": step.reverses,
        "state": _state(step, gone),
    }


def _state(step: StepRecord, gone: set[int]) -> str:
    if not step.undoable:
        return "permanent"
    return "undone" if step.number in gone else "stands"
