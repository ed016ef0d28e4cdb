"""Bringing files in: a preview of what their plan would do, then a backup, one transaction and one undo step."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.garbage import many_objects
from accountplanner.domain.sentences import titled
from accountplanner.domain.undo import StepRecord
from accountplanner.exchange.reading.content import FileContent
from accountplanner.store.log import UnknownSignerError
from accountplanner.usecases.erasing import forget, names_to_forget
from accountplanner.usecases.exports import keep_record
from accountplanner.usecases.history import undone_imports
from accountplanner.usecases.import_planning import plan_contents, plan_import
from accountplanner.usecases.import_plans import (
    Counts,
    ImportOptions,
    ImportPlan,
    ImportPreview,
    ImportResult,
    PlannedFile,
)
from accountplanner.usecases.import_writing import foresee, write_plan
from accountplanner.usecases.list_mappings import save_mapping
from accountplanner.usecases.locked_files import keep_password
from accountplanner.usecases.outlook import ImportOutlook
from accountplanner.usecases.proposals import is_decided
from accountplanner.usecases.session import Session
from accountplanner.usecases.taking_back import remember_answers
from accountplanner.usecases.team import hear_of_members
from accountplanner.usecases.waiting import QueueItem, as_item
from accountplanner.usecases.waiting_files import take_waiting

_MOST_ITEMS = 2_000


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
            counts, items = write_plan(session, writing, plan, frozenset())
    else:
        with session.store.team.viewing() as view, session.store.me.viewing() as own:
            outlook = ImportOutlook(view, own, plan)
        counts, items = foresee(session, plan, outlook)
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
        counts, _ = write_plan(session, writing, plan, unticked)
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


def _archive(session: Session, files: Iterable[PlannedFile], unkept: Collection[str]) -> None:
    now = session.clock.now().isoformat(timespec="seconds")
    for file in files:
        kept = session.store.archive.put(file.content.data, file.name, now)
        if kept.content in unkept:
            session.store.archive.drop(kept.content)
        else:
            keep_password(session, kept.content, file.content.data, file.password)


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
