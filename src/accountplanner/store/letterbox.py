"""Notes and drafts that may be put in while the workspace is locked, and taken out only when it is open.

`letterbox/` in the workspace, layout 1 (2026-11): `key.json` holds a public key (X25519); each `*.letter` and `*.draft`
is sealed to it. Whoever has the folder can put something in and read nothing. The private key lies in the encrypted
database. A file is the line `accountplanner letter 1`, the sender's one-use public key (32 bytes), and AES-GCM over
the padded content under a key derived from both. Nothing says who wrote a letter: somebody who may write to the
folder could put in another, which is why letters end in the inbox and not in an account.

A letter that this workspace's key does not open stays where it is: the right key may come back with a backup.
"""

import json
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from accountplanner.domain.errors import RefusedError
from accountplanner.store.durable import new_private_folder, write_durably
from accountplanner.store.failures import storage_failures
from accountplanner.store.stretching import NONCE_BYTES, expand, from_text, seal, to_text, unseal

_HEAD = b"accountplanner letter 1\n"
_KEY_BYTES = 32
_PURPOSE = "letterbox"
_PAD = 512
"""Content is filled up to a multiple of this, so that a length tells little."""


class NoLetterboxError(RefusedError):
    """Nothing can be sealed for a workspace that has never been opened by this version."""

    def __init__(self) -> None:
        super().__init__("Nothing can be sealed for this workspace yet; unlock it once.")


class Letterbox:
    """The side anybody may use: what is put in cannot be read again from here."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key_file = folder / "key.json"

    def post(self, content: bytes) -> None:
        """Put in a letter; it is on the disk when this returns.

        Raises:
            NoLetterboxError: the workspace has no public key yet.
            RefusedError: the folder may not be written to.
        """
        self._write(f"{secrets.token_hex(16)}.letter", content)

    def keep_draft(self, name: str, content: bytes) -> None:
        """Keep what is being written, in the place of what stood there before."""
        self._write(f"{name}.draft", content)

    def drop_draft(self, name: str) -> None:
        """Forget a draft; there need not be one."""
        with storage_failures(self._folder):
            (self._folder / f"{name}.draft").unlink(missing_ok=True)

    def _write(self, name: str, content: bytes) -> None:
        with storage_failures(self._folder):
            write_durably(self._folder / name, _seal_to(self._public_key(), content))

    def _public_key(self) -> bytes:
        try:
            key = from_text(json.loads(self._key_file.read_bytes())["key"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoLetterboxError from error
        if len(key) != _KEY_BYTES:
            raise NoLetterboxError
        return key


class OpenLetterbox:
    """The side of an open workspace, which holds the private key."""

    def __init__(self, folder: Path, private_key: bytes) -> None:
        self._folder = folder
        self._private = X25519PrivateKey.from_private_bytes(private_key)

    def show_key(self) -> None:
        """Lay out the public key that belongs to the private one, unless it lies there."""
        shown = json.dumps({"format": 1, "key": to_text(self._private.public_key().public_bytes_raw())}).encode()
        place = self._folder / "key.json"
        with storage_failures(self._folder):
            if not place.is_file() or place.read_bytes() != shown:
                new_private_folder(self._folder)
                write_durably(place, shown)

    def letters(self) -> dict[str, bytes]:
        """Every letter that can be opened, by name."""
        if not self._folder.is_dir():
            return {}
        return {
            path.name: content
            for path in sorted(self._folder.glob("*.letter"))
            if path.is_file() and (content := self._opened(path)) is not None
        }

    def empty(self, name: str) -> None:
        """Throw a letter away once its content is kept elsewhere."""
        with storage_failures(self._folder):
            (self._folder / name).unlink(missing_ok=True)

    def drafts(self) -> dict[str, bytes]:
        """What was being written when it was last kept, by name, the oldest first."""
        found = sorted(self._folder.glob("*.draft"), key=lambda path: path.stat().st_mtime_ns)
        opened = {path.stem: self._opened(path) for path in found}
        return {name: content for name, content in opened.items() if content is not None}

    def _opened(self, path: Path) -> bytes | None:
        with storage_failures(path):
            sealed = path.read_bytes()
        try:
            return _open_with(self._private, sealed)
        except (InvalidTag, ValueError):
            return None


def new_private_key() -> bytes:
    """Make the private key of a letterbox."""
    return X25519PrivateKey.generate().private_bytes_raw()


def _seal_to(public_key: bytes, content: bytes) -> bytes:
    sender = X25519PrivateKey.generate()
    shown = sender.public_key().public_bytes_raw()
    key = expand(sender.exchange(X25519PublicKey.from_public_bytes(public_key)), _PURPOSE, shown + public_key)
    # The key is used once and never again, so the nonce need not differ.
    return _HEAD + shown + seal(key, bytes(NONCE_BYTES), _padded(content), _HEAD)


def _open_with(private: X25519PrivateKey, sealed: bytes) -> bytes:
    if not sealed.startswith(_HEAD):
        raise ValueError(_HEAD)
    shown, rest = sealed[len(_HEAD) :][:_KEY_BYTES], sealed[len(_HEAD) + _KEY_BYTES :]
    shared = private.exchange(X25519PublicKey.from_public_bytes(shown))
    padded = unseal(
        expand(shared, _PURPOSE, shown + private.public_key().public_bytes_raw()), bytes(NONCE_BYTES), rest, _HEAD
    )
    length = int.from_bytes(padded[:4], "big")
    return padded[4 : 4 + length]


def _padded(content: bytes) -> bytes:
    whole = len(content).to_bytes(4, "big") + content
    return whole + bytes(-len(whole) % _PAD)
