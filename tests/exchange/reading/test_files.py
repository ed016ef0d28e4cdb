"""Any file a person brings, read as it really is: in a child process, text by text."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from accountplanner.exchange.reading.errors import FileRefusedError, PasswordNeededError
from accountplanner.exchange.reading.files import read_tables, tables_of
from accountplanner.exchange.reading.raw import DamagedCell

DATA = Path(__file__).parents[2] / "data"


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("List")
    sheet.write_string(0, 0, "Our customers, as of today")
    for column, name in enumerate(["No", "Name", "Since", "Sum"]):
        sheet.write_string(2, column, name)
    sheet.write_string(3, 0, "007")
    sheet.write_string(3, 1, "a  b")
    sheet.write_datetime(3, 2, dt.datetime(1996, 7, 4), book.add_format({"num_format": "dd.mm.yyyy"}))  # noqa: DTZ001
    sheet.write_number(3, 3, 0.1 + 0.2)
    sheet.write_formula(4, 3, "=1/0", value="#DIV/0!")
    sheet.write_number(4, 0, 8)
    book.add_worksheet("_sync").hide()
    book.close()
    return path


def test_a_workbook_in_the_guarded_child(tmp_path: Path) -> None:
    (table,) = read_tables(workbook(tmp_path / "list.xlsx"))
    assert (table.name, table.file, table.header_row) == ("List", "list.xlsx", 3)
    assert table.header == ("No", "Name", "Since", "Sum")
    assert [row.number for row in table.rows] == [4, 5]
    assert table.rows[0].cells == ("007", "a  b", "1996-07-04", "0.3")
    assert table.rows[1].damaged == (DamagedCell(3, "#DIV/0!"),)
    assert "_sync" in table.notes[0]


def test_a_text_file_in_the_guarded_child(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Nr;Ort\r\n007;München\r\n\r\n8;x;y\r\n".encode("cp1252"))
    (table,) = read_tables(path)
    assert (table.name, table.separator, table.header) == ("list", ";", ("Nr", "Ort"))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("007", "München")), (4, ("8", "x", "y"))]


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(FileRefusedError, match=r"^“broken\.xlsx” cannot be read: it is damaged or not fully copied\.$"):
        read_tables(path)


def test_a_list_without_a_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("\n\n\n", encoding="utf-8")
    with pytest.raises(FileRefusedError, match="no list"):
        tables_of(path)


def test_a_trailing_separator_makes_no_wide_rows(tmp_path: Path) -> None:
    path = tmp_path / "trailing.csv"
    path.write_text("a,b,\n1,2,\n3,4,\n", encoding="utf-8")
    (table,) = tables_of(path)
    assert [row.cells for row in table.rows] == [("1", "2"), ("3", "4")]


def test_northwind_as_csv_and_as_a_workbook_read_alike() -> None:
    by_name = {table.name: table for table in tables_of(DATA / "northwind" / "northwind.xlsx")}
    for path in sorted((DATA / "northwind").glob("*.csv")):
        (table,) = tables_of(path)
        other = by_name[table.name]
        assert other.header == table.header
        for row, same in zip(table.rows, other.rows, strict=True):
            padded = same.cells + ("",) * (len(table.header) - len(same.cells))
            assert tuple(cell.removesuffix(".0") for cell in row.cells) == padded


def test_password_errors_cross_the_pipe(tmp_path: Path) -> None:
    assert PasswordNeededError("it is locked").about(str(tmp_path)).name == str(tmp_path)
