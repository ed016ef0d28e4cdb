"""Asking a list where one of its values comes from: Alt+Enter on a cell, or its menu."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.record_editing import show_history
from accountplanner.desktop.widgets.rows_model import RowsModel
from accountplanner.desktop.wording import say


class CellSources(QObject):
    """Opens the history of the value in a cell. `fields` names the field behind a column by its number."""

    def __init__(self, desk: Desk, table: QAbstractItemView, fields: Mapping[int, str]) -> None:
        super().__init__(table)
        self._desk = desk
        self._table = table
        self._fields = dict(fields)
        self.ask = QAction(say("Where does this come from?"), table)
        self.ask.setShortcuts([QKeySequence("Alt+Return"), QKeySequence("Alt+Enter")])
        self.ask.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.ask.triggered.connect(self._on_asked)
        table.addAction(self.ask)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu_requested)

    def _on_asked(self) -> None:
        index = self._table.currentIndex()
        model = self._table.model()
        field = self._fields.get(index.column(), next(iter(self._fields.values())))
        if index.isValid() and isinstance(model, RowsModel):
            show_history(self._desk, model.key_at(index), field, self._table)

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self._table.indexAt(place)
        if index.isValid():
            self._table.setCurrentIndex(index)
            menu = QMenu(self._table)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.ask)
            menu.popup(self._table.viewport().mapToGlobal(place))
