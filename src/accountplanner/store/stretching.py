"""From a passphrase to a key: slow on purpose, so that guessing is."""

from __future__ import annotations

import base64
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from accountplanner.domain.errors import WrongUseError

NONCE_BYTES = 12
_SALT_BYTES = 16
_KEY_BYTES = 32


class EmptyPassphraseError(WrongUseError):
    """An empty passphrase protects nothing."""

    def __init__(self) -> None:
        super().__init__("The passphrase is empty; choose one of at least one word.")


@dataclass(frozen=True, slots=True)
class Stretching:
    """What one guess costs (Argon2id): 64 MiB and three passes take about a third of a second."""

    memory_kib: int = 65_536
    iterations: int = 3
    lanes: int = 4

    def key(self, passphrase: str, salt: bytes) -> bytes:
        """Stretch a passphrase; accents count as the same however a keyboard composes them."""
        typed = unicodedata.normalize("NFC", passphrase).encode()
        kdf = Argon2id(
            salt=salt, length=_KEY_BYTES, iterations=self.iterations, lanes=self.lanes, memory_cost=self.memory_kib
        )
        return kdf.derive(typed)

    def to_json(self) -> dict[str, Any]:
        """Say the costs, to be stored beside what they protect."""
        return {
            "name": "argon2id",
            "memory_kib": self.memory_kib,
            "iterations": self.iterations,
            "lanes": self.lanes,
        }

    @classmethod
    def from_json(cls, loaded: dict[str, Any]) -> Stretching:
        """Read stored costs; a file from elsewhere must not make us spend more than a few seconds and 1 GiB."""
        costs = cls(loaded["memory_kib"], loaded["iterations"], loaded["lanes"])
        sensible = (
            loaded["name"] == "argon2id"
            and 8 * costs.lanes <= costs.memory_kib <= 1_048_576
            and 1 <= costs.iterations <= 20
            and 1 <= costs.lanes <= 16
        )
        if not sensible:
            raise ValueError("costs beyond reason")
        return costs


def refuse_empty(passphrase: str) -> str:
    """Give the passphrase back if it is one.

    Raises:
        EmptyPassphraseError: nothing was typed.
    """
    if not passphrase.strip():
        raise EmptyPassphraseError
    return passphrase


def expand(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """Derive a key for one purpose from a secret that cannot be guessed."""
    return HKDF(SHA256(), _KEY_BYTES, salt, f"accountplanner {purpose}".encode()).derive(secret)


def seal(key: bytes, nonce: bytes, content: bytes, about: bytes) -> bytes:
    """Encrypt under a key; `about` is not hidden, but cannot be changed."""
    return AESGCM(key).encrypt(nonce, content, about)


def unseal(key: bytes, nonce: bytes, sealed: bytes, about: bytes) -> bytes:
    """Undo `seal`.

    Raises:
        cryptography.exceptions.InvalidTag: the key is another one, or something was changed.
    """
    return AESGCM(key).decrypt(nonce, sealed, about)


def to_text(content: bytes) -> str:
    """Write bytes into JSON."""
    return base64.b64encode(content).decode()


def from_text(text: str) -> bytes:
    """Read what `to_text` wrote.

    Raises:
        ValueError: it is something else.
    """
    return base64.b64decode(text, validate=True)
