"""The search field: it waits for a pause in typing before it asks for results."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Motion

SEARCHES: Final = "searches"
"""The property of a field in which something is looked for: what stands there is no work of anybody's to be kept."""


class SearchField(QLineEdit):
    """Emits `searched` after a pause, at once on Enter; Down hands the focus to the list."""

    searched = Signal(str)
    list_requested = Signal()

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._last = ""
        self.setProperty(SEARCHES, True)  # noqa: FBT003 - Qt's own
        self._pause = QTimer(self, singleShot=True, interval=Motion.TYPING_PAUSE_MS)
        self._glass = QAction(self)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setToolTip(placeholder)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._on_text_edited)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._on_return_pressed)
        self._pause.timeout.connect(self._search)
        theme.scheme_changed.connect(self._on_scheme_changed)
        self._on_scheme_changed()

    def show_text(self, text: str) -> None:
        """Show what is searched already; nothing is emitted."""
        self._last = text.strip()
        self._pause.stop()
        self.setText(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.list_requested.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_text_edited(self) -> None:
        self._pause.start()

    def _on_return_pressed(self) -> None:
        self._search()
        self.list_requested.emit()

    def _on_text_changed(self, text: str) -> None:
        if not text:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.searched.emit(text)

    def _on_scheme_changed(self) -> None:
        self._glass.setIcon(self._theme.icon("search", size_px=16))
