"""Who wrote it and who may read it: device keys, team keys, signatures.

A device signs with Ed25519 and receives with X25519. A team key encrypts what the team exchanges (AES-256-GCM) and is
handed to a member wrapped for the member's device. Everything here is bytes in, bytes out.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from accountplanner.domain.errors import RefusedError
from accountplanner.store.stretching import NONCE_BYTES, expand, from_text, seal, to_text, unseal

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = b"APS1"
_ID_BYTES = 8
_KEY_BYTES = 32


class SealedForOthersError(RefusedError):
    """Encrypted with a key this workspace does not hold."""

    def __init__(self) -> None:
        super().__init__("This was written for a team, or a team key, that this workspace does not have.")


class SealDamagedError(RefusedError):
    """What was sealed has been changed since."""

    def __init__(self) -> None:
        super().__init__("An encrypted part of this file has been changed or is incomplete.")


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know a device by: to check its signatures, and to wrap a key for it."""

    signing: bytes
    exchange: bytes

    def to_json(self) -> list[str]:
        """Write both, for a certificate or a list of members."""
        return [to_text(self.signing), to_text(self.exchange)]

    @classmethod
    def from_json(cls, loaded: list[str]) -> PublicKeys:
        """Read what `to_json` wrote.

        Raises:
            ValueError: it is something else.
        """
        signing, exchange = (from_text(part) for part in loaded)
        if len(signing) != _KEY_BYTES or len(exchange) != _KEY_BYTES:
            raise ValueError("a public key has 32 bytes")
        return cls(signing, exchange)


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The secrets of one workspace on one computer; they live in its encrypted database only."""

    signing: bytes = field(repr=False)
    exchange: bytes = field(repr=False)

    @property
    def public(self) -> PublicKeys:
        """The halves that may be told."""
        return PublicKeys(
            public_half(self.signing),
            X25519PrivateKey.from_private_bytes(self.exchange).public_key().public_bytes_raw(),
        )

    def to_bytes(self) -> bytes:
        """Write both secrets as one piece."""
        return self.signing + self.exchange

    @classmethod
    def from_bytes(cls, written: bytes) -> DeviceKeys:
        """Read what `to_bytes` wrote."""
        if len(written) != 2 * _KEY_BYTES:
            raise ValueError("device keys have 64 bytes")
        return cls(written[:_KEY_BYTES], written[_KEY_BYTES:])


@dataclass(frozen=True, slots=True)
class TeamKey:
    """A secret all members share; retiring a device replaces it, older ones still open older files."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Name the key without saying anything about it: the secret is too long to be guessed back."""
        return hashlib.sha256(b"accountplanner team key" + self.secret).digest()[:_ID_BYTES].hex()


def new_device_keys() -> DeviceKeys:
    """Make the keys of a new workspace."""
    return DeviceKeys(secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_KEY_BYTES))


def new_team_key() -> TeamKey:
    """Make a team key nobody has."""
    return TeamKey(secrets.token_bytes(_KEY_BYTES))


def sign(signing_key: bytes, content: bytes) -> bytes:
    """Sign with a private signing key."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(content)


def is_signed(public_signing_key: bytes, signature: bytes, content: bytes) -> bool:
    """Say whether this very content was signed by the holder of the private half."""
    try:
        Ed25519PublicKey.from_public_bytes(public_signing_key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_half(signing_key: bytes) -> bytes:
    """The public half of a private signing key."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def seal_for_team(key: TeamKey, content: bytes, about: bytes = b"") -> bytes:
    """Encrypt for everybody who holds the key; `about` is where it belongs, and must be said again to open it.

    Layout: four letters with the version, the key's id, a nonce, the encrypted content.
    """
    head, nonce = _MARK + bytes.fromhex(key.id), secrets.token_bytes(NONCE_BYTES)
    return head + nonce + seal(key.secret, nonce, content, head + about)


def open_for_team(keys: Iterable[TeamKey], sealed: bytes, about: bytes = b"") -> bytes:
    """Open what was sealed with any of the keys.

    Raises:
        SealedForOthersError: with none of them.
        SealDamagedError: it was changed, or belongs somewhere else.
    """
    wanted, start = sealed_key_id(sealed), len(_MARK) + _ID_BYTES
    key = next((key for key in keys if key.id == wanted), None)
    if key is None:
        raise SealedForOthersError
    nonce, content = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
    try:
        return unseal(key.secret, nonce, content, sealed[:start] + about)
    except (InvalidTag, ValueError) as error:
        raise SealDamagedError from error


def sealed_key_id(sealed: bytes) -> str:
    """Say which team key a sealed piece needs.

    Raises:
        SealDamagedError: it is no sealed piece.
    """
    if not sealed.startswith(_MARK) or len(sealed) < len(_MARK) + _ID_BYTES + NONCE_BYTES:
        raise SealDamagedError
    return sealed[len(_MARK) : len(_MARK) + _ID_BYTES].hex()


def wrap_team_key(key: TeamKey, member: PublicKeys) -> bytes:
    """Encrypt a team key so that one device alone can read it.

    Layout: a public key made for this once, then the encrypted secret. Says nothing about who wrapped it: what carries
    it is signed.
    """
    once = X25519PrivateKey.generate()
    public = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(member.exchange))
    # The key serves once, so the nonce may be fixed.
    return public + seal(_wrapping_key(shared, public, member.exchange), bytes(NONCE_BYTES), key.secret, b"")


def unwrap_team_key(device: DeviceKeys, wrapped: bytes) -> TeamKey:
    """Read a team key that was wrapped for this device.

    Raises:
        SealedForOthersError: it was wrapped for another, or changed.
    """
    public, content = wrapped[:_KEY_BYTES], wrapped[_KEY_BYTES:]
    try:
        shared = X25519PrivateKey.from_private_bytes(device.exchange).exchange(
            X25519PublicKey.from_public_bytes(public)
        )
        key = _wrapping_key(shared, public, device.public.exchange)
        return TeamKey(unseal(key, bytes(NONCE_BYTES), content, b""))
    except (InvalidTag, ValueError) as error:
        raise SealedForOthersError from error


def _wrapping_key(shared: bytes, once: bytes, member: bytes) -> bytes:
    return expand(shared, "team key wrap", once + member)


def canonical(*parts: object) -> bytes:
    """Write parts so that two lists of parts never read the same; what signatures of certificates cover."""
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()
