"""The recovery key: a secret that a person copies from paper, and may copy badly.

Eight groups of five letters in base 32 without I, L, O and U; 23 random bytes and two by which a slip is noticed.
"""

from __future__ import annotations

import hashlib
import secrets

from accountplanner.domain.errors import WrongUseError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# How the letters left out are usually meant.
_READ_AS = str.maketrans("OIL", "011")
_SECRET_BYTES = 23
_LETTERS = 40
_GROUP = 5


class RecoveryKeyMistypedError(WrongUseError):
    """The key cannot have been shown like this."""

    def __init__(self) -> None:
        super().__init__("That is not how the recovery key reads; compare its eight groups of five letters once more.")


def new_recovery_secret() -> bytes:
    """Make a secret nobody will guess."""
    return secrets.token_bytes(_SECRET_BYTES)


def spell(secret: bytes) -> str:
    """Write a secret as it is shown, once."""
    number = int.from_bytes(secret + _check(secret), "big")
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LETTERS)))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LETTERS, _GROUP))


def read_spelling(typed: str) -> bytes:
    """Read a recovery key with or without dashes, in either case, with O for 0 and I or L for 1.

    Raises:
        RecoveryKeyMistypedError: letters are missing, left over or wrong.
    """
    letters = "".join(typed.split()).replace("\u200b", "").replace("-", "").replace("–", "").upper().translate(_READ_AS)
    if len(letters) != _LETTERS or any(letter not in _ALPHABET for letter in letters):
        raise RecoveryKeyMistypedError
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    spelled = number.to_bytes(_SECRET_BYTES + 2, "big")
    secret, check = spelled[:_SECRET_BYTES], spelled[_SECRET_BYTES:]
    if check != _check(secret):
        raise RecoveryKeyMistypedError
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"accountplanner recovery" + secret).digest()[:2]
