"""The list of a page as people look through it, and the dialogs it opens."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget
from tools.scenes.scene import Scene
from tools.stage import Stage

from accountplanner.desktop.records.list_filters import FilterDialog
from accountplanner.desktop.records.list_many import BulkEditDialog
from accountplanner.desktop.records.list_menus import KeepDialog
from accountplanner.desktop.records.list_panel import ListPanel
from accountplanner.desktop.records.list_table import ColumnsDialog
from accountplanner.usecases.browsing import Condition, Operator


def list_as_it_was(stage: Stage) -> None:
    """Take away what an earlier scene narrowed, grouped or laid out as a table."""
    panel = stage.accounts_page().panel
    panel.show_table(is_table=False)
    panel.head.look_through(replace(panel.head.lens, group=""))
    panel.head.show_all()
    stage.quiet()


def _list_filtered(stage: Stage) -> QWidget:
    head = stage.accounts().panel.head
    head.add_condition(Condition("tier", Operator.KNOWN), "Tier is known")
    head.look_through(replace(head.lens, group="tier"))
    stage.quiet()
    return stage.window


def _list_many(stage: Stage) -> QWidget:
    list_as_it_was(stage)
    shown = stage.accounts().panel.list
    shown.selectAll()
    shown.scrollTo(shown.currentIndex())
    stage.quiet()
    return stage.window


def _list_table(stage: Stage) -> QWidget:
    list_as_it_was(stage)
    stage.accounts().panel.show_table(is_table=True)
    stage.quiet()
    return stage.window


def _list_empty(stage: Stage) -> QWidget:
    list_as_it_was(stage)
    panel = stage.accounts().panel
    panel.search.setText("nobody is called this")
    panel.search.returnPressed.emit()
    stage.wait_for(panel.empty.isVisible)
    stage.quiet()
    return stage.window


def _list_menu(stage: Stage) -> QWidget:
    """What else can be done with a list."""
    list_as_it_was(stage)
    return stage.popped_up(stage.accounts().panel.head.menu)


def _over_list(ask: Callable[[ListPanel], object], kind: type[QDialog]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        list_as_it_was(stage)
        panel = stage.accounts().panel
        if kind is BulkEditDialog:
            panel.list.selectAll()
        ask(panel)
        return stage.opened(kind)

    return show


LISTS: Final = (
    Scene("list-groups", _list_filtered),
    Scene("list-many", _list_many),
    Scene("list-table", _list_table),
    Scene("list-empty", _list_empty),
    Scene("menu-list", _list_menu),
)


LIST_DIALOGS: Final = (
    Scene("dialog-filter", _over_list(lambda panel: panel.asking.ask_for_filter(), FilterDialog), (FilterDialog,)),
    Scene("dialog-columns", _over_list(lambda panel: panel.ask_for_columns(), ColumnsDialog), (ColumnsDialog,)),
    Scene("dialog-keep", _over_list(lambda panel: panel.asking.ask_for_name(), KeepDialog), (KeepDialog,)),
    Scene("dialog-change", _over_list(lambda panel: panel.chosen.ask_for_change(), BulkEditDialog), (BulkEditDialog,)),
)
