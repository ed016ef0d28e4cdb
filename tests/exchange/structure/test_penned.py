"""What people say with a pen instead of words: rows and cells struck through, rows in a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl.styles import Font, PatternFill
from tests.exchange.structure import spreadsheet as xl

from accountplanner.usecases.importing import preview_import
from accountplanner.usecases.reviewing import accept

if TYPE_CHECKING:
    from collections.abc import Callable

    import openpyxl
    from tests.exchange.structure.conftest import Desk

pytestmark = pytest.mark.usefixtures("read_here")


def _struck(sheet: str, title: str, *headers: str) -> Callable[[openpyxl.Workbook], None]:
    """Strike through some cells of a row, or all of it."""

    def work(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, sheet)
        for at in [xl.column(on, header) for header in headers] or range(1, on.max_column + 1):
            on.cell(xl.row(on, title), at).font = Font(strike=True)

    return work


def _coloured(sheet: str, title: str, colour: str) -> Callable[[openpyxl.Workbook], None]:
    def work(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, sheet)
        for cell in on[xl.row(on, title)]:
            cell.fill = PatternFill("solid", fgColor=colour)

    return work


def test_a_row_struck_through_is_proposed_for_removal_and_a_cell_for_clearing(desk: Desk) -> None:
    before = desk.values()
    desk.bring(
        _struck("Contacts", "Kari Hav"),
        xl.typed("Contacts", "Kari Hav", "Job title", "left us"),
        _struck("Accounts", "Borealis", "Phone"),
        xl.typed("Accounts", "Borealis", "City", "Hamar"),
    )
    assert desk.changed(before) == {("Borealis", "city"): "Hamar"}
    (removal,) = desk.waiting("removal")
    assert removal.record == desk.ids["Kari Hav"]
    assert "the row is struck through" in removal.reason
    asked = {item.field: item for item in desk.waiting("value")}
    assert "“+47 22 01 55 01” is struck through; accepted, it is cleared" in asked["phone"].reason
    assert "its row is struck through" in asked["title"].reason
    accept(desk.session, [asked["phone"].id])
    assert desk.changed(before) == {("Borealis", "city"): "Hamar", ("Borealis", "phone"): None}


@pytest.mark.slow
def test_a_cell_only_to_be_read_stays_however_it_is_struck_through(desk: Desk) -> None:
    before = desk.values()
    desk.bring(_struck("Accounts", "Borealis", "City"), source=desk.partner)
    (item,) = desk.waiting()
    assert "“Ort 1” is struck through; it was not offered for change, so it stays" in item.reason
    assert desk.changed(before) == {}


def test_a_colour_of_somebodys_own_is_told_and_ours_is_not(desk: Desk) -> None:
    ours = _coloured("Accounts", "Hav", "F5F5F7")
    plan = preview_import(desk.session, [desk.change(ours, _coloured("Accounts", "Fjord", "FF0000"))]).plan
    (told,) = plan.notices
    assert told.startswith("Accounts: found “a colour of somebody’s own: Fjord”")
    assert "nothing follows from it" in told
    assert preview_import(desk.session, [desk.change(ours)]).plan.notices == []
