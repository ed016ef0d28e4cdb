"""Restoring a backup while the window stands: the workspace is closed, exchanged and opened again."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.jobs import Job, Progress
from accountplanner.desktop.wording import say
from accountplanner.usecases.backup_choices import Kept
from accountplanner.usecases.restoring import BroughtBack, bring_back
from accountplanner.usecases.session import Session

_READING_WAIT_MS: Final = 60_000


class BringingBack(QObject):
    """Takes the workspace off the desk while its files are exchanged. `done` carries a `BroughtBack`."""

    done = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def begin(self, kept: Kept) -> None:
        """Restore a backup; everything that was still to be written is written before."""
        session = self._desk.release()
        if session is None:
            return
        self._desk.runners.reading.stop(_READING_WAIT_MS)
        job = Job(say("Restoring a backup"), partial(_restore, session, kept), must_run=True)
        job.succeeded.connect(self._on_restored)
        self._desk.runners.writing.start(job)

    @Slot(object)
    def _on_restored(self, brought: BroughtBack) -> None:
        self._desk.take(brought.session)
        self.done.emit(brought)


def _restore(session: Session, kept: Kept, _progress: Progress) -> BroughtBack:
    return bring_back(session, kept.backup)
