"""Where a note is written: one line that grows, kept for each record until it is saved."""

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


class Composer(QWidget):
    """Takes a note. `note_written` carries the text and whether it stays on this computer.

    What was begun for one record waits there while another is looked at. `note_taken` says that the oldest note on
    its way was saved, and only then is its text let go; `note_refused` that it was not. Saving may wait for an import:
    Enter pressed again meanwhile is no second note, and what is typed meanwhile stays.
    """

    note_written = Signal(str, bool)

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
        self._hint = Label(say("Enter saves, Shift+Enter begins a new line"), "small", "muted")
        self._more = QWidget()
        self.understood = QWidget()
        self.understood.hide()
        self._build_layout()
        self.private.setVisible(may_be_private)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.finished.connect(self._on_finished)
        self.add.clicked.connect(self._on_finished)
        self._on_text_changed()

    def show_record(self, record: str) -> None:
        """Write about this record from now on, going on with what was begun about it."""
        if record != self._record:
            self._keep_draft()
            self._record = record
            draft = self._drafts.pop(record, "")
            self.editor.setPlainText(draft)
            # Typed once, and not handed over since.
            self.editor.document().setModified(bool(draft))

    def begun(self) -> list[Draft]:
        """What was begun about records that are not in sight."""
        return [Draft(say("New note"), text) for text in self._drafts.values()]

    def note_taken(self) -> None:
        """Let go of what is saved, and of nothing else."""
        record, saved = self._sending.pop(0)
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
        column.addWidget(self.understood)
        column.addWidget(SensitiveHint(self.editor))
        column.addWidget(self._more)

    def _keep_draft(self) -> None:
        text = self.editor.toPlainText()
        if self._record and text.strip():
            self._drafts[self._record] = text

    def _on_text_changed(self) -> None:
        self._more.setVisible(bool(self.editor.toPlainText().strip()))

    def _on_finished(self) -> None:
        text = self.editor.toPlainText().strip()
        if text and (self._record, text) not in self._sending:
            self._sending.append((self._record, text))
            self.note_written.emit(text, self._may_be_private and self.private.isChecked())


def _after(saved: str, text: str) -> str:
    """What was typed after a note that has been saved meanwhile."""
    return text.strip().removeprefix(saved).lstrip()
