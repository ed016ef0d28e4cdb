"""Something in the middle of the page, no wider than reads well, and a scrolled column of it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space

_WIDEST_PX: Final = 880


class Centred(QWidget):
    """Keeps lines short enough to read, in any size of text."""

    def __init__(self, theme: Theme, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inside = inside
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        self._row.addStretch(1)
        self._row.addWidget(inside, 100)
        self._row.addStretch(1)
        theme.scheme_changed.connect(self._fit_width)
        self._fit_width()

    def give_room(self, taken_px: int) -> None:
        """Leave out at the right what something else takes there, so that the middle stays where it is."""
        self._row.setContentsMargins(Space.PAGE, 0, Space.PAGE - taken_px, 0)

    def _fit_width(self) -> None:
        self._inside.setMaximumWidth(self._theme.scaled(_WIDEST_PX))


class CentredColumn(QScrollArea):
    """A scrolled column whose lines stay below their heading, whether its bar is there or not."""

    def __init__(self, theme: Theme, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._centred = Centred(theme, inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._centred)
        self.verticalScrollBar().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room the bar takes is missing at the other side, too."""
        if watched is self.verticalScrollBar() and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            is_there = event.type() is QEvent.Type.Show
            self._centred.give_room(self.verticalScrollBar().sizeHint().width() if is_there else 0)
        return super().eventFilter(watched, event)
