"""Postpones what a page need not do while nobody sees it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class WhenSeen(QObject):
    """Does one thing for a widget: at once while it is in sight, otherwise once, when it comes into sight again."""

    # Of the class, because Qt still asks the filter while Python takes the object apart at the end.
    _is_due = False

    def __init__(self, widget: QWidget, do: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._do = do
        widget.installEventFilter(self)

    def wish(self) -> None:
        """Ask for it."""
        if self._widget.isVisible():
            self._do()
        else:
            self._is_due = True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_due and event.type() == QEvent.Type.Show:
            self._is_due = False
            self._do()
        return False
