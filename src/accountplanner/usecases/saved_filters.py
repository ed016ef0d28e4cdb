"""Named ways of looking at a list, kept encrypted on this computer: what is searched, filtered, sorted and grouped."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.usecases.browsing import Condition, Operator
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
