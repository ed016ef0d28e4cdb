"""Commands about channel partners and whom each may know about."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from typing import TYPE_CHECKING, Annotated

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.options import AsJson, Values
from accountplanner.cli.printing import print_changes, print_json, print_table
from accountplanner.cli.wording import values_meant
from accountplanner.domain.errors import WrongUseError

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

commands = typer.Typer(help="Channel partners and the accounts each may see.", no_args_is_help=True)

_Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="A channel partner by name or id.")]


@commands.command("list")
def list_partners(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the channel partners and how many accounts each may see."""
    from accountplanner.usecases.browsing import ListQuery, list_numbers, partner_rows

    session = opened(context)
    rows = partner_rows(session, list_numbers(session, ListQuery("partner")))
    if as_json:
        keys = ("id", "name", "place", "contact_name", "accounts")
        lines = [(row.record, row.name, row.place, row.contact_name, row.accounts) for row in rows]
        print_json([dict(zip(keys, line, strict=True)) for line in lines])
        return
    table = [(row.name, row.place, row.contact_name, row.accounts, row.record) for row in rows]
    print_table(("Name", "Place", "Contact person", "Accounts", "Id"), table)


@commands.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the channel partner is called.")],
    values: Values = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make a channel partner."""
    from accountplanner.usecases.partners import add_partner

    if not name.strip():
        raise WrongUseError("The name is missing (channel partner).")
    record, changes = add_partner(opened_to_change(context), name, values_meant(values or ()))
    print_changes(changes, as_json=as_json, made=record)


@commands.command()
def scope(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    partner: _Partner,
    accounts: Annotated[
        list[str] | None, typer.Argument(metavar="ACCOUNT", help="Accounts to add by name or id; none to list.")
    ] = None,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Take these accounts out of the scope instead.")] = False,
    every: Annotated[bool, typer.Option("--all", help="All accounts.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the accounts a channel partner may see, or say which they may."""
    from accountplanner.usecases.naming import find_record
    from accountplanner.usecases.partners import scope_of, set_scope

    if every and accounts:
        raise WrongUseError("Name the accounts, or say --all, not both.")
    if remove and not (every or accounts):
        raise WrongUseError("Name the accounts to take out, or say --all.")
    session = opened_to_change(context)
    record = find_record(session, "partner", partner)
    if not every and not accounts:
        _print_scope(session, scope_of(session, record), as_json=as_json)
        return
    chosen = _every_account(session) if every else [find_record(session, "account", name) for name in accounts or ()]
    print_changes(set_scope(session, record, chosen, covers=not remove), as_json=as_json, partner=record)


def _every_account(session: "Session") -> list[str]:
    from accountplanner.usecases.browsing import ListQuery, account_rows, list_numbers

    return [row.record for row in account_rows(session, list_numbers(session, ListQuery("account")))]


def _print_scope(session: "Session", accounts: list[str], *, as_json: bool) -> None:
    from accountplanner.usecases.pages import speaker_name

    named = [(speaker_name(session, account), account) for account in accounts]
    if as_json:
        print_json([{"id": account, "name": name} for name, account in named])
    else:
        print_table(("Account", "Id"), named)
