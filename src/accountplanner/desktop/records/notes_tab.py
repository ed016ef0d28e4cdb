"""Notes: a place to write on top, and below it everything written so far."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.provenance import written_day
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.wording import say
from accountplanner.usecases.account_pages import NoteLine

_LINES = 3
_MOST = 200


class NoteEditor(QPlainTextEdit):
    """A text to be written; Ctrl+Enter is done."""

    finished = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class NotesTab(CardColumns):
    """Shows notes; `note_written` carries the text and whether it stays on this computer.

    The text stays in the composer until `note_taken` says that it was saved.
    """

    note_written = Signal(str, bool)

    def __init__(self, desk: Desk, invitation: str, *, may_be_private: bool, parent: QWidget | None = None) -> None:
        super().__init__(say("Notes"), parent)
        self._desk = desk
        theme = desk.theme
        self.editor = NoteEditor()
        self.editor.setPlaceholderText(invitation)
        self.editor.setAccessibleName(say("New note"))
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(self.editor.fontMetrics().lineSpacing() * _LINES + 28)
        self.private = CheckBox(theme, say("Only on this computer"))
        self.add = Button(theme, say("Add note"), "primary")
        self.add.setEnabled(False)
        self._nothing_yet = Label(say("No notes yet. What was said at the last visit?"), "body", "muted", wrap=True)
        self._timeline = Timeline(theme, say("Notes"))
        self.show_cards([[self._card(desk)]])
        self.private.setVisible(may_be_private)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.finished.connect(self._on_add_clicked)
        self.add.clicked.connect(self._on_add_clicked)

    def show_notes(self, notes: Sequence[NoteLine], today: date) -> None:
        """Show what was written, newest first."""
        self._timeline.show_entries([self._entry(note, today) for note in notes[:_MOST]])
        self._nothing_yet.setVisible(not notes)
        self._timeline.setVisible(bool(notes))

    def note_taken(self) -> None:
        """Empty the composer: what stood there is saved."""
        self.editor.clear()
        self.editor.setFocus()

    def _card(self, desk: Desk) -> QWidget:
        card = Card(desk.theme, say("Notes"))
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.private)
        row.addStretch(1)
        row.addWidget(Label(say("Ctrl+Enter"), "small", "muted"))
        row.addWidget(self.add)
        column = QVBoxLayout()
        column.setSpacing(Space.SMALL)
        column.addWidget(self.editor)
        column.addLayout(row)
        card.body.addLayout(column)
        card.body.addSpacing(Space.SMALL)
        card.body.addWidget(self._nothing_yet)
        card.body.addWidget(self._timeline)
        return card

    def _entry(self, note: NoteLine, today: date) -> TimelineEntry:
        title = " · ".join(part for part in (note.author, note.about) if part) or say("Note")
        return TimelineEntry(
            note.record, "note", title, written_day(note.written_on, self._desk.formats, today), note.text
        )

    def _on_text_changed(self) -> None:
        self.add.setEnabled(bool(self.editor.toPlainText().strip()))

    def _on_add_clicked(self) -> None:
        text = self.editor.toPlainText().strip()
        if text:
            self.note_written.emit(text, self.private.isChecked() and self.private.isVisible())
