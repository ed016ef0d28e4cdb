"""The people page: every contact in one list, one of them in sight."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.records.contact_view import ContactView
from accountplanner.desktop.records.list_panel import ListPanel, ListPlan, Order
from accountplanner.desktop.records.split import Split
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.record_list import RecordLook
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.browsing import ContactRow, ListQuery, contact_rows
from accountplanner.usecases.session import Session


class PeoplePage(QWidget):
    """Everybody we know at our customers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.panel.refresh()

    def show_record(self, record: str) -> None:
        """Bring a contact into sight."""
        self.panel.select_record(record)

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.panel.search.setFocus()

    def _build_widgets(self) -> None:
        self.panel = ListPanel(self._desk, _plan())
        self.contact = ContactView(self._desk)
        self._nothing = EmptyState(
            self._desk.theme, say("Choose a person, or add one at their account."), say("New contact"), "people"
        )
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing)
        self._right.addWidget(self.contact)
        self.setFocusProxy(self.panel)

    def _build_layout(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(self._desk.theme, self.panel, self._right))

    def _connect(self) -> None:
        self.panel.record_selected.connect(self._on_record_selected)
        self.panel.new_requested.connect(self._on_contact_wanted)
        self.panel.step_requested.connect(self._on_contact_wanted)
        self.panel.emptied.connect(self._on_gone)
        self._nothing.action_requested.connect(self._on_contact_wanted)
        self.contact.gone.connect(self._on_gone)
        self.contact.account_requested.connect(self._desk.record_requested)
        self._desk.opened.connect(self.panel.refresh)

    def _on_record_selected(self, record: str) -> None:
        self.contact.show_contact(record)
        self._right.setCurrentWidget(self.contact)

    def _on_gone(self) -> None:
        self._right.setCurrentWidget(self._nothing)

    def _on_contact_wanted(self) -> None:
        fields = (
            ("name", say("Name")),
            ("account", say("Account")),
            ("title", say("Job title")),
            ("email", say("E-mail")),
        )
        told = say("The account is named as it stands in the list of accounts.")
        dialog = NewRecordDialog(
            self._desk, "contact", say("New contact"), fields, explanation=told, parent=self.window()
        )
        dialog.record_made.connect(self.panel.select_record)
        dialog.open()


def _plan() -> ListPlan:
    return ListPlan(
        kind="contact",
        title=say("People"),
        read=_looks,
        narrow=_narrow,
        search_words=say("Search people"),
        nothing_yet=say("Nobody is known yet. People come in with a list, or one by one."),
        first_step=say("New contact"),
        new_words=say("New contact"),
        chips=(
            ("all", say("All")),
            ("decides", say("Decide")),
            ("approves", say("Approve")),
            ("conflicts", say("Conflicts")),
        ),
        orders=(Order(say("By name"), ""), Order(say("By account"), "account"), Order(say("By title"), "title")),
        watched=frozenset({"contact", "account"}),
    )


def _narrow(_session: Session, query: ListQuery, chips: tuple[str, ...]) -> ListQuery | None:
    chosen = chips[0] if chips else "all"
    if chosen == "conflicts":
        return replace(query, only_conflicts=True)
    if chosen in {"decides", "approves"}:
        return replace(query, filters=(*query.filters, ("buying_role", chosen)))
    return query


def _looks(session: Session, numbers: Sequence[int]) -> list[tuple[str, RecordLook]]:
    return [(row.record, _look(row)) for row in contact_rows(session, numbers)]


def _look(row: ContactRow) -> RecordLook:
    subtitle = " · ".join(part for part in (row.title, row.account_name) if part) or row.email or row.phone
    conflicts = say_count("{count} conflict", "{count} conflicts", row.conflicts) if row.conflicts else ""
    mark = "conflict" if row.conflicts else ""
    return RecordLook(str(row.number), row.name or say("(no name)"), subtitle, "", mark, Tone.BAD, conflicts)
