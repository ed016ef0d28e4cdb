"""One field of many records changed at once: counted before, written in one transaction, undone in one step."""

from collections.abc import Sequence
from dataclasses import dataclass

from accountplanner.domain.catalogue import field_named, record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import RefusedError, WrongUseError
from accountplanner.domain.fields import Field, FieldType, Layer, Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import fixed, titled, told, within
from accountplanner.usecases.editing import Typed, typed_statement
from accountplanner.usecases.session import Session, Shown


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What a change of many records would do.

    `filled` have nothing there now, `replaced` something else, `same` what is wanted already;
    `conflicted` are left alone, because two answers stand there and a person has to decide.
    """

    value: str
    filled: int = 0
    replaced: int = 0
    same: int = 0
    conflicted: int = 0

    @property
    def changed(self) -> int:
        """How many records would change."""
        return self.filled + self.replaced


def bulk_fields(kind: str) -> list[Field]:
    """The fields that may be the same for many records: not their titles, and nothing private."""
    known = record_kind(kind)
    return [
        field
        for field in known.fields
        if field.key != known.title_key
        and not (field.internal or field.owner or field.per_speaker)
        and field.privacy is Privacy.BUSINESS
        and field.type is not FieldType.LONG_TEXT
    ]


def preview_many(session: Session, records: Sequence[str], key: str, text: str, *, clear: bool = False) -> BulkPreview:
    """Count what a change would do; nothing is written.

    Raises:
        ValueRefusedError: the text does not fit the field.
        WrongUseError: the field is not for many at once.
    """
    return _planned(session, records, key, text, clear=clear)[0]


def set_many(  # noqa: PLR0913 - what, where, since when
    session: Session, records: Sequence[str], key: str, text: str, shown: Shown | None = None, *, clear: bool = False
) -> Changes:
    """Put one value into a field of many records, in one step.

    Raises:
        ValueRefusedError: the text does not fit the field.
        WrongUseError: the field is not for many at once, or nothing would change.
    """
    preview, changed = _planned(session, records, key, text, clear=clear)
    if not changed:
        raise WrongUseError("Nothing would change.")
    kind = record_kind(kind_of(changed[0]))
    field = field_named(kind.key, key)
    title = titled(
        "“{field}” cleared for {count} {records}" if clear else "“{field}” changed for {count} {records}",
        field=fixed(field.label),
        count=preview.changed,
        records=within(kind.label if preview.changed == 1 else kind.plural),
    )
    text = preview.value
    typed = [typed_statement(session, field, Typed(record, field.key, text, clear, Layer.TEAM)) for record in changed]
    with session.transaction(title) as writing:
        writing.say(Layer.TEAM, typed, cut=shown.cut(Layer.TEAM) if shown else None)
    return session.changes(writing, title)


def _planned(
    session: Session, records: Sequence[str], key: str, text: str, *, clear: bool
) -> tuple[BulkPreview, list[str]]:
    if not records:
        raise WrongUseError("No record is selected.")
    field = field_named(kind_of(records[0]), key)
    if field not in bulk_fields(field.kind):
        raise RefusedError(told("{field} is not changed for many records at once.", field=fixed(field.label)))
    wanted = typed_statement(session, field, Typed(records[0], key, text, clear)).value or ""
    in_conflict = session.store.conflicted_fields()
    counts = {"filled": 0, "replaced": 0, "same": 0, "conflicted": 0}
    changed = []
    for held in session.store.records(records):
        now = held.values.get(field.key, "")
        is_conflicted = field.key in in_conflict.get(held.number, ())
        what = "conflicted" if is_conflicted else "same" if now == wanted else "replaced" if now else "filled"
        counts[what] += 1
        if what in {"filled", "replaced"}:
            changed.append(held.record)
    return BulkPreview(wanted, **counts), changed
