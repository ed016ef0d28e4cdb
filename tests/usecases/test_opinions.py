"""An opinion is not a fact: each voice keeps its own answer until somebody adopts another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, filled, level, say, sent, value, values

from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.waiting import queue

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")

_QUESTION = "How satisfied are they with us"


@pytest.mark.slow
def test_two_colleagues_think_differently_without_a_conflict(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, alpine = laptops.join(ann), picture.accounts["Alpine"]
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    say(ann, alpine, "satisfaction", "very")
    say(ben, alpine, "satisfaction", "leaving")
    level(tmp_path, ann, ben)
    for session in (ann, ben):
        lines = [line for line in record_page(session, alpine).lines if line.field.key == "satisfaction"]
        assert {(line.mine, line.values[0].speaker, line.values[0].text) for line in lines} == {
            (session is ann, "Ann", "Very satisfied"),
            (session is ben, "Ben", "About to leave"),
        }
        assert queue(session) == []
    assert agree(ann, ben)


@pytest.mark.slow
def test_one_voice_on_two_copies_is_in_conflict_with_itself(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, alpine = laptops.join(ann), picture.accounts["Alpine"]
    asked = export_partner(ann, picture.partner, tmp_path / "asked.xlsx").path
    copies = [
        filled(asked, tmp_path / f"{number}.xlsx", ("Accounts", "Alpine", _QUESTION, text))
        for number, text in enumerate(("Very satisfied", "Unhappy"))
    ]
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    bring(ann, *copies)
    bring(ben, *reversed(copies))
    for session in (ann, ben):
        assert values(session, alpine, "satisfaction", picture.partner) == {"very", "unhappy"}
        assert [item.voice for item in queue(session)] == [picture.partner]
    level(tmp_path, ann, ben)
    assert agree(ann, ben)


def test_a_partner_sees_their_own_answer_and_no_one_elses(ann: Session, picture: Picture, tmp_path: Path) -> None:
    alpine = picture.accounts["Alpine"]
    say(ann, alpine, "satisfaction", "leaving")
    asked = export_partner(ann, picture.partner, tmp_path / "asked.xlsx").path
    bring(ann, filled(asked, tmp_path / "answer.xlsx", ("Accounts", "Alpine", _QUESTION, "Neutral")))
    assert value(ann, alpine, "satisfaction", picture.partner) == "neutral"
    again = export_partner(ann, picture.partner, tmp_path / "again.xlsx").path
    answer = filled(again, tmp_path / "changed.xlsx", ("Accounts", "Alpine", _QUESTION, "Unhappy"))
    bring(ann, answer)
    assert values(ann, alpine, "satisfaction", picture.partner) == {"unhappy"}, (
        "their later answer replaces the earlier"
    )
    assert value(ann, alpine, "satisfaction", ann.store.voice) == "leaving"


@pytest.mark.slow
def test_a_colleague_with_a_spreadsheet_only_speaks_in_the_copys_voice(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben, alpine = laptops.join(ann), picture.accounts["Alpine"]
    say(ann, alpine, "satisfaction", "very")
    book = sent(ann, tmp_path / "book.xlsx")
    bring(ben, book)
    copy = filled(book, tmp_path / "copy.xlsx", ("Accounts", "Alpine", _QUESTION, "Unhappy"))
    for session in (ann, ben):
        bring(session, copy)
        assert value(session, alpine, "satisfaction", ann.store.voice) == "very"
        said = {voice: each.value for voice, each in session.store.team.picture(alpine).voices("satisfaction").items()}
        assert sorted(said.values(), key=str) == ["unhappy", "very"]
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert queue(ann) == []
