"""From proposals, as a person has left them, to a mapping that can be used and kept."""

from collections.abc import Sequence
from dataclasses import replace

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import FieldType
from accountplanner.exchange.tables.keys_and_links import KEY_WORDS
from accountplanner.exchange.tables.list_kinds import MADE_BY_NAME, said_by_the_list
from accountplanner.exchange.tables.mapping import RecordMapping, Reference, TableMapping, TableSpec, folded
from accountplanner.exchange.tables.proposals import ColumnProposal, TableProposal

_ADDRESSES = ("mail", "web", "domain", "url")


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
    named = [made for each in main.references if (made := _made_by_name(each, columns, proposal.kind)) is not None]
    beside = sorted({each.kind for each in columns if each.field} - {proposal.kind, *(made.kind for made in named)})
    said = said_by_the_list(proposal.kind, proposal.table, (each.column for each in columns if each.field))
    main = replace(main, fixed={key: value for key, value in said.items() if key not in main.fields})
    return [*named, main, *(_second(proposal, kind, columns) for kind in beside)]


def _record(
    proposal: TableProposal, kind: str, key: tuple[str, ...], columns: Sequence[ColumnProposal]
) -> RecordMapping:
    by_field: dict[str, list[str]] = {}
    for each in columns:
        if not each.field or each.kind != kind or each.refers_to or _is_reference(kind, each.field):
            continue
        if each.column not in by_field.get(each.field, ()):
            by_field.setdefault(each.field, []).append(each.column)
    priced = kind == "purchase" and {"unit_price", "quantity"} <= by_field.keys() and "amount" not in by_field
    return RecordMapping(
        kind,
        key,
        fields={field: names[0] for field, names in by_field.items() if len(names) == 1 or field != "name"},
        joined={field: tuple(names) for field, names in by_field.items() if len(names) > 1 and field == "name"},
        references=(*_references(columns, kind), *_named_references(proposal.table, columns, kind)),
        line_amount="amount" if priced else "",
    )


def _second(proposal: TableProposal, kind: str, columns: Sequence[ColumnProposal]) -> RecordMapping:
    """The record beside the main one: a customer's contact."""
    named = tuple(each.column for each in columns if each.kind == kind and each.field == "name")
    record = _record(proposal, kind, proposal.key, columns)
    above = Reference("account", proposal.table, "account", proposal.key, required=True)
    references = (above,) if kind == "contact" and proposal.kind == "account" else ()
    return RecordMapping(kind, proposal.key, record.fields, record.joined, references=references, only_with=named)


def _references(columns: Sequence[ColumnProposal], kind: str) -> list[Reference]:
    """References by the key of another table of the same file."""
    found = []
    for each in columns:
        field = known_field(kind, each.field)
        if each.refers_to and each.kind == kind and field is not None:
            found.append(
                Reference(each.field, each.refers_to, field.refers_to[0], (each.column,), required=field.owner)
            )
    return found


def _named_references(table: str, columns: Sequence[ColumnProposal], kind: str) -> list[Reference]:
    """References by name; where number and name are told, the number goes first."""
    told: dict[str, list[str]] = {}
    for each in columns:
        if each.kind == kind and not each.refers_to and _is_reference(kind, each.field):
            told.setdefault(each.field, []).append(each.column)
    found = []
    for key, names in told.items():
        field = known_field(kind, key)
        if field is not None:
            ordered = tuple(sorted(names, key=lambda name: not _is_number(name)))
            found.append(Reference(key, table, field.refers_to[0], ordered, required=field.owner, named=True))
    return found


def _made_by_name(reference: Reference, columns: Sequence[ColumnProposal], kind: str) -> RecordMapping | None:
    """The record a name makes where nobody is called so: only where a column holds names indeed.

    What the list tells of it beside the name, the address of a person's company, goes with it.
    """
    names = [column for column in reference.columns if not (_is_number(column) or _is_address(column))]
    if not reference.named or reference.kind not in MADE_BY_NAME or not names:
        return None
    numbers = [column for column in reference.columns if _is_number(column)]
    fields = {"name": names[0]} | ({"number": numbers[0]} if numbers and known_field(reference.kind, "number") else {})
    if reference.kind != kind:
        told = {each.field: each.column for each in columns if each.field and each.kind == reference.kind}
        fields = told | fields
    return RecordMapping(reference.kind, (names[0],), fields, only_with=(names[0],), unless_known=True)


def _is_reference(kind: str, key: str) -> bool:
    field = known_field(kind, key)
    return field is not None and field.type is FieldType.REFERENCE


def _is_number(column: str) -> bool:
    return folded(column).endswith(KEY_WORDS)


def _is_address(column: str) -> bool:
    return any(word in folded(column) for word in _ADDRESSES)
