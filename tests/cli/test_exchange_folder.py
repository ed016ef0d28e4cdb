"""`exchange` as typed: previews, exit codes, JSON, and the folder remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

pytestmark = pytest.mark.usefixtures("workspace")


@pytest.mark.slow
def test_two_colleagues_meet_in_a_folder_and_a_conflict_needs_a_person(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCOUNTPLANNER_JOIN_PASSPHRASE", "between us")
    done("team", "invite", tmp_path / "join")
    ben, share = ("--workspace", tmp_path / "ben"), tmp_path / "share"
    share.mkdir()
    assert call(*ben, "init", "--name", "Ben", "--email", "ben@example.com", "--join", tmp_path / "join").code == 0
    done("add", "account", "Contoso", "city=Graz")
    previewed = done("exchange", share, "--preview")
    assert "it is not there yet" in previewed.out
    assert list(share.iterdir()) == []
    assert "was written" in done("exchange", share).out
    assert call(*ben, "exchange", share).code == 0
    call(*ben, "set", "account", "Contoso", "city", "Wien")
    call(*ben, "exchange")
    done("set", "account", "Contoso", "city", "Linz")
    facts = call("exchange", "--preview", "--json").json
    assert {(file["who"], file["state"]) for file in facts["files"]} == {("Ann Field", "mine"), ("Ben", "new")}
    assert (facts["applied"], facts["counts"]["conflicts"], facts["written"]) == (False, 1, "")
    outcome = call("exchange", "--json")
    assert outcome.code == 1
    assert outcome.json["counts"]["conflicts"] == 1
    assert outcome.json["written"].startswith(str(share))
    quiet = done("exchange")
    assert "Nothing new came in." in quiet.out
    assert "shows everything already" in quiet.out
    call(*ben, "exchange")
    assert call(*ben, "dump").out == done("dump").out


def test_without_a_folder_or_with_one_that_is_not_there_is_one_sentence(
    call: Callable[..., Outcome], tmp_path: Path
) -> None:
    outcome = call("exchange")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Name the folder" in outcome.err
    outcome = call("exchange", tmp_path / "nowhere")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.count("\n") == 1
    assert "no such folder" in outcome.err


def test_a_password_is_given_once_and_taken_back_expressly(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    share, word = tmp_path / "share", tmp_path / "word"
    share.mkdir()
    word.write_text("between us\n", encoding="utf-8")
    other = tmp_path / "other"
    other.write_text("not for you\n", encoding="utf-8")
    done("add", "account", "Contoso")
    done("exchange", share, "--password-file", word)
    (file,) = share.iterdir()
    assert file.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    done("set", "account", "Contoso", "city", "Graz")
    done("exchange")
    assert file.read_bytes()[:4] == b"\xd0\xcf\x11\xe0", "remembered"
    done("export", "team", share / "Ben.xlsx", "--password-file", other)
    assert "--password-file" in call("exchange", "--preview").err
    (share / "Ben.xlsx").unlink()
    assert call("exchange", "--no-password", "--password-file", word).code == 2
    assert "another password, or without one" not in done("exchange", "--no-password").err
    assert file.read_bytes()[:2] == b"PK"
