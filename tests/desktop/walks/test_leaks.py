"""What floats over the window goes without a trace, however often it comes."""

import gc
import threading
from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken
from tests.desktop.walks.conftest import Open
from tools.scenes import SCENES
from tools.stage import Stage

_TIMES = 20
_WARM_UP = 2
# Those that read files with a child process each time are opened less often.
_COSTLY = frozenset({"import-map", "import-fix", "import-confirm"})


def _left(stage: Stage) -> Counter[str]:
    """Count everything that lives: windows, threads, timers that run, and objects of each kind."""
    stage.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    alive = [each for each in Shiboken.getAllValidWrappers() if isinstance(each, QObject)]
    counted = Counter(type(each).__name__ for each in alive if type(each).__module__.startswith("accountplanner"))
    counted["children of the window"] = len(stage.window.findChildren(QObject))
    counted["windows"] = len(QApplication.topLevelWidgets())
    counted["threads"] = threading.active_count()
    counted["timers that run"] = sum(isinstance(each, QTimer) and each.isActive() for each in alive)
    return counted


@pytest.mark.slow
def test_dialogs_leave_nothing_behind_after_twenty_times(opened: Open) -> None:
    grown: dict[str, dict[str, int]] = {}
    with opened() as stage:
        for scene in SCENES:
            if not scene.covers or scene.name in _COSTLY:
                continue
            for _time in range(_WARM_UP):
                scene.show(stage)
                before = _left(stage)
            for _time in range(_TIMES):
                scene.show(stage)
                stage.clear()
            after = _left(stage)
            if more := {kind: after[kind] - before[kind] for kind in after if after[kind] > before[kind]}:
                grown[scene.name] = more
    assert grown == {}
