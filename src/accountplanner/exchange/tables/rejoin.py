"""Rows that unquoted separators have torn: which neighbouring cells belong together.

A row with more cells than the header is never taken as it stands: from the tear on, every cell
would land in its neighbour's field. Each way of putting cells together again is scored by how
well all cells then fit their columns, as learnt from the good rows; a piece that begins with a
blank, as what follows a comma does, speaks for joining it to the piece before. The best way is
proposed and called sure or unsure; only a person's word, or one remembered with the mapping,
applies it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import islice
from typing import NamedTuple

from accountplanner.domain.sentences import Sentence, told
from accountplanner.exchange.reading.raw import RawRow, RawTable
from accountplanner.exchange.tables.mapping import Rejoined
from accountplanner.exchange.tables.shapes import ColumnShape, column_shapes

_MOST_SURPLUS = 8
_SURE_BY = 3.0
_FEWEST_GOOD_ROWS = 5
_LEARNT_FROM = 5_000
_JOINED_WITH_BLANK = 0.0
_JOINED_WITHOUT_BLANK = -4.0


@dataclass(frozen=True, slots=True)
class Rejoining:
    """A proposal for one row: what belongs together, how the row reads then, and whether that is sure.

    `joins` is empty for a row that merely carries a surplus empty cell at its end.
    """

    label: str
    sheet: str
    row: int
    joins: tuple[Rejoined, ...]
    cells: tuple[str, ...]
    sure: bool
    separator: str = ","

    def sentence(self) -> Sentence:
        """Say it in one line."""
        place = told("{sheet}, row {row}", sheet=self.sheet, row=str(self.row))
        return told("{place}: {matter}", place=place, matter=self.reading())

    def reading(self) -> Sentence:
        """Say how the row reads then, without where it stands."""
        if not self.joins:
            return told("as it is")
        read = reduce(_and, (self._read(join) for join in self.joins))
        return told("read {cells}", cells=read) if self.sure else told("read {cells} (unsure)", cells=read)

    def _read(self, join: Rejoined) -> Sentence:
        return told("{column} as “{text}”", column=join.column, text=self.cells_of(join))

    def cells_of(self, join: Rejoined) -> str:
        """The text put together again, as it stood before it was torn."""
        return self.separator.join(join.pieces)


def _and(one: Sentence, other: Sentence) -> Sentence:
    return told("{one} and {other}", one=one, other=other)


class _Way(NamedTuple):
    """One way through a row so far: how good, and which columns took more than one cell."""

    score: float
    joins: tuple[tuple[int, tuple[str, ...]], ...]


Score = Callable[[int, tuple[str, ...]], float | None]
"""How well some cells fit a column together; `None` forbids it."""


class Rejoiner:
    """Knows the good rows of one table and mends the torn ones."""

    def __init__(self, label: str, table: RawTable) -> None:
        self._label = label
        self._table = table
        self._width = len(table.header)
        self._separator = table.separator or ","

    @cached_property
    def _good_rows(self) -> list[tuple[str, ...]]:
        good = (row.cells for row in self._table.rows if len(row.cells) == self._width)
        return list(islice(good, _LEARNT_FROM))

    @cached_property
    def _shapes(self) -> list[ColumnShape]:
        return column_shapes(self._good_rows, self._width)

    def is_torn(self, row: RawRow) -> bool:
        """Say whether the row has more cells than the header."""
        return len(row.cells) > self._width

    def remembered(self, row: RawRow, joins: Collection[Rejoined]) -> tuple[str, ...] | None:
        """Mend a row by joins a person has confirmed; `None` unless they do it in exactly one way."""
        known = {(join.column, join.pieces) for join in joins}

        def allowed(column: int, pieces: tuple[str, ...]) -> float | None:
            return 0.0 if len(pieces) == 1 or (self._table.header[column], pieces) in known else None

        ways = self._ways(row.cells, allowed) if known else []
        return self._mended(row.cells, ways[0]) if len(ways) == 1 else None

    def proposal(self, row: RawRow) -> Rejoining | None:
        """Propose how to mend a torn row; `None` where there is nothing to go by."""
        if len(self._good_rows) < _FEWEST_GOOD_ROWS or len(row.cells) - self._width > _MOST_SURPLUS:
            return None
        ways = self._ways(row.cells, self._fit)
        if not any(cell.strip() for cell in row.cells[self._width :]):
            ways.append(_Way(sum(self._fit(at, (cell,)) for at, cell in enumerate(row.cells[: self._width])), ()))
        best, *others = sorted(ways, key=lambda way: -way.score)
        sure = not others or best.score - others[0].score >= _SURE_BY
        joins = tuple(Rejoined(self._table.header[column], pieces) for column, pieces in best.joins)
        mended = self._mended(row.cells, best)
        return Rejoining(self._label, self._table.name, row.number, joins, mended, sure, self._separator)

    def _fit(self, column: int, pieces: tuple[str, ...]) -> float:
        joint = sum(_JOINED_WITH_BLANK if piece[:1].isspace() else _JOINED_WITHOUT_BLANK for piece in pieces[1:])
        return self._shapes[column].fit(self._separator.join(pieces)) + joint

    def _ways(self, cells: Sequence[str], score: Score) -> list[_Way]:
        """The two best ways to read the cells as one row: per surplus used up so far, column by column."""
        surplus = len(cells) - self._width
        ways: dict[int, list[_Way]] = {0: [_Way(0.0, ())]}
        for column in range(self._width):
            further: dict[int, list[_Way]] = {}
            for used, reached in ways.items():
                for more in range(surplus - used + 1):
                    pieces = tuple(cells[column + used : column + used + more + 1])
                    fit = score(column, pieces)
                    if fit is not None:
                        further.setdefault(used + more, []).extend(_extended(reached, fit, column, pieces))
            ways = {used: sorted(found, key=lambda way: -way.score)[:2] for used, found in further.items()}
        return ways.get(surplus, [])

    def _mended(self, cells: Sequence[str], way: _Way) -> tuple[str, ...]:
        torn = dict(way.joins)
        mended: list[str] = []
        at = 0
        for column in range(self._width):
            pieces = torn.get(column, (cells[at],))
            mended.append(self._separator.join(pieces))
            at += len(pieces)
        return tuple(mended)


def _extended(reached: list[_Way], fit: float, column: int, pieces: tuple[str, ...]) -> list[_Way]:
    joined = ((column, pieces),) if len(pieces) > 1 else ()
    return [_Way(way.score + fit, way.joins + joined) for way in reached]
