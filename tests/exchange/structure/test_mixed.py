"""Sheets of two workbooks in one file: it is held as a whole, says what it looks like, and can be put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.exchange.structure import spreadsheet as xl

from accountplanner.usecases.editing import Typed, create_record, delete_record, set_value
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.reviewing import accept

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from tests.exchange.structure.conftest import Desk

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]

_EDIT = ("Accounts", "Borealis", "City", "Hamar")
_RIGHT = {("Borealis", "city"): "Hamar"}


@pytest.fixture
def later(desk: Desk) -> openpyxl.Workbook:
    """Another export, after much has changed."""
    for number, name in enumerate(("Alpine", "Café Nord", "Delta", "Esker", "Fjord", "Gletscher", "Hav", "Isbre")):
        set_value(desk.session, Typed(desk.ids[name], "phone", f"+47 77 {number}"))
        create_record(desk.session, "account", {"name": f"Newcomer {number}"})
    delete_record(desk.session, desk.ids["Li"])
    return openpyxl.load_workbook(export_team(desk.session, desk.folder / "later.xlsx").path)


def _copied(source: Worksheet, target: Worksheet, below: int = 0) -> None:
    for row in source.iter_rows(min_row=2 if below else 1):
        for cell in row:
            if cell.value is not None:
                target.cell((cell.row or 0) + below, cell.column or 0).value = cell.value


def _waits(desk: Desk, *words: str) -> str:
    """The one thing that waits says these words; everything else can wait too, but nothing was applied."""
    (held,) = desk.waiting("held")
    assert all(word in held.reason for word in words), held.reason
    assert desk.waiting("removal") == []
    return held.id


def test_the_hidden_sheet_of_another_export_holds_the_file_and_its_rows_stay_its_own(
    desk: Desk, later: openpyxl.Workbook
) -> None:
    before = desk.values()

    def put_in(book: openpyxl.Workbook) -> None:
        del book["_sync"]
        _copied(xl.sheet(later, "_sync"), book.create_sheet("_sync"))

    desk.bring(xl.typed(*_EDIT), put_in)
    assert desk.changed(before) == {}
    held = _waits(desk, "sheets of two workbooks had been put together", "hidden sheet of export")
    assert [item.kind for item in desk.waiting()] == ["held"]
    accept(desk.session, [held])
    assert desk.changed(before) == _RIGHT


@pytest.mark.parametrize("where", ["below", "beside"])
def test_the_sheets_of_two_workbooks_in_one_hold_it_and_nothing_counts_as_removed(
    desk: Desk, later: openpyxl.Workbook, where: str
) -> None:
    before = desk.values()

    def put_in(book: openpyxl.Workbook) -> None:
        theirs, ours = xl.sheet(later, "Accounts"), xl.sheet(book, "Accounts")
        if where == "below":
            _copied(theirs, ours, below=ours.max_row)
        else:
            _copied(theirs, book.create_sheet("Accounts (2)"))
        ours.delete_rows(xl.row(ours, "Kai"))

    desk.bring(xl.typed(*_EDIT), put_in)
    assert desk.changed(before) == {}
    held = _waits(desk, "sheets of two workbooks had been put together", "rows belong to export")
    accept(desk.session, [held])
    assert desk.changed(before) == _RIGHT


def test_a_row_or_two_of_another_export_are_no_mixture(desk: Desk, later: openpyxl.Workbook) -> None:
    def put_in(book: openpyxl.Workbook) -> None:
        theirs, ours = xl.sheet(later, "Accounts"), xl.sheet(book, "Accounts")
        wanted = xl.row(theirs, "Hav")
        for cell in theirs[wanted]:
            ours.cell(ours.max_row + (cell.column == 1), cell.column or 0).value = cell.value

    desk.bring(xl.typed(*_EDIT), put_in)
    assert desk.waiting("held") == []
    assert desk.values()["Borealis", "city"] == "Hamar"
