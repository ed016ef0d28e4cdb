"""A choice from a list, with an arrow that says so and a value the wheel does not change in passing."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import begin
from accountplanner.desktop.widgets.text import plain_tip

_ARROW_PX = 14


class ComboBox(QComboBox):
    """Draws its arrow from the icon set: the style sheet's frame takes away the style's own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(18)
        # Where a long name does not fit, the tip says all of it.
        self.currentTextChanged.connect(self._on_text_changed)

    def _on_text_changed(self, text: str) -> None:
        self.setToolTip(plain_tip(text))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.scaled(_ARROW_PX)
        corner = QRectF(self.width() - side - 10, (self.height() - side) / 2, side, side)
        self._theme.paint_icon(begin(self), "chevron-down", self._theme.colour("muted"), corner)
