"""Words that stand beside the cells we offered: columns somebody added, comments stuck to cells.

They are nobody's field, but somebody's answer: each comes back with the place it stands in and the
record its row speaks of, so that it can be kept as a note.
"""

from collections.abc import Iterator, Mapping, Sequence

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.sentences import told
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.base import BaseSheet
from accountplanner.exchange.contract import KEY_HEADER, RECEIPT_SHEET
from accountplanner.exchange.own_words import recognisable
from accountplanner.exchange.reading.cells import CellValue, Sheet, cell_text
from accountplanner.exchange.returned.columns import ColumnMap
from accountplanner.exchange.returned.findings import AddedColumn, Place, Remark
from accountplanner.exchange.returned.same import is_blank, states_nothing
from accountplanner.exchange.returned.sheets import FoundSheet, KeyedRow, is_service_sheet

_AT_A_GLANCE = 2_000
_NOTED = ("account", "contact")


def comments_beside(sheet: Sheet) -> Iterator[Remark]:
    """What people stuck to the cells of a sheet that shows no records, such as the guide."""
    for each in sheet.comments:
        place = Place(sheet.name, each.row, told("column {number}", number=each.column))
        yield Remark(each.text, place, author=each.author, dated=each.dated)


def texts_beside(sheet: Sheet, words: Mapping[str, Sequence[str]]) -> Iterator[Remark]:
    """What people typed into the cells of the guide or the receipt; our own words are no answer."""
    ours = next((texts for name, texts in words.items() if name.casefold() == sheet.name.casefold()), None)
    if ours is None:
        return
    known = recognisable(ours)
    for row in sheet.rows:
        for column, found in row.cells.items():
            if (text := _text(found)) and comparison_text(text).casefold() not in known:
                yield Remark(text, Place(sheet.name, row.number, told("column {number}", number=column)), beside=True)


def sheet_beside(sheet: Sheet, words: Mapping[str, Sequence[str]]) -> Remark | None:
    """What a partner wrote on a sheet of their own, if it is as little as one reads at a glance."""
    if RECEIPT_SHEET not in words or sheet.hidden or is_service_sheet(sheet.name):
        return None
    lines = [" | ".join(filter(None, map(_text, row.cells.values()))) for row in sheet.rows]
    text = "\n".join(filter(None, lines))
    return Remark(text, Place(sheet.name), beside=True) if 0 < len(text) <= _AT_A_GLANCE else None


def is_unnamed(header: str) -> bool:
    """Whether a column has no header of its own, but is called by its number."""
    return header.startswith("column ")


class RemarkTaker:
    """Collects the remarks of one sheet."""

    def __init__(
        self, found: FoundSheet, base: BaseSheet, titles: Mapping[str, Mapping[str, str]], columns: ColumnMap
    ) -> None:
        self._found = found
        self._base = base
        self._titles = titles
        self._columns = columns

    def added_columns(self) -> list[AddedColumn]:
        """Every column that is not ours, each with the cells that say something of their own."""
        taken = [self._column(column, self._header(column)) for column in self._columns.unknown]
        overwritten = tuple(
            self._remark(keyed, _text(keyed.row.cells.get(self._found.key_column)), KEY_HEADER)
            for keyed in self._found.rows
            if keyed.damaged
        )
        keys = AddedColumn(self._found.sheet.name, KEY_HEADER, overwritten)
        return [each for each in (*taken, keys) if each.cells or self._header_of(each)]

    def comments(self) -> Iterator[Remark]:
        """What people stuck to cells, those of the header among them."""
        rows = {keyed.row.number: keyed for keyed in self._found.rows}
        for each in self._found.sheet.comments:
            keyed = rows.get(each.row)
            header = self._columns.headers.get(each.column) or self._header(each.column)
            place = Place(self._found.sheet.name, each.row, header)
            about, title = self._about(keyed) if keyed else ((), "")
            yield Remark(each.text, place, about, title, each.author, each.dated)

    def _column(self, column: int, header: str) -> AddedColumn:
        said = [
            self._remark(keyed, text, header)
            for keyed in self._found.rows
            if (text := _text(keyed.row.cells.get(column))) and not self._repeats(keyed, column, text)
        ]
        return AddedColumn(self._found.sheet.name, header, tuple(said))

    def _header_of(self, column: AddedColumn) -> bool:
        return bool(column.header) and not is_unnamed(column.header) and column.header != KEY_HEADER

    def _repeats(self, keyed: KeyedRow, column: int, text: str) -> bool:
        """Whether the cell only repeats another one of its row, as a copied column does."""
        wanted = comparison_text(text)
        return any(
            comparison_text(_text(found)) == wanted
            for other, found in keyed.row.cells.items()
            if other != column and other in self._columns.fields
        )

    def _remark(self, keyed: KeyedRow, text: str, header: str) -> Remark:
        about, title = self._about(keyed)
        return Remark(text, Place(self._found.sheet.name, keyed.row.number, header), about, title)

    def _about(self, keyed: KeyedRow) -> tuple[tuple[tuple[str, str], ...], str]:
        """Whom a row speaks of, and what it is called."""
        cells = self._base.rows.get(keyed.key.alias) if keyed.key else None
        if keyed.key is None or cells is None:
            return (), ""
        title = self._titles.get(self._base.kind, {}).get(keyed.key.alias) or cells[0]
        if self._base.kind in _NOTED:
            return ((self._base.kind, keyed.key.alias),), title
        owners = {field.key for field in KINDS[self._base.kind].owners} if self._base.kind in KINDS else set()
        return tuple(self._owners(cells, owners)), title

    def _owners(self, cells: list[str], owners: set[str]) -> Iterator[tuple[str, str]]:
        for key, value in zip(self._base.fields, cells, strict=True):
            known = known_field(self._base.kind, key)
            if key not in owners or not value or known is None:
                continue
            kind = next((kind for kind in known.refers_to if value in self._titles.get(kind, {})), "")
            if kind in _NOTED:
                yield kind, value

    def _header(self, column: int) -> str:
        header = cell_text(self._found.header.cells.get(column)) if self._found.header else ""
        return header.strip() or told("column {number}", number=column)


def _text(found: CellValue | None) -> str:
    return "" if is_blank(found) or states_nothing(found) else cell_text(found).strip()
