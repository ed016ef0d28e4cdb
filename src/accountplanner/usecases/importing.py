"""Bringing files in: read, derive, preview, then write in one transaction and one undo step."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.errors import PlannerError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.pictures import Picture
from accountplanner.domain.statements import EXISTS, Statement
from accountplanner.domain.undo import restated
from accountplanner.exchange.reading.content import FileContent, take_file
from accountplanner.exchange.reading.files import read_contents
from accountplanner.store.tables import SuggestionRow
from accountplanner.store.transactions import Transaction
from accountplanner.usecases.exports import known_export
from accountplanner.usecases.foreign_tables import plan_tables, save_mapping
from accountplanner.usecases.import_plans import (
    Counts,
    ImportOptions,
    ImportPlan,
    ImportPreview,
    ImportResult,
    PlannedFile,
    PreviewItem,
    Suggested,
)
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import learn_members
from accountplanner.usecases.workbooks import may_be_workbook, plan_workbook

_MOST_ITEMS = 2_000


def preview_import(session: Session, paths: Sequence[Path], options: ImportOptions | None = None) -> ImportPreview:
    """Say what bringing these files in would do; what is written to find out is rolled back.

    Raises:
        FileRefusedError: a file cannot be read.
        WrongUseError: no file was named, or the mapping does not exist.
    """
    return _previewed(session, plan_import(session, paths, options or ImportOptions()))


def _previewed(session: Session, plan: ImportPlan) -> ImportPreview:
    with session.trial() as writing:
        counts, items = _write(session, writing, plan, frozenset())
    return ImportPreview(plan, counts, items)


def apply_import(session: Session, preview: ImportPreview, unticked: Iterable[str] = ()) -> ImportResult:
    """Do what the preview said, after a backup, in one undo step.

    `unticked` are marks of changes a person does not want: they are applied, and what was kept is
    said again right after, so that a colleague who applied the file does not bring them back.
    """
    plan, store = preview.plan, session.store
    store.backups.before_import(store.databases, session.clock.now())
    _archive(session, plan.files)
    title = _title(plan)
    with session.transaction(title) as writing:
        counts, _ = _write(session, writing, plan, frozenset(unticked))
    if plan.mapping is not None and (plan.statements or plan.rejoined):
        save_mapping(session, plan.mapping)
    changes = session.changes(writing, title)
    told = _take_waiting(session)
    return ImportResult(counts, changes.step, changes.records, (*plan.notices, *told))


def import_files(session: Session, paths: Sequence[Path], options: ImportOptions | None = None) -> ImportResult:
    """Preview and apply at once."""
    return apply_import(session, preview_import(session, paths, options))


def import_archived(session: Session, contents: Iterable[str], options: ImportOptions) -> ImportResult:
    """Bring archived files in once more, for instance when the export one of them answers has arrived."""
    archive = session.store.archive
    files = [archive.find(content) for content in contents]
    taken = [
        FileContent(file.name, archive.get(file.content)) for file in files if file is not None and not file.dropped
    ]
    plan = plan_contents(session, taken, options)
    return apply_import(session, _previewed(session, plan))


def plan_import(session: Session, paths: Sequence[Path], options: ImportOptions) -> ImportPlan:
    """Read the files and derive what they say; every problem has its place."""
    if not paths:
        raise WrongUseError("Name at least one file to import.")
    return plan_contents(session, [take_file(path) for path in paths], options)


def plan_contents(session: Session, contents: Sequence[FileContent], options: ImportOptions) -> ImportPlan:
    """The same for bytes that have been taken already, such as those of an archived file."""
    plan = ImportPlan()
    foreign: list[FileContent] = []
    for content in contents:
        file = _planned(session, content)
        plan.files += (file,)
        own = plan_workbook(session, file, options.password) if may_be_workbook(file) else None
        if own is None:
            foreign.append(content)
        else:
            plan.join(own)
    if foreign:
        tables = read_contents(foreign, options.password or None)
        plan.join(plan_tables(session, tables, options, foreign[0].stem))
    plan.notices += [
        f"“{file.name}” was imported before, on {file.known_since[:10]}." for file in plan.files if file.known_since
    ]
    return plan


def _planned(session: Session, content: FileContent) -> PlannedFile:
    known = session.store.archive.find(session.store.archive.content_id(content.data))
    return PlannedFile(content, known.imported_at if known else "")


def _archive(session: Session, files: Iterable[PlannedFile]) -> None:
    now = session.clock.now().isoformat(timespec="seconds")
    for file in files:
        session.store.archive.put(file.content.data, file.name, now)


def _take_waiting(session: Session) -> list[str]:
    """Bring in the files that waited for an export which is known by now; each is a step of its own."""
    told = []
    for row in session.store.suggestions():
        each = read_suggestion(row)
        if each.kind != "waiting" or known_export(session, each.value) is None:
            continue
        with session.transaction("File no longer waits", undoable=False) as writing:
            session.store.drop_suggestions(writing.team.connection, [each.id])
        import_archived(session, [each.other], ImportOptions())
        told.append(f"“{each.title}” had waited for its export and has been taken in now.")
    return told


def _title(plan: ImportPlan) -> str:
    names = [file.name for file in plan.files]
    return f"Import of {names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def _write(
    session: Session, writing: Transaction, plan: ImportPlan, unticked: frozenset[str]
) -> tuple[Counts, tuple[PreviewItem, ...]]:
    """Write a plan within a transaction and count what came of it."""
    store = session.store
    for part in plan.members:
        learn_members(session, part)
    conflicts_before = writing.team.conflict_count()
    before = _Before(writing, plan)
    received = writing.receive(plan.batches, "")
    writing.fold()
    fresh = [s for s in plan.statements if s.mark not in before.known_marks]
    writing.say(Layer.TEAM, fresh, bases=plan.bases)
    writing.fold()
    items = before.items(fresh)
    _put_back(writing, fresh, unticked, before)
    open_suggestions = [each for each in plan.suggestions if not _is_decided(session, each)]
    store.suggest(writing.team.connection, [_row(session, each, plan) for each in open_suggestions])
    new = before.new_records()
    counts = Counts(
        new=len(new),
        changed=sum(item.state == "changed" for item in items) + before.changed_by(received.touched),
        conflicts=max(0, writing.team.conflict_count() - conflicts_before),
        known=len(plan.statements) - len(fresh) + sum(item.state == "known" for item in items),
        suggestions=len(open_suggestions),
        removed=plan.removed,
        problems=len(plan.problems),
        parked=received.parked,
        held=len(plan.held),
        records=_by_kind(new),
    )
    return counts, tuple(items[:_MOST_ITEMS])


def _by_kind(records: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for record in records:
        kind = kind_of(record)
        if kind in KINDS and not KINDS[kind].internal:
            counted[kind] = counted.get(kind, 0) + 1
    return counted


class _Before:
    """What stood before an import, so that its preview can say what is new and what changes."""

    def __init__(self, writing: Transaction, plan: ImportPlan) -> None:
        self._writing = writing
        self.known_marks = writing.team.known_marks(s.mark for s in plan.statements if s.mark)
        self._highest = writing.team.highest_number()
        self.pictures: dict[str, Picture] = {
            record: writing.team.picture(record)
            for record in {s.record for s in plan.statements if s.mark not in self.known_marks}
            if self._is_old(record)
        }

    def _is_old(self, record: str) -> bool:
        number = self._writing.team.number(record)
        return number is not None and number <= self._highest

    def items(self, statements: Sequence[Statement]) -> list[PreviewItem]:
        """A line for each derived statement about a record that was here before, and one for each new record."""
        after = {record: self._writing.team.picture(record) for record in self.pictures}
        lines = [self._item(statement, after) for statement in statements if statement.record in self.pictures]
        return [line for line in lines if line is not None] + self._new_lines(statements)

    def _new_lines(self, statements: Sequence[Statement]) -> list[PreviewItem]:
        lines = []
        for statement in statements:
            kind = KINDS.get(kind_of(statement.record))
            if kind and statement.record not in self.pictures and statement.field == kind.title_key:
                value = statement.value or ""
                lines.append(PreviewItem("new", statement.record, value, "", kind.label, "", value, statement.mark))
        return lines

    def _item(self, statement: Statement, after: dict[str, Picture]) -> PreviewItem | None:
        before, now = self.pictures[statement.record], after[statement.record]
        key = (statement.field, statement.voice)
        held = before.registers.get(key)
        register = now.registers.get(key)
        if statement.field == EXISTS and held is not None and held.value == statement.value:
            return None
        same = held is not None and any(s.shown.statement.compared == statement.compared for s in held.siblings)
        state = "conflict" if register is not None and register.has_conflict else "known" if same else "changed"
        field = known_field(kind_of(statement.record), statement.field)
        label = field.label if field else statement.field
        title = now.value(KINDS[kind_of(statement.record)].title_key) or ""
        old, new = (held.value if held else None) or "", statement.value or ""
        if field is not None:
            old, new = shown_text(field, old), shown_text(field, new)
        return PreviewItem(state, statement.record, title, statement.field, label, old, new, statement.mark)

    def new_records(self) -> list[str]:
        """Records that exist now and were unknown before."""
        return self._writing.team.records_after(self._highest)

    def changed_by(self, touched: set[int]) -> int:
        """How many known records colleagues' batches spoke of."""
        return sum(number <= self._highest for number in touched)


def _put_back(writing: Transaction, fresh: Sequence[Statement], unticked: frozenset[str], before: _Before) -> None:
    """Say again what stood before, for every change a person does not want."""
    unwanted = [statement for statement in fresh if statement.mark in unticked]
    kept: list[Statement] = []
    for statement in unwanted:
        picture = before.pictures.get(statement.record)
        register = picture.registers.get((statement.field, statement.voice)) if picture else None
        survivors = register.survivors if register else ()
        kept += [restated(entry) for entry in survivors]
        if not survivors:
            kept.append(replace(statement, value=None, comparison="", mark="", basis="", origin="unticked"))
    writing.fold()
    writing.say(Layer.TEAM, kept)


def _row(session: Session, each: Suggested, plan: ImportPlan) -> SuggestionRow:
    contents = [session.store.archive.content_id(file.content.data) for file in plan.files]
    if each.kind == "waiting":
        contents = [each.other]
    body = json.dumps(asdict(each), ensure_ascii=False)
    made_at = session.clock.now().isoformat(timespec="seconds")
    return SuggestionRow(id=each.id, kind=each.kind, file=",".join(contents), made_at=made_at, body=body)


def _is_decided(session: Session, each: Suggested) -> bool:
    return session.store.verdict(each.id) != ""


def read_suggestion(row: SuggestionRow) -> Suggested:
    """Read a proposal back from its row."""
    try:
        loaded = json.loads(row.body)
        statements = tuple(Statement(**each) for each in loaded.pop("statements"))
        return Suggested(**loaded, statements=statements)
    except (TypeError, ValueError) as error:
        raise PlannerError("A suggestion of an earlier import cannot be read any more.") from error
