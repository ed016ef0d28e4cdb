"""Commands about who is in the team."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.options import AsJson, JoinPassphraseFile
from accountplanner.cli.passphrases import JOIN_PASSPHRASE, chosen_passphrase
from accountplanner.cli.printing import print_json, print_table, say
from accountplanner.domain.errors import AmbiguousNameError, NotFoundError, RefusedError

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session
    from accountplanner.usecases.team import MemberLine

commands = typer.Typer(help="Who is in the team.", no_args_is_help=True)

_Device = Annotated[str, typer.Argument(metavar="DEVICE", help="A device's id or its beginning, or its person.")]


@commands.command()
def invite(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The join file to write.")],
    *,
    join_passphrase_file: JoinPassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Write a join file for one new member. Tell them its passphrase by another way."""
    from accountplanner.usecases.team import invite as write_invitation

    session = opened(context)
    if file.exists():
        raise RefusedError(f"There is a file “{file}” already; nothing was written.")
    passphrase = chosen_passphrase("Passphrase of the join file", join_passphrase_file, JOIN_PASSPHRASE)
    write_invitation(session, file, passphrase)
    if as_json:
        print_json({"file": str(file)})
    else:
        say(f"Wrote {file}; it makes one person a member, together with its passphrase.")


@commands.command("list")
def list_members(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the team's devices, this one first."""
    from accountplanner.usecases.team import members

    lines = members(opened(context))
    if as_json:
        print_json([{"device": line.replica, "name": line.name, "state": line.state} for line in lines])
    else:
        print_table(("Device", "Name", "State"), [(line.replica, line.name, line.state) for line in lines])


@commands.command()
def accept(context: typer.Context, device: _Device, *, as_json: AsJson = False) -> None:
    """Trust a device whose invitation vouches for nobody."""
    from accountplanner.usecases.team import accept as trust

    session = opened_to_change(context)
    line = _device(session, device)
    trust(session, line.replica)
    _tell(line, "member", f"{line.name} on device {line.replica} is a member.", as_json=as_json)


@commands.command()
def retire(context: typer.Context, device: _Device, *, as_json: AsJson = False) -> None:
    """Refuse a device's own files from now on. The team's key changes with it."""
    from accountplanner.usecases.team import retire as refuse

    session = opened_to_change(context)
    line = _device(session, device)
    refuse(session, line.replica)
    _tell(line, "retired", f"{line.name}'s device {line.replica} is retired.", as_json=as_json)


def _tell(line: "MemberLine", state: str, sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"device": line.replica, "name": line.name, "state": state})
    else:
        say(sentence)


def _device(session: "Session", typed: str) -> "MemberLine":
    """The one device a person means.

    Raises:
        NotFoundError: there is none.
        AmbiguousNameError: there are several.
    """
    from accountplanner.usecases.team import members

    wanted = typed.strip()
    lines = members(session)
    found = [line for line in lines if line.replica == wanted]
    found = found or [line for line in lines if wanted and line.replica.startswith(wanted)]
    found = found or [line for line in lines if line.name.casefold() == wanted.casefold()]
    if not found:
        raise NotFoundError("device", typed)
    if len(found) > 1:
        raise AmbiguousNameError("device", typed, tuple(line.replica for line in found))
    return found[0]
