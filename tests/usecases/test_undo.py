"""Undo and redo as a person meets them: across restarts, across laptops, without taking back what others said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, filled, level, say, sent, small_picture, value, values

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import create_record, delete_record
from accountplanner.usecases.history import next_steps, redo, steps, undo
from accountplanner.usecases.ladder import accept_proposals, held_rung, proposals
from accountplanner.usecases.partners import scope_of, set_scope
from accountplanner.usecases.reviewing import queue, resolve
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def test_everything_is_undone_step_by_step_and_redone_after_restarts(laptops: Laptops, ann: Session) -> None:
    pictures = []
    picture = small_picture(ann)
    alpine = picture.accounts["Alpine"]
    say(ann, alpine, "city", "Hamar")
    say(ann, alpine, "city", "Moss", layer=Layer.ME)
    delete_record(ann, picture.accounts["Borealis"])
    accept_proposals(ann, proposals(ann))
    count = len([step for step in steps(ann) if step.undoable])
    for _ in range(count):
        pictures.append(_shown(ann))
        undo(ann)
    assert not any(ann.store.counts().values())
    with pytest.raises(WrongUseError, match="nothing to undo"):
        undo(ann)
    ann = laptops.reopen(ann)
    for before in reversed(pictures):
        redo(ann)
        assert _shown(ann) == before
    with pytest.raises(WrongUseError, match="nothing to redo"):
        redo(ann)
    assert verify(ann) == []


def _shown(session: Session) -> object:
    """What people see of both layers; undo adds to the history and its sources say so."""
    kinds = ("account", "contact", "partner", "scope", "position", "move")
    team = [(each.record, each.values) for kind in kinds for each in session.store.every(kind)]
    mine = [
        (picture.record, {key: register.value for key, register in picture.registers.items() if register.value})
        for picture in session.store.me.every_picture()
    ]
    return team, [each for each in mine if each[1]]


def test_something_new_ends_redo(ann: Session, picture: Picture) -> None:
    alpine = picture.accounts["Alpine"]
    say(ann, alpine, "city", "Hamar")
    undo(ann)
    say(ann, alpine, "phone", "+47 1")
    with pytest.raises(WrongUseError, match="nothing to redo"):
        redo(ann)


def test_the_latest_steps_say_what_comes_next_as_all_of_them_do(ann: Session, picture: Picture) -> None:
    for city in ("Bonn", "Köln", "Mainz"):
        say(ann, picture.accounts["Alpine"], "city", city)
    for turn in (undo, undo, redo, undo, undo):
        turn(ann)
        back, again = next_steps(ann)
        assert (back, again) != (None, None)
        assert [next_steps(ann, latest) for latest in (0, 1, 3)] == [(back, again)] * 3


@pytest.mark.slow
def test_undo_leaves_and_names_what_was_changed_since_by_a_colleague(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    book = sent(ann, tmp_path / "book.xlsx")
    bring(ben, book)
    copy = filled(
        book,
        tmp_path / "copy.xlsx",
        ("Accounts", "Alpine", "City", "Hamar"),
        ("Accounts", "Alpine", "Industry", "Fish"),
    )
    bring(ann, copy)
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    say(ben, picture.accounts["Alpine"], "city", "Ben knows better")
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    changes = undo(ann)
    assert value(ann, picture.accounts["Alpine"], "city") == "Ben knows better"
    assert value(ann, picture.accounts["Alpine"], "industry") is None
    assert len(changes.skipped) == 1
    assert "City" in changes.skipped[0]
    level(tmp_path, ann, ben)
    assert agree(ann, ben)


@pytest.mark.slow
def test_undo_of_a_creation_is_skipped_once_a_colleague_has_added_to_it(
    laptops: Laptops, ann: Session, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    record, _ = create_record(ann, "account", {"name": "Delta"})
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    create_record(ben, "contact", {"name": "Dag", "account": record})
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    assert undo(ann).skipped
    assert ann.store.records_titled("account", "Delta") == [record]
    level(tmp_path, ann, ben)
    assert agree(ann, ben)


@pytest.mark.slow
def test_undo_meets_an_edit_it_has_not_seen_as_a_conflict(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann)
    alpine = picture.accounts["Alpine"]
    say(ann, alpine, "city", "Hamar")
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    say(ben, alpine, "city", "Ben, at the same time")
    undo(ann)
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert values(ann, alpine, "city") == {"Oslo", "Ben, at the same time"}


@pytest.mark.slow
def test_undoing_a_resolution_brings_the_conflict_back_everywhere(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, alpine = laptops.join(ann), picture.accounts["Alpine"]
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    say(ann, alpine, "city", "Hamar")
    say(ben, alpine, "city", "Moss")
    level(tmp_path, ann, ben)
    resolve(ann, queue(ann)[0].id, 1)
    assert queue(ann) == []
    undo(ann)
    assert values(ann, alpine, "city") == {"Hamar", "Moss"}
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert len(queue(ben)) == 1
    redo(ann)
    level(tmp_path, ann, ben)
    assert queue(ben) == []
    assert agree(ann, ben)


def test_a_deletion_takes_what_belongs_along_and_undo_brings_all_back(ann: Session, picture: Picture) -> None:
    before = ann.store.counts()
    delete_record(ann, picture.accounts["Alpine"])
    assert ann.store.counts()["contact"] == before["contact"] - 1
    assert scope_of(ann, picture.partner) == [picture.accounts["Borealis"]]
    undo(ann)
    assert ann.store.counts() == before
    assert len(scope_of(ann, picture.partner)) == 2


@pytest.mark.slow
def test_a_deletion_against_an_unseen_edit_is_a_visible_conflict(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, alpine = laptops.join(ann), picture.accounts["Alpine"]
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    delete_record(ann, alpine)
    say(ben, alpine, "city", "Still a customer")
    level(tmp_path, ann, ben)
    for session in (ann, ben):
        (item,) = [each for each in queue(session) if each.record == alpine]
        assert item.kind == "deletion"
    resolve(ann, next(each.id for each in queue(ann) if each.record == alpine), 1)
    level(tmp_path, ann, ben)
    assert queue(ben) == []
    assert ben.store.records_titled("account", "Alpine") == [alpine]
    assert agree(ann, ben)


def test_scope_and_rungs_are_undone(ann: Session, picture: Picture) -> None:
    cafe = picture.accounts["Café Nord"]
    set_scope(ann, picture.partner, [cafe], covers=True)
    undo(ann)
    assert cafe not in scope_of(ann, picture.partner)
    accept_proposals(ann, proposals(ann, [cafe]))
    assert held_rung(ann, cafe) == "prospect"
    undo(ann)
    assert held_rung(ann, cafe) == ""
    assert dump(ann).count(b'"prospect"') >= 0
