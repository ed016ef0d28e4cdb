"""Commands that write workbooks for people outside this computer."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.options import AsJson, LockWith, NoPassword
from accountplanner.cli.passphrases import EXPORT_PASSWORD, given_passphrase, offered_password
from accountplanner.cli.printing import print_json, progress, say, warn
from accountplanner.cli.wording import check_ending
from accountplanner.domain.errors import RefusedError, WrongUseError

if TYPE_CHECKING:
    from accountplanner.usecases.exporting import Exported

commands = typer.Typer(
    help="Write a workbook, a report or a contact's card for others.",
    no_args_is_help=True,
)


@commands.command()
def team(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The workbook to write.")],
    *,
    accounts: Annotated[
        list[str] | None, typer.Option("--account", metavar="NAME", help="Only this account; may be repeated.")
    ] = None,
    department: Annotated[
        str, typer.Option(metavar="NAME", help="In the shape of sales, marketing, service or billing.")
    ] = "",
    password_file: LockWith = None,
    no_password: NoPassword = False,
    as_json: AsJson = False,
) -> None:
    """Write a team workbook. For everybody in the team, with the program or with Excel alone."""
    from accountplanner.usecases.departments import shows_profiles
    from accountplanner.usecases.exporting import export_team
    from accountplanner.usecases.naming import find_record

    check_ending(file, ".xlsx")
    department = department.strip().casefold()
    password = _given_password(password_file, wanted=not no_password)
    session = opened_to_change(context)
    chosen = [find_record(session, "account", name) for name in accounts or ()]
    if not password and not no_password and shows_profiles(department):
        password = offered_password(f"Password for {file.name}, which may hold personal answers")
    with progress("Writing"):
        exported = export_team(session, file, chosen, department=department, password=password)
    _tell([exported], as_json=as_json)


@commands.command()
def partner(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", dir_okay=False, help="The workbook to write.", show_default=False)
    ] = None,
    *,
    name: Annotated[str, typer.Option("--partner", metavar="NAME", help="The channel partner it is for.")] = "",
    every: Annotated[bool, typer.Option("--all", help="One workbook for each channel partner with accounts.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="The folder they go into, with --all.")] = None,
    ask: Annotated[
        list[str] | None, typer.Option(metavar="ACCOUNT", help="Ask about this account; may be repeated.")
    ] = None,
    password_file: LockWith = None,
    as_json: AsJson = False,
) -> None:
    """Write a channel partner's workbook. Their accounts, few questions, their receipt."""
    from accountplanner.usecases.exporting import export_all_partners, export_partner
    from accountplanner.usecases.naming import find_record

    _check(file, name, out, ask, every=every)
    password = given_passphrase(password_file, EXPORT_PASSWORD)
    session = opened_to_change(context)
    with progress("Writing"):
        if out is not None:
            _make_folder(out)
            written = export_all_partners(session, out, password=password)
        else:
            assert file is not None  # noqa: S101 - checked above
            record = find_record(session, "partner", name)
            asked = [find_record(session, "account", each) for each in ask or ()]
            written = [export_partner(session, record, file, asked, password=password)]
    _tell(written, as_json=as_json)


@commands.command()
def report(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="leave-in-peace, disputes, accounts, contacts …")],
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The report to write.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Write a report to read in Excel. Results of the day, business data only."""
    from accountplanner.usecases.reports import export_report

    check_ending(file, ".xlsx")
    session = opened(context)
    with progress("Writing"):
        written = export_report(session, kind.strip().casefold(), file)
    if as_json:
        print_json({**asdict(written), "path": str(written.path)})
    else:
        say(f"Wrote {written.path}: {written.rows} rows.")


@commands.command()
def vcard(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The contact: a name, an id or Account/Contact.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The .vcf file to write.")],
    *,
    birthday: Annotated[bool, typer.Option("--birthday", help="Also the birthday, this time.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a contact's card for an address book. Business data, and the birthday only when asked."""
    from accountplanner.usecases.contact_cards import write_contact_card
    from accountplanner.usecases.naming import find_record

    session = opened(context)
    written = write_contact_card(session, find_record(session, "contact", name), file, with_birthday=birthday)
    if as_json:
        print_json({**asdict(written), "path": str(written.path)})
    else:
        say(f"Wrote {written.path}: the card of {written.name}.")
        if written.left_out:
            say(written.left_out)
    if written.warning:
        warn(f"{written.path.name}: {written.warning}")


def _given_password(file: Path | None, *, wanted: bool) -> str:
    if file is not None and not wanted:
        raise WrongUseError("--no-password does not go with --password-file.")
    return given_passphrase(file, EXPORT_PASSWORD) if wanted else ""


def _check(file: Path | None, name: str, out: Path | None, ask: Sequence[str] | None, *, every: bool) -> None:
    one = bool(name) and file is not None and out is None
    many = out is not None and not name and file is None and not ask
    if not (many if every else one):
        raise WrongUseError("Write either --partner NAME FILE or --all --out DIR.")
    if file is not None:
        check_ending(file, ".xlsx")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(f"The folder “{folder}” could not be made: {error.strerror}.") from error


def _tell(written: "Sequence[Exported]", *, as_json: bool) -> None:
    if as_json:
        print_json([_facts(each) for each in written])
    else:
        for each in written:
            say(f"Wrote {each.path}: {each.rows} rows{', encrypted with the password' if each.locked else ''}.")
        if not written:
            say("No channel partner has accounts in their scope; nothing was written.")
    for each in written:
        if each.warning:
            warn(f"{each.path.name}: {each.warning} (--password-file)")


def _facts(exported: "Exported") -> dict[str, Any]:
    return {**asdict(exported), "path": str(exported.path)}
