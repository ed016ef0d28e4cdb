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
    export = "export:" + "7" * 26
    team = ExportFacts(export, WorkbookKind.TEAM, b"s", (), "2026-11-22", currency="EUR")
    partner = ExportFacts(export, WorkbookKind.PARTNER, b"s", (), "2026-11-22", partner=PARTNER, partner_name="P & Co")
    asked = project_partner(partner, records, b"a", frozenset(each.id for each in records), asked=[records[0].id])
    return book_of(project_team(team, [*records, bought], b"a")), book_of(asked)


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
