"""How a note waits to be filed: a private note, and beside it a pointer that says so."""

from collections.abc import Mapping

from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import derived_id
from accountplanner.domain.statements import NOBODY, Source, exists, state
from accountplanner.store import dated
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.editing import say_new_record
from accountplanner.usecases.session import Session

WAITING = "waiting_note"


def say_waiting(
    session: Session, writing: Transaction, note: str, values: Mapping[str, str], source: Source = NOBODY
) -> None:
    """Put a note into the inbox, within a transaction."""
    say_new_record(session, writing, note, values, source, layer=Layer.ME)
    pointer, said = pointer_to(session, note), session.source(origin="inbox")
    writing.say(Layer.ME, [exists(pointer, said), state(pointer, "note", note, said)])


def inbox_count(session: Session) -> int:
    """How many notes wait, without looking at what they say."""
    return len(dated.values_given(session.store.me, (WAITING, "note")))


def pointer_to(session: Session, note: str) -> str:
    """The record that says of a note that it waits."""
    return derived_id(WAITING, session.store.identity.team_secret, note)
