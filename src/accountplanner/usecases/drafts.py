"""What was half typed when the workspace was locked: kept in the encrypted database until somebody has seen it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from accountplanner.usecases.session import Session

_NAME = "drafts_at_lock"


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that stood in a field nobody had finished with, and what the field is called."""

    field: str
    text: str


def keep_drafts(session: Session, drafts: Sequence[Draft]) -> None:
    """Keep drafts beside those that are kept already."""
    if drafts:
        held = dict.fromkeys((*kept_drafts(session), *drafts))
        session.store.set_local(_NAME, json.dumps([asdict(draft) for draft in held]).encode())


def kept_drafts(session: Session) -> list[Draft]:
    """What is kept, the oldest first."""
    found = session.store.local(_NAME)
    return [Draft(**each) for each in json.loads(found)] if found else []


def forget_drafts(session: Session) -> None:
    """Let go of what has been seen."""
    session.store.drop_locals([_NAME])
