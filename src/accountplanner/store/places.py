"""Where a workspace lives, what its files are called, and whether the place is a good one."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from accountplanner.domain.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORKSPACE_VARIABLE = "ACCOUNTPLANNER_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Places:
    """The paths of one workspace; nothing else in the program knows the names of its files."""

    folder: Path

    @property
    def team(self) -> Path:
        """What the team shares."""
        return self.folder / "team.db"

    @property
    def me(self) -> Path:
        """What never leaves this computer."""
        return self.folder / "me.db"

    @property
    def archive(self) -> Path:
        """Every imported file, byte for byte."""
        return self.folder / "archive.db"

    @property
    def keyslots(self) -> Path:
        """The data key, wrapped for each way of opening the workspace."""
        return self.folder / "keyslots.json"

    @property
    def lock(self) -> Path:
        """Held by the program that has the workspace open."""
        return self.folder / "workspace.lock"

    @property
    def letterbox(self) -> Path:
        """What was written while the workspace was locked, and drafts, all sealed."""
        return self.folder / "letterbox"

    @property
    def backups(self) -> Path:
        """One folder for each backup."""
        return self.folder / "backups"

    @property
    def restoring(self) -> Path:
        """Where a backup is made ready before it takes its place."""
        return self.folder / "restoring"

    @property
    def restored(self) -> Path:
        """Left by a restore until the workspace has taken a new replica id."""
        return self.folder / "restored"

    @property
    def databases(self) -> tuple[Path, Path, Path]:
        """All three, in the order in which they are committed."""
        return self.archive, self.team, self.me

    def exists(self) -> bool:
        """Say whether a workspace has been made here. One without its keyslots is no empty place."""
        return self.keyslots.is_file() or any(path.is_file() for path in self.databases)


def workspace_places(chosen: Path | None = None, environment: Mapping[str, str] = os.environ) -> Places:
    """Find the workspace: the one chosen, else the environment's, else the person's own."""
    named = chosen or environment.get(WORKSPACE_VARIABLE)
    return Places(Path(named).expanduser().absolute() if named else default_folder())


def default_folder() -> Path:
    """The workspace of somebody who never chose one; not roaming, for a roaming profile is copied while it is open."""
    return Path(platformdirs.user_data_dir("AccountPlanner", appauthor=False, roaming=False)) / "default"


def synced_folder(path: Path) -> str | None:
    """Name the service that copies this folder elsewhere, as far as can be seen without asking a network.

    It copies a database and its write-ahead log apart from each other, which sooner or later damages them.
    """
    place = path.expanduser().absolute()
    above = (place, *place.parents)
    return _by_marker(above) or _by_name(above) or _by_environment(place, os.environ) or _by_mount(place)


def synced_folder_warning(service: str) -> str:
    """The sentence about a workspace in such a folder."""
    return told(
        "This workspace lies in a folder that {service} shares or copies, which can damage an open "
        "database; move it to a folder that stays on this computer, and exchange workbooks instead.",
        service=service,
    )


_MARKERS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".sync_journal.db": "Nextcloud",
}

# As folders are called by default, in lower case; a firm's name may follow ("OneDrive - Example Ltd").
_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "mobile documents": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
}


def _by_marker(above: Iterable[Path]) -> str | None:
    for folder in above:
        for marker, service in _MARKERS.items():
            # Dropbox keeps its program's own state in ~/.dropbox, which says nothing about the home folder.
            if (folder / marker).exists() and folder != Path.home():
                return service
        if any(folder.glob("._sync_*.db")) or any(folder.glob(".sync_*.db")):
            return told("Nextcloud or ownCloud")
    return None


def _by_name(above: Iterable[Path]) -> str | None:
    for folder in above:
        name = folder.name.casefold()
        for known, service in _NAMES.items():
            if name == known or name.startswith((f"{known} - ", f"{known}-", f"{known} (")):
                return service
    return None


def _by_environment(place: Path, environment: Mapping[str, str]) -> str | None:
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        root = environment.get(variable)
        if root and place.is_relative_to(Path(root)):
            return "OneDrive"
    return None


_NETWORK_KINDS = {
    "cifs",
    "smb3",
    "smbfs",
    "nfs",
    "nfs4",
    "afs",
    "9p",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "fuse.gvfsd-fuse",
}


def _by_mount(place: Path) -> str | None:
    """Look where the system lists its mounts in a file; a UNC path says by itself that it is a share."""
    if str(place).startswith(("\\\\", "//")):
        return told("a network share")
    if sys.platform != "linux":
        return None
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()]
    except OSError:
        return None
    return _network_mount(place, [(Path(_unescaped(mount[1])), mount[2]) for mount in mounts if len(mount) > 2])


def _network_mount(place: Path, mounts: Iterable[tuple[Path, str]]) -> str | None:
    around = [(point, kind) for point, kind in mounts if place.is_relative_to(point)]
    # Of several on one point the last is what one sees.
    kind = max(enumerate(around), key=lambda each: (len(each[1][0].parts), each[0]))[1][1] if around else ""
    return told("a network share") if kind in _NETWORK_KINDS else None


def _unescaped(field: str) -> str:
    return field.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
