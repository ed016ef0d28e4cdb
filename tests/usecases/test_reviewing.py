"""The queue: what a person sees of a conflict, and that all answers are one step with a backup before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, level, say, sent, values

from accountplanner.domain.errors import NotFoundError, WrongUseError
from accountplanner.usecases.history import undo
from accountplanner.usecases.kept_answers import keep_answers, kept_answers
from accountplanner.usecases.restoring import backups_of
from accountplanner.usecases.reviewing import Decision, decide
from accountplanner.usecases.waiting import QueueItem, queue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def disputed(laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path) -> tuple[Session, str]:
    """Ann and Ben changed phone, city and key problems of one account without knowing; Ann holds both."""
    ben, alpine = laptops.join(ann), picture.accounts["Alpine"]
    say(ann, alpine, "phone", "030 1")
    level(tmp_path, ann, ben)
    for session, phone, city, problem in ((ann, "030 2", "Bonn", "Late trucks"), (ben, "030 3", "Köln", "Wet boxes")):
        say(session, alpine, "phone", phone)
        say(session, alpine, "city", city)
        say(session, alpine, "key_problems", problem)
    level(tmp_path, ann, ben)
    return ben, alpine


def _item(session: Session, key: str) -> QueueItem:
    return next(item for item in queue(session) if item.field == key)


@pytest.mark.slow
def test_a_conflict_shows_mine_theirs_and_what_stood_before(ann: Session, disputed: tuple[Session, str]) -> None:
    ben, _alpine = disputed
    for session, mine in ((ann, "030 2"), (ben, "030 3")):
        item = _item(session, "phone")
        assert {value.text for value in item.values} == {"030 2", "030 3"}
        assert [value.text for value in item.values if value.by_me] == [mine]
        assert item.base is not None
        assert (item.base.text, item.base.speaker) == ("030 1", "Ann")
        assert not item.can_join


def test_all_answers_are_one_step_with_a_backup_before(ann: Session, disputed: tuple[Session, str]) -> None:
    _ben, alpine = disputed
    before = {key: values(ann, alpine, key) for key in ("phone", "city", "key_problems")}
    backups = len(backups_of(ann.store.places))
    mine = next(at for at, value in enumerate(_item(ann, "phone").values, start=1) if value.by_me)
    decide(
        ann,
        [
            Decision(_item(ann, "phone").id, "keep", mine),
            Decision(_item(ann, "city").id, "type", text="Aachen"),
            Decision(_item(ann, "key_problems").id, "all"),
        ],
    )
    assert queue(ann) == []
    assert len(backups_of(ann.store.places)) == backups + 1
    assert values(ann, alpine, "phone") == {"030 2"}
    assert values(ann, alpine, "city") == {"Aachen"}
    (problems,) = values(ann, alpine, "key_problems")
    assert set((problems or "").split("\n")) == {"Late trucks", "Wet boxes"}
    undo(ann)
    assert {key: values(ann, alpine, key) for key in before} == before
    assert len(queue(ann)) == 3


def test_what_came_in_while_the_queue_was_open_is_not_decided_by_it(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, alpine = laptops.join(ann), picture.accounts["Alpine"]
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    say(ann, alpine, "city", "Bonn")
    say(ben, alpine, "city", "Köln")
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    shown, item = ann.shown(), _item(ann, "city")
    given = {item.id: Decision(item.id, "keep", 1)}
    keep_answers(ann, given, [item])
    assert kept_answers(ann, queue(ann)) == given
    say(ben, alpine, "city", "Trier")
    bring(ann, sent(ben, tmp_path / "ben again.xlsx"))
    assert kept_answers(ann, queue(ann)) == {}, "the first of three values may be another one"
    decide(ann, [Decision(item.id, "type", text="Aachen")], shown)
    assert values(ann, alpine, "city") == {"Aachen", "Trier"}


@pytest.mark.slow
def test_a_wrong_answer_changes_nothing(ann: Session, disputed: tuple[Session, str]) -> None:
    _ben, alpine = disputed
    phone, city = _item(ann, "phone"), _item(ann, "city")
    for wrong in (Decision(phone.id, "all"), Decision(phone.id, "keep", 3), Decision(phone.id, "type", text=" ")):
        with pytest.raises(WrongUseError):
            decide(ann, [Decision(city.id, "keep", 1), wrong])
    with pytest.raises(NotFoundError):
        decide(ann, [Decision(city.id, "keep", 1), Decision("zzz", "keep", 1)])
    assert len(values(ann, alpine, "city")) == 2


@pytest.mark.slow
def test_the_settled_picture_is_the_same_on_both_laptops(
    ann: Session, disputed: tuple[Session, str], tmp_path: Path
) -> None:
    ben, alpine = disputed
    decide(ann, [Decision(item.id, "keep", 1) for item in queue(ann)])
    level(tmp_path, ann, ben)
    assert queue(ben) == []
    assert values(ben, alpine, "phone") == values(ann, alpine, "phone")
    assert agree(ann, ben)
