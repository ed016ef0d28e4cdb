"""Looking through a shared folder: every workbook in it once, and those that were not read before from inside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from accountplanner.domain.errors import PlannerError, RefusedError
from accountplanner.domain.sentences import told
from accountplanner.exchange.contract import WorkbookKind
from accountplanner.exchange.folder import Arrival, NotArrivedError, person_in, take_arrived
from accountplanner.exchange.reading.content import FileContent
from accountplanner.exchange.reading.errors import PasswordNeededError, ReadingCancelledError
from accountplanner.usecases.folder_memory import KNOWN, MINE, NEW, OTHER, REFUSED, SAME, WAITS, FolderMemory
from accountplanner.usecases.import_planning import plan_returned
from accountplanner.usecases.import_plans import ImportPlan
from accountplanner.usecases.session import Session

Report = Callable[[int, int, str], object]
"""Told how far the work is (done, of how many, with what); may raise to stop it."""


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A workbook in the folder.

    `state` is mine, new (to be read), known (read before), same (a copy of another one there), waits
    (not wholly arrived), refused, or other (no team workbook). `sentence` says why where it is not plain;
    `is_locked` is refused for want of the right password.
    """

    name: str
    state: str
    who: str = ""
    sentence: str = ""
    read_at: str = ""
    content: str = field(default="", repr=False)
    arrival: Arrival | None = field(default=None, repr=False)
    is_locked: bool = False


class FolderLook:
    """One look at everything in the folder; `plans` are those of the new files, by name."""

    def __init__(self, session: Session, folder: Path, memory: FolderMemory, password: str, report: Report) -> None:
        self.plans: dict[str, ImportPlan] = {}
        self._session = session
        self._folder = folder
        self._memory = memory
        self._password = password
        self._report = report
        self._seen: dict[str, str] = {}

    def at_everything(self, found: Sequence[Arrival]) -> tuple[FolderFile, ...]:
        """Look at every file the list of names shows."""
        files = []
        for done, arrival in enumerate(found):
            self._report(done, len(found), arrival.name)
            files.append(replace(self._at(arrival, (done, len(found))), arrival=arrival))
        return tuple(files)

    def _at(self, arrival: Arrival, place: tuple[int, int]) -> FolderFile:
        name = arrival.name
        try:
            content = take_arrived(self._folder / name)
        except NotArrivedError as waits:
            return FolderFile(name, WAITS, self._person(name), waits.sentence)
        except RefusedError as refused:
            return FolderFile(name, REFUSED, self._person(name), refused.sentence)
        content_id = self._session.store.archive.content_id(content.data)
        known = self._known(name, content_id)
        first = self._seen.setdefault(content_id, name)
        if known is not None:
            return known
        if first != name:
            return FolderFile(
                name,
                SAME,
                self._person(first),
                told("“{name}” is a copy of “{first}”.", name=name, first=first),
                content=content_id,
            )
        return self._read(content, content_id, place)

    def _known(self, name: str, content_id: str) -> FolderFile | None:
        mine, read = self._memory.mine, self._memory.files.get(content_id)
        if mine is not None and content_id in {mine.content, *mine.others.values()}:
            state = MINE if name == mine.name or name in mine.others else SAME
            return FolderFile(
                name, state, self._session.store.identity.name, read_at=mine.written_at, content=content_id
            )
        if read is None:
            return None
        if read.is_other:
            return FolderFile(name, OTHER, "", _not_ours(name), read.read_at, content_id)
        return FolderFile(name, KNOWN, read.who, "", read.read_at, content_id)

    def _read(self, content: FileContent, content_id: str, place: tuple[int, int]) -> FolderFile:
        name = content.name

        def is_stopped() -> bool:
            self._report(*place, name)
            return False

        try:
            plan = plan_returned(self._session, content, self._password, is_stopped)
        except ReadingCancelledError:
            raise
        except PlannerError as refused:
            is_locked = isinstance(refused, PasswordNeededError)
            return FolderFile(name, REFUSED, self._person(name), refused.sentence, is_locked=is_locked)
        if plan is None or plan.kinds - {WorkbookKind.TEAM.value}:
            return FolderFile(name, OTHER, "", _not_ours(name), content=content_id)
        self.plans[name] = plan
        return FolderFile(name, NEW, _writer(plan) or self._person(name), content=content_id)

    def _person(self, name: str) -> str:
        known = [read.who for read in self._memory.files.values() if read.name == name and read.who]
        return known[-1] if known else person_in(name)


def _not_ours(name: str) -> str:
    return told("“{name}” is no team workbook and was left alone; import it by hand if it is meant for you.", name=name)


def _writer(plan: ImportPlan) -> str:
    return next((each.facts.made_by_name for each in plan.exports), "")
