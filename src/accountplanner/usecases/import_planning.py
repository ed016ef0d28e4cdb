"""From files to the plan of an import: each is read, recognised and derived, and nothing is written."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.sentences import Sentence, told
from accountplanner.exchange.reading.content import FileContent, take_file
from accountplanner.exchange.reading.files import read_contents
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.usecases.erasing import brought_back
from accountplanner.usecases.foreign_tables import plan_tables
from accountplanner.usecases.import_plans import (
    ImportOptions,
    ImportPlan,
    PlannedFile,
)
from accountplanner.usecases.locked_files import kept_password
from accountplanner.usecases.own_data import is_own_data, plan_own_data
from accountplanner.usecases.session import Session
from accountplanner.usecases.workbooks import may_be_workbook, plan_or_lists, plan_workbook


def plan_import(session: Session, paths: Sequence[Path], options: ImportOptions) -> ImportPlan:
    """Read the files and derive what they say; every problem has its place."""
    if not paths:
        raise WrongUseError("Name at least one file to import.")
    return plan_contents(session, [take_file(path) for path in paths], options)


def plan_contents(session: Session, contents: Sequence[FileContent], options: ImportOptions) -> ImportPlan:
    """The same for bytes that have been taken already, such as those of an archived file."""
    plan = ImportPlan()
    foreign: list[tuple[FileContent, tuple[RawTable, ...]]] = []
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
            foreign.append((content, found))
    if foreign:
        plan.join(plan_tables(session, _tables(foreign, options.password), options, foreign[0][0].stem))
    if personal:
        plan.join(plan_own_data(session, personal, options))
    _hold_back(session, plan)
    plan.notices += _came_before(plan.files)
    return plan


def _tables(foreign: Iterable[tuple[FileContent, tuple[RawTable, ...]]], password: str) -> list[RawTable]:
    """The lists in somebody's own files; those in which none was found on the way to a workbook are read last."""
    tables, unread = list[RawTable](), list[FileContent]()
    for content, found in foreign:
        tables += found
        unread += [] if found else [content]
    return tables + (read_contents(unread, password or None) if unread else [])


def _came_before(files: Iterable[PlannedFile]) -> list[Sentence]:
    return [
        told("“{name}” was imported before, on {day}.", name=file.name, day=date.fromisoformat(file.known_since[:10]))
        for file in files
        if file.known_since
    ]


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
    if known is None:
        return PlannedFile(content, "", password)
    return PlannedFile(content, known.imported_at, password or kept_password(session, known.content))
