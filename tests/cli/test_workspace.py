"""Making, checking, backing up and restoring a workspace from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome


_LIST_NAMING_NO_CURRENCY = """
name = "mine"
source = "crm"
[[table]]
label = "list"
names = ["list"]
header = ["Company", "Revenue"]
[[table.record]]
kind = "account"
key = ["Company"]
fields = { name = "Company", revenue = "Revenue" }
"""


def test_init_prints_the_recovery_key_once_and_it_opens_the_workspace(
    call: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCOUNTPLANNER_PASSPHRASE", PASSPHRASE)
    folder = tmp_path / "made"
    made = call("--workspace", folder, "init", "--name", "Ann", "--email", "ann@example.com", "--json").json
    assert made["workspace"] == str(folder)
    again = call("--workspace", folder, "init", "--name", "Ann", "--email", "ann@example.com")
    assert (again.code, again.out) == (3, "")
    assert again.err == f"There is a workspace in “{folder}” already.\n"
    monkeypatch.setenv("ACCOUNTPLANNER_PASSPHRASE", made["recovery_key"])
    assert call("--workspace", folder, "verify").out == "The workspace is sound.\n"


def test_init_takes_the_teams_currency(call: Callable[..., Outcome], tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes("\ufeffwörter am Fluß\r\nnever read\n".encode())
    before = ("--workspace", tmp_path / "made", "--passphrase-file", file)
    assert call(*before, "init", "--name", "A", "--email", "", "--currency", "usd").code == 0
    assert call(*before, "add", "account", "X", "revenue=12.5").code == 0
    assert call(*before, "show", "account", "X", "--json").json["values"]["revenue"] == "12.50 USD"
    (tmp_path / "list.csv").write_text("Company,Revenue\nY,7.25\n", encoding="utf-8")
    (tmp_path / "list.toml").write_text(_LIST_NAMING_NO_CURRENCY, encoding="utf-8")
    assert call(*before, "import", tmp_path / "list.csv", "--map", tmp_path / "list.toml").code == 0
    assert call(*before, "show", "account", "Y", "--json").json["values"]["revenue"] == "7.25 USD"
    assert call(*before, "init", "--name", "A", "--email", "", "--currency", "dollars").code == 3


def test_a_currency_is_three_letters(call: Callable[..., Outcome], tmp_path: Path) -> None:
    outcome = call("--workspace", tmp_path / "w", "init", "--name", "A", "--email", "", "--currency", "dollars")
    assert outcome.code == 2
    assert not (tmp_path / "w").exists()


def test_init_without_a_passphrase_says_where_one_may_come_from(call: Callable[..., Outcome], tmp_path: Path) -> None:
    outcome = call("--workspace", tmp_path / "w", "init", "--name", "A", "--email", "")
    assert outcome.code == 3
    assert "ACCOUNTPLANNER_PASSPHRASE" in outcome.err
    assert not (tmp_path / "w").exists()


def test_init_asks_twice_on_a_terminal(
    call: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["one", "other"]
    monkeypatch.setattr("accountplanner.cli.passphrases._is_attended", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: answers.pop(0))
    outcome = call("--workspace", tmp_path / "w", "init", "--name", "A", "--email", "")
    assert (outcome.code, outcome.err) == (3, "The two passphrases differ; nothing was made.\n")
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\n", "is empty"), (b"\xff\xfe\x00", "is not UTF-8 text"), (None, "could not be read")],
)
def test_a_useless_passphrase_file_is_refused(
    call: Callable[..., Outcome], workspace: Path, content: bytes | None, sentence: str
) -> None:
    file = workspace / "passphrase"
    if content is not None:
        file.write_bytes(content)
    outcome = call("--passphrase-file", file, "dump")
    assert outcome.code == 3
    assert sentence in outcome.err


def test_the_option_wins_over_the_variable(
    call: Callable[..., Outcome], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workspace / "passphrase"
    file.write_text(PASSPHRASE)
    monkeypatch.setenv("ACCOUNTPLANNER_PASSPHRASE", "another")
    assert call("dump").code == 3
    assert call("--passphrase-file", file, "dump").code == 0


def test_a_folder_that_is_synced_is_warned_about(
    call: Callable[..., Outcome], workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = workspace.parent / "Dropbox" / "workspace"
    shutil.copytree(workspace, synced)
    monkeypatch.setenv("ACCOUNTPLANNER_WORKSPACE", str(synced))
    outcome = call("verify")
    assert (outcome.code, outcome.out) == (0, "The workspace is sound.\n")
    assert "Dropbox" in outcome.err


def test_dump_is_canonical_json(done: Callable[..., Outcome], workspace: Path) -> None:
    assert workspace.is_dir()
    done("add", "account", "Świat Ltd", "city=Łódź")
    printed = done("dump").out
    assert printed.endswith("}\n")
    assert "Łódź" in printed
    assert printed == json.dumps(json.loads(printed), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def test_the_first_change_of_a_day_takes_a_backup(done: Callable[..., Outcome], workspace: Path) -> None:
    shutil.rmtree(workspace / "backups")
    done("dump")
    assert done("restore", "--list", "--json").json == []
    done("add", "account", "One")
    done("add", "account", "Two")
    assert [each["reason"] for each in done("restore", "--list", "--json").json] == ["daily"]


def test_a_change_is_taken_even_where_the_backup_fails(call: Callable[..., Outcome], workspace: Path) -> None:
    shutil.rmtree(workspace / "backups")
    (workspace / "backups").write_text("in the way")
    outcome = call("add", "account", "One")
    assert outcome.code == 0
    assert outcome.err.startswith("Today's backup was not taken.")
    assert call("show", "account", "One").code == 0


def test_a_backup_comes_back_under_a_new_device(call: Callable[..., Outcome], workspace: Path) -> None:
    call("add", "account", "Before")
    taken = call("backup", "--json").json
    call("add", "account", "After")
    assert Path(taken["folder"]).parent.parent == workspace
    assert [each["reason"] for each in call("restore", "--list", "--json").json] == ["asked", "daily"]
    restored = call("restore", "--json")
    assert restored.code == 0
    assert [account["name"] for account in call("list", "account", "--json").json] == ["Before"]
    assert call("verify").code == 0
    assert sorted(device["state"] for device in call("team", "list", "--json").json) == ["member", "this"]
    assert any(Path(restored.json["aside"]).iterdir())


def test_a_backup_comes_back_where_there_is_nothing(call: Callable[..., Outcome], workspace: Path) -> None:
    call("add", "account", "Before")
    folder = call("backup", "--json").json["folder"]
    elsewhere = workspace.parent / "elsewhere"
    assert call("--workspace", elsewhere, "restore", folder).code == 0
    assert [each["name"] for each in call("--workspace", elsewhere, "list", "account", "--json").json] == ["Before"]
    outcome = call("--workspace", elsewhere, "restore", workspace)
    assert (outcome.code, outcome.err) == (3, f"“{workspace}” is not a whole backup.\n")


def test_a_damaged_database_is_refused_with_a_sentence(call: Callable[..., Outcome], workspace: Path) -> None:
    with (workspace / "team.db").open("r+b") as file:
        file.seek(100)
        file.write(bytes(2000))
    outcome = call("dump")
    assert (outcome.code, outcome.out) == (3, "")
    assert "restore the latest backup" in outcome.err
