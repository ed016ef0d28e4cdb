"""Two records that are one customer: united while somebody says so, whoever hears of it in whatever order."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, level, say, sent, value, values

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.usecases.browsing import ListQuery, account_rows, find, list_numbers
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.merging import merge_records, part_records
from accountplanner.usecases.naming import find_record
from accountplanner.usecases.notes import write_note
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.partners import scope_of, set_scope
from accountplanner.usecases.timeline import read_timeline
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def _purchase(session: Session, account: str, number: str) -> str:
    told = {"account": account, "order_number": number, "ordered_on": "2026-05-01", "amount": "10 EUR"}
    return create_record(session, "purchase", told)[0]


def test_contacts_and_purchases_follow_and_undo_parts_them(ann: Session, picture: Picture) -> None:
    alpine, cafe = picture.accounts["Alpine"], picture.accounts["Café Nord"]
    _purchase(ann, alpine, "1")
    _purchase(ann, cafe, "2")
    say(ann, cafe, "city", "Only of the café", layer=Layer.ME)
    before = ann.store.counts()
    merge_records(ann, alpine, cafe)
    root = min(alpine, cafe)
    assert ann.store.root(alpine) == ann.store.root(cafe) == root
    assert ann.store.counts()["account"] == 2
    assert {each.values["name"] for each in ann.store.records_with("contact", "account", alpine)} == {
        "Kari Nordmann", "Siv Lund",
    }  # fmt: skip
    assert len(ann.store.records_with("purchase", "account", root)) == 2
    row = next(each for each in account_rows(ann, list_numbers(ann, ListQuery("account"))) if each.record == root)
    assert (row.orders, row.contacts) == (2, 2)
    assert values(ann, root, "city") == {"Oslo", "Tromsø"}
    assert set(record_page(ann, cafe).merged) == {alpine, cafe}
    assert {find_record(ann, "account", name) for name in (alpine, cafe)} == {root}
    assert {hit.record for hit in find(ann, "Siv")} == {picture.contacts["Siv Lund"]}
    assert verify(ann) == []
    undo(ann)
    assert ann.store.counts() == before
    assert values(ann, alpine, "city") == {"Oslo"}
    assert value(ann, cafe, "city") == "Tromsø"
    assert len(ann.store.records_with("contact", "account", cafe)) == 1
    assert verify(ann) == []
    redo(ann)
    part_records(ann, alpine, cafe)
    assert ann.store.counts() == before
    assert verify(ann) == []


def _private(session: Session, account: str) -> set[str]:
    return {line.text for line in read_timeline(session, account).lines if line.is_private}


def test_private_notes_follow_a_merge_and_its_undo(ann: Session, picture: Picture) -> None:
    one, other = sorted((picture.accounts["Alpine"], picture.accounts["Borealis"]))
    write_note(ann, one, "of one", is_private=True)
    write_note(ann, other, "of the other", is_private=True)
    merge_records(ann, one, other)
    assert _private(ann, one) == {"of one", "of the other"}
    undo(ann)
    assert (_private(ann, one), _private(ann, other)) == ({"of one"}, {"of the other"})
    assert verify(ann) == []


@pytest.mark.slow
def test_private_notes_follow_whoever_merges_or_parts(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    one, other = sorted((picture.accounts["Alpine"], picture.accounts["Borealis"]))
    write_note(ann, one, "of one", is_private=True)
    write_note(ann, other, "of the other", is_private=True)
    ben = laptops.join(ann, "Ben")
    level(tmp_path, ann, ben)
    merge_records(ben, one, other)
    bring(ann, sent(ben, tmp_path / "merged.xlsx"))
    assert _private(ann, one) == {"of one", "of the other"}
    part_records(ben, one, other)
    bring(ann, sent(ben, tmp_path / "parted.xlsx"))
    assert (_private(ann, one), _private(ann, other)) == ({"of one"}, {"of the other"})
    merge_records(ann, one, other)
    bring(ben, sent(ann, tmp_path / "again.xlsx"))
    assert _private(ben, one) == set()
    part_records(ben, one, other)
    bring(ann, sent(ben, tmp_path / "parted again.xlsx"))
    assert (_private(ann, one), _private(ann, other)) == ({"of one"}, {"of the other"})
    assert verify(ann) == []


def test_a_partner_sees_a_merged_account_only_while_all_its_parts_are_theirs(ann: Session, picture: Picture) -> None:
    alpine, borealis, cafe = picture.accounts.values()
    merge_records(ann, alpine, cafe)
    assert scope_of(ann, picture.partner) == [borealis]
    set_scope(ann, picture.partner, [cafe], covers=True)
    assert set(scope_of(ann, picture.partner)) == {borealis, min(alpine, cafe)}
    undo(ann)
    undo(ann)
    assert set(scope_of(ann, picture.partner)) == {alpine, borealis}
    merge_records(ann, alpine, borealis)
    assert scope_of(ann, picture.partner) == [min(alpine, borealis)]


def test_merging_needs_two_different_records_of_one_kind(ann: Session, picture: Picture) -> None:
    alpine, borealis, _ = picture.accounts.values()
    for one, other in ((alpine, alpine), (alpine, picture.contacts["Kari Nordmann"])):
        with pytest.raises(WrongUseError):
            merge_records(ann, one, other)
    merge_records(ann, alpine, borealis)
    with pytest.raises(WrongUseError, match="already"):
        merge_records(ann, borealis, alpine)


@pytest.mark.slow
def test_merged_sets_agree_on_every_laptop_in_every_order(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    alpine, borealis, cafe = picture.accounts.values()
    ben, cleo = laptops.join(ann), laptops.join(ann, "Cleo")
    first = sent(ann, tmp_path / "first.xlsx")
    bring(ben, first)
    bring(cleo, first)
    merge_records(ann, alpine, borealis)
    say(ann, alpine, "city", "Said on the united one")
    merge_records(ben, borealis, cafe)
    say(ben, cafe, "industry", "Coffee")
    say(cleo, cafe, "phone", "+47 33")
    files = [sent(each, tmp_path / f"{number}.xlsx") for number, each in enumerate((ann, ben, cleo))]
    readers = []
    for number, order in enumerate(list(permutations(files))[::2]):
        reader = laptops.join(ann, f"Reader {number}")
        for file in order:
            bring(reader, file)
        assert ann.store.counts()["account"] == 2
        assert reader.store.counts()["account"] == 1
        assert value(reader, min(alpine, borealis, cafe), "industry") == "Coffee"
        assert verify(reader) == []
        readers.append(reader)
    level(tmp_path, ann, ben, cleo, *readers)
    assert agree(ann, ben, cleo, *readers)


def test_parting_on_one_laptop_and_an_edit_on_the_other_agree(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    alpine, borealis, _ = picture.accounts.values()
    merge_records(ann, alpine, borealis)
    ben = laptops.join(ann)
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    undo(ann)
    say(ben, max(alpine, borealis), "city", "Typed on the merged page")
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    assert ann.store.counts()["account"] == ben.store.counts()["account"] == 3
    assert verify(ann) == verify(ben) == []
