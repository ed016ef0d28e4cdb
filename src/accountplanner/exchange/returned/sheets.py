"""Finds our sheets and rows in a workbook that somebody may have rearranged.

Sheets are known by the keys in them, not by name or order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from accountplanner.domain.text import comparison_text
from accountplanner.exchange.base import Base
from accountplanner.exchange.contract import GUIDE_SHEET, KEY_HEADER, LISTS_SHEET, RECEIPT_SHEET, SYNC_SHEET
from accountplanner.exchange.keys import RowKey, parse_key
from accountplanner.exchange.reading.cells import Number, Sheet, SheetRow, Workbook, cell_text
from accountplanner.exchange.sync import SyncRow

_HEADER_WITHIN = 30
_LIKE_OURS = 0.6
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


def is_service_sheet(name: str) -> bool:
    """Whether a sheet is one of ours that holds no records: guide, receipt, hidden ones."""
    return name.casefold() in _OURS_WITHOUT_RECORDS


def record_sheets(workbook: Workbook) -> list[FoundSheet]:
    """Every sheet with at least one good key; guide, receipt and hidden ones apart."""
    found = (_found(sheet) for sheet in workbook.sheets if not is_service_sheet(sheet.name))
    return [each for each in found if each is not None]


def sheets_by_header(workbook: Workbook, base: Base, found: Sequence[FoundSheet]) -> list[FoundSheet]:
    """Sheets that lost their key column but still have most of the headers of one of ours."""
    known = {id(each.sheet) for each in found}
    lost: list[FoundSheet] = []
    for sheet in workbook.sheets:
        if id(sheet) in known or is_service_sheet(sheet.name) or not sheet.rows:
            continue
        header = sheet.rows[0]
        likeness = header_likeness(header, base)
        if likeness:
            rows = [KeyedRow(row, None, damaged=False) for row in sheet.rows[1:]]
            kind = max(likeness, key=lambda each: (likeness[each], each))
            lost.append(FoundSheet(sheet, header, 0, rows, kind=kind))
    return lost


def header_likeness(header: SheetRow | None, base: Base) -> dict[str, float]:
    """How much a header is like those of our sheets, by kind; only of those it is like at all."""
    texts = {_folded(cell_text(value)) for value in (header.cells.values() if header else ())}
    likely = {each.kind: _likeness(each.headers, texts) for each in base.sheets}
    return {kind: likeness for kind, likeness in likely.items() if likeness}


def _likeness(headers: Sequence[str], texts: set[str]) -> float:
    """How alike two headers are: most of ours must be there; of several sheets the one with the least beside it."""
    wanted = {_folded(text) for text in headers}
    found = len(wanted & texts) / max(1, len(wanted))
    return (found + len(wanted & texts) / max(1, len(wanted | texts))) / 2 if found >= _LIKE_OURS else 0.0


def _folded(text: str) -> str:
    return comparison_text(text).casefold()


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
    rows = [_keyed(row, column) for row in sheet.rows if not _is_header(row, column)]
    start = _first_row(header, rows)
    found = FoundSheet(sheet, header, column, [keyed for keyed in rows if keyed.row.number >= start])
    # Our header alone may be somebody else's; a sheet is ours only if a good key is in it.
    return found if any(row.key for row in found.rows) else None


def _first_row(header: SheetRow | None, rows: Sequence[KeyedRow]) -> int:
    """Where records begin: below the header, with titles above it left alone, unless the header was sorted with them."""
    if header is None or any(keyed.key for keyed in rows if keyed.row.number < header.number):
        return 0
    return header.number + 1


def _header(sheet: Sheet) -> tuple[SheetRow | None, int]:
    wanted = KEY_HEADER.casefold()
    for row in sheet.rows[:_HEADER_WITHIN]:
        for column, value in row.cells.items():
            if isinstance(value, str) and value.strip().casefold() == wanted and len(row.cells) > 1:
                return row, column
    return _header_above_keys(sheet), 0


def _is_header(row: SheetRow, column: int) -> bool:
    """Whether a header stands once more among the rows, as where two sheets were put below one another."""
    return cell_text(row.cells.get(column)).strip().casefold() == KEY_HEADER.casefold()


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


def sync_rows_in(sheet: Sheet) -> Iterator[SyncRow]:
    """The rows of the hidden sheet, whatever it is called and in whatever order; none of any other sheet."""
    for row in sheet.rows:
        if len(row.cells) != 3:
            continue
        texts = [_exact(value) for _, value in sorted(row.cells.items(), key=lambda cell: cell[0])]
        if texts[0][:2] in {"m:", "c:"}:
            yield texts[0], texts[1], texts[2]


def _exact(value: object) -> str:
    return value if isinstance(value, str) else value.text if isinstance(value, Number) else ""
