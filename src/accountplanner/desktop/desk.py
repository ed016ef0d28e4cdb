"""What every page works with: the open workspace, its two runners, and one way to do, tell and undo things."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from accountplanner.desktop.changes_bus import ChangesBus
from accountplanner.desktop.delivery import Delivery, Hands, Reading, Refused
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.telling import tell, tell_title
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.wording import say
from accountplanner.domain.changes import Changes
from accountplanner.usecases import history
from accountplanner.usecases.session import Session

Result = TypeVar("Result")


@dataclass(frozen=True)
class Steps:
    """The names of what undo and redo would do now, empty where there is nothing."""

    undo: str = ""
    redo: str = ""


@dataclass(frozen=True)
class Told:
    """A sentence for the foot of the window, and the step that can be undone from there, 0 for none."""

    sentence: str
    step: int = 0

    @property
    def is_undoable(self) -> bool:
        """Whether there is a way back."""
        return bool(self.step)


@dataclass(frozen=True)
class Runners:
    """The program's two workers: writing happens in order, reading never waits for it."""

    reading: JobRunner
    writing: JobRunner


class Desk(QObject):
    """Runs use cases for pages and tells everybody once what came of them.

    A page reads with `read` and writes with `write`; both hand a session to a plain function on
    a worker and its result to a bound method of the page. What was changed is announced on
    `bus`; `told` carries a `Told`. `opened` and `closing` come when the workspace does; `settled` follows `opened`, for
    whatever is read behind what stands on the screen. `steps_changed` comes when undo and redo mean something else;
    `record_shown` carries the record whose page has come into sight; `backed_up` comes after a backup.
    """

    opened = Signal()
    settled = Signal()
    closing = Signal()
    told = Signal(object)
    steps_changed = Signal(object)
    record_requested = Signal(str)
    area_requested = Signal(str)
    inbox_requested = Signal()
    record_shown = Signal(str)
    backed_up = Signal()

    def __init__(self, theme: Theme, formats: Formats, runners: Runners, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.formats = formats
        self.bus = ChangesBus(self)
        self.runners = runners
        self._session: Session | None = None
        self._deliveries: set[Delivery] = set()

    @property
    def session(self) -> Session | None:
        """The open workspace, `None` while there is none."""
        return self._session

    @property
    def currency(self) -> str:
        """The team's currency, which an amount typed without one is meant in."""
        return self._session.currency if self._session is not None else "EUR"

    def take(self, session: Session) -> None:
        """Begin to work on an open workspace."""
        self._session = session
        self.formats.count_from(session.clock.today)
        self.opened.emit()
        self.settled.emit()
        self.ask_for_steps()

    def release(self) -> Session | None:
        """Let go of the workspace, so that it can be closed; whoever shows anything of it forgets it."""
        self.closing.emit()
        session, self._session = self._session, None
        for delivery in self._deliveries:
            delivery.forget()
        self.steps_changed.emit(Steps())
        return session

    def read(
        self, work: Callable[[Session], Result], done: Callable[[Result], object], refused: Refused | None = None
    ) -> Reading:
        """Read something on the reading worker; `refused` gets the sentence of a failure, told otherwise."""
        return self._start(
            self.runners.reading, say("Reading"), _without_progress(work), Hands(done, refused or self._on_refused)
        )

    def write(
        self,
        title: str,
        work: Callable[[Session], Any],
        done: Callable[[Any], object] | None = None,
        refused: Refused | None = None,
        *,
        told: str = "",
    ) -> Reading:
        """Change something. The changes in its result are announced, and told with an Undo.

        `told` is the sentence instead of the step's own name. Without `refused` a failure is told like a success.
        """
        hands = Hands(done, refused or self._on_refused, self._announce, told)
        return self._start(self.runners.writing, title, _without_progress(work), hands, must_run=True)

    def write_slowly(
        self,
        title: str,
        work: Callable[[Session, Progress], Any],
        done: Callable[[Any], object],
        refused: Refused,
    ) -> Reading:
        """Change something that takes long enough for progress and Cancel."""
        return self._start(self.runners.writing, title, work, Hands(done, refused, self._announce))

    def tell(self, sentence: str) -> None:
        """Say something at the foot of the window."""
        self.told.emit(Told(sentence))

    def undo(self) -> None:
        """Take back the newest step."""
        self.write(say("Undo"), history.undo)

    def undo_step(self, step: int) -> None:
        """Take back the step that was told of, whatever has been done since."""
        self.write(say("Undo"), partial(history.undo_step, number=step))

    def redo(self) -> None:
        """Bring back the step undone last."""
        self.write(say("Redo"), history.redo)

    def ask_for_steps(self) -> None:
        """Tell anew what undo and redo would do, as after another language was chosen."""
        self.read(_steps, self._on_steps_read)

    def _start(
        self,
        runner: JobRunner,
        title: str,
        work: Callable[[Session, Progress], Any],
        hands: Hands,
        *,
        must_run: bool = False,
    ) -> Reading:
        session = self._session
        if session is None:
            return Reading(None)

        def run(progress: Progress) -> object:
            return work(session, progress)

        job = Job(title, run, must_run=must_run)
        delivery = Delivery(hands, self._deliveries, self)
        job.succeeded.connect(delivery.on_succeeded)
        job.failed.connect(delivery.on_failed)
        job.cancelled.connect(delivery.on_cancelled)
        job.ended.connect(delivery.on_ended)
        runner.start(job)
        return Reading(delivery, job)

    def _announce(self, result: object, told: str) -> None:
        changes = _changes_in(result)
        if not (changes or changes.step):
            return
        sentence = told or tell_title(changes.title)
        if changes.skipped:
            sentence = "; ".join((sentence, *map(tell, changes.skipped)))
        self.bus.announced.emit(changes)
        self.told.emit(Told(sentence, changes.step if changes.undoable and not _is_undoing(changes) else 0))
        self.ask_for_steps()

    def _on_steps_read(self, steps: Steps) -> None:
        self.steps_changed.emit(steps)

    def _on_refused(self, sentence: str) -> None:
        if self._session is not None:
            self.told.emit(Told(sentence))


def _changes_in(result: object) -> Changes:
    """Find the changes in what a use case returned: alone, beside a new id, or as an attribute."""
    found = [result, *result] if isinstance(result, tuple) else [result, getattr(result, "changes", None)]
    return next((each for each in found if isinstance(each, Changes)), Changes())


def _is_undoing(changes: Changes) -> bool:
    return changes.title.startswith("Undo: ")


def _without_progress(work: Callable[[Session], Result]) -> Callable[[Session, Progress], Result]:
    def run(session: Session, _progress: Progress) -> Result:
        return work(session)

    return run


def _steps(session: Session) -> Steps:
    undo, redo = history.next_steps(session)
    return Steps(tell_title(_bare(undo.title)) if undo else "", tell_title(_bare(redo.title)) if redo else "")


def _bare(title: str) -> str:
    return title.removeprefix("Undo: ").removeprefix("Redo: ")
