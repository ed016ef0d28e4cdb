"""A workbook as Excel 97 to 2003 saves it (xls): what a save in that format keeps, its values, and nothing else.

The real programs do this in tests/roundtrips; histories of hundreds of steps need it in milliseconds.
[MS-XLS] 1.1: a sheet ends at row 65,536 and column 256 (IV), and a cell holds 32,767 characters; a save leaves out what
lies beyond and cuts what is longer. Two kinds of sheets are not seen ([MS-XLS] 2.4.28, `hsState`).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import xlwt

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 65_536
MOST_COLUMNS = 256
LONGEST_TEXT = 32_767
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_PLAIN = xlwt.XFStyle()
_DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")


def save_excel_97(book: openpyxl.Workbook, file: Path) -> None:
    """Write the values of a workbook, and which of its sheets are hidden."""
    saved = xlwt.Workbook(encoding="utf-8")
    for sheet in book.worksheets:
        _write(sheet, saved.add_sheet(sheet.title))
    saved.set_active_sheet([sheet.sheet_state for sheet in book.worksheets].index("visible"))
    saved.save(str(file))


def _write(sheet: Worksheet, saved: xlwt.Worksheet) -> None:
    saved.visibility = _STATES[sheet.sheet_state]
    for row in sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS), max_col=min(sheet.max_column, MOST_COLUMNS)):
        for cell in row:
            if cell.value is not None and cell.value != "":
                # Rows and columns are counted from nothing here.
                saved.write(cell.row - 1, cell.column - 1, _kept(cell.value), _style(cell.value))


def _kept(value: object) -> object:
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def _style(value: object) -> xlwt.XFStyle:
    return _DAY if isinstance(value, dt.date) else _PLAIN
