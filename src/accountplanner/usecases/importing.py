"""Bringing files in: read, derive, preview, then write in one transaction and one undo step."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.errors import RefusedError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.garbage import many_objects
from accountplanner.domain.ids import kind_of
from accountplanner.domain.sentences import titled, told
from accountplanner.domain.undo import StepRecord
from accountplanner.exchange.reading.content import FileContent, take_file
from accountplanner.exchange.reading.files import read_contents
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.store.log import UnknownSignerError
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.deciding import say_decision
from accountplanner.usecases.erasing import brought_back, forget, names_to_forget
from accountplanner.usecases.exports import keep_record
from accountplanner.usecases.foreign_tables import plan_tables
from accountplanner.usecases.history import undone_imports
from accountplanner.usecases.import_plans import (
    WHOLE_FILES,
    Counts,
    ImportOptions,
    ImportPlan,
    ImportPreview,
    ImportResult,
    PlannedFile,
    PreviewItem,
)
from accountplanner.usecases.list_mappings import save_mapping
from accountplanner.usecases.outlook import ImportOutlook
from accountplanner.usecases.own_data import is_own_data, plan_own_data
from accountplanner.usecases.proposals import (
    is_decided,
    proposal_rows,
)
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import left_without, remember_answers
from accountplanner.usecases.team import check_writer, hear_of_members, learn_members
from accountplanner.usecases.waiting import QueueItem, as_item
from accountplanner.usecases.waiting_files import take_waiting
from accountplanner.usecases.workbooks import may_be_workbook, plan_or_lists, plan_workbook

_MOST_ITEMS = 2_000
_AT_ONCE = 200_000
_KEPT_WORD = "opens "
_LOCKED = b"\xd0\xcf\x11\xe0"


@many_objects()
def preview_import(session: Session, paths: Sequence[Path], options: ImportOptions | None = None) -> ImportPreview:
    """Say what bringing these files in would do, without writing anything.

    Raises:
        FileRefusedError: a file cannot be read.
        WrongUseError: no file was named, or the mapping does not exist.
    """
    return preview_plan(session, plan_import(session, paths, options or ImportOptions()))


def preview_plan(session: Session, plan: ImportPlan) -> ImportPreview:
    """Say what a plan would do.

    People's edits and foreign rows are looked at from outside. Only for colleagues' batches that are
    not held yet is the whole written in a transaction that is taken back.
    """
    held = session.store.team.log.chains.places
    if any(batch.digest not in held for batch in plan.batches):
        with _remembering_strangers(session, plan), session.trial() as writing:
            counts, items = _write(session, writing, plan, frozenset())
    else:
        with session.store.team.viewing() as view, session.store.me.viewing() as own:
            outlook = ImportOutlook(view, own, plan)
        counts, items = _foreseen(session, plan, outlook)
    return ImportPreview(plan, counts, tuple(items[:_MOST_ITEMS]), _undone(session, plan, counts))


def open_matches(session: Session, plan: ImportPlan) -> list[QueueItem]:
    """The rows that may be somebody known and nobody has decided about, each beside the record it may be."""
    return [
        as_item(session, each) for each in plan.suggestions if each.kind == "match" and not is_decided(session, each)
    ]


def apply_import(
    session: Session,
    preview: ImportPreview,
    unticked: Iterable[str] = (),
    decisions: Mapping[str, bool] = MappingProxyType({}),
) -> ImportResult:
    """Do what the preview said, after a backup, in one undo step.

    `unticked` are marks of changes a person does not want: they are applied, and what was kept is
    said again right after, so that a colleague who applied the file does not bring them back. `decisions` says
    of suggestions, by the beginnings of their ids, whether a person accepts them; the others wait in the queue.
    """
    preview.plan.decided = {
        each.id: yes for name, yes in decisions.items() for each in preview.plan.suggestions if each.id.startswith(name)
    }
    return apply_plan(session, preview.plan, frozenset(unticked))


@many_objects()
def apply_plan(
    session: Session,
    plan: ImportPlan,
    unticked: frozenset[str] = frozenset(),
    title: str = "",
    backup: Callable[[], object] | None = None,
) -> ImportResult:
    """Take a backup, archive the files, and write a plan; its files give the step a title if nothing else does.

    `backup` waits for one that is being taken already.
    """
    store = session.store
    if backup is None:
        store.backups.before_import(store.databases, session.clock.now())
    else:
        backup()
    _archive(session, plan.files, plan.unkept)
    title, forgotten = title or _title(plan), names_to_forget(session, plan.batches)
    with _remembering_strangers(session, plan), session.transaction(title) as writing:
        counts, _ = _write(session, writing, plan, unticked)
        if plan.statements or plan.suggestions:
            for record in plan.exports:
                keep_record(session, record)
    remember_answers(session, plan.answers)
    if plan.mapping is not None and (plan.statements or plan.rejoined):
        save_mapping(session, plan.mapping)
    changes = session.changes(writing, title)
    # A file that waited for what came just now may also hold somebody erased by it: first what it says of others counts.
    taken = take_waiting(session, _arrived(session, plan), _bring_archived, at_last=bool(forgotten))
    if forgotten:
        taken += forget(session, forgotten).again
    notices = (*plan.notices, *taken)
    return ImportResult(
        counts, changes.step, changes.records, notices, _undone(session, plan, counts), tuple(plan.held)
    )


def _undone(session: Session, plan: ImportPlan, counts: Counts) -> tuple[StepRecord, ...]:
    again = [session.store.archive.content_id(file.content.data) for file in plan.files if file.known_since]
    marks = [each.mark for each in plan.statements if each.mark] if counts.known else []
    return undone_imports(session, marks, again)


@contextmanager
def _remembering_strangers(session: Session, plan: ImportPlan) -> Iterator[None]:
    """Keep who asks to be a member when nothing else is taken: a person accepts only devices heard of."""
    try:
        yield
    except UnknownSignerError:
        hear_of_members(session, plan.members)
        raise


@many_objects()
def import_files(
    session: Session,
    paths: Sequence[Path],
    options: ImportOptions | None = None,
    planned: Callable[[ImportPlan], object] | None = None,
    leave_out: Sequence[str] = (),
) -> ImportResult:
    """Bring files in without a look at the preview; what needs a person is queued all the same.

    The backup is taken while a child process reads. `planned` is told the plan before anything is written;
    `leave_out` names changes by the beginnings of their marks.
    """
    store = session.store
    with store.backups.beside(store.databases, session.clock.now()) as backup:
        plan = plan_import(session, paths, options or ImportOptions())
        if planned is not None:
            planned(plan)
        return apply_plan(session, plan, plan.marks_named(leave_out), backup=backup)


def import_archived(session: Session, contents: Iterable[str], options: ImportOptions) -> ImportResult:
    """Bring archived files in once more, for instance when the export one of them answers has arrived.

    Raises:
        RefusedError: an erasure has dropped the content of all of them.
    """
    archive = session.store.archive
    files = [archive.find(content) for content in contents]
    taken = [
        FileContent(file.name, archive.get(file.content)) for file in files if file is not None and not file.dropped
    ]
    if not taken:
        raise RefusedError("What this waited for was dropped when somebody in it was erased; bring the file again.")
    return apply_plan(session, plan_contents(session, taken, options))


def plan_import(session: Session, paths: Sequence[Path], options: ImportOptions) -> ImportPlan:
    """Read the files and derive what they say; every problem has its place."""
    if not paths:
        raise WrongUseError("Name at least one file to import.")
    return plan_contents(session, [take_file(path) for path in paths], options)


def plan_contents(session: Session, contents: Sequence[FileContent], options: ImportOptions) -> ImportPlan:
    """The same for bytes that have been taken already, such as those of an archived file."""
    plan = ImportPlan()
    tables = list[RawTable]()
    foreign: list[FileContent] = []
    unread: list[FileContent] = []
    personal: list[FileContent] = []
    # A file named twice, or lying in two folders, is one file.
    for content in {each.data: each for each in contents}.values():
        file = _planned(session, content, options.password)
        plan.files += (file,)
        found = plan_or_lists(session, file) if may_be_workbook(file) else ()
        if isinstance(found, ImportPlan):
            plan.join(found)
        elif is_own_data(content):
            personal.append(content)
        else:
            foreign.append(content)
            tables += found
            unread += [] if found else [content]
    if unread:
        tables += read_contents(unread, options.password or None)
    if foreign:
        plan.join(plan_tables(session, tables, options, foreign[0].stem))
    if personal:
        plan.join(plan_own_data(session, personal, options))
    _hold_back(session, plan)
    plan.notices += [
        told("“{name}” was imported before, on {day}.", name=file.name, day=date.fromisoformat(file.known_since[:10]))
        for file in plan.files
        if file.known_since
    ]
    return plan


def plan_returned(
    session: Session, content: FileContent, password: str = "", cancelled: Callable[[], bool] | None = None
) -> ImportPlan | None:
    """The same for one workbook of ours; `None` for a file that leads to none."""
    file = _planned(session, content, password)
    plan = plan_workbook(session, file, file.password, cancelled) if may_be_workbook(file) else None
    if plan is not None:
        plan.files = (file,)
        _hold_back(session, plan)
    return plan


def _hold_back(session: Session, plan: ImportPlan) -> None:
    """Take out of a plan whatever would bring an erased person back, and tell it."""
    proposed = [statement for each in plan.suggestions for statement in each.statements]
    back = brought_back(session, [*plan.statements, *proposed])
    # What was refused in a cell says nothing that could be recognised, only whom it is about.
    back |= {each.record for each in plan.suggestions} & session.store.team.log.erased
    if not back:
        return
    plan.statements = [statement for statement in plan.statements if statement.record not in back]
    kept = [each for each in plan.suggestions if back.isdisjoint({each.record, *(s.record for s in each.statements)})]
    plan.suggestions = kept
    plan.unkept |= {session.store.archive.content_id(file.content.data) for file in plan.files}
    plan.notices.append(told("What these files say about a person who has been erased was held back."))


def _planned(session: Session, content: FileContent, password: str) -> PlannedFile:
    known = session.store.archive.find(session.store.archive.content_id(content.data))
    kept = session.store.local(_KEPT_WORD + known.content) if known and not password else None
    return PlannedFile(content, known.imported_at if known else "", kept.decode() if kept else password)


def _archive(session: Session, files: Iterable[PlannedFile], unkept: Collection[str]) -> None:
    now = session.clock.now().isoformat(timespec="seconds")
    for file in files:
        kept = session.store.archive.put(file.content.data, file.name, now)
        if kept.content in unkept:
            session.store.archive.drop(kept.content)
        elif file.password and file.content.data.startswith(_LOCKED):
            # A file that waits for its export is read again without anybody to ask.
            session.store.set_local(_KEPT_WORD + kept.content, file.password.encode())


def _arrived(session: Session, plan: ImportPlan) -> set[str]:
    """The files of a plan, by content, that wait for nothing."""
    waiting = {each.other for each in plan.suggestions if each.kind == "waiting"}
    return {session.store.archive.content_id(file.content.data) for file in plan.files} - waiting


def _bring_archived(session: Session, content: str) -> ImportResult:
    return import_archived(session, [content], ImportOptions())


def _title(plan: ImportPlan) -> str:
    names = [file.name for file in plan.files]
    if len(names) > 1:
        return titled("Import of {name} and {count} more", name=names[0], count=len(names) - 1)
    return titled("Import of {name}", name=names[0])


def _write(
    session: Session, writing: Transaction, plan: ImportPlan, unticked: frozenset[str]
) -> tuple[Counts, list[PreviewItem]]:
    """Write a plan within a transaction and count what came of it."""
    store = session.store
    learn_members(session, plan.members)
    for part in plan.members:
        check_writer(session, part)
    conflicts, highest = writing.team.conflict_count(), writing.team.highest_number()
    received = writing.receive(plan.batches, "")
    _tell_withheld(session, plan, received.withheld)
    writing.fold()
    whole = ImportOutlook(writing.team, writing.me, plan)
    outlook = whole.team
    counts, items = _foreseen(session, plan, whole)
    contents = ",".join(store.archive.content_id(file.content.data) for file in plan.files)
    for start in range(0, len(outlook.fresh), _AT_ONCE):
        writing.say(Layer.TEAM, outlook.fresh[start : start + _AT_ONCE], bases=plan.bases, file=contents)
        if start + _AT_ONCE < len(outlook.fresh):
            # A batch, and what is folded from it, stand in memory several times over.
            writing.fold()
    if unwanted := [statement for statement in outlook.fresh if statement.mark in unticked]:
        writing.fold()
        writing.say(Layer.TEAM, left_without(writing.team, unwanted))
    writing.say(Layer.ME, whole.private_said(unticked), file=contents)
    undecided = [each for each in plan.suggestions if not is_decided(session, each)]
    store.suggest(writing.team.connection, proposal_rows(session, undecided, plan))
    answered = [(each, plan.decided[each.id]) for each in undecided if each.id in plan.decided]
    for each, accepted in answered:
        say_decision(session, writing, each, accepted=accepted)
    writing.fold()
    known = {each.record for each, accepted in answered if accepted and each.kind == "match"}
    new = [each for each in writing.team.records_after(highest) if each not in known]
    new += whole.me.new_records()
    counts = replace(
        counts,
        new=len(new),
        changed=counts.changed + sum(number <= highest for number in received.touched),
        # One more value where values differ already adds no register in conflict, but somebody has to look at it.
        conflicts=max(_in_conflict(items, unticked), writing.team.conflict_count() - conflicts),
        parked=received.parked,
        records=_by_kind(new),
    )
    return counts, items


def _in_conflict(items: Iterable[PreviewItem], unticked: Collection[str]) -> int:
    return sum(item.state == "conflict" and item.mark not in unticked for item in items)


def _tell_withheld(session: Session, plan: ImportPlan, replicas: Iterable[str]) -> None:
    names = session.store.identity.names
    for who in sorted({names.get(replica, replica[:10]) for replica in replicas}):
        sentence = told(
            "Entries of {who} came without their content, and no erasure says why; they wait for a file that has it.",
            who=who,
        )
        if sentence not in plan.notices:
            plan.notices.append(sentence)


def _foreseen(session: Session, plan: ImportPlan, outlook: ImportOutlook) -> tuple[Counts, list[PreviewItem]]:
    items = outlook.items(session.store.titles(outlook.named))
    new = outlook.new_records()
    states = Counter(item.state for item in items)
    waiting = (each for each in plan.suggestions if each.id not in plan.decided)
    kinds = Counter(each.kind for each in waiting if not is_decided(session, each))
    files = sum(kinds[kind] for kind in WHOLE_FILES)
    counts = Counts(
        new=len(new),
        changed=states["changed"] + outlook.private_changes(items),
        conflicts=states["conflict"],
        known=outlook.known + states["known"],
        suggestions=kinds.total() - files,
        removed=kinds["removal"],
        problems=len(plan.problems),
        held=len(plan.held),
        files=files,
        records=_by_kind(new),
    )
    return counts, items


def _by_kind(records: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for record in records:
        kind = kind_of(record)
        if kind in KINDS and not KINDS[kind].internal:
            counted[kind] = counted.get(kind, 0) + 1
    return counted
