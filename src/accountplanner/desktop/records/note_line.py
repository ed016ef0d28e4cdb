"""The line a note is typed into: it grows with its text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

_MOST_LINES = 8
_FRAME_PX = 20
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteLine(QPlainTextEdit):
    """One line for a note; it grows with its text. Enter is done, Shift+Enter begins a new line."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self._fit(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def _on_size_changed(self) -> None:
        self._fit(round(self.document().size().height()))

    def _fit(self, lines: int) -> None:
        shown = max(1, min(lines, _MOST_LINES))
        is_long = lines > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * shown + _FRAME_PX)
