"""Our xlsx reader against what real programs, careless ones and hostile people write."""

import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from tests.exchange.reading.crafting import MAIN, OFFICE, Craft, default_parts, sheet

from accountplanner.exchange.reading import caps
from accountplanner.exchange.reading.cells import CellValue, ErrorCell, Moment, Number, UncachedFormula, cell_text
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.xlsx import read_workbook


def cells(path: Path) -> dict[tuple[int, int], CellValue]:
    (only,) = read_workbook(path).sheets
    return {(row.number, column): value for row in only.rows for column, value in row.cells.items()}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>0.1</v></c>', Number("0.1")),
        ('<c r="A1"><v>1.4999999999999999E-2</v></c>', Number("1.4999999999999999E-2")),
        ('<c r="A1" t="s"><v>0</v></c>', "shared"),
        ('<c r="A1" t="s"><v>7</v></c>', ErrorCell("damaged")),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="e"><v>#REF!</v></c>', ErrorCell("#REF!")),
        ('<c r="A1" t="str"><f>A2</f><v>text</v></c>', "text"),
        ('<c r="A1"><f>1+1</f></c>', UncachedFormula()),
        ('<c r="A1"><f>1+1</f><v></v></c>', UncachedFormula()),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Number("2")),
        ('<c r="A1" t="inlineStr"><is><t>in</t></is></c>', "in"),
        ('<c r="A1" t="inlineStr"><is><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></is></c>', "rich"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', "a\rb_x0041_"),
        ('<c r="A1" t="d"><v>2026-11-22T00:00:00</v></c>', Moment("2026-11-22")),
        ('<c r="A1" t="d"><v>2026-11-22T10:30:00.000Z</v></c>', Moment("2026-11-22T10:30:00")),
        ('<c r="A1" s="1"><v>35250</v></c>', Moment("1996-07-04", "35250")),
        ('<c r="A1" s="2"><v>35250.5</v></c>', Moment("1996-07-04T12:00:00", "35250.5")),
        ('<c r="A1" s="1"><v>60</v></c>', Number("60")),
        ('<c r="A1" s="1"><v>-1</v></c>', Number("-1")),
        ('<c r="A1" s="3"><v>1.25</v></c>', Moment("30:00:00", "1.25")),
        ("<c><v>5</v></c>", Number("5")),
    ],
)
def test_one_cell(craft: Craft, cell: str, value: CellValue) -> None:
    assert cells(craft(f'<row r="1">{cell}</row>'))[1, 1] == value


@pytest.mark.parametrize("cell", ['<c r="A1" s="1"/>', '<c r="A1"><v/></c>', '<c r="A1" t="str"><f>B1</f><v></v></c>'])
def test_a_blank_cell_is_no_cell(craft: Craft, cell: str) -> None:
    assert cells(craft(f'<row r="1">{cell}</row>')) == {}


def test_formulas_are_marked(craft: Craft) -> None:
    path = craft('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>')
    assert read_workbook(path).sheets[0].rows[0].formulas == (2,)


def test_the_dimension_is_not_believed(craft: Craft) -> None:
    rows = "".join(f'<row r="{n}"><c r="C{n}"><v>{n}</v></c></row>' for n in range(1, 51))
    assert len(cells(craft(rows))) == 50


def test_rows_out_of_order_and_cells_twice(craft: Craft) -> None:
    path = craft(
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>9</v></c></row>'
        '<row r="3"><c r="B3"><v>4</v></c></row>'
    )
    assert cells(path) == {(1, 1): Number("9"), (3, 1): Number("3"), (3, 2): Number("4")}
    assert [row.number for row in read_workbook(path).sheets[0].rows] == [1, 3]


def test_a_cell_stands_where_its_reference_says(craft: Craft) -> None:
    assert cells(craft('<row r="1"><c r="B5"><v>1</v></c></row>')) == {(5, 2): Number("1")}


def test_rows_and_cells_without_references_follow_one_another(craft: Craft) -> None:
    path = craft("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert cells(path) == {(1, 1): Number("1"), (1, 2): Number("2"), (2, 1): Number("3")}


def test_a_far_cell_is_noted_not_stored(craft: Craft) -> None:
    path = craft(
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="A1048576"><v>3</v></c></row>'
    )
    (only,) = read_workbook(path).sheets
    assert len(only.rows) == 1
    assert only.beyond == 2


@pytest.mark.parametrize("reference", ["1A", "ABCD1", "A0", "A99999999", "Ä1"])
def test_places_that_cannot_be(craft: Craft, reference: str) -> None:
    with pytest.raises(FileRefusedError, match="no cell can be"):
        read_workbook(craft(f'<row r="1"><c r="{reference}"><v>1</v></c></row>'))


def test_too_many_cells(craft: Craft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caps, "MOST_CELLS", 3)
    with pytest.raises(FileRefusedError, match="more than 3 cells"):
        read_workbook(craft("<row><c><v>1</v></c><c><v>2</v></c></row>" * 2))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_cell_too_long_for_any_spreadsheet(craft: Craft, part: str) -> None:
    long = "x" * 1_000_001
    content = f"<sst><si><t>{long}</t></si></sst>" if "Strings" in part else sheet(f"<row><c><v>{long}</v></c></row>")
    with pytest.raises(FileRefusedError, match="more than 1,000,000 characters"):
        read_workbook(craft(changed={part: content}))


def test_merged_cells_are_noted(craft: Craft) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    (only,) = read_workbook(craft(changed={"xl/worksheets/sheet1.xml": sheet("", merged)})).sheets
    assert only.merged[0].covers(2, 2)
    assert not only.merged[0].covers(1, 1)


def test_missing_styles_and_strings_do_not_matter(craft: Craft) -> None:
    path = craft('<row r="1"><c r="A1" s="1"><v>1</v></c></row>', {"xl/styles.xml": None, "xl/sharedStrings.xml": None})
    assert cells(path) == {(1, 1): Number("1")}


def test_dates_counted_from_1904(craft: Craft) -> None:
    workbook = str(default_parts()["xl/workbook.xml"]).replace("<workbookPr/>", '<workbookPr date1904="1"/>')
    path = craft('<row r="1"><c r="A1" s="1"><v>33788</v></c></row>', {"xl/workbook.xml": workbook})
    assert cells(path)[1, 1] == Moment("1996-07-04", "33788")
    assert read_workbook(path).date1904


def test_prefixes_do_not_matter(craft: Craft) -> None:
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert cells(craft(changed={"xl/worksheets/sheet1.xml": part})) == {(1, 1): Number("1")}


def test_strict_workbooks_are_workbooks(craft: Craft) -> None:
    strict = {
        part: str(content)
        .replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for part, content in {
            **default_parts(),
            "xl/worksheets/sheet1.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
        }.items()
    }
    assert cells(craft(changed=dict(strict))) == {(1, 1): Number("1")}


def test_utf_16_parts_are_read(craft: Craft) -> None:
    part = '<?xml version="1.0" encoding="UTF-16"?>' + sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>é</t></is></c></row>'
    )
    assert cells(craft(changed={"xl/worksheets/sheet1.xml": part.encode("utf-16")})) == {(1, 1): "é"}


def test_absolute_and_backslash_targets(craft: Craft) -> None:
    rels = str(default_parts()["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet1.xml", "\\xl\\worksheets\\sheet1.xml"
    )
    path = craft('<row r="1"><c r="A1"><v>1</v></c></row>', {"xl/_rels/workbook.xml.rels": rels})
    assert cells(path) == {(1, 1): Number("1")}


def test_a_sheet_without_a_part_is_unreadable_not_empty(craft: Craft) -> None:
    (only,) = read_workbook(craft(changed={"xl/worksheets/sheet1.xml": None})).sheets
    assert not only.readable


def test_no_sheet_is_an_error(craft: Craft) -> None:
    with pytest.raises(FileRefusedError, match="no sheet"):
        read_workbook(craft(changed={"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_read_and_marked(craft: Craft, state: str) -> None:
    workbook = str(default_parts()["xl/workbook.xml"]).replace('sheetId="1"', f'sheetId="1" state="{state}"')
    assert read_workbook(craft(changed={"xl/workbook.xml": workbook})).sheets[0].hidden


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/"> %p;]>',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_document_types_are_refused(craft: Craft, part: str, doctype: str) -> None:
    with pytest.raises(FileRefusedError, match="XML definitions"):
        read_workbook(craft(changed={part: doctype + str(default_parts()[part])}))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_deep_nesting_is_refused(craft: Craft, part: str) -> None:
    deep = f'<worksheet xmlns="{MAIN}"><sheetData>' + "<a>" * 200_000
    with pytest.raises(FileRefusedError, match="no spreadsheet program"):
        read_workbook(craft(changed={part: deep}))


def test_very_many_attributes_are_refused(craft: Craft) -> None:
    many = " ".join(f'a{n}="1"' for n in range(300))
    with pytest.raises(FileRefusedError, match="no spreadsheet program"):
        read_workbook(craft(changed={"xl/worksheets/sheet1.xml": sheet("", f"<x {many}/>")}))


def test_a_part_cut_off_is_refused(craft: Craft) -> None:
    whole = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    with pytest.raises(FileRefusedError, match=r"sheet1\.xml is damaged"):
        read_workbook(craft(changed={"xl/worksheets/sheet1.xml": whole[:-40]}))


def test_an_unknown_encoding_is_refused(craft: Craft) -> None:
    part = '<?xml version="1.0" encoding="UTF-7"?>' + sheet("")
    with pytest.raises(FileRefusedError):
        read_workbook(craft(changed={"xl/worksheets/sheet1.xml": part.encode()}))


def test_every_cut_of_a_workbook_is_refused(craft: Craft, tmp_path: Path) -> None:
    whole = craft('<row r="1"><c r="A1"><v>1</v></c></row>').read_bytes()
    for twentieth in range(1, 20):
        cut = tmp_path / "cut.xlsx"
        cut.write_bytes(whole[: len(whole) * twentieth // 20])
        with pytest.raises(FileRefusedError):
            read_workbook(cut)


def test_who_saved_it_and_when(craft: Craft) -> None:
    path = craft(
        changed={
            "docProps/core.xml": '<c:coreProperties xmlns:c="c" xmlns:d="d"><c:lastModifiedBy>Ana</c:lastModifiedBy>'
            "<d:modified>2026-11-22T08:00:00Z</d:modified></c:coreProperties>",
            "docProps/app.xml": "<Properties><Application>LibreOffice/7.4</Application></Properties>",
            "docProps/custom.xml": '<Properties><property name="export"><v:lpwstr xmlns:v="v">7KQ2</v:lpwstr></property></Properties>',
        }
    )
    workbook = read_workbook(path)
    assert (workbook.modified_by, workbook.modified) == ("Ana", "2026-11-22T08:00:00Z")
    assert (workbook.application, workbook.custom_properties) == ("LibreOffice/7.4", {"export": "7KQ2"})


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("12", "12"),
        ("007", "7"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("9.8000000000000007", "9.8"),
        ("1.4999999999999999E-2", "0.015"),
        ("1E5", "100000"),
        ("-0", "0"),
        ("1234567890123456", "1234567890123456"),
        ("1,5", "1,5"),
        ("5.0", "5"),
    ],
)
def test_a_number_in_its_shortest_plain_spelling(text: str, plain: str) -> None:
    assert cell_text(Number(text)) == plain


def test_one_flipped_byte_anywhere_is_read_or_refused(craft: Craft, tmp_path: Path) -> None:
    whole = craft('<row r="1"><c r="A1" s="1"><v>35250</v></c><c r="B1" t="s"><v>0</v></c></row>').read_bytes()
    for at in range(0, len(whole), 7):
        flipped = tmp_path / "flipped.xlsx"
        flipped.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with suppress(FileRefusedError):
            read_workbook(flipped)


def test_zip_archives_without_relationships_are_read_by_their_usual_names(craft: Craft) -> None:
    path = craft('<row r="1"><c r="A1"><v>1</v></c></row>', {"_rels/.rels": None})
    assert zipfile.is_zipfile(path)
    assert cells(path) == {(1, 1): Number("1")}
