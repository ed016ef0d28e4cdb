"""Bringing a backup back: into the place of a workspace, or where there is none any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from accountplanner.domain.errors import PlannerError, RefusedError
from accountplanner.domain.sentences import told
from accountplanner.store.backups import Backup, BackupFailedError, list_backups
from accountplanner.store.failures import KeyslotsDamagedError, storage_failures
from accountplanner.store.keyslots import read_keyslots
from accountplanner.store.lockfile import WorkspaceLock
from accountplanner.store.places import Places
from accountplanner.store.restoring import restore
from accountplanner.store.workspace import WorkspaceStore
from accountplanner.usecases.session import Clock, Session, SystemClock
from accountplanner.usecases.workspaces import Key, data_key


@dataclass(frozen=True, slots=True)
class Restored:
    """A workspace brought back and open; `aside` holds the files that were in its place, and may be empty."""

    session: Session
    backup: Backup
    aside: Path


def backups_of(places: Places) -> Sequence[Backup]:
    """The whole backups of a workspace, the latest first."""
    return list_backups(places.backups)


def chosen_backup(places: Places, folder: Path | None = None) -> Backup:
    """The backup in a folder, else the latest of the workspace.

    Raises:
        RefusedError: there is none.
    """
    if folder is None:
        found = backups_of(places)
        if not found:
            raise RefusedError(told("There is no backup in “{folder}”.", folder=places.backups))
        return found[0]
    wanted = folder.absolute()
    for backup in list_backups(wanted.parent):
        if backup.folder.absolute() == wanted:
            return backup
    raise BackupFailedError(folder)


def key_places(places: Places, backup: Backup) -> Places:
    """Whose passphrase opens what will be there afterwards: the workspace's own, else that of the backup's day."""
    kept = Places(backup.folder)
    if not places.exists():
        return kept
    try:
        own = read_keyslots(places.keyslots).opens_same_as(read_keyslots(backup.keyslots))
    except KeyslotsDamagedError:
        own = False
    return places if own else kept


def restore_backup(places: Places, backup: Backup, key: Key, clock: Clock | None = None) -> Restored:
    """Put a backup in the workspace's place and open it; what was there is put aside.

    Raises:
        RefusedError: the key does not open the backup, it is not whole, or the workspace is in use.
    """
    clock = clock or SystemClock()
    opening = data_key(key_places(places, backup), key)
    with storage_failures(places.folder):
        places.folder.mkdir(parents=True, exist_ok=True)
    with WorkspaceLock(places.lock):
        aside = restore(backup, places, opening, clock.now())
    return Restored(Session(WorkspaceStore(places, opening, clock.now()), clock), backup, aside)


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """The workspace open again after a restore: as it was in the backup, or as it was where `refusal` says why not.

    `safety` is the backup of what stood there until then.
    """

    session: Session
    safety: Backup
    refusal: str = ""


def bring_back(session: Session, backup: Backup) -> BroughtBack:
    """Restore a backup of the open workspace: a safety copy first, then close, exchange and open again."""
    store, clock = session.store, session.clock
    places, key = store.places, store.key
    safety = store.back_up("restore", clock.now(), thorough=True)
    session.close()
    refusal = ""
    try:
        with WorkspaceLock(places.lock):
            restore(backup, places, key, clock.now())
    except PlannerError as refused:
        refusal = refused.sentence
    return BroughtBack(Session(WorkspaceStore(places, key, clock.now()), clock), safety, refusal)
