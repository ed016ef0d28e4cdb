"""Every page, tab, dialog and state is looked at: names, text that is cut, places, targets, colour alone."""

import importlib
import pkgutil
from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import Shiboken
from tests.desktop.walks.conftest import Look, Open
from tests.desktop.walks.looking import faults
from tests.desktop.walks.pseudo import PSEUDO
from tools.scenes import SCENES, played
from tools.stage import Stage

import accountplanner.desktop
from accountplanner.desktop.dialogs.step_dialog import StepDialog
from accountplanner.desktop.lock_screen import LockScreen
from accountplanner.desktop.start import AREAS_WITH_A_PAGE
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.popover import Popover
from accountplanner.desktop.widgets.tab_bar import TabBar

SMALL = (1024, 640)
LARGE = (3840, 2160)
LOOKS = (
    Look(),
    Look("dark", SMALL, language=PSEUDO),
    Look("contrast", SMALL, 150, "de"),
    Look("light", (1440, 900), 200, PSEUDO),
    Look("dark", LARGE, 100, PSEUDO),
)


@dataclass
class Seen:
    """What came into sight on the way: areas, and the tabs of each bar, offered and chosen."""

    areas: set[str] = field(default_factory=set)
    chosen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    offered: dict[str, set[str]] = field(default_factory=dict)

    def note(self, stage: Stage, window: QWidget) -> None:
        if window is stage.window and not stage.window.is_covered:
            self.areas.add(stage.window.area)
        for bar in (each for each in window.findChildren(TabBar) if each.isVisible()):
            self.offered[bar.accessibleName()] = {bar.tabText(place) for place in range(bar.count())}
            self.chosen[bar.accessibleName()].add(bar.tabText(bar.currentIndex()))


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_everything_is_named_fits_and_is_easily_hit_and_no_area_or_tab_is_left_out(opened: Open, look: Look) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    seen = Seen()
    with opened(look) as stage:
        for scene, window in played(stage):
            assert stage.window.width() == look.size[0], "Qt widens a window silently when something does not fit"
            for kind in scene.covers:
                assert isinstance(window, kind) or window.findChildren(kind), scene.name
            seen.note(stage, window)
            for fault in faults(window):
                found[fault].append(scene.name)
    assert seen.areas == set(AREAS_WITH_A_PAGE)
    assert seen.chosen == seen.offered
    assert dict(found) == {}


# --- nothing is left out --------------------------------------------------------------------------------------------


FRAMES = {FormDialog, StepDialog}
"""What dialogs are made of, and nobody sees by itself."""


def test_every_dialog_has_a_scene() -> None:
    for module in pkgutil.walk_packages(accountplanner.desktop.__path__, "accountplanner.desktop."):
        importlib.import_module(module.name)
    shown = {kind for scene in SCENES for kind in scene.covers}
    missing = {each.__name__ for each in (*_all_below(QDialog), Popover, LockScreen) if each not in shown | FRAMES}
    assert missing == set()


def _all_below(kind: type[QWidget]) -> list[type[QWidget]]:
    ours = [each for each in kind.__subclasses__() if each.__module__.startswith("accountplanner.")]
    return [*ours, *(below for each in ours for below in _all_below(each))]


# --- the way out ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_escape_closes_whatever_floats_over_the_window(opened: Open) -> None:
    left = []
    with opened() as stage:
        for scene in SCENES:
            window = scene.show(stage)
            if window is not stage.window and not _closes(window):
                left.append(scene.name)
            stage.clear()
    assert left == []


def _closes(window: QWidget) -> bool:
    """Press Escape, once more where the first press only takes back what was typed."""
    for _press in range(2):
        if not Shiboken.isValid(window) or not window.isVisible():
            break
        focused: QWidget | None = window.focusWidget()
        QTest.keyClick(window if focused is None else focused, Qt.Key.Key_Escape)
    return not Shiboken.isValid(window) or not window.isVisible()
