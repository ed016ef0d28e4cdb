"""A bug is shown once, on the GUI thread, without what a person had typed."""

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from accountplanner.desktop.crash import CrashReport, CrashReporter


@pytest.fixture
def shown() -> list[tuple[CrashReport, int]]:
    return []


@pytest.fixture
def reporter(qtbot: QtBot, shown: list[tuple[CrashReport, int]]) -> Iterator[CrashReporter]:
    assert qtbot is not None
    before = sys.excepthook
    reporter = CrashReporter("0.1.0", lambda report: shown.append((report, threading.get_ident())))
    reporter.install()
    yield reporter
    reporter.remove()
    assert sys.excepthook is before


def _fail() -> None:
    secret = "her daughter's exam"
    raise KeyError(secret)


def _meet_bug() -> None:
    try:
        _fail()
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)


@pytest.mark.usefixtures("reporter")
def test_a_bug_is_shown_once(
    qtbot: QtBot, shown: list[tuple[CrashReport, int]], announce_warning: Callable[[str], None]
) -> None:
    announce_warning("KeyError in test_crash.py")
    for _time in range(100):
        _meet_bug()
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1


@pytest.mark.usefixtures("reporter")
def test_the_report_holds_no_values(
    qtbot: QtBot, shown: list[tuple[CrashReport, int]], announce_warning: Callable[[str], None]
) -> None:
    announce_warning("KeyError in test_crash.py")
    _meet_bug()
    qtbot.waitUntil(lambda: bool(shown))
    report = shown[0][0]
    assert "daughter" not in report.title + report.details
    assert "_fail" in report.details
    assert "0.1.0" in report.details


@pytest.mark.usefixtures("reporter")
def test_bugs_of_threads_reach_the_gui_thread(
    qtbot: QtBot, shown: list[tuple[CrashReport, int]], announce_warning: Callable[[str], None]
) -> None:
    announce_warning("KeyError in test_crash.py")
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0][1] == threading.get_ident()
