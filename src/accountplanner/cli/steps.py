"""Undo, redo, and what was done: the steps of a workspace."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.exits import DONE, NEEDS_A_PERSON
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_json, print_table, say, warn
from accountplanner.domain.changes import Changes
from accountplanner.domain.undo import StepRecord, next_to_redo, next_to_undo

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

commands = typer.Typer()

_Times = Annotated[int, typer.Argument(metavar="N", min=1, show_default=False, help="How many steps.")]
_Next = Callable[[Sequence[StepRecord]], StepRecord | None]


@commands.command()
def undo(context: typer.Context, times: _Times = 1, *, as_json: AsJson = False) -> int:
    """Take back the last step, or the last N."""
    from accountplanner.usecases.history import undo as undo_step

    done = _repeat(opened_to_change(context), times, next_to_undo, undo_step)
    return _tell(done, "There is nothing to undo.", as_json=as_json)


@commands.command()
def redo(context: typer.Context, times: _Times = 1, *, as_json: AsJson = False) -> int:
    """Bring back the step that was undone last, or the last N."""
    from accountplanner.usecases.history import redo as redo_step

    done = _repeat(opened_to_change(context), times, next_to_redo, redo_step)
    return _tell(done, "There is nothing to redo.", as_json=as_json)


@commands.command()
def history(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=0, help="At most so many, the newest first; 0 for all.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what was done in this workspace, the newest first."""
    from accountplanner.usecases.history import steps

    every = steps(opened(context))
    reversed_numbers = {step.reverses for step in every if step.reverses}
    shown = every[::-1][: limit or None]
    if as_json:
        print_json([_facts(step, reversed_numbers) for step in shown])
        return
    rows = [(step.number, step.done_at, step.title, _state(step, reversed_numbers)) for step in shown]
    print_table(("Step", "Done at", "What", "State"), rows)


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


def _facts(step: StepRecord, reversed_numbers: set[int]) -> dict[str, object]:
    return {
        "step": step.number,
        "done_at": step.done_at,
        "title": step.title,
        "reverses": step.reverses,
        "state": _state(step, reversed_numbers),
    }


def _state(step: StepRecord, reversed_numbers: set[int]) -> str:
    if not step.undoable:
        return "permanent"
    return "undone" if step.number in reversed_numbers else "stands"
