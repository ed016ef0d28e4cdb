"""What comes of somebody's tables: records, and everything that could not be taken, each with its place."""

from dataclasses import dataclass
from typing import NamedTuple

from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.rejoin import Rejoining

REASON_COLUMN = "Why it was not taken"


class RowRecord(NamedTuple):
    """One record a row makes. `values` holds canonical texts by field key; blank cells are not in it.

    `source` and `row_key` are what the id is derived from, so they find the record of the last
    file of this source.
    """

    record: str
    kind: str
    source: str
    row_key: tuple[str, ...]
    sheet: str
    row: int
    values: dict[str, str]


class RejectedRow(NamedTuple):
    """A row of which nothing was taken, or not every cell, as it stood, with the reasons."""

    label: str
    row: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


class Waiting(NamedTuple):
    """A table that says nothing without another one."""

    label: str
    sheet: str
    rows: int
    needs: str

    def sentence(self) -> str:
        """Say what is missing."""
        return told(
            "{count:,} rows of {sheet} wait for the table “{table}”; bring both in together.",
            count=self.rows,
            sheet=self.sheet,
            table=self.needs,
        )


class RejectedTable(NamedTuple):
    """Rejected rows, ready to be written out, mended by a person and brought again."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TableDerivation:
    """The whole answer. `rejoinings` are proposals for torn rows, which are also among `rejected`.

    `unrecognised` names tables the mapping does not know; `unmapped` gives, by table, columns
    that it neither takes nor leaves out on purpose.
    """

    records: tuple[RowRecord, ...]
    problems: tuple[Problem, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    rejoinings: tuple[Rejoining, ...] = ()
    rejoined: int = 0
    waiting: tuple[Waiting, ...] = ()
    unrecognised: tuple[str, ...] = ()
    unmapped: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tables: tuple[tuple[str, RawTable], ...] = ()


def rejected_rows(derivation: TableDerivation) -> list[RejectedTable]:
    """The rejected rows per table, the reason in a column before the others.

    It stands first because a torn row is wider than its header. When the table comes again, the
    mapping does not know that column and leaves it alone.
    """
    written = []
    for label, table in derivation.tables:
        rows = tuple(("; ".join(each.reasons), *each.cells) for each in derivation.rejected if each.label == label)
        if rows:
            written.append(RejectedTable(table.name, (REASON_COLUMN, *table.header), rows))
    return written
