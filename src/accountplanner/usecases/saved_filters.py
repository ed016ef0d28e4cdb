"""Named ways of looking at a list, kept encrypted on this computer: what is searched, filtered, sorted and grouped."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import field_named, record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import FieldType
from accountplanner.usecases.browsing import Condition, Operator
from accountplanner.usecases.naming import find_record
from accountplanner.usecases.session import Session

_SAVED = "saved-filter:"
_COLUMNS = "list-columns:"


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """One way of looking at the list of a kind. `chip` and `order` are the list's own, by key."""

    name: str
    kind: str
    text: str = ""
    chip: str = ""
    order: str = ""
    group: str = ""
    conditions: tuple[Condition, ...] = field(default=())


def save_filter(session: Session, saved: SavedFilter) -> None:
    """Keep a way of looking at a list under its name; one of that name is replaced.

    Raises:
        WrongUseError: it has no name.
    """
    name = saved.name.strip()
    if not name:
        raise WrongUseError("A saved filter needs a name.")
    session.store.set_local(_key(saved.kind, name), json.dumps(asdict(saved) | {"name": name}).encode())


def saved_filters(session: Session, kind: str) -> list[SavedFilter]:
    """The saved ways of looking at the list of a kind, by name."""
    held = session.store.locals(_key(kind, "")).values()
    found = [_read(json.loads(body)) for body in held]
    return sorted(found, key=lambda saved: saved.name.casefold())


def drop_filter(session: Session, kind: str, name: str) -> None:
    """Forget a saved way of looking at a list."""
    session.store.drop_locals([_key(kind, name)])


def typed_condition(session: Session, kind: str, typed: Condition) -> tuple[Condition, str]:
    """A condition whose value is as a person typed it, made canonical, and what it is called if it names a record.

    Raises:
        ValueRefusedError: the field cannot hold the value.
        NotFoundError: no record is called so.
        AmbiguousNameError: several are.
    """
    field = field_named(kind, typed.field)
    if typed.operator is Operator.CONTAINS:
        return typed, ""
    if field.type is FieldType.REFERENCE:
        record = find_record(session, field.refers_to[-1], typed.value)
        return replace(typed, value=record), session.store.titles([record]).get(record, typed.value)
    return replace(typed, value=canonical_value(field, typed.value, session.currency)), ""


def condition_titles(session: Session, conditions: Sequence[Condition]) -> dict[Condition, str]:
    """What the records that conditions name are called."""
    titles = session.store.titles([each.value for each in conditions if ":" in each.value])
    return {each: titles[each.value] for each in conditions if each.value in titles}


def list_columns(session: Session, kind: str) -> tuple[str, ...]:
    """The columns a person chose for the table of a kind, by field key; empty where nobody has chosen yet."""
    held = session.store.local(_COLUMNS + kind)
    known = record_kind(kind)
    return tuple(key for key in json.loads(held) if known.field(key)) if held else ()


def choose_columns(session: Session, kind: str, keys: Sequence[str]) -> None:
    """Remember the columns of the table of a kind."""
    session.store.set_local(_COLUMNS + kind, json.dumps(list(keys)).encode())


def _key(kind: str, name: str) -> str:
    return f"{_SAVED}{kind}:{name}"


def _read(held: dict[str, Any]) -> SavedFilter:
    # A field that a later version knows no more filters nothing; the rest of the filter stays useful.
    kind = record_kind(held["kind"])
    conditions = tuple(
        Condition(each["field"], Operator(each["operator"]), each["value"])
        for each in held.pop("conditions")
        if kind.field(each["field"]) is not None and each["operator"] in list(Operator)
    )
    return SavedFilter(**held, conditions=conditions)
