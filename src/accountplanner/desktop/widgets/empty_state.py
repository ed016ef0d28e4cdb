"""What stands where there is nothing yet: one sentence and one thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import RoundBadge
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label

_WIDTH_PX = 360


class EmptyState(QWidget):
    """Says why nothing is shown. “No match for this filter” is another sentence than “nothing yet”."""

    action_requested = Signal()

    def __init__(
        self, theme: Theme, sentence: str = "", action: str = "", icon: str = "info", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sentence = Label(sentence, "body", "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMaximumWidth(theme.scaled(_WIDTH_PX))
        self._action = Button(theme, action, "primary")
        self._action.clicked.connect(self.action_requested)
        layout = QVBoxLayout(self)
        layout.setSpacing(Space.MEDIUM)
        layout.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(RoundBadge(theme, icon, "", Tone.ACCENT), 0, middle)
        # Aligned, a wrapped label would take the width of its shortest form; between stretches it fills what there is.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._sentence, 100)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self._action, 0, middle)
        layout.addStretch(2)
        self.setFocusProxy(self._action)
        self.show_sentence(sentence, action)

    def show_sentence(self, sentence: str, action: str = "") -> None:
        """Say something else; an empty action hides the button."""
        self._sentence.setText(sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))
