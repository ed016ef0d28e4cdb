"""The accounts page: the list at the left, what is chosen at the right."""

# ruff: noqa: PLC0415 - the list stands before the page of an account is loaded

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.accounts.looks import account_looks, narrow_accounts
from accountplanner.desktop.records.list_page import ListPage, PagePlan
from accountplanner.desktop.records.list_plan import ListPlan, Order
from accountplanner.desktop.wording import say
from accountplanner.domain.ids import kind_of

if TYPE_CHECKING:
    from accountplanner.desktop.pages.accounts.account_view import AccountView
    from accountplanner.desktop.records.contact_view import ContactView


class AccountsPage(ListPage):
    """Everything about accounts; a contact opened from one takes its place until the way back is taken."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(), parent)
        self.panel.record_selected.connect(self._on_record_selected)

    @cached_property
    def account(self) -> "AccountView":
        """The page of one account."""
        from accountplanner.desktop.pages.accounts.account_view import AccountView

        account = AccountView(self._desk)
        self.hold(account)
        account.contact_opened.connect(self._on_contact_opened)
        account.gone.connect(self.show_nothing)
        return account

    @cached_property
    def contact(self) -> "ContactView":
        """The page of one of their people."""
        from accountplanner.desktop.records.contact_view import ContactView

        contact = ContactView(self._desk)
        self.hold(contact)
        contact.back_requested.connect(self._on_back_requested)
        contact.account_requested.connect(self._on_account_requested)
        contact.gone.connect(self._on_back_requested)
        return contact

    @override
    def steps_ahead(self) -> Sequence[Callable[[], object]]:
        return (lambda: self.account, lambda: self.contact)

    @override
    def show_record(self, record: str) -> None:
        if kind_of(record) == "contact":
            self._on_contact_opened(record)
        else:
            super().show_record(record)

    @override
    def first_step(self) -> None:
        self._desk.area_requested.emit("exchange")

    def write_note(self) -> None:
        """Write a note about the account in sight."""
        if self.account.record:
            self.show_beside(self.account)
            self.account.write_note()

    def _on_record_selected(self, record: str) -> None:
        self.account.show_record(record)
        self.show_beside(self.account)

    def _on_contact_opened(self, record: str) -> None:
        self.contact.show_way_back(self.account.title)
        self.contact.show_record(record)
        self.show_beside(self.contact)

    def _on_account_requested(self, record: str) -> None:
        self.show_beside(self.account)
        self.panel.select_record(record)

    def _on_back_requested(self) -> None:
        if self.account.record:
            self.show_beside(self.account)
        else:
            self.show_nothing()


def _plan() -> PagePlan:
    return PagePlan(
        list=_list(),
        invitation=say("Choose an account, or bring in your list."),
        step=say("Import a file"),
        icon="accounts",
        asked=(("name", say("Name")), ("city", say("City")), ("country", say("Country")), ("phone", say("Phone"))),
        explanation=say("Only the name is needed. Everything else can be added on its page."),
    )


def _list() -> ListPlan:
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
        watched=frozenset({"account", "contact", "purchase", "touch", "position", "colleague", "case"}),
    )
