"""Today without a window: what needs a person, and each line's one obvious thing."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_changes, print_json, print_table
from accountplanner.cli.wording import day_meant
from accountplanner.domain.errors import NotFoundError, WrongUseError

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session
    from accountplanner.usecases.today import AgendaLine

commands = typer.Typer()

_WHEN = {"now": "Now", "week": "This week", "later": "Coming up", "any_time": "Any time"}


@commands.command()
def today(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    *,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody's, not only mine.")] = False,
    done: Annotated[str, typer.Option(metavar="ID", help="Do a line's one obvious thing.")] = "",
    snooze: Annotated[str, typer.Option(metavar="ID", help="Put a line off until --until.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="The day a line comes back.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what needs you today, and why. --as-of says for which day."""
    from accountplanner.usecases import today as usecase

    if bool(snooze) != bool(until):
        raise WrongUseError("To put a line off, give both --snooze and --until.")
    if done or snooze:
        session = opened_to_change(context)
        line = _line(session, done or snooze)
        changes = usecase.done(session, line) if done else usecase.snooze(session, line, day_meant(until))
        print_changes(changes, as_json=as_json)
        return
    found = usecase.agenda(opened(context), mine=not everybody)
    if as_json:
        print_json([_facts(line) for line in found.lines])
    else:
        rows = [
            (_WHEN[line.group], line.kind, line.title, _where(line), _day(line.day), line.id) for line in found.lines
        ]
        print_table(("When", "What", "Title", "Where", "Day", "Id"), rows)


def _line(session: "Session", name: str) -> "AgendaLine":
    from accountplanner.usecases.today import agenda

    for mine in (True, False):
        for line in agenda(session, mine=mine).lines:
            if line.id == name:
                return line
    raise NotFoundError("line", name)


def _where(line: "AgendaLine") -> str:
    return ", ".join(part for part in (line.contact_name, line.account_name) if part and part != line.title)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _facts(line: "AgendaLine") -> dict[str, Any]:
    return {
        "id": line.id,
        "when": line.group,
        "kind": line.kind,
        "title": line.title,
        "record": line.record,
        "account": line.account_name,
        "contact": line.contact_name,
        "day": _day(line.day),
        "count": line.count,
    }
