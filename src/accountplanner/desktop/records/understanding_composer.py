"""A composer that tells what it understands of a note as it is typed, and asks afterwards what may be kept of it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.records.capture_line import CaptureLine
from accountplanner.desktop.records.composer import Composer
from accountplanner.desktop.records.note_words import understood_words
from accountplanner.desktop.records.offer_card import OfferCard
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.wording import say
from accountplanner.usecases.note_offers import Offer, accept_offer, offers
from accountplanner.usecases.noting import Understood, understand
from accountplanner.usecases.session import Session

_PAUSE_MS: Final = 150


class UnderstandingComposer(Composer):
    """Takes notes as the note over the window does: the same chips, and the same offers, one at a time."""

    def __init__(self, desk: Desk, invitation: str, parent: QWidget | None = None) -> None:
        self._line = CaptureLine(desk.theme)
        super().__init__(desk.theme, invitation, editor=self._line, parent=parent)
        self._desk = desk
        self._understanding = Reading(None)
        self._offering = Reading(None)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._flow = FlowLayout(self.understood, Space.SMALL)
        self.offer = OfferCard(desk)
        self.offer.hide()
        column = self.layout()
        assert column is not None  # noqa: S101 - the composer has one
        column.addWidget(self.offer)
        self._pause.timeout.connect(self._on_pause)
        self._line.textChanged.connect(self._pause.start)
        self.offer.accepted.connect(self._on_offer_accepted)
        self.offer.finished.connect(self._on_offers_answered)

    @override
    def show_record(self, record: str) -> None:
        if record != self._record:
            self._end_offers()
        super().show_record(record)

    def note_saved(self, note: str) -> None:
        """Let go of what is saved as this note, and ask what may be kept of it beside."""
        is_here = self._sending[0][0] == self._record
        self.note_taken()
        if is_here:
            self._offering = self._desk.read(partial(_offers, note=note), self._on_offers_read, self._on_nothing)

    @override
    def forget(self) -> None:
        self._understanding.drop()
        self._end_offers()
        self._show_pills(())
        super().forget()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.offer.isVisible():
            self._on_offers_answered()
        else:
            super().keyPressEvent(event)

    def _on_pause(self) -> None:
        self._understanding.drop()
        text = self._line.toPlainText()
        if text.strip() and self._record:
            work = partial(_understand, text=text, here=self._record)
            self._understanding = self._desk.read(work, self._on_understood, self._on_nothing)
        else:
            self._show_pills(())
            self._line.show_chips(())

    def _on_understood(self, read: tuple[Understood, date]) -> None:
        understood, today = read
        if understood.capture.text == self._line.toPlainText():
            self._line.show_chips(understood.chips())
            # That it is about the account in sight goes without saying.
            here = understood.account is not None and understood.account.record == self._record
            said = understood_words(understood, self._desk.formats, today)
            self._show_pills(said[1:] if here else said)

    def _show_pills(self, said: Sequence[tuple[str, Tone]]) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for words, tone in said:
            self._flow.addWidget(Pill(self._desk.theme, words, tone))
        self.understood.setVisible(bool(said))

    def _on_offers_read(self, read: tuple[tuple[Offer, ...], date]) -> None:
        found, today = read
        if found:
            self.offer.show()
            self.offer.ask(list(found), today)

    def _on_nothing(self, _sentence: str) -> None:
        """Nothing is understood or offered; the note itself is safe."""

    def _on_offer_accepted(self, offer: Offer) -> None:
        self._desk.write(say("Saving"), partial(_accept, offer=offer))

    def _on_offers_answered(self) -> None:
        self._end_offers()
        self.editor.setFocus()

    def _end_offers(self) -> None:
        self._offering.drop()
        self.offer.hide()


def _understand(session: Session, text: str, here: str) -> tuple[Understood, date]:
    return understand(session, text, here), session.clock.today()


def _offers(session: Session, note: str) -> tuple[tuple[Offer, ...], date]:
    return offers(session, note), session.clock.today()


def _accept(session: Session, offer: Offer) -> object:
    return accept_offer(session, offer)
