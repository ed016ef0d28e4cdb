"""Commands about the queue: conflicts and suggestions that wait for a person."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_changes, print_json, print_table
from accountplanner.domain.errors import WrongUseError

if TYPE_CHECKING:
    from accountplanner.usecases.reviewing import QueueItem

commands = typer.Typer(help="What waits for a person: conflicts and suggestions.", no_args_is_help=True)

_Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids as review list shows them, or all.")]


@commands.command("list")
def list_queue(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List everything that waits for a person, conflicts first."""
    from accountplanner.usecases.reviewing import queue

    items = queue(opened(context))
    if as_json:
        print_json([_facts(item) for item in items])
    else:
        print_table(("Id", "Kind", "About", "Field", "Why", "To choose from"), map(_row, items))


@commands.command()
def accept(context: typer.Context, ids: _Ids, *, as_json: AsJson = False) -> None:
    """Accept suggestions; one step to undo."""
    from accountplanner.usecases.reviewing import accept as accept_suggestions

    print_changes(accept_suggestions(opened_to_change(context), _meant(ids)), as_json=as_json)


@commands.command()
def reject(context: typer.Context, ids: _Ids, *, as_json: AsJson = False) -> None:
    """Reject suggestions; one step to undo."""
    from accountplanner.usecases.reviewing import reject as reject_suggestions

    print_changes(reject_suggestions(opened_to_change(context), _meant(ids)), as_json=as_json)


@commands.command()
def resolve(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ID", help="The conflict's id as review list shows it.")],
    number: Annotated[
        int, typer.Argument(metavar="N", min=1, show_default=False, help="Which of the values to keep.")
    ] = 0,
    *,
    value: Annotated[str, typer.Option(help="Another value than those in conflict.")] = "",
    as_json: AsJson = False,
) -> None:
    """Settle a conflict with one of its values, or with another."""
    from accountplanner.usecases.reviewing import resolve as settle

    if bool(number) == bool(value):
        raise WrongUseError("Say which value to keep by its number, or give another one with --value.")
    print_changes(settle(opened_to_change(context), item, number, value), as_json=as_json)


def _meant(ids: Sequence[str]) -> list[str]:
    """An id that a script left blank would begin every id there is."""
    if not all(each.strip() for each in ids):
        raise WrongUseError("An id is blank.")
    return [each.strip() for each in ids]


def _facts(item: "QueueItem") -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "label": item.label,
        "reason": item.reason,
        "record": item.record,
        "field": item.field,
        "voice": item.voice,
        "other": item.other,
        "values": [
            {"number": number, "value": value.value, "text": value.text, "speaker": value.speaker, "date": value.date}
            for number, value in enumerate(item.values, start=1)
        ],
    }


def _row(item: "QueueItem") -> tuple[str, ...]:
    choices = (f"{number}: {value.text} ({value.speaker})" for number, value in enumerate(item.values, start=1))
    return item.id, item.kind, item.title, item.label, item.reason, "; ".join(choices)
