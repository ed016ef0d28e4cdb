"""One copy in many hands, and files that come through others, twice or out of order.

Histories that random search is slow to meet, or that somebody once lost data by; real use cases, real files.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, filled, reworked, say, value, values

from accountplanner.domain.ids import paired_id
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import create_record, delete_record
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.history import undo
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.partners import scope_of, set_scope
from accountplanner.usecases.reviewing import accept, queue, resolve

if TYPE_CHECKING:
    import openpyxl
    from tests.usecases.any_exchange.conftest import Team

pytestmark = pytest.mark.slow


# --- one copy in many hands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_all_answers_of_one_copy_split_among_three_stand_in_any_order(team: Team, order: tuple[int, ...]) -> None:
    asked = export_partner(team.ann, team.picture.partner, team.path()).path
    phones = [filled(asked, team.path(), ("Accounts", "Alpine", "Phone", f"+47 {n}")) for n in range(3)]
    split = [
        filled(phones[0], team.path(), ("Accounts", "Alpine", "Website", "www.a.example")),
        filled(phones[1], team.path(), ("Accounts", "Borealis", "Website", "www.b.example")),
        filled(phones[2], team.path(), ("Registrations", "", "Customer", "Hafenkantine")),
    ]
    for number in order:
        bring(team.ann, split[number])
    team.send(team.ann, team.ben)
    for number in reversed(order):
        bring(team.ben, split[number])
    assert team.stands(team.alpine, "phone") == {"+47 0", "+47 1", "+47 2"}
    assert value(team.cleo, team.alpine, "website") == "www.a.example"
    assert value(team.cleo, team.picture.accounts["Borealis"], "website") == "www.b.example"
    assert [each.values["customer_name"] for each in team.cleo.store.every("registration")] == ["Hafenkantine"]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_every_order_of_arrival_of_three_values_shows_one_winner_and_one_conflict(
    team: Team, order: tuple[int, ...]
) -> None:
    """CouchDB's own permutations: whichever leaf comes first."""
    for session, word in zip(team.everybody, ("Hamar", "Moss", "Larvik"), strict=True):
        say(session, team.alpine, "city", word)
    files = [team.book(each) for each in team.everybody]
    reader = team.newcomer()
    for number in order:
        bring(reader, files[number])
    assert values(reader, team.alpine, "city") == {"Hamar", "Moss", "Larvik"}
    team.settle()
    assert value(reader, team.alpine, "city") == value(team.ann, team.alpine, "city")


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_long_branch_that_ends_in_a_deletion_hides_no_short_one_that_lives(
    team: Team, order: tuple[int, ...]
) -> None:
    for word in ("Hamar", "Moss", "Larvik"):
        say(team.ann, team.alpine, "city", word)
    delete_record(team.ann, team.alpine)
    say(team.ben, team.alpine, "city", "Skien")
    files = [team.book(each) for each in team.everybody]
    reader = team.newcomer()
    for number in order:
        bring(reader, files[number])
    (item,) = [each for each in queue(reader) if each.record == team.alpine and each.kind == "deletion"]
    assert reader.store.records_titled("account", "Alpine") == [team.alpine]
    resolve(reader, item.id, 2)
    assert reader.store.records_titled("account", "Alpine") == []


def test_two_people_fill_the_same_empty_row_of_one_copy_with_two_customers(team: Team) -> None:
    book = team.book(team.ann)
    one = filled(book, team.path(), ("Accounts", "", "Name", "Delta"), ("Accounts", "Delta", "City", "Ulm"))
    other = filled(book, team.path(), ("Accounts", "", "Name", "Epsilon"), ("Accounts", "Epsilon", "Phone", "+47 9"))
    for session, order in ((team.ann, (one, other)), (team.ben, (other, one))):
        for file in order:
            bring(session, file)
    team.settle()
    assert queue(team.cleo) == []
    (delta,) = team.cleo.store.records_titled("account", "Delta")
    (epsilon,) = team.cleo.store.records_titled("account", "Epsilon")
    assert (value(team.cleo, delta, "city"), value(team.cleo, delta, "phone")) == ("Ulm", None)
    assert (value(team.cleo, epsilon, "city"), value(team.cleo, epsilon, "phone")) == (None, "+47 9")


def test_a_row_accepted_on_two_laptops_from_two_savings_of_one_copy_is_one_record(team: Team) -> None:
    def type_below(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Accounts"]
        sheet.cell(sheet.max_row + 1, 2).value = "Epsilon"

    copy = reworked(team.book(team.ann), team.path(), type_below)
    again = reworked(copy, team.path(), lambda _: None)
    for session, file in ((team.ann, copy), (team.ben, again)):
        bring(session, file)
        accept(session, [queue(session)[0].id])
    team.settle()
    assert len({each.store.records_titled("account", "Epsilon")[0] for each in team.everybody}) == 1
    assert [len(each.store.records_titled("account", "Epsilon")) for each in team.everybody] == [1, 1, 1]


# --- through others, out of order -----------------------------------------------------------------------------------


def test_what_comes_through_a_middleman_is_what_comes_directly(team: Team) -> None:
    """cr-sqlite's proxy: A to B to C, then A to C."""
    say(team.ann, team.alpine, "city", "Hamar")
    early = team.send(team.ann, team.ben)
    say(team.ben, team.alpine, "city", "Moss")
    say(team.ann, team.picture.accounts["Borealis"], "city", "Voss")
    team.send(team.ben, team.cleo)
    assert values(team.cleo, team.alpine, "city") == {"Moss"}
    bring(team.cleo, early, team.book(team.ann))
    assert values(team.cleo, team.alpine, "city") == {"Moss"}
    assert value(team.cleo, team.picture.accounts["Borealis"], "city") == "Voss"
    assert team.stands(team.alpine, "city") == {"Moss"}


@pytest.mark.parametrize("order", [(3, 1, 0, 2), (2, 3, 1, 0), (0, 2, 1, 3)], ids=str)
def test_files_of_many_days_in_any_order(team: Team, order: tuple[int, ...]) -> None:
    """Deleted, restored, edited, deleted again; each state in a file of its own."""
    files = []
    for number in range(4):
        if number % 2 == 0:
            delete_record(team.ann, team.alpine)
        else:
            undo(team.ann)
            say(team.ann, team.alpine, "city", f"Day {number}")
            say(team.ben, team.alpine, "industry", f"Trade {number}")
        files.append(team.book(team.ann))
    reader = team.newcomer()
    for number in order:
        bring(reader, files[number])
    bring(team.cleo, files[3])
    assert dump(reader) == dump(team.cleo) == dump(team.ann)
    assert values(reader, team.alpine, "city") == {"Day 3"}


_DOLT = [
    ("other cell of another row", ("Alpine", "City", "Moss"), ("Borealis", "Industry", "Fish"), 0),
    ("other cell of the same row", ("Alpine", "City", "Moss"), ("Alpine", "Industry", "Fish"), 0),
    ("same cell, different", ("Alpine", "City", "Moss"), ("Alpine", "City", "Hamar"), 1),
    ("same cell, alike", ("Alpine", "City", "Moss"), ("Alpine", "City", "Moss"), 0),
    ("same cell, two spellings", ("Alpine", "City", "Moss"), ("Alpine", "City", " Moss "), 0),
    ("cleared and edited", ("Alpine", "City", "(clear)"), ("Alpine", "City", "Moss"), 1),
    ("cleared by both", ("Alpine", "City", "(clear)"), ("Alpine", "City", "(CLEAR)"), 0),
    ("blank and edited", ("Alpine", "City", ""), ("Alpine", "City", "Moss"), 0),
    ("two values that mean one", ("Alpine", "Employees", "12"), ("Alpine", "Employees", "12.0"), 0),
    ("amount in two spellings", ("Alpine", "Annual revenue", "1000"), ("Alpine", "Annual revenue", "1000.00"), 0),
    ("choice by label and by key", ("Alpine", "Tier", "A"), ("Alpine", "Tier", "a"), 0),
]


@pytest.mark.parametrize(("one", "other", "conflicts"), [each[1:] for each in _DOLT], ids=[each[0] for each in _DOLT])
def test_cells_rows_and_columns_meet(
    team: Team, one: tuple[str, str, str], other: tuple[str, str, str], conflicts: int
) -> None:
    """Dolt's matrix, by two people with two exports of two laptops."""
    bring(team.ann, filled(team.book(team.ann), team.path(), ("Accounts", *one)))
    bring(team.ben, filled(team.book(team.ben), team.path(), ("Accounts", *other)))
    team.settle()
    assert [len([each for each in queue(session) if each.kind == "conflict"]) for session in team.everybody] == [
        conflicts
    ] * 3


def test_one_record_made_by_two_from_the_same_pair_is_one(team: Team) -> None:
    partner, cafe = team.picture.partner, team.picture.accounts["Café Nord"]
    for session in (team.ann, team.ben):
        set_scope(session, partner, [cafe], covers=True)
    team.settle()
    assert cafe in scope_of(team.cleo, partner)
    assert team.cleo.store.record(paired_id("scope", partner, cafe)) is not None
    assert queue(team.cleo) == []


def test_records_of_one_name_made_by_two_stay_two_until_somebody_says_so(team: Team) -> None:
    for session in (team.ann, team.ben):
        create_record(session, "account", {"name": "Delta", "city": "Ulm"})
    team.settle()
    one, other = team.cleo.store.records_titled("account", "Delta")
    merge_records(team.cleo, one, other)
    team.settle()
    assert [len(each.store.records_titled("account", "Delta")) for each in team.everybody] == [1, 1, 1]
    assert queue(team.ann) == []


def test_lists_of_one_name_are_all_taken_and_the_next_list_is_read_as_before(team: Team) -> None:
    """The same file twice, and one of the same name out of another folder: the mapping kept could not be read again."""
    north, south, next_list = (team.path("") / "customers.csv" for _ in range(3))
    for file, text in (
        (north, "Customer number,Company,City\n71,Fjord,Voss\n"),
        (south, "Customer number,Company,City,Industry\n81,Sund,Bodø,Fish\n"),
        (next_list, "Customer number,Company,City\n91,Elv,Moss\n"),
    ):
        file.parent.mkdir()
        file.write_text(text)
    assert bring(team.ann, north, north, south).counts.new == 2
    (fjord,), (sund,) = (team.ann.store.records_titled("account", name) for name in ("Fjord", "Sund"))
    assert (value(team.ann, fjord, "city"), value(team.ann, sund, "industry")) == ("Voss", "Fish")
    assert bring(team.ann, north, south).step == 0
    assert bring(team.ann, next_list).counts.new == 1
