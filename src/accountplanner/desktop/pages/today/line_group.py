"""The lines of Today for one stretch of time, on a card below its name."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.pages.today.line_row import LineRow
from accountplanner.desktop.pages.today.words import LineWords, group_words
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.standing import Standing, put_in_order
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.today import AgendaLine, Group

_SHOWN: Final = {Group.NOW: 12, Group.WEEK: 10, Group.LATER: 6, Group.ANY_TIME: 4}

Written = tuple[AgendaLine, LineWords]


class LineGroup(QWidget):
    """Shows the first lines and offers the rest; it is not there while it has none.

    `make_row` makes what shows a line. `unfolded` comes when somebody wanted all of them.
    """

    unfolded = Signal()

    def __init__(
        self, theme: Theme, group: Group, make_row: Callable[[Written], LineRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = group
        self._is_unfolded = False
        self._lines: Sequence[Written] = ()
        self._standing = Standing(make_row)
        self._more = Button(theme, "", "link")
        self._card = Card(theme)
        self._build_layout()
        self._more.clicked.connect(self._on_more_clicked)
        self.hide()

    def show_lines(self, lines: Sequence[Written]) -> None:
        """Show these; a line that says the same as before keeps its row."""
        self._lines = lines
        most = len(lines) if self._is_unfolded else _SHOWN[self._group]
        put_in_order(self._rows, self._standing.show(lines[:most]))
        left = len(lines) - most
        self._more.setText(say("{count} more", count=left))
        self._more.setAccessibleName(say("{count} more: {group}", count=left, group=group_words(self._group)))
        self._more.setVisible(left > 0)
        self.setVisible(bool(lines))

    def rows(self) -> list[LineRow]:
        """The lines in sight, from top to bottom."""
        return self._standing.widgets()

    def _build_layout(self) -> None:
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.SMALL)
        self._card.add_wide(holder)
        self._card.add_wide(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.SMALL)
        column.setSpacing(Space.SMALL)
        column.addWidget(Label(group_words(self._group), "small_strong", "muted"))
        column.addWidget(self._card)

    def _on_more_clicked(self) -> None:
        self._is_unfolded = True
        self.show_lines(self._lines)
        self.unfolded.emit()
