"""What a saved note mentions, asked one at a time: yes, no, or no more of it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.note_words import offer_question
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.note_offers import Offer


class OfferCard(QWidget):
    """Asks about one offer after the other. `accepted` carries the one answered with yes; `finished` is the end."""

    accepted = Signal(object)
    finished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offers: list[Offer] = []
        self._asked = 0
        self._today: date | None = None
        self._mentioned = Label("", "heading", wrap=True)
        self._sentence = Label("", "body", "muted", wrap=True)
        self._question = Label("", "strong", wrap=True)
        self._count = Label("", "small", "faint")
        self._yes = Button(desk.theme, say("Yes (Y)"), "primary")
        self._no = Button(desk.theme, say("No (N)"))
        self._build_layout()
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)

    def ask(self, offers: list[Offer], today: date) -> None:
        """Begin with the first."""
        self._offers, self._asked, self._today = offers, 0, today
        self._show_next()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Y, Qt.Key.Key_J):
            self._on_yes()
        elif event.key() == Qt.Key.Key_N:
            self._on_no()
        else:
            super().keyPressEvent(event)

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self._count, 1)
        row.addWidget(self._no)
        row.addWidget(self._yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        for label in (self._mentioned, self._sentence, self._question):
            column.addWidget(label)
        column.addSpacing(Space.SMALL)
        column.addLayout(row)

    def _show_next(self) -> None:
        if self._asked >= len(self._offers) or self._today is None:
            self.finished.emit()
            return
        offer = self._offers[self._asked]
        mentioned, question = offer_question(offer, self._desk.formats, self._today)
        self._mentioned.setText(mentioned)
        self._sentence.setText(offer.found.words)
        self._sentence.setVisible(offer.found.words != offer.found.phrase)
        self._question.setText(question)
        count = len(self._offers)
        self._count.setText(
            say("{number} of {count} · Esc: no more", number=self._asked + 1, count=count) if count > 1 else ""
        )
        self._yes.setAccessibleDescription(question)
        self._yes.setFocus()

    def _on_yes(self) -> None:
        if self._asked < len(self._offers):
            self.accepted.emit(self._offers[self._asked])
            self._asked += 1
            self._show_next()

    def _on_no(self) -> None:
        self._asked += 1
        self._show_next()
