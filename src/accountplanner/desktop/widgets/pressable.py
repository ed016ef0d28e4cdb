"""What paints itself and is pressed like a button: the keys, the click and the ring are alike for all of them."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.theme.tokens import Radius
from accountplanner.desktop.widgets.painting import PaintedWidget, paint_focus_ring

PRESS_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Pressable:
    """Comes first among the bases of a `PaintedWidget`. A click, Enter or Space emits the signal it was made with."""

    press_keys: tuple[Qt.Key, ...] = PRESS_KEYS
    _pressed: SignalInstance

    def become_pressable(self, pressed: SignalInstance) -> None:
        """Take the keyboard and look like something to click; `pressed` is what a click emits."""
        self._pressed = pressed
        widget = self._widget()
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.setCursor(Qt.CursorShape.PointingHandCursor)

    def paint_ring(self, painter: QPainter) -> None:
        """Say where the keyboard is, if it is here. Qt paints anew whenever that changes."""
        widget = self._widget()
        if widget.hasFocus():
            paint_focus_ring(painter, widget.theme, QRectF(widget.rect()), Radius.SMALL)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:  # noqa: N802 - Qt's name
        """Take the keys that press it, and leave the others to whoever is next."""
        if event.key() in self.press_keys:
            self._pressed.emit()
        else:
            QWidget.keyPressEvent(self._widget(), event)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:  # noqa: N802 - Qt's name
        """Take a click that ends where it began."""
        if event.button() == Qt.MouseButton.LeftButton and self._widget().rect().contains(event.position().toPoint()):
            self._pressed.emit()

    def _widget(self) -> PaintedWidget:
        assert isinstance(self, PaintedWidget)  # noqa: S101 - it stands beside one
        return self
