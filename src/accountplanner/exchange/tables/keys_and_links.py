"""What tells the rows of a list apart, and which columns lead to the rows of another table of the same file."""

from dataclasses import replace

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import FieldType
from accountplanner.domain.sentences import told
from accountplanner.exchange.tables.mapping import Join, folded
from accountplanner.exchange.tables.proposals import ColumnProposal, ListedTable, TableProposal

KEY_WORDS = ("id", "number", "no", "nr", "code", "key", "nummer")
_NUMBERS = frozenset({"number", "order_number"})
_NEARLY = 82
_TO_ITS_OWN = frozenset({"reportsto", "manager", "parent", "parentid"})
_TELLING = ("order_number", "invoice_number", "offering", "city", "country", "account", "ordered_on", "title")
_HAPPENED = frozenset(
    {"happened_on", "written_on", "said_on", "seen_on", "moved_on", "held_on", "opened_on", "registered_on"}
)
_CHANGES = frozenset(
    {"state", "outcome", "verdict", "closed_on", "done_on", "paid_on", "decided_on", "reply", "action"}
)


def own_key(sheet: ListedTable, columns: tuple[ColumnProposal, ...]) -> tuple[str, ...]:
    """The one column that tells rows apart: a number of their own, else an e-mail."""
    numbers = {each.column for each in columns if each.field in _NUMBERS}
    emails = {each.column for each in columns if each.field == "email"}
    led = {each.column for each in columns if each.field and _is_reference(each)}
    unique = [sheet.table.header[at] for at in sheet.columns if sheet.is_key(at)]
    ranked = [
        *(name for name in unique if name in numbers),
        *(name for name in unique if folded(name).endswith(KEY_WORDS) and name not in led),
        *(name for name in unique if name in emails),
    ]
    return tuple(ranked[:1])


def with_key(sheet: ListedTable, proposal: TableProposal) -> TableProposal:
    """Where no column alone tells rows apart, as few telling ones together as do.

    Whose a record is and when it happened belong to its key, even where its title tells it apart today:
    another account may have the same matter tomorrow, and this one may have it again.
    """
    if proposal.key:
        return proposal
    needed = _needed(proposal.kind)
    ranked = _ranked(proposal)
    key = [each.column for each in ranked if each.field in needed]
    only_named = {each.field for each in ranked if each.field in needed} <= {"name"}
    for each in ranked:
        if key and not only_named and sheet.tells_apart(key):
            break
        if each.column not in key:
            key.append(each.column)
            only_named = False
    return replace(proposal, key=tuple(dict.fromkeys(key)))


def _needed(kind: str) -> set[str]:
    return {record_kind(kind).title_key, *(field.key for field in record_kind(kind).owners)} | _HAPPENED


def _ranked(proposal: TableProposal) -> list[ColumnProposal]:
    """The columns of the record itself, the most telling first, without what will be written otherwise tomorrow."""
    kind = record_kind(proposal.kind)
    own = [each for each in proposal.columns if each.field and each.kind == proposal.kind]
    order = [kind.title_key, *(field.key for field in kind.owners), *_TELLING]
    order += [field.key for field in kind.fields if field.type is FieldType.DATE]
    order += [field.key for field in kind.fields]
    lasting = [each for each in own if each.field not in _CHANGES or each.field == kind.title_key]
    return sorted(lasting, key=lambda each: order.index(each.field))


def with_links(at: int, sheets: list[ListedTable], proposals: list[TableProposal]) -> TableProposal:
    """Columns that hold the keys of another table lead there."""
    proposal = proposals[at]
    columns = list(proposal.columns)
    join: Join | None = None
    used: set[str] = set()
    for place, column in enumerate(columns):
        if column.column in proposal.key:
            continue
        target = _target(at, column.column, sheets, proposals)
        field = _reference_field(proposal.kind, target.kind, used) if target else None
        if target is not None and field is not None:
            used.add(field)
            why = told("its values are keys of {table}", table=target.table)
            columns[place] = replace(
                column, kind=proposal.kind, field=field, confidence=0.9, why=why, refers_to=target.table
            )
        elif target is not None and target.kind == proposal.kind and target is not proposal and join is None:
            join = Join(target.table, column.column)
    return replace(proposal, columns=tuple(_unless_by_key(each, used) for each in columns), join=join)


def _unless_by_key(column: ColumnProposal, by_key: set[str]) -> ColumnProposal:
    """A name beside a key leads nowhere else."""
    if column.field not in by_key or column.refers_to:
        return column
    return replace(column, field="", confidence=0.0, why="")


def _target(at: int, column: str, sheets: list[ListedTable], proposals: list[TableProposal]) -> TableProposal | None:
    """The table whose keys the column holds; another table goes before its own."""
    others = sorted(range(len(sheets)), key=lambda other: other == at)
    return next((proposals[other] for other in others if _leads_to(sheets, at, other, column, proposals[other])), None)


def _leads_to(sheets: list[ListedTable], at: int, other: int, column: str, target: TableProposal) -> bool:
    if len(target.key) != 1:
        return False
    header = sheets[at].table.header
    key = folded(target.key[0])
    to_its_own = at == other and folded(column) in _TO_ITS_OWN
    from rapidfuzz import fuzz  # noqa: PLC0415 - the window must not wait for it

    if fuzz.ratio(folded(column), key) < _NEARLY and not to_its_own:
        return False
    keys = {cell.strip() for cell in sheets[other].cells[sheets[other].table.header.index(target.key[0])]}
    values = sheets[at].values[header.index(column)]
    return bool(values) and sum(value in keys for value in values) >= 0.9 * len(values)


def _reference_field(kind: str, target: str, used: set[str]) -> str | None:
    fields = record_kind(kind).fields
    return next((field.key for field in fields if target in field.refers_to and field.key not in used), None)


def _is_reference(column: ColumnProposal) -> bool:
    field = record_kind(column.kind).field(column.field)
    return field is not None and field.type is FieldType.REFERENCE
