"""Menus of what may be sent: the shapes of the team workbook, the reports there are."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from accountplanner.desktop.wording import say_label


class ChoiceMenu(QMenu):
    """A menu of a few things by key. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, choices: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        for key, text in choices.items():
            self.addAction(say_label(text)).setData(key)
        self.triggered.connect(self._on_triggered)

    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
