"""The tour and the check of an installation, as people and builds start them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome


def test_the_tour_ends_at_one_picture_and_leaves_every_file(call: Callable[..., Outcome], tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    outcome = call("tour", folder, "--accounts", "3", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json["equal"]
    assert outcome.json["sound"]
    assert (folder / "dump-ann.json").read_bytes() == (folder / "dump-ben.json").read_bytes()
    assert (folder / "what-happened.md").is_file()


def test_the_tour_leaves_other_peoples_folders_alone(call: Callable[..., Outcome], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    outcome = call("tour", tmp_path)
    assert (outcome.code, outcome.out) == (3, "")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_the_check_of_an_installation_says_ok(spawn: Callable[..., Outcome], call: Callable[..., Outcome]) -> None:
    outcome = spawn("--self-check")
    assert (outcome.code, outcome.out, outcome.err) == (0, "OK\n", "")
    assert call("--self-check", "dump").code == 2


def test_the_sample_territory_is_one_step(done: Callable[..., Outcome], workspace: Path) -> None:
    assert workspace.is_dir()
    done("sample", "--accounts", "3", "--seed", "7")
    assert len(done("list", "account", "--json").json) == 3
    done("undo")
    assert done("list", "account", "--json").json == []
