"""Slow work off the GUI thread: in order, with progress, and always able to be cancelled."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot


class JobCancelledError(Exception):
    """A person asked the running job to stop; what it had begun is rolled back on the way out."""


class Progress:
    """What a job sees of the outside: a place to report to, and whether to go on."""

    def __init__(self, job: "Job") -> None:
        self._job = job

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is. A total of 0 means that nobody can know.

        Raises:
            JobCancelledError: the person pressed Cancel; let it pass.
        """
        self.stop_if_cancelled()
        self._job.progressed.emit(done, total, text)

    def stop_if_cancelled(self) -> None:
        """Leave here if the person pressed Cancel, without reporting anything."""
        if self._job.is_cancel_asked:
            raise JobCancelledError


class Job(QObject):
    """One piece of slow work, and signals that tell on the GUI thread how it goes.

    The work is a plain function. It takes and returns values, never widgets, rows or
    sessions. Exactly one of `succeeded`, `failed` and `cancelled` comes, then `ended`.
    One that `must_run` is done even when the program is being locked or closed: it keeps what was typed.
    """

    started = Signal()
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

    @property
    def is_cancel_asked(self) -> bool:
        """Whether somebody wants this job to stop."""
        return self._cancel_asked.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next report. A job still waiting never starts."""
        self._cancel_asked.set()

    def run_here(self) -> None:
        """Do the work on the calling thread."""
        try:
            self._run_unless_cancelled()
        except JobCancelledError:
            self.cancelled.emit()
        except Exception as error:  # noqa: BLE001 - the job boundary hands every failure to the window
            self.failed.emit(error)
        finally:
            self.ended.emit(self)

    def _run_unless_cancelled(self) -> None:
        progress = Progress(self)
        progress.stop_if_cancelled()
        self.started.emit()
        self.succeeded.emit(self._work(progress))


class JobRunner(QObject):
    """Runs jobs one after the other on a worker of its own, and keeps them alive meanwhile.

    The program has two: one for everything that writes, so that writing happens in order,
    and one for reading lists and search results, which must never wait for an import.
    `job_failed` tells of every failure, so that none is lost where nobody listens to the job.
    """

    job_started = Signal(object)
    job_failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: set[Job] = set()

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting."""
        return bool(self._waiting)

    def start(self, job: Job) -> Job:
        """Queue the job. Connect to its signals before calling this."""
        self._waiting.add(job)
        job.failed.connect(self.job_failed)
        job.ended.connect(self._on_job_ended)
        self.job_started.emit(job)
        # A function rather than a QRunnable of our own: a runnable that ends before start() has returned
        # is never freed by PySide 6.11.
        self._pool.start(job.run_here)
        return job

    def stop(self, timeout_ms: int = 5000) -> bool:
        """Cancel everything but what must run, and wait; say whether all work has ended.

        Call this before the workspace is closed: a worker must not meet a closed database.
        """
        for job in self._waiting:
            if not job.must_run:
                job.cancel()
        return self._pool.waitForDone(timeout_ms)

    @Slot(object)
    def _on_job_ended(self, job: Job) -> None:
        self._waiting.discard(job)
