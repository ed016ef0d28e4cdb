"""Makes the pages that need nothing but the desk, each loaded with its first visit, and loads them ahead."""

# ruff: noqa: PLC0415 - a page is loaded when it is visited first: all of them together take longer than the window

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk


def load_pages() -> None:
    """Load what the first visits and the most common dialogs need; everything is loaded with its first use otherwise."""
    import accountplanner.desktop.capture.dialog
    import accountplanner.desktop.dialogs.brief_dialog
    import accountplanner.desktop.pages.accounts.account_view
    import accountplanner.desktop.pages.accounts.page
    import accountplanner.desktop.pages.exchange.page
    import accountplanner.desktop.pages.help.page
    import accountplanner.desktop.pages.history.page
    import accountplanner.desktop.pages.partners.page
    import accountplanner.desktop.pages.partners.partner_view
    import accountplanner.desktop.pages.people
    import accountplanner.desktop.pages.settings.page
    import accountplanner.desktop.pages.today.page
    import accountplanner.desktop.records.contact_view
    import accountplanner.desktop.widgets.palette  # noqa: F401 - loading is all


def _make_accounts(desk: Desk) -> QWidget:
    from accountplanner.desktop.pages.accounts.page import AccountsPage

    return AccountsPage(desk)


def _make_people(desk: Desk) -> QWidget:
    from accountplanner.desktop.pages.people import PeoplePage

    return PeoplePage(desk)


def _make_partners(desk: Desk) -> QWidget:
    from accountplanner.desktop.pages.partners.page import PartnersPage

    return PartnersPage(desk)


def _make_history(desk: Desk) -> QWidget:
    from accountplanner.desktop.pages.history.page import HistoryPage

    return HistoryPage(desk)


def _make_help(desk: Desk) -> QWidget:
    from accountplanner.desktop.pages.help.page import HelpPage

    return HelpPage(desk)


MAKERS: Final[Mapping[str, Callable[[Desk], QWidget]]] = MappingProxyType(
    {
        "accounts": _make_accounts,
        "people": _make_people,
        "partners": _make_partners,
        "history": _make_history,
        "help": _make_help,
    }
)
"""How the page of an area is made."""
