"""The cheat sheet: every shortcut of every command that works now, under the menu it stands in."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from accountplanner.desktop.actions import MENUS, Command
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.focus_ring import FocusRing
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.painting import pill_width
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_keys, say_marked

_WIDTH_PX: Final = 760
_HIGHEST_SHARE: Final = 0.74
_AROUND_PX: Final = 2 * Space.PAGE + Space.PAGE + 2 * Space.LARGE + Space.MEDIUM + 12
"""What stands at both sides of the columns and between them: margins, gaps, the scroll bar."""

Section = tuple[str, list[tuple[str, str]]]


class ShortcutSheet(FormDialog):
    """Opened by F1 and by the question mark."""

    def __init__(self, theme: Theme, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(theme, say("Keyboard shortcuts"), say("Close"), parent=parent)
        self._columns = QHBoxLayout()
        self._columns.setContentsMargins(0, 0, Space.MEDIUM, 0)
        self._columns.setSpacing(Space.PAGE + 2 * Space.LARGE)
        room = parent.window().width() - 2 * Space.PAGE
        self._fill(theme, list(_sections(commands)), room)
        self.body.addWidget(self._scrolled(parent.window()))
        needed = self._columns.sizeHint().width() + _AROUND_PX
        self.setMinimumWidth(min(max(theme.scaled(_WIDTH_PX), needed), room))
        self.let_body_grow()
        self.cancel_button.hide()
        self.accept_requested.connect(self.accept)

    def _fill(self, theme: Theme, sections: Sequence[Section], room: int) -> None:
        """In two columns where there is room for both."""
        total = sum(len(lines) + 1 for _, lines in sections)
        half = total / 2 if 2 * _widest(theme, sections) + _AROUND_PX <= room else total
        grid, row = self._new_column(), 0
        for title, lines in sections:
            if row and self._columns.count() == 1 and row + len(lines) / 2 >= half:
                grid, row = self._new_column(), 0
            head = Label(title, "small_strong", "muted")
            head.setContentsMargins(0, Space.MEDIUM if row else 0, 0, 0)
            grid.addWidget(head, row, 0, 1, 2)
            for place, (text, keys) in enumerate(lines, start=row + 1):
                grid.addWidget(Label(text), place, 0)
                grid.addWidget(Pill(theme, keys), place, 1, Qt.AlignmentFlag.AlignRight)
            row += len(lines) + 1

    def _new_column(self) -> QGridLayout:
        grid, column = QGridLayout(), QVBoxLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.HAIR)
        column.addLayout(grid)
        column.addStretch(1)
        self._columns.addLayout(column, 1)
        return grid

    def _scrolled(self, window: QWidget) -> QScrollArea:
        """Where text is large and the window small, not everything fits."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._columns)
        column.addStretch(1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ring = FocusRing(self.theme, area)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(say("Keyboard shortcuts"))
        area.setMinimumHeight(min(inside.sizeHint().height() + 2, round(window.height() * _HIGHEST_SHARE)))
        return area


def _sections(commands: Sequence[Command]) -> Iterator[Section]:
    shown = [command for command in commands if command.shortcuts]
    shown.sort(key=_menu_place)
    for _, group in groupby(shown, key=_menu_place):
        members = list(group)
        title = say_marked(members[0].menu) if members[0].menu else say("Anywhere")
        yield (
            title,
            [(say_marked(command.text), say(" or ").join(map(say_keys, command.shortcuts))) for command in members],
        )
    yield (
        say("Lists"),
        [
            (say("Select several"), say_keys("Shift+↓")),
            (say("Select all"), say_keys("Ctrl+A")),
            (say("Copy as a table"), say_keys("Ctrl+C")),
            (say("Open"), "Enter"),
        ],
    )
    yield (
        say("Values"),
        [(say("Edit the value"), "F2"), (say("Take the edit back"), "Esc"), (say("Save and go to the next"), "Tab")],
    )
    yield (
        say("Find anything"),
        [
            (say("Choose directly"), "Alt+1 … 0"),
            (say("The next ten"), say_keys("PgDown")),
            (say("What can be done"), ">"),
        ],
    )


def _widest(theme: Theme, sections: Sequence[Section]) -> int:
    """How wide a column must be for its longest command with its keys."""
    words = QFontMetrics(theme.font("body"))
    lines = (line for _, lines in sections for line in lines)
    return max(words.horizontalAdvance(text) + pill_width(theme, keys) + Space.LARGE for text, keys in lines)


def _menu_place(command: Command) -> int:
    return MENUS.index(command.menu) if command.menu in MENUS else len(MENUS)
