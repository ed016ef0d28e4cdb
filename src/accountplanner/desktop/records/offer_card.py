"""What a saved note mentions, asked one at a time: yes, no, or no more of it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.note_words import offer_question
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.note_offers import Offer, accept_offer, offers
from accountplanner.usecases.session import Session


class OfferCard(QWidget):
    """Asks about one offer after the other and keeps what is answered with yes.

    `found` comes when there is something to ask, `finished` after the last answer, or where there is nothing.
    """

    found = Signal()
    finished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offers: tuple[Offer, ...] = ()
        self._asked = 0
        self._today: date | None = None
        self._reading = Reading(None)
        self._mentioned = Label("", "heading", wrap=True)
        self._sentence = Label("", "body", "muted", wrap=True)
        self._question = Label("", "strong", wrap=True)
        self._count = Label("", "small", "faint")
        self._yes = Button(desk.theme, say("Yes (Y)"), "primary")
        self._no = Button(desk.theme, say("No (N)"))
        self._build_layout()
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)

    def ask_about(self, note: str) -> None:
        """Ask what may be kept of a note that is saved."""
        self._reading = self._desk.read(partial(_offers, note=note), self._on_read, self._on_unread)

    def drop(self) -> None:
        """Ask nothing about a note whose offers are still being looked for."""
        self._reading.drop()

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

    def _on_read(self, read: tuple[tuple[Offer, ...], date]) -> None:
        self._offers, self._today = read
        self._asked = 0
        if self._offers:
            self.found.emit()
        self._show_next()

    def _on_unread(self, _sentence: str) -> None:
        """Nothing is offered; the note itself is safe."""
        self.finished.emit()

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
            self._desk.write(say("Saving"), partial(_accept, offer=self._offers[self._asked]))
            self._asked += 1
            self._show_next()

    def _on_no(self) -> None:
        self._asked += 1
        self._show_next()


def _offers(session: Session, note: str) -> tuple[tuple[Offer, ...], date]:
    return offers(session, note), session.clock.today()


def _accept(session: Session, offer: Offer) -> object:
    return accept_offer(session, offer)
