"""Rows as people leave them: sorted, filtered, inserted, copied, deleted, moved. Each is a row of the list we keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.exchange.structure import spreadsheet as xl

from accountplanner.usecases.history import undo
from accountplanner.usecases.reviewing import accept, reject

if TYPE_CHECKING:
    from collections.abc import Callable

    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet
    from tests.exchange.structure.conftest import Desk

pytestmark = pytest.mark.usefixtures("read_here")

_EDIT = ("Accounts", "Borealis", "City", "Hamar")


def _on(name: str, act: Callable[[Worksheet], None]) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: act(xl.sheet(book, name))


# --- sorted ---------------------------------------------------------------------------------------------------------


def test_s1_rows_sorted_with_their_keys_say_only_what_was_typed(desk: Desk) -> None:
    before = desk.values()
    result = desk.bring(xl.typed(*_EDIT), _on("Accounts", lambda on: xl.sort(on, "City")))
    assert desk.changed(before) == {("Borealis", "city"): "Hamar"}
    assert (result.counts.held, desk.waiting()) == (0, [])


def test_s1_a_header_sorted_in_among_its_rows_hides_none_of_them(desk: Desk) -> None:
    def with_header(on: Worksheet) -> None:
        rows = [1, *xl.record_rows(on)]
        content = xl.contents(on, rows, 1, on.max_column)
        xl.put(on, rows, 1, sorted(content, key=lambda cells: str(cells[1])))

    before = desk.values()
    result = desk.bring(xl.typed(*_EDIT), _on("Accounts", with_header))
    assert desk.changed(before) == {("Borealis", "city"): "Hamar"}
    assert (result.counts.held, desk.waiting()) == (0, [])


def test_s1_rows_sorted_without_their_keys_are_held_and_one_decision_puts_every_answer_right(desk: Desk) -> None:
    before = desk.values()
    works = [
        xl.typed(*_EDIT),
        xl.typed("Accounts", "Hav", "Website", "hav.example"),
        xl.typed("Contacts", "Kari Kai", "Job title", "Buyer"),
        _on("Accounts", lambda on: xl.sort(on, "Phone", first=2)),
    ]
    result = desk.bring(*works)
    assert (desk.changed(before), result.step) == ({}, 0)
    (held,) = desk.waiting()
    assert held.kind == "held"
    assert "12 of 25 rows no longer fit their keys: it looks as if they were sorted without column A" in held.reason
    assert "every answer goes to the row it belongs to" in held.reason
    accept(desk.session, [held.id])
    right = {("Borealis", "city"): "Hamar", ("Hav", "website"): "hav.example", ("Kari Kai", "title"): "Buyer"}
    assert desk.changed(before) == right
    assert desk.waiting() == []
    undo(desk.session)
    assert desk.changed(before) == {}


def test_s1_the_repair_is_the_same_on_every_laptop_and_a_second_reading_changes_nothing(
    desks: Callable[[str], Desk],
) -> None:
    ann, ben = desks("ann"), desks("ben")
    file = ann.change(xl.typed(*_EDIT), _on("Accounts", lambda on: xl.sort(on, "City", first=2)))
    for each in (ann, ben):
        each.take(file)
    (one,), (two,) = ann.waiting(), ben.waiting()
    before = ann.values()
    accept(ann.session, [one.id])
    accept(ben.session, [two.id])
    assert ann.changed(before) == ben.changed(before) == {("Borealis", "city"): "Hamar"}
    assert one.id == two.id


def test_s1_a_held_file_that_is_left_out_changes_nothing_and_does_not_come_back(desk: Desk) -> None:
    file = desk.change(xl.typed(*_EDIT), _on("Accounts", lambda on: xl.sort(on, "City", first=2)))
    before = desk.values()
    desk.take(file)
    again = desk.take(file)
    assert again.counts.held == 1
    reject(desk.session, [item.id for item in desk.waiting()])
    assert desk.waiting() == []
    assert desk.changed(before) == {}


def test_s1_some_rows_sorted_without_their_keys_are_put_right_beside_those_that_stayed(desk: Desk) -> None:
    before = desk.values()

    def sort_some(on: Worksheet) -> None:
        xl.sort(on, "City", first=2, rows=xl.record_rows(on)[2:8])

    desk.bring(xl.typed(*_EDIT), xl.typed("Accounts", "Esker", "City", "Moss"), _on("Accounts", sort_some))
    assert desk.changed(before) == {}
    accept(desk.session, [item.id for item in desk.waiting("held")])
    assert desk.changed(before) == {("Borealis", "city"): "Hamar", ("Esker", "city"): "Moss"}


def test_s1_a_filled_empty_row_that_was_sorted_among_the_others_is_a_row_of_its_own(desk: Desk) -> None:
    before = desk.values()

    def fill_and_sort(on: Worksheet) -> None:
        spare = xl.spare_row(on)
        on.cell(spare, xl.column(on, "Name")).value = "Aardal"
        on.cell(spare, xl.column(on, "City")).value = "Årdal"
        xl.sort(on, "Name", first=2, rows=[*xl.record_rows(on), spare], descending=False)

    desk.bring(_on("Accounts", fill_and_sort))
    assert desk.changed(before) == {}
    accept(desk.session, ["all"])
    new = {key: value for (name, key), value in desk.changed(before).items() if name not in desk.ids}
    assert new == {"name": "Aardal", "city": "Årdal"}
    assert {name for name, _ in desk.changed(before)} & set(desk.ids) == set()


def test_s1_rows_sorted_in_among_the_empty_ones_are_not_new_records(desk: Desk) -> None:
    before = desk.values()

    def sort_everything(on: Worksheet) -> None:
        rows = list(range(2, on.max_row + 1))
        xl.sort(on, "Name", first=2, rows=rows, descending=False)

    result = desk.bring(xl.typed("Contacts", "Kari Delta", "Job title", "Buyer"), _on("Contacts", sort_everything))
    assert (desk.changed(before), result.counts.new) == ({}, 0)
    accept(desk.session, [item.id for item in desk.waiting("held")])
    assert desk.changed(before) == {("Kari Delta", "title"): "Buyer"}


def test_s4_a_row_copied_into_an_empty_one_says_nothing_until_it_is_changed(desk: Desk) -> None:
    before = desk.values()

    def copy(on: Worksheet) -> None:
        xl.put(on, [xl.spare_row(on)], 2, xl.contents(on, [xl.row(on, "Delta")], 2, on.max_column))

    def copy_and_change(on: Worksheet) -> None:
        copy(on)
        on.cell(xl.spare_row(on), xl.column(on, "City")).value = "Bodø"

    assert desk.bring(_on("Accounts", copy)).step == 0
    assert desk.waiting() == []
    desk.bring(_on("Accounts", copy_and_change))
    assert desk.changed(before) == {}
    assert [item.kind for item in desk.waiting()] == ["row"]


def test_s1_two_rows_that_changed_places_are_proposed_and_not_applied(desk: Desk) -> None:
    before = desk.values()

    def swap(on: Worksheet) -> None:
        rows = [xl.row(on, "Kari Delta"), xl.row(on, "Kari Hav")]
        xl.put(on, rows, 2, list(reversed(xl.contents(on, rows, 2, on.max_column))))

    desk.bring(xl.typed("Contacts", "Kari Delta", "Job title", "Buyer"), _on("Contacts", swap))
    assert desk.changed(before) == {}
    accept(desk.session, ["all"])
    assert desk.changed(before) == {("Kari Delta", "title"): "Buyer"}


def test_s1_a_column_sorted_by_itself_keeps_its_old_order_and_new_values_in_it_are_listed(desk: Desk) -> None:
    before = desk.values()

    def sort_phones(on: Worksheet) -> None:
        at = xl.column(on, "Phone")
        xl.sort(on, "Phone", first=at, last=at)

    result = desk.bring(
        xl.typed("Accounts", "Esker", "Phone", "+47 99"), xl.typed(*_EDIT), _on("Accounts", sort_phones)
    )
    assert desk.changed(before) == {}
    held, lost = sorted(desk.waiting(), key=lambda item: item.kind)
    assert "“Phone” of “Accounts” looks as if it had been sorted by itself" in held.reason
    assert (lost.kind, lost.title) == ("note", "+47 99")
    assert result.counts.problems == 1
    accept(desk.session, [held.id])
    assert desk.changed(before) == {("Borealis", "city"): "Hamar"}


def test_s1_columns_sorted_without_the_others_put_no_value_on_another_record(desk: Desk) -> None:
    before = desk.values()

    def sort_left_part(on: Worksheet) -> None:
        xl.sort(on, "Phone", first=xl.column(on, "Industry"), last=on.max_column)

    desk.bring(_on("Accounts", sort_left_part))
    (held,) = desk.waiting("held")
    assert held.reason.count("order stands") == 1
    accept(desk.session, ["all"])
    assert desk.changed(before) == {}


# --- filtered -------------------------------------------------------------------------------------------------------


def test_s2_a_value_pasted_over_a_filtered_list_is_one_group_to_decide(desk: Desk) -> None:
    before = desk.values()

    def paste(on: Worksheet) -> None:
        rows = xl.record_rows(on)[1:7]
        for number in rows:
            on.cell(number, xl.column(on, "Website")).value = "fjord.example"
        xl.hide(on, rows[1:5])

    desk.bring(_on("Accounts", paste))
    assert set(desk.changed(before)) == {("Borealis", "website"), ("Gletscher", "website")}
    (group,) = desk.waiting()
    assert group.kind == "group"
    assert "4 rows that were hidden" in group.reason
    accept(desk.session, [group.id])
    assert len(desk.changed(before)) == 6


def test_s2_an_ordinary_answer_in_a_hidden_row_is_an_answer(desk: Desk) -> None:
    before = desk.values()
    desk.bring(xl.typed(*_EDIT), _on("Accounts", lambda on: xl.hide(on, [xl.row(on, "Borealis")])))
    assert desk.changed(before) == {("Borealis", "city"): "Hamar"}


# --- inserted and copied --------------------------------------------------------------------------------------------


def test_s3_an_inserted_row_is_one_proposal_however_often_it_comes(desk: Desk) -> None:
    before = desk.values()

    def insert(on: Worksheet) -> None:
        on.insert_rows(4)
        on.cell(4, xl.column(on, "Name")).value = "Nordlys"
        on.cell(4, xl.column(on, "City")).value = "Tromsø"

    file = desk.change(_on("Accounts", insert))
    desk.take(file)
    (item,) = desk.waiting()
    assert (item.kind, desk.changed(before)) == ("row", {})
    accept(desk.session, [item.id])
    assert {(key, value) for (_, key), value in desk.changed(before).items()} == {
        ("name", "Nordlys"),
        ("city", "Tromsø"),
    }
    desk.take(file)
    accept(desk.session, ["all"])
    assert sum(value == "Nordlys" for value in desk.values().values()) == 1


@pytest.mark.parametrize("where", ["below", "above"])
def test_s4_a_row_copied_with_its_key_says_nothing_and_the_changed_copy_is_decided(desk: Desk, where: str) -> None:
    before = desk.values()

    def copy(on: Worksheet) -> None:
        cells = xl.contents(on, [xl.row(on, "Delta")], 1, on.max_column)
        target = on.max_row + 1 if where == "below" else 2
        if where == "above":
            on.insert_rows(2)
        xl.put(on, [target], 1, cells)

    assert desk.bring(_on("Accounts", copy)).step == 0
    assert desk.waiting() == []

    def copy_and_change(on: Worksheet) -> None:
        copy(on)
        first, last = sorted(number for number in xl.record_rows(on) if on.cell(number, 2).value == "Delta")
        on.cell(last, xl.column(on, "City")).value = "Bodø"
        on.cell(first, xl.column(on, "Industry")).value = "Wood"

    desk.bring(_on("Accounts", copy_and_change))
    assert desk.changed(before) == {("Delta", "industry"): "Wood"}
    assert [item.kind for item in desk.waiting()] == ["value"]
    accept(desk.session, ["all"])
    assert desk.changed(before) == {("Delta", "industry"): "Wood", ("Delta", "city"): "Bodø"}


def test_s4_a_key_copied_over_that_of_the_row_above_takes_away_neither_of_them(desk: Desk) -> None:
    def copy_key(on: Worksheet) -> None:
        above, below = sorted((xl.row(on, "Delta"), xl.row(on, "Esker")))
        xl.put(on, [above], 1, xl.contents(on, [below], 1, 1))

    before = desk.values()
    result = desk.bring(_on("Accounts", copy_key), xl.typed("Accounts", "Delta", "City", "Bodø"))
    assert (desk.changed(before), result.counts.removed) == ({}, 0)
    assert [(item.kind, item.title) for item in desk.waiting()] == [("value", "Delta")]


def test_s4_a_copied_row_made_into_another_record_is_a_new_row(desk: Desk) -> None:
    before = desk.values()

    def copy(on: Worksheet) -> None:
        cells = xl.contents(on, [xl.row(on, "Delta")], 1, 1)
        xl.put(on, [on.max_row + 1], 1, cells)
        on.cell(on.max_row, 2).value = "Nordlys"

    desk.bring(_on("Accounts", copy))
    assert (desk.changed(before), [item.kind for item in desk.waiting()]) == ({}, ["row"])


def test_s4_a_row_written_over_with_another_record_is_not_taken_for_edits(desk: Desk) -> None:
    before = desk.values()

    def write_over(on: Worksheet) -> None:
        number = xl.row(on, "Delta")
        for header, text in (("Name", "Nordlys"), ("City", "Tromsø"), ("Phone", "+47 1"), ("Industry", "Light")):
            on.cell(number, xl.column(on, header)).value = text
        on.cell(number, xl.column(on, "Customer number")).value = "77"

    desk.bring(_on("Accounts", write_over))
    assert desk.changed(before) == {}
    assert all("about another record" in item.reason for item in desk.waiting("value"))
    assert len(desk.waiting()) == 5


# --- deleted --------------------------------------------------------------------------------------------------------


def test_s5_a_deleted_row_is_only_proposed_for_removal(desk: Desk) -> None:
    before = desk.values()
    result = desk.bring(_on("Accounts", lambda on: on.delete_rows(xl.row(on, "Delta"))))
    assert (desk.changed(before), result.counts.removed) == ({}, 1)
    (item,) = desk.waiting()
    assert (item.kind, item.title) == ("removal", "Delta")


def test_s5_where_rows_were_hidden_or_the_hidden_sheet_is_gone_nothing_is_proposed_for_removal(desk: Desk) -> None:
    def delete_while_filtered(on: Worksheet) -> None:
        xl.hide(on, [xl.row(on, "Hav")])
        on.delete_rows(xl.row(on, "Delta"))

    def delete_without_metadata(book: openpyxl.Workbook) -> None:
        del book["_sync"]
        xl.sheet(book, "Accounts").delete_rows(3)

    desk.bring(_on("Accounts", delete_while_filtered))
    desk.bring(delete_without_metadata)
    assert desk.waiting() == []


def test_s5_many_deleted_rows_hold_the_file(desk: Desk) -> None:
    before = desk.values()
    desk.bring(xl.typed(*_EDIT), _on("Contacts", lambda on: on.delete_rows(2, 5)))
    assert desk.changed(before) == {}
    (held,) = desk.waiting("held")
    assert "5 of 25 rows are not in the workbook any more" in held.reason
    assert len(desk.waiting("removal")) == 5
    accept(desk.session, [held.id])
    assert desk.changed(before) == {("Borealis", "city"): "Hamar"}


# --- much changed ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_workbook_in_which_much_shows_something_else_is_held_and_taken_in_once_somebody_says_so(desk: Desk) -> None:
    """Neither sorted nor a column at a time: the third of all cells that somebody's macro went over."""
    names = [name for name in desk.ids if not name.startswith("Kari ")]
    typed = {
        (name, header): f"{header} of {number}"
        for number, name in enumerate(names)
        for header in ("City", "Customer number", "Industry", "Phone")
        if (number + len(header)) % 5
    }
    before = desk.values()
    desk.bring(*(xl.typed("Accounts", name, header, value) for (name, header), value in typed.items()))
    assert desk.changed(before) == {}
    (held,) = desk.waiting("held")
    assert "cells that were filled show something else now, which is " in held.reason
    accept(desk.session, [held.id])
    keys = {"City": "city", "Customer number": "number", "Industry": "industry", "Phone": "phone"}
    assert desk.changed(before) == {(name, keys[header]): value for (name, header), value in typed.items()}


# --- moved ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ["Contacts", "Notes", "My own"])
def test_s7_a_row_moved_to_another_sheet_keeps_its_record_and_puts_nothing_into_other_fields(
    desk: Desk, sheet: str
) -> None:
    before = desk.values()

    def move(book: openpyxl.Workbook) -> None:
        on = xl.sheet(book, "Accounts")
        number = xl.row(on, "Delta")
        cells = xl.contents(on, [number], 1, on.max_column)
        cells[0][xl.column(on, "City") - 1] = "Bodø"
        on.delete_rows(number)
        to = xl.sheet(book, sheet) if sheet in book.sheetnames else book.create_sheet(sheet)
        xl.put(to, [to.max_row + 2], 1, cells)

    desk.bring(move)
    assert set(desk.changed(before)) <= {("Delta", "city")}
    accept(desk.session, ["all"])
    assert desk.changed(before) == {("Delta", "city"): "Bodø"}


def test_s9_a_row_typed_below_the_table_is_read_and_proposed(desk: Desk) -> None:
    def below(on: Worksheet) -> None:
        number = on.max_row + 4
        on.cell(number, xl.column(on, "Name")).value = "Nordlys"
        on.cell(number, xl.column(on, "Phone")).value = "+47 77"

    desk.bring(_on("Accounts", below))
    (item,) = desk.waiting()
    assert (item.kind, "Nordlys" in item.title) == ("row", True)
