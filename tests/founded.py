"""Workspaces founded once and copied: a copy opens in a third of the time that founding takes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.store.places import Places


def copied(founded: Places, folder: Path) -> Places:
    """Copy a closed workspace as if it had been founded here: the one device its team knows.

    A copied workspace goes on as a device of its own, known by its lock file, so both share that file: only one copy
    of a workspace can be open at a time.
    """
    shutil.copytree(founded.folder, folder)
    here = type(founded)(folder)
    here.lock.unlink()
    here.lock.hardlink_to(founded.lock)
    return here
