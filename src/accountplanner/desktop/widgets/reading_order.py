"""Tab goes through a window as one reads it: in the order of its layouts, whatever was made first or came later.

Qt's own order is that in which widgets were made; rows that are filled in afterwards come last in it, and a widget that
hands its focus on hides from Tab whatever stands beside the one it hands it to.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QButtonGroup,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from accountplanner.desktop.widgets.laid_out import laid_out


class InReadingOrder:
    """Comes first among the bases of every window and dialog. No widget itself: Qt allows one such base only."""

    def focusNextPrevChild(self, forward: bool, /) -> bool:  # noqa: FBT001, N802 - Qt’s name and signature
        """Let Qt ask here where Tab leads."""
        assert isinstance(self, QWidget)  # noqa: S101 - it stands beside one
        return step(self, forward=forward)


def step(window: QWidget, *, forward: bool) -> bool:
    """Move the focus on, round the end to the beginning; says whether there is anywhere to go."""
    stops = list(stops_in_order(window))
    if not stops:
        return False
    at = _place_of(window, stops)
    there = stops[0 if at is None and forward else (-1 if at is None else (at + (1 if forward else -1)) % len(stops))]
    there.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_sight(there)
    return True


def stops_in_order(window: QWidget) -> Iterator[QWidget]:
    """Everything the keyboard stops at, as one reads; what floats over the layouts comes last."""
    found = dict.fromkeys(each for each in _below(window) if _is_stop(each))
    yield from found
    for each in window.findChildren(QWidget):
        if each.window() is window.window() and each not in found and _is_stop(each):
            yield each


def _place_of(window: QWidget, stops: list[QWidget]) -> int | None:
    """Where the focus is among the stops: on one of them, or on something inside of it."""
    focused: QWidget | None = window.window().focusWidget()
    while focused is not None and focused not in stops:
        focused = None if focused is window else focused.parentWidget()
    return stops.index(focused) if focused is not None else None


def _is_stop(widget: QWidget) -> bool:
    takes_it = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes_it and widget.isVisible() and widget.isEnabled() and not _stands_for_another(widget)


def _stands_for_another(widget: QWidget) -> bool:
    """Of buttons that exclude each other the chosen one is the stop; arrow keys go to the others."""
    if not isinstance(widget, QAbstractButton) or not widget.isCheckable() or widget.isChecked():
        return False
    group: QButtonGroup | None = widget.group()
    if group is not None:
        return group.exclusive() and group.checkedButton() is not None
    around = widget.parentWidget()
    siblings = around.findChildren(type(widget), options=Qt.FindChildOption.FindDirectChildrenOnly) if around else []
    return widget.autoExclusive() and any(each.isChecked() for each in siblings)


def _below(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    layout = widget.layout()
    if isinstance(widget, QMainWindow):
        inside = [widget.centralWidget()]
    elif isinstance(widget, QScrollArea):
        inside = [widget.widget()]
    elif isinstance(widget, QStackedWidget):
        inside = [widget.currentWidget()]
    elif isinstance(widget, QSplitter):
        inside = [widget.widget(place) for place in range(widget.count())]
    elif layout is not None and not isinstance(widget, QAbstractScrollArea):
        inside = list(laid_out(layout))
    else:
        inside = []
    for each in inside:
        if each is not None and each.isVisible():
            yield from _below(each)


def _bring_into_sight(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
