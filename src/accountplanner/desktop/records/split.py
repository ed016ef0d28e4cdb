"""The list at the left and the page at the right, with a line between them that can be moved."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme

_LIST_PX = 336
_NARROW_LIST_PX = 272
_NARROW_BELOW_PX = 1120
_MOST_OF_IT = 0.45
_BAR_PX = 12


class Split(QSplitter):
    """Keeps the list at the width a person gave it; until then it suits the window."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._is_moved = False
        self.addWidget(left)
        self.addWidget(right)
        self._left = left
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._on_moved)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            # What lies in it learns of its new size of text after it.
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        if not self._is_moved:
            wanted = self._wanted()
            self.setSizes([wanted, max(1, self.width() - wanted)])

    def _wanted(self) -> int:
        """As wide as reads well, or as what is at the left needs; never so wide that the page has no room."""
        usual = _NARROW_LIST_PX if self.width() < _NARROW_BELOW_PX else self._theme.scaled(_LIST_PX)
        inside = self._left.widget() if isinstance(self._left, QScrollArea) else None
        needed = (
            inside.minimumSizeHint().width() + _BAR_PX if inside is not None else self._left.minimumSizeHint().width()
        )
        return min(max(usual, needed), round(self.width() * _MOST_OF_IT))

    def _on_moved(self) -> None:
        self._is_moved = True
