"""The people at an account."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.cell_sources import CellSources
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.table_card import TableCard
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.account_pages import ContactLine


class PeopleTab(QStackedWidget):
    """Lists contacts. `contact_opened` carries an id; `contact_wanted` is the wish for a new one."""

    contact_opened = Signal(str)
    contact_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns = [
            Column[ContactLine](say("Name"), _name, _name_key),
            Column[ContactLine](say("Title"), _title, _title),
            Column[ContactLine](say("Part in buying"), _role, _role),
            Column[ContactLine](say("Answered"), _known, _known_key, align_right=True),
            Column[ContactLine](say("Phone"), _phone, _phone),
            Column[ContactLine](say("E-mail"), _email, _email),
        ]
        self._model: RowsModel[ContactLine] = RowsModel(columns, _record, self)
        self.table = RowsTable(desk.theme, self._model, say("People at this account"))
        fields = ("name", "title", "buying_role", "name", "phone", "email")
        self.sources = CellSources(desk, self.table, dict(enumerate(fields)))
        self._count = Label("", "heading", wrap=True)
        self._filled = self._build_filled(desk.theme)
        self._nothing_yet = EmptyState(
            desk.theme, say("Nobody is known here yet. Who answers the phone?"), say("New contact"), "people"
        )
        self._nothing_yet.action_requested.connect(self.contact_wanted)
        self.addWidget(self._filled)
        self.addWidget(self._nothing_yet)
        self.table.row_opened.connect(self.contact_opened)

    def _build_filled(self, theme: Theme) -> QWidget:
        filled = QWidget()
        new = Button(theme, say("New contact"), icon="add")
        new.clicked.connect(self.contact_wanted)
        column = QVBoxLayout(filled)
        column.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(new)
        column.addLayout(head)
        column.addWidget(TableCard(theme, self.table))
        column.addWidget(
            Label(
                say("Enter or a double click opens a person’s page, Alt+Enter says where a value comes from."),
                "small",
                "muted",
                wrap=True,
            )
        )
        column.addStretch(1)
        return filled

    def show_people(self, contacts: Sequence[ContactLine]) -> None:
        """Show the people at an account."""
        self._model.show_rows(contacts)
        self._count.setText(say_count("{count} contact", "{count} contacts", len(contacts)))
        self.setCurrentWidget(self._filled if contacts else self._nothing_yet)

    def forget(self) -> None:
        """Show nothing of any account any more."""
        self.show_people(())


def _record(line: ContactLine) -> str:
    return line.record


def _name(line: ContactLine) -> str:
    return line.name


def _name_key(line: ContactLine) -> str:
    return line.name.casefold()


def _title(line: ContactLine) -> str:
    return line.title


def _role(line: ContactLine) -> str:
    return tell(line.role)


def _phone(line: ContactLine) -> str:
    return line.phone


def _email(line: ContactLine) -> str:
    return line.email


def _known(line: ContactLine) -> str:
    return say("{known} of {asked}", known=line.answered, asked=line.asked) if line.answered else ""


def _known_key(line: ContactLine) -> int:
    return line.answered
