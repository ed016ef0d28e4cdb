"""Histories that random search is slow to meet, or that somebody once lost data by; real use cases, real files."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, filled, reworked, row_of, say, value, values

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import paired_id
from accountplanner.exchange.contract import SYNC_SHEET
from accountplanner.usecases.dumping import dump, dump_for_partner
from accountplanner.usecases.editing import Typed, create_record, set_value, share_value
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.merging import merge_records, part_records
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.partners import add_partner, scope_of, set_scope
from accountplanner.usecases.reviewing import accept, queue, reject, resolve

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl
    from tests.usecases.any_exchange.conftest import Team

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.slow


def city(team: Team, source: Path, typed: str, title: str = "Alpine") -> Path:
    """Somebody's copy with another city."""
    return filled(source, team.path(), ("Accounts", title, "City", typed))


def settled(session: Session, wanted: str) -> None:
    """Settle the one conflict for a value."""
    (item,) = [each for each in queue(session) if each.kind == "conflict"]
    resolve(session, item.id, [each.value for each in item.values].index(wanted) + 1)


# --- conflicts, and what becomes of them ----------------------------------------------------------------------------


def test_a_value_typed_again_after_it_lost_a_conflict_is_new(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Hamar")
    say(team.ben, team.alpine, "city", "Moss")
    old = [team.send(team.ann, team.ben), team.send(team.ben, team.ann)]
    settled(team.ann, "Hamar")
    team.send(team.ann, team.ben)
    say(team.ben, team.alpine, "city", "Moss")
    assert team.stands(team.alpine, "city") == {"Moss"}
    for each in team.everybody:
        bring(each, *old)
    assert team.stands(team.alpine, "city") == {"Moss"}


def test_a_copy_reverted_after_a_resolution_brings_back_nothing_by_itself(team: Team) -> None:
    book = team.book(team.ann)
    edited = city(team, book, "Hamar")
    say(team.ben, team.alpine, "city", "Moss")
    bring(team.ann, edited, team.book(team.ben))
    settled(team.ann, "Moss")
    assert bring(team.ann, city(team, edited, "Oslo")).step == 0
    assert team.stands(team.alpine, "city") == {"Moss"}


def test_y_z_y_from_one_copy_leaves_both_answers_standing_once(team: Team) -> None:
    book = team.book(team.ann)
    first = city(team, book, "Hamar")
    second = city(team, first, "Moss")
    third = city(team, second, "Hamar")
    for file in (first, second, third):
        bring(team.ann, file)
    for file in (third, first):
        bring(team.ben, file)
    assert team.stands(team.alpine, "city") == {"Hamar", "Moss"}
    settled(team.ben, "Moss")
    team.send(team.ben, team.ann)
    assert [bring(team.ann, file).step for file in (first, second, third)] == [0, 0, 0]
    assert team.stands(team.alpine, "city") == {"Moss"}


def test_a_cell_that_was_exported_in_conflict_joins_it(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Hamar")
    say(team.ben, team.alpine, "city", "Moss")
    team.send(team.ben, team.ann)
    edited = city(team, team.book(team.ann), "Larvik")
    bring(team.ann, edited)
    assert values(team.ann, team.alpine, "city") == {"Hamar", "Moss", "Larvik"}
    bring(team.cleo, edited)
    assert team.stands(team.alpine, "city") == {"Hamar", "Moss", "Larvik"}
    settled(team.cleo, "Larvik")
    assert team.stands(team.alpine, "city") == {"Larvik"}


def test_a_form_open_during_an_import_overwrites_nothing_it_did_not_show(team: Team) -> None:
    shown = team.ann.shown()
    bring(team.ann, city(team, team.book(team.ben), "Moss"))
    set_value(team.ann, Typed(team.alpine, "city", "Hamar"), shown)
    assert team.stands(team.alpine, "city") == {"Moss", "Hamar"}


def test_a_conflict_undone_comes_back_neither_by_the_file_nor_by_a_colleague_who_took_it(team: Team) -> None:
    edited = city(team, team.book(team.ann), "Moss")
    say(team.ann, team.alpine, "city", "Hamar")
    bring(team.ann, edited)
    assert values(team.ann, team.alpine, "city") == {"Hamar", "Moss"}
    undo(team.ann)
    before = dump(team.ann)
    assert bring(team.ann, edited).step == 0
    assert dump(team.ann) == before
    bring(team.ben, edited)
    assert team.stands(team.alpine, "city") == {"Hamar"}
    redo(team.ann)
    assert team.stands(team.alpine, "city") == {"Hamar", "Moss"}


def test_a_private_value_between_two_shared_ones_hides_no_replacement(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Hamar")
    say(team.ann, team.alpine, "city", "Only Ann knows", layer=Layer.ME)
    say(team.ann, team.alpine, "city", "Moss")
    book = team.send(team.ann, team.ben)
    assert values(team.ben, team.alpine, "city") == {"Moss"}
    bring(team.ann, city(team, book, "Larvik"))
    assert team.stands(team.alpine, "city") == {"Larvik"}
    assert team.ann.store.me.picture(team.alpine).value("city") == "Only Ann knows"


def test_berlin_private_and_public_are_two_values_and_neither_tells_of_the_other(team: Team) -> None:
    untouched = dump(team.ben)
    say(team.ann, team.alpine, "city", "Berlin", layer=Layer.ME)
    team.send(team.ann, team.ben)
    assert dump(team.ben) == untouched
    say(team.ben, team.alpine, "city", "Berlin")
    team.send(team.ben, team.ann)
    shown = {line.layer: [v.value for v in line.values] for line in record_page(team.ann, team.alpine).lines
             if line.field.key == "city"}  # fmt: skip
    assert shown == {Layer.TEAM: ["Berlin"], Layer.ME: ["Berlin"]}
    assert share_value(team.ann, team.alpine, "city").step == 0
    set_value(team.ann, Typed(team.alpine, "city", "", clear=True, layer=Layer.ME))
    assert team.stands(team.alpine, "city") == {"Berlin"}


# --- one copy in many hands -----------------------------------------------------------------------------------------


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_long_branch_that_ends_in_a_deletion_hides_no_short_one_that_lives(
    team: Team, order: tuple[int, ...]
) -> None:
    for word in ("Hamar", "Moss", "Larvik"):
        say(team.ann, team.alpine, "city", word)
    _delete(team.ann, team.alpine)
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


# --- verdicts -------------------------------------------------------------------------------------------------------


def _without_alpine(team: Team, source: Path) -> Path:
    def take_out(workbook: openpyxl.Workbook) -> None:
        workbook["Accounts"].delete_rows(row_of(workbook["Accounts"], "Alpine"))

    return reworked(source, team.path(), take_out)


def test_accepted_by_one_and_rejected_by_another_is_asked_of_nobody_again_and_the_record_decides(team: Team) -> None:
    copy = _without_alpine(team, team.book(team.ann))
    for session, decision in ((team.ann, accept), (team.ben, reject)):
        bring(session, copy)
        decision(session, [queue(session)[0].id])
    team.settle()
    for session in team.everybody:
        bring(session, copy)
        assert [each.kind for each in queue(session)] == []
        assert session.store.records_titled("account", "Alpine") == []
    undo(team.ann)
    team.settle()
    assert team.ben.store.records_titled("account", "Alpine") == [team.alpine]


def test_what_one_rejected_stays_rejected_where_the_file_waits_and_after_a_restart(team: Team) -> None:
    copy = _without_alpine(team, team.book(team.ann))
    bring(team.ben, copy)
    bring(team.ann, copy)
    reject(team.ann, ["all"])
    team.send(team.ann, team.ben)
    assert queue(team.ben) == []
    team.ben = team.ground.reopen("Ben")
    bring(team.ben, copy)
    assert queue(team.ben) == []


@pytest.mark.slow
def test_taking_back_a_rejection_does_not_take_back_that_of_a_colleague(team: Team) -> None:
    copy = _without_alpine(team, team.book(team.ann))
    for session in (team.ann, team.ben):
        bring(session, copy)
        reject(session, ["all"])
    undo(team.ann)
    assert [item.kind for item in queue(team.ann)] == ["removal"]
    team.settle()
    bring(team.cleo, copy)
    assert [queue(each) for each in team.everybody] == [[], [], []]


# --- partners -------------------------------------------------------------------------------------------------------


def test_merging_across_scopes_shows_a_partner_neither_customer_until_a_person_says_so(team: Team) -> None:
    cafe, partner = team.picture.accounts["Café Nord"], team.picture.partner
    merge_records(team.ann, team.alpine, cafe)
    root = team.ann.store.root(cafe)
    for session in (team.ann, team.ben):
        if session is team.ben:
            team.send(team.ann, team.ben)
        assert scope_of(session, partner) == [team.picture.accounts["Borealis"]]
        assert b"Alpine" not in dump_for_partner(session, partner)
        assert b"Nord" not in dump_for_partner(session, partner)
    set_scope(team.ben, partner, [team.alpine, cafe], covers=True)
    assert root in scope_of(team.ben, partner)
    part_records(team.ben, team.alpine, cafe)
    team.settle()
    assert set(scope_of(team.ann, partner)) == set(team.picture.accounts.values())


@pytest.mark.slow
def test_a_customer_whose_place_in_a_scope_is_disputed_is_shown_to_no_partner_until_it_is_settled(team: Team) -> None:
    """Whose answer is shown first is chance: of two customers each says yes to the one and no to the other."""
    partner, accounts = team.picture.partner, [team.alpine, team.picture.accounts["Borealis"]]
    for session, (widened, narrowed) in ((team.ann, accounts), (team.ben, accounts[::-1])):
        set_scope(session, partner, [widened], covers=True)
        set_scope(session, partner, [narrowed], covers=False)
    team.settle()
    assert [scope_of(each, partner) for each in team.everybody] == [[], [], []]
    assert [item.field for item in queue(team.cleo) if item.kind == "conflict"] == ["covers", "covers"]
    with pytest.raises(RefusedError, match="No account is in the scope"):
        export_partner(team.cleo, partner, team.path())
    set_scope(team.cleo, partner, accounts, covers=True)
    assert set(scope_of(team.cleo, partner)) == set(accounts)


def test_an_answer_about_a_customer_who_was_merged_meanwhile_is_not_lost(team: Team) -> None:
    asked = export_partner(team.ann, team.picture.partner, team.path()).path
    answered = filled(asked, team.path(), ("Accounts", "Alpine", "Phone", "+47 9"))
    say(team.ben, team.picture.accounts["Café Nord"], "phone", "+47 8")
    merge_records(team.ben, team.alpine, team.picture.accounts["Café Nord"])
    bring(team.ann, answered)
    team.settle()
    root = team.ann.store.root(team.alpine)
    assert values(team.ann, root, "phone") == {"+47 9", "+47 8"}


def test_crossed_merges_end_in_one_set_and_part_again(team: Team) -> None:
    alpine, borealis, cafe = team.picture.accounts.values()
    merge_records(team.ann, alpine, borealis)
    merge_records(team.ben, borealis, cafe)
    merge_records(team.cleo, cafe, alpine)
    team.settle()
    assert {each.store.root(record) for each in team.everybody for record in (alpine, borealis, cafe)} == {
        min(alpine, borealis, cafe)
    }
    assert values(team.ann, alpine, "city") == {"Oslo", "Bergen", "Tromsø"}
    for session in team.everybody:
        undo(session)
    team.settle()
    assert [value(team.ben, record, "city") for record in (alpine, borealis, cafe)] == ["Oslo", "Bergen", "Tromsø"]


def test_a_conflict_between_merged_records_comes_back_when_its_resolution_is_undone(team: Team) -> None:
    merge_records(team.ben, team.alpine, team.picture.accounts["Café Nord"])
    root = team.ben.store.root(team.alpine)
    (item,) = [each for each in queue(team.ben) if each.field == "city"]
    resolve(team.ben, item.id, 2)
    assert len(values(team.ben, root, "city")) == 1
    undo(team.ben)
    assert values(team.ben, root, "city") == {"Oslo", "Tromsø"}
    redo(team.ben)
    assert len(team.stands(root, "city")) == 1
    undo(team.ben)
    part_records(team.ben, team.alpine, team.picture.accounts["Café Nord"])
    assert team.stands(team.alpine, "city") == {"Oslo"}
    assert values(team.ann, team.picture.accounts["Café Nord"], "city") == {"Tromsø"}


def test_two_partners_know_one_customer_under_two_names_and_one_of_them_always_under_one(team: Team) -> None:
    other, _ = add_partner(team.ann, "Nordic Trade")
    set_scope(team.ann, other, [team.alpine], covers=True)
    names = []
    for partner in (team.picture.partner, other, team.picture.partner):
        export = known_export(team.ann, export_partner(team.ann, partner, team.path()).export_id)
        assert export is not None
        names.append({alias for alias, record in export.aliases.items() if record == team.alpine})
    assert names[0] == names[2]
    assert not names[0] & names[1]


def test_a_partner_file_that_lost_its_hidden_sheet_and_came_before_its_export_is_taken_in_exactly(team: Team) -> None:
    def strip(workbook: openpyxl.Workbook) -> None:
        del workbook[SYNC_SHEET]

    asked = export_partner(team.ann, team.picture.partner, team.path()).path
    answered = filled(asked, team.path(), ("Accounts", "Alpine", "Phone", "+47 9"))
    stripped = reworked(answered, team.path(), strip)
    assert bring(team.ben, stripped).counts.held == 1
    assert value(team.ben, team.alpine, "phone") == "+47 22 00 00 00"
    team.send(team.ann, team.ben)
    assert value(team.ben, team.alpine, "phone") == "+47 9"
    bring(team.cleo, answered)
    assert team.stands(team.alpine, "phone") == {"+47 9"}


# --- erasing --------------------------------------------------------------------------------------------------------


def test_an_erased_person_who_returns_by_a_stripped_csv_is_held_back(team: Team) -> None:
    kari = team.picture.contacts["Kari Nordmann"]
    csv = team.path(".csv")
    csv.write_text(
        "Contact name;Company;E-mail\nKari Nordmann;Alpine;KARI@firm.example\nNew Person;Alpine;new@firm.example\n"
    )
    erase(team.ann, kari)
    team.send(team.ann, team.ben)
    for session in (team.ann, team.ben):
        bring(session, csv)
        accept(session, ["all"])
        assert session.store.records_titled("contact", "Kari Nordmann") == []
        assert b"Kari" not in dump(session)
    team.settle()
    assert all(b"Kari" not in dump(each) for each in team.everybody)


def test_an_old_workbook_brings_no_erased_person_back_and_what_else_it_says_counts(team: Team) -> None:
    book = team.book(team.ann)
    edited = filled(
        book, team.path(), ("Contacts", "Kari Nordmann", "Job title", "Buyer"), ("Accounts", "Alpine", "City", "Moss")
    )
    erase(team.ben, team.picture.contacts["Kari Nordmann"])
    bring(team.cleo, edited)
    team.send(team.ben, team.ann)
    bring(team.ann, edited)
    assert team.stands(team.alpine, "city") == {"Moss"}
    assert all(b"Kari" not in dump(each) for each in team.everybody)


def test_an_answer_that_waits_is_taken_in_although_the_file_it_waits_for_erases_somebody(team: Team) -> None:
    asked = export_partner(team.ann, team.picture.partner, team.path()).path
    answered = filled(asked, team.path(), ("Accounts", "Alpine", "Phone", "+47 9"))
    bring(team.ben, answered)
    erase(team.ann, team.picture.contacts["Kari Nordmann"])
    team.send(team.ann, team.ben)
    assert value(team.ben, team.alpine, "phone") == "+47 9"
    assert b"Kari" not in dump(team.ben)
    content = team.ben.store.archive.content_id(answered.read_bytes())
    kept = team.ben.store.archive.find(content)
    assert kept is not None
    assert kept.dropped


# --- deleting -------------------------------------------------------------------------------------------------------


def _delete(session: Session, record: str) -> None:
    from accountplanner.usecases.editing import delete_record  # noqa: PLC0415 - one word of a table

    delete_record(session, record)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["account", "contact"])
@pytest.mark.parametrize("when", ["edit known", "edit unknown", "no edit", "edited after"])
@pytest.mark.parametrize("deleter", ["source", "target"])
def test_deletions_meet_edits(team: Team, kind: str, when: str, deleter: str) -> None:
    """KeePassXC's matrix: a record or the one it belongs to, deleted on either side, before or after an edit."""
    record = team.alpine if kind == "account" else team.picture.contacts["Kari Nordmann"]
    field = "city" if kind == "account" else "title"
    source, target = (team.ann, team.ben) if deleter == "source" else (team.ben, team.ann)
    if when.startswith("edit "):
        say(target, record, field, "Edited")
        if when == "edit known":
            team.send(target, source)
    _delete(source, record)
    if when == "edited after":
        team.send(source, target)
        say(target, record, field, "Edited")
    team.settle()
    asked = {each.record for each in queue(team.cleo) if each.kind == "deletion"}
    there = value(team.cleo, record, "name") is not None and team.cleo.store.record(record) is not None
    if when in {"edit known", "no edit"}:
        assert (record in asked, there) == (False, False)
    else:
        assert (record in asked, there) == (True, True)
        resolve(team.cleo, next(each.id for each in queue(team.cleo) if each.record == record), 1)
        team.settle()
        assert value(team.ann, record, field) == "Edited"


def test_a_deletion_undone_while_a_colleague_edits_costs_nobody_anything(team: Team) -> None:
    _delete(team.ann, team.alpine)
    team.send(team.ann, team.cleo)
    undo(team.ann)
    say(team.ben, team.alpine, "city", "Moss")
    assert team.stands(team.alpine, "city") == {"Moss"}
    assert [each.store.records_titled("account", "Alpine") for each in team.everybody] == [[team.alpine]] * 3
    assert [queue(each) for each in team.everybody] == [[], [], []]


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


@pytest.mark.slow
@pytest.mark.parametrize("order", [(3, 1, 0, 2), (2, 3, 1, 0), (0, 2, 1, 3)], ids=str)
def test_files_of_many_days_in_any_order(team: Team, order: tuple[int, ...]) -> None:
    """Deleted, restored, edited, deleted again; each state in a file of its own."""
    files = []
    for number in range(4):
        if number % 2 == 0:
            _delete(team.ann, team.alpine)
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


@pytest.mark.slow
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


@pytest.mark.slow
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
