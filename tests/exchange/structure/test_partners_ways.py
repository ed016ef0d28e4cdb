"""What partners do with a workbook because it is quicker: a customer below the list, a sheet of their own, a total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl.comments import Comment
from tests.exchange.structure import spreadsheet as xl

from accountplanner.usecases.importing import preview_import
from accountplanner.usecases.receipts import worded_receipts
from accountplanner.usecases.reviewing import accept

if TYPE_CHECKING:
    import openpyxl
    from tests.exchange.structure.conftest import Desk

pytestmark = pytest.mark.usefixtures("read_here")


def _scribbled(book: openpyxl.Workbook) -> None:
    accounts, registrations = xl.sheet(book, "Accounts"), xl.sheet(book, "Registrations")
    below = accounts.max_row + 1
    for header, text in (("Name", "Neue Kantine"), ("City", "Linz"), ("Phone", "+43 732 1")):
        accounts.cell(below, xl.column(accounts, header)).value = text
    accounts.cell(xl.row(accounts, "Borealis"), accounts.max_column + 5).value = "they moved"
    accounts.cell(xl.row(accounts, "Hav"), 5).comment = Comment("ask for Kari", " ")
    registrations.cell(registrations.max_row + 1, 2).value = "Total:"
    own = book.create_sheet("Thoughts")
    own["A1"], own["B1"], own["A3"] = "Prices", "too high", "Li will leave you"


def test_what_a_partner_writes_where_nothing_was_asked_waits_with_a_way_to_keep_it(desk: Desk) -> None:
    before = desk.values()
    result = desk.bring(_scribbled, source=desk.partner)
    assert desk.changed(before) == {}
    assert any("Thoughts: found “Prices | too high" in notice for notice in result.notices)
    rows = {item.title: item for item in desk.waiting("row")}
    new, total = (next(item for title, item in rows.items() if name in title) for name in ("Neue Kantine", "Total"))
    assert "comes in as a registration" in new.reason
    assert "it looks like a line of totals" in total.reason
    notes = desk.waiting("note")
    assert any("a comment on Phone of “Hav” says “ask for Kari”" in item.reason for item in notes), "nobody signed it"
    accept(desk.session, [new.id, *(item.id for item in notes)])
    (registered,) = desk.session.store.every("registration")
    assert registered.values["customer_name"] == "Neue Kantine"
    assert registered.values["reason"] == "City: Linz; Phone: +43 732 1"
    kept = {each.values["text"] for each in desk.session.store.every("partner_note")}
    assert kept == {"they moved", "Phone: ask for Kari", "Thoughts: Prices | too high\nLi will leave you"}
    assert all(name not in desk.ids for name in ("Neue Kantine", "Total"))


@pytest.mark.slow
def test_a_receipt_shows_a_remark_once_and_not_whose_row_it_stood_in(desk: Desk) -> None:
    desk.bring(_scribbled, source=desk.partner)
    partner = desk.session.store.every("partner")[0].record
    said = [(line.question, line.answer) for line in worded_receipts(desk.session, partner)]
    assert ("Note", "they moved") in said
    assert not [question for question, _ in said if question == "Account"]


@pytest.mark.slow
def test_a_row_that_resembles_an_account_is_no_new_customer(desk: Desk) -> None:
    def copied(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        cells = [cell.value for cell in on[xl.row(on, "Borealis")]]
        for at, value in enumerate(cells[1:], 2):
            on.cell(on.max_row + (at == 2), at).value = value
        on.cell(on.max_row, xl.column(on, "Phone")).value = "+47 1"

    plan = preview_import(desk.session, [desk.change(copied, source=desk.partner)]).plan
    (asked,) = [each for each in plan.suggestions if each.kind == "row"]
    assert "resembles another row" in asked.reason
    assert "registration" not in asked.reason
