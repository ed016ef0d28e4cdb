"""From proposals, as a person has left them, to a mapping that can be used and kept."""

from collections.abc import Sequence

from accountplanner.domain.catalogue import known_field
from accountplanner.exchange.tables.headers import ColumnProposal, TableProposal
from accountplanner.exchange.tables.mapping import RecordMapping, Reference, TableMapping, TableSpec


def settled_mapping(proposals: Sequence[TableProposal], name: str, currency: str) -> TableMapping:
    """Make the mapping that reads tables as the proposals say; `name` also names the source.

    Columns left alone are put down as deliberately not taken, so that they are not asked about again.
    """
    joined = {each.join.table for each in proposals if each.join}
    specs = tuple(_spec(each, proposals, makes_records=each.table not in joined) for each in proposals)
    return TableMapping(name=name, source=name, currency=currency, tables=specs, title=name)


def _spec(proposal: TableProposal, proposals: Sequence[TableProposal], *, makes_records: bool) -> TableSpec:
    partner = next((each for each in proposals if proposal.join and each.table == proposal.join.table), None)
    columns = proposal.columns + (partner.columns if partner else ())
    return TableSpec(
        label=proposal.table,
        names=(proposal.table,),
        header=tuple(each.column for each in proposal.columns if each.field),
        records=tuple(_records(proposal, columns)) if makes_records and proposal.key else (),
        join=proposal.join,
        not_taken=proposal.unmapped,
    )


def _records(proposal: TableProposal, columns: Sequence[ColumnProposal]) -> list[RecordMapping]:
    main = _record(proposal, proposal.kind, proposal.key, columns)
    beside = sorted({each.kind for each in columns if each.field} - {proposal.kind})
    return (
        [main, *(_second(proposal, kind, columns) for kind in beside)]
        if not _company(proposal)
        else [
            _second(proposal, "account", columns),
            main,
        ]
    )


def _record(
    proposal: TableProposal, kind: str, key: tuple[str, ...], columns: Sequence[ColumnProposal]
) -> RecordMapping:
    by_field: dict[str, list[str]] = {}
    for each in columns:
        if each.field and each.kind == kind and not each.refers_to and each.column not in by_field.get(each.field, ()):
            by_field.setdefault(each.field, []).append(each.column)
    priced = kind == "purchase" and {"unit_price", "quantity"} <= by_field.keys() and "amount" not in by_field
    return RecordMapping(
        kind,
        key,
        fields={field: names[0] for field, names in by_field.items() if len(names) == 1 or field != "name"},
        joined={field: tuple(names) for field, names in by_field.items() if len(names) > 1 and field == "name"},
        references=(*_references(columns, kind), *_company_reference(proposal, kind)),
        line_amount="amount" if priced else "",
    )


def _second(proposal: TableProposal, kind: str, columns: Sequence[ColumnProposal]) -> RecordMapping:
    """The record beside the main one: a customer's contact, or the account of a list of people."""
    named = tuple(each.column for each in columns if each.kind == kind and each.field == "name")
    key = named if kind == "account" else proposal.key
    record = _record(proposal, kind, key, columns)
    above = Reference("account", proposal.table, "account", proposal.key, required=True)
    references = (above,) if kind == "contact" and proposal.kind == "account" else ()
    return RecordMapping(kind, key, record.fields, record.joined, references=references, only_with=named)


def _references(columns: Sequence[ColumnProposal], kind: str) -> list[Reference]:
    found = []
    for each in columns:
        field = known_field(kind, each.field)
        if each.refers_to and each.kind == kind and field is not None:
            found.append(
                Reference(each.field, each.refers_to, field.refers_to[0], (each.column,), required=field.owner)
            )
    return found


def _company(proposal: TableProposal) -> tuple[str, ...]:
    """The column of a list of people that names their organisation."""
    if proposal.kind != "contact":
        return ()
    return tuple(each.column for each in proposal.columns if each.kind == "account" and each.field == "name")


def _company_reference(proposal: TableProposal, kind: str) -> tuple[Reference, ...]:
    company = _company(proposal) if kind == "contact" else ()
    return (Reference("account", proposal.table, "account", company),) if company else ()
