"""`import`: any workbook, table, address book or calendar; what is clean is applied, the rest waits for a person."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened_to_change
from accountplanner.cli.exits import DONE, NEEDS_A_PERSON
from accountplanner.cli.options import AsJson, PasswordFile
from accountplanner.cli.passphrases import given_password, telling_how_to_open
from accountplanner.cli.printing import print_json, print_table, progress, say, warn
from accountplanner.cli.reviewing import tell_parked
from accountplanner.cli.wording import currency_meant, kind_meant
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.errors import WrongUseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accountplanner.domain.problems import Problem
    from accountplanner.domain.undo import StepRecord
    from accountplanner.usecases.import_plans import Counts, ImportPlan, ImportPreview, ImportResult, PreviewItem

commands = typer.Typer()

_MOST_PROBLEMS = 20
_MOST_ITEMS = 50
_ID_LETTERS = 12


@commands.command("import")
def import_files(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="xlsx, xls, xlsb, ods, CSV, vCard or iCalendar.")],
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would happen, and change nothing.")] = False,
    mapping: Annotated[
        str, typer.Option("--map", help="How somebody's own list reads: a saved mapping's name, or a TOML file.")
    ] = "",
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="What somebody's own list holds: case, touch, purchase …")
    ] = "",
    currency: Annotated[str, typer.Option(help="The currency of amounts that name none.")] = "",
    rejoin: Annotated[bool, typer.Option("--rejoin", help="Put torn rows together again as proposed.")] = False,
    shares: Annotated[
        bool,
        typer.Option(
            "--share", help="Give notes and personal answers of an address book to the team; else they stay here."
        ),
    ] = False,
    rejected: Annotated[
        Path | None,
        typer.Option(help="Write the rows not wholly taken to this CSV file, to be mended and brought again."),
    ] = None,
    leave_out: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Leave out a change that --preview lists; may be repeated.")
    ] = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> int:
    """Bring in workbooks, lists, address books or calendars. What is clean is applied, the rest waits for you."""
    from accountplanner.usecases.import_plans import ImportOptions, ImportPreview
    from accountplanner.usecases.importing import import_files as bring_in
    from accountplanner.usecases.importing import preview_import

    if mapping and kind:
        raise WrongUseError("Say either --map or --as: a mapping says itself what a list holds.")
    options = ImportOptions(
        mapping,
        currency=currency_meant(currency) if currency else "",
        password=given_password(password_file),
        rejoin=rejoin,
        kind=kind_meant(kind).key if kind else "",
        shares=shares,
    )
    session = opened_to_change(context)
    plans: list[ImportPlan] = []

    def planned(plan: "ImportPlan") -> None:
        _write_rejected(plan, rejected, files)
        plans.append(plan)

    result = None
    if preview:
        with telling_how_to_open(), progress("Reading"):
            previewed = preview_import(session, files, options)
        planned(previewed.plan)
    else:
        with telling_how_to_open(), progress("Importing"):
            result = bring_in(session, files, options, planned, leave_out or ())
        previewed = ImportPreview(plans[0], result.counts, (), result.undone)
    if as_json:
        print_json(_facts(previewed, result))
    else:
        _tell(previewed, result)
        if result and result.counts.parked:
            tell_parked(session)
    return NEEDS_A_PERSON if (result or previewed).counts.needs_person else DONE


def _write_rejected(plan: "ImportPlan", path: Path | None, files: "Sequence[Path]") -> None:
    from accountplanner.usecases.mapping_choices import write_rejected

    if path is None:
        if plan.rejected:
            warn("--rejected FILE.csv writes out the rows that are not wholly taken, to be mended and brought again.")
        return
    if path.resolve() in {file.resolve() for file in files}:
        raise WrongUseError(f"“{path.name}” is the list itself; name another file for the rejected rows.")
    if not plan.rejected:
        warn(f"Every row was taken; “{path.name}” was not written.")
    for written in write_rejected(plan.rejected, path):
        warn(f"The rows that were not wholly taken stand in {written}, each with the reason.")


def _facts(previewed: "ImportPreview", result: "ImportResult | None") -> dict[str, Any]:
    plan = previewed.plan
    facts: dict[str, Any] = {
        "applied": result is not None,
        "step": result.step if result else 0,
        "files": [file.name for file in plan.files],
        "counts": asdict((result or previewed).counts),
        "problems": [{**asdict(problem), "sentence": problem.sentence()} for problem in plan.problems],
        "held": list(plan.held),
        "rejoinings": [each.sentence() for each in plan.rejoinings],
        "rejoined": plan.rejoined,
        "notices": list((result or plan).notices),
        "undone": [{"step": step.number, "title": step.title} for step in previewed.undone],
    }
    if result is None:
        facts["items"] = [asdict(item) for item in previewed.items]
    return facts


def _tell(previewed: "ImportPreview", result: "ImportResult | None") -> None:
    plan = previewed.plan
    counts = (result or previewed).counts
    say(_headline(previewed, result))
    for line in count_lines(counts):
        say(line)
    for notice in (*(result or plan).notices, *plan.held):
        say(notice)
    tell_undone(previewed.undone)
    _tell_rejoinings(plan)
    tell_problems(plan.problems)
    if result is None:
        tell_items(previewed.items)
    elif counts.queued:
        warn("Something waits for you; see: accountplanner review list")


def _tell_rejoinings(plan: "ImportPlan") -> None:
    """Show how torn rows would be put together, where that has not been decided yet."""
    if not plan.rejoinings or plan.rejoined:
        return
    say("These torn rows can be put together again, all at once by --rejoin:")
    for each in plan.rejoinings[:_MOST_PROBLEMS]:
        say(f"  {each.sentence()}")
    if len(plan.rejoinings) > _MOST_PROBLEMS:
        say(f"  and {len(plan.rejoinings) - _MOST_PROBLEMS} more; --json lists them all")


def _headline(previewed: "ImportPreview", result: "ImportResult | None") -> str:
    """What becomes of the files, in a sentence: a file that changes nothing was not imported."""
    plan, counts = previewed.plan, previewed.counts
    names = " and ".join(f"“{file.name}”" for file in plan.files)
    if counts.changes or (result is not None and result.step):
        return f"{names} {_form(plan, 'was', 'were')} taken in." if result else f"{names} would be taken in."
    if result is None:
        return f"{names} would change nothing{' before you decide' if counts.queued else ''}."
    left = "nothing changes before you decide" if counts.queued else "nothing was changed"
    return f"{names} {_form(plan, 'is', 'are')} kept; {left}."


def _form(plan: "ImportPlan", one: str, many: str) -> str:
    return one if len(plan.files) == 1 else many


def tell_undone(steps: "Iterable[StepRecord]") -> None:
    """Say which earlier imports of the same stay undone, and how to bring them back."""
    for step in steps:
        say(
            f"What it says had come in by step {step.number} ({step.title}), which was undone; it stays undone. "
            f"To bring it back: accountplanner redo --step {step.number}"
        )


def count_lines(counts: "Counts") -> "Iterable[str]":
    """What comes in, in numbers."""
    numbers = (
        (counts.new, "new record", "new records"),
        (counts.changed, "change", "changes"),
        (counts.conflicts, "conflict", "conflicts"),
        (counts.suggestions - counts.removed, "suggestion to decide", "suggestions to decide"),
        (counts.removed, "removed row to decide", "removed rows to decide"),
        (counts.files, "file to decide about", "files to decide about"),
        (counts.parked, "part that waits for an earlier file", "parts that wait for an earlier file"),
        (counts.problems, "problem", "problems"),
        (counts.known, "value known already", "values known already"),
    )
    if shown := [f"{number} {one if number == 1 else many}" for number, one, many in numbers if number > 0]:
        yield ", ".join(shown)
    if counts.records:
        made = (f"{number} {_named(kind, number)}" for kind, number in sorted(counts.records.items()))
        yield f"New records: {', '.join(made)}"


def _named(kind: str, number: int) -> str:
    return (KINDS[kind].label if number == 1 else KINDS[kind].plural).lower()


def tell_problems(problems: "Sequence[Problem]") -> None:
    """Say what is wrong in which cell, for as many as a person reads."""
    for problem in problems[:_MOST_PROBLEMS]:
        say(problem.sentence())
    if len(problems) > _MOST_PROBLEMS:
        left = Counter(problem.sheet for problem in problems[_MOST_PROBLEMS:])
        say(f"and {', '.join(f'{number} more in {sheet}' for sheet, number in left.items())}; --json lists them all")


def tell_items(items: "Iterable[PreviewItem]") -> None:
    """Show the changes line by line, for as many as a person reads."""
    rows = [
        (item.state, item.title, item.label, item.before, item.after, item.mark[:_ID_LETTERS])
        for item in items
        if item.state != "known"
    ]
    if rows:
        print_table(("State", "Record", "Field", "Before", "After", "Id"), rows[:_MOST_ITEMS])
    if len(rows) > _MOST_ITEMS:
        say("There is more; --json lists it.")
