"""Sensitive answers: off until a reason is given, then one by one with the person's consent, on this computer alone.

Each keeps who wrote it down, when, and how the person agreed; each look at one is noted. They never enter a search,
a workbook, a brief or a deck (design section 6).
"""

import json
from dataclasses import dataclass

from accountplanner.domain.catalogue import field_named, record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import RefusedError, WrongUseError
from accountplanner.domain.fields import Field, Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import fixed, told
from accountplanner.domain.statements import Source
from accountplanner.usecases.editing import CONSENT, Typed, set_value
from accountplanner.usecases.pages import ShownValue, record_page
from accountplanner.usecases.session import Session, Shown

_SWITCH = "special_enabled"
_LOOKS = "special_looks"
_LOOKS_MOST = 2000


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether sensitive answers are on, and if so why, through whom and since when."""

    is_on: bool
    reason: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class SpecialAnswer:
    """One sensitive question of a person; whether there is an answer is known, the answer only after `reveal`."""

    field: Field
    is_answered: bool
    said_on: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at one answer."""

    record: str
    field: str
    by: str
    at: str


def switch_of(session: Session) -> Switch:
    """Whether this workspace keeps sensitive answers."""
    held = session.store.local(_SWITCH)
    if held is None:
        return Switch(is_on=False)
    said = json.loads(held)
    return Switch(is_on=True, reason=said.get("reason", ""), by=said.get("by", ""), on=said.get("on", ""))


def switch_on(session: Session, reason: str) -> Switch:
    """Switch sensitive answers on for this computer.

    Raises:
        WrongUseError: no reason is given.
    """
    if not reason.strip():
        raise WrongUseError("Sensitive answers need a reason: what are they needed for?")
    session.store.enable_special(reason.strip(), session.store.identity.name, session.clock.today().isoformat())
    return switch_of(session)


def switch_off(session: Session) -> Switch:
    """Switch them off again: what was kept is shown nowhere until they are switched on."""
    session.store.drop_locals([_SWITCH])
    return switch_of(session)


def special_answers(session: Session, record: str) -> tuple[SpecialAnswer, ...]:
    """The sensitive questions of a person, without any answer; none while they are off."""
    if not session.store.special_enabled:
        return ()
    lines = {line.field.key: line for line in record_page(session, record).lines if line.values}
    found = []
    for field in record_kind(kind_of(record)).fields:
        if field.privacy is Privacy.SPECIAL:
            value = lines[field.key].values[0] if field.key in lines else None
            found.append(SpecialAnswer(field, value is not None, value.date if value else "", _consent(value)))
    return tuple(found)


def reveal(session: Session, record: str, key: str) -> ShownValue | None:
    """Show one answer, and note that it was looked at.

    Raises:
        RefusedError: they are switched off.
    """
    field = field_named(kind_of(record), key)
    if not session.store.special_enabled:
        raise RefusedError(told("{field} is switched off.", field=fixed(field.label)))
    looks = [*_noted(session), [record, field.key, session.store.identity.name, _now(session)]]
    session.store.set_local(_LOOKS, json.dumps(looks[-_LOOKS_MOST:]).encode())
    lines = record_page(session, record).lines
    return next((line.values[0] for line in lines if line.field == field and line.values), None)


def looks(session: Session, record: str = "") -> list[Look]:
    """Who looked at which answer and when, the newest first; of one person or of all."""
    found = [Look(*each) for each in _noted(session)]
    return [each for each in reversed(found) if not record or each.record == record]


def set_special(session: Session, typed: Typed, consent: str, shown: Shown | None = None) -> Changes:
    """Keep a sensitive answer with how the person agreed to that; clearing one needs no consent.

    Raises:
        WrongUseError: the field is no sensitive one, or nobody says how the person agreed.
        RefusedError: they are switched off.
    """
    field = field_named(kind_of(typed.record), typed.field)
    if field.privacy is not Privacy.SPECIAL:
        raise WrongUseError(told("{field} is no sensitive answer.", field=fixed(field.label)))
    if not typed.clear and not consent.strip():
        raise WrongUseError("Say how the person agreed to this being kept; without that it is not kept.")
    said = Source(origin=f"{CONSENT}:{' '.join(consent.split())}", how="told") if not typed.clear else Source()
    wanted = Typed(typed.record, field.key, typed.text, typed.clear, source=said)
    return set_value(session, wanted, shown)


def _noted(session: Session) -> list[list[str]]:
    held = session.store.local(_LOOKS)
    found: list[list[str]] = json.loads(held) if held else []
    return found


def _now(session: Session) -> str:
    return session.clock.now().isoformat(timespec="seconds")


def _consent(value: ShownValue | None) -> str:
    kind, _, words = (value.origin if value else "").partition(":")
    return words if kind == CONSENT else ""
