"""The data key, wrapped once for each way of opening the workspace: passphrase, recovery key, keyring.

`keyslots.json`, format 1 (2026-11): the workspace's id, a key check value, the slots, and a checksum. Every slot holds
the same random data key under AES-GCM; kind, workspace and costs are bound to it. The checksum tells a damaged file
from a wrong passphrase. The check value is an HMAC of the data key, by which a file that does not open is known to be
damaged rather than locked with something else. Changing the passphrase wraps the data key anew and leaves databases and
backups alone: a backup taken before still opens with the passphrase of its day.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import told
from accountplanner.store import keyring_slot
from accountplanner.store.durable import write_durably
from accountplanner.store.failures import (
    PASSPHRASE,
    RECOVERY_KEY,
    DatabaseNewerError,
    FileUnreadableError,
    KeyslotsDamagedError,
    WrongPassphraseError,
    storage_failures,
)
from accountplanner.store.recovery_key import new_recovery_secret, read_spelling, spell
from accountplanner.store.stretching import (
    NONCE_BYTES,
    Stretching,
    expand,
    from_text,
    refuse_empty,
    seal,
    to_text,
    unseal,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FORMAT = 1
_KEY_BYTES = 32
_SALT_BYTES = 16


class KeyslotsExistError(RefusedError):
    """New keyslots over old ones would lock the old databases for ever."""

    def __init__(self, path: Path) -> None:
        super().__init__(told("There is a workspace in “{folder}” already.", folder=path.parent))


@dataclass(frozen=True, slots=True)
class _Slot:
    kind: str
    salt: bytes
    nonce: bytes
    wrapped: bytes = field(repr=False)
    costs: Stretching | None = None
    entry: str = ""

    def about(self, workspace: str) -> bytes:
        """Everything beside the wrapped key, so that none of it can be exchanged."""
        costs = self.costs.to_json() if self.costs else None
        return json.dumps([FORMAT, workspace, self.kind, to_text(self.salt), costs, self.entry]).encode()


@dataclass(frozen=True, slots=True)
class Keyslots:
    """What stands in the file; none of it opens anything by itself."""

    workspace: str
    check: bytes
    slots: tuple[_Slot, ...]

    def has_keyring(self) -> bool:
        """Say whether the keyring is meant to open this workspace."""
        return any(slot.kind == "keyring" for slot in self.slots)

    def fits(self, data_key: bytes) -> bool:
        """Say whether this is the data key the file was made for."""
        return hmac.compare_digest(self.check, _key_check(data_key, self.workspace))

    def opens_same_as(self, other: Keyslots) -> bool:
        """Say whether both files wrap one and the same data key."""
        return (self.workspace, self.check) == (other.workspace, other.check)


def create_keyslots(path: Path, passphrase: str, costs: Stretching | None = None) -> tuple[bytes, str]:
    """Make a data key with its first two slots; gives the data key and the recovery key, which is not kept anywhere.

    Raises:
        KeyslotsExistError: a workspace is there already.
        EmptyPassphraseError: nothing was typed.
    """
    with storage_failures(path):
        if path.exists():
            raise KeyslotsExistError(path)
        data_key, workspace = secrets.token_bytes(_KEY_BYTES), secrets.token_hex(16)
        recovery = new_recovery_secret()
        slots = (
            _passphrase_slot(workspace, data_key, refuse_empty(passphrase), costs or Stretching()),
            _recovery_slot(workspace, data_key, recovery),
        )
        _write(path, Keyslots(workspace, _key_check(data_key, workspace), slots))
    return data_key, spell(recovery)


def read_keyslots(path: Path) -> Keyslots:
    """Read the file without opening anything.

    Raises:
        FileUnreadableError: it is not ours to read.
        KeyslotsDamagedError: it is not there, or not what was written.
        DatabaseNewerError: a later version of the program wrote it.
    """
    try:
        with storage_failures(path):
            content = path.read_bytes()
    except FileUnreadableError as error:
        if path.exists():
            raise
        raise KeyslotsDamagedError(path, is_missing=True) from error
    try:
        loaded = json.loads(content)
        if loaded["format"] > FORMAT:
            raise DatabaseNewerError(path)
        if loaded.pop("checksum") != _checksum(loaded):
            raise KeyslotsDamagedError(path)
        slots = tuple(_slot_in(slot) for slot in loaded["slots"])
        return Keyslots(loaded["workspace"], from_text(loaded["check"]), slots)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KeyslotsDamagedError(path) from error


def unlock_with_passphrase(path: Path, passphrase: str) -> bytes:
    """Open the workspace with its passphrase; slow on purpose.

    Raises:
        WrongPassphraseError: it is another one.
    """
    return _unlock(path, "passphrase", lambda slot: (slot.costs or Stretching()).key(passphrase, slot.salt))


def unlock_with_recovery(path: Path, typed: str) -> bytes:
    """Open the workspace with the recovery key, however it was copied from paper.

    Raises:
        RecoveryKeyMistypedError: it cannot be a recovery key.
        WrongPassphraseError: it is that of another workspace, or has been replaced.
    """
    secret = read_spelling(typed)
    return _unlock(path, "recovery", lambda slot: expand(secret, "recovery slot", slot.salt), RECOVERY_KEY)


def unlock_with_keyring(path: Path) -> bytes | None:
    """Open the workspace by what the keyring holds; none if it cannot, which is no failure."""
    try:
        return _unlock(path, "keyring", _keyring_key)
    except WrongPassphraseError:
        return None


def change_passphrase(path: Path, old: str, new: str, costs: Stretching | None = None) -> None:
    """Exchange the passphrase for somebody who knows it.

    Raises:
        WrongPassphraseError: the old one is another.
    """
    refuse_empty(new)
    set_passphrase(path, unlock_with_passphrase(path, old), new, costs)


def set_passphrase(path: Path, data_key: bytes, new: str, costs: Stretching | None = None) -> None:
    """Set a passphrase for somebody who came in another way, by the recovery key say."""
    found = _own(path, data_key)
    slot = _passphrase_slot(found.workspace, data_key, refuse_empty(new), costs or Stretching())
    _write(path, _with_slot(found, slot))


def replace_recovery_key(path: Path, data_key: bytes) -> str:
    """Make a new recovery key, shown once; the former one opens nothing from now on, save older backups."""
    found, recovery = _own(path, data_key), new_recovery_secret()
    _write(path, _with_slot(found, _recovery_slot(found.workspace, data_key, recovery)))
    return spell(recovery)


def add_keyring_slot(path: Path, data_key: bytes) -> bool:
    """Let the keyring open the workspace; false, and nothing changed, where it does not really keep secrets."""
    found, secret, entry = _own(path, data_key), secrets.token_bytes(_KEY_BYTES), secrets.token_hex(16)
    if not keyring_slot.store_secret(entry, secret):
        return False
    slot = _Slot("keyring", secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(NONCE_BYTES), b"", entry=entry)
    key = expand(secret, "keyring slot", slot.salt)
    _write(path, _with_slot(found, _wrapped(slot, found.workspace, data_key, key)))
    _forget_keyring(found)
    return True


def remove_keyring_slot(path: Path) -> None:
    """Ask for the passphrase again from now on."""
    found = read_keyslots(path)
    _write(path, replace(found, slots=tuple(slot for slot in found.slots if slot.kind != "keyring")))
    _forget_keyring(found)


def _unlock(path: Path, kind: str, key_of: Callable[[_Slot], bytes | None], word: str = PASSPHRASE) -> bytes:
    found = read_keyslots(path)
    for slot in found.slots:
        key = key_of(slot) if slot.kind == kind else None
        if key is None:
            continue
        try:
            data_key = unseal(key, slot.nonce, slot.wrapped, slot.about(found.workspace))
        except InvalidTag:
            continue
        if not found.fits(data_key):
            raise KeyslotsDamagedError(path)
        return data_key
    raise WrongPassphraseError(word)


def _own(path: Path, data_key: bytes) -> Keyslots:
    found = read_keyslots(path)
    if not found.fits(data_key):
        raise WrongPassphraseError("key")
    return found


def _keyring_key(slot: _Slot) -> bytes | None:
    secret = keyring_slot.load_secret(slot.entry)
    return expand(secret, "keyring slot", slot.salt) if secret else None


def _forget_keyring(found: Keyslots) -> None:
    for slot in found.slots:
        if slot.kind == "keyring":
            keyring_slot.forget_secret(slot.entry)


def _passphrase_slot(workspace: str, data_key: bytes, passphrase: str, costs: Stretching) -> _Slot:
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    slot = _Slot("passphrase", salt, nonce, b"", costs)
    return _wrapped(slot, workspace, data_key, costs.key(passphrase, salt))


def _recovery_slot(workspace: str, data_key: bytes, secret: bytes) -> _Slot:
    # The secret cannot be guessed, so nothing is won by stretching it.
    slot = _Slot("recovery", secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(NONCE_BYTES), b"")
    return _wrapped(slot, workspace, data_key, expand(secret, "recovery slot", slot.salt))


def _wrapped(slot: _Slot, workspace: str, data_key: bytes, key: bytes) -> _Slot:
    return replace(slot, wrapped=seal(key, slot.nonce, data_key, slot.about(workspace)))


def _with_slot(found: Keyslots, new: _Slot) -> Keyslots:
    return replace(found, slots=(*(slot for slot in found.slots if slot.kind != new.kind), new))


def _key_check(data_key: bytes, workspace: str) -> bytes:
    return hmac.digest(data_key, b"accountplanner key check " + workspace.encode(), "sha256")


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _write(path: Path, keyslots: Keyslots) -> None:
    content: dict[str, Any] = {
        "format": FORMAT,
        "workspace": keyslots.workspace,
        "check": to_text(keyslots.check),
        "slots": [_slot_out(slot) for slot in keyslots.slots],
    }
    content["checksum"] = _checksum(content)
    with storage_failures(path):
        write_durably(path, (json.dumps(content, indent=1) + "\n").encode())


def _slot_out(slot: _Slot) -> dict[str, Any]:
    written: dict[str, Any] = {
        "kind": slot.kind,
        "salt": to_text(slot.salt),
        "nonce": to_text(slot.nonce),
        "wrapped": to_text(slot.wrapped),
    }
    if slot.costs:
        written["costs"] = slot.costs.to_json()
    if slot.entry:
        written["entry"] = slot.entry
    return written


def _slot_in(loaded: dict[str, Any]) -> _Slot:
    costs = Stretching.from_json(loaded["costs"]) if "costs" in loaded else None
    salt, nonce, wrapped = (from_text(loaded[name]) for name in ("salt", "nonce", "wrapped"))
    return _Slot(loaded["kind"], salt, nonce, wrapped, costs, loaded.get("entry", ""))
