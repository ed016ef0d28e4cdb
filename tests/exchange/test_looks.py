"""What people see of a workbook and hold in their hands when they print it: as openpyxl reads the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.exchange.test_guards import PARTNER, accounts, book_of

from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import project_partner, project_team

if TYPE_CHECKING:
    import openpyxl
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet


@pytest.fixture(scope="module")
def books() -> tuple[openpyxl.Workbook, openpyxl.Workbook]:
    """A colleague's and a partner's workbook of the same customers; one of them has bought."""
    records = accounts()
    values = {"account": records[0].id, "ordered_on": "2026-03-01", "amount": "1234.50 EUR", "order_number": "0815"}
    bought = PlainRecord("purchase", "purchase:" + "q" * 26, values)
    said = {"partner": PARTNER, "account": records[0].id, "text": "They buy elsewhere."}
    noted = PlainRecord("partner_note", "partner_note:" + "n" * 26, said)
    export = "export:" + "7" * 26
    team = ExportFacts(export, WorkbookKind.TEAM, b"s", (), "2026-11-22", currency="EUR")
    partner = ExportFacts(
        export, WorkbookKind.PARTNER, b"s", (), "2026-11-22", partner=PARTNER, partner_name="P & Co",
        made_by_name="Ann Rep",
    )  # fmt: skip
    scope = frozenset(each.id for each in records)
    asked = project_partner(partner, [*records, noted], b"a", scope, asked=[records[0].id])
    return book_of(project_team(team, [*records, bought, *_dealings()], b"a")), book_of(asked)


def _dealings() -> list[PlainRecord]:
    """Cases and actions, neither in the order of their names nor in that of their days."""
    cases = [("Cäsar", "closed", ""), ("Anton", "closed", "2026-02-01"), ("Berta", "closed", "2026-01-01")]
    cases.append(("Zebra", "open", "2025-01-01"))
    actions = [("Done", "kept", "2026-01-01"), ("Some day", "open", ""), ("Later", "open", "2027-01-01")]
    actions.append(("Soon", "open", "2026-12-01"))
    return [
        PlainRecord(kind, f"{kind}:" + str(at) * 26, {"title": title, "state": state, day: on})
        for kind, day, rows in (("case", "opened_on", cases), ("action", "due_on", actions))
        for at, (title, state, on) in enumerate(rows)
    ]


def test_every_list_keeps_its_headings_in_sight_and_on_every_page(
    books: tuple[openpyxl.Workbook, openpyxl.Workbook],
) -> None:
    for book in books:
        lists = [sheet for sheet in book if sheet.tables]
        assert "Accounts" in {sheet.title for sheet in lists}
        for sheet in lists:
            assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("C2", "$1:$1", "$A:$B")
            assert [table.ref for table in sheet.tables.values()] == [sheet.dimensions]
            page = sheet.page_setup
            assert (page.orientation, str(page.paperSize), page.fitToHeight) == ("landscape", "9", 0)
            fitted, head, foot = sheet.sheet_properties.pageSetUpPr, sheet.oddHeader, sheet.oddFooter
            assert fitted is not None and head is not None and foot is not None  # noqa: PT018 - one thing: it is set up
            assert fitted.fitToPage
            assert "&P / &N" in str(foot.center.text)
            assert "7777" in str(head.right.text), "a printed page says which export it is of"
            heads = list(sheet[1])
            assert all(cell.font.bold and cell.fill.fill_type == "solid" for cell in heads)


def test_values_look_like_what_they_are_and_open_cells_like_open_cells(
    books: tuple[openpyxl.Workbook, openpyxl.Workbook],
) -> None:
    team, partner = books
    bought = team["Purchases"]
    formats = {head: _under(bought, head).number_format for head in ("Order number", "Ordered on", "Amount")}
    assert formats == {"Order number": "@", "Ordered on": "yyyy-mm-dd", "Amount": '#,##0.00 "EUR"'}
    assert _under(bought, "Order number").value == "0815"
    asked, read = (_under(partner["Accounts"], head).fill.fgColor.rgb for head in ("Phone", "City"))
    unasked = _under(partner["Accounts"], "Phone", row=3).fill.fgColor.rgb
    assert asked != read
    assert unasked == read


def _under(sheet: Worksheet, header: str, row: int = 2) -> Cell | MergedCell:
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    return sheet.cell(row, column)


def test_one_begins_where_there_is_something_to_fill_in(books: tuple[openpyxl.Workbook, openpyxl.Workbook]) -> None:
    _, partner = books
    begun = {sheet.title: sheet.sheet_view.selection[-1].activeCell for sheet in partner if sheet.tables}
    asked, notes = partner["Accounts"], partner["Partner notes"]
    assert begun["Accounts"] == _under(asked, "Phone").coordinate
    assert begun["Partner notes"] == _under(notes, "Note", row=3).coordinate, "one note is there already"


def test_a_name_stands_out_and_what_somebody_wrote_does_not(
    books: tuple[openpyxl.Workbook, openpyxl.Workbook],
) -> None:
    _, partner = books
    assert _under(partner["Accounts"], "Name").font.bold
    assert not _under(partner["Partner notes"], "Note").font.bold


def test_an_address_is_shown_whole(books: tuple[openpyxl.Workbook, openpyxl.Workbook]) -> None:
    for book in books:
        assert _under(book["Accounts"], "Website").alignment.shrink_to_fit
        assert not _under(book["Accounts"], "Name").alignment.shrink_to_fit


def test_the_guide_says_whom_to_send_it_back_to_and_what_is_asked(
    books: tuple[openpyxl.Workbook, openpyxl.Workbook],
) -> None:
    _, partner = books
    said = [str(cell.value) for row in partner["Read me first"].iter_rows() for cell in row if cell.value]
    assert any("send it back to Ann Rep" in line for line in said)
    assert f"Accounts: {len(accounts())} rows, with questions in the first" in said
    assert any(line.startswith("Registrations: new customers you bring to us") for line in said)


def test_what_happened_stands_in_the_order_of_its_days_and_what_is_open_first(
    books: tuple[openpyxl.Workbook, openpyxl.Workbook],
) -> None:
    team, _ = books
    assert _column(team["Cases"], "Title") == ["Zebra", "Anton", "Berta", "Cäsar"]
    assert _column(team["Actions"], "Action") == ["Soon", "Later", "Some day", "Done"]


def test_a_drop_down_says_what_its_words_mean(books: tuple[openpyxl.Workbook, openpyxl.Workbook]) -> None:
    _, partner = books
    place = _under(partner["Accounts"], "Which rung are they on").coordinate
    (check,) = [each for each in partner["Accounts"].data_validations.dataValidation if place in each.sqref]
    assert check.showInputMessage
    assert "Client: again and again" in str(check.prompt)


def _column(sheet: Worksheet, header: str) -> list[str]:
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    return [str(cell.value) for (cell,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column) if cell.value]
