"""One record as a page shows it: every field with who, when, how; its history; what belongs to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accountplanner.domain.catalogue import KINDS, known_field, record_kind
from accountplanner.domain.errors import NotFoundError
from accountplanner.domain.fields import Field, FieldType, Layer, Privacy, RecordKind
from accountplanner.domain.ids import kind_of
from accountplanner.domain.pictures import Picture, fold_record, replacing
from accountplanner.domain.registers import Sibling, common_base, fold_register
from accountplanner.domain.sentences import fixed, told
from accountplanner.domain.statements import EXISTS, Entry, is_internal
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.session import Session, Shown


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value with its provenance. `text` is for people: choices by label, references by title."""

    value: str
    text: str
    speaker: str
    date: str
    how: str
    sure: str
    origin: str
    layer: Layer
    sources: int = 1
    fading: bool = False
    by_me: bool = False


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field as a page shows it.

    `values` is empty for a blank, one for a value, several for a conflict (the one shown first in
    front). `voice` names whose register it is in a field with one voice per speaker. `mine` says
    whether this person speaks there.
    """

    field: Field
    voice: str
    mine: bool
    values: tuple[ShownValue, ...]
    layer: Layer

    @property
    def has_conflict(self) -> bool:
        """Whether a person has to decide."""
        return len(self.values) > 1


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing somebody said about a field, replaced or not; `saved_at` is when it reached its log."""

    field: str
    label: str
    text: str
    cleared: bool
    speaker: str
    date: str
    how: str
    saved_at: str
    origin: str
    by: str
    stands: bool
    layer: Layer


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record opened. Hand `shown` back with every edit made on this page."""

    record: str
    kind: RecordKind
    title: str
    lines: tuple[FieldLine, ...]
    shown: Shown
    delete_conflict: bool
    merged: tuple[str, ...]

    def line(self, key: str) -> FieldLine:
        """This person's line of a field."""
        return next(line for line in self.lines if line.field.key == key and (line.mine or not line.field.per_speaker))

    def text(self, key: str) -> str:
        """The text shown first in a field, empty for a blank."""
        return next((line.values[0].text for line in self.lines if line.field.key == key and line.values), "")


def record_page(session: Session, record: str) -> RecordPage:
    """Open a record.

    Raises:
        NotFoundError: nothing was ever said about it, or it was deleted.
    """
    shown = session.shown()
    root = session.store.root(record)
    entries = session.store.entries(root)
    team, me = (fold_record(root, entries[layer]) for layer in (Layer.TEAM, Layer.ME))
    if not (team.exists or me.exists) or kind_of(root) not in KINDS:
        raise NotFoundError(kind_of(record), record)
    kind = record_kind(kind_of(root))
    names = _Names(session, (team, me))
    lines = [line for field in kind.fields if not field.internal for line in _lines(session, field, team, me, names)]
    merged = tuple(sorted(name for name, lowest in session.store.team.fold.roots.items() if lowest == root))
    titled = team if team.value(kind.title_key) else me
    return RecordPage(
        root, kind, names.text(kind, kind.title_key, titled.value(kind.title_key)), tuple(lines), shown,
        team.delete_conflict, merged,
    )  # fmt: skip


def history(session: Session, record: str, key: str = "") -> list[HistoryLine]:
    """Everything ever said about a record or one of its fields, the newest first.

    What a newer version of the program said in fields that this one does not know is kept, and not shown: nobody here
    can tell how private it is.
    """
    root = session.store.root(record)
    kind = record_kind(kind_of(root))
    entries = session.store.entries(root)
    names = _Names(session, [fold_record(root, group) for group in entries.values()])
    lines = [
        line
        for layer, group in entries.items()
        for line in _history_of(kind, layer, [e for e in group if _is_shown(session, e, key)], names)
    ]
    return sorted(lines, key=lambda line: (line.saved_at, line.date), reverse=True)


def _is_shown(session: Session, entry: Entry, key: str) -> bool:
    field = entry.statement.field
    known = known_field(kind_of(entry.statement.record), field)
    if known is not None and known.privacy is Privacy.SPECIAL and not session.store.special_enabled:
        return False
    is_known = is_internal(field) or known is not None
    return is_known and key in {"", field}


def parted_from(session: Session, record: str, key: str, voice: str = "") -> ShownValue | None:
    """What stood in a field of the team's picture before the sides of its conflict parted; `None` for a blank."""
    root = session.store.root(record)
    kind = record_kind(kind_of(root))
    held = session.store.entries(root)[Layer.TEAM]
    group = [entry for entry in held if (entry.statement.field, entry.statement.voice) == (key, voice)]
    replaces = replacing(held)
    base = common_base(group, fold_register(group, replaces), replaces)
    field = kind.field(key)
    if base is None or field is None or base.statement.value is None:
        return None
    names = _Names(session, [fold_record(root, held)])
    return names.shown_value(field, Sibling((base,)), Layer.TEAM)


def children(session: Session, kind: str, key: str, record: str) -> list[CachedRecord]:
    """The records of a kind that belong to a record, both layers."""
    return [child for layer in (Layer.TEAM, Layer.ME) for child in session.store.records_with(kind, key, record, layer)]


class _Names:
    """Titles of everything a page refers to, read at once."""

    def __init__(self, session: Session, pictures: Iterable[Picture]) -> None:
        wanted = {
            entry.statement.value
            for picture in pictures
            for register in picture.registers.values()
            for entry in register.survivors
            if entry.statement.value and kind_of(entry.statement.value) in KINDS and ":" in entry.statement.value
        }
        self._titles = session.store.titles(wanted)
        self._speakers: dict[str, str] = {}
        self._session = session

    def speaker(self, speaker: str) -> str:
        """A speaker as people call them; a page has hundreds of values and few speakers."""
        if speaker not in self._speakers:
            self._speakers[speaker] = speaker_name(self._session, speaker)
        return self._speakers[speaker]

    def text(self, kind: RecordKind, key: str, value: str | None) -> str:
        """A canonical value as people read it."""
        field = kind.field(key)
        if value is None or field is None:
            return value or ""
        if field.type is FieldType.REFERENCE:
            if value not in self._titles:
                self._titles |= self._session.store.titles([self._session.store.root(value)])
            return self._titles.get(value) or self._titles.get(self._session.store.root(value)) or value
        return shown_text(field, value)

    def shown_value(self, field: Field, sibling: Sibling, layer: Layer) -> ShownValue:
        """One surviving value with its provenance."""
        body = sibling.shown.statement
        return ShownValue(
            body.value or "",
            self.text(KINDS[field.kind], field.key, body.value),
            self.speaker(body.speaker),
            body.date,
            body.how,
            body.sure,
            body.origin,
            layer,
            len(sibling.entries),
            is_fading(field, body.date, self._session.clock.today()),
            any(entry.statement.speaker == self._session.store.identity.name for entry in sibling.entries),
        )

    def history_line(self, kind: RecordKind, layer: Layer, entry: Entry, *, stands: bool) -> HistoryLine:
        """One thing somebody said."""
        body = entry.statement
        field = kind.field(body.field)
        label = field.label if field else (told("Record") if body.field == EXISTS else body.field)
        text = self.text(kind, body.field, body.value)
        if body.field == EXISTS:
            text = told("created") if body.value == "yes" else told("deleted")
        return HistoryLine(
            body.field,
            label,
            text,
            body.value is None,
            self.speaker(body.speaker),
            body.date,
            body.how,
            entry.saved_at,
            body.origin,
            self._session.store.identity.names.get(entry.replica, ""),
            stands,
            layer,
        )


def shown_text(field: Field, value: str) -> str:
    """A canonical value of any type but a reference, as people read it."""
    if field.type is FieldType.CHOICE:
        label = dict(field.choices).get(value)
        return fixed(label) if label else value
    if field.type is FieldType.YES_NO:
        return fixed(value.capitalize())
    if field.type is FieldType.LIST:
        return ", ".join(value.split("\n"))
    if field.type is FieldType.DECIMAL and "." in value:
        return value.rstrip("0").rstrip(".")
    return value


def _lines(session: Session, field: Field, team: Picture, me: Picture, names: _Names) -> list[FieldLine]:
    if field.privacy is Privacy.SPECIAL and not session.store.special_enabled:
        return []
    lines = []
    for layer, picture in ((Layer.TEAM, team), (Layer.ME, me)):
        for voice, register in sorted(picture.voices(field.key).items()):
            if register.siblings and (register.value is not None or register.has_conflict):
                values = tuple(names.shown_value(field, sibling, layer) for sibling in register.siblings)
                lines.append(FieldLine(field, voice, voice == session.store.voice, values, layer))
    if not any(line.mine or not field.per_speaker for line in lines):
        voice = session.store.voice if field.per_speaker else ""
        lines.insert(0, FieldLine(field, voice, mine=True, values=(), layer=field.default_layer))
    return lines


def speaker_name(session: Session, speaker: str) -> str:
    """A speaker as people call them."""
    if kind_of(speaker) in KINDS and ":" in speaker:
        return session.store.titles([speaker]).get(speaker) or speaker
    return speaker


def is_fading(field: Field, said_on: str, today: date) -> bool:
    """Whether a value is older than its field stays fresh."""
    if not field.fresh_months or not said_on:
        return False
    months = (today.year - int(said_on[:4])) * 12 + today.month - int(said_on[5:7])
    return months > field.fresh_months


def _history_of(kind: RecordKind, layer: Layer, entries: Sequence[Entry], names: _Names) -> list[HistoryLine]:
    registers: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        registers.setdefault((entry.statement.field, entry.statement.voice), []).append(entry)
    lines = []
    replaces = replacing(entries)
    for group in registers.values():
        standing = {entry.id for entry in fold_register(group, replaces).survivors}
        lines += [names.history_line(kind, layer, entry, stands=entry.id in standing) for entry in group]
    return [line for line in lines if not is_internal(line.field) or line.field == EXISTS]
