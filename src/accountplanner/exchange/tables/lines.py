"""Rows as the mapping sees them: with the row of a joined table beside their own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import told
from accountplanner.domain.text import clean_line
from accountplanner.exchange.reading.raw import RawRow
from accountplanner.exchange.tables.mapping import folded
from accountplanner.exchange.tables.rows import ReadyRow, ReadyTable


class Line(NamedTuple):
    """The cells of a row and, after them, of the row joined to it."""

    cells: tuple[str, ...]
    damaged: Mapping[int, str]
    own: RawRow
    side: RawRow | None = None


class Layout:
    """Where the columns of a table, and of the one joined to it, stand in a line."""

    def __init__(self, own: ReadyTable, side: ReadyTable | None, on: str = "") -> None:
        self.own = own
        self._side = side
        self._on = on
        self._width = len(own.raw.header)

    def place(self, column: str) -> int | None:
        """Where a column stands; a column of the table itself goes before one of the same name beside it."""
        name = folded(column)
        if name in self.own.columns:
            return self.own.columns[name]
        if self._side is not None and name in self._side.columns:
            return self._width + self._side.columns[name]
        return None

    def places(self, columns: Iterable[str]) -> tuple[int, ...]:
        """Where several columns stand, without those that are nowhere."""
        return tuple(place for place in map(self.place, columns) if place is not None)

    def problem(self, line: Line, place: int, found: str, expected: str, code: str = "value") -> Problem:
        """Word a problem with the cell at a place, wherever that cell really stands."""
        if place >= self._width and self._side is not None and line.side is not None:
            column = self._side.raw.header[place - self._width]
            return Problem(self._side.raw.name, line.side.number, column, found, expected, code)
        return Problem(self.own.raw.name, line.own.number, self.own.raw.header[place], found, expected, code)

    def lines(self) -> Iterator[Line]:
        """Every usable row; one without a partner in the joined table is set aside."""
        if self._side is None:
            for row in self.own.rows:
                yield Line(row.cells, row.damaged, row.raw)
            return
        partners = _by_key(self._side, self._on)
        place = self.own.columns[folded(self._on)]
        for row in self.own.rows:
            key = clean_line(row.cells[place])
            if (partner := partners.get(key)) is not None:
                yield Line(row.cells + partner.cells, self._damaged(row, partner), row.raw, partner.raw)
            else:
                expected = told(
                    "a readable row of {table} with this {column}", table=self._side.raw.name, column=self._on
                )
                self.own.set_aside(row.raw, key, expected, "reference")

    def _damaged(self, row: ReadyRow, partner: ReadyRow) -> Mapping[int, str]:
        if not partner.damaged:
            return row.damaged
        return {**row.damaged, **{self._width + place: found for place, found in partner.damaged.items()}}


def _by_key(table: ReadyTable, on: str) -> dict[str, ReadyRow]:
    """Rows by their key; of two that differ the first stays, as for records."""
    place = table.columns[folded(on)]
    rows: dict[str, ReadyRow] = {}
    for row in table.rows:
        key = clean_line(row.cells[place])
        first = rows.setdefault(key, row)
        if not key:
            table.set_aside(row.raw, "", told("a value in {column}", column=on), "key")
        elif first.cells != row.cells:
            table.set_aside(
                row.raw,
                key,
                told("each {column} once (row {row} has it too)", column=on, row=first.raw.number),
                "duplicate",
            )
    rows.pop("", None)
    return rows
