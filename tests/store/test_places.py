"""Where a workspace lives, and the places that are not good ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from accountplanner.store import places
from accountplanner.store.places import Places, synced_folder, synced_folder_warning, workspace_places


def test_the_choice_comes_before_the_environment_and_that_before_the_default(tmp_path: Path) -> None:
    environment = {"ACCOUNTPLANNER_WORKSPACE": str(tmp_path / "environment")}
    assert workspace_places(tmp_path / "chosen", environment).folder == tmp_path / "chosen"
    assert workspace_places(None, environment).folder == tmp_path / "environment"
    assert workspace_places(None, {}).folder == places.default_folder()


def test_an_empty_variable_is_no_choice() -> None:
    assert workspace_places(None, {"ACCOUNTPLANNER_WORKSPACE": ""}).folder == places.default_folder()


def test_the_default_lies_in_the_persons_own_data(home: Path) -> None:
    default = places.default_folder()
    assert default.is_relative_to(home)
    assert default.parts[-2:] == ("AccountPlanner", "default")


def test_a_relative_choice_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert workspace_places(Path("here"), {}).folder == tmp_path / "here"


@pytest.mark.skipif(sys.platform == "win32", reason="a tilde is expanded by other rules there")
def test_a_tilde_is_the_home(home: Path) -> None:
    assert workspace_places(Path("~/mine"), {}).folder == home / "mine"


def test_files_have_the_names_the_design_gives_them(tmp_path: Path) -> None:
    found = Places(tmp_path)
    assert [path.name for path in found.databases] == ["archive.db", "team.db", "me.db"]
    assert (found.keyslots.name, found.backups.name, found.lock.name) == ("keyslots.json", "backups", "workspace.lock")


def test_a_workspace_is_there_once_it_has_keys(tmp_path: Path) -> None:
    assert not Places(tmp_path).exists()
    (tmp_path / "keyslots.json").touch()
    assert Places(tmp_path).exists()


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive/Work", "OneDrive"),
        ("OneDrive - Example Ltd/Work", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)/plans", "Dropbox"),
        ("My Drive/plans", "Google Drive"),
        ("GoogleDrive-me@example.com/plans", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/plans", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Nextcloud/plans", "Nextcloud"),
        ("ownCloud", "ownCloud"),
    ],
)
def test_synced_folders_are_known_by_name(tmp_path: Path, folder: str, service: str) -> None:
    assert synced_folder(tmp_path / folder / "workspace") == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0a1b2c.db", "Nextcloud or ownCloud"),
        ("._sync_0a1b2c.db", "Nextcloud or ownCloud"),
    ],
)
def test_synced_folders_are_known_by_what_lies_in_them(tmp_path: Path, marker: str, service: str) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / marker).touch()
    assert synced_folder(tmp_path / "shared" / "plans" / "workspace") == service


def test_a_programs_own_folder_in_the_home_is_no_marker(home: Path) -> None:
    (home / ".dropbox").mkdir()
    assert synced_folder(home / "workspace") is None


def test_onedrive_is_known_by_what_windows_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Firm"))
    assert synced_folder(tmp_path / "Firm" / "workspace") == "OneDrive"
    assert synced_folder(tmp_path / "Firmly" / "workspace") is None


def test_an_ordinary_folder_is_fine(tmp_path: Path) -> None:
    assert synced_folder(tmp_path / "workspace") is None
    assert synced_folder(tmp_path / "dropboxes") is None


def test_the_innermost_mount_decides() -> None:
    mounts = [(Path("/"), "ext4"), (Path("/mnt"), "cifs"), (Path("/mnt/stick"), "vfat"), (Path("/srv"), "nfs4")]
    assert places._network_mount(Path("/mnt/share/workspace"), mounts) == "a network share"
    assert places._network_mount(Path("/mnt/stick/workspace"), mounts) is None
    assert places._network_mount(Path("/srv"), mounts) == "a network share"
    assert places._network_mount(Path("/home/me"), mounts) is None
    assert places._network_mount(Path("/mnt/x"), [*mounts, (Path("/mnt"), "ext4")]) is None


def test_the_warning_names_service_and_way_out() -> None:
    sentence = synced_folder_warning("OneDrive")
    assert "OneDrive" in sentence
    assert "exchange workbooks" in sentence
