"""Record ids: `kind:key`, unique across machines, telling nothing about the record.

A random key has 130 bits in base 32. A derived key is an HMAC under a secret, so that two
laptops make the same record from the same row, and nobody can guess the row from the id.
A plain hash of a value is never an id: it could be guessed back.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable

IdSource = Callable[[str], str]
"""Gives a fresh record id for a kind; tests hand in a counting one."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_KEY_LENGTH = 26


def _encode(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, rest = divmod(number, 32)
        letters.append(_ALPHABET[rest])
    return "".join(reversed(letters))


def random_id(kind: str) -> str:
    """Make a record id nobody else has made."""
    return f"{kind}:{_encode(secrets.randbits(130), _KEY_LENGTH)}"


def derived_id(kind: str, secret: bytes, *parts: str) -> str:
    """Make the id that everybody holding the secret derives from the same parts."""
    number = int.from_bytes(keyed_digest(secret, kind, *parts)[:17], "big") >> 6
    return f"{kind}:{_encode(number, _KEY_LENGTH)}"


def paired_id(kind: str, *ids: str) -> str:
    """Make the id of the one record that stands between other records.

    The parts are ids, which say nothing, so no secret is needed.
    """
    return derived_id(kind, b"paired", *ids)


def keyed_digest(secret: bytes, *parts: str) -> bytes:
    """HMAC-SHA-256 over parts; lengths are included, so no two lists of parts collide."""
    written = [part.encode("utf-8", "surrogatepass") for part in parts]
    # In one call: a list of a million cells asks for as many.
    return hmac.digest(secret, b"".join([len(data).to_bytes(8, "big") + data for data in written]), "sha256")


def kind_of(record: str) -> str:
    """Say which kind of record an id names."""
    return record.partition(":")[0]


def short_check(text: str) -> str:
    """Two letters by which a mistyped or cut key is noticed."""
    return _encode(int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big"), 2)
