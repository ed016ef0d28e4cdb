"""`exchange`: a folder shared with colleagues; everybody's workbooks are read, and mine is written."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened_to_change
from accountplanner.cli.exits import DONE, NEEDS_A_PERSON, REFUSED
from accountplanner.cli.importing import count_lines, tell_items, tell_problems, tell_undone
from accountplanner.cli.options import AsJson, PasswordFile
from accountplanner.cli.passphrases import HOW_TO_OPEN, given_password
from accountplanner.cli.printing import print_json, print_table, progress, say, warn
from accountplanner.cli.reviewing import tell_parked
from accountplanner.domain.errors import WrongUseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accountplanner.usecases.exchange_folder import FolderPlan, FolderResult
    from accountplanner.usecases.folder_reading import FolderFile
    from accountplanner.usecases.session import Session

commands = typer.Typer()

_MOST_NAMED = 10

_STATES = {
    "mine": "yours",
    "new": "new",
    "known": "read before",
    "same": "a copy",
    "waits": "waits",
    "refused": "not taken",
    "other": "left alone",
}


@commands.command()
def exchange(  # noqa: PLR0913 - one a command-line option
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="FOLDER", help="A share, a synced folder, a stick; else the one used before."),
    ] = None,
    *,
    preview: Annotated[bool, typer.Option("--preview", help="Say what would happen, and change nothing.")] = False,
    password_file: PasswordFile = None,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Forget the folder's password and write yours without one.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Read colleagues' workbooks in a shared folder and write yours. Only what is new is read.

    A password is remembered for the folder, so it is given once.
    """
    from accountplanner.usecases.exchange_folder import carry_out, plan_exchange
    from accountplanner.usecases.folder_memory import keep_folder_password

    if no_password and (password_file or preview):
        raise WrongUseError("--no-password goes with neither --password-file nor --preview.")
    password = given_password(password_file)
    session = opened_to_change(context)
    folder = _folder(session, folder)
    if no_password:
        keep_folder_password(session, folder, "")
    with progress("Reading") as report:
        plan = plan_exchange(session, folder, password, lambda done, total, _name: report(done, total))
    result = None
    if not preview:
        with progress("Exchanging"):
            result = carry_out(session, plan)
        _keep(session, folder)
    if as_json:
        print_json(_facts(plan, result))
    else:
        _tell(plan, result)
        if result and result.counts.parked:
            tell_parked(session)
    if result and result.refusal:
        warn(result.refusal)
        return REFUSED
    return NEEDS_A_PERSON if (result or plan).needs_person else DONE


def _folder(session: "Session", given: Path | None) -> Path:
    from accountplanner.usecases.folder_memory import chosen_folder

    folder = given or chosen_folder(session)
    if folder is None:
        raise WrongUseError("Name the folder that you share with colleagues; it is remembered for the next time.")
    return folder.absolute()


def _keep(session: "Session", folder: Path) -> None:
    from accountplanner.usecases.folder_memory import choose_folder, chosen_folder

    if chosen_folder(session) is None:
        choose_folder(session, folder)


def _facts(plan: "FolderPlan", result: "FolderResult | None") -> dict[str, Any]:
    incoming = plan.preview.plan if plan.preview else None
    edition = result.edition if result else None
    facts: dict[str, Any] = {
        "folder": str(plan.folder),
        "applied": result is not None,
        "step": result.changes.step if result else 0,
        "files": [_file_facts(file) for file in plan.files],
        "counts": asdict((result or plan).counts),
        "touched": list(plan.touched),
        "problems": [problem.sentence() for problem in incoming.problems] if incoming else [],
        "held": list(incoming.held) if incoming else [],
        "notices": list(
            result.imported.notices if result and result.imported else incoming.notices if incoming else ()
        ),
        "outgoing": {**asdict(plan.outgoing), "sentence": plan.outgoing.sentence()},
        "written": str(edition.path) if edition else "",
        "warning": edition.warning if edition else "",
        "refusal": result.refusal if result else "",
    }
    if result is None:
        facts["items"] = [asdict(item) for item in plan.preview.items] if plan.preview else []
    return facts


def _file_facts(file: "FolderFile") -> dict[str, str]:
    return {
        "name": file.name,
        "state": file.state,
        "who": file.who,
        "read_at": file.read_at,
        "sentence": file.sentence,
    }


def _tell(plan: "FolderPlan", result: "FolderResult | None") -> None:
    _tell_files(plan.files)
    if plan.preview is not None:
        for line in list(count_lines((result or plan).counts)) or ["Nothing new came in."]:
            say(line)
        if plan.touched:
            more = f" and {len(plan.touched) - _MOST_NAMED} more" if len(plan.touched) > _MOST_NAMED else ""
            say(f"Colleagues say something new of {', '.join(plan.touched[:_MOST_NAMED])}{more}.")
        incoming = plan.preview.plan
        for notice in (*(result.imported.notices if result and result.imported else incoming.notices), *incoming.held):
            say(notice)
        tell_undone((result.imported if result and result.imported else plan.preview).undone)
        tell_problems(incoming.problems)
    else:
        say("Nothing new came in.")
    if result is None:
        tell_items(plan.preview.items if plan.preview else ())
        say(plan.outgoing.sentence())
    else:
        _tell_edition(plan, result)


def _tell_files(files: "Sequence[FolderFile]") -> None:
    if files:
        rows = [(file.name, file.who, _STATES[file.state], file.read_at[:16]) for file in files]
        print_table(("File", "Whose", "State", "Read"), rows)
    for file in files:
        if file.sentence:
            say(file.sentence)
    if any(file.is_locked for file in files):
        warn(HOW_TO_OPEN)


def _tell_edition(plan: "FolderPlan", result: "FolderResult") -> None:
    if result.edition is not None:
        say(result.edition.sentence())
        if result.edition.warning:
            warn(f"{result.edition.path.name}: {result.edition.warning} (--password-file)")
    elif not result.refusal:
        say(plan.outgoing.sentence())
    if result.counts.queued:
        warn("Something waits for you; see: accountplanner review list")
