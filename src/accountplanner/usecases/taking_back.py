"""An answer that a later state of the same copy does not give any more: proposed to be taken back, by a person only."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.ids import keyed_digest, kind_of
from accountplanner.domain.pictures import Picture, replacing
from accountplanner.domain.registers import fold_register
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import Entry, Statement
from accountplanner.domain.undo import cleared, restated
from accountplanner.domain.withdrawing import standing_without
from accountplanner.exchange.derivation import Derivation
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.refusals import short
from accountplanner.exchange.returned.findings import Returned, ShownAgain
from accountplanner.store.layer import LayerWriting
from accountplanner.usecases.import_plans import FileAnswers, PlannedFile, Suggested
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.session import Session

WITHDRAWAL = "withdrawal"
_ANSWERS = "answers of "
_COPY_MARKS = re.compile(
    r"^(?:copy of|kopie von)\s+|(?:\s*\(\d+\)|\s*[-–]\s*(?:copy|kopie)|\s+(?:copy|kopie))+$", re.IGNORECASE
)


def answers_of(export: str, derived: Derivation, file: str) -> FileAnswers:
    """What a returned file answered, what only waits for a person included."""
    said = [*derived.statements, *(each for proposed in derived.suggestions for each in proposed.statements)]
    return FileAnswers(export, file, {each.mark: (each.record, each.field) for each in said})


def remember_answers(session: Session, answered: Iterable[FileAnswers]) -> None:
    """Keep on this laptop what files answered: a later state of the same copy is recognised by it.

    The log cannot tell: of a file's answers it holds only those that no earlier file had brought.
    """
    for each in answered:
        if each.places:
            text = json.dumps([(mark, *place) for mark, place in each.places.items()])
            session.store.set_local(f"{_ANSWERS}{each.export} {each.file}", text.encode())


def earlier_answers(session: Session, export: str) -> list[FileAnswers]:
    """What the files that answered an export before have said."""
    prefix = f"{_ANSWERS}{export} "
    return [_read(export, name.removeprefix(prefix), text) for name, text in session.store.locals(prefix).items()]


def forget_answered(session: Session) -> None:
    """Keep nothing of what files answered in which somebody was erased: a later copy of them proposes nothing."""
    erased = session.store.team.log.erased
    gone = [
        name
        for name, text in session.store.locals(_ANSWERS).items()
        if any(record in erased for _, record, _ in json.loads(text))
    ]
    session.store.drop_locals(gone)


def asked_cells(session: Session, record: ExportRecord) -> tuple[tuple[str, str], ...]:
    """The cells of an export, by alias and field, that an earlier file of it has answered."""
    places = {place for each in earlier_answers(session, record.export_id) for place in each.places.values()}
    if not places:
        return ()
    aliases = {name: alias for alias, name in record.aliases.items()}
    return tuple((aliases[name], field) for name, field in sorted(places) if name in aliases)


def withdrawals(
    session: Session, record: ExportRecord, returned: Returned, derived: Derivation, file: PlannedFile
) -> list[Suggested]:
    """Propose to take back what an earlier state of this copy answered where it shows what was sent again.

    A copy may have been split among several people, and then the base in a cell is only what somebody else has not
    filled in. So it must evidently be a later state of the same copy.
    """
    if not returned.again:
        return []
    this = answers_of(record.export_id, derived, session.store.archive.content_id(file.content.data))
    before = [
        each for each in earlier_answers(session, record.export_id) if _may_precede(session, each.file, this.file)
    ]
    names = {each.file for each in before if _plain_name(_name_of(session, each.file)) == _plain_name(file.name)}
    found = []
    for cell in returned.again:
        entry = _standing(session, (record.aliases[cell.alias], cell.field), _evident(before, this, names))
        if entry is not None:
            found.append(_withdrawal(session, this, cell, entry, file.name))
    return found


def withdrawn(
    view: LayerWriting, each: Suggested, before: Collection[str] = (), together: Collection[str] = ()
) -> tuple[Statement, ...]:
    """What to say so that a record shows what it would without one answer; nothing where that stands no longer.

    `before` are answers, by their marks, that were taken back before: they stay away unless they stand again. `together`
    are those that are taken back in the same step.
    """
    entries = view.field_entries({each.record: {each.field}})[each.record]
    replaces = replacing(entries)
    body = next((entry.statement for entry in entries if entry.first_said == each.other), None)
    if body is None:
        return ()
    held = [entry for entry in entries if (entry.statement.field, entry.statement.voice) == (body.field, body.voice)]
    standing = {entry.first_said for entry in fold_register(held, replaces).survivors}
    if each.other not in standing:
        return ()
    left = standing_without(held, {each.other, *together, *(mark for mark in before if mark not in standing)}, replaces)
    if any(sibling.shown.statement.compared == body.compared for sibling in left.siblings):
        return ()
    return tuple(dict.fromkeys(restated(entry) for entry in left.survivors)) or (cleared(body),)


def left_without(view: LayerWriting, unwanted: Sequence[Statement]) -> list[Statement]:
    """What to say so that every register shows what it would without some answers that were just taken."""
    places: dict[str, set[str]] = {}
    for each in unwanted:
        places.setdefault(each.record, set()).add(each.field)
    marks = {each.mark for each in unwanted}
    found = view.field_entries(places)
    said: dict[Statement, None] = {}
    for each in dict.fromkeys(replace(each, value=None, comparison="", mark="", basis="") for each in unwanted):
        held = [entry for entry in found[each.record] if entry.statement.register[1:] == each.register[1:]]
        left = standing_without(held, marks, replacing(found[each.record])).survivors
        said |= dict.fromkeys([restated(entry) for entry in left] or [replace(each, origin="unticked")])
    return list(said)


def withdrawn_now(session: Session, each: Suggested, before: Collection[str]) -> tuple[Statement, ...]:
    """The same, looked at from outside any transaction."""
    with session.store.team.viewing() as view:
        return withdrawn(view, each, before)


def _read(export: str, file: str, text: bytes) -> FileAnswers:
    return FileAnswers(export, file, {mark: (record, field) for mark, record, field in json.loads(text)})


def _may_precede(session: Session, earlier: str, file: str) -> bool:
    """Whether a file was here before another one; a file that comes once more counts as it came first."""
    archive = session.store.archive
    first, this = archive.find(earlier), archive.find(file)
    return earlier != file and first is not None and (this is None or first.imported_at <= this.imported_at)


def _name_of(session: Session, file: str) -> str:
    known = session.store.archive.find(file)
    return known.name if known is not None else ""


def _plain_name(name: str) -> str:
    """A file's name without what programs add to that of a copy."""
    stem, before = PurePath(name).stem.strip(), ""
    while stem != before:
        stem, before = _COPY_MARKS.sub("", stem).strip(), stem
    return stem.casefold() or name


def _evident(before: Iterable[FileAnswers], this: FileAnswers, names: Collection[str]) -> frozenset[str]:
    """The marks of answers that may be proposed to be taken back: of files this one is plainly a later state of."""
    return frozenset(mark for each in before for mark in _given_up(each, this, is_namesake=each.file in names))


def _given_up(earlier: FileAnswers, this: FileAnswers, *, is_namesake: bool) -> Iterator[str]:
    gone = earlier.places.keys() - this.places.keys()
    kept_all_others = len(gone) == 1 and len(earlier.places) > 1
    if kept_all_others or (is_namesake and this.places.keys() <= earlier.places.keys()):
        yield from gone


def _standing(session: Session, place: tuple[str, str], marks: Collection[str]) -> Entry | None:
    """The answer at a place that stands and may be taken back; of several the one that is shown first."""
    record, field = place
    if not marks:
        return None
    picture: Picture = session.store.team.picture(record)
    registers = [held for (key, _), held in sorted(picture.registers.items()) if key == field]
    survivors = (entry for held in registers for entry in held.survivors if entry.statement.value is not None)
    return next((entry for entry in survivors if entry.first_said in marks), None)


def _withdrawal(session: Session, this: FileAnswers, cell: ShownAgain, entry: Entry, name: str) -> Suggested:
    said, mark = entry.statement, entry.first_said
    digest = keyed_digest(
        session.store.identity.team_secret, WITHDRAWAL, this.export, said.record, said.field, mark, this.file
    )
    field = known_field(kind_of(said.record), said.field)
    reason = told(
        "“{name}” shows “{base}” again, as it was sent; an earlier copy of it said “{said}”. Take that answer back?",
        name=name,
        base=short(cell.text),
        said=short(_words(session, field, said.value or "")),
    )
    title = session.store.titles([said.record]).get(said.record, "")
    return Suggested(
        digest.hex()[:32], WITHDRAWAL, title, reason, record=said.record, field=said.field, other=mark,
        value=cell.text, said_by=said.speaker,
    )  # fmt: skip


def _words(session: Session, field: Field | None, value: str) -> str:
    if field is not None and field.type is FieldType.REFERENCE:
        return session.store.titles([value]).get(value, value)
    return shown_text(field, value) if field is not None else value
