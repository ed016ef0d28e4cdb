"""Making, opening, backing up and restoring a workspace."""

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.errors import RefusedError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.sentences import titled, told, within
from accountplanner.domain.statements import exists, state
from accountplanner.store.backups import Backup, list_backups
from accountplanner.store.failures import WorkspaceInUseError, WrongPassphraseError, storage_failures
from accountplanner.store.identity import Identity, found_team, join_team
from accountplanner.store.invitations import read_join_file
from accountplanner.store.keyslots import (
    add_keyring_slot,
    change_passphrase,
    create_keyslots,
    unlock_with_keyring,
    unlock_with_passphrase,
    unlock_with_recovery,
)
from accountplanner.store.lockfile import WorkspaceLock
from accountplanner.store.places import Places, synced_folder, synced_folder_warning, workspace_places
from accountplanner.store.restoring import restore
from accountplanner.store.stretching import Stretching
from accountplanner.store.workspace import WorkspaceStore
from accountplanner.usecases.sealed_notes import prepare_letterbox, take_in_sealed
from accountplanner.usecases.session import Clock, Session, SystemClock
from accountplanner.usecases.unfinished_files import remove_unfinished

__all__ = ["Places", "WorkspaceInUseError", "WrongPassphraseError", "change_passphrase", "workspace_places"]


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What a person decides when making a workspace. `join_file` makes them a member of a team."""

    places: Places
    name: str
    email: str
    passphrase: str
    currency: str = "EUR"
    join_file: Path | None = None
    join_passphrase: str = ""
    stretching: Stretching | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """A workspace just made. The recovery key is shown this once; `warning` is empty or a sentence."""

    session: Session
    recovery_key: str
    warning: str


def create_workspace(wish: NewWorkspace, clock: Clock | None = None) -> Created:
    """Make an encrypted workspace, found a team or join one.

    Raises:
        RefusedError: there is one already, or the folder may not be written to.
    """
    if not wish.name.strip():
        raise RefusedError("A workspace needs the name of its person.")
    if wish.email and not re.fullmatch(r"[^@\s]+@[^@\s]+", wish.email.strip()):
        raise WrongUseError(told("“{email}” is no e-mail address.", email=wish.email))
    if wish.places.exists():
        raise RefusedError(told("There is a workspace in “{folder}” already.", folder=wish.places.folder))
    clock = clock or SystemClock()
    identity, currency = _identity(wish)
    with storage_failures(wish.places.folder):
        wish.places.folder.mkdir(parents=True, exist_ok=True)
    key, recovery_key = create_keyslots(wish.places.keyslots, wish.passphrase, wish.stretching)
    try:
        store = WorkspaceStore(wish.places, key, clock.now(), founded=identity, currency=currency)
    except BaseException:
        wish.places.keyslots.unlink(missing_ok=True)
        raise
    session = Session(store, clock)
    try:
        _introduce(session)
        prepare_letterbox(session)
    except BaseException:
        session.close()
        raise
    return Created(session, recovery_key, place_warning(wish.places))


def place_warning(places: Places) -> str:
    """A sentence where the folder is one that a sync program carries away, else nothing."""
    service = synced_folder(places.folder)
    return synced_folder_warning(service) if service else ""


def _identity(wish: NewWorkspace) -> tuple[Identity, str]:
    if wish.join_file is None:
        return found_team(wish.name.strip(), wish.email.strip()), wish.currency
    with storage_failures(wish.join_file):
        written = wish.join_file.read_bytes()
    file = read_join_file(written, wish.join_passphrase)
    return join_team(wish.name.strip(), wish.email.strip(), file), file.settings["currency"]


def _introduce(session: Session) -> None:
    """Say in the team who this member is."""
    identity, source = session.store.identity, session.source(origin="workspace")
    statements = [exists(identity.member, source), state(identity.member, "name", identity.name, source)]
    if identity.email:
        statements.append(state(identity.member, "email", identity.email, source))
    with session.transaction(titled("New {kind}", kind=within(KINDS["member"].label)), undoable=False) as writing:
        writing.say(Layer.TEAM, statements)


@dataclass(frozen=True, slots=True)
class Key:
    """One way of opening a workspace: a passphrase, a recovery key, or neither for the OS keyring."""

    passphrase: str = ""
    recovery: str = ""


def open_workspace(places: Places, key: Key, clock: Clock | None = None) -> Session:
    """Open a workspace.

    Raises:
        RefusedError: there is none, the key is wrong, a file is damaged or newer, or it is in use.
    """
    clock = clock or SystemClock()
    if not places.exists():
        raise RefusedError(
            told("There is no workspace in “{folder}” yet; make one with: accountplanner init", folder=places.folder)
        )
    session = Session(WorkspaceStore(places, data_key(places, key), clock.now()), clock)
    _empty_letterbox(session)
    _clear_away(session)
    return session


def _empty_letterbox(session: Session) -> None:
    """Take in what was written while the workspace was locked."""
    try:
        prepare_letterbox(session)
        take_in_sealed(session)
    except RefusedError:
        # A full disk must not keep anybody from reading what they have; the letters stay sealed until next time.
        return
    except BaseException:
        session.close()
        raise


def _clear_away(session: Session) -> None:
    """Nobody is kept from their workspace by what a killed program left elsewhere."""
    with suppress(RefusedError):
        remove_unfinished(session)


def data_key(places: Places, key: Key) -> bytes:
    """Unwrap the data key.

    Raises:
        WrongPassphraseError: what was given does not open the workspace.
    """
    if key.recovery:
        return unlock_with_recovery(places.keyslots, key.recovery)
    if key.passphrase:
        return unlock_with_passphrase(places.keyslots, key.passphrase)
    found = unlock_with_keyring(places.keyslots)
    if found is None:
        raise WrongPassphraseError
    return found


def remember_in_keyring(session: Session) -> bool:
    """Let the operating system's keyring open the workspace; false where there is no such thing."""
    return add_keyring_slot(session.store.places.keyslots, session.store.key)


def back_up(session: Session, reason: str = "asked") -> Backup:
    """Take a verified, encrypted backup now."""
    return session.store.back_up(reason, session.clock.now(), thorough=True)


def back_up_daily(session: Session) -> Backup | None:
    """Take the day's backup if there is none yet."""
    return session.store.backups.daily(session.store.databases, session.clock.now())


def verify(session: Session) -> list[str]:
    """Refold and compare everything, check every digest and signature; nothing for a sound workspace."""
    return session.store.findings()


def restore_backup(places: Places, backup: Backup, key: Key, clock: Clock | None = None) -> Path:
    """Put a backup in the workspace's place; what stood there is kept aside, in the folder returned.

    The restored workspace goes on as a replica of its own, so nothing it writes can be taken for
    what the old one had written since.

    Raises:
        WrongPassphraseError: the key does not open the backup.
    """
    clock = clock or SystemClock()
    opened = data_key(Places(backup.folder), key)
    with WorkspaceLock(places.lock):
        return restore(backup, places, opened, clock.now())


def backups_of(places: Places) -> tuple[Backup, ...]:
    """Every whole backup, the latest first."""
    return list_backups(places.backups)
