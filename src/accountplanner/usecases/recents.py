"""The records a person opened last, kept encrypted and on this computer alone."""

import json
from collections.abc import Sequence

from accountplanner.usecases.session import Session

KEPT = 50
_RECENTS = "recents"


def recent_records(session: Session) -> tuple[str, ...]:
    """The ids of the records opened last, the latest first."""
    held = session.store.local(_RECENTS)
    return tuple(json.loads(held)) if held else ()


def keep_recents(session: Session, records: Sequence[str]) -> None:
    """Remember which records were opened last; no more than a person would still call recent."""
    session.store.set_local(_RECENTS, json.dumps(list(records)[:KEPT]).encode())


def with_visit(records: Sequence[str], record: str) -> tuple[str, ...]:
    """The records opened last after one more of them was opened."""
    return (record, *(known for known in records if known != record))[:KEPT]
