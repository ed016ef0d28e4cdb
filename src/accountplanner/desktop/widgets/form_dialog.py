"""The frame of every dialog: a title, what it asks, and buttons that say what they do."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.reading_order import InReadingOrder
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_WIDTH_PX = 460


class FormDialog(InReadingOrder, QDialog):
    """Opens without blocking, frees itself when it is closed, and returns the focus.

    Put widgets into `body`, fields with `add_field`, other buttons into `beside`. The accepting button is the
    default and emits `accept_requested`; whoever opened the dialog calls `accept()` when
    the use case has done it, or `show_error` with a sentence. Esc and Cancel reject.
    """

    accept_requested = Signal()

    def __init__(self, theme: Theme, title: str, accept_text: str, *, explanation: str = "", parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.body = QVBoxLayout()
        self.beside = QHBoxLayout()
        self._first: QWidget | None = None
        self._title = Label(title, "title", wrap=True)
        self._explanation = Label(explanation, "body", "muted", wrap=True)
        self._error = Label("", "small_strong", "bad", wrap=True)
        self.accept_button = Button(theme, accept_text, "primary")
        self.cancel_button = Button(theme, say("Cancel"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._build_layout()
        self._explanation.setVisible(bool(explanation))
        self._error.hide()
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept_requested)
        self.cancel_button.clicked.connect(self.reject)

    def add_field(self, label: str, field: QWidget) -> None:
        """Add a field with its label; the label is also its name for screen readers."""
        words = Label(label, "small_strong", "muted")
        words.setBuddy(field)
        field.setAccessibleName(label)
        pair = QVBoxLayout()
        pair.setSpacing(Space.HAIR)
        pair.addWidget(words)
        pair.addWidget(field)
        self.body.addLayout(pair)
        self._first = self._first or field

    def show_error(self, sentence: str) -> None:
        """Say why it could not be done. What was entered stays."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        if self.isVisible():
            self.fit_height()

    def show_title(self, title: str, explanation: str, accept_text: str) -> None:
        """Turn to another step of the same dialog."""
        self._title.setText(title)
        self._explanation.setText(explanation)
        self._explanation.setVisible(bool(explanation))
        self.accept_button.setText(accept_text)
        self.setAccessibleName(title)

    def let_body_grow(self) -> None:
        """Give all the height there is to the body, for tables and lists."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(self.body, 100)

    def allow_accept(self, *, is_allowed: bool) -> None:
        """Switch the accepting button off until the form can be taken."""
        self.accept_button.setEnabled(is_allowed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.accept_button.isEnabled():
            self.accept_requested.emit()
            return
        super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._first is not None:
            self._first.setFocus()
        super().showEvent(event)
        self.fit_height()

    def fit_height(self) -> None:
        """Grow until wrapped texts have their lines: Qt sizes a dialog as if they had one, and squeezes the fields."""
        layout = self.layout()
        if layout is None:
            return
        width = max(self.width(), self._wanted_width(layout.totalMinimumSize().width()))
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        self.resize(width, min(max(self.height(), height), self._room().height()))

    def _wanted_width(self, needed: int) -> int:
        """As wide as reads well in this size of text and as the longest choice needs, and inside the window."""
        return min(max(self.theme.scaled(_WIDTH_PX), needed), max(self._room().width(), _WIDTH_PX))

    def _room(self) -> QSize:
        """How large a dialog may be: it stays inside its window, whose foot may be that of the screen."""
        around = self.parentWidget()
        size = around.window().size() if around is not None else self.screen().availableSize()
        return size - QSize(2 * Space.PAGE, Space.PAGE)

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.PAGE, Space.PAGE - 4, Space.PAGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        self.body.setSpacing(Space.MEDIUM)
        layout.addWidget(self._title)
        layout.addWidget(self._explanation)
        layout.addLayout(self.body)
        layout.addWidget(self._error)
        layout.addStretch(1)
        layout.addSpacing(Space.SMALL)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(_WIDTH_PX)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addLayout(self.beside)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.accept_button)
        return row
