"""Notes: a place to write on top, and below it everything written so far."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.composer import Composer
from accountplanner.desktop.records.provenance import written_day
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.wording import say
from accountplanner.usecases.account_pages import NoteLine

_MOST = 200


class NotesTab(CardColumns):
    """Shows notes; `note_written` and `note_taken` are the composer's."""

    note_written = Signal(object)

    def __init__(self, desk: Desk, composer: Composer, parent: QWidget | None = None) -> None:
        super().__init__(say("Notes"), parent)
        self._desk = desk
        self.composer = composer
        self._nothing_yet = Label(say("No notes yet. What was said at the last visit?"), "body", "muted", wrap=True)
        self._timeline = Timeline(desk.theme, say("Notes"))
        card = Card(desk.theme, say("Notes"))
        card.body.addWidget(self.composer)
        card.body.addSpacing(Space.SMALL)
        card.body.addWidget(self._nothing_yet)
        card.body.addWidget(self._timeline)
        self.show_cards([[card]])
        self.composer.note_written.connect(self.note_written)

    def show_notes(self, record: str, notes: Sequence[NoteLine], today: date) -> None:
        """Show what was written about a record, newest first."""
        self.composer.show_record(record)
        self._timeline.show_entries([self._entry(note, today) for note in notes[:_MOST]])
        self._nothing_yet.setVisible(not notes)
        self._timeline.setVisible(bool(notes))

    def note_taken(self, note: str) -> None:
        """Empty the composer: what stood there is saved as this note."""
        self.composer.note_saved(note)

    def write(self) -> None:
        """Put the cursor into the composer."""
        self.composer.editor.setFocus()

    def forget(self) -> None:
        """Show nothing of any record any more."""
        self.composer.forget()
        self._timeline.show_entries([])

    def _entry(self, note: NoteLine, today: date) -> TimelineEntry:
        title = " · ".join(part for part in (note.author, note.about) if part) or say("Note")
        return TimelineEntry(
            note.record, "note", title, written_day(note.written_on, self._desk.formats, today), note.text
        )
