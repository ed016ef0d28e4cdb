"""Our xlsx reader against two well-kept ones, on workbooks a third one wrote."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accountplanner.exchange.reading.cells import CellValue, Moment, Number
from accountplanner.exchange.reading.xlsx import read_workbook

NORTHWIND = Path(__file__).parents[2] / "data" / "northwind" / "northwind.xlsx"
Cells = dict[tuple[str, int, int], object]

_text = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\ufffe\uffff"), min_size=1, max_size=30
)
_value = st.one_of(
    _text.filter(lambda text: text.strip() != ""),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300),
    st.dates(dt.date(1901, 1, 1), dt.date(2200, 1, 1)),
    st.booleans(),
)


def ours(path: Path) -> Cells:
    return {
        (sheet.name, row.number, column): plain(value)
        for sheet in read_workbook(path).sheets
        for row in sheet.rows
        for column, value in row.cells.items()
    }


def plain(value: CellValue) -> object:
    if isinstance(value, Number):
        return float(value.text)
    return value.iso if isinstance(value, Moment) else value


def openpyxls(path: Path) -> Cells:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.row, cell.column): settled(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


def calamines(path: Path) -> Cells:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        (name, row, column): settled(value)
        for name in book.sheet_names
        for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }


def settled(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def written(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, dates = book.add_worksheet("One"), book.add_format({"num_format": "yyyy-mm-dd"})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif isinstance(value, dt.date):
                    sheet.write_datetime(row, column, value, dates)
                else:
                    sheet.write(row, column, value)
    return path


def test_northwind_reads_as_both_say() -> None:
    mine = ours(NORTHWIND)
    assert mine == openpyxls(NORTHWIND)
    assert mine == calamines(NORTHWIND)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.lists(st.lists(_value, min_size=1, max_size=4), min_size=1, max_size=6))
def test_made_workbooks_read_as_calamine_says(tmp_path: Path, rows: list[list[object]]) -> None:
    path = written(tmp_path / "made.xlsx", rows)
    assert ours(path) == calamines(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.lists(st.lists(_value, min_size=1, max_size=4), min_size=1, max_size=6))
def test_what_was_written_is_what_is_read(tmp_path: Path, rows: list[list[object]]) -> None:
    path = written(tmp_path / "made.xlsx", rows)
    expected = {
        ("One", row, column): value for row, values in enumerate(rows, 1) for column, value in enumerate(values, 1)
    }
    mine = ours(path)
    assert mine.keys() == expected.keys()
    for place, value in expected.items():
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            # XlsxWriter writes sixteen digits.
            assert mine[place] == pytest.approx(value, rel=1e-15)
        else:
            assert mine[place] == settled(value)


def test_a_number_keeps_the_text_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "made.xlsx", [[Decimal("9.80")]])
    assert read_workbook(path).sheets[0].rows[0].cells[1] == Number("9.80")
