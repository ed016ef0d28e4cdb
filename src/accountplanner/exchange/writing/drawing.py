"""Draws a plan with XlsxWriter, into memory: no plain copy of anything lies in a temporary folder."""

import io
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.sentences import told
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
from accountplanner.exchange.grounds import HEAD
from accountplanner.exchange.receipt import RECEIPT_HEADERS
from accountplanner.exchange.shown import Shown
from accountplanner.exchange.writing.guards import guards
from accountplanner.exchange.writing.look import Formats, column_width
from accountplanner.exchange.writing.plan import Plan, RecordSheet, list_rows
from accountplanner.exchange.writing.printed import set_page
from accountplanner.exchange.writing.record_rows import RowWriter
from accountplanner.exchange.writing.tables import add_table
from accountplanner.exchange.writing.words import POINT, SHEETS_HEADING, header_text, sheet_line, step_mark
from accountplanner.exchange.writing.written import EXACT, done

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_PAGE_CHARACTERS = 150
_KEY_WIDTH = 8
HEADER_HEIGHT = 36
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


def draw(plan: Plan) -> bytes:
    """Make the file.

    Raises:
        CellNotWrittenError: something would be cut or left out.
    """
    # Loaded when a workbook is written, not when the window opens.
    from accountplanner.exchange.writing.rows import RowBook  # noqa: PLC0415

    into = io.BytesIO()
    book = RowBook(into, EXACT)
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
        for column, width in enumerate((2, 5, 112)):
            done(sheet, told("a width"), sheet.set_column(column, column, width))
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
                done(sheet, mark, sheet.write_string(row, 1, mark, self._formats.named("number")))
            column = 1 if wide else 2
            done(sheet, line.text, sheet.write_string(row, column, line.text, self._formats.named(line.look)))
            if line.look == "title":
                done(sheet, told("a height"), sheet.set_row(row, 32))
            row += 1
        return row + 1

    def _guide_sheets(self, sheet: "Worksheet", row: int) -> None:
        named = self._formats.named
        done(sheet, SHEETS_HEADING, sheet.write_string(row, 1, SHEETS_HEADING, named("heading")))
        for at, each in enumerate(self._plan.sheets, row + 1):
            link, line = f"internal:'{each.name}'!A1", sheet_line(each.content, self._plan.facts.kind)
            done(sheet, each.name, sheet.write_string(at, 1, POINT, named("number")))
            done(sheet, each.name, sheet.write_url(at, 2, link, named("link"), line))

    def records(self, planned: RecordSheet) -> None:
        sheet = self._book.add_worksheet(planned.name)
        self._columns(sheet, planned)
        add_table(sheet, planned.name, planned.header, len(planned.rows), self._formats.named("header"))
        done(sheet, "a row", sheet.begin_rows(max(1, len(planned.rows)), len(planned.header)))
        writer = RowWriter(sheet, planned, self._formats, self._plan.facts)
        for number, row in enumerate(planned.rows, 1):
            writer.write(number, row)
        self._guards(sheet, planned)
        sheet.freeze_panes(1, 2)
        begin = self._begin(planned)
        sheet.set_selection(*begin, *begin)
        width = _KEY_WIDTH + sum(column_width(known) for known in planned.fields)
        self._page(sheet, planned.name, pages_wide=max(1, math.ceil(width / _PAGE_CHARACTERS)))
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)
        if self._is_partner:
            sheet.protect("", PROTECTION)

    def _begin(self, planned: RecordSheet) -> tuple[int, int]:
        """The cell in which one begins: a partner's first question, or their first empty row; a colleague's first cell."""
        if not self._is_partner:
            return 1, 1
        question = next((at for at, column in enumerate(planned.content.layout.columns, 1) if column.open), 0)
        empty = next((number for number, row in enumerate(planned.rows, 1) if row.look == "spare"), 1)
        return (1, question) if question else (empty, 1)

    def _columns(self, sheet: "Worksheet", planned: RecordSheet) -> None:
        done(sheet, told("a width"), sheet.set_column(0, 0, _KEY_WIDTH, self._formats.named("key")))
        for column, known in enumerate(planned.fields, 1):
            # Rows somebody types below keep the column's own format, so a number stays the text it is.
            look = self._formats.below(known, self._currency(known))
            done(sheet, told("a width"), sheet.set_column(column, column, column_width(known), look))
        if self._is_partner:
            # Whole rows can be taken out only if nothing in them is locked, and there is room for columns of one's own.
            done(sheet, told("a width"), sheet.set_beside(len(planned.header), self._formats.named("beside")))
        done(sheet, told("a height"), sheet.set_row(0, HEADER_HEIGHT))

    def _currency(self, known: Field) -> str:
        return self._plan.facts.currency if known.type is FieldType.MONEY else ""

    def _guards(self, sheet: "Worksheet", planned: RecordSheet) -> None:
        for place, described in guards(planned, self._plan):
            done(sheet, told("a check"), sheet.data_validation(*place, dict(described)))

    def receipt(self) -> None:
        if self._plan.receipt is None:
            return
        sheet = self._book.add_worksheet(RECEIPT_SHEET)
        for column, width in enumerate(_RECEIPT_WIDTHS):
            done(sheet, told("a width"), sheet.set_column(column, column, width))
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
                    done(
                        sheet, str(cell)[:40], sheet.write_string(number, column, str(cell), self._formats.named(look))
                    )

    def _page(self, sheet: "Worksheet", name: str, *, pages_wide: int, pages_tall: int = 0) -> None:
        set_page(sheet, header_text(name, self._plan.facts), pages_wide=pages_wide, pages_tall=pages_tall)
