"""The editor that opens in the place of a value, and the keys that end it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout
from typing_extensions import override

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.widgets.day_hint import DayHint
from accountplanner.desktop.widgets.sensitive_hint import SensitiveHint
from accountplanner.desktop.widgets.value_editors import DateField, NameField, ValueEditor, typed_in

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class InPlaceEditor(QObject):
    """Stands at the top of a column while it is open, with a hint below it where what is typed calls for one.

    `save_wanted` comes with Enter, with a choice made, and when the keyboard goes elsewhere; `move_wanted` with Tab,
    as 1 or -1; `revert_wanted` with Esc. In long texts Enter makes a new line and Ctrl+Enter saves.
    """

    save_wanted = Signal()
    revert_wanted = Signal()
    move_wanted = Signal(object)
    names_wanted = Signal(str)

    # Of the class, because Qt still asks the filter while Python takes the object apart at the end.
    _editor: ValueEditor | None = None

    def __init__(self, column: QVBoxLayout, formats: Formats, parent: QObject) -> None:
        super().__init__(parent)
        self._column = column
        self._formats = formats
        self._caution: SensitiveHint | DayHint | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody is typing."""
        return self._editor is not None

    def open(self, editor: ValueEditor) -> None:
        """Put an editor into the column, with the keyboard in it."""
        self._editor = editor
        self._column.insertWidget(0, editor)
        editor.installEventFilter(self)
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        if isinstance(editor, QPlainTextEdit):
            self._hint(SensitiveHint(editor))
        if isinstance(editor, DateField):
            editor.day_chosen.connect(self.save_wanted)
            self._hint(DayHint(self._formats, editor))
        if isinstance(editor, NameField):
            editor.name_chosen.connect(self.save_wanted)
            editor.names_wanted.connect(self.names_wanted)
        editor.show()
        editor.setFocus()

    def close(self) -> bool:
        """Take the editor away; tell whether the keyboard was in it."""
        editor, self._editor = self._editor, None
        if editor is None:
            return False
        editor.removeEventFilter(self)
        had_focus = editor.hasFocus()
        for widget in (editor, self._caution):
            if widget is not None:
                self._column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._caution = None
        return had_focus

    def typed(self) -> str:
        """What stands in the editor; of a choice its canonical text."""
        return typed_in(self._editor) if self._editor is not None else ""

    def written(self) -> str:
        """What a person reads there: of a record its name."""
        return self._editor.text() if isinstance(self._editor, NameField) else self.typed()

    def put_back(self, typed: str) -> None:
        """Write again what was typed before."""
        if isinstance(self._editor, QLineEdit):
            self._editor.setText(typed)
        elif isinstance(self._editor, QPlainTextEdit):
            self._editor.setPlainText(typed)

    def mark_wrong(self) -> None:
        """Show that what stands there does not fit."""
        if self._editor is not None:
            self._editor.setProperty("state", "wrong")
            self._editor.style().unpolish(self._editor)
            self._editor.style().polish(self._editor)

    def offer(self, typed: str, names: Sequence[tuple[str, str]]) -> None:
        """Offer records, as id and name, for what was typed into a field that names one."""
        if isinstance(self._editor, NameField):
            self._editor.offer(typed, names)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._on_key(event):
                return True
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                self._on_left(event.reason())
        return False

    def _hint(self, hint: SensitiveHint | DayHint) -> None:
        self._caution = hint
        self._column.insertWidget(1, hint)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Act on the keys that end editing; say whether this was one."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.revert_wanted.emit()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.move_wanted.emit(1 if key == Qt.Key.Key_Tab else -1)
        elif key in ENTER and (not isinstance(self._editor, QPlainTextEdit) or _with_control(event)):
            self.save_wanted.emit()
        else:
            return False
        return True

    def _on_left(self, reason: Qt.FocusReason) -> None:
        """Save when the focus goes elsewhere, but not while a list or menu of the editor is open."""
        kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        is_list_open = (isinstance(self._editor, QComboBox) and self._editor.view().isVisible()) or (
            isinstance(self._editor, NameField) and self._editor.is_choosing()
        )
        if reason not in kept and not is_list_open:
            self.save_wanted.emit()


def _with_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
