"""Values that meet, and decisions about what waits: who wins, what stays decided, what comes back.

Histories that random search is slow to meet, or that somebody once lost data by; real use cases, real files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, filled, reworked, row_of, say, values

from accountplanner.domain.fields import Layer
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, set_value, share_value
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.importing import apply_import, preview_import
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.pages import record_page
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


PHONE = ("Accounts", "Alpine", "Phone", "+47 7")


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


def test_what_is_unticked_takes_nothing_away_of_what_is_taken_beside_it(team: Team) -> None:
    """Two answers to one question, the one wanted, the other not; and the same of two records that are one."""
    book = team.book(team.ann)
    files = [city(team, book, "Hamar"), city(team, book, "Moss")]
    preview = preview_import(team.ann, files)
    apply_import(team.ann, preview, [item.mark for item in preview.items if item.after == "Moss"])
    bring(team.ben, *files)
    assert team.stands(team.alpine, "city") == {"Hamar"}
    merge_records(team.ann, team.alpine, team.picture.accounts["Café Nord"])
    both = filled(city(team, city(team, book, "Vardø"), "Narvik", "Café Nord"), team.path(), PHONE)
    preview = preview_import(team.ann, [both])
    apply_import(team.ann, preview, [item.mark for item in preview.items if item.after == "Vardø"])
    bring(team.cleo, both)
    root, old = team.ann.store.root(team.alpine), "+47 22 00 00 00"
    assert [item.before for item in preview.items if item.field == "phone"] == [old]
    assert (team.stands(root, "city"), values(team.ann, root, "phone")) == ({"Hamar", "Narvik"}, {"+47 7", old})
