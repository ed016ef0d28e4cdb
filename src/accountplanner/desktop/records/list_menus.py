"""The menus above a list: its order, its groups, its shape, and the filters kept under a name."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from accountplanner.desktop.records.list_lens import Order
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say, say_label
from accountplanner.usecases.grouping import RUNG, grouping_fields
from accountplanner.usecases.saved_filters import SavedFilter

_NOT_GROUPED: Final = ""


class OrderMenu(QMenu):
    """Offers the orders of a list; `order_chosen` carries one of them."""

    order_chosen = Signal(object)

    def __init__(self, orders: Sequence[Order], parent: QWidget) -> None:
        super().__init__(parent)
        self._orders = tuple(orders)
        self._group = QActionGroup(self)
        for place, order in enumerate(self._orders):
            action = QAction(order.text, self._group, checkable=True)
            action.setData(place)
            self.addAction(action)
        self._group.triggered.connect(self._on_triggered)

    def show_order(self, chosen: Order) -> None:
        """Tick the order in force; one that is not offered here ticks none."""
        self._group.setExclusive(False)
        for action in self._group.actions():
            action.setChecked(self._orders[action.data()] == chosen)
        self._group.setExclusive(True)

    def _on_triggered(self, action: QAction) -> None:
        self.order_chosen.emit(self._orders[action.data()])


class ViewMenu(QMenu):
    """What else there is to say about a list. Signals are wishes; `saved_chosen` and `saved_dropped` carry a filter."""

    group_chosen = Signal(str)
    table_wanted = Signal(bool)
    columns_wanted = Signal()
    keep_wanted = Signal()
    saved_chosen = Signal(object)
    saved_dropped = Signal(object)

    def __init__(self, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups = self._add_groups(kind)
        self.table = self.addAction(say("Show as a table"))
        self.table.setCheckable(True)
        self.table.triggered.connect(self.table_wanted)
        self.addAction(say("Choose columns")).triggered.connect(self.columns_wanted)
        self.addSeparator()
        self.addAction(say("Keep this filter")).triggered.connect(self.keep_wanted)
        self._saved = self.addMenu(say("Kept filters"))
        self._forget = self.addMenu(say("Forget a kept filter"))
        self._kept: list[_Kept] = []
        self.show_saved(())

    def show_group(self, key: str) -> None:
        """Tick what the list is grouped by."""
        for action in self._groups.actions():
            action.setChecked(action.data() == key)

    def show_saved(self, filters: Sequence[SavedFilter]) -> None:
        """Offer the filters that were kept."""
        self._saved.clear()
        self._forget.clear()
        self._kept = [_Kept(saved, self) for saved in filters]
        for kept in self._kept:
            self._saved.addAction(kept.saved.name).triggered.connect(kept.choose)
            self._forget.addAction(kept.saved.name).triggered.connect(kept.drop)
        self._saved.setEnabled(bool(filters))
        self._forget.setEnabled(bool(filters))

    def _add_groups(self, kind: str) -> QActionGroup:
        group = QActionGroup(self)
        menu = self.addMenu(say("Group by"))
        offers = [(_NOT_GROUPED, say("Not grouped"))]
        offers += [(RUNG, say("Rung"))] if kind == "account" else []
        offers += [(field.key, say_label(field.label)) for field in grouping_fields(kind)]
        for key, words in offers:
            action = QAction(words, group, checkable=True, checked=key == _NOT_GROUPED)
            action.setData(key)
            menu.addAction(action)
        group.triggered.connect(self._on_group_triggered)
        return group

    def _on_group_triggered(self, action: QAction) -> None:
        self.group_chosen.emit(action.data())


class _Kept(QObject):
    """One kept filter in the menu: Qt's signals carry no more than that it was pressed."""

    def __init__(self, saved: SavedFilter, menu: ViewMenu) -> None:
        super().__init__(menu)
        self.saved = saved
        self._menu = menu

    def choose(self) -> None:
        self._menu.saved_chosen.emit(self.saved)

    def drop(self) -> None:
        self._menu.saved_dropped.emit(self.saved)


class KeepDialog(FormDialog):
    """Asks what a filter is to be called; `named` carries it."""

    named = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        explanation = say("Search, filters, order and groups are kept on this computer.")
        super().__init__(theme, say("Keep this filter"), say("Keep"), explanation=explanation, parent=parent)
        self.name = QLineEdit()
        self.add_field(say("Name"), self.name)
        self.name.textChanged.connect(self._on_name_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self.allow_accept(is_allowed=False)

    def _on_name_changed(self, text: str) -> None:
        self.allow_accept(is_allowed=bool(text.strip()))

    def _on_accept_requested(self) -> None:
        self.named.emit(self.name.text().strip())
        self.accept()
