"""The partners page: the list at the left, one channel partner at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.pages.partners.partner_view import PartnerView
from accountplanner.desktop.records.list_panel import ListPanel, ListPlan, Order
from accountplanner.desktop.records.split import Split
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.record_list import RecordLook
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.browsing import ListQuery, partner_rows
from accountplanner.usecases.session import Session


class PartnersPage(QWidget):
    """Everybody who sells our offerings with us."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.panel.refresh()

    def show_record(self, record: str) -> None:
        """Bring a channel partner into sight."""
        self.panel.select_record(record)

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.panel.search.setFocus()

    def _build_widgets(self) -> None:
        self.panel = ListPanel(self._desk, _plan())
        self.partner = PartnerView(self._desk)
        self._nothing = EmptyState(
            self._desk.theme,
            say("A channel partner gets a workbook with their accounts and sends back what they know."),
            say("New channel partner"),
            "partners",
        )
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing)
        self._right.addWidget(self.partner)
        self.setFocusProxy(self.panel)

    def _build_layout(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(self._desk.theme, self.panel, self._right))

    def _connect(self) -> None:
        self.panel.record_selected.connect(self._on_record_selected)
        self.panel.new_requested.connect(self._on_partner_wanted)
        self.panel.step_requested.connect(self._on_partner_wanted)
        self.panel.emptied.connect(self._on_gone)
        self._nothing.action_requested.connect(self._on_partner_wanted)
        self.partner.gone.connect(self._on_gone)
        self._desk.opened.connect(self.panel.refresh)

    def _on_record_selected(self, record: str) -> None:
        self.partner.show_partner(record)
        self._right.setCurrentWidget(self.partner)

    def _on_gone(self) -> None:
        self._right.setCurrentWidget(self._nothing)

    def _on_partner_wanted(self) -> None:
        fields = (
            ("name", say("Name")),
            ("contact_name", say("Contact person")),
            ("email", say("E-mail")),
            ("city", say("City")),
        )
        dialog = NewRecordDialog(self._desk, "partner", say("New channel partner"), fields, parent=self.window())
        dialog.record_made.connect(self.panel.select_record)
        dialog.open()


def _plan() -> ListPlan:
    return ListPlan(
        kind="partner",
        title=say("Partners"),
        read=_looks,
        narrow=_narrow,
        search_words=say("Search partners"),
        nothing_yet=say("There are no channel partners yet."),
        first_step=say("New channel partner"),
        new_words=say("New channel partner"),
        orders=(Order(say("By name"), ""), Order(say("By city"), "city")),
        watched=frozenset({"partner", "scope"}),
    )


def _narrow(_session: Session, query: ListQuery, _chips: tuple[str, ...]) -> ListQuery | None:
    return query


def _looks(session: Session, numbers: Sequence[int]) -> list[tuple[str, RecordLook]]:
    looks = []
    for row in partner_rows(session, numbers):
        covered = say_count("{count} account", "{count} accounts", row.accounts) if row.accounts else ""
        subtitle = " · ".join(part for part in (row.place, row.contact_name) if part)
        looks.append((row.record, RecordLook(str(row.number), row.name or say("(no name)"), subtitle, covered)))
    return looks
