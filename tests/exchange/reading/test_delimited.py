"""CSV: encoding and separator come out of the text itself."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from accountplanner.exchange.reading.delimited import decoded, read_delimited
from accountplanner.exchange.reading.errors import FileRefusedError

PLAIN = "Name;City\nMüller;Köln\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_encoding_with_every_separator(encoding: str, separator: str) -> None:
    text = PLAIN.replace(";", separator)
    read = read_delimited(text.encode(encoding))
    assert read.records == [["Name", "City"], ["Müller", "Köln"]]
    assert read.separator == separator


def test_a_file_that_is_not_utf_8_says_how_it_was_read() -> None:
    assert "Windows-1252" in read_delimited(PLAIN.encode("cp1252")).notes[0]


def test_decimal_commas_do_not_make_a_comma_file() -> None:
    read = read_delimited(b"item;price;weight\na;1,50;2,5\nb;2,50;3,5\n")
    assert read.records[1] == ["a", "1,50", "2,5"]


def test_the_separator_a_spreadsheet_declares_is_taken() -> None:
    assert read_delimited(b"sep=;\r\na;b\r\n1;2\r\n").records == [["a", "b"], ["1", "2"]]


def test_rows_keep_their_true_widths() -> None:
    read = read_delimited(b"a,b,c\n1,2,3\n1,2,3,4\n1,2\n\n")
    assert [len(record) for record in read.records] == [3, 3, 4, 2, 0]


def test_what_stands_in_a_cell_is_kept() -> None:
    cells = ["007", "a  b", "É é", "[x] (y)", " 12 ", '"q"', "1.0", "two\nlines", "-"]
    text = io.StringIO()
    csv.writer(text).writerows([["h"] * len(cells), cells])
    assert read_delimited(text.getvalue().encode()).records[1] == cells


@pytest.mark.parametrize("guarded", ["'=1+1", "'+49 30 1", "'-5", "'@home", "'\tx"])
def test_the_apostrophe_that_guards_a_formula_is_taken_off(guarded: str) -> None:
    assert read_delimited(f"a,b\n{guarded},2\n".encode()).records[1][0] == guarded[1:]


def test_other_apostrophes_stay() -> None:
    assert read_delimited(b"a,b\n's-Gravenhage,'n\n").records[1] == ["'s-Gravenhage", "'n"]


def test_a_quotation_mark_that_never_closes_costs_one_line_only() -> None:
    read = read_delimited(b'a,b\n1,x\n2,"y\n3,z\n4,"p ""q"""\n')
    assert read.records == [["a", "b"], ["1", "x"], ["2", '"y'], ["3", "z"], ["4", 'p "q"']]
    assert "quotation mark" in read.notes[0]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(FileRefusedError, match="neither a workbook nor a text file"):
        decoded(b"\x00\x01\x02\x81" * 50)


def test_mac_line_ends_are_lines() -> None:
    assert read_delimited(b"a,b\r1,2\r3,4").records == [["a", "b"], ["1", "2"], ["3", "4"]]


_cell = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12).filter(lambda cell: cell[:1] != "'")


@given(
    rows=st.lists(st.lists(_cell, min_size=3, max_size=3), min_size=1, max_size=8), separator=st.sampled_from(",;\t|")
)
@example(rows=[["", "", ""]], separator=",")
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]], separator: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["one", "two", "three"], *rows])
    read = read_delimited(text.getvalue().encode())
    assert read.records == [["one", "two", "three"], *rows]


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(FileRefusedError):
        read_delimited(data)


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="one of its lines"):
        read_delimited(b"a,b\n" + b"x" * 1_000_001)


def test_a_list_of_very_many_rows_is_to_come_in_parts() -> None:
    with pytest.raises(FileRefusedError, match="in parts"):
        read_delimited(b"a,b\n" * 200_001)
