"""Slow work off the GUI thread: in order, with progress, and always able to be cancelled.

What belongs to Qt lives and dies on the GUI thread. A worker never holds a `Job`, only what is to be done, and lets go
of that before it says that it has ended; an object of Qt that a worker destroys while its news are being delivered
brings the program down.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from accountplanner.desktop import collector


class JobCancelledError(Exception):
    """A person asked the running job to stop; what it had begun is rolled back on the way out."""


class _News(NamedTuple):
    """What a worker tells: of which job, and the arguments of which of its signals."""

    job: int
    what: str
    facts: tuple[Any, ...] = ()


class Progress:
    """What a job sees of the outside: a place to report to, and whether to go on."""

    def __init__(self, cancel_asked: Event, tell: Callable[[int, int, str], object]) -> None:
        self._cancel_asked = cancel_asked
        self._tell = tell

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is. A total of 0 means that nobody can know.

        Raises:
            JobCancelledError: the person pressed Cancel; let it pass.
        """
        self.stop_if_cancelled()
        self._tell(done, total, text)

    def stop_if_cancelled(self) -> None:
        """Leave here if the person pressed Cancel, without reporting anything."""
        if self._cancel_asked.is_set():
            raise JobCancelledError


@dataclass(eq=False)
class _Task:
    """What a worker holds of a job."""

    number: int
    work: Callable[[Progress], Any]
    cancel_asked: Event
    tell: Callable[[_News], object]

    def outcome(self) -> _News:
        """Do the work and say what came of it."""
        progress = Progress(self.cancel_asked, self._on_reported)
        try:
            progress.stop_if_cancelled()
            return _News(self.number, "succeeded", (self.work(progress),))
        except JobCancelledError:
            return _News(self.number, "cancelled")
        except Exception as error:  # noqa: BLE001 - the job boundary hands every failure to the window
            return _News(self.number, "failed", (error,))

    def _on_reported(self, done: int, total: int, text: str) -> None:
        self.tell(_News(self.number, "progressed", (done, total, text)))


class Job(QObject):
    """One piece of slow work, and signals that tell on the GUI thread how it goes.

    The work is a plain function. It takes and returns values, never widgets, rows or
    sessions. Exactly one of `succeeded`, `failed` and `cancelled` comes, then `ended`.
    One that `must_run` is done even when the program is being locked or closed: it keeps what was typed.
    """

    progressed = Signal(object, object, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal(object)

    def __init__(self, title: str, work: Callable[[Progress], Any], *, must_run: bool = False) -> None:
        super().__init__()
        self.title = title
        self.must_run = must_run
        self._work = work
        self._cancel_asked = Event()

    def cancel(self) -> None:
        """Ask the job to stop at its next report. A job still waiting never starts."""
        self._cancel_asked.set()

    def task(self, number: int, tell: Callable[[_News], object]) -> _Task:
        """Give what a worker needs of it."""
        return _Task(number, self._work, self._cancel_asked, tell)


@dataclass(eq=False)
class _Line:
    """What waits for the worker, and the worker while there is one; both under the lock."""

    tasks: deque[_Task] = field(default_factory=deque)
    thread: Thread | None = None
    lock: Lock = field(default_factory=Lock)


class JobRunner(QObject):
    """Runs jobs one after the other on a worker of its own, and keeps them alive meanwhile.

    The program has two: one for everything that writes, so that writing happens in order,
    and one for reading lists and search results, which must never wait for an import.
    `job_failed` tells of every failure, so that none is lost where nobody listens to the job.
    """

    job_started = Signal(object)
    job_failed = Signal(object)
    _news_came = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, Job] = {}
        self._number = 0
        self._line = _Line()
        self._news: SimpleQueue[_News] = SimpleQueue()
        self._news_came.connect(self._on_news)

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._jobs)

    def start(self, job: Job) -> Job:
        """Queue the job. Connect to its signals before calling this."""
        self._number += 1
        self._jobs[self._number] = job
        collector.rest_for(self)
        job.failed.connect(self.job_failed)
        self.job_started.emit(job)
        # A thread of Python's rather than QThreadPool: a pool that is destroyed waits for its threads, and they for
        # the interpreter lock that its destroyer holds. It ends with the last job, so that none is ever left idle.
        with self._line.lock:
            self._line.tasks.append(job.task(self._number, self._tell))
            if self._line.thread is None:
                self._line.thread = Thread(target=_work_off, args=(self._line, self._tell), name="jobs")
                self._line.thread.start()
        return job

    def stop(self, timeout_ms: int = 5000) -> bool:
        """Cancel everything but what must run, and wait; say whether all work has ended.

        Call this before the workspace is closed: a worker must not meet a closed database. What came of the jobs is
        told afterwards, as always.
        """
        for job in self._jobs.values():
            if not job.must_run:
                job.cancel()
        with self._line.lock:
            thread = self._line.thread
        if thread is not None:
            thread.join(timeout_ms / 1000)
        has_ended = thread is None or not thread.is_alive()
        if has_ended:
            # Whoever stops it may be gone before the news are, and nobody would ever collect again.
            collector.go_on_after(self)
        return has_ended

    def _tell(self, news: _News) -> None:
        """Hand news to the GUI thread; runs on the worker."""
        self._news.put(news)
        del news  # the GUI thread is to be the last that holds it
        with suppress(RuntimeError):  # the program has ended meanwhile, and nobody is there to be told
            self._news_came.emit()

    @Slot()
    def _on_news(self) -> None:
        number, what, facts = self._news.get()
        job = self._jobs[number]
        getattr(job, what).emit(*facts)
        if what != "progressed":
            del self._jobs[number]
            if not self._jobs:
                collector.go_on_after(self)
            job.ended.emit(job)


def _work_off(line: _Line, tell: Callable[[_News], object]) -> None:
    """Do one task after the other until none waits."""
    while _is_waiting(line):
        # No name may hold the task or its outcome here: the GUI thread is to be the last that lets go of them.
        tell(line.tasks.popleft().outcome())


def _is_waiting(line: _Line) -> bool:
    """Whether there is a task; the worker that is told no has ended."""
    with line.lock:
        if not line.tasks:
            line.thread = None
        return bool(line.tasks)
