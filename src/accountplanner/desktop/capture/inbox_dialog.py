"""The notes that wait: one at a time, filed with one key."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.note_words import suggestion_words
from accountplanner.desktop.records.provenance import written_day
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.focus_ring import FocusRing
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.laid_out import laid_out
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.value_editors import NameField
from accountplanner.desktop.wording import say
from accountplanner.domain.capture import Sign
from accountplanner.domain.changes import Changes
from accountplanner.usecases.noting import InboxNote, discard_note, file_note, inbox
from accountplanner.usecases.noting_names import Meant, completions
from accountplanner.usecases.session import Session

_DIGITS: Final = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
_LINES: Final = 4
_FRAME_PX: Final = 28


class InboxDialog(FormDialog):
    """Shows one waiting note with whom it may be about; a digit files it, N goes to the next, Del throws it away."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        told = say("A digit files the note, N shows the next one, Del throws it away. Ctrl+Z takes each back.")
        super().__init__(desk.theme, say("Notes to file"), say("File"), explanation=told, parent=parent)
        self._desk = desk
        self._notes: tuple[InboxNote, ...] = ()
        self._at = 0
        self._count = Label("", "small_strong", "muted")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(say("The note"))
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * _LINES + _FRAME_PX)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(Space.HAIR)
        self._other = NameField("")
        self._other.setPlaceholderText(say("Another account or person"))
        self._throw = Button(desk.theme, say("Delete"), "danger")
        self._next = Button(desk.theme, say("Next (N)"))
        self._build_body()
        self._connect()
        self.cancel_button.setText(say("Close"))
        self.refresh()

    def refresh(self) -> None:
        """Read the inbox again."""
        self._desk.read(inbox, self._on_read, self.show_error)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        note = self._note()
        if note is not None and key in _DIGITS and _DIGITS.index(key) < len(note.suggestions):
            self._file(note.suggestions[_DIGITS.index(key)].record)
        elif key == Qt.Key.Key_N:
            self._on_next()
        elif key == Qt.Key.Key_Delete:
            self._on_throw()
        else:
            super().keyPressEvent(event)

    def _build_body(self) -> None:
        self.body.addWidget(self._count)
        self.body.addWidget(self._text)
        self.body.addLayout(self._choices)
        self.add_field(say("Another account or person"), self._other)
        self.beside.addWidget(self._throw)
        self.beside.addWidget(self._next)
        self._first = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ring = FocusRing(self.theme, self)

    def _connect(self) -> None:
        self._other.names_wanted.connect(self._on_names_wanted)
        self._other.textChanged.connect(self._on_other_changed)
        self._throw.clicked.connect(self._on_throw)
        self._next.clicked.connect(self._on_next)
        self.accept_requested.connect(self._on_accept_requested)

    def _note(self) -> InboxNote | None:
        return self._notes[self._at] if self._at < len(self._notes) else None

    def _on_read(self, notes: tuple[InboxNote, ...]) -> None:
        self._notes = notes
        self._at = min(self._at, max(0, len(notes) - 1))
        self._show_note()

    def _show_note(self) -> None:
        note = self._note()
        self._clear_choices()
        self._other.clear()
        for widget in (self._throw, self._next, self._other):
            widget.setEnabled(note is not None)
        self._on_other_changed("")
        if note is None:
            self._count.setText("")
            self._text.setPlainText(say("Nothing waits. Notes that name nobody known come here."))
            self.cancel_button.setFocus()
            return
        today = self._desk.session.clock.today() if self._desk.session else None
        day = written_day(note.written_on, self._desk.formats, today) if today else ""
        self._count.setText(say("{number} of {count} · {day}", number=self._at + 1, count=len(self._notes), day=day))
        self._text.setPlainText(note.text)
        for number, meant in enumerate(note.suggestions, start=1):
            self._choices.addWidget(self._choice(number, meant), 0, Qt.AlignmentFlag.AlignLeft)
        # Qt keeps the height a dialog had when it was opened; this note may offer more than the last.
        self.setMinimumHeight(self.minimumSizeHint().height())
        next(laid_out(self._choices), self._next).setFocus()

    def _choice(self, number: int, meant: Meant) -> Button:
        icon = "user" if meant.kind == "contact" else "accounts"
        words = say("{number}  {name}", number=number, name=suggestion_words(meant))
        button = Button(self.theme, words, "plain", icon)
        button.setProperty("record", meant.record)
        button.clicked.connect(self._on_choice_clicked)
        return button

    def _clear_choices(self) -> None:
        while self._choices.count():
            item = self._choices.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _on_choice_clicked(self) -> None:
        self._file(str(self.sender().property("record")))

    def _on_names_wanted(self, typed: str) -> None:
        self._desk.read(partial(_names, typed=typed), self._on_names_read, self.show_error)

    def _on_names_read(self, read: tuple[str, list[tuple[str, str]]]) -> None:
        self._other.offer(*read)

    def _on_other_changed(self, _text: str) -> None:
        self.allow_accept(is_allowed=bool(self._other.record()))

    def _on_accept_requested(self) -> None:
        if self._other.record():
            self._file(self._other.record())

    def _on_next(self) -> None:
        if self._notes:
            self._at = (self._at + 1) % len(self._notes)
            self._show_note()

    def _on_throw(self) -> None:
        if note := self._note():
            self._desk.write(say("Saving"), partial(_discard, note=note.record), self._on_done, self.show_error)

    def _file(self, place: str) -> None:
        if note := self._note():
            work = partial(_file, note=note.record, place=place)
            self._desk.write(say("Saving"), work, self._on_done, self.show_error)

    def _on_done(self, _changes: object) -> None:
        self.refresh()


def _names(session: Session, typed: str) -> tuple[str, list[tuple[str, str]]]:
    found = (*completions(session, Sign.ACCOUNT, typed, limit=4), *completions(session, Sign.PERSON, typed, limit=4))
    return typed, [(meant.record, suggestion_words(meant)) for meant in found]


def _file(session: Session, note: str, place: str) -> tuple[str, Changes]:
    return file_note(session, note, place)


def _discard(session: Session, note: str) -> Changes:
    return discard_note(session, note)
