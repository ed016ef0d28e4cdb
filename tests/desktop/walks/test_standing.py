"""What stands on a page is still there when the page has read again and nothing is new."""

from collections import defaultdict
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import Shiboken
from tests.desktop.walks.conftest import Open
from tests.desktop.walks.looking import call, shown
from tools.scenes import played
from tools.scenes.anywhere import TELLING
from tools.scenes.lists import LISTS
from tools.scenes.pages import PAGES
from tools.stage import Stage

from accountplanner.desktop.widgets.timeline import Timeline
from accountplanner.domain.catalogue import visible_kinds
from accountplanner.domain.changes import Changes

_FURTHER = 60


@dataclass(frozen=True)
class Before:
    """A widget as somebody saw it, who may be about to click on it or to type into it."""

    widget: QWidget
    name: str
    parent: QWidget | None
    text: str

    def loss(self) -> str:
        """What became of it meanwhile, if not nothing."""
        if not Shiboken.isValid(self.widget):
            return f"{self.name} is gone"
        if not self.widget.isVisible() or self.widget.parentWidget() is not self.parent:
            return f"{self.name} was taken away"
        return "" if _text_of(self.widget) == self.text else f"{self.name} reads “{_text_of(self.widget)}”"


def _text_of(widget: QWidget) -> str:
    """What somebody wrote or chose there, where the keyboard stands in it and how far it is scrolled."""
    if isinstance(widget, QAbstractItemView):
        return f"{widget.currentIndex().data()} in row {widget.currentIndex().row()}, from {_scrolled(widget)}"
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QAbstractScrollArea):
        return f"from {_scrolled(widget)}"
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, Timeline):
        return widget.accessibleName()
    return widget.text() if isinstance(widget, QLineEdit | QAbstractButton) else ""


def _scrolled(area: QAbstractScrollArea) -> int:
    return area.verticalScrollBar().value()


def _seen(window: QWidget) -> list[Before]:
    """Everything in sight but menus, and Qt's own button in a field, which fades out after the text has gone."""
    return [
        Before(each, f"{call(each)} in {type(each.parentWidget()).__name__}", each.parentWidget(), _text_of(each))
        for each in shown(window)
        if not isinstance(each, QMenu) and not isinstance(each.parentWidget(), QLineEdit)
    ]


def _look_further_down(window: QWidget) -> None:
    for each in shown(window):
        if isinstance(each, QAbstractScrollArea):
            each.verticalScrollBar().setValue(_FURTHER)


def _announce_everything(stage: Stage) -> None:
    records = (each.record for kind in visible_kinds() for each in stage.session.store.every(kind))
    stage.program.desk.bus.announced.emit(Changes(frozenset(records)))
    stage.quiet()


_TAKES_AWAY = {"contact-sensitive"}
"""A sensitive answer in sight is put away with every reading, on purpose."""


@pytest.mark.slow
def test_a_reading_that_brings_nothing_new_takes_nothing_from_under_the_hand(opened: Open) -> None:
    """A click on something that is made anew at that moment is lost, and so is a key or an open menu."""
    found: dict[str, list[str]] = defaultdict(list)
    with opened() as stage:
        scenes = [scene for scene in (*PAGES, *LISTS, *TELLING) if scene.name not in _TAKES_AWAY]
        for scene, window in played(stage, tuple(scenes)):
            _look_further_down(window)
            before, focused = _seen(window), window.focusWidget()
            _announce_everything(stage)
            found[scene.name] += filter(None, (each.loss() for each in before))
            if window.focusWidget() is not focused:
                found[scene.name].append("the keyboard stands elsewhere")
    assert {scene: losses for scene, losses in found.items() if losses} == {}
