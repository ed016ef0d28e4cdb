"""Lists of any record kind, for places that have no columns of their own for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import FieldType
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line. `values` are canonical, `texts` the same for people: choices by label, references by title."""

    record: str
    values: Mapping[str, str]
    texts: Mapping[str, str]
    conflicts: int


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
        rows.append(RecordRow(record.record, said, texts, record.conflicts))
    return rows
