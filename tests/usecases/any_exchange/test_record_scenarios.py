"""Records that are merged, shown to partners, erased and deleted while others work on them.

Histories that random search is slow to meet, or that somebody once lost data by; real use cases, real files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, filled, reworked, say, value, values
from tests.usecases.any_exchange.ledger import standing

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.contract import SYNC_SHEET
from accountplanner.usecases.dumping import dump, dump_for_partner
from accountplanner.usecases.editing import delete_record
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.merging import merge_records, part_records
from accountplanner.usecases.partners import add_partner, scope_of, set_scope
from accountplanner.usecases.reviewing import accept, queue, resolve

if TYPE_CHECKING:
    import openpyxl
    from tests.usecases.any_exchange.conftest import Team

pytestmark = pytest.mark.slow


# --- merged, and shown to partners ----------------------------------------------------------------------------------


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


def test_rows_taken_for_somebody_known_leave_nothing_once_that_is_undone_and_come_back_whole(team: Team) -> None:
    """Whichever of the two ids names the set: to its children it is the lower one."""
    file, roots = team.path(".csv"), team.picture.accounts.values()
    rows = [f"{number},{name},Hamar" for number, name in enumerate(team.picture.accounts, 77)]
    file.write_text("\n".join(("Customer number,Company,City", *rows)))
    bring(team.ann, file)
    before = standing(team.ann)
    accept(team.ann, ["all"])
    after = standing(team.ann)
    for _ in range(2):
        undo(team.ann)
        assert standing(team.ann) == before
        redo(team.ann)
        assert standing(team.ann) == after
    for account, city in zip(roots, ("Oslo", "Bergen", "Tromsø"), strict=True):
        assert team.stands(team.ann.store.root(account), "city") == {city, "Hamar"}


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
    delete_record(source, record)
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
    delete_record(team.ann, team.alpine)
    team.send(team.ann, team.cleo)
    undo(team.ann)
    say(team.ben, team.alpine, "city", "Moss")
    assert team.stands(team.alpine, "city") == {"Moss"}
    assert [each.store.records_titled("account", "Alpine") for each in team.everybody] == [[team.alpine]] * 3
    assert [queue(each) for each in team.everybody] == [[], [], []]
