"""Files that open with a password only: how the shells know them, and what was typed for those that wait."""

from accountplanner.exchange.reading.errors import PasswordNeededError
from accountplanner.usecases.session import Session

__all__ = ["PasswordNeededError", "keep_password", "kept_password"]

_KEPT_WORD = "opens "
_LOCKED = b"\xd0\xcf\x11\xe0"


def keep_password(session: Session, content: str, data: bytes, password: str) -> None:
    """Keep what an archived file opened with: one that waits for its export is read again without anybody to ask."""
    if password and data.startswith(_LOCKED):
        session.store.set_local(_KEPT_WORD + content, password.encode())


def kept_password(session: Session, content: str) -> str:
    """What an archived file opened with, empty where it needed nothing."""
    return (session.store.local(_KEPT_WORD + content) or b"").decode()
