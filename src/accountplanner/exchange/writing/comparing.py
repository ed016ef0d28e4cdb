"""Reads a drawn workbook again with our own reader and compares it with its plan, cell by cell."""

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Protocol

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import told
from accountplanner.exchange.contract import GUIDE_SHEET
from accountplanner.exchange.reading.cells import CellValue, Moment, Number, Sheet, SheetRow
from accountplanner.exchange.reading.xlsx import read_workbook
from accountplanner.exchange.shown import Shown


class NotWrittenAsPlannedError(RefusedError):
    """What can be read from the finished file is not what was to be written into it."""

    def __init__(self, sheet: str, row: int = 0) -> None:
        place = (
            told("row {row} of sheet “{sheet}”", row=row, sheet=sheet) if row else told("sheet “{sheet}”", sheet=sheet)
        )
        super().__init__(told("The workbook was not written: {place} does not read back as it should.", place=place))


class Planned(Protocol):
    """What a file must hold: its sheets in their order, and all rows of those but the first."""

    @property
    def sheet_names(self) -> list[str]:
        """All sheets in their order."""

    def texts(self) -> Iterator[tuple[str, list[tuple[Shown, ...]]]]:
        """Per sheet, all rows as they must stand in the file."""


def compare(data: bytes, plan: Planned) -> None:
    """Prove that the file holds the planned cells and no others.

    The guide is laid out by the drawing; its texts are checked by the leak gate.

    Raises:
        NotWrittenAsPlannedError: it does not.
    """
    read = read_workbook(io.BytesIO(data))
    if [sheet.name for sheet in read.sheets] != plan.sheet_names:
        raise NotWrittenAsPlannedError(GUIDE_SHEET)
    by_name = {sheet.name: sheet for sheet in read.sheets}
    for name, rows in plan.texts():
        _compare_sheet(by_name[name], rows)


def _compare_sheet(sheet: Sheet, planned: list[tuple[Shown, ...]]) -> None:
    found: dict[int, SheetRow] = {row.number: row for row in sheet.rows}
    for number, cells in enumerate(planned, 1):
        row = found.pop(number, None)
        held = row.cells if row else {}
        wanted = {column: cell for column, cell in enumerate(cells, 1) if cell != ""}
        if len(held) != len(wanted) or (row and row.formulas):
            raise NotWrittenAsPlannedError(sheet.name, number)
        if held == wanted:
            continue
        for column, cell in wanted.items():
            value = held.get(column)
            if value != cell and not _equal(value, cell):
                raise NotWrittenAsPlannedError(sheet.name, number)
    if found:
        raise NotWrittenAsPlannedError(sheet.name, min(found))


def _equal(found: CellValue | None, planned: Shown) -> bool:
    if isinstance(planned, Decimal):
        return isinstance(found, Number) and Decimal(found.text) == planned
    if isinstance(planned, date):
        return isinstance(found, Moment) and found.iso == planned.isoformat()
    return False
