"""A composer that offers names as they are typed, tells what it understands, and asks afterwards what may be kept."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.capture_line import CaptureLine
from accountplanner.desktop.records.composer import Composer, Written
from accountplanner.desktop.records.name_offers import NameOffers
from accountplanner.desktop.records.note_pills import NotePills
from accountplanner.desktop.records.offer_card import OfferCard


class UnderstandingComposer(Composer):
    """Takes notes as the note over the window does: the same names and chips, and the same offers, one at a time."""

    def __init__(self, desk: Desk, invitation: str, parent: QWidget | None = None) -> None:
        self._line = CaptureLine(desk.theme)
        super().__init__(desk.theme, invitation, editor=self._line, parent=parent)
        self.names = NameOffers(desk, self._line)
        self.pills = NotePills(desk, self._line, stands_here=True)
        self.offer = OfferCard(desk)
        self.offer.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - the composer has one
        for place, widget in enumerate((self.names, self.pills), start=column.indexOf(self.editor) + 1):
            column.insertWidget(place, widget)
        column.addWidget(self.offer)
        self.offer.found.connect(self.offer.show)
        self.offer.finished.connect(self._on_offers_answered)

    @override
    def show_record(self, record: str) -> None:
        if record != self._record:
            self._end_offers()
            self._line.bound.clear()
            self.names.look_from(record)
            self.pills.look_from(record)
        super().show_record(record)

    @override
    def note_saved(self, note: str) -> None:
        is_here = self._sending[0][0] == self._record
        super().note_saved(note)
        if is_here:
            self.offer.ask_about(note)

    @override
    def forget(self) -> None:
        self.names.offer_nothing()
        self.pills.say_nothing()
        self._line.bound.clear()
        self._end_offers()
        super().forget()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.names.isVisible():
            self.names.offer_nothing()
        elif event.key() == Qt.Key.Key_Escape and self.offer.isVisible():
            self._on_offers_answered()
        else:
            super().keyPressEvent(event)

    @override
    def written(self, text: str) -> Written:
        return Written(text, self.is_private, dict(self._line.bound))

    @override
    def _on_finished(self) -> None:
        if not self.names.take_chosen():
            super()._on_finished()

    def _on_offers_answered(self) -> None:
        was_asking = self.offer.isVisible()
        self._end_offers()
        if was_asking:
            self.editor.setFocus()

    def _end_offers(self) -> None:
        self.offer.drop()
        self.offer.hide()
