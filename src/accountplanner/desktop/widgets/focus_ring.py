"""The ring that says where the keyboard is, for what keeps no room for one or is never seen without a header over it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, paint_focus_ring


class FocusRing(PaintedWidget):
    """Lies over the whole of its host while that has the focus; clicks go through it."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host)
        self._host = host
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        host.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self.setGeometry(self._host.rect())
            self.setVisible(self._host.hasFocus())
            self.raise_()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_focus_ring(begin(self), self.theme, QRectF(self.rect()), Radius.SMALL)
