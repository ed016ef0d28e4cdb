"""Which records a list holds: read in the background, its beginning first, which is what one sees."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.records.list_lens import Found, Lens, find_all, find_beginning
from accountplanner.desktop.records.list_plan import ListPlan
from accountplanner.desktop.widgets.paged_list_model import PAGE_ROWS
from accountplanner.desktop.widgets.record_list import RecordLook
from accountplanner.usecases.browsing import prepare_column
from accountplanner.usecases.session import Session

_CLOSE_WAIT_MS: Final = 5_000
Rows = Sequence[tuple[str, RecordLook]]


class ListReading(QObject):
    """Finds the records of a list. What was asked before is dropped with each new question.

    `beginning_found` carries the first records with their rows, where there are more; `found` all of them, `rest_found`
    all of them after a beginning. A long list that is asked for again comes as a whole.
    """

    beginning_found = Signal(object, object)
    found = Signal(object)
    rest_found = Signal(object)

    def __init__(self, desk: Desk, plan: ListPlan, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan = plan
        self._reading = Reading(None)
        self._lens = plan.first_lens
        self._is_long = False
        # A worker of its own: the rows in sight do not wait for what nobody may ask for.
        self._preparing = JobRunner(self)
        desk.closing.connect(self._on_closing)

    def ask(self, lens: Lens) -> None:
        """Ask which records belong in the list as it is looked at now."""
        self.drop()
        # A long list that is only read again is not cut short meanwhile: somebody may stand far down in it.
        is_in_sight = self._is_long and lens == self._lens
        self._lens = lens
        if lens.group or is_in_sight:
            self._reading = self._desk.read(self._everything(), self._on_found)
            return
        work = partial(_beginning, lens=lens, plan=self._plan)
        self._reading = self._desk.read(work, self._on_beginning_found)

    def prepare(self, key: str, *, texts: bool = False) -> None:
        """Make ready what sorting by a column needs, with `texts` what filtering needs, before somebody asks for it."""
        session = self._desk.session
        if session is not None:
            self._preparing.start(Job("", partial(_prepare, session, self._plan.kind, key, texts)))

    def drop(self) -> None:
        """Want no answer any more."""
        self._reading.drop()

    def _everything(self) -> partial[Found]:
        return partial(find_all, lens=self._lens, narrow=self._plan.narrow)

    def _on_beginning_found(self, read: tuple[Found, Rows]) -> None:
        beginning, rows = read
        self._is_long = False
        self.beginning_found.emit(beginning, rows)
        if not beginning.is_whole:
            self._reading = self._desk.read(self._everything(), self._on_rest_found)

    def _on_rest_found(self, found: Found) -> None:
        self._is_long = True
        self.rest_found.emit(found)

    def _on_closing(self) -> None:
        self._is_long = False
        self._preparing.stop(_CLOSE_WAIT_MS)

    def _on_found(self, found: Found) -> None:
        self.found.emit(found)


def _prepare(session: Session, kind: str, key: str, texts: bool, _progress: Progress) -> None:  # noqa: FBT001 - partial
    prepare_column(session, kind, key, texts=texts)


def _beginning(session: Session, lens: Lens, plan: ListPlan) -> tuple[Found, Rows]:
    found = find_beginning(session, lens, plan.narrow, PAGE_ROWS)
    return found, plan.read(session, [int(each) for each in found.ids])
