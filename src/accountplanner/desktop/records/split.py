"""The list at the left and the page at the right, with a line between them that can be moved."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme

_LIST_PX = 336
_NARROW_LIST_PX = 272
_NARROW_BELOW_PX = 1120


class Split(QSplitter):
    """Keeps the list at the width a person gave it; until then it suits the window."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._is_moved = False
        self.addWidget(left)
        self.addWidget(right)
        left.setMinimumWidth(240)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._on_moved)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_moved:
            is_narrow = self.width() < _NARROW_BELOW_PX
            wanted = _NARROW_LIST_PX if is_narrow else _LIST_PX * min(self._theme.text_percent, 150) // 100
            self.setSizes([wanted, max(1, self.width() - wanted)])

    def _on_moved(self) -> None:
        self._is_moved = True
