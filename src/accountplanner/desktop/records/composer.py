"""Where a note is written: one line that grows, kept for each record until it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.records.note_line import NoteLine
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.sensitive_hint import SensitiveHint
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.drafts import Draft


@dataclass(frozen=True)
class Written:
    """A note that is finished. `bound` are the names in it that were chosen from a list, with their records."""

    text: str
    is_private: bool = False
    bound: Mapping[str, str] = field(default_factory=dict)


class Composer(QWidget):
    """Takes a note. `note_written` carries it as `Written`.

    What was begun for one record waits there while another is looked at. `note_saved` says that the oldest note on
    its way was saved, and only then is its text let go; `note_refused` that it was not. Saving may wait for an import:
    Enter pressed again meanwhile is no second note, and what is typed meanwhile stays.
    """

    note_written = Signal(object)

    def __init__(
        self,
        theme: Theme,
        invitation: str,
        *,
        may_be_private: bool = True,
        editor: NoteLine | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._may_be_private = may_be_private
        self._record = ""
        self._drafts: dict[str, str] = {}
        self._sending: list[tuple[str, str]] = []
        self.editor = editor or NoteLine()
        self.editor.setPlaceholderText(invitation)
        self.editor.setAccessibleName(say("New note"))
        self.editor.setAccessibleDescription(say("Enter saves, Shift and Enter begin a new line."))
        self.private = CheckBox(theme, say("Only on this computer"))
        self.add = Button(theme, say("Add"))
        self.add.setAccessibleName(say("Add note"))
        self._hint = Label("", "small", "muted", wrap=True)
        self._more = QWidget()
        self._build_layout()
        self.private.setVisible(may_be_private)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.finished.connect(self._on_finished)
        self.add.clicked.connect(self._on_finished)
        self._on_text_changed()
        self._tell_keys()

    def show_record(self, record: str) -> None:
        """Write about this record from now on, going on with what was begun about it."""
        if record != self._record:
            self._keep_draft()
            self._record = record
            draft = self._drafts.pop(record, "")
            self.editor.setPlainText(draft)
            # Typed once, and not handed over since.
            self.editor.document().setModified(bool(draft) and not self._is_sending())
            self._tell_keys()

    def begun(self) -> list[Draft]:
        """What was begun and nobody else would find: about records out of sight, or after a note on its way."""
        held = [(record, text) for record, text in self._drafts.items()]
        if self._is_sending():
            held.append((self._record, self.editor.toPlainText()))
        rests = [self._not_sent(record, text) for record, text in held]
        return [Draft(say("New note"), text) for text in rests if text]

    @property
    def is_private(self) -> bool:
        """Whether what is written stays on this computer."""
        return self._may_be_private and self.private.isChecked()

    def written(self, text: str) -> Written:
        """What is handed over with a finished text."""
        return Written(text, self.is_private)

    def note_saved(self, _note: str) -> None:
        """Let go of what is saved as this note, and of nothing else."""
        record, saved = self._sending.pop(0)
        self._tell_keys()
        if record == self._record:
            rest = _after(saved, self.editor.toPlainText())
            self.editor.setPlainText(rest)
            self.editor.document().setModified(bool(rest))
            self.editor.moveCursor(QTextCursor.MoveOperation.End)
            self.editor.setFocus()
        elif rest := _after(saved, self._drafts.pop(record, "")):
            self._drafts[record] = rest

    def note_refused(self) -> None:
        """Go on with what could not be saved."""
        self._sending.pop(0)
        self.editor.document().setModified(bool(self.editor.toPlainText()))
        self._tell_keys()

    def forget(self) -> None:
        """Show nothing of any record any more; what was begun waits for the record to come back."""
        self._keep_draft()
        self._record = ""
        self.editor.clear()

    def _build_layout(self) -> None:
        row = QHBoxLayout(self._more)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self.private)
        row.addWidget(self._hint, 1)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self.editor)
        column.addWidget(SensitiveHint(self.editor))
        column.addWidget(self._more)

    def _keep_draft(self) -> None:
        text = self.editor.toPlainText()
        if self._record and text.strip():
            self._drafts[self._record] = text

    def _on_text_changed(self) -> None:
        self._more.setVisible(bool(self.editor.toPlainText().strip()))
        if self._is_sending():
            # What is being saved is no draft: a lock must not keep it once more. `begun` gives what follows it.
            self.editor.document().setModified(False)

    def _is_sending(self) -> bool:
        return any(record == self._record for record, _ in self._sending)

    def _not_sent(self, record: str, text: str) -> str:
        """What of a text is not on its way."""
        for sent in (each for about, each in self._sending if about == record):
            text = _after(sent, text)
        return text.strip()

    def _tell_keys(self) -> None:
        safe = say("Your note is safe; it is saved as soon as the work under way is done.")
        self._hint.setText(safe if self._is_sending() else say("Enter saves, Shift+Enter begins a new line"))

    def _on_finished(self) -> None:
        text = self.editor.toPlainText().strip()
        if text and (self._record, text) not in self._sending:
            self._sending.append((self._record, text))
            self.editor.document().setModified(False)
            self._tell_keys()
            self.note_written.emit(self.written(text))


def _after(saved: str, text: str) -> str:
    """What was typed after a note that has been saved meanwhile."""
    return text.strip().removeprefix(saved).lstrip()
