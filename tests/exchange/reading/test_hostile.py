"""Files made to take a program down, read as people's files are: one sentence, and hardly any memory."""

from __future__ import annotations

import io
import logging
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
import xlwt
from tests.exchange.reading.crafting import (
    MAIN,
    OFFICE,
    Craft,
    default_parts,
    ods_cell,
    ods_row,
    sheet,
    write_ods,
    write_parts,
    write_xlsb,
)

from accountplanner.exchange.reading import caps, guard, sheet_xml
from accountplanner.exchange.reading.cells import ErrorCell, Number, cell_text
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.files import read_tables, tables_of
from accountplanner.exchange.reading.other import read_any_workbook
from accountplanner.exchange.reading.package import FileKind
from accountplanner.exchange.reading.xlsx import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ORDINARY_MB = 100
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def peak_mb(caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """The most memory the last reading child had."""
    caplog.set_level(logging.INFO, guard.__name__)

    def told() -> int:
        (record,) = [each for each in caplog.records if str(each.msg).startswith("Reading %s took")]
        assert isinstance(record.args, tuple)
        peak = record.args[2]
        assert isinstance(peak, int)
        assert peak > 0
        return peak

    return told


# --- cells where no cell need be -------------------------------------------------------------------------------------


def test_one_far_cell_costs_nothing(craft: Craft, peak_mb: Callable[[], int]) -> None:
    path = craft(HEADER + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert path.stat().st_size < 5_000
    (table,) = read_tables(path)
    assert table.header == ("Name",)
    assert table.notes == ("Filled cells beyond row 200,000 or column 512, which were not taken: 1.",)
    assert peak_mb() < ORDINARY_MB


def test_one_far_row_costs_nothing(craft: Craft, peak_mb: Callable[[], int]) -> None:
    (table,) = read_tables(craft(HEADER + '<row r="200000"><c r="A200000"><v>1</v></c></row>'))
    assert [(row.number, row.cells) for row in table.rows] == [(200_000, ("1",))]
    assert peak_mb() < ORDINARY_MB


def test_many_rows_that_reach_far_are_no_list(craft: Craft) -> None:
    rows = "".join(f'<row r="{n}"><c r="SR{n}"><v>1</v></c></row>' for n in range(2, 40_010))
    with pytest.raises(FileRefusedError, match="too far apart for a list"):
        tables_of(craft(HEADER + rows))


def test_a_text_that_very_many_cells_share(craft: Craft) -> None:
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 900_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200))
    with pytest.raises(FileRefusedError, match="more than 100 million characters"):
        tables_of(craft(rows, {"xl/sharedStrings.xml": shared}))


def test_a_far_cell_of_a_binary_workbook_ends_its_reader_only(tmp_path: Path, peak_mb: Callable[[], int]) -> None:
    path = write_xlsb(tmp_path / "far.xlsb", {(0, 0): "Name", (1_048_575, 16_383): 1.0})
    with pytest.raises(FileRefusedError, match=r"“far\.xlsb” cannot be read: it is damaged or made to use too much"):
        read_tables(path)
    assert peak_mb() < 1_000


# --- repeats and bombs ------------------------------------------------------------------------------------------------


def test_an_ods_that_repeats_a_cell_a_billion_times(tmp_path: Path, peak_mb: Callable[[], int]) -> None:
    wide = ods_row(ods_cell("Name", times=16_384), times=1_048_576)
    with pytest.raises(FileRefusedError, match=r"“bomb\.ods” cannot be read"):
        read_tables(write_ods(tmp_path / "bomb.ods", wide))
    assert peak_mb() < ORDINARY_MB


def test_an_ods_of_more_cells_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caps, "MOST_CELLS", 5_000)
    path = write_ods(tmp_path / "many.ods", ods_row(ods_cell("Name", times=50), times=101))
    with pytest.raises(FileRefusedError, match="more than 5,000 cells"):
        read_any_workbook(io.BytesIO(path.read_bytes()), FileKind.ODS)


def test_the_blank_rest_that_every_ods_ends_with(tmp_path: Path) -> None:
    rest = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    (table,) = tables_of(
        write_ods(tmp_path / "list.ods", ods_row(ods_cell("Name")) + ods_row(ods_cell("Alpine")) + rest)
    )
    assert [row.cells for row in table.rows] == [("Alpine",)]


def test_a_zip_bomb(tmp_path: Path, peak_mb: Callable[[], int]) -> None:
    path = write_parts(tmp_path / "bomb.xlsx", {**default_parts()})
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/bomb.png", "w") as part,
    ):
        for _ in range(310):
            part.write(bytes(2**20))
    assert path.stat().st_size < 3 * 2**20
    with pytest.raises(FileRefusedError, match="unpacks to more than 300 MB"):
        read_tables(path)
    assert peak_mb() < ORDINARY_MB


def test_an_archive_of_sixty_thousand_entries(tmp_path: Path, peak_mb: Callable[[], int]) -> None:
    path = tmp_path / "many.xlsx"
    # Written by hand: the zip module takes seconds for so many.
    entries = [f"{number:05}".encode() for number in range(60_000)]
    central = b"".join(
        b"PK\1\2" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 33, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0) + name
        for name in entries
    )
    end = b"PK\5\6" + struct.pack("<4H2IH", 0, 0, 60_000, 60_000, len(central), 4, 0)
    path.write_bytes(b"PK\3\4" + central + end)
    with pytest.raises(FileRefusedError, match="60,000 entries"):
        read_tables(path)
    assert peak_mb() < 2 * ORDINARY_MB


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("<row/>" * 101, "rows"),
        ("<row>" + "<c/>" * 101 + "</row>", "cells without a value"),
        ('<row><c r="XFD1"><v>1</v></c>' + "<c><v>1</v></c>" * 101 + "</row>", "cells far outside"),
    ],
)
def test_what_takes_time_and_gives_nothing_is_counted(
    craft: Craft, monkeypatch: pytest.MonkeyPatch, rows: str, what: str
) -> None:
    monkeypatch.setattr(sheet_xml, "MOST_SPARED", 100)
    with pytest.raises(FileRefusedError, match=f"it holds more than 100 {what}"):
        read_workbook(craft(rows))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic blow-up": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>',
    "a file of the computer": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]>',
    "harmless": '<!DOCTYPE x [<!ENTITY a "b">]>',
    "empty": "<!DOCTYPE worksheet>",
}


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
def test_entities_of_anybodys_making(craft: Craft, doctype: str) -> None:
    used = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&a;&l9;</t></is></c></row>')
    with pytest.raises(FileRefusedError, match="XML definitions, which a workbook has no use for"):
        read_workbook(craft(changed={PART: doctype + used}))


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
def test_entities_in_utf_16(craft: Craft, doctype: str) -> None:
    with pytest.raises(FileRefusedError, match="XML definitions"):
        read_workbook(craft(changed={PART: (doctype + sheet("")).encode("utf-16")}))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (PART, f'<worksheet xmlns="{MAIN}"><sheetData>' + "<a>" * 200_000),
        ("xl/sharedStrings.xml", "<sst>" + "<si>" * 200_000),
        ("xl/workbook.xml", "<workbook>" * 200_000),
        ("xl/styles.xml", "<styleSheet>" * 200_000),
        ("_rels/.rels", "<Relationships>" * 200_000),
    ],
)
def test_nesting_two_hundred_thousand_deep(craft: Craft, part: str, content: str) -> None:
    with pytest.raises(FileRefusedError, match="no spreadsheet program"):
        read_workbook(craft(changed={part: content}))


def test_cells_in_cells_two_hundred_thousand_deep(craft: Craft, peak_mb: Callable[[], int]) -> None:
    with pytest.raises(FileRefusedError, match=r"sheet1\.xml is damaged|no spreadsheet program"):
        read_tables(craft(changed={PART: f'<worksheet xmlns="{MAIN}"><sheetData><row>' + "<c>" * 200_000}))
    assert peak_mb() < 2 * ORDINARY_MB


# --- what cells may claim ---------------------------------------------------------------------------------------------


def test_numbers_no_computer_holds_stay_as_they_are_written(craft: Craft) -> None:
    (table,) = tables_of(
        craft(HEADER + '<row r="2"><c r="A2"><v>1E999999999</v></c><c r="B2"><v>-1e-999999</v></c></row>')
    )
    assert table.rows[0].cells == ("1E999999999", "-1e-999999")


@pytest.mark.parametrize("index", ["-1", "9" * 5_000, "", "x", "1.5"])
def test_a_shared_text_that_is_not_there(craft: Craft, index: str) -> None:
    (only,) = read_workbook(craft(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>')).sheets
    assert [row.cells for row in only.rows] in ([], [{1: ErrorCell("damaged")}])


def test_the_last_shared_text_is_not_found_by_counting_backwards(craft: Craft) -> None:
    (only,) = read_workbook(craft('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')).sheets
    assert only.rows[0].cells == {1: ErrorCell("damaged")}


@pytest.mark.parametrize(
    ("written", "read"), [("a_xD83D__xDE00_", "a😀"), ("a_xD83D_b", "a\ufffdb"), ("_xDE00__xD83D_", "\ufffd\ufffd")]
)
def test_half_a_character_never_gets_in(craft: Craft, written: str, read: str) -> None:
    path = craft(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{written}</t></is></c></row>')
    assert read_workbook(path).sheets[0].rows[0].cells == {1: read}


def test_an_error_code_is_as_short_as_errors_are(craft: Craft) -> None:
    path = craft(f'<row r="1"><c r="A1" t="e"><v>{"#" * 10_000}</v></c></row>')
    assert read_workbook(path).sheets[0].rows[0].cells == {1: ErrorCell("#" * 32)}


# --- odd, but somebody's work -----------------------------------------------------------------------------------------


def test_places_filled_twice_are_told(craft: Craft) -> None:
    path = craft(
        HEADER + '<row r="3"><c r="A3"><v>3</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'
        '<row r="3"><c r="A3"><v>4</v></c></row>'
    )
    (table,) = tables_of(path)
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("2",)), (3, ("4",))]
    assert table.notes == ("Places filled twice in the file: 2; what stands later was taken.",)


@pytest.mark.parametrize("dimension", ["", '<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>', "<dimension/>"])
def test_what_a_sheet_says_of_its_size_changes_nothing(craft: Craft, dimension: str) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 51))
    part = sheet(rows).replace('<dimension ref="A1"/>', dimension)
    (only,) = read_workbook(craft(changed={PART: part})).sheets
    assert [row.number for row in only.rows] == list(range(1, 51))


def test_parts_named_with_backslashes_capitals_and_detours(tmp_path: Path) -> None:
    plain = {**default_parts(), PART: sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')}
    renamed = {
        "_rels\\.rels": plain.pop("_rels/.rels"),
        "XL\\Workbook.xml": plain.pop("xl/workbook.xml"),
        "xl/./worksheets\\Sheet1.xml": plain.pop(PART),
    }
    path = write_parts(tmp_path / "odd.xlsx", {**plain, **renamed})
    assert read_workbook(path).sheets[0].rows[0].cells == {1: "shared"}


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "\\xl\\worksheets\\sheet1.xml", "../xl/worksheets/sheet1.xml"]
)
def test_targets_from_the_root_and_by_detours(craft: Craft, target: str) -> None:
    name = "xl/_rels/workbook.xml.rels"
    related = str(default_parts()[name]).replace("worksheets/sheet1.xml", target)
    path = craft('<row r="1"><c r="A1"><v>1</v></c></row>', {name: related})
    assert read_workbook(path).sheets[0].rows[0].cells == {1: Number("1")}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("part", [PART, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"])
def test_any_part_in_utf_16(craft: Craft, part: str, encoding: str) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    content = sheet(rows) if part == PART else str(default_parts()[part])
    mark = "" if encoding == "utf-16" else "\ufeff"
    said = mark + '<?xml version="1.0" encoding="UTF-16"?>' + content
    assert read_workbook(craft(rows, {part: said.encode(encoding)})).sheets[0].rows[0].cells == {1: "shared"}


@pytest.mark.parametrize("part", ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"])
def test_damage_beside_the_sheets_costs_no_answers(craft: Craft, part: str) -> None:
    path = craft('<row r="1"><c r="A1"><v>1</v></c></row>', {part: "<Properties><property"})
    assert read_workbook(path).sheets[0].rows[0].cells == {1: Number("1")}


def test_an_old_binary_file_that_is_no_workbook(tmp_path: Path) -> None:
    made = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("One")
    book.save(made)
    path = tmp_path / "letter.xls"
    path.write_bytes(made.getvalue().replace("Workbook".encode("utf-16-le"), "WordDocs".encode("utf-16-le")))
    with pytest.raises(FileRefusedError, match=r"“letter\.xls” cannot be read: it is damaged, or no workbook\."):
        read_tables(path)


def test_a_binary_workbook_is_read_at_lower_trust(tmp_path: Path) -> None:
    path = write_xlsb(tmp_path / "list.xlsb", {(0, 0): "No", (0, 2): "Sum", (1, 0): "007", (1, 2): 1.5})
    workbook = read_any_workbook(io.BytesIO(path.read_bytes()), FileKind.XLSB)
    assert not workbook.exact
    (table,) = read_tables(path)
    assert [row.cells for row in table.rows] == [("007", "", "1.5")]
    assert "save as .xlsx" in table.notes[0]


# --- damage by chance -------------------------------------------------------------------------------------------------


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """A workbook as a real program writes it."""
    path = tmp_path / "whole.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for name in ("One", "Two"):
            rows = book.add_worksheet(name)
            for row in range(40):
                rows.write_row(row, 0, [f"text {row}", row * 1.5, f"{name} {row % 7}"])
                rows.write_number(row, 3, 45_000 + row, date)
    return path.read_bytes()


def values(data: bytes) -> list[tuple[str, list[str]]]:
    sheets = read_workbook(io.BytesIO(data)).sheets
    return [(each.name, [cell_text(value) for row in each.rows for value in row.cells.values()]) for each in sheets]


def test_cut_off_anywhere_it_is_refused(whole: bytes) -> None:
    for length in range(0, len(whole), len(whole) // 150):
        with pytest.raises(FileRefusedError):
            read_workbook(io.BytesIO(whole[:length]))


def test_one_flipped_byte_in_a_part_is_noticed_or_means_nothing(whole: bytes) -> None:
    """A checksum guards each part; those that are not read may hold anything."""
    before, noticed = values(whole), 0
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entries = archive.infolist()
    for entry in entries:
        start = entry.header_offset + 30 + len(entry.filename)
        for at in (start, start + entry.compress_size // 2, start + entry.compress_size - 1):
            try:
                assert values(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]) == before, entry.filename
            except FileRefusedError:
                noticed += 1
    # The last byte of a part may end in bits that nothing stands in.
    assert noticed >= 2 * 7


def test_a_strict_workbook_is_a_workbook_through_the_guard(craft: Craft) -> None:
    strict = {
        part: str(content)
        .replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for part, content in {
            **default_parts(),
            PART: sheet(HEADER + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>'),
        }.items()
    }
    (table,) = read_tables(craft(changed=dict(strict)))
    assert [row.cells for row in table.rows] == [("shared",)]
