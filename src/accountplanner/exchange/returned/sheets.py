"""Finds our sheets, rows and columns in a workbook that somebody may have rearranged.

Sheets are known by the keys in them, not by name or order; columns by their header, by an alias of the
field, and if a header was overwritten, by their place together with what stands in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.base import Base, BaseSheet
from accountplanner.exchange.contract import GUIDE_SHEET, KEY_HEADER, LISTS_SHEET, RECEIPT_SHEET, SYNC_SHEET
from accountplanner.exchange.keys import RowKey, parse_key
from accountplanner.exchange.reading.cells import Number, Sheet, SheetRow, Workbook, cell_text

_HEADER_WITHIN = 30
_OURS_WITHOUT_RECORDS = frozenset(name.casefold() for name in (GUIDE_SHEET, LISTS_SHEET, RECEIPT_SHEET, SYNC_SHEET))


class KeyedRow(NamedTuple):
    """A row with what its key says; `key` is nothing where it has none or a damaged one."""

    row: SheetRow
    key: RowKey | None
    damaged: bool


@dataclass(slots=True)
class FoundSheet:
    """A sheet that holds our records: where its header stands, which column holds keys."""

    sheet: Sheet
    header: SheetRow | None
    key_column: int
    rows: list[KeyedRow] = field(default_factory=list)
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds which field (by position in the base), and what is said about the rest."""

    fields: dict[int, int]
    headers: dict[int, str]
    doubtful: frozenset[int]
    missing: tuple[str, ...]
    unknown: tuple[int, ...]


def record_sheets(workbook: Workbook) -> list[FoundSheet]:
    """Every sheet with at least one good key; guide, receipt and hidden ones apart."""
    found = (_found(sheet) for sheet in workbook.sheets if sheet.name.casefold() not in _OURS_WITHOUT_RECORDS)
    return [each for each in found if each is not None]


def sheets_by_header(workbook: Workbook, base: Base, found: Sequence[FoundSheet]) -> list[FoundSheet]:
    """Sheets that lost their key column but still have most of the headers of one of ours."""
    known = {id(each.sheet) for each in found}
    kinds = {alias: each.kind for each in base.sheets for alias in each.rows}
    taken = {kinds.get(row.key.alias) for each in found for row in each.rows if row.key}
    lost: list[FoundSheet] = []
    for sheet in workbook.sheets:
        if id(sheet) in known or sheet.name.casefold() in _OURS_WITHOUT_RECORDS or not sheet.rows:
            continue
        header = sheet.rows[0]
        texts = {comparison_text(cell_text(value)).casefold() for value in header.cells.values()}
        for each in base.sheets:
            wanted = {comparison_text(text).casefold() for text in each.headers}
            if each.kind not in taken and len(wanted & texts) * 10 >= len(wanted) * 6:
                rows = [KeyedRow(row, None, damaged=False) for row in sheet.rows[1:]]
                lost.append(FoundSheet(sheet, header, 0, rows, kind=each.kind))
                break
    return lost


def short_ids(sheets: Sequence[FoundSheet]) -> list[str]:
    """The short export ids that keys name, the most frequent first."""
    counted: dict[str, int] = {}
    for sheet in sheets:
        for row in sheet.rows:
            if row.key is not None:
                counted[row.key.export] = counted.get(row.key.export, 0) + 1
    return sorted(counted, key=lambda short: (-counted[short], short))


def _found(sheet: Sheet) -> FoundSheet | None:
    header, column = _header(sheet)
    if column == 0:
        column = _key_column(sheet)
        if column == 0:
            return None
    start = header.number if header else 0
    found = FoundSheet(sheet, header, column)
    found.rows = [_keyed(row, column) for row in sheet.rows if row.number > start]
    # Our header alone may be somebody else's; a sheet is ours only if a good key is in it.
    return found if any(row.key for row in found.rows) else None


def _header(sheet: Sheet) -> tuple[SheetRow | None, int]:
    wanted = KEY_HEADER.casefold()
    for row in sheet.rows[:_HEADER_WITHIN]:
        for column, value in row.cells.items():
            if isinstance(value, str) and value.strip().casefold() == wanted and len(row.cells) > 1:
                return row, column
    return _header_above_keys(sheet), 0


def _header_above_keys(sheet: Sheet) -> SheetRow | None:
    """The row above the first key, if it is all text: the word in its corner was overwritten."""
    above: SheetRow | None = None
    for row in sheet.rows[:_HEADER_WITHIN]:
        if any(isinstance(value, str) and parse_key(value) for value in row.cells.values()):
            return above
        above = row if all(isinstance(value, str) for value in row.cells.values()) else None
    return None


def _key_column(sheet: Sheet) -> int:
    for row in sheet.rows:
        for column, value in row.cells.items():
            if isinstance(value, str) and parse_key(value):
                return column
    return 0


def _keyed(row: SheetRow, column: int) -> KeyedRow:
    value = row.cells.get(column)
    if value is None:
        return KeyedRow(row, None, damaged=False)
    key = parse_key(value) if isinstance(value, str) else None
    return KeyedRow(row, key, damaged=key is None and bool(cell_text(value).strip()))


class ColumnFinder:
    """Maps the columns of one found sheet to the fields of a base sheet."""

    def __init__(self, found: FoundSheet, base: BaseSheet) -> None:
        self._found = found
        self._base = base
        self._headers = {
            column: comparison_text(cell_text(value))
            for column, value in (found.header.cells.items() if found.header else ())
            if column != found.key_column
        }

    def find(self) -> ColumnMap:
        """Headers first, then aliases, then places."""
        fields: dict[int, int] = {}
        for names in (self._by_header(), self._by_alias()):
            for column, header in sorted(self._headers.items()):
                index = names.get(header.casefold())
                if index is not None and column not in fields and index not in fields.values():
                    fields[column] = index
        doubtful = self._by_place(fields)
        missing = [header for index, header in enumerate(self._base.headers) if index not in fields.values()]
        unknown = [column for column in self._columns_in_use() if column not in fields]
        return ColumnMap(fields, self._named(fields), doubtful, tuple(missing), tuple(unknown))

    def _by_header(self) -> dict[str, int]:
        return {comparison_text(header).casefold(): index for index, header in enumerate(self._base.headers)}

    def _by_alias(self) -> dict[str, int]:
        names: dict[str, int] = {}
        for index, key in enumerate(self._base.fields):
            known = known_field(self._base.kind, key)
            for alias in (key, *(known.aliases if known else ())):
                names.setdefault(alias.casefold(), index)
        return names

    def _by_place(self, fields: dict[int, int]) -> frozenset[int]:
        """Columns whose header says nothing known, at the place of a field nobody else holds.

        They are taken as that field if what stands in them agrees with the base; a new answer under
        a changed header is doubtful, because the column may be a new one.
        """
        doubtful: set[int] = set()
        for column in self._columns_in_use():
            index = column - self._found.key_column - 1
            if column in fields or index in fields.values() or not 0 <= index < len(self._base.fields):
                continue
            same, filled = self._agreement(column, index)
            if filled and same * 2 >= filled:
                fields[column] = index
            elif not filled and not self._headers.get(column):
                fields[column] = index
                doubtful.add(column)
        return frozenset(doubtful)

    def _agreement(self, column: int, index: int) -> tuple[int, int]:
        """Of the filled base cells, how many stand there unchanged, as texts."""
        same = filled = 0
        for keyed in self._found.rows:
            cells = self._base.rows.get(keyed.key.alias) if keyed.key else None
            if cells is None or not cells[index]:
                continue
            filled += 1
            shown = cell_text(keyed.row.cells.get(column))
            same += bool(shown) and _alike(cells[index], shown, self._base.kind, self._base.fields[index])
        return same, filled

    def _columns_in_use(self) -> list[int]:
        columns = set(self._headers)
        for keyed in self._found.rows:
            columns.update(keyed.row.cells)
        columns.discard(self._found.key_column)
        return sorted(columns)

    def _named(self, fields: Mapping[int, int]) -> dict[int, str]:
        return {column: self._base.headers[index] for column, index in fields.items()}


def _alike(canonical: str, shown: str, kind: str, key: str) -> bool:
    known = known_field(kind, key)
    label = dict(known.choices).get(canonical, canonical) if known else canonical
    return comparison_text(label) == comparison_text(shown) or canonical.startswith(shown)


def sync_rows_of(workbook: Workbook) -> Iterator[tuple[str, str, str]]:
    """The rows of the hidden sheet, wherever it stands and in whatever order."""
    for sheet in workbook.sheets:
        for row in sheet.rows:
            texts = [_exact(value) for _, value in sorted(row.cells.items(), key=lambda cell: cell[0])]
            if len(texts) == 3 and texts[0][:2] in {"m:", "c:"}:
                yield texts[0], texts[1], texts[2]


def _exact(value: object) -> str:
    return value if isinstance(value, str) else value.text if isinstance(value, Number) else ""
