"""Our own workbooks coming back: colleagues' batches, people's edits, and everything doubtful."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from accountplanner.domain.batches import SealedBatch, raw_chunk
from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.domain.problems import Problem
from accountplanner.domain.sentences import Sentence, fixed, joined, quoted, told, told_count, within
from accountplanner.domain.statements import Statement
from accountplanner.exchange.derivation import Derivation, Suggestion
from accountplanner.exchange.derive import derive
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.keys import may_hold_keys
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.files import read_contents
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.returned.findings import EXPORT_KNOWN, NOTHING, Returned
from accountplanner.exchange.returned.read import read_returned
from accountplanner.store.signing import SealedForOthersError
from accountplanner.usecases.erasing import names_erased
from accountplanner.usecases.exports import (
    is_base_erased,
    known_export,
    known_partner_exports,
    partner_bases,
)
from accountplanner.usecases.hidden_parts import OpenedWorkbook
from accountplanner.usecases.import_plans import ImportPlan, PlannedFile, Suggested
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import answers_of, withdrawals

_GONE = told("Its hidden part is gone; its cells are compared with what this workspace knows of the export.")
_FOR_OTHERS = told("it was written for a team, or a team key, that this workspace does not have")


def plan_workbook(
    session: Session, file: PlannedFile, password: str = "", cancelled: Callable[[], bool] | None = None
) -> ImportPlan | None:
    """Plan the import of a returned workbook; `None` when nothing in the file leads to an export of ours.

    Raises:
        FileRefusedError: it cannot be read, or was written for another team.
    """
    opened = OpenedWorkbook(session)
    returned = _returned(opened, file, password, cancelled)
    return None if returned.tier == NOTHING else _planned(session, file, opened, returned)


def plan_or_lists(session: Session, file: PlannedFile) -> ImportPlan | tuple[RawTable, ...]:
    """The same for a file that may as well be somebody's own: then the lists it holds, none for a text.

    Raises:
        FileRefusedError: it cannot be read, was written for another team, or holds no list.
    """
    opened = OpenedWorkbook(session)
    returned = _returned(opened, file, file.password, with_lists=True)
    return returned.lists if returned.tier == NOTHING else _planned(session, file, opened, returned)


def _returned(
    opened: OpenedWorkbook,
    file: PlannedFile,
    password: str,
    cancelled: Callable[[], bool] | None = None,
    *,
    with_lists: bool = False,
) -> Returned:
    try:
        return read_returned(
            file.content,
            opened.base_for,
            password or None,
            cancelled=cancelled,
            ask_candidates=partial(partner_bases, opened.session),
            with_lists=with_lists,
        )
    except SealedForOthersError:
        raise FileRefusedError(_FOR_OTHERS, quoted(file.name)) from None


def _planned(session: Session, file: PlannedFile, opened: OpenedWorkbook, returned: Returned) -> ImportPlan:
    plan = ImportPlan(batches=tuple(opened.batches), members=(opened.members,) if opened.members else ())
    plan.exports = (opened.record,) if opened.record else ()
    doubts = opened.doubts or ([_GONE] if returned.tier == EXPORT_KNOWN else [])
    plan.notices += [told("“{name}”: {matter}", name=file.name, matter=fixed(doubt)) for doubt in doubts]
    plan.kinds = _kinds(opened.record, returned)
    file_id = session.store.archive.content_id(file.content.data)
    if _holds_erased(session, opened.batches):
        plan.unkept.add(file_id)
    if opened.record is not None and returned.waits and is_base_erased(session, opened.record.export_id):
        return _incomparable(session, plan, file, returned)
    if opened.record is None or returned.waits:
        return _waiting(session, plan, file, returned)
    derived = derive(opened.record, returned, file_id)
    _take(session, plan, derived, opened.record, file)
    if not derived.held:
        plan.answers = (answers_of(opened.record.export_id, derived, file_id),)
        plan.suggestions += withdrawals(session, opened.record, returned, derived, file)
    return plan


def _kinds(record: ExportRecord | None, returned: Returned) -> frozenset[str]:
    named = record.facts.kind.value if record else returned.manifest.kind if returned.manifest else ""
    return frozenset({named} if named else ())


def _holds_erased(session: Session, batches: Iterable[SealedBatch]) -> bool:
    erased = session.store.team.log.erased
    return bool(erased) and any(
        raw_chunk(chunk.data)[0] in erased for batch in batches for chunk in batch.chunks if chunk.data
    )


def _waiting(session: Session, plan: ImportPlan, file: PlannedFile, returned: Returned) -> ImportPlan:
    """The export is not known here: the file waits and is tried again when a colleague's file brings it.

    Until then, what it says when it is held against another export of the same rows can be decided one by one.
    """
    file_id = session.store.archive.content_id(file.content.data)
    export = returned.manifest.export if returned.manifest else "unknown"
    sentence = told(
        "“{name}” answers export {export}, which is not known here yet; it waits for a colleague's file.",
        name=file.name,
        export=export,
    )
    if _is_dropped(session, file_id) or _names_erased(session, file):
        plan.unkept.add(file_id)
        gone = told("Its content is not kept, for it may hold somebody who was erased: bring it again then.")
        sentence = joined((sentence, gone))
    sentence = joined((sentence, *_meanwhile(session, plan, file, returned)))
    plan.suggestions = [replace(each, meanwhile=file_id) for each in plan.suggestions]
    plan.held.append(sentence)
    heard = known_partner_exports(session)
    waiting = Suggested(
        f"waits{file_id}"[:32], "waiting", file.name, sentence, other=file_id, value=export, field=heard
    )
    plan.suggestions.append(waiting)
    return plan


def _is_dropped(session: Session, file_id: str) -> bool:
    kept = session.store.archive.find(file_id)
    return kept is not None and kept.dropped


def _names_erased(session: Session, file: PlannedFile) -> bool:
    """Whether a file shows somebody erased; what cannot be looked through may."""
    if not session.store.team.log.erased:
        return False
    try:
        return names_erased(session, read_contents([file.content], file.password or None))
    except FileRefusedError:
        return True


def _incomparable(session: Session, plan: ImportPlan, file: PlannedFile, returned: Returned) -> ImportPlan:
    """What the export showed was erased with somebody in it, so a copy without its hidden sheet says nothing for sure."""
    plan.unkept.add(session.store.archive.content_id(file.content.data))
    sentence = told(
        "“{name}” has lost its hidden sheet, and what its export showed is not kept any more, for somebody in it was "
        "erased; nothing of it was applied. Bring a copy that has the sheet, or type in what it says of others.",
        name=file.name,
    )
    plan.held.append(joined((sentence, *_meanwhile(session, plan, file, returned))))
    return plan


def _meanwhile(session: Session, plan: ImportPlan, file: PlannedFile, returned: Returned) -> Iterable[Sentence]:
    """Propose what a file says when it is held against another export that showed the same."""
    record = known_export(session, returned.compared_with)
    if record is None:
        return ()
    file_id = session.store.archive.content_id(file.content.data)
    _take(session, plan, replace(derive(record, returned, file_id), held=()), record, file)
    return (
        told(
            "Export {export} showed the same; what differs from it is proposed meanwhile.",
            export=returned.compared_with,
        ),
    )


def _take(session: Session, plan: ImportPlan, derived: Derivation, record: ExportRecord, file: PlannedFile) -> None:
    plan.bases = ((record.export_id, record.facts.cut),)
    plan.problems += derived.problems
    plan.notices += [notice.sentence() for notice in derived.notices]
    plan.removed = len(derived.removed)
    proposed = [*derived.suggestions, *derived.removed]
    if derived.held:
        # Nothing of a held file is applied alone; accepting it later applies everything it says.
        sentence = told("“{name}” is held back: {matter}", name=file.name, matter=joined(derived.held))
        plan.held.append(sentence)
        held = Suggested(f"held{session.store.archive.content_id(file.content.data)}"[:32], "held", file.name, sentence,
                         statements=derived.statements)  # fmt: skip
        plan.suggestions.append(held)
    else:
        plan.statements += derived.statements
    titles = {each.record: each.value or "" for each in derived.statements if _is_name(each)}
    titles |= session.store.titles(each.record for each in proposed if each.record)
    plan.suggestions += [_suggested(titles, each) for each in proposed]


def _is_name(statement: Statement) -> bool:
    known = known_field(kind_of(statement.record), statement.field)
    return known is not None and known.key == KINDS[known.kind].title_key and known.type is not FieldType.REFERENCE


def _suggested(titles: Mapping[str, str], each: Suggestion) -> Suggested:
    place = Problem(each.place.sheet, each.place.row, each.place.column, each.value, "").where()
    return Suggested(
        each.id[:32],
        each.kind,
        _about(titles, each),
        told("{place}: {matter}.", place=place, matter=fixed(each.reason)),
        record=each.record,
        field=each.field,
        value=each.value,
        statements=each.statements,
        said_by=each.said_by,
    )


def _about(titles: Mapping[str, str], each: Suggestion) -> str:
    """What a suggestion is called: a new record by its own title, others by the record they are about."""
    if each.kind == "group":
        return told_count("“{value}” in {count} row", "“{value}” in {count} rows", _rows(each), value=each.value)
    title = titles.get(each.record, "")
    kind = KINDS.get(kind_of(each.record)) if each.record else None
    if each.kind == "row" and kind is not None and not title:
        said = {statement.field: statement.value for statement in each.statements if statement.record == each.record}
        title = said.get(kind.title_key) or each.value
        return told("New {kind}: {title}", kind=within(kind.label), title=title)
    return title or each.value or told("A new row")


def _rows(each: Suggestion) -> int:
    return len({statement.record for statement in each.statements})


def may_be_workbook(file: PlannedFile) -> bool:
    """Whether our workbooks come back in such a file: a zip archive, an old binary one, or a text with our keys."""
    return file.content.data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or may_hold_keys(file.content.data)
