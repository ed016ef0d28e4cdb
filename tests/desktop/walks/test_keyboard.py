"""Tab, pressed for real: it reaches everything once, in the order one reads, shows where it is, and finds the way back."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QTabBar, QWidget
from tests.desktop.walks.conftest import Look, Open
from tests.desktop.walks.looking import call, stops
from tools.scenes import SCENES, played
from tools.stage import Stage

from accountplanner.desktop.widgets.timeline import Timeline

# Alike for the keyboard to another scene of the same page or dialog.
_ALIKE = frozenset(
    {
        "account-editing-text", "account-editing-long", "account-refused", "contact-history", "dialog-new-contact",
        "dialog-new-refused", "palette", "palette-commands", "note-names", "sheet-knowledge", "sheet-health", "telling",
        "import-confirm", "people",
    }
)  # fmt: skip
_MOST = 400
_SEEN_SHARE = 0.3
_BACK = 6


@pytest.mark.slow
def test_tab_reaches_everything_once_in_reading_order_and_goes_back(opened: Open) -> None:
    found: dict[str, list[str]] = {}
    with opened() as stage:
        for scene, window in played(stage, tuple(each for each in SCENES if each.name not in _ALIKE)):
            faults = _walked(stage, window)
            if faults:
                found[scene.name] = faults
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "contrast"])
def test_wherever_the_keyboard_is_one_sees_it(opened: Open, scheme: str) -> None:
    unseen: dict[str, list[str]] = {}
    with opened(Look(scheme)) as stage:
        for scene, window in played(stage, tuple(each for each in SCENES if each.name not in _ALIKE)):
            window.activateWindow()
            stage.wait_for(window.isActiveWindow)
            hidden = [call(each) for each in stops(window) if not _shows_focus(each)]
            if hidden:
                unseen[scene.name] = sorted(set(hidden))
    assert unseen == {}


def _walked(stage: Stage, window: QWidget) -> list[str]:
    window.activateWindow()
    stage.wait_for(window.isActiveWindow)
    wanted = stops(window)
    if not wanted:
        return []
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    _pressed(window)  # which brings to life what waits for somebody's coming by
    visited = _pressed(window)
    # The focus itself may bring something to life, such as a button that waited for a choice.
    missed = [f"Tab never reaches {call(each)}" for each in wanted if each in stops(window) and each not in visited]
    twice = [f"Tab reaches {call(each)} twice" for each in {*visited} if visited.count(each) > 1]
    back = _pressed_back(window, visited)
    return [*missed, *twice, *_jumps(window, visited), *back]


def _pressed(window: QWidget) -> list[QWidget]:
    """Press Tab until it comes round. A text with links is stayed in until the last of them."""
    visited: list[QWidget] = []
    for _press in range(_MOST):
        at = QApplication.focusWidget()
        if at is None or at.window() is not window.window() or (len(visited) > 1 and at is visited[0]):
            break
        if not visited or at is not visited[-1]:
            visited.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    return visited


def _pressed_back(window: QWidget, visited: Sequence[QWidget]) -> list[str]:
    """From the last stop Shift and Tab lead to those before it."""
    if len(visited) < 2:
        return []
    visited[-1].setFocus(Qt.FocusReason.TabFocusReason)
    for expected in list(reversed(visited[:-1]))[:_BACK]:
        at = QApplication.focusWidget()
        if at is None:
            return [f"the focus is lost on the way back in {call(window)}"]
        for _link in range(_MOST):  # a text with links is left from its first one
            QTest.keyClick(at, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
            if QApplication.focusWidget() is not at:
                break
        if QApplication.focusWidget() is not expected:
            return [f"from {call(at)} Shift+Tab does not lead back to {call(expected)}"]
    return []


def _jumps(window: QWidget, visited: Sequence[QWidget]) -> list[str]:
    """Find where the focus goes up or to the left again; a column at the right may begin at the top."""
    for area in window.findChildren(QAbstractScrollArea):
        area.verticalScrollBar().setValue(0)
        area.horizontalScrollBar().setValue(0)
    faults = []
    first = min(range(len(visited)), key=lambda place: _corner(window, visited[place]), default=0)
    for before, after in pairwise([*visited[first:], *visited[:first]]):
        here, there = _seen_beside(window, before, after), _seen_beside(window, after, before)
        is_above = there.bottom() <= here.top() and there.left() < here.right()
        is_beside = there.right() <= here.left() and there.top() < here.bottom() and here.top() < there.bottom()
        if is_above or is_beside:
            faults.append(f"from {call(before)} Tab goes back to {call(after)}")
    return faults


def _corner(window: QWidget, widget: QWidget) -> tuple[int, int]:
    place = _place(window, widget)
    return place.y(), place.x()


def _place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _seen_beside(window: QWidget, widget: QWidget, other: QWidget) -> QRect:
    """Where it is to who looks at both: what has been scrolled past the edge is no lower than what stands below that."""
    place = _place(window, widget)
    for area in window.findChildren(QAbstractScrollArea):
        port = area.viewport()
        if port.isAncestorOf(widget) and not port.isAncestorOf(other):
            frame = _place(window, port)
            place.moveTop(min(place.top(), frame.bottom() - min(place.height(), frame.height()) + 1))
            place.moveLeft(min(place.left(), frame.right() - min(place.width(), frame.width()) + 1))
    return place


def _shows_focus(widget: QWidget) -> bool:
    """Compare how a widget looks with the keyboard on it and without."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if not widget.hasFocus():
        return True  # it hands the focus on, to something that is looked at itself
    lit = _picture(widget)
    widget.clearFocus()
    return _differing(lit, _picture(widget)) >= (widget.width() + widget.height()) * _share(widget)


def _share(widget: QWidget) -> float:
    # Of a row of tabs only the one in front has the ring, of a list only the row in front.
    return 0.05 if isinstance(widget, QTabBar | QAbstractScrollArea | Timeline) else _SEEN_SHARE


def _picture(widget: QWidget) -> QImage:
    in_sight = widget.visibleRegion().boundingRect()
    return (
        widget.grab(in_sight if not in_sight.isEmpty() else widget.rect())
        .toImage()
        .convertToFormat(QImage.Format.Format_RGB32)
    )


def _differing(first: QImage, second: QImage) -> int:
    """Count the pixels that differ, along every line of the smaller picture's frame and across it."""
    width, height = min(first.width(), second.width()), min(first.height(), second.height())
    lines = {*range(min(8, height)), *range(max(0, height - 8), height), *range(0, height, 3)}
    return sum(first.pixel(x, y) != second.pixel(x, y) for y in lines for x in range(width))
