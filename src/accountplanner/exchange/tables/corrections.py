"""Cells of somebody's list that a person has put right before it comes in; the file itself stays as it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from accountplanner.domain.problems import Problem
from accountplanner.domain.text import clean_line
from accountplanner.exchange.reading.raw import RawRow, RawTable


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be read in a cell instead of what was `found` there."""

    sheet: str
    row: int
    column: str
    found: str
    text: str


def correction_of(problem: Problem, text: str) -> Correction:
    """Put a cell right that a problem was told of."""
    return Correction(problem.sheet, problem.row, problem.column, problem.found, text)


def may_be_corrected(problem: Problem) -> bool:
    """Whether a problem is of one cell; a row that is torn, or stands there twice, has none to put right."""
    return bool(problem.row and problem.column) and problem.code != "duplicate"


def corrected(tables: Iterable[RawTable], corrections: Sequence[Correction]) -> list[RawTable]:
    """The tables as a person has put them right, one correction after the other.

    One is made only where its cell still shows what was found: of two sheets of one name only one is meant.
    """
    tables = list(tables)
    for each in corrections:
        tables = [_corrected(table, each) if table.name == each.sheet else table for table in tables]
    return tables


def _corrected(table: RawTable, correction: Correction) -> RawTable:
    if correction.column not in table.header:
        return table
    at = table.header.index(correction.column)
    rows = tuple(_mended(row, at, correction) if row.number == correction.row else row for row in table.rows)
    return replace(table, rows=rows)


def _mended(row: RawRow, at: int, correction: Correction) -> RawRow:
    cells = [*row.cells, *[""] * (at + 1 - len(row.cells))]
    damage = [each.found for each in row.damaged if each.column == at]
    if correction.found not in {cells[at], clean_line(cells[at]), *damage}:
        return row
    cells[at] = correction.text
    return RawRow(row.number, tuple(cells), tuple(each for each in row.damaged if each.column != at))
