"""Makes the window's workers late or early by chance, and tests look more often: for tests that depend on timing.

What a page reads comes later, sooner or in bursts on another computer. `--jitter SEED` plays such computers: with
another seed other jobs are late. What fails then leans on an order that nobody promised; either the test looks before
what it looks for is there, or the program takes something from under somebody's hand.
"""

from random import Random
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from accountplanner.desktop.jobs import Job, JobRunner, _News, _Task

_LATEST_S = 0.08


def _pass(seconds: float) -> None:
    Event().wait(seconds)


def shake(monkeypatch: pytest.MonkeyPatch, chance: Random) -> None:
    """Let jobs begin late, end late or be done before anything else happens, each by chance."""
    start, outcome, wait = JobRunner.start, _Task.outcome, QtBot.wait

    def start_and_lag(runner: JobRunner, job: Job) -> Job:
        started = start(runner, job)
        if chance.random() < 0.2:
            _pass(chance.uniform(0, _LATEST_S))
        return started

    def late_outcome(task: _Task) -> _News:
        _pass(chance.choice((0, 0, 1)) * chance.uniform(0, _LATEST_S))
        news = outcome(task)
        _pass(chance.choice((0, 0, 1)) * chance.uniform(0, _LATEST_S))
        return news

    def look_soon(bot: QtBot, ms: int) -> None:
        wait(bot, min(ms, chance.choice((0, 1, 10))))

    monkeypatch.setattr(JobRunner, "start", start_and_lag)
    monkeypatch.setattr(_Task, "outcome", late_outcome)
    monkeypatch.setattr(QtBot, "wait", look_soon)
