"""What waits for a person: conflicts first, then what imports proposed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import Field, FieldType, Layer
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.registers import Register
from accountplanner.domain.sentences import fixed, told
from accountplanner.domain.statements import EXISTS
from accountplanner.usecases.comparing import ComparedField, compared_fields
from accountplanner.usecases.import_plans import Suggested
from accountplanner.usecases.pages import ShownValue, parted_from, record_page, shown_text
from accountplanner.usecases.proposals import open_suggestions
from accountplanner.usecases.resolving import Place, can_keep_all
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import WITHDRAWAL

CONFLICT = "conflict"
_ID_LENGTH = 10
_MARK_LENGTH = 6


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to decide.

    `kind` is conflict, deletion, match, person, rejoin, row, value, group, note, removal, withdrawal, waiting, held or
    damage, which is only there to be seen: the value stays. `values` are a conflict's siblings, the one shown first
    in front; `base` is what stood before they parted and `can_join` whether all of them may stand
    together. `reason` says why a suggestion is one, `proposed` and `now` what a proposed value would be and what
    stands in its place today, `compared` a row beside the known record it may be; `found` is what a cell said, as it
    stood there. A value that was refused cannot be accepted (`can_accept`), only typed as it should be (`can_type`)
    or rejected. What is `preselected` is accepted unless a person says otherwise before the answers are carried out.
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
    base: ShownValue | None = None
    can_join: bool = False
    proposed: str = ""
    now: str = ""
    compared: tuple[ComparedField, ...] = ()
    found: str = ""
    can_accept: bool = True
    can_type: bool = False

    @property
    def preselected(self) -> bool:
        """Whether accepting is the answer to begin with: somebody has put the cell back as it was."""
        return self.kind == WITHDRAWAL

    @property
    def place(self) -> Place:
        """The register a conflict stands in."""
        return Place(self.record, self.field, self.voice)


def queue(session: Session) -> list[QueueItem]:
    """Everything that waits for a person."""
    return [*conflicts(session), *_suggestions(session)]


def waiting_counts(session: Session) -> Counter[str]:
    """How many things of each kind wait, without looking at what they say; deletions count as conflicts."""
    counted = Counter(each.kind for each in open_suggestions(session))
    counted[CONFLICT] += sum(1 for _ in _conflicted(session))
    return counted


def conflicts(session: Session) -> list[QueueItem]:
    """The fields in which different values stand, neither writer knowing the other, and disputed deletions."""
    return [_conflict(session, *place) for place in _conflicted(session)]


def _conflicted(session: Session) -> Iterator[tuple[str, str, str]]:
    for record, key, voice in session.store.conflicts():
        if kind_of(record) in KINDS and not KINDS[kind_of(record)].internal:
            yield record, key, voice


def _conflict(session: Session, record: str, key: str, voice: str) -> QueueItem:
    page = record_page(session, record)
    field = known_field(kind_of(record), key)
    identifier = _short(session, record, key, voice)
    if key == EXISTS:
        reason = told("Deleted by one, changed by another who did not know. 1 keeps it, 2 deletes it.")
        return QueueItem(identifier, "deletion", page.title, fixed(page.kind.label), reason, record, key, voice)
    line = next(
        (each for each in page.lines if each.field.key == key and each.voice == voice and each.layer is Layer.TEAM),
        None,
    )
    return QueueItem(
        identifier,
        CONFLICT,
        page.title,
        fixed(field.label) if field else key,
        told("Different values were said."),
        record,
        key,
        voice,
        line.values if line else (),
        base=parted_from(session, record, key, voice),
        can_join=can_keep_all(Place(record, key, voice)),
    )


def _suggestions(session: Session) -> list[QueueItem]:
    return [as_item(session, each) for each in open_suggestions(session)]


def as_item(session: Session, each: Suggested) -> QueueItem:
    """A suggestion as it is shown to whoever decides about it."""
    field = known_field(kind_of(each.record), each.field) if each.record else None
    proposed, now = _values_of(session, each, field) if field else ("", "")
    return QueueItem(
        each.id[:_ID_LENGTH],
        each.kind,
        each.title,
        fixed(field.label) if field else each.field,
        each.reason,
        each.record,
        each.field,
        other="" if each.kind == WITHDRAWAL else each.other,
        proposed=proposed,
        now=now,
        compared=compared_fields(session, each) if each.kind == "match" else (),
        found=each.value if each.can_type else "",
        can_accept=each.can_accept,
        can_type=each.can_type,
    )


def _values_of(session: Session, each: Suggested, field: Field) -> tuple[str, str]:
    """What a suggestion would say in its field, and what stands there, both as people read them."""
    # Of a merged set it may be another's value that stands once an answer is taken back.
    places = {(each.record, each.field), *((s.record, s.field) for s in each.statements if each.kind == WITHDRAWAL)}
    said = next((said for said in each.statements if (said.record, said.field) in places), None)
    if said is None and each.can_accept:
        return "", ""
    voice = said.voice if said is not None else each.said_by if field.per_speaker else ""
    register = session.store.team.picture(each.record).registers.get((each.field, voice))
    stands = _answer(register, each.other) if each.kind == WITHDRAWAL else register.value if register else None
    values = ((said.value if said else None) or "", stands or "")
    if field.type is FieldType.REFERENCE:
        titles = _titles_said(each) | session.store.titles([value for value in values if value])
        return titles.get(values[0], values[0]), titles.get(values[1], values[1])
    return shown_text(field, values[0]), shown_text(field, values[1])


def _answer(register: Register | None, mark: str) -> str | None:
    """The answer itself, which may be one of several values."""
    entries = register.survivors if register else ()
    return next((entry.statement.value for entry in entries if entry.first_said == mark), None)


def _titles_said(each: Suggested) -> dict[str, str]:
    """What the records are called that would come in with a suggestion."""
    kinds = ((said, KINDS.get(kind_of(said.record))) for said in each.statements)
    return {said.record: said.value for said, kind in kinds if kind and said.field == kind.title_key and said.value}


def question_mark(session: Session, item: QueueItem) -> str:
    """What tells a question from the same one with other values, for an answer that is the number of one of them.

    It stands in an id, so it is keyed: from a plain hash the values could be guessed back.
    """
    return _short(session, asked(item))[:_MARK_LENGTH]


def asked(item: QueueItem) -> str:
    """What a question asks, at length; for encrypted places only."""
    values = [(value.value, value.speaker) for value in item.values]
    return sha256(repr((item.kind, item.record, values, item.proposed, item.now)).encode()).hexdigest()


def _short(session: Session, *parts: str) -> str:
    return keyed_digest(session.store.identity.team_secret, "conflict", *parts).hex()[:_ID_LENGTH]
