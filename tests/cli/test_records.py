"""Saying things about records from the command line, seeing them, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

pytestmark = pytest.mark.usefixtures("workspace")


def test_a_value_carries_who_when_and_how(done: Callable[..., Outcome]) -> None:
    record = done("add", "account", "Contoso", "city=Graz", "--json").json["record"]
    done("add", "contact", "Contoso/Eve Adams")
    source = ("--how", "told", "--sure", "likely", "--said-by", "Contoso/Eve Adams", "--date", "1.11.2026")
    said = done("set", "account", "Contoso", "Phone", "0043 316 1", *source, "--json").json
    assert said["record"] == record
    assert said["changed"] == [record]
    page = done("show", "account", record, "--json").json
    phone = next(line for line in page["fields"] if line["field"] == "phone")["values"][0]
    assert phone["value"] == "0043 316 1"
    assert (phone["speaker"], phone["date"], phone["how"], phone["sure"]) == (
        "Eve Adams",
        "2026-11-01",
        "told",
        "likely",
    )
    assert page["values"] == {"name": "Contoso", "city": "Graz", "phone": "0043 316 1"}
    assert page["children"] == {"contact": 1}
    assert {line["field"] for line in page["history"]} == {"_exists", "name", "city", "phone"}


def test_saying_nothing_new_is_done_and_changes_nothing(done: Callable[..., Outcome]) -> None:
    done("add", "account", "Contoso", "city=Graz")
    before = done("dump").out
    assert done("set", "account", "Contoso", "city", "Graz").out == "Nothing to change.\n"
    assert done("set", "account", "Contoso", "city", " ").out == "Nothing to change.\n"
    assert done("dump").out == before


def test_a_value_goes_away_only_when_asked_to(call: Callable[..., Outcome], done: Callable[..., Outcome]) -> None:
    done("add", "account", "Contoso", "city=Graz")
    done("set", "account", "Contoso", "city", "--clear")
    assert "city" not in done("show", "account", "Contoso", "--json").json["values"]
    assert call("set", "account", "Contoso", "city").code == 2
    assert call("set", "account", "Contoso", "city", "Graz", "--clear").code == 2


def test_a_circle_that_a_merge_made_is_told_by_verify(
    call: Callable[..., Outcome], done: Callable[..., Outcome]
) -> None:
    done("add", "account", "Contoso")
    done("add", "account", "Fabrikam", "parent=Contoso")
    done("merge", "account", "Contoso", "Fabrikam")
    outcome = call("verify")
    assert (outcome.code, outcome.out) == (1, "The workspace is sound.\n")
    assert "Parent account runs in a circle" in outcome.err


def test_a_private_value_stays_out_of_the_dump(done: Callable[..., Outcome]) -> None:
    done("add", "account", "Contoso")
    done("add", "contact", "Contoso/Eve")
    done("set", "contact", "Eve", "mobile", "canary 1", "--private")
    assert "canary" not in done("dump").out
    line = next(line for line in done("show", "contact", "Eve", "--json").json["fields"] if line["field"] == "mobile")
    assert line["layer"] == "me"
    done("set", "contact", "Eve", "mobile", "canary 1", "--shared")
    assert "canary" in done("dump").out


def test_an_ambiguous_name_is_2_and_lists_ids(call: Callable[..., Outcome], done: Callable[..., Outcome]) -> None:
    first = done("add", "account", "Contoso", "--json").json["record"]
    again = call("add", "account", "contoso", "--json")
    assert again.code == 0
    assert first in again.err
    outcome = call("show", "account", "CONTOSO")
    assert (outcome.code, outcome.out) == (2, "")
    assert first in outcome.err
    assert again.json["record"] in outcome.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("set", "account", "Contoso", "nofield", "x"), "There is no field “nofield” among those of accounts."),
        (("set", "account", "Contoso", "employees", "many"), "expected a whole number"),
        (("set", "account", "Contoso", "employees", "--", "-5"), "expected a number that is not below 0"),
        (("set", "account", "Contoso", "parent", "Contoso"), "expected another record than this one"),
        (("set", "account", "Contoso", "city", "x", "--how", "guess"), "expected one of: told, seen"),
        (("set", "account", "Contoso", "city", "x", "--date", "soon"), "expected a date"),
        (("set", "account", "Nobody", "city", "x"), "There is no account called “Nobody” here."),
        (("set", "member", "Ann Field", "name", "x"), "is no record kind"),
        (("add", "account", "New", "city"), "does not read FIELD=VALUE"),
        (("add", "account", "New", "city=a", "city=b"), "given twice"),
        (("add", "account", "New", "name=Other"), "given twice"),
        (("add", "contact", "Nobody/New"), "There is no account called “Nobody” here."),
        (("merge", "account", "Contoso", "Contoso"), "one record already"),
        (("list", "account", "--sort", "colour"), "cannot be sorted by “colour”"),
    ],
)
def test_what_cannot_be_meant_is_2_and_changes_nothing(
    call: Callable[..., Outcome], done: Callable[..., Outcome], arguments: tuple[str, ...], part: str
) -> None:
    done("add", "account", "Contoso")
    before = done("dump").out
    outcome = call(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert part in outcome.err
    assert outcome.err.count("\n") == 1
    assert done("dump").out == before


def test_undo_and_redo_walk_through_the_steps(call: Callable[..., Outcome], done: Callable[..., Outcome]) -> None:
    done("add", "account", "Contoso")
    done("set", "account", "Contoso", "city", "Graz")
    done("set", "account", "Contoso", "city", "Wien")
    assert done("undo", "2").out == "Undo: “City” changed.\nUndo: “City” changed.\n"
    assert "city" not in done("show", "account", "Contoso", "--json").json["values"]
    done("redo", 2)
    assert done("show", "account", "Contoso", "--json").json["values"]["city"] == "Wien"
    steps = done("history", "--json").json
    assert [step["title"] for step in steps][:2] == ["Redo: “City” changed", "Redo: “City” changed"]
    assert steps[-1]["state"] == "permanent"
    made = next(step["step"] for step in steps if step["title"].startswith("New account"))
    done("undo", "--step", made)
    assert done("list", "account").out.count("\n") == 1
    done("add", "account", "Fabrikam")
    assert done("redo", "--step", made).out.startswith("Redo: New account")
    assert done("history", "--json").json[0]["reverses"] > made
    assert call("undo", "2", "--step", made).code == 2
    refused = call("redo", "--step", made)
    assert (refused.code, refused.err) == (2, f"Step {made} is not undone, so there is nothing to redo.\n")


def test_nothing_to_undo_is_0(done: Callable[..., Outcome]) -> None:
    assert done("undo").out == "There is nothing to undo.\n"
    assert done("redo").out == "There is nothing to redo.\n"
    assert done("history", "--parked").out == "Nothing of colleagues waits for an earlier file.\n"
    assert done("history", "--parked", "--json").json == []


def test_a_deleted_record_comes_back(call: Callable[..., Outcome], done: Callable[..., Outcome]) -> None:
    done("add", "account", "Contoso")
    done("add", "contact", "Contoso/Eve")
    done("delete", "account", "Contoso")
    assert call("show", "contact", "Eve").code == 2
    done("undo")
    assert done("show", "contact", "Contoso/Eve", "--json").json["title"] == "Eve"


def test_two_records_become_one(done: Callable[..., Outcome]) -> None:
    one = done("add", "account", "Contoso", "--json").json["record"]
    other = done("add", "account", "Contoso Ltd", "city=Graz", "--json").json["record"]
    done("merge", "account", one, other)
    assert len(done("list", "account", "--json").json) == 1
    assert done("show", "account", other, "--json").json["id"] == min(one, other)


def test_lists_are_sorted_filtered_and_cut(call: Callable[..., Outcome], done: Callable[..., Outcome]) -> None:
    for name, city in (("Alpha", "Wien"), ("Beta", "Graz"), ("Gamma", "Graz")):
        done("add", "account", name, f"city={city}")
    names = [row["name"] for row in done("list", "accounts", "--where", "city=Graz", "--descending", "--json").json]
    assert names == ["Gamma", "Beta"]
    assert [row["name"] for row in done("list", "account", "--text", "gam", "--json").json] == ["Gamma"]
    cut = call("list", "account", "--sort", "city", "--limit", "1")
    assert (cut.code, cut.err) == (0, "1 of 3 are shown; --limit 0 shows all.\n")
    assert cut.lines[1][:2] == ["Beta", "Graz"]


def test_what_others_wrote_is_never_markup_nor_escape(done: Callable[..., Outcome]) -> None:
    done("add", "account", "[red]Red[/red] \x1b[31mInk")
    printed = done("list", "account").out
    assert "[red]Red[/red]" in printed
    assert "\x1b" not in printed


def test_an_erased_person_is_gone(call: Callable[..., Outcome], done: Callable[..., Outcome], workspace: Path) -> None:
    done("add", "account", "Contoso")
    done("add", "contact", "Contoso/Eve Canary")
    done("add", "note", "Met Eve Canary at the fair", "account=Contoso")
    outcome = call("erase", "Eve Canary", "--json")
    assert outcome.code == 1
    assert len(outcome.json["mentions"]) == 1
    assert call("show", "contact", "Eve Canary").code == 2
    assert call("erase", "Contoso").code == 2
    assert workspace.is_dir()


def test_a_name_that_is_nearly_right_is_answered_with_those_that_are(call: Callable[..., Outcome]) -> None:
    call("add", "account", "Alfreds Futterkiste")
    outcome = call("show", "account", "Alfreds")
    assert outcome.code == 2
    assert "Did you mean “Alfreds Futterkiste”?" in outcome.err
