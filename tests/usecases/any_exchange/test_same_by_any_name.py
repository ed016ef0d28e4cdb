"""Nothing depends on what people, sheets and columns are called, or where they stand: the same was said, the same is shown."""

from __future__ import annotations

import random
from itertools import count, permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, filled, say, sent
from tests.usecases.any_exchange.copies import copy_of, work_on
from tests.usecases.any_exchange.ground import NAMES
from tests.usecases.any_exchange.ledger import standing

from accountplanner.domain.ids import kind_of
from accountplanner.usecases.editing import create_record, delete_record
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.reviewing import queue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.any_exchange.ground import Ground

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.slow

Told = list[tuple[str, bool, bool, list[tuple[str, str, list[str]]]]]


def _told(session: Session, roles: Sequence[Session] = ()) -> Told:
    """What a laptop shows of customers, people and notes, with parts instead of names and without ids of new records."""
    names = {each.store.identity.member: f"part {number}" for number, each in enumerate(roles)}
    found = []
    for place, (exists, disputed, values) in standing(session).items():
        kind = kind_of(place.partition(" ")[2])
        if kind in {"account", "contact", "note"}:
            said = sorted((field, names.get(voice, voice), sorted(held)) for (field, voice), held in values.items())
            found.append((kind, exists, disputed, said))
    return sorted(found)


def _history(parts: Sequence[Session], picture: Picture, folder: Path) -> Told:
    """One sends a workbook, one fills it in while others type, one merges; in the end everybody has heard everything."""
    first, second, third = parts
    alpine, borealis, cafe = picture.accounts.values()
    numbers = count()

    def path() -> Path:
        return folder / f"{next(numbers)}.xlsx"

    book = sent(first, path())
    say(first, alpine, "city", "Hamar")
    say(second, alpine, "city", "Moss")
    say(second, borealis, "satisfaction", "unhappy")
    say(third, borealis, "satisfaction", "very")
    create_record(second, "note", {"text": "They move in May", "account": cafe})
    bring(
        third,
        filled(book, path(), ("Accounts", "Alpine", "City", "Larvik"), ("Contacts", "Siv Lund", "Job title", "Chef")),
    )
    delete_record(second, picture.contacts["Siv Lund"])
    merge_records(third, alpine, borealis)
    for _ in range(2):
        files = [sent(each, path()) for each in parts]
        for each in parts:
            bring(each, *files)
    shown = [_told(each, parts) for each in parts]
    assert shown[0] == shown[1] == shown[2]
    return shown[0]


def test_whoever_of_three_does_which_part_the_picture_is_the_same(ground: Ground, tmp_path: Path) -> None:
    told = []
    for order in permutations(NAMES[:3]):
        ground.begin(7)
        folder = tmp_path / "-".join(order)
        folder.mkdir()
        told.append(_history([ground.laptop(name) for name in order], ground.picture, folder))
    assert ("city", "", ["Bergen", "Hamar", "Larvik", "Moss"]) in [line for each in told[0] for line in each[3]]
    assert all(each == told[0] for each in told)


ACTS = ("sort_all", "insert_row", "insert_column", "move_column", "rename_sheet", "save_noisily", "lose_properties")


def test_a_copy_with_other_names_and_places_says_the_same(ground: Ground, tmp_path: Path) -> None:
    ground.begin(7)
    ann, dice = ground.laptop(NAMES[0]), random.Random(7)  # noqa: S311 - dice
    made = export_team(ann, tmp_path / "book.xlsx")
    record = known_export(ann, made.export_id)
    assert record is not None
    copy, words = copy_of(made.path, record).fork(tmp_path / "copy.xlsx"), count()
    work_on(copy, ["edit"] * 8, dice, lambda _record, _key: f"Word {next(words)}")
    assert len(copy.meant) > 3
    plain, asked = _brought(ground, copy.path)
    for act in ACTS:
        other = copy.fork(tmp_path / f"{act}.xlsx")
        work_on(other, [act], dice, lambda *_: "")
        shown, waiting = _brought(ground, other.path)
        # What stands in a column of somebody's own is asked about, too.
        assert (shown, waiting >= asked) == (plain, True), act


def _brought(ground: Ground, file: Path) -> tuple[Told, set[str]]:
    ben = ground.laptop(NAMES[1])
    bring(ben, file)
    return _told(ben), {each.id for each in queue(ben)}
