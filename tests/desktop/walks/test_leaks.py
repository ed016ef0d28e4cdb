"""What floats over the window goes without a trace, however often it comes."""

import gc
import threading
from collections import Counter
from typing import Final

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken
from tests.desktop.walks.conftest import Open
from tools.scenes import SCENES, Scene
from tools.stage import Stage

from accountplanner.desktop.clipboard_keeper import ClipboardKeeper
from accountplanner.desktop.idle_watch import IdleWatch
from accountplanner.desktop.jobs import JobRunner
from accountplanner.desktop.pages.exchange.folder_watch import FolderWatch

_TIMES = 20
_WARM_UP = 2
_END_MS = 250
_PARTS = 4
_LOOKS = 12
_CLOCKS = (IdleWatch, FolderWatch, ClipboardKeeper)
# Those that read files with a child process each time are opened less often.
_COSTLY = frozenset({"import-map", "import-fix", "import-confirm"})


def _living(stage: Stage) -> Counter[str]:
    """Count everything that lives: windows, threads, timers that run, and objects of each kind."""
    stage.settle(_END_MS)  # a timer that was about to end is no timer left behind
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    stage.wait_for(_nothing_runs)  # what a clock of the program began just now is no trace of a dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    alive = [each for each in Shiboken.getAllValidWrappers() if isinstance(each, QObject)]
    counted = Counter(type(each).__name__ for each in alive if type(each).__module__.startswith("accountplanner"))
    counted.update(_words(each) for each in stage.window.findChildren(QObject))
    counted["windows"] = len(QApplication.topLevelWidgets())
    counted["threads"] = threading.active_count()
    counted.update(f"timer of {type(each.parent()).__name__}" for each in alive if _runs(each))
    return counted


def _words(child: QObject) -> str:
    return f"{child.metaObject().className()} “{child.objectName()}” in the window"


def _nothing_runs() -> bool:
    runners = [each for each in Shiboken.getAllValidWrappers() if isinstance(each, JobRunner)]
    return not any(each.is_busy for each in runners)


def _runs(each: QObject) -> bool:
    """Whether it is a timer that will wake something; the program's own clocks run as long as it is open."""
    return isinstance(each, QTimer) and each.isActive() and not isinstance(each.parent(), _CLOCKS)


_FLOATING: Final = tuple(scene for scene in SCENES if scene.covers and scene.name not in _COSTLY)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(_PARTS))
def test_dialogs_leave_nothing_behind_after_twenty_times(opened: Open, part: int) -> None:
    with opened() as stage:
        stage.calm_rounds = 1
        grown = {scene.name: _more_after(stage, scene) for scene in _FLOATING[part::_PARTS]}
    assert {name: more for name, more in grown.items() if more} == {}


def _more_after(stage: Stage, scene: Scene) -> dict[str, int]:
    """Open something over and over again, and count what there is more of."""
    for _time in range(_WARM_UP):
        scene.show(stage)
        stage.clear()
    before = _living(stage)
    for _time in range(_TIMES):
        scene.show(stage)
        stage.clear()
    # What is left behind stays; what a clock of the program has begun meanwhile ends within a moment.
    more = _living(stage) - before
    for _look in range(_LOOKS):
        more = more and _living(stage) - before
    return dict(more)
