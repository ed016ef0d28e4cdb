"""Draws a plan with XlsxWriter, into memory: no plain copy of anything lies in a temporary folder.

Every call that writes something is checked: the library reports what it could not write by a number,
and writes half of it.
"""

import io
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.sentences import fixed, quoted, told
from accountplanner.exchange.contract import (
    GUIDE_SHEET,
    LISTS_SHEET,
    PROPERTY_CONTRACT,
    PROPERTY_EXPORT,
    PROPERTY_MANIFEST,
    RECEIPT_SHEET,
    SYNC_SHEET,
    WRITTEN_BY,
    WorkbookKind,
)
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.receipt import RECEIPT_HEADERS
from accountplanner.exchange.shown import Shown
from accountplanner.exchange.writing.guards import guards
from accountplanner.exchange.writing.look import HEAD, Formats, column_width, is_wrapped, number_of
from accountplanner.exchange.writing.plan import Plan, PlannedRow, RecordSheet, list_rows
from accountplanner.exchange.writing.words import FOOTER, POINT, SHEETS_HEADING, header_text, step_mark

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from accountplanner.exchange.writing.rows import RowSheet

_EXACT = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
_A4 = 9
_PAGE_CHARACTERS = 150
_KEY_WIDTH = 8
_LINE_HEIGHT = 13.5
_MOST_LINES = 5
HEADER_HEIGHT = 36
_MOST_FRAMED = 60_000
_RECEIPT_WIDTHS = (12, 32, 34, 50, 28)
PROTECTION = {
    "sort": True,
    "autofilter": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_columns": True,
    "insert_rows": True,
    "delete_columns": True,
    "delete_rows": True,
    # Remarks are answers, too.
    "objects": True,
}


class CellNotWrittenError(RefusedError):
    """The library could not write something as it is."""

    def __init__(self, sheet: str, what: str) -> None:
        super().__init__(
            told(
                "The workbook could not be written: {what} on sheet “{sheet}” does not fit into it.",
                what=fixed(what),
                sheet=sheet,
            )
        )


def draw(plan: Plan) -> bytes:
    """Make the file.

    Raises:
        CellNotWrittenError: something would be cut or left out.
    """
    # Loaded when a workbook is written, not when the window opens.
    from accountplanner.exchange.writing.rows import RowBook  # noqa: PLC0415

    into = io.BytesIO()
    book = RowBook(into, _EXACT)
    _describe(book, plan)
    drawing = _Drawing(book, plan)
    drawing.guide()
    for sheet in plan.sheets:
        drawing.records(sheet)
    drawing.receipt()
    drawing.hidden(LISTS_SHEET, list_rows(plan.lists))
    drawing.hidden(SYNC_SHEET, plan.sync)
    book.close()
    book.let_go()
    return into.getvalue()


def _describe(book: "Workbook", plan: Plan) -> None:
    made = datetime.fromisoformat(plan.facts.made_on).replace(tzinfo=UTC)
    book.set_properties({"title": plan.guide[0].text, "author": WRITTEN_BY, "created": made.replace(tzinfo=None)})
    book.set_custom_property(PROPERTY_EXPORT, plan.facts.short, "text")
    book.set_custom_property(PROPERTY_CONTRACT, str(plan.contract), "text")
    book.set_custom_property(PROPERTY_MANIFEST, plan.manifest.digest(), "text")
    book.set_calc_mode("manual")


class _Drawing:
    def __init__(self, book: "Workbook", plan: Plan) -> None:
        self._book = book
        self._plan = plan
        self._formats = Formats(book)
        self._is_partner = plan.facts.kind is WorkbookKind.PARTNER

    def guide(self) -> None:
        sheet = self._book.add_worksheet(GUIDE_SHEET)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(HEAD)
        for column, width in enumerate((2, 7, 110)):
            _done(sheet, told("a width"), sheet.set_column(column, column, width))
        row = self._guide_text(sheet)
        self._guide_sheets(sheet, row)
        self._page(sheet, GUIDE_SHEET, pages_wide=1, pages_tall=1)
        sheet.activate()
        sheet.set_first_sheet()
        if self._is_partner:
            sheet.protect("", PROTECTION)

    def _guide_text(self, sheet: "Worksheet") -> int:
        step = 0
        row = 1
        for line in self._plan.guide:
            row += line.look == "heading"
            step = step + 1 if line.look == "step" else 0
            wide = line.look in {"title", "subtitle", "heading"}
            if step or line.look == "point":
                mark = step_mark(step) if step else POINT
                _done(sheet, mark, sheet.write_string(row, 1, mark, self._formats.named("number")))
            column = 1 if wide else 2
            _done(sheet, line.text, sheet.write_string(row, column, line.text, self._formats.named(line.look)))
            if line.look == "title":
                _done(sheet, told("a height"), sheet.set_row(row, 32))
            row += 1
        return row + 1

    def _guide_sheets(self, sheet: "Worksheet", row: int) -> None:
        named = self._formats.named
        _done(sheet, SHEETS_HEADING, sheet.write_string(row, 1, SHEETS_HEADING, named("heading")))
        for at, each in enumerate(self._plan.sheets, row + 1):
            link = f"internal:'{each.name}'!A1"
            _done(sheet, each.name, sheet.write_url(at, 2, link, named("link"), each.name))
            _done(sheet, each.name, sheet.write_number(at, 1, len(each.content.rows), named("count")))

    def records(self, planned: RecordSheet) -> None:
        sheet = self._book.add_worksheet(planned.name)
        self._columns(sheet, planned)
        self._table(sheet, planned)
        _done(sheet, "a row", sheet.begin_rows(max(1, len(planned.rows)), len(planned.header)))
        writer = _RowWriter(sheet, planned, self._formats, self._plan.facts)
        for number, row in enumerate(planned.rows, 1):
            writer.write(number, row)
        self._guards(sheet, planned)
        sheet.freeze_panes(1, 2)
        width = _KEY_WIDTH + sum(column_width(known) for known in planned.fields)
        self._page(sheet, planned.name, pages_wide=max(1, math.ceil(width / _PAGE_CHARACTERS)))
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)
        if self._is_partner:
            sheet.protect("", PROTECTION)

    def _columns(self, sheet: "Worksheet", planned: RecordSheet) -> None:
        _done(sheet, told("a width"), sheet.set_column(0, 0, _KEY_WIDTH, self._formats.named("key")))
        for column, known in enumerate(planned.fields, 1):
            # Rows somebody types below keep the column's own format, so a number stays the text it is.
            look = self._formats.below(known, self._currency(known))
            _done(sheet, told("a width"), sheet.set_column(column, column, column_width(known), look))
        if self._is_partner:
            # Whole rows can be taken out only if nothing in them is locked, and there is room for columns of one's own.
            _done(sheet, told("a width"), sheet.set_beside(len(planned.header), self._formats.named("beside")))
        _done(sheet, told("a height"), sheet.set_row(0, HEADER_HEIGHT))

    def _currency(self, known: Field) -> str:
        return self._plan.facts.currency if known.type is FieldType.MONEY else ""

    def _table(self, sheet: "Worksheet", planned: RecordSheet) -> None:
        header = self._formats.named("header")
        described = {
            "name": planned.name.replace(" ", "_"),
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": text, "header_format": header} for text in planned.header],
        }
        rows = max(1, len(planned.rows))
        _done(sheet, told("the table"), sheet.add_table(0, 0, rows, len(planned.header) - 1, described))

    def _guards(self, sheet: "Worksheet", planned: RecordSheet) -> None:
        for place, described in guards(planned, self._plan):
            _done(sheet, told("a check"), sheet.data_validation(*place, dict(described)))

    def receipt(self) -> None:
        if self._plan.receipt is None:
            return
        sheet = self._book.add_worksheet(RECEIPT_SHEET)
        for column, width in enumerate(_RECEIPT_WIDTHS):
            _done(sheet, told("a width"), sheet.set_column(column, column, width))
        self._texts(sheet, [RECEIPT_HEADERS], "header")
        # A note that stands alone runs on over the columns beside it.
        is_note = len(self._plan.receipt) == 1 and len(self._plan.receipt[0]) == 1
        self._texts(sheet, self._plan.receipt, "receipt-note" if is_note else "receipt", start=1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        self._page(sheet, RECEIPT_SHEET, pages_wide=1)
        sheet.protect("", PROTECTION)

    def hidden(self, name: str, rows: Iterable[tuple[Shown, ...]]) -> None:
        sheet = self._book.add_worksheet(name)
        self._texts(sheet, rows, "hidden")
        sheet.hide()

    def _texts(self, sheet: "Worksheet", rows: Iterable[tuple[Shown, ...]], look: str, start: int = 0) -> None:
        for number, row in enumerate(rows, start):
            for column, cell in enumerate(row):
                if cell != "":
                    _done(
                        sheet, str(cell)[:40], sheet.write_string(number, column, str(cell), self._formats.named(look))
                    )

    def _page(self, sheet: "Worksheet", name: str, *, pages_wide: int, pages_tall: int = 0) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.fit_to_pages(pages_wide, pages_tall)
        sheet.set_header(header_text(name, self._plan.facts))
        sheet.set_footer(FOOTER)


class _RowWriter:
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
        self._widths = [column_width(known) if is_wrapped(known) else math.inf for known in planned.fields]
        self._by_look: dict[tuple[object, ...], list[int]] = {}

    def write(self, number: int, row: PlannedRow) -> None:
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


def _done(sheet: "Worksheet", what: str, code: int | None) -> None:
    if code:
        raise CellNotWrittenError(sheet.get_name(), quoted(what))
