"""`list`: the records of one kind, sorted and filtered as the lists on a screen are."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened
from accountplanner.cli.options import AsJson, Kind
from accountplanner.cli.printing import print_json, print_table, warn
from accountplanner.cli.wording import kind_meant, values_meant
from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import field_named
from accountplanner.domain.fields import FieldType, RecordKind

if TYPE_CHECKING:
    from accountplanner.usecases.browsing import AccountRow
    from accountplanner.usecases.listing import RecordRow
    from accountplanner.usecases.session import Session

commands = typer.Typer()

_MOST_COLUMNS = 7


@commands.command("list")
def list_records(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    kind: Kind,
    *,
    text: Annotated[str, typer.Option(help="Only those in which each of these words begins some word.")] = "",
    where: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=VALUE", help="Only those with this value; may be repeated.")
    ] = None,
    sort: Annotated[str, typer.Option(help="A field; of accounts also orders, last_order, last_touch, contacts.")] = "",
    descending: Annotated[bool, typer.Option("--descending", help="The other way round.")] = False,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only those with a conflict.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 for all.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the records of a kind."""
    from accountplanner.usecases.browsing import ListQuery, account_rows, list_numbers
    from accountplanner.usecases.listing import record_rows

    session, meant = opened(context), kind_meant(kind)
    filters = _filters(session, meant, where or ())
    numbers = list_numbers(session, ListQuery(meant.key, text, filters, sort, descending, conflicts))
    shown = numbers[: limit or None]
    rows = record_rows(session, meant.key, shown)
    accounts = account_rows(session, shown) if meant.key == "account" else []
    if as_json:
        print_json([_facts(row) for row in rows] if not accounts else list(map(_account_facts, rows, accounts)))
    elif accounts:
        _print_accounts(accounts)
    else:
        _print_rows(meant, rows)
    if len(shown) < len(numbers):
        warn(f"{len(shown)} of {len(numbers)} are shown; --limit 0 shows all.")


def _filters(session: "Session", kind: RecordKind, pairs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    from accountplanner.usecases.naming import find_record

    filters = []
    for name, typed in values_meant(pairs).items():
        field = field_named(kind.key, name)
        value = canonical_value(field, typed, session.currency)
        if field.type is FieldType.REFERENCE:
            value = find_record(session, field.refers_to[-1], typed)
        filters.append((field.key, value))
    return tuple(filters)


def _facts(row: "RecordRow") -> dict[str, Any]:
    return {"id": row.record, "conflicts": row.conflicts, **row.values}


def _account_facts(row: "RecordRow", account: "AccountRow") -> dict[str, Any]:
    seen = {
        "rung": account.rung,
        "rung_proposed": account.rung_proposed,
        "orders": account.orders,
        "last_order": account.last_order,
        "last_touch": account.last_touch,
        "contacts": account.contacts,
    }
    return {**_facts(row), **seen}


def _print_accounts(accounts: "Sequence[AccountRow]") -> None:
    columns = ("Name", "Place", "Tier", "Rung", "Orders", "Last order", "Contacts", "Conflicts", "Id")
    rows = [
        (
            account.name,
            account.place,
            account.tier.upper(),
            f"{account.rung_name} (proposed)" if account.rung_proposed else account.rung_name,
            account.orders,
            account.last_order,
            account.contacts,
            account.conflicts or "",
            account.record,
        )
        for account in accounts
    ]
    print_table(columns, rows)


def _print_rows(kind: RecordKind, rows: "Sequence[RecordRow]") -> None:
    """Print the title and the first fields in which anything stands."""
    filled = [field for field in kind.fields if any(field.key in row.texts for row in rows)]
    columns = sorted(filled, key=lambda field: field.key != kind.title_key)[:_MOST_COLUMNS]
    lines = [(*(row.texts.get(field.key, "") for field in columns), row.record) for row in rows]
    print_table((*(field.label for field in columns), "Id"), lines)
