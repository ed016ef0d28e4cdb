"""Columns that were sorted by themselves: the same values in another order, so nobody can say whose they are now."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.cells import CellValue
from accountplanner.exchange.returned.ascribing import lost_cell
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.rows import RowDifference
from accountplanner.exchange.returned.same import is_blank

_COLUMN_VALUES = 5
_FEW_VALUES_CELLS = 8
_SORTED_SHARE = 0.66
_SORTED = told("a column in its old order: it was sorted by itself, so nobody can say to whom this belongs")


@dataclass(slots=True)
class _Column:
    """The cells of one column that show something else: what came, what went."""

    rows: list[tuple[RowDifference, CellValue]]
    came: Counter[str]
    went: Counter[str]

    @property
    def kept(self) -> int:
        return (self.came & self.went).total()

    @property
    def is_sorted(self) -> bool:
        """Whether the same values stand there in another order.

        A column of few different values is full of the same ones after any edit, so there only an exact
        change of places by many says so.
        """
        if len(self.came) >= _COLUMN_VALUES:
            return self.kept >= self.came.total() * _SORTED_SHARE
        return self.came.total() >= _FEW_VALUES_CELLS and self.came == self.went

    @property
    def may_be_sorted(self) -> bool:
        """The same beside a column that surely is."""
        return self.came.total() > 1 and self.kept >= self.came.total() * _SORTED_SHARE


def settle_resorted(comparison: Comparison) -> None:
    """Take back what columns say that were sorted without the others; what is new in them has lost its row."""
    by_kind: dict[str, dict[int, _Column]] = {}
    for kind, index, column in _columns(comparison):
        by_kind.setdefault(kind, {})[index] = column
    for kind, columns in by_kind.items():
        if any(column.is_sorted for column in columns.values()):
            for index, column in sorted(columns.items()):
                if column.is_sorted or column.may_be_sorted:
                    _take_back(comparison, kind, index, column)


def _columns(comparison: Comparison) -> Iterator[tuple[str, int, _Column]]:
    rows: dict[str, list[RowDifference]] = {}
    changed: dict[tuple[str, int], list[tuple[RowDifference, CellValue]]] = {}
    for row in comparison.rows.values():
        if row.part == 1 and row.alias in row.known.base.rows:
            rows.setdefault(row.known.base.kind, []).append(row)
            for index, found, _ in row.changed:
                changed.setdefault((row.known.base.kind, index), []).append((row, found))
    for (kind, index), cells in sorted(changed.items(), key=lambda each: each[0]):
        if len(cells) > 1:
            yield kind, index, _column(rows[kind], index, cells)


def _column(rows: Sequence[RowDifference], index: int, changed: list[tuple[RowDifference, CellValue]]) -> _Column:
    column = _Column(changed, Counter(), Counter())
    gone: list[RowDifference] = [row for row, _ in changed]
    known, present = changed[0][0].known, {row.alias for row in rows}
    for row, found in changed:
        column.came[row.known.recognition.found_spelling(found)] += 1
    if any(not row.known.base.rows[row.alias][index] for row, _ in changed):
        # Only where a blank was filled can sorting have left a blank elsewhere.
        gone += [row for row in rows if is_blank(row.cells.get(index))]
    aliases = [row.alias for row in gone]
    if len(present) < len(known.base.rows):
        aliases += [alias for alias in known.base.rows if alias not in present]
    for alias in aliases:
        if was := known.base.rows[alias][index]:
            column.went[known.recognition.spelling(index, was)] += 1
    return column


def _filled_empty(comparison: Comparison, kind: str, index: int) -> list[tuple[RowDifference, CellValue]]:
    """What stands in one column of the rows that were empty: sorting carries values into them, too."""
    rows = (row for row in comparison.rows.values() if row.known.base.kind == kind)
    empty = [row for row in rows if row.alias not in row.known.base.rows]
    return [(row, found) for row in empty for at, found, _ in row.changed if at == index]


def _take_back(comparison: Comparison, kind: str, index: int, column: _Column) -> None:
    sheet = comparison.sheets[kind].base
    comparison.resorted.append((sheet.name, sheet.headers[index]))
    left = Counter(column.went)
    for row, found in [*column.rows, *_filled_empty(comparison, kind, index)]:
        row.changed = [each for each in row.changed if each[0] != index]
        spelled = row.known.recognition.found_spelling(found)
        if left[spelled] > 0:
            left[spelled] -= 1
        else:
            comparison.lost.append(lost_cell(row, index, found, _SORTED))
