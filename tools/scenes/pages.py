# ruff: noqa: S101, SLF001 - a tool may look inside
"""Pages and their tabs, and what stands open on them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget
from tools.scenes.scene import Scene
from tools.stage import LITTLE_KNOWN, Stage, story_contact

from accountplanner.desktop.pages.partners.page import PartnersPage
from accountplanner.desktop.pages.people import PeoplePage
from accountplanner.desktop.records.item_list import ItemList
from accountplanner.desktop.widgets.card_columns import CardColumns


def _area(name: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.area(name)
        return stage.window

    return show


def _account_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.accounts().account.tabs.show_tab(tab)
        stage.quiet()
        return stage.window

    return show


def _contact_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.contact().contact.tabs.show_tab(tab)
        stage.quiet()
        return stage.window

    return show


def _partner_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        page = stage.area("partners")
        assert isinstance(page, PartnersPage)
        stage.wait_for(lambda: bool(page.partner.title))
        page.partner.tabs.show_tab(tab)
        stage.quiet()
        return stage.window

    return show


def _settings_tab(tab: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.settings(tab)
        return stage.window

    return show


def _people(stage: Stage) -> QWidget:
    page = stage.area("people")
    assert isinstance(page, PeoplePage)
    page.show_record(story_contact(stage.session)[0])
    stage.quiet()
    return stage.window


def sensitive(stage: Stage) -> QWidget:
    """A person whose sensitive answers are open, one of them shown."""
    contact = stage.contact().contact
    contact.tabs.show_tab("profile")
    card = contact.special
    if not card._rows:
        card.action_requested.emit()
        stage.quiet()
    for row in card._rows.values():
        if row.show_button.isVisibleTo(card):
            row.show_button.click()
    stage.quiet()
    columns = stage.accounts_page().contact.cards.findChildren(CardColumns)[0]
    columns.ensureWidgetVisible(card)
    return stage.window


def _little_known(stage: Stage) -> QWidget:
    """An account of which little more than the name is known."""
    page = stage.accounts()
    page.show_record(stage.session.store.records_titled("account", LITTLE_KNOWN)[0])
    stage.wait_for(lambda: page.account.title == LITTLE_KNOWN)
    stage.quiet()
    return stage.window


def _editing(key: str, refused: str = "") -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        cards = stage.accounts().account.cards
        row = cards.rows_with(key).row(key)
        row.start_editing()
        if refused:
            row.refuse(refused)
        stage.quiet()
        return stage.window

    return show


def _plan_open(stage: Stage) -> QWidget:
    """The plan with one of its lines open."""
    view = stage.accounts().account
    view.tabs.show_tab("plan")
    stage.quiet()
    rows = [row for each in view._plan_tab.findChildren(ItemList) for row in each._rows.values()]
    if rows:
        rows[0].toggle()
    stage.quiet()
    return stage.window


PAGES: Final = (
    Scene("today", _area("today")),
    *(
        Scene(f"account-{tab}", _account_tab(tab))
        for tab in ("overview", "people", "timeline", "plan", "purchases", "partners", "ladder", "history")
    ),
    Scene("account-plan-open", _plan_open),
    Scene("account-little-known", _little_known),
    Scene("account-editing-text", _editing("city")),
    Scene("account-editing-long", _editing("key_problems")),
    Scene("account-refused", _editing("website", "This is no web address; it begins with https:// or www.")),
    Scene("contact", _contact_tab("profile")),
    Scene("contact-notes", _contact_tab("notes")),
    Scene("contact-history", _contact_tab("history")),
    Scene("contact-sensitive", sensitive),
    Scene("people", _people),
    *(Scene(f"partners-{tab}", _partner_tab(tab)) for tab in ("scope", "about", "notes", "history")),
    Scene("exchange", _area("exchange")),
    Scene("history", _area("history")),
    Scene("help", _area("help")),
    *(Scene(f"settings-{tab}", _settings_tab(tab)) for tab in ("look", "safety", "backups", "workspace", "about")),
)
