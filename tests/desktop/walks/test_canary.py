"""A secret in each restricted field: shown on page after page, and after the lock nowhere."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication
from shiboken6 import Shiboken
from tests.desktop.test_locking import everything_readable
from tests.desktop.walks.conftest import Open
from tools.scenes import SCENES, played
from tools.stage import SECRET, Stage


def _lock(stage: Stage) -> None:
    stage.program.locking.lock()
    stage.wait_for(lambda: stage.program.desk.session is None)
    stage.quiet()


def _kept_in_memory() -> list[str]:
    """Look into every object of ours that Qt still knows: what it holds in plain words."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    alive = [each for each in Shiboken.getAllValidWrappers() if isinstance(each, QObject)]
    return [
        f"{type(each).__name__}.{name}"
        for each in alive
        if type(each).__module__.startswith("accountplanner")
        for name, value in vars(each).items()
        if isinstance(value, str | tuple | list | dict) and SECRET in repr(value)
    ]


@pytest.mark.slow
def test_after_every_page_was_shown_the_lock_leaves_no_secret(opened: Open) -> None:
    scenes = tuple(scene for scene in SCENES if scene.name != "locked" and not scene.name.startswith("first-run"))
    seen = set()
    with opened() as stage:
        for scene, _window in played(stage, scenes):
            if SECRET in everything_readable():
                seen.add(scene.name)
            if scene.name == "contact-sensitive":
                QGuiApplication.clipboard().setText(f"{SECRET} copied")
                stage.program.locking.clipboard.clear_after(0)
        assert {"contact", "contact-sensitive"} <= seen, "a secret nobody was shown proves nothing"
        _lock(stage)
        assert SECRET not in everything_readable()
        assert _kept_in_memory() == []
