"""`sample`: a believable territory to look around in."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from typing import Annotated

import typer

from accountplanner.cli.context import opened_to_change
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_changes, progress

commands = typer.Typer()


@commands.command()
def sample(
    context: typer.Context,
    *,
    accounts: Annotated[int, typer.Option(min=1, help="How many accounts.")] = 60,
    seed: Annotated[int, typer.Option(help="The same number makes the same territory.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Fill the workspace with a believable territory. One step to undo."""
    from accountplanner.usecases.sample import fill_sample

    session = opened_to_change(context)
    with progress("Sample territory") as report:
        changes = fill_sample(session, accounts, seed, report)
    print_changes(changes, as_json=as_json)
