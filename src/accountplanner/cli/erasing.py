"""`erase`: a person disappears, from every laptop of the team."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

import sys
from typing import TYPE_CHECKING, Any

import typer

from accountplanner.cli.context import opened_to_change
from accountplanner.cli.exits import DONE, NEEDS_A_PERSON
from accountplanner.cli.options import AsJson, Name
from accountplanner.cli.printing import print_json, say

if TYPE_CHECKING:
    from accountplanner.usecases.erasing import Erased

commands = typer.Typer()


@commands.command()
def erase(context: typer.Context, name: Name, *, as_json: AsJson = False) -> int:
    """Erase a person and all that is known of them. This cannot be undone."""
    from accountplanner.usecases.erasing import erase as erase_person
    from accountplanner.usecases.naming import find_record

    session = opened_to_change(context)
    record = find_record(session, "contact", name)
    # A script means what it says; a person at a terminal is asked once.
    if sys.stdin.isatty() and not typer.confirm(f"Erase {name} for good, on every laptop of the team?", err=True):
        raise typer.Abort
    erased = erase_person(session, record)
    if as_json:
        print_json(_facts(record, erased))
    else:
        _tell(erased)
    return NEEDS_A_PERSON if erased.mentions or erased.again else DONE


def _facts(record: str, erased: "Erased") -> dict[str, Any]:
    return {
        "record": record,
        "mentions": list(erased.mentions),
        "files_dropped": list(erased.files),
        "sent": [each._asdict() for each in erased.sent],
        "bring_again": list(erased.again),
    }


def _tell(erased: "Erased") -> None:
    say("The person was erased here; colleagues' laptops follow when they read your next workbook.")
    for record in erased.mentions:
        say(f"Still named in somebody's words, please look: {record}")
    for file in erased.files:
        say(f"The archived copy of {file} was dropped.")
    for sentence in erased.again:
        say(sentence)
    for sent in erased.sent:
        say(f"Left before with them in it, ask whoever has it to delete it: {sent.title}, {sent.made_on}")
