"""One's own workspace: whose it is, where it lies, and what opens it."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.sentences import titled, told
from accountplanner.domain.statements import state
from accountplanner.store.keyslots import (
    add_keyring_slot,
    change_passphrase,
    read_keyslots,
    remove_keyring_slot,
    replace_recovery_key,
)
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class OwnWorkspace:
    """What the page of settings shows of a workspace."""

    folder: Path
    name: str
    email: str
    currency: str
    opens_by_keyring: bool


def own_workspace(session: Session) -> OwnWorkspace:
    """Whose workspace this is and what opens it."""
    store = session.store
    by_keyring = read_keyslots(store.places.keyslots).has_keyring()
    return OwnWorkspace(store.places.folder, store.identity.name, store.identity.email, store.currency, by_keyring)


def name_oneself(session: Session, name: str, email: str) -> Changes:
    """Change one's own name and address, for colleagues, too. What was said under the former name stays said by it.

    Raises:
        WrongUseError: no name, or no e-mail address.
    """
    name, email = name.strip(), email.strip()
    if not name:
        raise WrongUseError("A workspace needs the name of its person.")
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise WrongUseError(told("“{email}” is no e-mail address.", email=email))
    identity = session.store.identity
    if (name, email) == (identity.name, identity.email):
        return Changes()
    session.store.set_identity(replace(identity, name=name, email=email))
    source = session.source(origin="workspace")
    title = titled("Own name and address changed")
    with session.transaction(title, undoable=False) as writing:
        statements = [state(identity.member, "name", name, source)]
        if email != identity.email:
            statements.append(state(identity.member, "email", email or None, source))
        writing.say(Layer.TEAM, statements)
    return session.changes(writing, title)


def new_passphrase(session: Session, old: str, new: str, costs: Stretching | None = None) -> None:
    """Exchange the passphrase; backups taken before still open with the one of their day.

    Raises:
        WrongPassphraseError: the old one is another.
    """
    change_passphrase(session.store.places.keyslots, old, new, costs)


def new_recovery_key(session: Session) -> str:
    """Make a new recovery key, to be shown this once; the former one opens nothing any more, save older backups."""
    return replace_recovery_key(session.store.places.keyslots, session.store.key)


def open_by_keyring(session: Session, *, wanted: bool) -> bool:
    """Let the system's keyring open the workspace, or not any more; gives what holds now."""
    places = session.store.places
    if wanted:
        return add_keyring_slot(places.keyslots, session.store.key)
    remove_keyring_slot(places.keyslots)
    return False
