"""A list in groups: by owner, country, tier, rung, or whatever else a record's fields say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Field, FieldType, Privacy
from accountplanner.domain.ladder import RUNGS
from accountplanner.domain.sentences import fixed
from accountplanner.domain.text import search_text
from accountplanner.usecases.browsing import account_rungs
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.session import Session

RUNG: Final = "rung"
_TYPES: Final = (FieldType.CHOICE, FieldType.YES_NO, FieldType.REFERENCE)
_TEXTS: Final = frozenset({"city", "country", "region", "industry", "department", "title"})


@dataclass(frozen=True, slots=True)
class Group:
    """Some records of a list that have something in common; `text` is empty where it is not known of them."""

    text: str
    numbers: tuple[int, ...]


def grouping_fields(kind: str) -> list[Field]:
    """The fields by which a list is worth grouping: few different values, and nothing a bystander should not read."""
    return [
        field
        for field in record_kind(kind).fields
        if not field.internal
        and field.privacy is Privacy.BUSINESS
        and (field.type in _TYPES or field.key in _TEXTS)
        and not field.per_speaker
    ]


def grouped(session: Session, kind: str, numbers: Sequence[int], by: str) -> list[Group]:
    """Put a list into groups by a field, or accounts by their rung. Within a group the list keeps its order."""
    if by == RUNG:
        rungs = account_rungs(session, numbers)
        order = [*RUNGS, ""]
        return [
            Group(fixed(RUNGS[key].name) if key else "", tuple(held))
            for key in order
            if (held := [number for number in numbers if rungs.get(number, "") == key])
        ]
    values = session.store.grouped_by(kind, by)
    groups: dict[str, list[int]] = {}
    for number in numbers:
        groups.setdefault(values.get(number, ""), []).append(number)
    field = record_kind(kind).field(by)
    texts = _texts(session, field, groups) if field is not None else {}
    places = _places(field, texts)
    return [Group(texts.get(key, key), tuple(groups[key])) for key in sorted(groups, key=places.__getitem__)]


def _texts(session: Session, field: Field, keys: Iterable[str]) -> dict[str, str]:
    if field.type is FieldType.REFERENCE:
        titles = session.store.titles([key for key in keys if key])
        return {key: titles.get(key, "") for key in keys}
    is_worded = field.type in {FieldType.CHOICE, FieldType.YES_NO}
    return {key: shown_text(field, key) if is_worded else key for key in keys}


def _places(field: Field | None, texts: dict[str, str]) -> dict[str, tuple[bool, int, str]]:
    """Where each group stands: choices in their declared order, all others by what they are called, unknown last."""
    declared = [key for key, _ in field.choices] if field is not None else []
    return {
        key: (not text, declared.index(key) if key in declared else len(declared), search_text(text))
        for key, text in texts.items()
    }
