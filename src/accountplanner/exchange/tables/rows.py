"""Rows of a table made ready: torn ones mended or set aside, blanks blank, joined rows side by side."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told, told_count
from accountplanner.exchange.reading.raw import RawRow, RawTable
from accountplanner.exchange.tables.derivation import RejectedRow
from accountplanner.exchange.tables.mapping import TableSpec, folded
from accountplanner.exchange.tables.rejoin import Rejoiner, Rejoining


class ReadyRow(NamedTuple):
    """A row with a cell for every column; `damaged` gives what stands in cells that state nothing."""

    raw: RawRow
    cells: tuple[str, ...]
    damaged: Mapping[int, str]


@dataclass(slots=True)
class ReadyTable:
    """One table with its usable rows, and what had to be set aside."""

    label: str
    raw: RawTable
    columns: dict[str, int]
    rows: list[ReadyRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    rejoinings: list[Rejoining] = field(default_factory=list)
    rejoined: int = 0

    def set_aside(self, row: RawRow, found: str, expected: str, code: str) -> None:
        """List a row as a problem, and as rejected."""
        problem = Problem(self.raw.name, row.number, "", found, expected, code)
        self.problems.append(problem)
        self.rejected.append(RejectedRow(self.label, row.number, row.cells, (problem_reason(problem),)))

    def places(self, columns: Iterable[str]) -> list[int]:
        """Where columns stand; those the table does not have are left out."""
        return [self.columns[name] for name in map(folded, columns) if name in self.columns]


def problem_reason(problem: Problem) -> str:
    """Say a problem beside its row, where its place need not be named."""
    matter = problem.matter()
    return told("{place}: {matter}", place=problem.column, matter=matter) if problem.column else matter


def ready_table(
    spec: TableSpec, table: RawTable, blanks: Collection[str], accepted: Mapping[tuple[str, int], Rejoining]
) -> ReadyTable:
    """Make a table's rows ready.

    Torn rows are mended as `accepted` says for the row, or as the mapping remembers; the others
    are set aside with a proposal. In a text file a row with fewer cells than the header is set
    aside too, for a line break may have torn it, unless most rows are short and the program that
    wrote them simply left out empty cells at the end.
    """
    ready = ReadyTable(spec.label, table, _columns(table.header))
    rejoiner = Rejoiner(spec.label, table)
    width = len(table.header)
    short = sum(1 for row in table.rows if len(row.cells) < width)
    keeps_short = not table.separator or short * 2 > len(table.rows)
    for row in table.rows:
        if rejoiner.is_torn(row):
            _mend(ready, rejoiner, row, spec, accepted.get((spec.label, row.number)))
        elif len(row.cells) < width and not keeps_short:
            ready.set_aside(row, _counted(len(row.cells)), told("{count}, as in the header", count=width), "short")
        else:
            ready.rows.append(ReadyRow(row, row.cells + ("",) * (width - len(row.cells)), dict(row.damaged)))
    ready.rows = [_without_blanks(row, frozenset(blanks)) for row in ready.rows]
    return ready


def _counted(cells: int) -> str:
    return told_count("{count} cell", "{count} cells", cells)


def _columns(header: tuple[str, ...]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, name in enumerate(header):
        columns.setdefault(folded(name), place)
    columns.pop("", None)
    return columns


def _mend(ready: ReadyTable, rejoiner: Rejoiner, row: RawRow, spec: TableSpec, accepted: Rejoining | None) -> None:
    joins = (*spec.rejoined, *(accepted.joins if accepted else ()))
    mended = rejoiner.remembered(row, joins)
    proposal = rejoiner.proposal(row) if mended is None else None
    if proposal is not None and not proposal.joins and (proposal.sure or accepted is not None):
        mended = proposal.cells
    if mended is not None:
        ready.rejoined += 1
        # Damage is told by place, and places have moved; such files have none, being text.
        ready.rows.append(ReadyRow(row, mended, {}))
        return
    if proposal is not None:
        ready.rejoinings.append(proposal)
    width = len(ready.raw.header)
    ready.set_aside(row, _counted(len(row.cells)), told("{count}, as in the header", count=width), "torn")


def _without_blanks(row: ReadyRow, blanks: frozenset[str]) -> ReadyRow:
    return row._replace(cells=tuple("" if cell in blanks or not cell.strip() else cell for cell in row.cells))
