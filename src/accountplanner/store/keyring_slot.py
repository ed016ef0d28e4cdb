"""The operating system's keyring, where there is one: it may hold a secret, refuse, or pretend to hold it."""

from __future__ import annotations

import base64
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SERVICE = "AccountPlanner"
_log = logging.getLogger(__name__)


def store_secret(entry: str, secret: bytes) -> bool:
    """Put a secret into the keyring; true only if the keyring gave the same one back."""
    text = base64.b64encode(secret).decode()
    _asked(lambda: _set(entry, text))
    return load_secret(entry) == secret


def load_secret(entry: str) -> bytes | None:
    """Get a secret back; none if there is no keyring, it stays locked, or it has lost it."""
    text = _asked(lambda: _get(entry))
    try:
        return base64.b64decode(text, validate=True) if text else None
    except ValueError:
        return None


def forget_secret(entry: str) -> None:
    """Take a secret out of the keyring if it is there."""
    _asked(lambda: _delete(entry))


# Imported when first asked: finding a backend takes longer than opening a database.
def _set(entry: str, text: str) -> None:
    import keyring  # noqa: PLC0415

    keyring.set_password(_SERVICE, entry, text)


def _get(entry: str) -> str | None:
    import keyring  # noqa: PLC0415

    return keyring.get_password(_SERVICE, entry)


def _delete(entry: str) -> None:
    import keyring  # noqa: PLC0415

    keyring.delete_password(_SERVICE, entry)


def _asked(question: Callable[[], str | None]) -> str | None:
    """Ask the keyring; whatever goes wrong there is "no", for the passphrase still opens the workspace.

    A third place that catches everything, because backends are plug-ins that come from anywhere and let the exceptions
    of D-Bus, COM and their own through. The reason is logged by its type only: its text may quote the secret.
    """
    try:
        return question()
    except Exception as error:  # noqa: BLE001
        _log.info("the keyring did not answer: %s", type(error).__name__)
        return None
