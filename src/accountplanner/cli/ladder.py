"""Commands about rungs: what the orders propose, and taking it on."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened, opened_to_change
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_changes, print_json, print_table
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.ladder import RUNGS

if TYPE_CHECKING:
    from accountplanner.usecases.ladder import AccountProposal
    from accountplanner.usecases.session import Session

commands = typer.Typer(help="Rungs and what the orders prove; --as-of says for which day.", no_args_is_help=True)

_Accounts = Annotated[list[str] | None, typer.Argument(metavar="ACCOUNT", help="Accounts by name or id.")]


@commands.command("list")
def list_proposals(context: typer.Context, accounts: _Accounts = None, *, as_json: AsJson = False) -> None:
    """List each account's rung and the one its orders propose. With the evidence."""
    from accountplanner.usecases.ladder import proposals

    session = opened(context)
    found = proposals(session, _ids(session, accounts or ()))
    if as_json:
        print_json([proposal_facts(each) for each in found])
        return
    columns = ("Account", "Holds", "Proposed", "Evidence", "Doubt")
    print_table(columns, [_row(each) for each in sorted(found, key=lambda each: each.name.casefold())])


@commands.command()
def accept(
    context: typer.Context,
    accounts: _Accounts = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All accounts.")] = False,
    as_json: AsJson = False,
) -> None:
    """Move accounts to the rungs proposed. Their orders become dated evidence."""
    from accountplanner.usecases.ladder import accept_proposals, proposals

    if every == bool(accounts):
        raise WrongUseError("Name the accounts, or say --all.")
    session = opened_to_change(context)
    chosen = [each for each in proposals(session, _ids(session, accounts or ())) if each.is_new]
    print_changes(accept_proposals(session, chosen), as_json=as_json, moved=len(chosen))


def proposal_facts(each: "AccountProposal") -> dict[str, Any]:
    """What a proposal says, for another program."""
    proposal = each.proposal
    return {
        "account": each.account,
        "name": each.name,
        "holds": each.held,
        "rung": proposal.rung,
        "proven": proposal.proven,
        "distinct_orders": proposal.distinct_orders,
        "first_order": proposal.first_order.isoformat() if proposal.first_order else "",
        "last_order": proposal.last_order.isoformat() if proposal.last_order else "",
        "evidence": proposal.evidence,
        "doubtful": proposal.doubtful,
    }


def _row(each: "AccountProposal") -> tuple[str, ...]:
    proposal = each.proposal
    rung = RUNGS[proposal.rung].name + ("" if proposal.proven else " (unproven)")
    held = RUNGS[each.held].name if each.held in RUNGS else each.held
    return each.name, held, rung, proposal.evidence, proposal.doubtful


def _ids(session: "Session", names: Iterable[str]) -> list[str]:
    from accountplanner.usecases.naming import find_record

    return [find_record(session, "account", name) for name in names]
