"""Workbooks between laptops and people: any order, any number of times, one picture."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import (
    Picture,
    agree,
    bring,
    column_of,
    filled,
    level,
    reworked,
    row_of,
    say,
    sent,
    value,
    values,
)

from accountplanner.domain.fields import Layer
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.exporting import export_partner
from accountplanner.usecases.history import redo, steps, undo
from accountplanner.usecases.importing import apply_import, preview_import
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.reviewing import accept, queue, reject, resolve
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def ben(laptops: Laptops, ann: Session, picture: Picture) -> Session:  # noqa: ARG001 - Ann has it before he joins
    return laptops.join(ann)


@pytest.fixture
def book(ann: Session, ben: Session, tmp_path: Path) -> Path:
    """Ann's team workbook, which Ben has taken in."""
    file = sent(ann, tmp_path / "team.xlsx")
    bring(ben, file)
    return file


# --- two laptops ----------------------------------------------------------------------------------------------------


def test_a_team_workbook_brings_the_whole_picture(ann: Session, ben: Session, tmp_path: Path) -> None:
    result = bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    assert result.counts.records == {"account": 3, "contact": 3, "partner": 1, "scope": 2}
    assert (result.counts.conflicts, result.counts.suggestions, result.counts.problems) == (0, 0, 0)
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    assert agree(ann, ben)
    assert verify(ann) == verify(ben) == []


def test_an_untouched_workbook_coming_back_changes_nothing(ann: Session, ben: Session, book: Path) -> None:
    before = dump(ann), dump(ben), len(steps(ann))
    for session in (ann, ben):
        result = bring(session, book)
        assert (result.step, result.counts.changed, result.counts.new, result.counts.suggestions) == (0, 0, 0, 0)
    resaved = reworked(book, book.with_name("resaved.xlsx"), lambda _: None)
    assert (bring(ann, resaved).step, bring(ben, resaved).step) == (0, 0)
    assert (dump(ann), dump(ben), len(steps(ann))) == before


def test_a_copy_imported_twice_is_one_step(ann: Session, picture: Picture, book: Path, tmp_path: Path) -> None:
    copy = filled(book, tmp_path / "copy.xlsx", ("Accounts", "Alpine", "City", "Lillehammer"))
    first = bring(ann, copy)
    assert (first.counts.changed, first.step > 0) == (1, True)
    assert value(ann, picture.accounts["Alpine"], "city") == "Lillehammer"
    again = bring(ann, copy)
    assert (again.step, again.counts.changed) == (0, 0)
    assert any("imported before" in notice for notice in again.notices)
    resaved = reworked(copy, tmp_path / "resaved.xlsx", lambda _: None)
    assert bring(ann, resaved).step == 0


@pytest.mark.slow
def test_the_order_of_files_does_not_matter(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    alpine = picture.accounts["Alpine"]
    one = filled(book, tmp_path / "one.xlsx", ("Accounts", "Alpine", "City", "Drammen"), _INDUSTRY)
    other = filled(book, tmp_path / "other.xlsx", ("Accounts", "Alpine", "City", "Bodø"))
    say(ann, alpine, "city", "Hamar")
    say(ben, alpine, "phone", "+47 1")
    cleo = laptops.join(ann, "Cleo")
    say(cleo, cleo.store.identity.member, "name", "Cleo")
    from_ann, from_ben = sent(ann, tmp_path / "from-ann.xlsx"), sent(ben, tmp_path / "from-ben.xlsx")
    bring(ann, one, from_ben, other)
    bring(ben, other)
    bring(ben, from_ann)
    bring(ben, one)
    for file in (other, from_ben, one, from_ann):
        bring(cleo, file)
    level(tmp_path, ann, ben, cleo)
    assert agree(ann, ben, cleo)
    assert values(ann, alpine, "city") == {"Hamar", "Drammen", "Bodø"}
    assert value(cleo, alpine, "industry") == "Fish"
    assert verify(ann) == verify(ben) == verify(cleo) == []


_INDUSTRY = ("Accounts", "Alpine", "Industry", "Fish")


@pytest.mark.slow
def test_every_order_of_four_files_gives_the_same_picture(
    laptops: Laptops, ann: Session, ben: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    alpine = picture.accounts["Alpine"]
    files = [filled(book, tmp_path / "one.xlsx", ("Accounts", "Alpine", "City", "Drammen"), _INDUSTRY)]
    say(ben, alpine, "city", "Moss")
    say(ben, picture.contacts["Kari Nordmann"], "mackay_children", "privately known", layer=Layer.ME)
    files.append(sent(ben, tmp_path / "ben-1.xlsx"))
    files.append(filled(files[1], tmp_path / "later.xlsx", ("Accounts", "Alpine", "City", "Larvik")))
    say(ben, alpine, "city", "Skien")
    files.append(sent(ben, tmp_path / "ben-2.xlsx"))
    dumps = set()
    for number, order in enumerate(permutations(files)):
        reader = laptops.join(ann, f"Reader {number}")
        say(reader, picture.contacts["Kari Nordmann"], "mackay_spouse", f"secret {number}", layer=Layer.ME)
        for file in order:
            bring(reader, file)
        dumps.add(_without_members(reader))
        assert verify(reader) == []
        reader.close()
    assert len(dumps) == 1


def _without_members(session: Session) -> str:
    """What was said of customers: each reader knows itself as a member, and nobody else does yet."""
    return str([(key, said) for key, said in _loaded(session).items() if key != "members"])


def _loaded(session: Session) -> dict[str, object]:
    import json  # noqa: PLC0415

    loaded: dict[str, object] = json.loads(dump(session))
    return loaded


@pytest.mark.slow
def test_private_values_on_one_laptop_change_nothing_in_the_shared_picture(
    ann: Session, ben: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    say(ben, alpine, "city", "Only Ben knows", layer=Layer.ME)
    say(ben, kari, "mackay_spouse", "Per")
    copy = filled(book, tmp_path / "copy.xlsx", ("Accounts", "Alpine", "City", "Drammen"))
    say(ann, alpine, "tier", "a")
    bring(ben, copy)
    level(tmp_path, ann, ben)
    bring(ann, copy)
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert value(ben, alpine, "city") == "Drammen"
    shown = {line.layer: line.values[0].value for line in record_page(ben, alpine).lines if line.field.key == "city"}
    assert shown == {Layer.TEAM: "Drammen", Layer.ME: "Only Ben knows"}


# --- undo, unticking, conflicts -------------------------------------------------------------------------------------


def test_after_undo_the_same_file_changes_nothing_and_redo_brings_it_back(
    ann: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    alpine = picture.accounts["Alpine"]
    copy = filled(book, tmp_path / "copy.xlsx", ("Accounts", "Alpine", "City", "Drammen"))
    bring(ann, copy)
    undo(ann)
    assert value(ann, alpine, "city") == "Oslo"
    before = dump(ann)
    again = bring(ann, copy)
    assert (again.step, dump(ann)) == (0, before)
    redo(ann)
    assert value(ann, alpine, "city") == "Drammen"


@pytest.mark.usefixtures("book")
def test_undo_of_an_import_takes_back_no_batch_of_a_colleague(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    say(ben, picture.accounts["Borealis"], "city", "Stavanger")
    copy = filled(sent(ben, tmp_path / "ben.xlsx"), tmp_path / "copy.xlsx", ("Accounts", "Alpine", "City", "Drammen"))
    bring(ann, copy)
    undo(ann)
    assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"
    assert value(ann, picture.accounts["Borealis"], "city") == "Stavanger"


def test_an_unticked_change_is_not_brought_back_by_a_colleague_who_took_it(
    ann: Session, ben: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    alpine, borealis = picture.accounts["Alpine"], picture.accounts["Borealis"]
    answers = [("Accounts", "Alpine", "City", "Wrong"), ("Accounts", "Borealis", "City", "Right")]
    copy = filled(book, tmp_path / "copy.xlsx", *answers, ("Accounts", "Borealis", "Parent account", "Alpine"))
    preview = preview_import(ann, [copy])
    assert {(item.title, item.label): item.after for item in preview.items} == {
        ("Alpine", "City"): "Wrong",
        ("Borealis", "City"): "Right",
        ("Borealis", "Parent account"): "Alpine",
    }
    unwanted = [item.mark for item in preview.items if item.record == alpine]
    result = apply_import(ann, preview, unwanted)
    assert (value(ann, alpine, "city"), value(ann, borealis, "city")) == ("Oslo", "Right")
    bring(ben, copy)
    assert value(ben, alpine, "city") == "Wrong"
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert values(ben, alpine, "city") == {"Oslo"}
    assert bring(ann, copy).step == 0
    assert result.step == steps(ann)[-1].number or steps(ann)[-1].undoable is False
    undo(ann)
    assert (value(ann, alpine, "city"), value(ann, borealis, "city")) == ("Oslo", "Bergen")


@pytest.mark.slow
def test_an_unticked_first_value_leaves_the_field_blank_everywhere(
    ann: Session, ben: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    alpine = picture.accounts["Alpine"]
    copy = filled(book, tmp_path / "copy.xlsx", _INDUSTRY)
    preview = preview_import(ann, [copy])
    apply_import(ann, preview, [item.mark for item in preview.items])
    bring(ben, copy)
    level(tmp_path, ann, ben)
    assert value(ann, alpine, "industry") is value(ben, alpine, "industry") is None
    assert agree(ann, ben)


@pytest.mark.slow
def test_a_conflict_is_seen_everywhere_and_settled_once(
    ann: Session, ben: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    alpine = picture.accounts["Alpine"]
    say(ann, alpine, "city", "Hamar")
    say(ben, alpine, "city", "Moss")
    level(tmp_path, ann, ben)
    for session in (ann, ben):
        (item,) = queue(session)
        assert (item.kind, {each.value for each in item.values}) == ("conflict", {"Hamar", "Moss"})
    shown = [each.value for each in queue(ben)[0].values]
    resolve(ben, queue(ben)[0].id, shown.index("Hamar") + 1)
    level(tmp_path, ben, ann)
    assert queue(ann) == queue(ben) == []
    for file in tmp_path.glob("level-*.xlsx"):
        bring(ann, file)
        bring(ben, file)
    assert bring(ann, book).step == 0
    assert values(ann, alpine, "city") == values(ben, alpine, "city") == {"Hamar"}
    assert agree(ann, ben)


# --- a partner ------------------------------------------------------------------------------------------------------


def test_a_partners_answers_stand_beside_ours_and_their_facts_are_attributed(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    alpine = picture.accounts["Alpine"]
    say(ann, alpine, "satisfaction", "unhappy")
    asked = export_partner(ann, picture.partner, tmp_path / "partner.xlsx").path
    answered = filled(
        asked,
        tmp_path / "answered.xlsx",
        ("Accounts", "Alpine", "How satisfied are they with us", "Very satisfied"),
        ("Accounts", "Alpine", "Website", "www.alpine.example"),
        ("Registrations", "", "Customer", "Hafenkantine"),
    )
    waiting = bring(ben, answered)
    assert (waiting.counts.held, waiting.step) == (1, 0)
    bring(ann, answered)
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    bring(ann, sent(ben, tmp_path / "ben.xlsx"))
    for session in (ann, ben):
        assert value(session, alpine, "satisfaction", ann.store.voice) == "unhappy"
        assert value(session, alpine, "satisfaction", picture.partner) == "very"
        assert not any(item.kind == "conflict" for item in queue(session))
        website = record_page(session, alpine).line("website").values[0]
        assert (website.speaker, website.how) == ("Exotic Liquids", "partner")
        assert [each.values["customer_name"] for each in session.store.every("registration")] == ["Hafenkantine"]
    assert agree(ann, ben)


@pytest.mark.slow
def test_a_partners_file_that_comes_first_waits_and_is_taken_in_later(
    ann: Session, ben: Session, picture: Picture, tmp_path: Path
) -> None:
    asked = export_partner(ann, picture.partner, tmp_path / "partner.xlsx").path
    answered = filled(asked, tmp_path / "answered.xlsx", ("Accounts", "Alpine", "Website", "www.alpine.example"))
    assert bring(ben, answered).counts.held == 1
    (item,) = queue(ben)
    assert (item.kind, item.title) == ("waiting", "answered.xlsx")
    told = bring(ben, sent(ann, tmp_path / "later.xlsx")).notices
    assert any("had waited" in sentence for sentence in told)
    assert queue(ben) == []
    assert value(ben, picture.accounts["Alpine"], "website") == "www.alpine.example"
    assert bring(ben, answered).step == 0
    bring(ann, answered)
    level(tmp_path, ann, ben)
    assert agree(ann, ben)


# --- cells and rows -------------------------------------------------------------------------------------------------


def test_a_blank_clears_nothing_and_the_clear_mark_does(
    ann: Session, picture: Picture, book: Path, tmp_path: Path
) -> None:
    copy = filled(
        book, tmp_path / "blank.xlsx", ("Accounts", "Alpine", "City", ""), ("Accounts", "Borealis", "City", " ")
    )
    assert bring(ann, copy).step == 0
    cleared = filled(book, tmp_path / "clear.xlsx", ("Accounts", "Alpine", "City", "(clear)"))
    bring(ann, cleared)
    assert value(ann, picture.accounts["Alpine"], "city") is None
    assert value(ann, picture.accounts["Borealis"], "city") == "Bergen"
    undo(ann)
    assert value(ann, picture.accounts["Alpine"], "city") == "Oslo"
    nameless = filled(book, tmp_path / "nameless.xlsx", ("Accounts", "Alpine", "Name", "(clear)"))
    assert bring(ann, nameless).counts.suggestions == 1
    assert value(ann, picture.accounts["Alpine"], "name") == "Alpine"


@pytest.mark.slow
def test_a_filled_spare_row_makes_the_same_record_on_both_laptops(
    ann: Session, ben: Session, book: Path, tmp_path: Path
) -> None:
    copy = filled(book, tmp_path / "copy.xlsx", ("Accounts", "", "Name", "Delta"), ("Accounts", "Delta", "City", "Ulm"))
    assert bring(ann, copy).counts.records == bring(ben, copy).counts.records == {"account": 1}
    made = {each.store.records_titled("account", "Delta")[0] for each in (ann, ben)}
    assert len(made) == 1
    level(tmp_path, ann, ben)
    assert agree(ann, ben)


def test_a_row_taken_out_is_only_proposed_for_removal(ann: Session, ben: Session, book: Path, tmp_path: Path) -> None:
    def take_out(workbook: openpyxl.Workbook) -> None:
        workbook["Accounts"].delete_rows(row_of(workbook["Accounts"], "Alpine"))

    copy = reworked(book, tmp_path / "copy.xlsx", take_out)
    for session in (ann, ben):
        result = bring(session, copy)
        assert (result.counts.removed, result.step) == (1, 0)
        assert session.store.counts()["account"] == 3
    (item,) = queue(ann)
    assert (item.kind, item.title) == ("removal", "Alpine")
    reject(ann, [item.id])
    bring(ann, copy)
    assert queue(ann) == []
    accept(ben, [queue(ben)[0].id])
    assert ben.store.records_titled("account", "Alpine") == []
    undo(ben)
    assert ben.store.records_titled("account", "Alpine") != []


@pytest.mark.slow
def test_a_row_without_a_key_is_a_suggestion_with_one_id_everywhere(
    ann: Session, ben: Session, book: Path, tmp_path: Path
) -> None:
    def type_below(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Accounts"]
        last = sheet.max_row + 1
        sheet.cell(last, column_of(sheet, "Name")).value = "Epsilon"
        sheet.cell(last, column_of(sheet, "City")).value = "Ulm"

    copy = reworked(book, tmp_path / "copy.xlsx", type_below)
    for session in (ann, ben):
        assert (bring(session, copy).counts.suggestions, session.store.counts()["account"]) == (1, 3)
        (item,) = queue(session)
        assert item.kind == "row"
        accept(session, [item.id])
    made = {each.store.records_titled("account", "Epsilon")[0] for each in (ann, ben)}
    assert len(made) == 1
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert queue(ann) == queue(ben) == []


def test_rows_sorted_with_their_keys_change_nothing(ann: Session, book: Path, tmp_path: Path) -> None:
    def sort_backwards(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Accounts"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=4)]
        for number, row in enumerate(reversed(rows), 2):
            for column, text in enumerate(row, 1):
                sheet.cell(number, column).value = text

    result = bring(ann, reworked(book, tmp_path / "sorted.xlsx", sort_backwards))
    assert (result.step, result.counts.suggestions, result.counts.held) == (0, 0, 0)


@pytest.mark.slow
def test_a_rejected_row_stays_rejected_on_a_laptop_that_reads_it_later(
    ann: Session, ben: Session, book: Path, tmp_path: Path
) -> None:
    def take_out(workbook: openpyxl.Workbook) -> None:
        workbook["Accounts"].delete_rows(row_of(workbook["Accounts"], "Alpine"))

    copy = reworked(book, tmp_path / "copy.xlsx", take_out)
    bring(ann, copy)
    reject(ann, ["all"])
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    bring(ben, copy)
    assert queue(ben) == []
