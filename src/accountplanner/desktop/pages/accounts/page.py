"""The accounts page: the list at the left, what is chosen at the right."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.pages.accounts.account_view import AccountView
from accountplanner.desktop.pages.accounts.looks import account_looks, narrow_accounts
from accountplanner.desktop.records.contact_view import ContactView
from accountplanner.desktop.records.list_panel import ListPanel, ListPlan, Order
from accountplanner.desktop.records.split import Split
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.wording import say
from accountplanner.domain.ids import kind_of


class AccountsPage(QWidget):
    """Everything about accounts; a contact opened from one takes its place until the way back is taken."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.panel.refresh()

    def show_record(self, record: str) -> None:
        """Bring an account or a contact into sight."""
        if kind_of(record) == "contact":
            self._on_contact_opened(record)
        else:
            self.panel.select_record(record)

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.panel.search.setFocus()

    def write_note(self) -> None:
        """Write a note about the account in sight."""
        if self.account.record:
            self._right.setCurrentWidget(self.account)
            self.account.write_note()

    def new_account(self) -> None:
        """Ask for a new account."""
        fields = (("name", say("Name")), ("city", say("City")), ("country", say("Country")), ("phone", say("Phone")))
        dialog = NewRecordDialog(
            self._desk,
            "account",
            say("New account"),
            fields,
            explanation=say("Only the name is needed. Everything else can be added on its page."),
            parent=self.window(),
        )
        dialog.record_made.connect(self.panel.select_record)
        dialog.open()

    def _build_widgets(self) -> None:
        self.panel = ListPanel(self._desk, _plan())
        self.account = AccountView(self._desk)
        self.contact = ContactView(self._desk)
        self._nothing = EmptyState(
            self._desk.theme, say("Choose an account, or bring in your list."), say("Import a file"), "accounts"
        )
        self._right = QStackedWidget()
        for widget in (self._nothing, self.account, self.contact):
            self._right.addWidget(widget)
        self.setFocusProxy(self.panel)

    def _build_layout(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(self._desk.theme, self.panel, self._right))

    def _connect(self) -> None:
        self.panel.record_selected.connect(self._on_record_selected)
        self.panel.new_requested.connect(self.new_account)
        self.panel.step_requested.connect(self._on_import_requested)
        self.panel.emptied.connect(self._on_gone)
        self.account.contact_opened.connect(self._on_contact_opened)
        self.account.gone.connect(self._on_gone)
        self.contact.back_requested.connect(self._on_back_requested)
        self.contact.account_requested.connect(self._on_account_requested)
        self.contact.gone.connect(self._on_back_requested)
        self._nothing.action_requested.connect(self._on_import_requested)
        self._desk.opened.connect(self.refresh)

    def _on_record_selected(self, record: str) -> None:
        self.account.show_account(record)
        self._right.setCurrentWidget(self.account)

    def _on_contact_opened(self, record: str) -> None:
        self.contact.show_contact(record, self.account.title)
        self._right.setCurrentWidget(self.contact)

    def _on_account_requested(self, record: str) -> None:
        self._right.setCurrentWidget(self.account)
        self.panel.select_record(record)

    def _on_back_requested(self) -> None:
        self._right.setCurrentWidget(self.account if self.account.record else self._nothing)

    def _on_gone(self) -> None:
        self._right.setCurrentWidget(self._nothing)

    def _on_import_requested(self) -> None:
        self._desk.area_requested.emit("exchange")


def _plan() -> ListPlan:
    orders = (
        Order(say("By name"), ""),
        Order(say("Latest order first"), "last_order", descending=True),
        Order(say("Most orders first"), "orders", descending=True),
        Order(say("Latest touch first"), "last_touch", descending=True),
        Order(say("Longest without a touch first"), "last_touch"),
        Order(say("By city"), "city"),
    )
    return ListPlan(
        kind="account",
        title=say("Accounts"),
        read=account_looks,
        narrow=narrow_accounts,
        search_words=say("Search accounts"),
        nothing_yet=say("There are no accounts yet. Bring in your list, or begin with one."),
        first_step=say("Import a file"),
        new_words=say("New account"),
        chips=(("all", say("All")), ("mine", say("Mine")), ("a", say("Tier A")), ("conflicts", say("Conflicts"))),
        orders=orders,
        watched=frozenset({"account", "contact", "purchase", "touch", "position", "colleague"}),
    )
