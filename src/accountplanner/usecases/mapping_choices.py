"""Deciding how a list nobody has mapped yet is read: proposals as choices, and choices as a mapping."""

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from accountplanner.domain.catalogue import KINDS, record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import PRIVATE_UNLESS_SHARED
from accountplanner.domain.file_names import file_name
from accountplanner.domain.sentences import Sentence, fixed, told
from accountplanner.exchange.tables.corrections import Correction, correction_of, may_be_corrected
from accountplanner.exchange.tables.derivation import RejectedTable
from accountplanner.exchange.tables.list_kinds import LISTED_KINDS
from accountplanner.exchange.tables.mapping import TableMapping, TableSpec
from accountplanner.exchange.tables.proposals import ColumnProposal, TableProposal
from accountplanner.exchange.tables.rejoin import Rejoining
from accountplanner.exchange.tables.settling import settled_mapping
from accountplanner.store.failures import storage_failures

__all__ = [
    "LISTED_KINDS",
    "Correction",
    "Rejoining",
    "TableMapping",
    "TableProposal",
    "correction_of",
    "may_be_corrected",
]

LEFT_ALONE = ""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of a list and the field it is read as; `chosen` is `kind.field`, empty for left alone.

    `leads_to` names the table whose rows the column's values are keys of; such a column is not chosen by hand.
    """

    table: str
    column: str
    chosen: str
    confidence: float
    samples: tuple[str, ...]
    why: str
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class KnownTable:
    """How a mapping that was recognised reads one table: `columns` pairs each with what it is."""

    label: str
    kinds: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


def known_tables(mapping: TableMapping, labels: Collection[str]) -> list[KnownTable]:
    """What a mapping takes from the tables it was recognised by."""
    return [
        KnownTable(spec.label, tuple(record.kind for record in spec.records), tuple(_known_columns(spec)))
        for spec in mapping.tables
        if spec.label in labels
    ]


def column_choices(proposals: Sequence[TableProposal]) -> list[ColumnChoice]:
    """Every column of every table, as proposed."""
    return [
        ColumnChoice(
            proposal.table,
            each.column,
            f"{each.kind}.{each.field}" if each.field else LEFT_ALONE,
            each.confidence,
            each.samples,
            each.why,
            each.refers_to,
        )
        for proposal in proposals
        for each in proposal.columns
    ]


def field_choices(proposal: TableProposal) -> list[tuple[str, str]]:
    """The fields a table's columns may be read as, the table's own kind first; what stays on the laptop unless shared is not among them."""
    kinds = [proposal.kind, *sorted({each.kind for each in proposal.columns if each.kind} - {proposal.kind})]
    if proposal.kind == "account" and "contact" not in kinds:
        kinds.append("contact")
    return [
        (f"{kind}.{field.key}", _named(kind, field.label))
        for kind in kinds
        if kind in KINDS
        for field in record_kind(kind).fields
        if not field.internal and field.privacy not in PRIVATE_UNLESS_SHARED
    ]


def settle_choices(
    proposals: Sequence[TableProposal], chosen: Mapping[tuple[str, str], str], name: str, currency: str
) -> TableMapping:
    """The mapping that reads the tables as a person has left the choices; `chosen` is by table and column."""
    settled = [
        replace(proposal, columns=tuple(_as_chosen(proposal.table, each, chosen) for each in proposal.columns))
        for proposal in proposals
    ]
    return settled_mapping(settled, name, currency)


def write_rejected(tables: Sequence[RejectedTable], path: Path) -> list[Path]:
    """Write the rejected rows as CSV, one file a table, to be mended and brought again.

    Raises:
        WrongUseError: the file's name promises something else than CSV.
    """
    if path.suffix.casefold() != ".csv":
        raise WrongUseError(told("Rejected rows are written as CSV; “{name}” does not end in .csv.", name=path.name))
    written = []
    for at, table in enumerate(tables):
        target = path if at == 0 else path.with_name(file_name(f"{path.stem}-{table.name}", path.suffix))
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(table.header)
        writer.writerows([[_guarded(cell) for cell in row] for row in table.rows])
        with storage_failures(target):
            target.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
        written.append(target)
    return written


def _known_columns(spec: TableSpec) -> Iterator[tuple[str, str]]:
    for record in spec.records:
        taken = {**{key: (column,) for key, column in record.fields.items()}, **record.joined}
        for key, columns in taken.items():
            field = record_kind(record.kind).field(key)
            yield " + ".join(columns), _named(record.kind, field.label if field else key)
        for reference in record.references:
            field = record_kind(record.kind).field(reference.field)
            label = field.label if field else reference.field
            yield " + ".join(reference.columns), _named(record.kind, label)


def _named(kind: str, label: str) -> Sentence:
    return told("{kind}: {field}", kind=fixed(KINDS[kind].label), field=fixed(label))


def _as_chosen(table: str, each: ColumnProposal, chosen: Mapping[tuple[str, str], str]) -> ColumnProposal:
    wanted = chosen.get((table, each.column))
    if wanted is None or each.refers_to:
        return each
    if wanted == LEFT_ALONE:
        return replace(each, field="", confidence=0.0)
    kind, _, field = wanted.partition(".")
    return replace(each, kind=kind, field=field, confidence=1.0)


def _guarded(cell: str) -> str:
    """Keep a spreadsheet program from taking a text for a formula; reading takes the apostrophe off again."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
