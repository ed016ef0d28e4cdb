"""The history of a record: everything that was said, the newest first, read when a person looks."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.history_entries import entries_of
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.timeline import Timeline
from accountplanner.desktop.wording import say
from accountplanner.usecases.pages import HistoryLine, history

_STEP = 100


class HistoryTab(CardColumns):
    """Shows who said what and when; a long history is opened piece by piece."""

    def __init__(self, desk: Desk, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(say("History"), parent)
        self._desk = desk
        self._kind = kind
        self._today = date.min
        self._shown = _STEP
        self._lines: list[HistoryLine] = []
        self._reading = Reading(None)
        self._timeline = Timeline(desk.theme, say("History"))
        self._more = Button(desk.theme, say("Show more"))
        self._nothing_yet = Label(say("Nothing has been said here yet."), "body", "muted")
        self._card = Card(desk.theme, say("Everything that was said"))
        for widget in (self._nothing_yet, self._timeline, self._more):
            self._card.body.addWidget(widget)
        self.show_cards([[self._card]])
        self._more.clicked.connect(self._on_more_clicked)

    def show_record(self, record: str, today: date) -> None:
        """Read and show the history of a record."""
        self._today, self._shown = today, _STEP
        self._reading.drop()
        self._reading = self._desk.read(partial(history, record=record), self._on_read)

    def forget(self) -> None:
        """Show nothing any more."""
        self._on_read([])

    def _on_read(self, lines: list[HistoryLine]) -> None:
        self._lines = lines
        self._show()

    def _show(self) -> None:
        shown = self._lines[: self._shown]
        self._timeline.show_entries(entries_of(shown, self._desk.formats, self._today, self._kind))
        self._nothing_yet.setVisible(not self._lines)
        self._timeline.setVisible(bool(self._lines))
        self._more.setVisible(len(self._lines) > self._shown)

    def _on_more_clicked(self) -> None:
        self._shown += _STEP
        self._show()
