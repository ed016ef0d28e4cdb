"""Nothing stands above itself: not typed, and where two laptops make a circle together it is shown and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, level, say, value

from accountplanner.domain.errors import ValueRefusedError
from accountplanner.usecases.bulk_editing import set_many
from accountplanner.usecases.circles import circles_found
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def test_an_account_is_not_put_above_itself_however_long_the_way_round(ann: Session, picture: Picture) -> None:
    alpine, cafe = picture.accounts["Alpine"], picture.accounts["Café Nord"]
    third, _ = create_record(ann, "account", {"name": "Third", "parent": cafe})
    say(ann, cafe, "parent", "Alpine")
    for wanted, expected in (
        ("Alpine", "another record than this one"),
        ("Third", "one that does not itself stand below"),
    ):
        with pytest.raises(ValueRefusedError, match=f"“{wanted}” does not fit; expected {expected}"):
            say(ann, alpine, "parent", wanted)
    with pytest.raises(ValueRefusedError, match="does not itself stand below"):
        set_many(ann, [alpine], "parent", "Third")
    assert value(ann, alpine, "parent") is None
    assert circles_found(ann) == []
    say(ann, third, "parent", "Alpine")
    assert value(ann, third, "parent") == alpine


def test_people_do_not_report_to_themselves(ann: Session, picture: Picture) -> None:
    boss, _ = create_record(ann, "contact", {"name": "Boss", "account": picture.accounts["Alpine"]})
    under, _ = create_record(
        ann, "contact", {"name": "Under", "account": picture.accounts["Alpine"], "reports_to": boss}
    )
    with pytest.raises(ValueRefusedError, match="Reports to: “Under” does not fit"):
        say(ann, boss, "reports_to", under)


def test_halves_of_a_circle_meet_without_harm_and_are_told(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    alpine, cafe = picture.accounts["Alpine"], picture.accounts["Café Nord"]
    ben = laptops.join(ann, "Ben")
    level(tmp_path, ann, ben)
    say(ann, alpine, "parent", "Café Nord")
    say(ben, cafe, "parent", "Alpine")
    level(tmp_path, ann, ben)
    assert agree(ann, ben)
    for laptop in (ann, ben):
        assert (value(laptop, alpine, "parent"), value(laptop, cafe, "parent")) == (cafe, alpine)
        assert record_page(laptop, alpine).title == "Alpine"
        assert verify(laptop) == []
        (told,) = circles_found(laptop)
        assert told.startswith("Parent account runs in a circle: “")
        assert {"“Alpine”", "“Café Nord”"} <= set(
            told.removesuffix(". Correct one of them.").split(": ")[1].split(" → ")
        )
        with pytest.raises(ValueRefusedError, match="does not itself stand below"):
            say(laptop, picture.accounts["Alpine"], "parent", "Café Nord")
    set_value(ann, Typed(cafe, "parent", "", clear=True))
    assert circles_found(ann) == []


def test_a_customer_merged_with_its_own_parent_is_told(ann: Session, picture: Picture) -> None:
    alpine, cafe = picture.accounts["Alpine"], picture.accounts["Café Nord"]
    say(ann, cafe, "parent", "Alpine")
    merge_records(ann, alpine, cafe)
    assert [each.count("→") for each in circles_found(ann)] == [1]
    assert record_page(ann, alpine).merged
