"""Settling a conflict: one of the surviving values, another one, or that a record stays or goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import FieldType, Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.registers import Register
from accountplanner.domain.sentences import fixed, titled, told
from accountplanner.domain.statements import EXISTS, Statement, exists, state
from accountplanner.domain.undo import restated
from accountplanner.usecases.editing import Typed, typed_statement
from accountplanner.usecases.session import Session, Shown

_BETWEEN: Final[Mapping[FieldType, str]] = {FieldType.TEXT: " / ", FieldType.LONG_TEXT: "\n", FieldType.LIST: "\n"}


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
        raise WrongUseError(
            told("Nothing was ever said in {field} of {record}.", field=place.field, record=place.record)
        )
    return register


def keep_sibling(session: Session, place: Place, number: int, shown: Shown | None = None) -> Changes:
    """Keep one of the surviving values, counted from 1 in the order shown; the others become history.

    Raises:
        WrongUseError: there is no such value.
    """
    return _say(session, sibling_said(session, place, number), shown)


def sibling_said(session: Session, place: Place, number: int) -> Statement:
    """What to state so that one of the surviving values is kept; of a deletion 1 keeps the record, 2 deletes it.

    Raises:
        WrongUseError: there is no such value.
    """
    if place.field == EXISTS:
        if number not in (1, 2):
            raise WrongUseError("There are 2 ways to choose from.")
        return exists(session.store.root(place.record), session.source(), present=number == 1)
    register = register_at(session, place)
    if not 1 <= number <= len(register.siblings):
        raise WrongUseError(told("There are {count} values to choose from.", count=len(register.siblings)))
    return restated(register.siblings[number - 1].shown)


def typed_said(session: Session, place: Place, text: str) -> Statement:
    """What to state so that a value typed by this person settles a conflict.

    Raises:
        WrongUseError: the text is blank, or no value of such a field.
    """
    register_at(session, place)
    field = known_field(kind_of(place.record), place.field)
    value = canonical_value(field, text, session.currency) if field else text
    if not value:
        raise WrongUseError("A blank settles nothing; keep one of the values or clear the field.")
    if field and field.type is FieldType.REFERENCE:
        typed = Typed(place.record, place.field, value, layer=Layer.TEAM, voice=place.voice)
        value = typed_statement(session, field, typed).value or value
    return state(place.record, place.field, value, session.source(), voice=place.voice)


def all_said(session: Session, place: Place) -> Statement:
    """What to state so that every value of a text or a list is kept, one after the other.

    Raises:
        WrongUseError: the field holds one thing only, a date or an amount say.
    """
    field = known_field(kind_of(place.record), place.field)
    between = _BETWEEN.get(field.type) if field else None
    if between is None:
        raise WrongUseError(
            told("{field} holds one value; keep one of them.", field=fixed(field.label) if field else place.field)
        )
    values = [sibling.value or "" for sibling in register_at(session, place).siblings]
    return typed_said(session, place, joined(values, between))


def can_keep_all(place: Place) -> bool:
    """Whether the values of a conflict can stand together in one field."""
    field = known_field(kind_of(place.record), place.field)
    return field is not None and field.type in _BETWEEN


def joined(values: Sequence[str], between: str) -> str:
    """Several texts as one; what one of them repeats of another stands once."""
    parts = [part.strip() for value in values for part in value.split(between)]
    return between.join(dict.fromkeys(part for part in parts if part))


def _say(session: Session, statement: Statement, shown: Shown | None) -> Changes:
    title = titled("Conflict resolved")
    with session.transaction(title) as writing:
        writing.say(Layer.TEAM, [statement], cut=shown.team if shown else None)
    return session.changes(writing, title)
