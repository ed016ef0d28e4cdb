"""What an import offers where the same had come in before and was undone: to redo that, instead of nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from accountplanner.desktop.telling import tell_title
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.domain.undo import StepRecord


class RedoOffer(QWidget):
    """One sentence and its button. `redo_wanted` carries the numbers of the undone steps, the oldest first."""

    redo_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: Sequence[StepRecord] = ()
        self._told = Label("", "small_strong", wrap=True)
        self.redo = Button(theme, say("Redo"), icon="redo")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._told, 1)
        row.addWidget(self.redo)
        self.redo.clicked.connect(self._on_redo_clicked)

    def has_anything(self) -> bool:
        """Whether anything was undone."""
        return bool(self._steps)

    def show_steps(self, steps: Sequence[StepRecord]) -> None:
        """Offer to redo these."""
        self._steps = steps
        titles = ", ".join(say("“{words}”", words=tell_title(step.title)) for step in steps)
        self._told.setText(
            say("This had come in before by {titles}, which was undone; it stays undone.", titles=titles)
        )
        self.redo.setAccessibleName(say("Redo: {step}", step=titles))

    def _on_redo_clicked(self) -> None:
        self.redo_wanted.emit([step.number for step in self._steps])
