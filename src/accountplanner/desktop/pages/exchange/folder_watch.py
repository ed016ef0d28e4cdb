"""Notices what arrives in the shared folder. It never imports: it tells, and a person decides."""

from functools import partial

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.telling import sentence_of
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.folder_overview import FolderOverview, folder_overview
from accountplanner.usecases.session import Session

_SETTLED_MS = 1_500
_POLL_MS = 60_000
_CLOSE_WAIT_MS = 2_000


class FolderWatch(QObject):
    """Looks at the folder when the system says that something moved, and every minute where it never does.

    `looked` carries a `FolderOverview`. Looking has a worker of its own: a network share that does not
    answer may hold it for a minute, and lists must not wait for that.
    """

    looked = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent or desk)
        self._desk = desk
        self._told: set[tuple[str, str]] = set()
        self._is_wanted_again = False
        self._runner = JobRunner(self)
        self._watcher = QFileSystemWatcher(self)
        # A file being copied moves many times.
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._polling = QTimer(self, interval=_POLL_MS)
        self._watcher.directoryChanged.connect(self._on_directory_changed)
        self._settling.timeout.connect(self.look)
        self._polling.timeout.connect(self.look)
        desk.settled.connect(self.look)
        desk.closing.connect(self._on_closing)

    @Slot()
    def look(self) -> None:
        """Look at the folder now, on the worker."""
        session = self._desk.session
        if session is None:
            return
        if self._runner.is_busy:
            self._is_wanted_again = True
            return
        job = Job(say("Looking into the shared folder"), partial(_look, session))
        job.succeeded.connect(self._on_looked)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self._runner.start(job)

    @Slot(object)
    def _on_looked(self, overview: FolderOverview) -> None:
        if self._desk.session is None:
            return
        self._watch(overview)
        self._tell(overview)
        self.looked.emit(overview)

    def _watch(self, overview: FolderOverview) -> None:
        wanted = [str(overview.folder)] if overview.folder and not overview.refusal else []
        if gone := [path for path in self._watcher.directories() if path not in wanted]:
            self._watcher.removePaths(gone)
        for path in wanted:
            if path not in self._watcher.directories():
                self._watcher.addPath(path)
        if overview.folder is not None and not self._polling.isActive():
            self._polling.start()

    def _tell(self, overview: FolderOverview) -> None:
        """Say once what is new; what has been told already is only counted."""
        fresh = [line for line in overview.news if (line.name, line.read_at) not in self._told]
        self._told = {(line.name, line.read_at) for line in overview.news}
        if fresh:
            first = fresh[0].who or fresh[0].name
            others = len(fresh) - 1
            sentence = (
                say_count(
                    "{who}’s file and {count} other are new in the shared folder.",
                    "{who}’s file and {count} others are new in the shared folder.",
                    others,
                    who=first,
                )
                if others
                else say("{who}’s file is new in the shared folder.", who=first)
            )
            self._desk.tell(sentence)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if self._desk.session is not None:
            self._desk.tell(sentence_of(error))

    @Slot(object)
    def _on_ended(self, _job: Job) -> None:
        if self._is_wanted_again:
            self._is_wanted_again = False
            self._settling.start()

    @Slot(str)
    def _on_directory_changed(self, _path: str) -> None:
        self._settling.start()

    def _on_closing(self) -> None:
        self._settling.stop()
        self._polling.stop()
        self._is_wanted_again = False
        self._told.clear()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._runner.stop(_CLOSE_WAIT_MS)


def _look(session: Session, _progress: Progress) -> FolderOverview:
    return folder_overview(session)
