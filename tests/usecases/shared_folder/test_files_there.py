"""What people and programs do in a shared folder: type, copy, tear, leave things lying there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.store.mishaps import spoil
from tests.usecases.acting import filled, reworked, say, sent, small_picture, value
from tests.usecases.sharing import own, states

from accountplanner.usecases.exchange_folder import carry_out, exchange_folder, plan_exchange
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.history import undo
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]


def test_what_somebody_types_into_my_workbook_is_read_before_it_is_written_again(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    mine = own(ann, folder)
    filled(mine, mine, ("Accounts", "Alpine", "City", "Typed by Carla"))
    result = exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Typed by Carla"
    assert result.edition is not None
    assert result.edition.path == mine
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Typed by Carla"
    undone = undo(ann)
    assert picture.accounts["Alpine"] in undone.records
    assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"


def test_what_is_typed_while_the_preview_stands_is_never_written_over(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ann, picture.accounts["Borealis"], "city", "Said by Ann")
    plan = plan_exchange(ann, folder)
    mine = own(ann, folder)
    filled(mine, mine, ("Accounts", "Alpine", "City", "Typed meanwhile"))
    typed = mine.read_bytes()
    result = carry_out(ann, plan)
    assert mine.read_bytes() == typed
    assert result.edition is not None
    assert result.edition.is_second
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Typed meanwhile"
    assert value(ben, picture.accounts["Borealis"], "city") == "Said by Ann"
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Typed meanwhile"
    assert [path.name for path in folder.iterdir() if "(2)" in path.name] == []


@pytest.mark.parametrize(
    "called",
    [
        "{stem}-LAPTOP7.xlsx",
        pytest.param("{stem} (Ben's conflicted copy 2026-11-22).xlsx", marks=pytest.mark.slow),
        pytest.param("{stem}.sync-conflict-20261122-7ABC.xlsx", marks=pytest.mark.slow),
        pytest.param("{stem} (1).xlsx", marks=pytest.mark.slow),
    ],
)
def test_a_conflict_copy_is_content_and_never_written_to(
    ann: Session, ben: Session, picture: Picture, folder: Path, called: str
) -> None:
    mine = own(ann, folder)
    copy = folder / called.format(stem=mine.stem)
    filled(mine, copy, ("Accounts", "Alpine", "City", "Typed in the copy"))
    lying = copy.read_bytes()
    for session in (ann, ben):
        exchange_folder(session, folder)
        assert value(session, picture.accounts["Alpine"], "city") == "Typed in the copy"
    assert copy.read_bytes() == lying


def test_what_programs_leave_there_is_not_looked_at(ann: Session, ben: Session, folder: Path) -> None:
    for name in ("~$Ben.xlsx", ".~lock.Ben.xlsx#", "Ben.xlsx.tmp", ".syncthing.Ben.xlsx.tmp", "~temp.xlsx", "a.pdf"):
        (folder / name).write_bytes(b"whatever")
    (folder / "folder.xlsx").mkdir()
    assert set(states(exchange_folder(ann, folder))) == {own(each, folder).name for each in (ann, ben)}


def test_a_file_that_has_not_wholly_arrived_waits_and_is_read_when_it_has(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    file = own(ben, folder)
    whole = file.read_bytes()
    for arrived in (b"", bytes(len(whole)), whole[:100], whole[: len(whole) // 2], whole[:-1]):
        file.write_bytes(arrived)
        result = exchange_folder(ann, folder)
        (waiting,) = result.plan.of("waits")
        assert waiting.who == "Ben"
        assert "tried again next time" in waiting.sentence
        assert not result.needs_person
        assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"
    file.write_bytes(whole)
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben"


def test_other_workbooks_are_named_and_left_alone(ann: Session, ben: Session, picture: Picture, folder: Path) -> None:
    export_partner(ann, picture.partner, folder / "Exotic Liquids.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["Name", "City"])  # type: ignore[union-attr]
    book.save(folder / "My list.xlsx")
    for _ in range(2):
        result = exchange_folder(ben, folder)
        assert {file.name for file in result.plan.of("other")} == {"Exotic Liquids.xlsx", "My list.xlsx"}
        assert all("import it by hand" in file.sentence for file in result.plan.of("other"))
        assert result.imported is None or not result.imported.records
        assert not result.needs_person


def test_one_bad_file_stops_no_other(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    eve = laptops.found("Eve")
    small_picture(eve)
    sent(eve, folder / "Another team.xlsx")
    shutil.copy(own(ben, folder), folder / "Broken.xlsx")
    spoil(folder / "Broken.xlsx", 2000)
    say(ben, picture.accounts["Alpine"], "city", "Said by Ben")
    exchange_folder(ben, folder)
    result = exchange_folder(ann, folder)
    assert {file.name for file in result.plan.of("refused")} == {"Another team.xlsx", "Broken.xlsx"}
    assert all(file.sentence.endswith(".") for file in result.plan.of("refused"))
    assert result.needs_person
    assert value(ann, picture.accounts["Alpine"], "city") == "Said by Ben"
    assert verify(ann) == []


def test_a_stripped_copy_is_compared_with_what_its_writer_kept(
    ann: Session, ben: Session, picture: Picture, folder: Path
) -> None:
    """Saved by a program that drops hidden sheets: only who wrote the edition knows what it showed."""
    copy = folder / "From the web.xlsx"

    def strip(book: openpyxl.Workbook) -> None:
        del book["_sync"]
        sheet = book["Accounts"]
        row = next(row for row in sheet.iter_rows() if row[1].value == "Alpine")
        row[next(cell.column for cell in sheet[1] if cell.value == "City") - 1].value = "Typed on the web"

    reworked(own(ann, folder), copy, strip)
    exchange_folder(ann, folder)
    assert value(ann, picture.accounts["Alpine"], "city") == "Typed on the web"
    exchange_folder(ben, folder)
    assert value(ben, picture.accounts["Alpine"], "city") == "Typed on the web"
