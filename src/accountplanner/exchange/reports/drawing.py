"""Draws a report with XlsxWriter, into memory. Every call that writes something is checked."""

import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.sentences import told
from accountplanner.exchange.grounds import HEAD
from accountplanner.exchange.reports.content import ABOUT_SHEET, Report, ReportSheet
from accountplanner.exchange.shown import Shown, currency_of
from accountplanner.exchange.writing.drawing import HEADER_HEIGHT, PROTECTION
from accountplanner.exchange.writing.guards import NEVER, refusal
from accountplanner.exchange.writing.look import Formats, column_width, text_room
from accountplanner.exchange.writing.printed import set_page
from accountplanner.exchange.writing.tables import add_table
from accountplanner.exchange.writing.words import READ_TITLE, REPORT_HINT
from accountplanner.exchange.writing.written import EXACT, done

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_PAGE_CHARACTERS = 175
_NOTE_WIDTH = 110
_LINE_HEIGHT = 13.5
_MOST_LINES = 8


def draw_report(report: Report) -> bytes:
    """Make the file.

    Raises:
        CellNotWrittenError: something would be cut or left out.
    """
    import xlsxwriter  # noqa: PLC0415 - loaded when a report is written, not when the window opens

    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, EXACT)
    made = datetime.fromisoformat(report.made_on).replace(tzinfo=UTC)
    book.set_properties({"title": report.title, "author": "Account Planner", "created": made.replace(tzinfo=None)})
    book.set_calc_mode("manual")
    drawing = _Drawing(book, report)
    drawing.about()
    for sheet in report.sheets:
        drawing.table(sheet)
    book.close()
    return into.getvalue()


class _Drawing:
    def __init__(self, book: "Workbook", report: Report) -> None:
        self._book = book
        self._report = report
        self._formats = Formats(book)

    def about(self) -> None:
        sheet = self._book.add_worksheet(ABOUT_SHEET)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(HEAD)
        done(sheet, told("a width"), sheet.set_column(0, 0, 2))
        done(sheet, told("a width"), sheet.set_column(1, 1, _NOTE_WIDTH))
        lines = [("title", self._report.title), ("subtitle", self._report.subtitle)]
        lines += [("point", note) for note in self._report.notes]
        for row, (look, text) in enumerate(lines, 1):
            done(sheet, text, sheet.write_string(row, 1, text, self._formats.named(look)))
            _set_height(sheet, row, [(text, _NOTE_WIDTH)])
        done(sheet, told("a height"), sheet.set_row(1, 32))
        self._page(sheet, ABOUT_SHEET, 1)
        sheet.activate()

    def table(self, planned: ReportSheet) -> None:
        sheet = self._book.add_worksheet(planned.name)
        widths = [column_width(field) for field in planned.fields]
        rooms = [text_room(field) for field in planned.fields]
        for column, width in enumerate(widths):
            done(sheet, told("a width"), sheet.set_column(column, column, width))
        done(sheet, told("a height"), sheet.set_row(0, HEADER_HEIGHT))
        self._frame(sheet, planned)
        for row, (values, cells) in enumerate(zip(planned.rows, planned.cells, strict=True), 1):
            for column, field in enumerate(planned.fields):
                look = self._look(field, values[column], first=column == 0)
                _write(sheet, (row, column), cells[column], look)
            _set_height(sheet, row, list(zip(cells, rooms, strict=True)))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        self._page(sheet, planned.name, max(1, math.ceil(sum(widths) / _PAGE_CHARACTERS)))

    def _frame(self, sheet: "Worksheet", planned: ReportSheet) -> None:
        add_table(sheet, planned.name, planned.header, len(planned.rows), self._formats.named("header"))
        # Not locked, for then nobody could sort it.
        last, refused = max(1, len(planned.rows)), refusal(NEVER, READ_TITLE, REPORT_HINT)
        done(sheet, told("a check"), sheet.data_validation(1, 0, last, len(planned.fields) - 1, refused))

    def _look(self, field: Field, value: str, *, first: bool) -> Any:  # noqa: ANN401 - XlsxWriter has no types
        currency = currency_of(field, value, self._report.currency) if field.type is FieldType.MONEY else ""
        return self._formats.cell(field, "name" if first else "plain", currency)

    def _page(self, sheet: "Worksheet", name: str, pages_wide: int) -> None:
        set_page(sheet, print_header(name, self._report), pages_wide=pages_wide)
        # Against typing into it by mistake; whoever wants a copy of the figures may take one.
        sheet.protect("", PROTECTION)


def print_header(name: str, report: Report) -> str:
    """What stands above each printed page; `&` is a code there."""
    # A number right behind the size would be read as part of it.
    return f"&L&8{name.replace('&', '&&')}&R&8As of {report.made_on}"


def _write(sheet: "Worksheet", place: tuple[int, int], cell: Shown, look: Any) -> None:  # noqa: ANN401
    if cell == "":
        code = sheet.write_blank(*place, None, look)
    elif isinstance(cell, str):
        code = sheet.write_string(*place, cell, look)
    elif isinstance(cell, Decimal):
        code = sheet.write_number(*place, cell, look)
    else:
        code = sheet.write_datetime(*place, cell, look)
    done(sheet, told("the cell in row {row}, column {column}", row=place[0] + 1, column=place[1] + 1), code)


def _set_height(sheet: "Worksheet", row: int, cells: Sequence[tuple[Shown, float]]) -> None:
    """Make room for long texts: programs that open a file do not do so by themselves."""
    lines = max(
        (text.count("\n") + math.ceil(len(text) / width) for text, width in cells if isinstance(text, str)), default=1
    )
    if lines > 1:
        done(sheet, told("a height"), sheet.set_row(row, min(lines, _MOST_LINES) * _LINE_HEIGHT))
