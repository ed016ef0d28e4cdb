"""Settling a conflict: one of the surviving values, another one, or that a record stays or goes."""

from dataclasses import dataclass

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.registers import Register
from accountplanner.domain.statements import EXISTS, Statement, exists, state
from accountplanner.domain.undo import restated
from accountplanner.usecases.session import Session, Shown


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conflict stands: one register of the team layer."""

    record: str
    field: str
    voice: str = ""


def register_at(session: Session, place: Place) -> Register:
    """The register in conflict.

    Raises:
        WrongUseError: nothing was ever said there.
    """
    register = session.store.team.picture(place.record).registers.get((place.field, place.voice))
    if register is None or not register.siblings:
        raise WrongUseError(f"Nothing was ever said in {place.field} of {place.record}.")
    return register


def keep_sibling(session: Session, place: Place, number: int, shown: Shown | None = None) -> Changes:
    """Keep one of the surviving values, counted from 1 in the order shown; the others become history.

    Raises:
        WrongUseError: there is no such value.
    """
    if place.field == EXISTS:
        return keep_record(session, place.record, present=number == 1, shown=shown)
    register = register_at(session, place)
    if not 1 <= number <= len(register.siblings):
        raise WrongUseError(f"There are {len(register.siblings)} values to choose from.")
    return _say(session, restated(register.siblings[number - 1].shown), shown)


def keep_typed(session: Session, place: Place, text: str, shown: Shown | None = None) -> Changes:
    """Settle a conflict with another value than those in it."""
    register_at(session, place)
    field = known_field(kind_of(place.record), place.field)
    value = canonical_value(field, text, session.currency) if field else text
    if not value:
        raise WrongUseError("A blank settles nothing; keep one of the values or clear the field.")
    return _say(session, state(place.record, place.field, value, session.source(), voice=place.voice), shown)


def keep_record(session: Session, record: str, *, present: bool, shown: Shown | None = None) -> Changes:
    """Decide between a deletion and an edit that did not know each other."""
    return _say(session, exists(session.store.root(record), session.source(), present=present), shown)


def _say(session: Session, statement: Statement, shown: Shown | None) -> Changes:
    title = "Conflict resolved"
    with session.transaction(title) as writing:
        writing.say(Layer.TEAM, [statement], cut=shown.team if shown else None)
    return session.changes(writing, title)
