"""The rows of a record sheet as they are drawn: which look each cell has, and how high a row stands."""

import math
from typing import TYPE_CHECKING, Any

from accountplanner.domain.fields import FieldType
from accountplanner.domain.sentences import told
from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.writing.look import Formats, number_of, text_room
from accountplanner.exchange.writing.plan import PlannedRow, RecordSheet
from accountplanner.exchange.writing.written import CellNotWrittenError

if TYPE_CHECKING:
    from accountplanner.exchange.writing.rows import RowSheet

_LINE_HEIGHT = 13.5
_MOST_LINES = 5
_MOST_FRAMED = 60_000


class RowWriter:
    """Writes the rows of one sheet; formats are looked up once a column, look and currency."""

    def __init__(self, sheet: "RowSheet", planned: RecordSheet, formats: Formats, facts: ExportFacts) -> None:
        self._sheet = sheet
        self._fields = planned.fields
        self._columns = planned.content.layout.columns
        self._formats = formats
        self._currency = facts.currency
        self._is_partner = facts.kind is WorkbookKind.PARTNER
        # A frame around every blank cell looks better and costs time, so very large sheets go without.
        self._framed = self._is_partner or len(planned.rows) * len(planned.fields) <= _MOST_FRAMED
        self._widths = [text_room(known) for known in planned.fields]
        self._by_look: dict[tuple[object, ...], list[int]] = {}

    def write(self, number: int, row: PlannedRow) -> None:
        """Write one row; the header is row 0.

        Raises:
            CellNotWrittenError: a text is too long for a cell.
        """
        formats = self._row_formats(row)
        is_bare = row.look == "plain" and not self._framed
        cells = [
            (column, cell, formats[column])
            for column, cell in enumerate(row.cells)
            if cell != "" or not is_bare or column in row.marked
        ]
        if self._sheet.spell_row(number, cells, self._height(row)):
            raise CellNotWrittenError(self._sheet.get_name(), told("a text in row {number}", number=number + 1))

    def _row_formats(self, row: PlannedRow) -> list[int]:
        """The numbers of the row's formats, the key's first; most rows of a sheet look alike."""
        wanted = (row.look, row.marked, row.currencies)
        if wanted not in self._by_look:
            forms = [self._format(row, index) for index in range(len(self._fields))]
            self._by_look[wanted] = [number_of(form) for form in (self._formats.named("key"), *forms)]
        return self._by_look[wanted]

    def _format(self, row: PlannedRow, index: int) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        look = "conflict" if index + 1 in row.marked else self._look(row.look, index)
        if self._fields[index].type is not FieldType.MONEY:
            return self._formats.cell(self._fields[index], look)
        return self._formats.cell(
            self._fields[index], look, row.currencies[index] if row.currencies else self._currency
        )

    def _look(self, look: str, index: int) -> str:
        column = self._columns[index]
        if look == "spare":
            return ("partner-spare" if self._is_partner else "spare") if column.open_on_new else "read"
        if column.open and look != "read":
            return look
        return "read" if index else "name"

    def _height(self, row: PlannedRow) -> float:
        """The height of a row in which long texts show some lines, 0 for the usual one."""
        lines = 1
        for width, cell in zip(self._widths, row.cells[1:], strict=True):
            if isinstance(cell, str) and lines < _MOST_LINES and (len(cell) > width or "\n" in cell):
                lines = max(lines, cell.count("\n", 0, 400) + math.ceil(len(cell) / width))
        return min(lines, _MOST_LINES) * _LINE_HEIGHT if lines > 1 else 0
