"""What a file still says when what we wrote into it is gone: less and less is applied alone, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.exchange.structure.spreadsheet import sheet, typed, worked
from tests.usecases.acting import Picture, agree, bring, column_of, level, sent, small_picture, value
from tests.usecases.conftest import ann, founded, laptops

from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.reviewing import accept
from accountplanner.usecases.waiting import queue
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

__all__ = ["ann", "founded", "laptops"]
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]


@pytest.fixture
def picture(ann: Session) -> Picture:
    return small_picture(ann)


@pytest.fixture
def ben(laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path) -> Session:  # noqa: ARG001 - Ann has it first
    joined = laptops.join(ann)
    bring(joined, sent(ann, tmp_path / "first.xlsx"))
    return joined


def _stripped(book: openpyxl.Workbook) -> None:
    del book["_sync"]


def _answered(ann: Session, picture: Picture, file: Path) -> Path:
    """A partner's answer in a copy that lost its hidden sheet."""
    asked = export_partner(ann, picture.partner, file.with_suffix(".sent.xlsx")).path
    return worked(asked, file, typed("Contacts", "Kari Nordmann", "Job title", "Buyer"), _stripped)


def _queue(session: Session) -> list[tuple[str, str, str, str]]:
    return sorted((item.id, item.kind, item.title, item.reason) for item in queue(session))


def _title(session: Session, picture: Picture) -> str | None:
    return value(session, picture.contacts["Kari Nordmann"], "title")


def test_tier_1_a_file_waits_until_its_export_arrives_and_is_then_taken_in(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    file = _answered(ann, picture, tmp_path / "answer.xlsx")
    assert bring(ben, file).counts.held == 1
    assert [item.kind for item in queue(ben)] == ["waiting"]
    result = bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    assert any("had waited for its export" in notice for notice in result.notices)
    assert (_title(ben, picture), queue(ben)) == ("Buyer", [])
    bring(ann, file)
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert verify(ann) == verify(ben) == []


def test_tier_1_a_copy_of_a_colleagues_team_workbook_waits_quietly_where_nobody_has_what_it_showed(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    file = worked(
        sent(ann, tmp_path / "out.xlsx"), tmp_path / "back.xlsx", typed("Contacts", "Kari Nordmann", "Job title", "Buyer"), _stripped
    )  # fmt: skip
    bring(ben, file)
    result = bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    assert not any("has been taken in now" in notice for notice in result.notices)
    assert [item.kind for item in queue(ben)] == ["waiting"]
    bring(ann, file)
    assert _title(ann, picture) == "Buyer"
    level(tmp_path, ann, ben)
    assert _title(ben, picture) == "Buyer"
    assert agree(ann, ben)


def test_tier_2_what_differs_from_another_export_is_proposed_until_the_right_one_arrives(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    export_partner(ann, picture.partner, tmp_path / "earlier.xlsx")
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    before = _title(ben, picture)
    file = _answered(ann, picture, tmp_path / "answer.xlsx")
    bring(ben, file)
    bring(ann, file)
    assert sorted(item.kind for item in queue(ben)) == ["value", "waiting"]
    assert (_title(ben, picture), _title(ann, picture)) == (before, "Buyer")
    level(tmp_path, ann, ben)
    assert _queue(ann) == _queue(ben) == []
    assert (_title(ben, picture), agree(ann, ben)) == ("Buyer", True)


@pytest.mark.slow
def test_tier_2_laptops_that_know_different_exports_have_one_queue_after_they_exchanged(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    cleo = laptops.join(ann, "Cleo")
    bring(cleo, sent(ann, tmp_path / "to-cleo.xlsx"))
    file = _answered(cleo, picture, tmp_path / "answer.xlsx")
    export_partner(ann, picture.partner, tmp_path / "anns.xlsx")
    bring(ann, file)
    bring(ben, file)
    assert sorted(item.kind for item in queue(ann)) == ["value", "waiting"]
    assert [item.kind for item in queue(ben)] == ["waiting"]
    export_partner(ben, picture.partner, tmp_path / "bens.xlsx")
    level(tmp_path, ann, ben)
    assert len(_queue(ann)) == 2
    assert _queue(ann) == _queue(ben)
    (proposed,) = [item.id for item in queue(ben) if item.kind == "value"]
    accept(ben, [proposed])
    level(tmp_path, ann, ben)
    assert _title(ann, picture) == _title(ben, picture) == "Buyer"
    assert [item.kind for item in queue(ann)] == [item.kind for item in queue(ben)] == ["waiting"]
    assert agree(ann, ben)
    assert verify(ann) == verify(ben) == []


def test_tier_2_a_file_that_resembles_no_export_enough_only_waits(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    asked = export_partner(ann, picture.partner, tmp_path / "sent.xlsx").path
    export_partner(ben, picture.partner, tmp_path / "bens.xlsx")
    works = [typed("Accounts", name, "Phone", f"+47 {name}") for name in ("Alpine", "Borealis")]
    bring(ben, worked(asked, tmp_path / "changed.xlsx", *works, _stripped))
    assert [item.kind for item in queue(ben)] == ["waiting"]


def test_tier_3_rows_pasted_into_a_new_workbook_are_proposed_by_what_they_have_in_common(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    level(tmp_path, ann, ben)
    asked = openpyxl.load_workbook(export_partner(ann, picture.partner, tmp_path / "sent.xlsx").path)
    book = openpyxl.Workbook()
    pasted, source = book.worksheets[0], sheet(asked, "Accounts")
    for row in source.iter_rows(min_col=2, max_row=3, values_only=True):
        pasted.append(row)
    pasted.cell(2, column_of(pasted, "Phone")).value = "+47 99"
    pasted.append(["Nobody known", "", "Lom"])
    file = tmp_path / "pasted.xlsx"
    book.save(file)
    asked.close()
    alpine = picture.accounts["Alpine"]
    for session in (ann, ben):
        bring(session, file)
        assert value(session, alpine, "phone") == "+47 22 00 00 00"
        assert {item.kind for item in queue(session)} == {"match", "row"}
        assert "Nobody known" not in _accounts(session)
    assert _queue(ann) == _queue(ben)
    level(tmp_path, ann, ben)
    assert _queue(ann) == _queue(ben)
    assert agree(ann, ben)
    accept(ben, [next(item.id for item in queue(ben) if item.kind == "row")])
    level(tmp_path, ann, ben)
    assert "Nobody known" in _accounts(ann)
    assert [item.kind for item in queue(ann)] == [item.kind for item in queue(ben)] == ["match", "match"]
    bring(ann, file)
    assert [item.kind for item in queue(ann)] == ["match", "match"], "what was decided is not asked again"
    assert agree(ann, ben)


def _accounts(session: Session) -> set[str]:
    return {each.values["name"] for each in session.store.every("account")}


def test_tier_3_a_list_of_somebodys_own_with_some_of_our_headers_comes_in(ann: Session, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Name", "Customer number", "City", "Phone", "Website", "Remark"])
    book.worksheets[0].append(["Nobody known", "K1", "Lom", "+47 1", "", "x"])
    book.save(tmp_path / "list.xlsx")
    bring(ann, tmp_path / "list.xlsx")
    assert _accounts(ann) == {"Nobody known"}
    assert queue(ann) == []
