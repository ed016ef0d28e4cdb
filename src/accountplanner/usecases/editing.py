"""Typing a value, making and deleting records: what a person does to one record at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import child_references, field_named, record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.circles import closes_circle, leads_up
from accountplanner.domain.errors import RefusedError, ValueRefusedError, WrongUseError
from accountplanner.domain.fields import Field, FieldType, Layer, Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import Sentence, fixed, titled, told, within
from accountplanner.domain.statements import NOBODY, Source, Statement, exists, state
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.naming import find_record
from accountplanner.usecases.session import Session, Shown

CONSENT = "consent"
"""The origin of a special answer: what follows its colon says how the person agreed to its being kept."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as typed, for one field of one record.

    `text` is what was typed; blank text changes nothing unless `clear` is set. `layer` is `None`
    for the field's usual one. `source` is completed with this person and today.
    """

    record: str
    field: str
    text: str
    clear: bool = False
    layer: Layer | None = None
    source: Source = NOBODY
    voice: str = ""


def set_value(session: Session, typed: Typed, shown: Shown | None = None) -> Changes:
    """Take one typed value. A blank without the clear wish, or the value that stands, changes nothing.

    Raises:
        ValueRefusedError: the text does not fit the field.
        RefusedError: the field's class is switched off.
    """
    field = field_named(kind_of(typed.record), typed.field)
    statement, layer = _statement(session, field, typed)
    if statement is None or _stands(session, statement, layer):
        return Changes()
    title = _title(field, cleared=typed.clear)
    with session.transaction(title) as writing:
        writing.say(layer, [statement], cut=shown.cut(layer) if shown else None)
    return session.changes(writing, title)


def _title(field: Field, *, cleared: bool) -> Sentence:
    """What the step is called; which sensitive answer there is stands in no history (design section 6)."""
    if field.privacy is Privacy.SPECIAL:
        return titled("Sensitive answer cleared") if cleared else titled("Sensitive answer changed")
    return titled("“{field}” cleared" if cleared else "“{field}” changed", field=fixed(field.label))


def create_record(
    session: Session, kind: str, values: Mapping[str, str], source: Source = NOBODY, *, layer: Layer = Layer.TEAM
) -> tuple[str, Changes]:
    """Make a record with typed values in canonical or human form; returns its id."""
    record = session.new_id(kind)
    title = titled("New {kind}", kind=within(record_kind(kind).label))
    with session.transaction(title) as writing:
        say_new_record(session, writing, record, values, source, layer=layer)
    return record, session.changes(writing, title)


def say_new_record(  # noqa: PLR0913 - where to, which, what, from whom
    session: Session,
    writing: Transaction,
    record: str,
    values: Mapping[str, str],
    source: Source = NOBODY,
    *,
    layer: Layer = Layer.TEAM,
) -> None:
    """Say within a transaction that a record exists and what is known of it."""
    by_layer: dict[Layer, list[Statement]] = {layer: [exists(record, _completed(session, source))]}
    for key, text in values.items():
        field = field_named(kind_of(record), key)
        wanted = layer if field.default_layer is Layer.TEAM else None
        statement, chosen = _statement(session, field, Typed(record, key, text, layer=wanted, source=source))
        if statement is not None:
            by_layer.setdefault(chosen, []).append(statement)
    for chosen, statements in by_layer.items():
        writing.say(chosen, statements)


def delete_record(session: Session, record: str, shown: Shown | None = None) -> Changes:
    """Delete a record and everything that belongs to it; an edit nobody here has seen stays visible."""
    kind = record_kind(kind_of(record))
    title = titled("{kind} deleted", kind=fixed(kind.label))
    source = session.source()
    with session.transaction(title) as writing:
        for layer in (Layer.TEAM, Layer.ME):
            known = _known_in(session, [record, *_descendants(session, record)], layer)
            gone = [exists(name, source, present=False) for name in known]
            writing.say(layer, gone, cut=shown.cut(layer) if shown else None)
    return session.changes(writing, title)


def share_value(session: Session, record: str, key: str) -> Changes:
    """Say a private value again for the team; the private one stays where it is."""
    field = field_named(kind_of(record), key)
    if field.privacy is Privacy.SPECIAL:
        raise RefusedError(told("{field} never leaves this computer and cannot be shared.", field=fixed(field.label)))
    held = session.store.me.picture(record).value(field.key)
    if held is None:
        raise WrongUseError(told("There is no private value in {field} to share.", field=fixed(field.label)))
    return set_value(session, Typed(record, key, held, layer=Layer.TEAM))


def typed_statement(session: Session, field: Field, typed: Typed) -> Statement:
    """What a typed value says, for whoever says it together with others.

    Raises:
        ValueRefusedError: the text does not fit the field.
        WrongUseError: the text is blank, and nothing is to be cleared.
    """
    statement, _layer = _statement(session, field, typed)
    if statement is None:
        raise WrongUseError(told("Say what {field} is to be, or clear it.", field=fixed(field.label)))
    return statement


def _statement(session: Session, field: Field, typed: Typed) -> tuple[Statement | None, Layer]:
    layer = typed.layer or field.default_layer
    if field.privacy is Privacy.SPECIAL and not session.store.special_enabled:
        raise RefusedError(
            told(
                "{field} is switched off: special answers need a reason and the person's consent.",
                field=fixed(field.label),
            )
        )
    if field.privacy is Privacy.SPECIAL:
        layer = Layer.ME
        if typed.text.strip() and not typed.clear and not typed.source.origin.startswith(f"{CONSENT}:"):
            raise RefusedError(
                told("{field} is kept only with the person's consent; say how they agreed.", field=fixed(field.label))
            )
    source = _completed(session, typed.source)
    voice = (typed.voice or session.store.voice) if field.per_speaker else ""
    if typed.clear:
        return state(typed.record, field.key, None, source, voice=voice), layer
    value = canonical_value(field, typed.text, session.currency)
    if value and field.type is FieldType.REFERENCE:
        value = _referred(session, field, value)
        _refuse_circle(session, field, typed, value)
    return (state(typed.record, field.key, value, source, voice=voice) if value else None), layer


def _completed(session: Session, source: Source) -> Source:
    return session.source(
        origin=source.origin or "typed",
        how=source.how,
        sure=source.sure,
        speaker=source.speaker,
        date=source.date,
    )


def _referred(session: Session, field: Field, typed: str) -> str:
    if kind_of(typed) in field.refers_to and ":" in typed:
        return typed
    for kind in field.refers_to[:-1]:
        if found := session.store.records_titled(kind, typed):
            return found[0]
    return find_record(session, field.refers_to[-1], typed)


def _refuse_circle(session: Session, field: Field, typed: Typed, value: str) -> None:
    """Nothing stands above itself, however long the way round."""
    if not leads_up(field):
        return
    root = session.store.root

    def above(record: str) -> str:
        held = session.store.record(record)
        return root(held.values.get(field.key, "")) if held else ""

    if expected := closes_circle(root(typed.record), root(value), above):
        raise ValueRefusedError(field.label, session.store.titles([value]).get(value, typed.text), expected)


def _stands(session: Session, statement: Statement, layer: Layer) -> bool:
    """Whether this very value already stands alone in its register: saying it again would say nothing."""
    register = session.store.layer(layer).picture(statement.record).registers.get((statement.field, statement.voice))
    if register is None or not register.siblings:
        return statement.value is None
    return not register.has_conflict and register.siblings[0].shown.statement.compared == statement.compared


def _descendants(session: Session, record: str) -> list[str]:
    found: list[str] = []
    for field in child_references(kind_of(record)):
        for child in session.store.records_with(field.kind, field.key, record):
            if child.record not in found:
                found += [child.record, *_descendants(session, child.record)]
    return found


def _known_in(session: Session, records: list[str], layer: Layer) -> list[str]:
    entries = session.store.layer(layer).entries(records)
    return [record for record in records if entries.get(record)]
