"""A sentence across the head of a page that a person ought to read, with one thing to do about it."""

from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, outline_round
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_ICONS: Final = MappingProxyType(
    {Tone.INFO: "info", Tone.WARN: "dispute", Tone.BAD: "dispute", Tone.GOOD: "check-circle", Tone.ACCENT: "info"}
)


class Banner(PaintedWidget):
    """Hidden until it has something to say. `tone` is INFO, WARN, BAD or GOOD; a flush one spans the window."""

    action_requested = Signal()

    def __init__(self, theme: Theme, *, is_flush: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tone = Tone.INFO
        self._is_flush = is_flush
        self._sentence = Label(wrap=True)
        self._action = Button(theme, "")
        self._close = IconButton(theme, "close", say("Dismiss"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(44, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._action.clicked.connect(self.action_requested)
        self._close.clicked.connect(self.hide)
        self.hide()

    def say(self, sentence: str, tone: Tone = Tone.INFO, action: str = "") -> None:
        """Show a sentence, and a button when there is something to do about it."""
        self._tone = tone
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()
        self.update()

    def reword(self) -> None:
        """Take the words of the language spoken now; what it says stays as it was said."""
        self._close.rename(say("Dismiss"))

    def say_nothing(self) -> None:
        """Forget the sentence."""
        self._sentence.clear()
        self.setAccessibleName("")
        self.hide()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        if self._is_flush:
            painter.fillRect(place, self.theme.tint(self._tone))
            painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.ink(self._tone))
        else:
            fill_round(painter, place, Radius.CONTROL, self.theme.tint(self._tone))
            outline_round(painter, place, Radius.CONTROL, self.theme.ink(self._tone))
        corner = QRectF(14, (self.height() - 18) / 2, 18, 18)
        self.theme.paint_icon(painter, _ICONS.get(self._tone, "info"), self.theme.ink(self._tone), corner)
