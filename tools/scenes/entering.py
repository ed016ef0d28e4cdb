# ruff: noqa: SLF001 - a tool may look inside
"""How somebody comes in: the first run, and the lock screen."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget
from tools.scenes.scene import Scene
from tools.stage import Stage

from accountplanner.desktop.dialogs.first_run import FirstRun
from accountplanner.desktop.dialogs.unlock import UnlockDialog
from accountplanner.desktop.lock_screen import LockScreen

RECOVERY_KEY: Final = "092GJ-XWKBN-15H8N-CFDYH-C7PY7-DE1X7-BD7ZQ-4XKF1"


def _first_run(screen: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        first = FirstRun(stage.program.theme, stage.program.door, stage.window)
        first.open()
        first._key.show_key(RECOVERY_KEY)
        first._show(getattr(first, screen))
        stage.quiet()
        return first

    return show


def _lock_screen(stage: Stage) -> QWidget:
    stage.program.locking.ask_for_key()
    stage.quiet()
    return stage.window


ENTERING: Final = (
    Scene("first-run-place", _first_run("_place"), (FirstRun,)),
    Scene("first-run-person", _first_run("_person")),
    Scene("first-run-key", _first_run("_key")),
    Scene("first-run-beginning", _first_run("_beginning")),
    Scene("locked", _lock_screen, (LockScreen, UnlockDialog)),
)
