"""Columns and sheets as people leave them: renamed, moved, inserted, deleted, copied, merged, written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl.comments import Comment
from tests.exchange.structure import spreadsheet as xl

from accountplanner.usecases.importing import preview_import
from accountplanner.usecases.reviewing import accept

if TYPE_CHECKING:
    from collections.abc import Callable

    import openpyxl
    from tests.exchange.structure.conftest import Desk

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]

_EDIT = ("Accounts", "Borealis", "City", "Hamar")
_RIGHT = {("Borealis", "city"): "Hamar"}


def _notes(desk: Desk) -> set[tuple[str, str]]:
    """The notes that stand, with the name of the account they are about."""
    names = {record: name for name, record in desk.ids.items()}
    return {
        (names[each.values["account"]], each.values["text"])
        for kind in ("note", "partner_note")
        for each in desk.session.store.every(kind)
        if each.values.get("account") in names
    }


# --- columns --------------------------------------------------------------------------------------------------------


def test_s6_a_renamed_column_is_found_by_what_stands_in_it(desk: Desk) -> None:
    before = desk.values()

    def rename(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        on.cell(1, xl.column(on, "City")).value = "Where they are"

    desk.bring(xl.typed(*_EDIT), rename)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])


def test_s6_moved_columns_are_found_by_their_headers(desk: Desk) -> None:
    before = desk.values()

    def turn_round(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        rows = list(range(1, on.max_row + 1))
        xl.put(on, rows, 1, [cells[::-1] for cells in xl.contents(on, rows, 1, on.max_column)])

    desk.bring(xl.typed(*_EDIT), turn_round)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])


def test_s6_a_column_moved_and_renamed_is_proposed_where_its_contents_say_so(desk: Desk) -> None:
    before = desk.values()

    def move_and_rename(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        at, rows = xl.column(on, "City"), list(range(1, on.max_row + 1))
        content = xl.contents(on, rows, at, at)
        on.delete_cols(at)
        content[0][0] = "Ort"
        xl.put(on, rows, on.max_column + 1, content)

    desk.bring(xl.typed(*_EDIT), move_and_rename)
    assert desk.changed(before) == {}
    (item,) = desk.waiting()
    assert (item.kind, item.field) == ("value", "city")
    assert "the header of its column was changed" in item.reason


def test_s6_headers_that_changed_places_do_not_take_values_to_other_fields(desk: Desk) -> None:
    before = desk.values()

    def swap(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        one, other = xl.column(on, "City"), xl.column(on, "Phone")
        on.cell(1, one).value, on.cell(1, other).value = "Phone", "City"

    desk.bring(xl.typed(*_EDIT), swap)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])


def test_s6_an_inserted_column_is_shown_and_kept_as_notes_when_a_person_says_so(desk: Desk) -> None:
    before = desk.values()

    def insert(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        on.insert_cols(3)
        on.cell(1, 3).value = "My remarks"
        on.cell(xl.row(on, "Hav"), 3).value = "Ask for Ola"
        on.cell(xl.row(on, "Kai"), 3).value = "New owner in May"

    desk.bring(insert)
    assert desk.changed(before) == {}
    (item,) = desk.waiting()
    assert item.kind == "note"
    assert "“Ask for Ola” (Hav); “New owner in May” (Kai)" in item.reason
    accept(desk.session, [item.id])
    assert _notes(desk) == {("Hav", "My remarks: Ask for Ola"), ("Kai", "My remarks: New owner in May")}


def test_s6_a_column_copied_beside_itself_says_nothing_and_an_answer_in_either_is_seen(desk: Desk) -> None:
    before = desk.values()

    def copy(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        at, rows = xl.column(on, "City"), list(range(1, on.max_row + 1))
        content = xl.contents(on, rows, at, at)
        on.insert_cols(at)
        xl.put(on, rows, at, content)

    def copy_and_change(book: openpyxl.Workbook) -> None:
        copy(book)
        xl.typed(*_EDIT)(book)

    assert desk.bring(copy).step == 0
    assert desk.waiting() == []
    desk.bring(copy_and_change)
    assert desk.changed(before) == {}
    assert any("Hamar" in item.reason for item in desk.waiting())


def test_s6_a_deleted_column_is_no_answer_and_clears_nothing(desk: Desk) -> None:
    before = desk.values()

    def delete(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        on.delete_cols(xl.column(on, "Phone"))

    result = desk.bring(xl.typed(*_EDIT), delete)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])
    assert any("Phone" in notice and "nothing in it counts as cleared" in notice for notice in result.notices)


# --- sheets ---------------------------------------------------------------------------------------------------------


def test_s7_sheets_may_be_renamed_and_stand_in_any_order(desk: Desk) -> None:
    before = desk.values()

    def rearrange(book: openpyxl.Workbook) -> None:
        xl.sheet(book, "Accounts").title = "Accounts - Table 1"
        xl.sheet(book, "Contacts").title = "Tabelle7"
        book.move_sheet("Tabelle7", -2)

    desk.bring(xl.typed(*_EDIT), rearrange)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])


@pytest.mark.parametrize("first", [True, False])
def test_s7_a_copied_sheet_says_nothing_and_answers_in_the_copy_are_decided(desk: Desk, first: bool) -> None:  # noqa: FBT001
    before = desk.values()

    def copy(book: openpyxl.Workbook) -> None:
        copied = book.copy_worksheet(xl.sheet(book, "Accounts"))
        if first:
            book.move_sheet(copied, -len(book.worksheets) + 1)

    def copy_and_answer(book: openpyxl.Workbook) -> None:
        copy(book)
        xl.typed(book.worksheets[-1].title if not first else "Accounts", "Borealis", "City", "Hamar")(book)

    assert desk.bring(copy).step == 0
    assert desk.waiting() == []
    desk.bring(copy_and_answer)
    accept(desk.session, ["all"])
    assert desk.changed(before) == _RIGHT


def test_s7_a_sheet_of_their_own_is_told_and_left_alone(desk: Desk) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("Thoughts")["B2"] = "call them"

    result = desk.bring(add)
    assert any("Thoughts" in notice and "1 cells" in notice for notice in result.notices)
    assert result.step == 0


# --- cells ----------------------------------------------------------------------------------------------------------


def test_s8_cells_covered_by_a_merged_one_say_nothing(desk: Desk) -> None:
    before = desk.values()

    def merge(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        top, at = xl.row(on, "Borealis"), xl.column(on, "City")
        on.merge_cells(start_row=top, end_row=top + 2, start_column=at, end_column=at)

    desk.bring(xl.typed(*_EDIT), merge)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])


def test_s10_a_value_pasted_over_a_drop_down_is_checked_again(desk: Desk) -> None:
    before = desk.values()
    result = desk.bring(xl.typed("Accounts", "Hav", "Tier", "Platinum"))
    assert (desk.changed(before), result.counts.problems) == ({}, 1)
    (problem,) = _problems(desk, xl.typed("Accounts", "Hav", "Tier", "Platinum"))
    assert "Accounts, row" in problem
    assert "Tier: found “Platinum”, expected" in problem


def _problems(desk: Desk, work: Callable[[openpyxl.Workbook], None]) -> list[str]:

    return [each.sentence() for each in preview_import(desk.session, [desk.change(work)]).plan.problems]


def test_s11_protection_taken_off_opens_no_cell_that_was_not_offered(desk: Desk) -> None:
    before = desk.values()

    def unprotect(book: openpyxl.Workbook) -> None:
        for each in book.worksheets:
            each.protection.sheet = False

    result = desk.bring(
        unprotect, xl.typed("Accounts", "Borealis", "City", "Hamar"), xl.typed("Accounts", "Hav", "Phone", "+47 5"),
        source=desk.partner,
    )  # fmt: skip
    assert desk.changed(before) == {("Hav", "phone"): "+47 5"}
    assert any("it was not offered for change" in notice for notice in result.notices)


def test_s12_comments_used_as_answers_are_proposed_as_notes_with_author_and_cell(desk: Desk) -> None:
    before = desk.values()

    def comment(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        on.cell(xl.row(on, "Hav"), xl.column(on, "City")).comment = Comment("They moved to Oslo", "Kari Nordmann")

    file = desk.change(comment)
    assert desk.take(file).step == 0
    (item,) = desk.waiting()
    assert (item.kind, item.title) == ("note", "Hav")
    assert "a comment of Kari Nordmann on City of “Hav”" in item.reason
    accept(desk.session, [item.id])
    assert _notes(desk) == {("Hav", "City: They moved to Oslo")}
    assert desk.changed(before) == {}
    desk.bring(source=file)
    accept(desk.session, ["all"])
    assert len(_notes(desk)) == 1


def test_s12_a_partners_comment_becomes_a_note_of_that_partner(desk: Desk) -> None:
    def comment(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        on.cell(xl.row(on, "Hav"), xl.column(on, "Phone")).comment = Comment("Use the mobile", "Per")

    desk.bring(comment, source=desk.partner)
    accept(desk.session, ["all"])
    assert _notes(desk) == {("Hav", "Per: Phone: Use the mobile")}
