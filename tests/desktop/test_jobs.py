"""Slow work runs in order, reports on the GUI thread, and stops when asked."""

import gc
import weakref
from collections.abc import Iterator
from threading import Event, get_ident
from threading import enumerate as enumerate_threads

import pytest
from PySide6.QtCore import QEventLoop, QObject
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from accountplanner.desktop.jobs import Job, JobRunner, Progress


class Listener(QObject):
    """Writes down what it hears and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, object]] = []
        self.threads: set[int] = set()

    def listen_to(self, job: Job) -> None:
        job.progressed.connect(self.on_progressed)
        job.succeeded.connect(self.on_succeeded)
        job.failed.connect(self.on_failed)
        job.cancelled.connect(self.on_cancelled)

    def on_progressed(self, done: int, total: int, text: str) -> None:
        self._note("progressed", (done, total, text))

    def on_succeeded(self, result: object) -> None:
        self._note("succeeded", result)

    def on_failed(self, error: object) -> None:
        self._note("failed", error)

    def on_cancelled(self) -> None:
        self._note("cancelled", None)

    def _note(self, what: str, value: object) -> None:
        self.threads.add(get_ident())
        self.heard.append((what, value))


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.stop()
    qtbot.waitUntil(lambda: not runner.is_busy)


def _run(qtbot: QtBot, runner: JobRunner, job: Job) -> Listener:
    listener = Listener()
    listener.listen_to(job)
    with qtbot.waitSignal(job.ended):
        runner.start(job)
    return listener


def test_success_and_progress_are_heard_on_the_gui_thread(qtbot: QtBot, runner: JobRunner) -> None:
    big = 2**40

    def work(progress: Progress) -> int:
        progress.report(big, 2 * big, "half")
        return get_ident()

    listener = _run(qtbot, runner, Job("Count", work))
    assert listener.heard[0] == ("progressed", (big, 2 * big, "half"))
    assert listener.threads == {get_ident()}
    assert listener.heard[1][1] != get_ident()


def test_failure_is_handed_over(qtbot: QtBot, runner: JobRunner) -> None:
    error = ValueError("no such sheet")

    def work(_progress: Progress) -> None:
        raise error

    with qtbot.waitSignal(runner.job_failed) as failed:
        assert _run(qtbot, runner, Job("Read", work)).heard == [("failed", error)]
    assert failed.args == [error]


def test_cancel_stops_at_the_next_report(qtbot: QtBot, runner: JobRunner) -> None:
    begun, go_on = Event(), Event()

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(60)
        progress.report(1, 2)

    job = Job("Import", work)
    listener = Listener()
    listener.listen_to(job)
    with qtbot.waitSignal(job.ended):
        runner.start(job)
        assert begun.wait(60)
        job.cancel()
        go_on.set()
    assert listener.heard == [("cancelled", None)]


def test_jobs_run_in_order_and_a_cancelled_one_never_starts(qtbot: QtBot, runner: JobRunner) -> None:
    done: list[int] = []

    def note(number: int) -> Job:
        def work(_progress: Progress) -> None:
            done.append(number)

        return Job(str(number), work)

    jobs = [note(number) for number in range(5)]
    jobs[2].cancel()
    with qtbot.waitSignal(jobs[-1].ended):
        for job in jobs:
            runner.start(job)
    assert done == [0, 1, 3, 4]


def test_stop_cancels_and_waits(qtbot: QtBot) -> None:
    runner = JobRunner()

    def work(progress: Progress) -> None:
        while True:
            progress.report(0, 0)

    job = Job("Endless", work)
    with qtbot.waitSignal(job.cancelled):
        runner.start(job)
        assert runner.stop()
    qtbot.waitUntil(lambda: not runner.is_busy)


def test_ended_jobs_are_freed(qtbot: QtBot, runner: JobRunner) -> None:
    job = Job("Short", str)
    known = weakref.ref(job)
    with qtbot.waitSignal(job.ended):
        runner.start(job)
    qtbot.waitUntil(lambda: not runner.is_busy)
    del job

    def is_freed() -> bool:
        gc.collect()
        return known() is None

    qtbot.waitUntil(is_freed)


def test_only_the_gui_thread_destroys_jobs(runner: JobRunner) -> None:
    threads: list[int] = []

    def note() -> None:
        threads.append(get_ident())

    for _time in range(1000):
        loop = QEventLoop()
        job = Job("Short", str)
        weakref.finalize(job, note)
        job.ended.connect(loop.quit)
        runner.start(job)
        del job
        loop.exec()
    gc.collect()
    assert threads == [get_ident()] * 1000


def test_a_worker_collects_nothing_that_lies_about(qtbot: QtBot, runner: JobRunner) -> None:
    threads: list[int] = []

    def note() -> None:
        threads.append(get_ident())

    def work(_progress: Progress) -> int:
        return len([[] for _each in range(100_000)])

    for _time in range(5):
        lying: list[object] = [QObject()]
        weakref.finalize(lying[0], note)
        lying.append(lying)
        del lying
        with qtbot.waitSignal((job := Job("Long", work)).succeeded):
            runner.start(job)
    gc.collect()
    assert threads == [get_ident()] * 5
    assert gc.isenabled()


def test_whoever_lets_go_of_a_runner_is_not_kept_waiting(qtbot: QtBot) -> None:
    go_on = Event()

    def work(_progress: Progress) -> bool:
        return go_on.wait(60)

    runner = JobRunner()
    job = runner.start(Job("Long", work))
    Shiboken.delete(runner)
    go_on.set()
    qtbot.waitUntil(lambda: not any(each.name == "jobs" for each in enumerate_threads()))
    assert not Shiboken.isValid(runner)
    assert Shiboken.isValid(job)
