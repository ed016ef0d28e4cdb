"""Lists of any record kind, for places that have no columns of their own for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Field, FieldType, Privacy
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.session import Session

_USUAL_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line. `values` are canonical, `texts` the same for people: choices by label, references by title."""

    number: int
    record: str
    values: Mapping[str, str]
    texts: Mapping[str, str]
    conflicts: int


def records_behind(session: Session, numbers: Sequence[int]) -> list[str]:
    """The record ids behind some numbers of a list, in its order."""
    names = session.store.names(numbers)
    return [names[number] for number in numbers if number in names]


def number_of(session: Session, record: str) -> int | None:
    """The number under which lists hold a record, `None` where there is no such record."""
    held = session.store.record(record)
    return held.number if held is not None else None


def column_fields(kind: str) -> list[Field]:
    """The fields that a table of these records may have as columns; special answers stand in no table."""
    return [field for field in record_kind(kind).fields if not field.internal and field.privacy is not Privacy.SPECIAL]


def usual_columns(kind: str) -> tuple[str, ...]:
    """The columns of a table nobody has chosen columns for: short business fields, what they are called first."""
    known = record_kind(kind)
    short = [
        field.key
        for field in column_fields(kind)
        if field.privacy is Privacy.BUSINESS and field.type is not FieldType.LONG_TEXT and not field.per_speaker
    ]
    return (known.title_key, *(key for key in short if key != known.title_key))[:_USUAL_COLUMNS]


def record_rows(session: Session, kind: str, numbers: Sequence[int]) -> list[RecordRow]:
    """The lines behind some numbers, fields in the catalogue's order."""
    records = session.store.cached(kind, numbers)
    fields = record_kind(kind).fields
    references = [field.key for field in fields if field.type is FieldType.REFERENCE]
    titles = session.store.titles(
        [record.values[key] for record in records for key in references if key in record.values]
    )
    rows = []
    for record in records:
        said = {field.key: record.values[field.key] for field in fields if field.key in record.values}
        texts = {field.key: shown_text(field, said[field.key]) for field in fields if field.key in said}
        texts |= {key: titles.get(said[key], said[key]) for key in references if key in said}
        rows.append(RecordRow(record.number, record.record, said, texts, record.conflicts))
    return rows
