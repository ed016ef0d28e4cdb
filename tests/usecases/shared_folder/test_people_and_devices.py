"""Conflicts, erasures, retired and restored laptops, and files that come twice, in a shared folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.usecases.acting import agree, bring, say, sent, value, values
from tests.usecases.sharing import own

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.folder import edition_name
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.team import retire

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]


def test_two_answers_meet_as_a_conflict_that_needs_a_person(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ann, picture.accounts["Alpine"], "city", "Said by Ann")
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ann, folder)
    result = exchange_folder(ben, folder)
    assert result.counts.conflicts == 1
    assert result.needs_person
    exchange_folder(ann, folder)
    assert values(ann, picture.accounts["Alpine"], "city") == {"Said by Ann", "Said by Ben"}
    assert agree(ann, ben)
    assert not exchange_folder(ann, folder).needs_person, "told once"


def test_after_an_erasure_every_edition_is_written_without_the_person(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.contacts["Kari Nordmann"], "title", "Head of purchasing")
    for session in (ben, ann):
        exchange_folder(session, folder)
    assert _names(own(ann, folder), "Kari Nordmann")
    erase(ann, picture.contacts["Kari Nordmann"])
    assert exchange_folder(ann, folder).edition is not None
    assert not _names(own(ann, folder), "Kari Nordmann")
    assert exchange_folder(ben, folder).edition is not None
    assert not _names(own(ben, folder), "Kari Nordmann")
    for session in (ann, ben):
        exchange_folder(session, folder)
        assert "Kari" not in dump(session).decode()
        assert not session.store.search("Kari Nordmann")


def _names(file: Path, text: str) -> bool:
    book = openpyxl.load_workbook(file)
    found = any(text in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    book.close()
    return found


def test_a_retired_device_is_not_heard_and_the_others_learn_of_it(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    carla = laptops.join(ann, "Carla")
    for session in (carla, ann, ben):
        exchange_folder(session, folder)
    retire(ann, ben.store.identity.replica)
    assert exchange_folder(ann, folder).edition is not None
    exchange_folder(carla, folder)
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    sent(ben, own(ben, folder))
    result = exchange_folder(carla, folder)
    assert [file.who for file in result.plan.of("refused")] == ["Ben"]
    assert value(carla, picture.accounts["Alpine"], "city") == "Oslo"


def test_a_restored_laptop_writes_a_file_of_its_own(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    laptops.close()
    copy = laptops.open(ben, "Copy of Ben")
    say(copy, picture.accounts["Alpine"], "city", "Said by the copy")
    result = exchange_folder(copy, folder)
    assert result.edition is not None
    assert result.edition.path != own(ben, folder)
    again = laptops.open(ann, "Ann again")
    exchange_folder(again, folder)
    assert value(again, picture.accounts["Alpine"], "city") == "Said by the copy"


def test_names_are_safe_everywhere_and_differ_for_namesakes() -> None:
    assert edition_name("Ann Lee", "a1b2c3d4") == "Ann Lee - team workbook a1b2c3.xlsx"
    assert edition_name("Zoë “Z” <Ødegård>: /etc", "a1b2c3") == "Zoë Z Ødegård etc - team workbook a1b2c3.xlsx"
    assert edition_name("😀 ...", "a1b2c3") == "Colleague - team workbook a1b2c3.xlsx"
    assert len(edition_name("x" * 300, "a1b2c3")) < 100
    assert edition_name("Ann Lee", "a1b2c3") != edition_name("Ann Lee", "z9y8x7")


def test_stopping_leaves_everything_as_it_was(ann: Session, ben: Session, picture: Picture, folder: Path) -> None:
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    before = dump(ann)

    class StoppedError(Exception):
        pass

    def stop(done: int, _total: int, _name: str) -> None:
        if done == 1:
            raise StoppedError

    with pytest.raises(StoppedError):
        exchange_folder(ann, folder, report=stop)
    assert dump(ann) == before
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben"


def test_a_file_brought_by_mail_and_found_in_the_folder_is_no_trouble(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    bring(ann, own(ben, folder))
    exchange_folder(ann, folder)
    exchange_folder(ben, folder)
    assert agree(ann, ben)
    with pytest.raises(RefusedError):
        bring(ann, folder / "not there.xlsx")
