# ruff: noqa: S101, SLF001 - a tool may look inside
"""Dialogs and sheets over a record: made, merged, looked into, prepared for, erased."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QLineEdit, QWidget
from tools.scenes.lists import list_as_it_was
from tools.scenes.pages import sensitive
from tools.scenes.scene import Scene
from tools.stage import STORY, Stage

from accountplanner.desktop.dialogs.brief_dialog import BriefDialog
from accountplanner.desktop.dialogs.card_dialog import CardDialog
from accountplanner.desktop.dialogs.erase_dialog import EraseDialog
from accountplanner.desktop.dialogs.history_dialog import HistoryDialog
from accountplanner.desktop.dialogs.merge_dialog import MergeDialog
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.records.record_dialog import RecordDialog
from accountplanner.desktop.records.special_card import ConsentDialog
from accountplanner.desktop.widgets.popover import Popover


def _from_account(handler: str, kind: type[QWidget]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        getattr(stage.accounts().account, handler)()
        return stage.opened(kind)

    return show


def _from_contact(handler: str, kind: type[QWidget]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        getattr(stage.contact().contact, handler)()
        return stage.opened(kind)

    return show


def _record_menu(stage: Stage) -> QWidget:
    """What else can be done with an account."""
    return stage.popped_up(stage.accounts().account.header.menu)


def _new_record(stage: Stage) -> QWidget:
    stage.accounts().new_record()
    return stage.opened(NewRecordDialog)


def _new_record_refused(stage: Stage) -> QWidget:
    dialog = _new_record(stage)
    assert isinstance(dialog, NewRecordDialog)
    dialog.findChildren(QLineEdit)[0].setText(STORY)
    dialog.accept_button.click()
    stage.wait_for(dialog.accept_button.isEnabled)
    stage.quiet()
    return dialog


def _record(stage: Stage) -> QWidget:
    view = stage.accounts().account
    touches = [each for each in stage.session.store.every("touch") if each.values.get("account") == view.record]
    view._on_entry_opened(touches[0].record)
    return stage.opened(RecordDialog)


def _value_history(stage: Stage) -> QWidget:
    stage.accounts().account.cards.editing._on_history_requested("phone")
    return stage.opened(HistoryDialog)


def _brief(stage: Stage) -> QWidget:
    stage.accounts()
    stage.program.actions.run("brief")
    return stage.opened(BriefDialog)


def _trip(stage: Stage) -> QWidget:
    """The trip pack of three accounts chosen in the list."""
    list_as_it_was(stage)
    shown = stage.accounts().panel.list
    shown.clearSelection()
    for row in range(3):
        flags = QItemSelectionModel.SelectionFlag
        shown.selectionModel().select(shown.model().index(row, 0), flags.Select | flags.Rows)
    stage.accounts_page().panel.chosen.show_trip()
    return stage.opened(BriefDialog)


def _consent(stage: Stage) -> QWidget:
    sensitive(stage)
    card = stage.accounts_page().contact.special
    next(iter(card._rows.values())).edit.click()
    return stage.opened(ConsentDialog)


RECORD_DIALOGS: Final = (
    Scene("menu-record", _record_menu),
    Scene("dialog-new", _new_record, (NewRecordDialog,)),
    Scene("dialog-new-refused", _new_record_refused),
    Scene("dialog-new-contact", _from_account("_on_contact_wanted", NewRecordDialog)),
    Scene("dialog-merge", _from_account("_on_merge_wanted", MergeDialog), (MergeDialog,)),
    Scene("dialog-record", _record, (RecordDialog,)),
    Scene("dialog-value-history", _value_history, (HistoryDialog,)),
    Scene("dialog-brief", _brief, (BriefDialog,)),
    Scene("dialog-trip", _trip),
    Scene("sheet-knowledge", _from_account("_on_knowledge_asked", Popover), (Popover,)),
    Scene("sheet-health", _from_account("_on_health_asked", Popover)),
    Scene("dialog-card", _from_contact("_on_card_wanted", CardDialog), (CardDialog,)),
    Scene("dialog-erase", _from_contact("_on_erase_wanted", EraseDialog), (EraseDialog,)),
    Scene("dialog-consent", _consent, (ConsentDialog,)),
)
