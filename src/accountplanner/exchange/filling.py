"""Filling cells of a workbook as a person would who has nothing but a spreadsheet program.

For the tour and for tests: openpyxl is another program than the one that writes our workbooks, and
drops what such programs drop.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.sentences import told


class Answer(NamedTuple):
    """One cell: its sheet, the text in its row's first visible column, its header, what is typed.

    Without a title it is the first empty row below the list.
    """

    sheet: str
    title: str
    header: str
    typed: str


def fill_workbook(source: Path, target: Path, answers: Sequence[Answer]) -> None:
    """Write a filled copy.

    Raises:
        WrongUseError: there is no such sheet, row or column.
    """
    workbook = load_workbook(io.BytesIO(source.read_bytes()))
    for answer in answers:
        if answer.sheet not in workbook.sheetnames:
            raise WrongUseError(told("“{name}” has no sheet “{sheet}”.", name=source.name, sheet=answer.sheet))
        sheet = workbook[answer.sheet]
        column = _column(sheet, answer.header)
        sheet.cell(_row(sheet, answer), column).value = answer.typed
    workbook.save(target)
    workbook.close()


def _column(sheet: Worksheet, header: str) -> int:
    for cell in sheet[1]:
        if cell.value == header:
            return int(cell.column)
    raise WrongUseError(told("The sheet “{sheet}” has no column “{column}”.", sheet=sheet.title, column=header))


def _row(sheet: Worksheet, answer: Answer) -> int:
    for row in range(2, sheet.max_row + 1):
        title = sheet.cell(row, 2).value
        if title == answer.title or (not answer.title and title is None):
            return row
    raise WrongUseError(told("The sheet “{sheet}” has no row “{row}”.", sheet=sheet.title, row=answer.title))
