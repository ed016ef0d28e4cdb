"""A form in several steps one can see, with a way back and a bar while it works."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_SIZE_PX = (940, 640)


class StepDialog(FormDialog):
    """Shows one step at a time below the names of all; as large as the window it opens over lets it be.

    Whoever makes it puts the steps in with `put_steps`, may add to `body` below them, and turns with `turn_to`.
    """

    def __init__(self, theme: Theme, title: str, accept_text: str, *, parent: QWidget) -> None:
        super().__init__(theme, title, accept_text, parent=parent)
        self.back = Button(theme, say("Back"))
        self._at = 0
        self._labels: list[Label] = []
        self._steps = QStackedWidget()
        self._busy = QProgressBar(textVisible=False)
        self._busy.setRange(0, 0)
        self._busy.setAccessibleName(say("Progress"))
        self._busy.hide()

    def put_steps(self, names: Sequence[str], steps: Sequence[QWidget], beneath: Sequence[QWidget] = ()) -> None:
        """Lay out the names, the steps, and what stands beneath every one of them."""
        row = QHBoxLayout()
        row.setSpacing(Space.LARGE)
        self._labels = [Label(name, "small_strong", "faint") for name in names]
        for label in self._labels:
            row.addWidget(label)
        row.addStretch(1)
        self.body.addLayout(row)
        for step in steps:
            self._steps.addWidget(step)
        self.body.addWidget(self._steps, 1)
        for widget in (*beneath, self._busy):
            self.body.addWidget(widget)
        self.let_body_grow()
        self.beside.addWidget(self.back)
        self._take_room()

    def turn_to(self, at: int) -> None:
        """Show a step, ready to be answered."""
        self._at = at
        self._busy.hide()
        for number, label in enumerate(self._labels):
            label.set_tone("accent" if number == at else "muted" if number < at else "faint")
        self._steps.setCurrentIndex(at)
        self.back.setVisible(at > 0)
        self.show_error("")

    def be_busy(self, title: str, told: str, accept_text: str) -> None:
        """Say what is being done; there is nothing to answer until it is."""
        self.allow_accept(is_allowed=False)
        self.show_error("")
        self.show_title(title, told, accept_text)
        self._busy.show()

    def _take_room(self) -> None:
        parent = self.parentWidget()
        around = parent.window().size() if parent is not None else self.size()
        wanted = [self.theme.scaled(each) for each in _SIZE_PX]
        self.resize(min(wanted[0], around.width() - 48), min(wanted[1], around.height() - 48))
