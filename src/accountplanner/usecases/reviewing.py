"""The queue of what a person decides: conflicts first, then what imports proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import NotFoundError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.statements import EXISTS, Statement, exists, same_as, state
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.exports import bases_of
from accountplanner.usecases.import_plans import ImportOptions, Suggested
from accountplanner.usecases.importing import import_archived, read_suggestion
from accountplanner.usecases.pages import ShownValue, record_page
from accountplanner.usecases.resolving import Place, keep_record, keep_sibling, keep_typed
from accountplanner.usecases.session import Session

_ID_LENGTH = 10


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to decide.

    `kind` is conflict, deletion, match, rejoin, row, value or removal. `values` are a conflict's
    siblings, the one shown first in front; `reason` says why a suggestion is one.
    """

    id: str
    kind: str
    title: str
    label: str
    reason: str
    record: str
    field: str = ""
    voice: str = ""
    values: tuple[ShownValue, ...] = ()
    other: str = ""


def queue(session: Session) -> list[QueueItem]:
    """Everything that waits for a person."""
    return [*_conflicts(session), *_suggestions(session)]


def accept(session: Session, ids: Sequence[str]) -> Changes:
    """Accept suggestions, all in one undo step; `all` stands for every one.

    Raises:
        NotFoundError: no suggestion has such an id.
        WrongUseError: it is a conflict, which is resolved rather than accepted.
    """
    wanted = _wanted(session, ids)
    if waiting := [each.title for each in wanted if each.kind == "waiting"]:
        raise WrongUseError(
            f"“{waiting[0]}” waits for the export it answers; it is taken in when a colleague's file brings it."
        )
    changes = _decide(session, [each for each in wanted if each.kind != "rejoin"], accepted=True)
    for each in wanted:
        if each.kind == "rejoin":
            changes = _accept_rejoining(session, each)
    return changes


def reject(session: Session, ids: Sequence[str]) -> Changes:
    """Reject suggestions, all in one undo step. A rejected match comes in as a record of its own."""
    return _decide(session, _wanted(session, ids), accepted=False)


def resolve(session: Session, item_id: str, choice: int = 0, text: str = "") -> Changes:
    """Settle a conflict by the number of a value (from 1) or with another value.

    Raises:
        NotFoundError: no conflict has such an id.
        WrongUseError: neither a number nor a text was given.
    """
    item = next((item for item in _conflicts(session) if item.id.startswith(item_id)), None)
    if item is None or not item_id:
        raise NotFoundError("conflict", item_id)
    place = Place(item.record, item.field, item.voice)
    if text:
        return keep_typed(session, place, text)
    if choice < 1:
        raise WrongUseError("Say which value to keep by its number, or give another value.")
    if item.kind == "deletion":
        return keep_record(session, item.record, present=choice == 1)
    return keep_sibling(session, place, choice)


def _conflicts(session: Session) -> list[QueueItem]:
    items = []
    for record, key, voice in session.store.conflicts():
        if kind_of(record) in KINDS and not KINDS[kind_of(record)].internal:
            items.append(_conflict(session, record, key, voice))
    return items


def _conflict(session: Session, record: str, key: str, voice: str) -> QueueItem:
    page = record_page(session, record)
    field = known_field(kind_of(record), key)
    identifier = _short(session, record, key, voice)
    if key == EXISTS:
        reason = "Deleted by one, changed by another who did not know. 1 keeps it, 2 deletes it."
        return QueueItem(identifier, "deletion", page.title, page.kind.label, reason, record, key, voice)
    line = next(
        (each for each in page.lines if each.field.key == key and each.voice == voice and each.layer is Layer.TEAM),
        None,
    )
    label = field.label if field else key
    values = line.values if line else ()
    return QueueItem(
        identifier, "conflict", page.title, label, "Different values were said", record, key, voice, values
    )


def _suggestions(session: Session) -> list[QueueItem]:
    items = []
    for row in session.store.suggestions():
        each = read_suggestion(row)
        if session.store.verdict(each.id):
            continue
        field = known_field(kind_of(each.record), each.field) if each.record else None
        label = field.label if field else each.field
        items.append(
            QueueItem(each.id[:_ID_LENGTH], each.kind, each.title, label, each.reason, each.record, each.field,
                      other=each.other)
        )  # fmt: skip
    return items


def _short(session: Session, *parts: str) -> str:
    return keyed_digest(session.store.identity.team_secret, "conflict", *parts).hex()[:_ID_LENGTH]


def _wanted(session: Session, ids: Iterable[str]) -> list[Suggested]:
    held = [read_suggestion(row) for row in session.store.suggestions()]
    held = [each for each in held if not session.store.verdict(each.id)]
    wanted: dict[str, Suggested] = {}
    for name in ids:
        found = held if name == "all" else [each for each in held if name and each.id.startswith(name)]
        if not found and name != "all":
            if any(item.id.startswith(name) for item in _conflicts(session)):
                raise WrongUseError(f"“{name}” is a conflict; resolve it by choosing one of its values.")
            raise NotFoundError("suggestion", name)
        wanted |= {each.id: each for each in found}
    return list(wanted.values())


def _decide(session: Session, wanted: Sequence[Suggested], *, accepted: bool) -> Changes:
    if not wanted:
        return Changes()
    count = len(wanted)
    title = f"{count} suggestion{'s' if count != 1 else ''} {'accepted' if accepted else 'rejected'}"
    with session.transaction(title) as writing:
        for each in wanted:
            _say_decision(session, writing, each, accepted=accepted)
        session.store.drop_suggestions(writing.team.connection, [each.id for each in wanted])
    return session.changes(writing, title)


def _say_decision(session: Session, writing: Transaction, each: Suggested, *, accepted: bool) -> None:
    said: list[Statement] = []
    if accepted or each.kind == "match":
        known = writing.team.known_marks(statement.mark for statement in each.statements if statement.mark)
        said += [statement for statement in each.statements if statement.mark not in known or not statement.mark]
    if accepted and each.kind == "match":
        said.append(same_as(each.record, each.other, session.source(origin="match")))
    verdict = session.store.verdict_record(each.id)
    source = session.source(origin="verdict")
    said += [
        exists(verdict, source),
        state(verdict, "verdict", "accepted" if accepted else "rejected", source),
        state(verdict, "about", each.kind, source),
    ]
    writing.say(Layer.TEAM, said, bases=bases_of(session, said))


def _accept_rejoining(session: Session, each: Suggested) -> Changes:
    """Bring the archived files in again, the torn rows put together; the mapping remembers how."""
    row = next(row for row in session.store.suggestions() if row.id == each.id)
    result = import_archived(session, row.file.split(","), ImportOptions(mapping=each.value, rejoin=True))
    with session.transaction("Rejoining accepted", undoable=False) as writing:
        session.store.drop_suggestions(writing.team.connection, [each.id])
    return Changes(result.records, result.step, "Torn rows put together")
