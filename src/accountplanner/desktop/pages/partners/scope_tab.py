"""The accounts a channel partner may know about."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.table_card import TableCard
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count

Covered = tuple[str, str]


class ScopeTab(QStackedWidget):
    """Lists accounts by name. `choice_wanted` is the wish to change the choice."""

    choice_wanted = Signal()
    account_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column[Covered](say("Account"), _name, _name)
        self._model: RowsModel[Covered] = RowsModel([column], _record, self)
        self.table = RowsTable(desk.theme, self._model, say("Accounts of this partner"))
        self._count = Label("", "heading", wrap=True)
        choose = Button(desk.theme, say("Choose accounts"))
        choose.clicked.connect(self.choice_wanted)
        self._filled = QWidget()
        layout = QVBoxLayout(self._filled)
        layout.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(choose)
        layout.addLayout(head)
        layout.addWidget(TableCard(desk.theme, self.table))
        layout.addStretch(1)
        self._nothing_yet = EmptyState(desk.theme, "", say("Choose accounts"), "accounts")
        self._nothing_yet.action_requested.connect(self.choice_wanted)
        self.addWidget(self._filled)
        self.addWidget(self._nothing_yet)
        self.table.row_opened.connect(self.account_opened)

    def show_scope(self, name: str, scope: Sequence[Covered]) -> None:
        """Show whom the partner may know about."""
        self._model.show_rows(scope)
        told = say(
            "{name} may not see any account yet. Choose those they work for; then write their workbook.", name=name
        )
        self._nothing_yet.show_sentence(told, say("Choose accounts"))
        words = say_count("{count} account in their workbook", "{count} accounts in their workbook", len(scope))
        self._count.setText(words)
        self.setCurrentWidget(self._filled if scope else self._nothing_yet)

    def forget(self) -> None:
        """Show nothing of any partner any more."""
        self.show_scope("", ())


def _record(covered: Covered) -> str:
    return covered[0]


def _name(covered: Covered) -> str:
    return covered[1]
