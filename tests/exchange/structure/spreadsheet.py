"""What a person does to a sheet with the mouse: sort, filter, cut, paste. Nobody asks the program."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

import openpyxl
from openpyxl.cell.cell import MergedCell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet


def opened(source: Path) -> openpyxl.Workbook:
    """A workbook as another spreadsheet program holds it."""
    return openpyxl.load_workbook(io.BytesIO(source.read_bytes()))


def worked(source: Path, target: Path, *works: Callable[[openpyxl.Workbook], None]) -> Path:
    """Open a workbook, do some work in it, save it under another name."""
    book = opened(source)
    for work in works:
        work(book)
    book.save(target)
    book.close()
    return target


def sheet(book: openpyxl.Workbook, name: str) -> Worksheet:
    return cast("Worksheet", book[name])


def column(on: Worksheet, header: str) -> int:
    return next(int(cell.column) for cell in on[1] if cell.value == header)


def row(on: Worksheet, title: str) -> int:
    return next(int(cells[0].row or 0) for cells in on.iter_rows() if cells[1].value == title)


def spare_row(on: Worksheet, number: int = 0) -> int:
    """An empty row that has its key already."""
    return [int(cells[0].row or 0) for cells in on.iter_rows() if str(cells[0].value).startswith("n")][number]


def typed(sheet_name: str, title: str, header: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def work(book: openpyxl.Workbook) -> None:
        on = sheet(book, sheet_name)
        on.cell(row(on, title), column(on, header)).value = value  # type: ignore[assignment]

    return work


def record_rows(on: Worksheet) -> list[int]:
    return [int(cells[0].row or 0) for cells in on.iter_rows() if str(cells[0].value).startswith("k")]


def contents(on: Worksheet, rows: Sequence[int], first: int, last: int) -> list[list[object]]:
    return [[on.cell(number, at).value for at in range(first, last + 1)] for number in rows]


def put(on: Worksheet, rows: Sequence[int], first: int, content: Sequence[Sequence[object]]) -> None:
    for number, cells in zip(rows, content, strict=True):
        for at, value in enumerate(cells, first):
            write(on, number, at, value)


def write(on: Worksheet, number: int, at: int, value: object) -> bool:
    """Type into a cell; one that a merged cell covers cannot be typed into."""
    cell = on.cell(number, at)
    if isinstance(cell, MergedCell):
        return False
    cell.value = value  # type: ignore[assignment]
    return True


def sort(
    on: Worksheet, by: str, *, first: int = 1, last: int = 0, rows: Sequence[int] = (), descending: bool = True
) -> None:
    """Sort rows by a column; `first` and `last` say which columns take part (2 leaves the keys where they are)."""
    rows = rows or record_rows(on)
    last = last or on.max_column
    at = column(on, by) - first
    content = contents(on, rows, first, last)
    put(on, rows, first, sorted(content, key=lambda cells: str(cells[at] or ""), reverse=descending))


def hide(on: Worksheet, rows: Sequence[int]) -> None:
    for number in rows:
        on.row_dimensions[number].hidden = True
