"""A small sheet that says why: it opens beside what was asked and goes with Esc or a click elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, outline_round
from accountplanner.desktop.widgets.text import Label

_LETTERS = 46


@dataclass(frozen=True)
class Reason:
    """One part of an answer: what it is about, the facts, and a word with a tone for how good that is."""

    title: str
    text: str
    word: str = ""
    tone: Tone = Tone.NEUTRAL


class Popover(PaintedWidget):
    """Explains something in parts. It frees itself when closed; the focus goes back to where it came from."""

    def __init__(self, theme: Theme, title: str, reasons: Sequence[Reason], foot: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        told = [f"{reason.title}: {reason.text}" for reason in reasons]
        self.setAccessibleName("\n".join([title, *told, foot]))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.addWidget(Label(title, "heading"))
        for reason in reasons:
            column.addLayout(self._part(reason))
        if foot:
            column.addWidget(Label(foot, "small", "muted", wrap=True))
        self.setFixedWidth(self.metrics("body").averageCharWidth() * _LETTERS)

    def open_below(self, widget: QWidget) -> None:
        """Show it under a widget, inside the screen."""
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height() + Space.HAIR))
        screen = widget.screen().availableGeometry()
        left = min(place.x(), screen.right() - self.width() - Space.SMALL)
        self.move(max(screen.left() + Space.SMALL, left), place.y())
        self.show()
        # Only what is shown has its fonts, and only then do wrapped texts know their lines.
        self.resize(self.width(), self.heightForWidth(self.width()))
        self.setFocus()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        fill_round(painter, place, Radius.CARD, self.theme.colour("raised"))
        outline_round(painter, place, Radius.CARD, self.theme.colour("input_border"))

    def _part(self, reason: Reason) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Label(reason.title, "small_strong"), 1)
        if reason.word:
            head.addWidget(Pill(self.theme, reason.word, reason.tone))
        part.addLayout(head)
        part.addWidget(Label(reason.text, "small", "muted", wrap=True))
        return part
