"""A new row beside the record it may be, field by field: what a person looks at before saying whether they are one."""

from collections.abc import Iterator
from dataclasses import dataclass

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.domain.pictures import Picture
from accountplanner.domain.sentences import fixed
from accountplanner.domain.statements import Statement
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.session import Session

_TELLING = frozenset({"name", "number", "account", "website", "email", "phone", "city", "country"})
"""What a record is recognised by: of the known one shown also where the row does not say it."""


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of a row and of the known record, blank where one of them does not say it."""

    label: str
    new: str
    known: str
    is_same: bool

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return bool(self.new and self.known) and not self.is_same


def compared_fields(session: Session, match: Suggested) -> tuple[ComparedField, ...]:
    """Put a proposed row beside the known record it may be, in the order of the catalogue; nothing where it says nothing."""
    said = {each.field: each for each in match.statements if each.record == match.record}
    if not said:
        return ()
    known = session.store.team.picture(match.other)
    fields = [each for each in record_kind(kind_of(match.record)).fields if not each.internal and not each.per_speaker]
    compared = (_compared(session, field, said.get(field.key), known, match) for field in fields)
    return tuple(each for each in compared if each is not None)


def _compared(
    session: Session, field: Field, said: Statement | None, known: Picture, match: Suggested
) -> ComparedField | None:
    register = known.registers.get((field.key, ""))
    held = (register.value if register else None) or ""
    new = (said.value if said else None) or ""
    if not (new or (held and field.key in _TELLING)):
        return None
    siblings = register.siblings if register else ()
    is_same = said is not None and any(each.shown.statement.compared == said.compared for each in siblings)
    names = dict(_names(session, field, match, (new, held)))
    return ComparedField(
        fixed(field.label),
        names.get(new) or shown_text(field, new),
        names.get(held) or shown_text(field, held),
        is_same,
    )


def _names(session: Session, field: Field, match: Suggested, values: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """What records are called that a field names, those among them that come with the row."""
    if field.type is FieldType.REFERENCE:
        yield from session.store.titles([value for value in values if value]).items()
        yield from ((each.record, each.value or "") for each in match.statements if each.field == "name")
