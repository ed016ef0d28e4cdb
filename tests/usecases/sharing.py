"""What tests of the shared folder look at: whose workbook is whose, what became of each file, the bytes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accountplanner.exchange.folder import edition_name

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.usecases.exchange_folder import FolderResult
    from accountplanner.usecases.session import Session


def own(session: Session, folder: Path) -> Path:
    """The workbook a laptop writes."""
    identity = session.store.identity
    return folder / edition_name(identity.name, identity.replica)


def states(result: FolderResult) -> dict[str, str]:
    """What became of each file, by name."""
    return {file.name: file.state for file in result.plan.files}


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
