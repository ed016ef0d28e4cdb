"""Inviting, joining and retiring from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

pytestmark = pytest.mark.usefixtures("workspace")


@pytest.fixture
def join_file(done: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ACCOUNTPLANNER_JOIN_PASSPHRASE", "between us")
    done("team", "invite", tmp_path / "join")
    return tmp_path / "join"


def _join(call: Callable[..., Outcome], place: Path, file: Path, *more: object) -> Outcome:
    return call("--workspace", place, "init", "--name", "Ben", "--email", "ben@example.com", "--join", file, *more)


def test_two_members_of_one_team_end_at_the_same_dump(
    call: Callable[..., Outcome], done: Callable[..., Outcome], join_file: Path, tmp_path: Path
) -> None:
    ben = tmp_path / "ben"
    assert _join(call, ben, join_file).code == 0
    done("add", "account", "Contoso", "city=Graz")
    done("export", "team", tmp_path / "ann.xlsx")
    call("--workspace", ben, "import", tmp_path / "ann.xlsx")
    call("--workspace", ben, "set", "account", "Contoso", "city", "Wien")
    call("--workspace", ben, "export", "team", tmp_path / "ben.xlsx")
    done("import", tmp_path / "ben.xlsx")
    assert done("dump").out == call("--workspace", ben, "dump").out
    assert done("show", "account", "Contoso", "--json").json["values"]["city"] == "Wien"
    assert [each["name"] for each in done("team", "list", "--json").json] == ["Ann Field", "Ben"]


@pytest.mark.slow
def test_a_retired_device_is_refused(
    call: Callable[..., Outcome], done: Callable[..., Outcome], join_file: Path, tmp_path: Path
) -> None:
    ben = tmp_path / "ben"
    _join(call, ben, join_file)
    call("--workspace", ben, "export", "team", tmp_path / "ben.xlsx")
    done("import", tmp_path / "ben.xlsx")
    assert done("team", "retire", "Ben", "--json").json["state"] == "retired"
    outcome = call("import", tmp_path / "ben.xlsx")
    assert (outcome.code, outcome.out) == (3, "")
    assert "retired" in outcome.err


@pytest.mark.slow
def test_a_workbook_of_another_team_is_refused_by_its_name(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    strangers, theirs = tmp_path / "strangers", tmp_path / "theirs.xlsx"
    call("--workspace", strangers, "init", "--name", "Cas", "--email", "cas@example.com")
    call("--workspace", strangers, "export", "team", theirs)
    done("export", "team", tmp_path / "ours.xlsx")
    outcome = call("import", tmp_path / "ours.xlsx", theirs)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("“theirs.xlsx” cannot be read: it was written for a team")


def test_a_wrong_join_passphrase_makes_nothing(call: Callable[..., Outcome], join_file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("canary\n")
    outcome = _join(call, tmp_path / "ben", join_file, "--join-passphrase-file", wrong)
    assert outcome.code == 3
    assert "canary" not in outcome.err
    assert not (tmp_path / "ben").exists()


def test_a_join_file_is_never_written_over(call: Callable[..., Outcome], join_file: Path) -> None:
    before = join_file.read_bytes()
    assert call("team", "invite", join_file).code == 3
    assert join_file.read_bytes() == before


def test_devices_are_named_without_doubt(call: Callable[..., Outcome], done: Callable[..., Outcome]) -> None:
    assert call("team", "retire", "Nobody").code == 2
    assert call("team", "retire", "").code == 2
    assert call("team", "retire", "Ann Field").code == 3
    assert done("team", "list").lines[1][1:] == ["Ann Field", "this"]


def test_a_currency_is_not_chosen_when_joining(call: Callable[..., Outcome], join_file: Path, tmp_path: Path) -> None:
    assert _join(call, tmp_path / "ben", join_file, "--currency", "USD").code == 2
