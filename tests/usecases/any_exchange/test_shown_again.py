"""A copy that shows what was sent again, where an earlier file of the same export had an answer.

Nothing is ever withdrawn by that alone: one copy may be in several hands.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import agree, bring, filled, reworked, row_of, say, values

from accountplanner.usecases.erasing import erase
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.reviewing import accept, queue, reject
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl
    from tests.usecases.any_exchange.conftest import Team

    from accountplanner.usecases.session import Session
    from accountplanner.usecases.waiting import QueueItem

pytestmark = pytest.mark.slow


def answered(team: Team, source: Path, name: str, *answers: tuple[str, str, str]) -> Path:
    """A copy under a name of its own, in a folder of its own, with some answers (account, header, text)."""
    folder = team.path("")
    folder.mkdir()
    return filled(source, folder / name, *(("Accounts", *each) for each in answers))


def proposed(session: Session) -> list[QueueItem]:
    return [item for item in queue(session) if item.kind == "withdrawal"]


def _remembered(session: Session, record: str) -> bool:
    """Whether what this laptop keeps of the answers of files names a record."""
    return any(record.encode() in text for text in session.store.locals("answers of ").values())


def twice(team: Team) -> tuple[Path, Path]:
    """One copy returned with another city, and again with the city that was sent."""
    book = team.book(team.ann)
    first = answered(team, book, "plan.xlsx", ("Alpine", "City", "Bremen"))
    return first, answered(team, first, "plan (1).xlsx", ("Alpine", "City", "Oslo"))


def test_the_value_that_was_sent_shown_again_is_proposed_and_taken_back_once_accepted(team: Team) -> None:
    first, second = twice(team)
    bring(team.ann, first)
    assert bring(team.ann, second).counts.suggestions == 1
    bring(team.ann, second)
    assert values(team.ann, team.alpine, "city") == {"Bremen"}
    (item,) = proposed(team.ann)
    assert (item.now, item.proposed, item.preselected) == ("Bremen", "Oslo", True)
    for words in ("plan (1).xlsx", "“Oslo” again", "“Bremen”"):
        assert words in item.reason
    accept(team.ann, ["all"])
    assert (values(team.ann, team.alpine, "city"), proposed(team.ann)) == ({"Oslo"}, [])
    undo(team.ann)
    assert (values(team.ann, team.alpine, "city"), [each.id for each in proposed(team.ann)]) == ({"Bremen"}, [item.id])
    accept(team.ann, [item.id])
    bring(team.ann, first, second)
    bring(team.cleo, first)
    assert team.stands(team.alpine, "city") == {"Oslo"}


@pytest.mark.parametrize("turned", [False, True])
def test_two_laptops_that_take_the_same_answer_back_end_alike(team: Team, turned: bool) -> None:  # noqa: FBT001
    files = twice(team)
    for each in (team.ann, team.ben):
        bring(each, files[0])
        bring(each, files[1])
    assert [item.id for item in proposed(team.ann)] == [item.id for item in proposed(team.ben)]
    for each in (team.ben, team.ann) if turned else (team.ann, team.ben):
        accept(each, [item.id for item in proposed(each)])
    assert team.stands(team.alpine, "city") == {"Oslo"}
    assert agree(*team.everybody)
    assert verify(team.ann) == []


def test_only_the_one_answer_goes_and_what_was_typed_meanwhile_stays(team: Team) -> None:
    first, second = twice(team)
    say(team.ben, team.alpine, "city", "Moss")
    bring(team.ann, first)
    bring(team.ann, second)
    team.send(team.ben, team.ann)
    assert values(team.ann, team.alpine, "city") == {"Bremen", "Moss"}
    accept(team.ann, [item.id for item in proposed(team.ann)])
    assert team.stands(team.alpine, "city") == {"Moss"}


def test_a_refused_proposal_leaves_the_answer_and_one_about_an_answer_gone_is_dropped(team: Team) -> None:
    first, second = twice(team)
    for each in (team.ann, team.ben):
        bring(each, first)
        bring(each, second)
    reject(team.ann, [item.id for item in proposed(team.ann)])
    bring(team.ann, second)
    assert (values(team.ann, team.alpine, "city"), proposed(team.ann)) == ({"Bremen"}, [])
    say(team.ben, team.alpine, "city", "Moss")
    assert proposed(team.ben) == []
    assert team.stands(team.alpine, "city") == {"Moss"}


def test_a_file_with_every_other_answer_is_a_later_state_whatever_it_is_called(team: Team) -> None:
    book = team.book(team.ann)
    phone = ("Alpine", "Phone", "+47 1")
    bring(team.ann, answered(team, book, "from Kari.xlsx", phone, ("Alpine", "City", "Bremen")))
    bring(team.ann, answered(team, book, "final.xlsx", phone, ("Borealis", "City", "Moss")))
    (item,) = proposed(team.ann)
    assert (item.now, item.proposed) == ("Bremen", "Oslo")


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_copy_split_among_three_proposes_nothing_in_any_order(team: Team, order: tuple[int, ...]) -> None:
    book = team.book(team.ann)
    places = [("Alpine", "City", "Bremen"), ("Borealis", "City", "Moss"), ("Café Nord", "City", "Vardø")]
    split = [answered(team, book, "plan.xlsx", place) for place in places]
    for number in order:
        bring(team.ann, split[number])
    assert proposed(team.ann) == []
    for title, _, city in places:
        assert values(team.ann, team.picture.accounts[title], "city") == {city}


def test_a_cell_without_a_value_or_a_file_without_its_hidden_sheet_proposes_nothing(team: Team) -> None:
    def emptied(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Accounts"]
        city = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "City")
        sheet.cell(row_of(sheet, "Alpine"), city).value = None

    first, second = twice(team)
    bring(team.ann, first)
    bring(team.ann, reworked(first, second.parent / "plan (2).xlsx", emptied))
    bring(
        team.ann, reworked(second, second.parent / "plan (3).xlsx", lambda workbook: workbook.remove(workbook["_sync"]))
    )
    assert proposed(team.ann) == []
    bring(team.ann, second)
    assert len(proposed(team.ann)) == 1


def test_what_files_answered_about_somebody_erased_is_kept_no_more(team: Team) -> None:
    kari, book = team.picture.contacts["Kari Nordmann"], team.book(team.ann)
    first = filled(book, team.path(), ("Contacts", "Kari Nordmann", "E-mail", "k@firm.example"))
    bring(team.ann, first)
    assert _remembered(team.ann, kari)
    erase(team.ann, kari)
    assert not _remembered(team.ann, kari)


def test_an_untouched_copy_of_another_name_proposes_nothing(team: Team) -> None:
    first, second = twice(team)
    bring(team.ann, first)
    bring(team.ann, answered(team, second, "another.xlsx"))
    assert proposed(team.ann) == []
    assert team.stands(team.alpine, "city") == {"Bremen"}


# --- accepted, taken back, accepted again ---------------------------------------------------------------------------


def over_and_over(team: Team, record: str, without: set[str], beside: set[str]) -> None:
    """Whatever is undone and done again between, the answer goes and all that stands without it comes."""
    for _ in range(2):
        (item,) = proposed(team.ann)
        accept(team.ann, [item.id])
        assert values(team.ann, record, "city") == without
        undo(team.ann)
        assert values(team.ann, record, "city") == {"Bremen", *beside}
    redo(team.ann)
    assert team.stands(record, "city") == without


def test_nothing_is_lost_of_records_that_were_merged_while_they_differed(team: Team) -> None:
    files = twice(team)
    merge_records(team.ann, team.alpine, team.picture.accounts["Café Nord"])
    for file in files:
        bring(team.ann, file)
    over_and_over(team, team.ann.store.root(team.alpine), {"Oslo", "Tromsø"}, {"Tromsø"})


def test_nothing_is_lost_of_what_a_colleague_typed_without_knowing_of_either(team: Team) -> None:
    say(team.ann, team.alpine, "city", "Hamar")
    say(team.ben, team.alpine, "city", "Moss")
    book = team.book(team.ann)
    first = answered(team, book, "plan.xlsx", ("Alpine", "City", "Bremen"))
    bring(team.ann, first)
    bring(team.ann, answered(team, first, "plan (1).xlsx", ("Alpine", "City", "Hamar")), team.book(team.ben))
    over_and_over(team, team.alpine, {"Hamar", "Moss"}, {"Moss"})


def test_what_was_typed_over_an_answer_and_taken_back_does_not_come_back_with_the_value_that_was_sent(
    team: Team,
) -> None:
    first, second = twice(team)
    bring(team.ann, first)
    say(team.ann, team.alpine, "city", "Vardø")
    undo(team.ann)
    bring(team.ann, second)
    over_and_over(team, team.alpine, {"Oslo"}, set())


def pair(team: Team, book: Path, answer: tuple[str, str], shown: str) -> tuple[Path, Path]:
    """A copy with another city of an account, and the same copy with the city it had shown."""
    account, city = answer
    first = answered(team, book, f"{city}.xlsx", (account, "City", city))
    return first, answered(team, first, f"{city} (1).xlsx", (account, "City", shown))


@pytest.mark.parametrize("at_once", [True, False])
def test_of_two_answers_that_are_taken_back_none_comes_back_with_the_other(team: Team, at_once: bool) -> None:  # noqa: FBT001
    book = team.book(team.ann)
    one, other = pair(team, book, ("Alpine", "Bremen"), "Oslo"), pair(team, book, ("Alpine", "Moss"), "Oslo")
    for file in (one[0], other[0], one[1], other[1]):
        bring(team.ann, file)
    items = proposed(team.ann)
    assert {(item.now, item.proposed) for item in items} == {("Bremen", "Moss"), ("Moss", "Bremen")}
    for ids in ([item.id for item in items],) if at_once else [[item.id] for item in items]:
        accept(team.ann, ids)
    assert team.stands(team.alpine, "city") == {"Oslo"}
    undo(team.ann)
    assert values(team.ann, team.alpine, "city") == ({"Bremen", "Moss"} if at_once else {items[1].now})
    redo(team.ann)
    assert team.stands(team.alpine, "city") == {"Oslo"}


def test_of_two_answers_about_records_that_are_one_both_are_taken_back(team: Team) -> None:
    book = team.book(team.ann)
    one, other = pair(team, book, ("Alpine", "Bremen"), "Oslo"), pair(team, book, ("Café Nord", "Moss"), "Tromsø")
    merge_records(team.ann, team.alpine, team.picture.accounts["Café Nord"])
    for file in (one[0], other[0], one[1], other[1]):
        bring(team.ann, file)
    accept(team.ann, ["all"])
    assert team.stands(team.ann.store.root(team.alpine), "city") == {"Oslo", "Tromsø"}
