"""The card: one topic of a page, on a surface of its own."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, outline_round
from accountplanner.desktop.widgets.text import ElidedLabel

_SHADOW = ((1, 16), (2, 10), (3, 5))


class Card(PaintedWidget):
    """Holds widgets in `body` under an optional title, with room for things at its right.

    `add_wide` is for rows. `action` puts a quiet link there, which emits `action_requested`; `head` takes other
    widgets. The shadow lies below only: all round it would read as a second border.
    """

    action_requested = Signal()

    def __init__(self, theme: Theme, title: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.head = QHBoxLayout()
        self.body = QVBoxLayout()
        self.title = ElidedLabel(title, "heading")
        self._action = Button(theme, action, "link")
        self._layout = QVBoxLayout(self)
        self._build_layout(title, action)

    def add_wide(self, widget: QWidget) -> None:
        """Add rows that reach out by eight pixels at both sides, for their hover and focus."""
        self._layout.addWidget(widget)

    def show_action(self, text: str) -> None:
        """Change the words of the link; empty hides it."""
        self._action.setText(text)
        self._action.setVisible(bool(text))

    def _build_layout(self, title: str, action: str) -> None:
        self._layout.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.SMALL, Space.LARGE + 2)
        self._layout.setSpacing(Space.SMALL)
        # The link has padding of its own; its words still end where the card's content ends.
        self.head.setContentsMargins(Space.SMALL, 0, Space.SMALL - (6 if action else 0), 0)
        self.body.setContentsMargins(Space.SMALL, 0, Space.SMALL, 0)
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self._action)
        self.body.setSpacing(Space.SMALL)
        self._layout.addLayout(self.head)
        self._layout.addLayout(self.body)
        self.title.setVisible(bool(title))
        self._action.setVisible(bool(action))
        self._action.clicked.connect(self.action_requested)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect()).adjusted(0, 0, 0, -3)
        for distance, alpha in _SHADOW:
            shade = self.theme.colour("shadow")
            shade.setAlpha(alpha)
            fill_round(painter, place.translated(0, distance), Radius.CARD, shade)
        fill_round(painter, place, Radius.CARD, self.theme.colour("surface"))
        outline_round(painter, place, Radius.CARD, self.theme.colour("border"))
