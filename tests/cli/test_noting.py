"""Notes from the command line: what is understood is told, what is not waits, and what is sealed cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accountplanner.store.lockfile import WorkspaceLock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

pytestmark = pytest.mark.usefixtures("workspace")
SECRET = "the canary sang of Zanzibar"


@pytest.fixture
def simons(workspace: Path, done: Callable[..., Outcome]) -> str:
    assert workspace.is_dir()
    account: str = done("add", "account", "Simons bistro", "--json").json["record"]
    done("add", "contact", "Simons bistro/Jytte Petersen")
    return account


@pytest.mark.usefixtures("simons")
def test_what_was_understood_is_told(done: Callable[..., Outcome], simons: str) -> None:
    outcome = done("--as-of", "2026-11-22", "note", "@Jytte", "will decide.", "We will send samples by Friday")
    told = outcome.out.splitlines()
    assert told[0].startswith("Note saved: note:")
    assert told[1:3] == ["Account: Simons bistro", "Person: Jytte Petersen"]
    assert told[3].startswith("Could become a promise: “We will send samples by Friday”, due 2026-11-27")
    note = told[0].removeprefix("Note saved: ")
    done("--as-of", "2026-11-22", "note", "--offers", note, "--take", "1")
    assert done("show", "account", simons, "--json").json["children"] == {"contact": 1, "note": 1, "action": 1}


@pytest.mark.usefixtures("simons")
def test_what_is_not_understood_waits_and_is_filed(call: Callable[..., Outcome], done: Callable[..., Outcome]) -> None:
    waiting = call("note", "@Jyte wants a visit")
    assert (waiting.code, waiting.err) == (1, "")
    assert "Not known: @Jyte (may be Jytte Petersen)" in waiting.out
    [listed] = done("note", "--inbox", "--json").json
    assert (listed["text"], listed["suggestions"][0]["title"]) == ("@Jyte wants a visit", "Jytte Petersen")
    done("note", "--file", listed["id"], "--account", "Simons bistro", "--contact", "Jytte Petersen")
    assert done("note", "--inbox", "--json").json == []
    done("undo")
    assert len(done("note", "--inbox", "--json").json) == 1
    done("note", "--discard", listed["id"])
    assert done("note", "--inbox").lines[1:] == []


def test_a_sealed_note_needs_no_passphrase_and_shows_nothing(
    workspace: Path, call: Callable[..., Outcome], done: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    done("note", "--inbox")
    with monkeypatch.context() as locked:
        locked.delenv("ACCOUNTPLANNER_PASSPHRASE")
        assert call("note", "--inbox").code == 3
        done("note", "--sealed", SECRET)
    kept = b"".join(path.read_bytes() for path in workspace.rglob("*") if path.is_file())
    assert SECRET.encode() not in kept
    assert [each["text"] for each in done("note", "--inbox", "--json").json] == [SECRET]


@pytest.mark.usefixtures("simons")
def test_a_note_is_taken_while_the_window_has_the_workspace_open(
    workspace: Path, call: Callable[..., Outcome], done: Callable[..., Outcome]
) -> None:
    done("note", "--inbox")
    with WorkspaceLock(workspace / "workspace.lock"):
        taken = call("note", SECRET, "--contact", "Simons bistro/Jytte Petersen", "--private")
        assert (taken.code, taken.out) == (
            1,
            "The workspace is open in another Account Planner; the note is sealed and comes to its inbox.\n",
        )
        assert taken.err.startswith("The inbox stays on this computer;")
        refused = call("note", "--inbox")
        assert (refused.code, refused.out) == (3, "")
        assert "close it there first" in refused.err
    [waiting] = done("note", "--inbox", "--json").json
    assert waiting["text"] == f"{SECRET} @Jytte Petersen #Simons bistro"
    assert waiting["suggestions"][0]["title"] == "Jytte Petersen"


@pytest.mark.usefixtures("simons")
def test_a_word_about_health_is_told_and_the_note_saved(call: Callable[..., Outcome]) -> None:
    outcome = call("note", "#Simons owner is in hospital")
    assert outcome.code == 0
    assert outcome.err.startswith("This note may speak of health;")


@pytest.mark.parametrize(
    "arguments", [(), ("text", "--inbox"), ("--file", "note:x"), ("--sealed", "--inbox"), ("--offers", "note:x")]
)
def test_wrong_use_is_told_in_one_sentence(call: Callable[..., Outcome], arguments: tuple[str, ...]) -> None:
    outcome = call("note", *arguments)
    assert outcome.code in (2, 3)
    assert outcome.err.count("\n") == 1
