"""Which column of a sheet that came back holds which field: by header, by alias, by place, by what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.base import BaseSheet
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.same import SameCheck, is_blank
from accountplanner.exchange.returned.sheets import FoundSheet

_SAMPLE = 50
_FEW = 3


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds which field (by position in the base), and what is said about the rest."""

    fields: dict[int, int]
    headers: dict[int, str]
    doubtful: frozenset[int]
    missing: tuple[str, ...]
    unknown: tuple[int, ...]


class ColumnFinder:
    """Maps the columns of one found sheet to the fields of a base sheet."""

    def __init__(self, found: FoundSheet, base: BaseSheet, checks: Sequence[SameCheck]) -> None:
        self._found = found
        self._base = base
        self._checks = checks
        self._rows = self._sample()
        self._doubtful: set[int] = set()
        self._headers = {
            column: comparison_text(cell_text(value))
            for column, value in (found.header.cells.items() if found.header else ())
            if column != found.key_column
        }

    def find(self) -> ColumnMap:
        """Headers first, then aliases, then places, then contents. Where contents deny a header, they win."""
        if not self._headers:
            return self.find_moved()
        fields = self._by_names()
        denied = self._denied(fields)
        for column in denied:
            del fields[column]
        self._by_place(fields)
        self._by_content(fields)
        for column, index in denied.items():
            if column not in fields and index not in fields.values():
                fields[column] = index
        return self._map(fields)

    def find_moved(self, home: Mapping[int, int] | None = None) -> ColumnMap:
        """The same for rows that were moved here from elsewhere: they mostly kept their places.

        `home` says which field stands how far from the key on the sheet they came from, where that is there.
        """
        homed = {self._found.key_column + distance: index for distance, index in (home or {}).items()}
        placed = {column: column - self._found.key_column - 1 for column in self._columns_in_use()}
        placed = {column: index for column, index in placed.items() if 0 <= index < len(self._base.fields)}
        named = self._by_names()
        fields = max(homed, named, placed, key=lambda each: sum(self._agreement(*pair)[0] for pair in each.items()))
        self._doubtful.update(column for column, index in fields.items() if not self._agreement(column, index)[0])
        return self._map(fields)

    def _map(self, fields: dict[int, int]) -> ColumnMap:
        headers = {column: self._base.headers[index] for column, index in fields.items()}
        missing = [header for index, header in enumerate(self._base.headers) if index not in fields.values()]
        unknown = [column for column in self._columns_in_use() if column not in fields]
        return ColumnMap(fields, headers, frozenset(self._doubtful), tuple(missing), tuple(unknown))

    def _by_names(self) -> dict[int, int]:
        fields: dict[int, int] = {}
        for names in (self._header_names(), self._alias_names()):
            claims: dict[int, list[int]] = {}
            for column, header in sorted(self._headers.items()):
                index = names.get(header.casefold())
                if index is not None and column not in fields and index not in fields.values():
                    claims.setdefault(index, []).append(column)
            for index, columns in claims.items():
                # A column that was copied beside itself: the one that still shows what left is ours.
                best = max(columns, key=lambda column: self._agreement(column, index)[0])
                fields[best] = index
                if len(columns) > 1:
                    self._doubtful.add(best)
        return fields

    def _header_names(self) -> dict[str, int]:
        return {comparison_text(header).casefold(): index for index, header in enumerate(self._base.headers)}

    def _alias_names(self) -> dict[str, int]:
        names: dict[str, int] = {}
        for index, key in enumerate(self._base.fields):
            known = known_field(self._base.kind, key)
            for alias in (key, *(known.aliases if known else ())):
                names.setdefault(alias.casefold(), index)
        return names

    def _denied(self, fields: Mapping[int, int]) -> dict[int, int]:
        """Columns whose header says one field while what stands in them is another one's."""
        strange = {column: index for column, index in fields.items() if self._is_strange(column, index)}
        return {
            column: index
            for column, index in strange.items()
            if any(self._is_plainly(other, index) for other in self._columns_in_use() if other != column)
        }

    def _is_strange(self, column: int, index: int) -> bool:
        same, filled, _ = self._agreement(column, index)
        return filled >= _FEW and same * 2 < filled

    def _is_plainly(self, column: int, index: int) -> bool:
        same, filled, distinct = self._agreement(column, index)
        return distinct >= _FEW and same * 2 >= filled

    def _by_place(self, fields: dict[int, int]) -> None:
        """Columns whose header says nothing known, at the place of a field nobody else holds.

        They are taken as that field if what stands in them agrees with the base; a new answer under
        a changed header is doubtful, because the column may be a new one.
        """
        for column in self._columns_in_use():
            index = column - self._found.key_column - 1
            if column in fields or index in fields.values() or not 0 <= index < len(self._base.fields):
                continue
            same, filled, _ = self._agreement(column, index)
            if filled and same * 2 >= filled:
                fields[column] = index
            elif not filled and not self._headers.get(column):
                fields[column] = index
                self._doubtful.add(column)

    def _by_content(self, fields: dict[int, int]) -> None:
        """Columns that stand elsewhere under another header, and still show plainly what one field showed."""
        lost = [index for index in range(len(self._base.fields)) if index not in fields.values()]
        for column in self._columns_in_use():
            if column in fields or not lost:
                continue
            best = max(lost, key=lambda index: self._agreement(column, index)[0])
            if self._is_plainly(column, best):
                fields[column] = best
                lost.remove(best)
                self._doubtful.add(column)

    def _sample(self) -> list[tuple[Mapping[int, CellValue], list[str]]]:
        """Rows to compare columns by: as many as tell, not all."""
        known = self._base.rows
        keyed = [each for each in self._found.rows if each.key and each.key.part == 1 and each.key.alias in known]
        step = max(1, len(keyed) // _SAMPLE)
        return [(each.row.cells, known[each.key.alias]) for each in keyed[::step] if each.key]

    def _agreement(self, column: int, index: int) -> tuple[int, int, int]:
        """Of the filled base cells, how many stand there unchanged; how many there are; how many different ones."""
        same = filled = 0
        agreeing: set[str] = set()
        for cells, base in self._rows:
            if not base[index]:
                continue
            filled += 1
            shown = cells.get(column)
            if shown is not None and not is_blank(shown) and self._checks[index](base[index], shown):
                same += 1
                agreeing.add(base[index])
        return same, filled, len(agreeing)

    def _columns_in_use(self) -> list[int]:
        columns = set(self._headers)
        for keyed in self._found.rows:
            columns.update(keyed.row.cells)
        columns.discard(self._found.key_column)
        return sorted(columns)
