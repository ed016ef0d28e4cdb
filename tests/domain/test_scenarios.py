"""Small histories that random search finds too rarely, each under the name of what must not go wrong."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from tests.domain.replica import Laptop, Wrapping, view_of
from tests.domain.team import Cell, Team, survivors_of

from accountplanner.domain.statements import Source, Statement, exists, same_as, state

ACME = "account:1"
OTHER = "account:2"
THIRD = "account:3"
ANNA = "contact:1"


@pytest.fixture
def team() -> Team:
    """Three laptops that all know one account."""
    return team_of_three()


def team_of_three() -> Team:
    team = Team.of("A", "B", "C")
    team.create("A", ACME, "Acme")
    team.send("A", "B", "C")
    return team


def names(team: Team, record: str = ACME) -> set[str | None]:
    return team.everywhere(record).values("name")


# --- conflicts and decisions ----------------------------------------------------------------------------------------


def test_the_same_value_on_two_sides_is_no_conflict_and_has_two_sources(team: Team) -> None:
    team.edit("A", ACME, "phone", "030")
    team.edit("B", ACME, "phone", "030")
    ((value, sources),) = team.everywhere(ACME).registers["phone", ""]
    assert (value, len(sources)) == ("030", 2)


def test_two_spellings_of_one_value_are_no_conflict(team: Team) -> None:
    team.write("A", state(ACME, "name", "Acme\u00a0AG", Source(date="2026-01-01")))
    team.write("B", state(ACME, "name", "Acme AG", Source(date="2026-02-01")))
    assert names(team) == {"Acme AG"}


def test_different_fields_are_no_conflict(team: Team) -> None:
    team.edit("A", ACME, "phone", "030")
    team.edit("B", ACME, "city", "Bonn")
    view = team.everywhere(ACME)
    assert (view.values("phone"), view.values("city"), view.values("name")) == ({"030"}, {"Bonn"}, {"Acme"})


def test_different_values_are_a_conflict_everywhere(team: Team) -> None:
    team.edit("A", ACME, "name", "Bolt")
    team.edit("B", ACME, "name", "Cobra")
    assert names(team) == {"Bolt", "Cobra"}


def test_opinions_of_two_speakers_never_conflict(team: Team) -> None:
    team.write("A", state(ACME, "satisfaction", "very", voice="anna"))
    team.write("B", state(ACME, "satisfaction", "unhappy", voice="ben"))
    picture = team.laptops["A"].picture(ACME)
    assert team.everywhere(ACME).values("satisfaction", "anna") == {"very"}
    assert not picture.conflicts
    assert team.laptops["A"].picture(ACME).voices("satisfaction").keys() == {"anna", "ben"}


def test_a_form_saved_late_replaces_only_what_it_showed(team: Team) -> None:
    look = team.look("A")
    team.edit("A", ACME, "name", "Bolt")
    team.edit("A", ACME, "name", "Cobra", look=look)
    assert names(team) == {"Bolt", "Cobra"}


def test_revert_after_resolve_does_not_bring_the_loser_back(team: Team) -> None:
    team.edit("A", ACME, "name", "Bolt")
    team.edit("B", ACME, "name", "Cobra")
    team.send("A", "B")
    team.send("B", "A")
    team.resolve("A", ACME, "name", "Bolt")
    team.send("A", "C")
    team.edit("C", ACME, "name", "Acme")
    assert names(team) == {"Acme"}


def test_the_first_of_three_does_not_return_when_the_last_has_seen_only_the_second(team: Team) -> None:
    first = team.edit("A", ACME, "name", "Bolt")
    second = team.edit("A", ACME, "name", "Cobra")
    team.deliver("B", first.sealed, second.sealed)
    team.edit("B", ACME, "name", "Delta")
    assert names(team) == {"Delta"}


def test_a_replaced_statement_still_replaces(team: Team) -> None:
    # File 2 has seen file 1, the person has seen file 2 alone; nobody but file 2 knows of file 1.
    team.bring_list("A", "erp", 2, Cell(ACME, "phone", "2"))
    team.edit("A", ACME, "phone", "3")
    team.bring_list("B", "erp", 1, Cell(ACME, "phone", "1"))
    assert team.everywhere(ACME).values("phone") == {"3"}


def test_an_edit_that_has_seen_both_sides_settles_the_conflict(team: Team) -> None:
    team.edit("A", ACME, "name", "Bolt")
    team.edit("B", ACME, "name", "Cobra")
    team.send("A", "C")
    team.send("B", "C")
    team.edit("C", ACME, "name", "Delta")
    assert names(team) == {"Delta"}


# --- returned workbooks ---------------------------------------------------------------------------------------------


def test_a_cell_edited_alone_is_applied(team: Team) -> None:
    export = team.export("A")
    team.bring("B", export, Cell(ACME, "name", "Bolt"))
    assert names(team) == {"Bolt"}


def test_one_copy_that_comes_back_with_y_then_z_then_y_holds_two_answers(team: Team) -> None:
    export = team.export("A")
    for who, value in (("A", "Bolt"), ("B", "Cobra"), ("C", "Bolt"), ("A", "Cobra"), ("B", "Bolt")):
        team.bring(who, export, Cell(ACME, "name", value))
    assert names(team) == {"Bolt", "Cobra"}
    assert {len(ids) for _, ids in team.everywhere(ACME).registers["name", ""]} == {1}


def test_a_cell_exported_in_conflict_and_edited_joins_the_conflict(team: Team) -> None:
    team.edit("A", ACME, "name", "Bolt")
    team.edit("B", ACME, "name", "Cobra")
    team.send("B", "A")
    export = team.export("A")
    team.bring("C", export, Cell(ACME, "name", "Delta"))
    team.send("A", "C")
    team.bring("C", export, Cell(ACME, "name", "Delta"))
    assert names(team) == {"Bolt", "Cobra", "Delta"}


def test_undo_of_a_conflict_then_the_same_file_again_changes_nothing(team: Team) -> None:
    export = team.export("A")
    team.edit("A", ACME, "name", "Cobra")
    team.bring("A", export, Cell(ACME, "name", "Bolt"))
    assert names(team) == {"Bolt", "Cobra"}
    assert not team.undo("A")
    team.bring("B", export, Cell(ACME, "name", "Bolt"))
    team.bring("A", export, Cell(ACME, "name", "Bolt"))
    assert names(team) == {"Cobra"}


def test_the_same_body_in_two_envelopes_is_replaced_through_either() -> None:
    for seen_through in ("A", "B"):
        team = team_of_three()
        export = team.export("A")
        team.bring("A", export, Cell(ACME, "name", "Bolt"))
        team.bring("B", export, Cell(ACME, "name", "Bolt"))
        team.send(seen_through, "C")
        team.edit("C", ACME, "name", "Cobra")
        assert names(team) == {"Cobra"}


def test_one_answer_returned_twice_with_other_dates_is_one_answer_in_every_order() -> None:
    cells = (Cell(ACME, "name", "Bolt", "2026-03-01", "anna"), Cell(ACME, "name", "Bolt", "2026-03-09", "ben"))
    for mine, theirs in (cells, cells[::-1]):
        team = team_of_three()
        export = team.export("A")
        team.bring("A", export, mine)
        team.bring("B", export, theirs)
        team.settle()
        shown = [laptop.picture(ACME).registers["name", ""].siblings[0].shown for laptop in team.laptops.values()]
        assert {(entry.statement.date, entry.statement.speaker) for entry in shown} == {("2026-03-01", "anna")}


def test_a_file_waits_for_the_export_that_it_answers(team: Team) -> None:
    team.edit("A", ACME, "phone", "030")
    export = team.export("A")
    assert team.bring("B", export, Cell(ACME, "phone", "040")) is None
    team.send("A", "B")
    assert team.bring("B", export, Cell(ACME, "phone", "040")) is not None
    assert team.everywhere(ACME).values("phone") == {"040"}


# --- foreign lists --------------------------------------------------------------------------------------------------


def test_the_next_file_of_a_source_replaces_its_last_and_meets_a_person_in_conflict(team: Team) -> None:
    team.bring_list("A", "erp", 1, Cell(ACME, "phone", "1"))
    team.bring_list("A", "erp", 2, Cell(ACME, "phone", "2"))
    assert team.everywhere(ACME).values("phone") == {"2"}
    team.edit("B", ACME, "phone", "person")
    team.bring_list("C", "erp", 3, Cell(ACME, "phone", "3"))
    assert team.everywhere(ACME).values("phone") == {"person", "3"}


def test_a_value_that_a_later_file_brings_back_is_there(team: Team) -> None:
    for number, value in ((1, "1"), (2, "2"), (3, "1")):
        team.bring_list("A", "erp", number, Cell(ACME, "phone", value))
        team.bring_list("B", "erp", number, Cell(ACME, "phone", value))
    assert team.everywhere(ACME).values("phone") == {"1"}


# --- deleting and undoing -------------------------------------------------------------------------------------------


def test_deleting_what_nobody_else_touched_deletes_and_restoring_restores(team: Team) -> None:
    team.delete("A", ACME)
    assert not team.everywhere(ACME).exists
    team.write("B", exists(ACME))
    assert team.everywhere(ACME).exists


@pytest.mark.parametrize("day", ["", "1999-01-01", "2099-01-01"])
def test_a_deletion_and_an_edit_it_had_not_heard_are_a_visible_conflict(team: Team, day: str) -> None:
    team.delete("A", ACME)
    team.write("B", state(ACME, "phone", "030", Source(date=day)))
    view = team.everywhere(ACME)
    assert view.exists
    assert view.delete_conflict


def test_undoing_a_creation_hides_nothing_that_somebody_added_unheard() -> None:
    team = Team.of("A", "B")
    team.create("A", ACME, "Acme")
    team.send("A", "B")
    team.edit("B", ACME, "phone", "030")
    assert not team.undo("A")
    view = team.everywhere(ACME)
    assert view.exists
    assert view.delete_conflict
    assert view.values("phone") == {"030"}


def test_undoing_a_creation_is_skipped_once_others_have_added_to_it() -> None:
    team = Team.of("A", "B")
    team.create("A", ACME, "Acme")
    team.send("A", "B")
    team.edit("B", ACME, "phone", "030")
    team.send("B", "A")
    (skipped,) = team.undo("A")
    assert skipped.reason == "others have added to it since"
    assert team.everywhere(ACME).exists


def test_undoing_a_redone_creation_is_skipped_once_others_have_added_to_it() -> None:
    team = Team.of("A", "B")
    team.create("A", ACME, "Acme")
    team.undo("A")
    team.redo("A")
    team.send("A", "B")
    team.edit("B", ACME, "phone", "030")
    team.send("B", "A")
    (skipped,) = team.undo("A")
    assert skipped.field == "_exists"
    assert team.everywhere(ACME).exists


def test_two_ways_of_taking_a_record_away_are_no_conflict() -> None:
    team = Team.of("A", "B")
    team.create("A", ACME, "Acme")
    team.send("A", "B")
    team.undo("A")
    team.delete("B", ACME)
    view = team.everywhere(ACME)
    assert not view.exists
    assert not view.delete_conflict
    assert not team.laptops["A"].picture(ACME).conflicts


def test_undo_goes_back_step_by_step_on_one_field_and_redo_forward(team: Team) -> None:
    for value in ("Bolt", "Cobra", "Delta"):
        team.edit("A", ACME, "name", value)
    seen = []
    for turn in (team.undo, team.undo, team.undo, team.redo, team.redo, team.redo, team.undo):
        assert not turn("A")
        seen.append(team.laptops["A"].picture(ACME).value("name"))
    assert seen == ["Cobra", "Bolt", "Acme", "Bolt", "Cobra", "Delta", "Cobra"]
    assert names(team) == {"Cobra"}


def test_undo_restores_both_sides_of_a_conflict_with_their_sources(team: Team) -> None:
    team.write("A", state(ACME, "name", "Bolt", Source("anna", "2026-01-01", "told")))
    team.write("B", state(ACME, "name", "Cobra", Source("ben", "2026-02-01", "seen")))
    team.send("B", "A")
    team.resolve("A", ACME, "name", "Bolt")
    assert not team.undo("A")
    assert names(team) == {"Bolt", "Cobra"}
    said = {entry.statement.speaker for entry in team.laptops["C"].picture(ACME).registers["name", ""].survivors}
    assert said == {"anna", "ben"}


def test_undo_leaves_alone_what_somebody_else_has_changed_or_confirmed_since() -> None:
    for value in ("Cobra", "Bolt"):
        team = team_of_three()
        team.edit("A", ACME, "name", "Bolt")
        team.send("A", "B")
        team.edit("B", ACME, "name", value)
        team.send("B", "A")
        (skipped,) = team.undo("A")
        assert (skipped.field, skipped.reason) == ("name", "changed since")
        assert names(team) == {value}


# --- merging --------------------------------------------------------------------------------------------------------


def test_crossed_merges_end_in_one_set_under_the_lowest_id(team: Team) -> None:
    team.create("A", OTHER, "Acme")
    team.create("A", THIRD, "Acme")
    team.send("A", "B", "C")
    team.write("A", same_as(THIRD, OTHER))
    team.write("B", same_as(OTHER, ACME))
    team.write("C", same_as(ACME, THIRD))
    team.settle()
    team.agree()
    for laptop in team.laptops.values():
        assert laptop.roots() == dict.fromkeys((ACME, OTHER, THIRD), ACME)


def test_parting_gives_each_record_its_own_values_back() -> None:
    team = Team.of("A", "B")
    team.create("A", ACME, "Acme")
    team.create("B", OTHER, "Bolt")
    team.send("B", "A")
    team.write("A", same_as(ACME, OTHER))
    assert names(team) == {"Acme", "Bolt"}
    team.undo("A")
    assert names(team) == {"Acme"}
    assert names(team, OTHER) == {"Bolt"}


def test_merging_puts_side_by_side_what_one_laptop_had_typed_for_two_records() -> None:
    team = Team.of("A", "B")
    team.create("A", ACME, "Acme")
    team.create("A", OTHER, "Acme Ltd.")
    team.send("A", "B")
    team.write("A", same_as(ACME, OTHER))
    assert names(team) == {"Acme", "Acme Ltd."}
    team.edit("A", ACME, "name", "Acme Limited")
    assert names(team) == {"Acme Limited"}
    team.settle()
    team.agree()


def test_taking_one_link_of_three_away_leaves_the_others(team: Team) -> None:
    # In the picture of the merged set the parting would replace the link of another pair to the same record.
    team.write("A", same_as(ACME, THIRD))
    team.write("A", same_as(OTHER, THIRD))
    team.write("A", same_as(OTHER, THIRD, merged=False))
    team.settle()
    team.agree()
    assert team.laptops["B"].roots() == dict.fromkeys((ACME, THIRD), ACME)


@pytest.mark.parametrize("day", ["1999-01-01", "2099-01-01"])
def test_no_clock_decides_whether_records_are_one(team: Team, day: str) -> None:
    team.write("A", same_as(ACME, OTHER))
    team.send("A", "B")
    team.write("A", same_as(ACME, OTHER, Source(date="2026-01-01"), merged=False))
    team.write("B", same_as(ACME, OTHER, Source(date=day)))
    team.settle()
    team.agree()
    assert team.laptops["C"].roots() == dict.fromkeys((ACME, OTHER), ACME)


# --- layers, forks, versions, erasure -------------------------------------------------------------------------------


def test_a_private_value_between_two_shared_ones_changes_nothing_that_is_shared() -> None:
    team = Team.of("A", "B")
    private = Laptop("A", layer="me")
    team.create("A", ACME, "Acme")
    private.write([state(ACME, "name", "what I call them")])
    team.edit("A", ACME, "name", "Bolt")
    private.write([state(ACME, "name", "what I call them now")])
    assert names(team) == {"Bolt"}
    assert view_of(private.picture(ACME)).values("name") == {"what I call them now"}
    heads = {head.digest for laptop in team.laptops.values() for head in laptop.chains.heads()}
    assert not heads & {head.digest for head in private.chains.heads()}


def test_a_fork_seen_in_either_order_gives_the_same_picture(team: Team) -> None:
    team.restore_copy("A", "copy")
    mine = team.edit("A", ACME, "name", "Bolt")
    forked = team.edit("copy", ACME, "name", "Cobra")
    after = team.edit("copy", ACME, "phone", "030")
    team.deliver("B", mine.sealed, forked.sealed)
    team.deliver("C", forked.sealed, after.sealed, mine.sealed)
    assert team.laptops["B"].chains.places != team.laptops["C"].chains.places
    assert names(team) == {"Bolt", "Cobra"}
    team.edit("B", ACME, "name", "Delta")
    assert names(team) == {"Delta"}


def test_having_seen_one_branch_of_a_fork_is_not_having_seen_the_other(team: Team) -> None:
    team.restore_copy("A", "copy")
    mine = team.edit("A", ACME, "name", "Bolt")
    team.edit("copy", ACME, "name", "Cobra")
    team.deliver("B", mine.sealed)
    team.edit("B", ACME, "name", "Delta")
    assert names(team) == {"Cobra", "Delta"}


def test_a_batch_is_parked_until_what_it_rests_on_is_held(team: Team) -> None:
    first = team.edit("A", ACME, "name", "Bolt")
    team.deliver("B", first.sealed)
    second = team.edit("B", ACME, "name", "Cobra")
    team.deliver("C", second.sealed)
    assert set(team.laptops["C"].parked) == {second.sealed.digest}
    assert team.laptops["C"].picture(ACME).value("name") == "Acme"
    team.deliver("C", first.sealed)
    assert not team.laptops["C"].parked
    assert team.laptops["C"].picture(ACME).value("name") == "Cobra"


def test_fields_of_a_newer_version_pass_through_byte_for_byte(team: Team) -> None:
    written = team.write("A", Statement(ACME, "aura", "blue"), wrapping=Wrapping(newer=True))
    team.send("A", "B")
    team.send("B", "C")
    assert team.laptops["C"].held[written.sealed.digest] == written.sealed
    assert team.everywhere(ACME).values("aura") == {"blue"}


def test_an_erased_person_is_gone_with_every_word_about_what_was_theirs(team: Team) -> None:
    team.create("A", ANNA, "Anna")
    team.write("A", state("tie:1", "contact", ANNA))
    team.write("A", state("tie:1", "how", "met Anna at school"))
    late = team.write("A", state("tie:1", "since", "2020-01-01"))
    team.send("A", "B")
    team.erase("B", ANNA)
    team.settle()
    team.agree()
    for laptop in team.laptops.values():
        assert not {ANNA, "tie:1"} & laptop.entries.keys()
        assert not any(b"school" in chunk.data for sealed in laptop.held.values() for chunk in sealed.chunks)
        assert laptop.held[late.sealed.digest].digest == late.sealed.digest
    assert names(team) == {"Acme"}


def test_what_was_theirs_is_gone_also_where_its_place_arrived_stripped(team: Team) -> None:
    team.create("A", ANNA, "Anna")
    placed = team.write("A", state("tie:1", "contact", ANNA))
    spoken = team.write("A", state("tie:1", "how", "met Anna at school"))
    team.deliver("B", *(each for each in team.pool if each.digest != spoken.sealed.digest))
    team.erase("B", ANNA)
    team.send("B", "C")
    assert not team.laptops["C"].held[placed.sealed.digest].chunks[0].data
    team.deliver("C", spoken.sealed)
    team.erase("B", *team.laptops["B"].unnamed())
    team.send("B", "C")
    assert "tie:1" not in team.laptops["C"].entries


# --- every order ----------------------------------------------------------------------------------------------------


def small_histories() -> dict[str, Team]:
    """Histories of few batches, to be delivered in every order there is."""
    conflict = team_of_three()
    export = conflict.export("A")
    conflict.bring("B", export, Cell(ACME, "name", "Bolt", "2026-01-02"))
    conflict.bring("C", export, Cell(ACME, "name", "Bolt", "2026-01-01"), Cell(ACME, "phone", "1"))
    conflict.send("C", "A")
    conflict.edit("A", ACME, "name", "Cobra")
    conflict.undo("A")

    fork = team_of_three()
    fork.restore_copy("A", "copy")
    fork.edit("A", ACME, "name", "Bolt")
    fork.edit("copy", ACME, "name", "Cobra")
    fork.send("copy", "B")
    fork.delete("B", ACME)
    fork.edit("copy", ACME, "phone", "030")

    merged = team_of_three()
    merged.create("B", OTHER, "Bolt")
    merged.write("B", same_as(ACME, OTHER))
    merged.bring_list("A", "erp", 1, Cell(ACME, "phone", "1"))
    merged.bring_list("C", "erp", 2, Cell(ACME, "phone", "2"))
    return {"conflict": conflict, "fork": fork, "merged": merged}


@pytest.mark.parametrize("name", ["conflict", "fork", "merged"])
def test_every_order_of_delivery_gives_the_same_picture(name: str) -> None:
    team = small_histories()[name]
    team.settle()
    expected = team.oracle.views()
    for order in permutations(team.pool):
        laptop = Laptop("N")
        for sealed in order:
            laptop.receive(sealed)
        assert laptop.views() == expected


def test_clocks_change_what_is_shown_first_and_nothing_else(team: Team) -> None:
    team.write("A", state(ACME, "name", "Bolt", Source(date="2026-01-01")))
    team.write("B", state(ACME, "name", "Cobra", Source(date="2026-01-02")))
    team.settle()
    laptop = team.laptops["C"]
    stood = survivors_of(laptop)
    assert laptop.picture(ACME).value("name") == "Cobra"
    laptop.entries[ACME] = [
        replace(entry, statement=replace(entry.statement, date="2026-01-03"))
        if entry.statement.value == "Bolt"
        else entry
        for entry in laptop.entries[ACME]
    ]
    assert laptop.picture(ACME).value("name") == "Bolt"
    assert survivors_of(laptop) == stood
