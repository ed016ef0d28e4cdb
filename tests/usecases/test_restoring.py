"""A backup brought back, a workspace copied: nothing that colleagues hold is lost, and all end at one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, level, say, sent, value, values
from tests.usecases.conftest import PASSPHRASE, StandingClock

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.fields import Layer
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.restoring import chosen_backup, restore_backup
from accountplanner.usecases.team import members
from accountplanner.usecases.workspaces import Key, Places, back_up, open_workspace, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def ben(laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path) -> Session:  # noqa: ARG001 - Ann has it first
    ben = laptops.join(ann)
    say(ben, ben.store.identity.member, "name", "Ben")
    level(tmp_path, ann, ben)
    return ben


@pytest.fixture
def restored(ann: Session, ben: Session, picture: Picture, tmp_path: Path) -> Iterator[Session]:
    """Ann's laptop after she went on, sent that to Ben, and brought back an older backup."""
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    say(ann, kari, "mackay_spouse", "Per")
    backup = back_up(ann)
    say(ann, alpine, "city", "Said after the backup")
    say(ann, kari, "mackay_spouse", "Forgotten with the laptop")
    bring(ben, sent(ann, tmp_path / "after.xlsx"))
    places = ann.store.places
    ann.close()
    session = restore_backup(places, chosen_backup(places, backup.folder), Key(PASSPHRASE), StandingClock()).session
    yield session
    session.close()


@pytest.mark.slow
def test_a_restored_workspace_is_the_old_picture_under_a_new_replica(
    ann: Session, restored: Session, picture: Picture
) -> None:
    assert value(restored, picture.accounts["Alpine"], "city") == "Oslo"
    assert restored.store.me.picture(picture.contacts["Kari Nordmann"]).value("mackay_spouse") == "Per"
    assert restored.store.identity.replica != ann.store.identity.replica
    assert restored.store.identity.member == ann.store.identity.member
    assert verify(restored) == []


@pytest.mark.slow
def test_what_was_said_after_the_backup_comes_back_from_a_colleague(
    ben: Session, restored: Session, picture: Picture, tmp_path: Path
) -> None:
    alpine, borealis = picture.accounts["Alpine"], picture.accounts["Borealis"]
    say(restored, borealis, "city", "Said after restoring")
    say(restored, alpine, "city", "Another word")
    level(tmp_path, restored, ben)
    assert agree(restored, ben)
    assert values(ben, alpine, "city") == {"Said after the backup", "Another word"}
    assert value(ben, borealis, "city") == "Said after restoring"
    assert {line.state for line in members(ben)} == {"this", "member"}
    assert verify(restored) == verify(ben) == []
    undo(restored)
    level(tmp_path, restored, ben)
    assert agree(restored, ben)


@pytest.mark.slow
def test_undo_goes_on_where_it_was_under_a_new_replica_and_leaves_what_a_colleague_said(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    alpine, borealis = picture.accounts["Alpine"], picture.accounts["Borealis"]
    for field, text in (("city", "Hamar"), ("industry", "Fish"), ("industry", "Wine")):
        say(ann, alpine, field, text)
    delta, _ = create_record(ann, "account", {"name": "Delta"})
    level(tmp_path, ann, ben)
    backup, places = back_up(ann), ann.store.places
    ann.close()
    session = restore_backup(places, chosen_backup(places, backup.folder), Key(PASSPHRASE), StandingClock()).session
    contact, _ = create_record(session, "contact", {"name": "Dag", "account": delta})
    assert [undo(session).skipped for _ in range(4)] == [()] * 4
    assert session.store.record(delta) is None
    assert session.store.record(contact) is None
    assert value(session, alpine, "industry") is None
    assert [redo(session).skipped for _ in range(2)] == [()] * 2
    assert value(session, alpine, "industry") == "Wine"
    say(ben, alpine, "city", "Ben knows better")
    say(ben, borealis, "city", "Moss")
    bring(session, sent(ben, tmp_path / "ben.xlsx"))
    session.close()
    copied = laptops.open(ann, "Copied")
    told = [undo(copied).skipped for _ in range(3)]
    assert [len(each) for each in told] == [0, 0, 1]
    assert "City" in told[2][0]
    assert value(copied, alpine, "city") == "Ben knows better"
    assert value(copied, borealis, "city") == "Moss"
    assert value(copied, alpine, "industry") is None
    assert [len(redo(copied).skipped) for _ in range(3)] == [0, 0, 0]
    assert value(copied, alpine, "industry") == "Wine"
    level(tmp_path, copied, ben)
    assert agree(copied, ben)


@pytest.mark.slow
def test_its_own_old_workbooks_are_read_like_anybodys(restored: Session, picture: Picture, tmp_path: Path) -> None:
    bring(restored, tmp_path / "after.xlsx")
    assert value(restored, picture.accounts["Alpine"], "city") == "Said after the backup"
    assert verify(restored) == []


def test_a_wrong_key_restores_nothing(ann: Session, picture: Picture) -> None:
    back_up(ann)
    say(ann, picture.accounts["Alpine"], "city", "Newer")
    before, places = dump(ann), ann.store.places
    ann.close()
    with pytest.raises(RefusedError):
        restore_backup(places, chosen_backup(places), Key("not this"), StandingClock())
    with pytest.raises(RefusedError):
        chosen_backup(places, places.backups / "not there")
    assert b"Newer" in before


@pytest.mark.slow
def test_two_copies_of_one_workspace_are_devices_of_their_own_and_lose_nothing(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    alpine, cafe = picture.accounts["Alpine"], picture.accounts["Café Nord"]
    ann.close()
    one, other = laptops.open(ann, "One"), laptops.open(ann, "Other")
    assert len({session.store.identity.replica for session in (ann, one, other)}) == 3
    say(one, alpine, "city", "Said on one")
    say(other, alpine, "city", "Said on the other")
    say(other, cafe, "phone", "+47 77 00")
    say(other, cafe, "city", "Private", layer=Layer.ME)
    level(tmp_path, one, other, ben)
    assert agree(one, other, ben)
    assert values(ben, alpine, "city") == {"Said on one", "Said on the other"}
    assert value(one, cafe, "phone") == "+47 77 00"
    assert verify(one) == verify(other) == verify(ben) == []
    say(one, alpine, "city", "Settled")
    level(tmp_path, one, other, ben)
    assert agree(one, other, ben)
    assert values(other, alpine, "city") == {"Settled"}


def test_a_workspace_that_was_only_moved_stays_the_same_device(ann: Session, tmp_path: Path) -> None:
    replica, folder = ann.store.identity.replica, ann.store.places.folder
    ann.close()
    folder.rename(tmp_path / "moved")
    again = open_workspace(Places(tmp_path / "moved"), Key(PASSPHRASE), StandingClock())
    assert again.store.identity.replica == replica
    again.close()
