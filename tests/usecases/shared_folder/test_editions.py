"""Everybody writes one workbook and reads all others', only what changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import agree, say, value
from tests.usecases.sharing import bytes_in, own, states

from accountplanner.usecases.dumping import dump
from accountplanner.usecases.exchange_folder import carry_out, exchange_folder, plan_exchange
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]


def test_two_laptops_meet_in_a_folder_and_then_it_is_quiet(ann: Session, ben: Session, folder: Path) -> None:
    assert agree(ann, ben)
    assert sorted(path.name for path in folder.iterdir()) == sorted(own(each, folder).name for each in (ann, ben))
    before = bytes_in(folder)
    for session in (ann, ben, ann, ben):
        result = exchange_folder(session, folder)
        assert result.edition is None
        assert result.imported is None
    assert bytes_in(folder) == before, "nothing is written while there is nothing to tell"


def test_a_change_reaches_the_others_as_one_file_each(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    carla = laptops.join(ann, "Carla")
    exchange_folder(carla, folder)
    say(ben, picture.accounts["Borealis"], "city", "Said by Ben")
    assert exchange_folder(ben, folder).edition is not None
    for session in (ann, carla):
        result = exchange_folder(session, folder)
        assert value(session, picture.accounts["Borealis"], "city") == "Said by Ben"
        assert result.changes.records
    for session in (ann, ben, carla, ann, ben, carla):
        exchange_folder(session, folder)
    before = bytes_in(folder)
    for session in (ann, ben, carla):
        assert exchange_folder(session, folder).edition is None
    assert bytes_in(folder) == before
    assert agree(ann, ben, carla)


def test_a_preview_tells_what_comes_and_goes_and_writes_nothing(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.accounts["Borealis"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    before, lying = dump(ann), bytes_in(folder)
    plan = plan_exchange(ann, folder)
    assert plan.counts.changed == 1
    assert plan.touched == ("Borealis",)
    assert plan.outgoing.reason == "news"
    assert [(file.who, file.state) for file in plan.of("new")] == [("Ben", "new")]
    assert (dump(ann), bytes_in(folder)) == (before, lying)
    carry_out(ann, plan)
    assert value(ann, picture.accounts["Borealis"], "city") == "Said by Ben"


def test_known_files_are_known_by_their_bytes_and_not_opened_again(
    ann: Session, ben: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "accountplanner.usecases.folder_reading.plan_returned", lambda _, content, *__: opened.append(content.name)
    )
    own(ben, folder).touch()
    shutil.copy(own(ben, folder), folder / "Ben (1).xlsx")
    result = exchange_folder(ann, folder)
    assert opened == []
    assert states(result)["Ben (1).xlsx"] == "known"


def test_batches_that_are_held_are_not_decoded_again(
    ann: Session, ben: Session, picture: Picture, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        say(ann, picture.accounts["Alpine"], "city", f"City {number}")
    exchange_folder(ann, folder)
    exchange_folder(ben, folder)
    say(ann, picture.accounts["Alpine"], "city", "The last one")
    exchange_folder(ann, folder)
    taken: list[int] = []
    monkeypatch.setattr(type(ben.store.team.log), "vet", lambda _log, batches: taken.append(len(batches)))
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "The last one"
    assert taken[0] < 64, "the full part was not opened"
    assert verify(ben) == []


def test_many_batches_in_parts_reach_somebody_new(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    for number in range(70):
        say((ann, ben)[number % 2], picture.accounts["Alpine"], "city", f"City {number}")
        if number % 20 == 0:
            exchange_folder(ann, folder)
            exchange_folder(ben, folder)
    for session in (ann, ben, ann):
        exchange_folder(session, folder)
    carla = laptops.join(ann, "Carla")
    result = exchange_folder(carla, folder)
    assert result.counts.parked == 0
    for session in (ann, ben):
        exchange_folder(session, folder)
    assert agree(ann, ben, carla)
