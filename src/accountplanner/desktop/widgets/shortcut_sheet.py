"""The cheat sheet: every shortcut of every command that works now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from accountplanner.desktop.actions import Command
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_IN_LISTS = (("Edit the value", "F2"), ("Take the edit back", "Esc"), ("Save and go to the next", "Tab"))


class ShortcutSheet(FormDialog):
    """Opened by F1 and by the question mark."""

    def __init__(self, theme: Theme, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(theme, say("Keyboard shortcuts"), say("Close"), parent=parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.PAGE)
        grid.setVerticalSpacing(Space.SMALL)
        shown = [(command.text, keys) for command in commands for keys in command.shortcuts]
        rows = (len(shown) + len(_IN_LISTS) + 1) // 2
        for number, (text, keys) in enumerate((*shown, *_IN_LISTS)):
            column, row = divmod(number, rows)
            grid.addWidget(Label(say(text)), row, column * 2)
            grid.addWidget(Pill(theme, keys), row, column * 2 + 1, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
        self.cancel_button.hide()
        self.accept_requested.connect(self.accept)
