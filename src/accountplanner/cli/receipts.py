"""`receipt`: what became of each answer a channel partner gave."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from typing import Annotated

import typer

from accountplanner.cli.context import opened
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_json, print_table

commands = typer.Typer()


@commands.command()
def receipt(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="NAME", help="A channel partner by name or id.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say what became of each answer in a channel partner's workbooks."""
    from accountplanner.usecases.naming import find_record
    from accountplanner.usecases.receipts import worded_receipts

    session = opened(context)
    lines = worded_receipts(session, find_record(session, "partner", partner))
    if as_json:
        print_json([line._asdict() for line in lines])
    else:
        print_table(("Date", "About", "Question", "Your answer", "What became of it"), lines)
