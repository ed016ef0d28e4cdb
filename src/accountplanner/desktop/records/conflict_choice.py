"""Values that did not know each other, under their field: each with who said it and when, and a way to keep it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say


class ConflictChoice(QWidget):
    """Offers to keep one of the values by button or by its number on the keyboard.

    `value_chosen` carries the place it was made with and the number, counted from 1. Another
    value than these is typed into the field itself.
    """

    value_chosen = Signal(object, object)

    def __init__(
        self,
        theme: Theme,
        place: tuple[str, str],
        label: str,
        values: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._count = len(values)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, Space.HAIR)
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        self._buttons: list[Button] = []
        for number, (value, told) in enumerate(values, start=1):
            keep = Button(theme, say("Keep {number}", number=number), "link")
            keep.setAccessibleName(say("Keep {value} in {field}", value=value, field=label))
            keep.clicked.connect(self._on_keep_clicked)
            self._buttons.append(keep)
            grid.addWidget(keep, number, 0, Qt.AlignmentFlag.AlignTop)
            words = Label(f"{value}  –  {told}" if told else value, "small", wrap=True)
            words.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(words, number, 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= self._count:
            self.value_chosen.emit(self._place, number)
        else:
            super().keyPressEvent(event)

    def _on_keep_clicked(self) -> None:
        number = next((at for at, button in enumerate(self._buttons, start=1) if button is self.sender()), 0)
        self.value_chosen.emit(self._place, number)
