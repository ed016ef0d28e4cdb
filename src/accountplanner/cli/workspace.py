"""Commands about the workspace as a whole."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accountplanner.cli.context import opened, shell_of
from accountplanner.cli.exits import DONE, NEEDS_A_PERSON, REFUSED
from accountplanner.cli.options import AsJson, JoinPassphraseFile
from accountplanner.cli.passphrases import JOIN_PASSPHRASE, chosen_passphrase, known_passphrase
from accountplanner.cli.printing import print_bytes, print_json, print_table, say, warn
from accountplanner.cli.wording import currency_meant
from accountplanner.domain.errors import RefusedError, WrongUseError

if TYPE_CHECKING:
    from accountplanner.usecases.workspaces import Places

commands = typer.Typer()


@commands.command()
def init(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    *,
    name: Annotated[str, typer.Option(help="Your name, as colleagues will see it.")],
    email: Annotated[str, typer.Option(help="Your e-mail address.")],
    join: Annotated[Path | None, typer.Option(metavar="FILE", help="The join file a colleague gave you.")] = None,
    join_passphrase_file: JoinPassphraseFile = None,
    currency: Annotated[str, typer.Option(help="The new team's currency, EUR if not named.")] = "",
    keyring: Annotated[bool, typer.Option("--keyring", help="Let this system's keyring open the workspace.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a workspace, or join a team. Prints the recovery key, once."""
    from accountplanner.usecases.workspaces import NewWorkspace, create_workspace, remember_in_keyring

    shell = shell_of(context)
    if shell.options.temp_data:
        raise WrongUseError("--temp-data makes a workspace of its own; init is not needed.")
    if join is not None and currency:
        raise WrongUseError("A team has its currency already; leave --currency out when joining.")
    if shell.places.exists():
        raise RefusedError(f"There is a workspace in “{shell.places.folder}” already.")
    team_currency = currency_meant(currency or "EUR")
    joining = known_passphrase("Passphrase of the join file", join_passphrase_file, JOIN_PASSPHRASE) if join else ""
    passphrase = chosen_passphrase("Passphrase", shell.options.passphrase_file)
    wish = NewWorkspace(shell.places, name, email, passphrase, team_currency, join, joining)
    created = create_workspace(wish, shell.clock)
    shell.keep(created.session)
    if created.warning:
        warn(created.warning)
    if keyring and not remember_in_keyring(created.session):
        warn("There is no keyring here that keeps what it is given; the passphrase opens the workspace.")
    _tell_made(shell.places.folder, created.recovery_key, as_json=as_json)


def _tell_made(folder: Path, recovery_key: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"workspace": str(folder), "recovery_key": recovery_key})
        return
    say(f"A workspace was made in {folder}; nothing in it leaves this computer unless you export it.")
    say(f"Recovery key: {recovery_key}")
    say("Write it down: it opens the workspace when the passphrase is forgotten, and is not shown again.")


@commands.command()
def verify(context: typer.Context, *, as_json: AsJson = False) -> int:
    """Check that the workspace is sound.

    Everything is worked out anew and compared; every digest, signature and imported file is checked, and no record may
    stand above itself.
    """
    from accountplanner.usecases.circles import circles_found
    from accountplanner.usecases.workspaces import verify as find_faults

    session = opened(context)
    findings, circles = find_faults(session), circles_found(session)
    if as_json:
        print_json({"sound": not findings, "findings": findings, "circles": circles})
    elif not findings:
        say("The workspace is sound.")
    else:
        for finding in findings:
            say(finding)
    for circle in circles:
        warn(circle)
    if findings:
        warn(f"The workspace is not sound in {len(findings)} respects; restore a backup from before.")
    return REFUSED if findings else NEEDS_A_PERSON if circles else DONE


@commands.command()
def dump(
    context: typer.Context,
    *,
    clearance: Annotated[
        str, typer.Option(metavar="partner:NAME", help="Print only what this channel partner may see.")
    ] = "",
) -> None:
    """Print what the team agrees on, as JSON. Two workspaces that hold the same print the same bytes."""
    from accountplanner.usecases.dumping import dump as team_layer
    from accountplanner.usecases.dumping import dump_for_partner
    from accountplanner.usecases.naming import find_record

    if not clearance:
        print_bytes(team_layer(opened(context)))
        return
    reader, _, name = clearance.partition(":")
    if reader != "partner" or not name:
        raise WrongUseError("Name the reader as partner:NAME.")
    session = opened(context)
    print_bytes(dump_for_partner(session, find_record(session, "partner", name)))


@commands.command()
def backup(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Take a verified, encrypted backup now."""
    from accountplanner.usecases.workspaces import back_up

    taken = back_up(opened(context))
    if as_json:
        print_json({"folder": str(taken.folder), "taken_at": taken.taken_at.isoformat(), "bytes": taken.size})
    else:
        say(f"Backup taken and verified: {taken.folder}")


@commands.command()
def restore(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="BACKUP", help="The backup's folder, else the latest.", show_default=False),
    ] = None,
    *,
    list_only: Annotated[bool, typer.Option("--list", help="List the backups and do nothing else.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back. What it replaces is put aside, not deleted."""
    from accountplanner.usecases.restoring import chosen_backup, key_places, restore_backup

    shell = shell_of(context)
    if list_only:
        _list_backups(shell.places, as_json=as_json)
        return
    backup = chosen_backup(shell.places, folder)
    key = shell.key_to(key_places(shell.places, backup))
    restored = restore_backup(shell.places, backup, key, shell.clock)
    shell.keep(restored.session)
    if as_json:
        print_json(
            {"folder": str(backup.folder), "taken_at": backup.taken_at.isoformat(), "aside": str(restored.aside)}
        )
        return
    say(f"The workspace stands as it was at {backup.taken_at:%Y-%m-%d %H:%M} UTC.")
    if any(restored.aside.iterdir()):
        say(f"What was there lies in {restored.aside}.")


def _list_backups(places: "Places", *, as_json: bool) -> None:
    from accountplanner.usecases.restoring import backups_of

    lines = [(each.taken_at.isoformat(), each.reason, each.size, str(each.folder)) for each in backups_of(places)]
    if as_json:
        keys = ("taken_at", "reason", "bytes", "folder")
        print_json([dict(zip(keys, line, strict=True)) for line in lines])
    else:
        print_table(("Taken at", "Reason", "Bytes", "Folder"), lines)
