"""`tour`: the whole job without a window."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from pathlib import Path
from typing import Annotated

import typer

from accountplanner.cli.context import shell_of
from accountplanner.cli.exits import DONE, REFUSED
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_json, say, warn

commands = typer.Typer()


@commands.command()
def tour(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where every file of the tour is left.")],
    *,
    accounts: Annotated[int, typer.Option(min=1, help="How many accounts the sample territory has.")] = 40,
    as_json: AsJson = False,
) -> int:
    """Do the whole job on a sample territory.

    Two laptops, a colleague and a partner with Excel only.
    """
    from accountplanner.usecases.tour import ACCOUNT, take_tour

    taken = take_tour(folder, (lambda _sentence: None) if as_json else say, shell_of(context).clock, accounts)
    if as_json:
        facts = {"folder": str(folder), "told": taken.told, "equal": taken.equal, "sound": taken.sound}
        print_json(facts)
    else:
        say(f"Every file lies in {folder}; {ACCOUNT} says what happened.")
    if taken.equal and taken.sound:
        return DONE
    warn("The tour did not end as it must: please send us its folder.")
    return REFUSED
