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
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from tests.exchange.reading.crafting import MAIN, Craft

from accountplanner.exchange.reading.cells import CellValue, ErrorCell, Moment, Number, UncachedFormula
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
    if isinstance(value, Moment):
        return value.iso
    if isinstance(value, UncachedFormula):
        return None
    return value.code if isinstance(value, ErrorCell) else value


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
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(timespec="seconds")
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def written(path: Path, rows: list[list[object]], **options: bool) -> Path:
    wished = {"strings_to_formulas": False, "strings_to_urls": False, **options}
    with xlsxwriter.Workbook(str(path), wished) as book:
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


# --- each program's own ways of writing -------------------------------------------------------------------------------

# openpyxl leaves `_x000D_` as it is written, refuses control characters, and cannot tell a white cell from none.
_simple_text = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="_\ufffe\uffff"), max_size=30
)
_moment = st.datetimes(dt.datetime(1905, 1, 1), dt.datetime(2200, 1, 1)).map(lambda each: each.replace(microsecond=0))  # noqa: DTZ001
_any_value = st.one_of(
    _simple_text.filter(lambda text: text.strip() != ""),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300),
    st.booleans(),
    st.dates(dt.date(1905, 1, 1), dt.date(2200, 1, 1)),
    _moment,
    st.sampled_from(["#N/A", "#REF!", "#DIV/0!"]),
)
_rows = st.lists(st.lists(_any_value, min_size=1, max_size=4), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=_rows, since_1904=st.booleans(), streamed=st.booleans())
def test_openpyxls_workbooks_read_as_openpyxl_says(
    tmp_path: Path, rows: list[list[object]], *, since_1904: bool, streamed: bool
) -> None:
    path = tmp_path / "made.xlsx"
    book = openpyxl.Workbook(write_only=streamed)
    book.epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    sheet = book.create_sheet("One")
    for row in rows:
        sheet.append(row)
    book.save(path)
    mine = {place: value for place, value in ours(path).items() if place[0] == "One"}
    assert mine == {place: value for place, value in openpyxls(path).items() if place[0] == "One"}
    errors = {"#N/A", "#REF!", "#DIV/0!"}
    assert {place: value for place, value in mine.items() if value not in errors} == calamines(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.lists(st.lists(_value, min_size=1, max_size=4), min_size=1, max_size=6), date_1904=st.booleans())
def test_inline_texts_and_days_since_1904_read_as_calamine_says(
    tmp_path: Path, rows: list[list[object]], *, date_1904: bool
) -> None:
    usual = [
        [max(value, dt.date(1904, 1, 2)) if isinstance(value, dt.date) else value for value in row] for row in rows
    ]
    path = written(tmp_path / "made.xlsx", usual, constant_memory=True, date_1904=date_1904)
    assert ours(path) == calamines(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(pieces=st.lists(_simple_text.filter(bool), min_size=2, max_size=5))
def test_rich_texts_read_as_both_say(tmp_path: Path, pieces: list[str]) -> None:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True})
        parts: list[object] = []
        for number, piece in enumerate(["x", *pieces]):
            parts += [bold, piece] if number % 2 else [piece]
        assert book.add_worksheet("One").write_rich_string(0, 0, *parts) == 0
    mine = ours(path)
    assert mine == {("One", 1, 1): "x" + "".join(pieces)}
    assert mine == openpyxls(path)
    assert mine == calamines(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(results=st.lists(st.one_of(st.integers(1, 10**9), st.booleans(), _simple_text.filter(str.strip)), min_size=1))
def test_results_of_formulas_read_as_openpyxl_says(tmp_path: Path, results: list[object]) -> None:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("One")
        for row, result in enumerate(results):
            sheet.write_formula(row, 0, "=A9", value=result)
    (only,) = read_workbook(path).sheets
    assert all(row.formulas == (1,) for row in only.rows)
    assert ours(path) == openpyxls(path)


def test_a_formula_that_openpyxl_wrote_has_no_result_and_is_no_blank(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["=1+1", "=NOW()"])  # type: ignore[union-attr]
    book.save(path)
    assert read_workbook(path).sheets[0].rows[0].cells == {1: UncachedFormula(), 2: UncachedFormula()}
    # Both others show nothing at all, which would look like somebody's clearing them.
    assert openpyxls(path) == calamines(path) == {}


@pytest.mark.parametrize("shared", [True, False])
def test_how_a_name_is_pronounced_is_no_part_of_it(craft: Craft, *, shared: bool) -> None:
    text = '<r><t>東</t></r><r><rPr><b/></rPr><t xml:space="preserve">京 </t></r><rPh sb="0" eb="1"><t>とう</t></rPh><phoneticPr fontId="1"/>'
    if shared:
        path = craft(
            '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
            {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si>{text}</si></sst>'},
        )
    else:
        path = craft(f'<row r="1"><c r="A1" t="inlineStr"><is>{text}</is></c></row>')
    assert ours(path) == {("One", 1, 1): "東京 "}
    assert ours(path) == calamines(path)


@pytest.mark.parametrize(
    "number", ["1E+300", "123456789012345678901234567890", "4.9E-324", "1E-7", "-0", "0.1", "12345678901234567"]
)
def test_big_and_small_numbers_read_as_calamine_says(craft: Craft, number: str) -> None:
    path = craft(f'<row r="1"><c r="A1"><v>{number}</v></c></row>')
    assert ours(path) == calamines(path)
    assert read_workbook(path).sheets[0].rows[0].cells == {1: Number(number)}
