"""Asks how a list is to be looked at: by which filter, with which columns, and kept by which name."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_filters import FilterDialog
from accountplanner.desktop.records.list_menus import KeepDialog
from accountplanner.desktop.records.list_plan import ListPlan
from accountplanner.desktop.records.list_table import ColumnsDialog


class ListAsking(QObject):
    """Opens its dialogs over the window of a list.

    `condition_made` carries a condition and its words, `field_chosen` the field one is being made for,
    `columns_chosen` the keys of the columns in their order, `named` what the filter is kept as.
    """

    condition_made = Signal(object, str)
    field_chosen = Signal(str)
    columns_chosen = Signal(object)
    named = Signal(str)

    def __init__(self, desk: Desk, plan: ListPlan, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._plan = plan
        self._over = over

    def ask_for_filter(self) -> None:
        """Ask which field must hold what."""
        dialog = FilterDialog(self._desk, self._plan.kind, self._over.window())
        dialog.condition_made.connect(self.condition_made)
        dialog.field_chosen.connect(self.field_chosen)
        dialog.open()

    def ask_for_columns(self, shown: tuple[str, ...]) -> None:
        """Ask which columns the table has."""
        dialog = ColumnsDialog(self._desk.theme, self._plan.kind, shown, self._over.window())
        dialog.columns_chosen.connect(self.columns_chosen)
        dialog.open()

    def ask_for_name(self) -> None:
        """Ask what to keep the filter as."""
        dialog = KeepDialog(self._desk.theme, self._over.window())
        dialog.named.connect(self.named)
        dialog.open()
