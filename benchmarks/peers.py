"""What everybody would use instead, measured in the same way. Libraries are loaded before the clock starts."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_GUIDE = "Read me first"


def read_excel(world: Path) -> float:
    """Seconds for pandas with openpyxl to read the visible sheets of the returned workbook."""
    return _read(world / "returned.xlsx")[1]


def read_excel_to_sql(world: Path) -> float:
    """The same, and the sheets written to tables of a plain SQLite file."""
    frames, taken = _read(world / "returned.xlsx")
    with tempfile.TemporaryDirectory(dir=world) as scratch:
        started = time.perf_counter()
        connection = sqlite3.connect(Path(scratch) / "peer.db")
        for name, frame in frames.items():
            frame.to_sql(name, connection, index=False)
        connection.commit()
        connection.close()
        return taken + time.perf_counter() - started


def write_same_cells(world: Path) -> float:
    """Seconds for XlsxWriter to write the visible cells of the team workbook, and nothing else."""
    import xlsxwriter  # noqa: PLC0415 - only this peer loads it

    sheets = _cells(world / "team.xlsx")
    with tempfile.TemporaryDirectory(dir=world) as scratch:
        started = time.perf_counter()
        book = xlsxwriter.Workbook(Path(scratch) / "peer.xlsx")
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(place, column, value)
        book.close()
        return time.perf_counter() - started


def _read(path: Path) -> tuple[dict[str, pd.DataFrame], float]:
    import pandas as pd  # noqa: PLC0415 - loaded here so that the clock does not see it
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    shown = _visible(load_workbook(path, read_only=True))
    started = time.perf_counter()
    frames = pd.read_excel(path, sheet_name=shown, engine="openpyxl")
    return frames, time.perf_counter() - started


def _cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - loaded here so that the clock does not see it

    book = load_workbook(path, read_only=True)
    return {name: list(book[name].iter_rows(values_only=True)) for name in [_GUIDE, *_visible(book)]}


def _visible(book: Any) -> list[str]:  # noqa: ANN401 - openpyxl's two kinds of workbook have no common name
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible" and sheet.title != _GUIDE]
