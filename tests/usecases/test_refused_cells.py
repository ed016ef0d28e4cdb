"""Cells of a returned workbook that cannot be taken wait in the queue until a person has put them right or seen them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.usecases.acting import (
    Picture,
    agree,
    bring,
    column_of,
    filled,
    level,
    reworked,
    sent,
    value,
)

from accountplanner.domain.errors import ValueRefusedError, WrongUseError
from accountplanner.exchange.receipt import OUTCOMES
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.history import undo
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.receipts import worded_receipts
from accountplanner.usecases.reviewing import Decision, accept, decide, reject, resolve
from accountplanner.usecases.waiting import QueueItem, queue

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def _waiting(session: Session) -> dict[str, QueueItem]:
    return {item.field: item for item in queue(session)}


def test_a_refused_cell_waits_with_its_place_and_is_typed_as_it_should_be(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    asked = export_partner(ann, picture.partner, tmp_path / "asked.xlsx").path
    alpine = picture.accounts["Alpine"]
    file = filled(
        asked,
        tmp_path / "returned.xlsx",
        ("Accounts", "Alpine", "How satisfied are they with us", "so so"),
        ("Accounts", "Alpine", "Phone", "+47 11"),
        ("Accounts", "Alpine", "City", "Hamar"),
    )
    assert bring(ann, file).counts.suggestions == 2
    assert bring(ann, file).counts.suggestions == 2
    waiting = _waiting(ann)
    assert waiting.keys() == {"satisfaction", "city"}
    refused = waiting["satisfaction"]
    assert (refused.kind, refused.title, refused.label, refused.found) == (
        "value", "Alpine", "How satisfied are they with us", "so so",
    )  # fmt: skip
    assert refused.reason.startswith("Accounts, row ")
    assert "Exotic Liquids wrote “so so”, expected one of: Very satisfied" in refused.reason
    assert (refused.can_accept, refused.can_type) == (False, True)
    assert "it was not offered for change" in waiting["city"].reason
    with pytest.raises(WrongUseError, match="“so so” could not be taken as it stands"):
        accept(ann, [refused.id])
    accept(ann, ["all"])
    assert len(queue(ann)) == 2
    with pytest.raises(ValueRefusedError, match="does not fit"):
        resolve(ann, refused.id, text="middling")
    decide(ann, [Decision(refused.id, "type", text="satisfied"), Decision(waiting["city"].id, "reject")])
    assert value(ann, alpine, "satisfaction", picture.partner) == "satisfied"
    line = next(each for each in record_page(ann, alpine).lines if each.voice == picture.partner)
    assert [(each.value, each.speaker) for each in line.values] == [("satisfied", "Exotic Liquids")]
    assert queue(ann) == []
    assert bring(ann, file).counts.suggestions == 0
    undo(ann)
    assert _waiting(ann).keys() == {"satisfaction", "city"}


@pytest.mark.slow
def test_the_partners_receipt_says_what_became_of_an_answer_that_could_not_be_taken(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    asked = export_partner(ann, picture.partner, tmp_path / "asked.xlsx").path
    question = "How satisfied are they with us"
    bring(ann, filled(asked, tmp_path / "returned.xlsx", ("Accounts", "Alpine", question, "so so")))
    refused = _waiting(ann)["satisfaction"].id
    assert _receipt(ann, picture, tmp_path) == [("Alpine", question, "so so", "Being looked at")]
    reject(ann, [refused])
    assert _receipt(ann, picture, tmp_path) == [("Alpine", question, "so so", "Not taken over")]
    undo(ann)
    resolve(ann, refused, text="satisfied")
    assert _receipt(ann, picture, tmp_path) == [("Alpine", question, "so so", "Taken over, thank you")]


@pytest.mark.slow
def test_the_receipt_says_a_name_that_nobody_has_as_it_was_typed(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    asked = export_partner(ann, picture.partner, tmp_path / "asked.xlsx").path

    def note(book: Workbook) -> None:
        book["Partner notes"]["B2"], book["Partner notes"]["C2"] = "They buy elsewhere", "Alpine, in Graz"

    bring(ann, reworked(asked, tmp_path / "returned.xlsx", note))
    said = ("They buy elsewhere", "Account", "Alpine, in Graz", "Being looked at")
    assert said in _receipt(ann, picture, tmp_path)


def _receipt(session: Session, picture: Picture, folder: Path) -> list[tuple[object, ...]]:
    """The lines of the next workbook, without their days; the window and the command line say the same."""
    book = load_workbook(export_partner(session, picture.partner, folder / "next.xlsx").path)
    rows: list[tuple[object, ...]] = [row[1:5] for row in book["Receipt"].iter_rows(values_only=True)]
    told = [row for row in rows if row[3] in OUTCOMES.values()]
    assert told == [tuple(line[1:]) for line in worded_receipts(session, picture.partner)]
    return told


@pytest.mark.slow
def test_every_laptop_lists_the_same_and_one_decision_is_enough(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    ben = laptops.join(ann, "Ben")
    level(tmp_path, ann, ben)
    file = filled(
        sent(ann, tmp_path / "team.xlsx"),
        tmp_path / "returned.xlsx",
        ("Accounts", "Alpine", "Contract runs until", "soon"),
        ("Accounts", "Alpine", "Employees", "-5"),
        ("Accounts", "Alpine", "Parent account", "Alpine"),
    )
    for laptop in (ann, ben):
        bring(laptop, file)
    listed = [sorted((item.id, item.field, item.reason) for item in queue(laptop)) for laptop in (ann, ben)]
    assert listed[0] == listed[1]
    assert {field for _, field, _ in listed[0]} == {"contract_end", "employees", "parent"}
    waiting = _waiting(ben)
    resolve(ben, waiting["employees"].id, text="5")
    resolve(ben, waiting["parent"].id, text="Café Nord")
    reject(ben, [waiting["contract_end"].id])
    level(tmp_path, ann, ben)
    assert queue(ann) == queue(ben) == []
    assert value(ann, picture.accounts["Alpine"], "parent") == picture.accounts["Café Nord"]
    assert agree(ann, ben)


@pytest.mark.slow
def test_a_refused_cell_of_a_row_that_waits_itself_needs_the_row_first(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    asked = sent(ann, tmp_path / "team.xlsx")
    assert picture.partner
    file = reworked(asked, tmp_path / "returned.xlsx", _new_row_below)
    bring(ann, file)
    row, refused = sorted(queue(ann), key=lambda item: item.kind)
    assert (row.kind, refused.kind, refused.found) == ("row", "value", "many")
    with pytest.raises(WrongUseError, match="has to be accepted first"):
        resolve(ann, refused.id, text="12")
    decide(ann, [Decision(refused.id, "type", text="12"), Decision(row.id, "accept")])
    assert queue(ann) == []
    assert record_page(ann, row.record).text("employees") == "12"


@pytest.mark.slow
def test_new_rows_that_name_each_other_have_their_own_names_and_say_what_comes_with_them(
    ann: Session, picture: Picture, tmp_path: Path
) -> None:
    assert picture.partner

    def two_below(book: Workbook) -> None:
        sheet = book["Accounts"]
        for row, (name, parent) in enumerate((("Nordlys", "Alpine"), ("Sørlys", "Nordlys")), start=sheet.max_row + 3):
            sheet.cell(row, column_of(sheet, "Name")).value = name
            sheet.cell(row, column_of(sheet, "Parent account")).value = parent

    bring(ann, reworked(sent(ann, tmp_path / "team.xlsx"), tmp_path / "returned.xlsx", two_below))
    rows = {item.title: item for item in queue(ann)}
    assert rows.keys() == {"New account: Nordlys", "New account: Sørlys"}
    assert rows["New account: Nordlys"].reason.endswith("it has no key.")
    assert rows["New account: Sørlys"].reason.endswith("it has no key; it names a new row that waits to be accepted; "
                                                       "accepted, that row comes in with it.")  # fmt: skip
    accept(ann, [rows["New account: Sørlys"].id])
    assert {each.values["name"] for each in ann.store.every("account")} >= {"Nordlys", "Sørlys"}


def _new_row_below(book: Workbook) -> None:
    sheet = book["Accounts"]
    below = sheet.max_row + 3
    for header, typed in (("Name", "Nordlys"), ("Employees", "many")):
        sheet.cell(below, column_of(sheet, header)).value = typed
