"""The shapes a list has: lines beside one record, a table over the whole page, or a sentence where nothing is."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_lens import Found, Order
from accountplanner.desktop.records.list_plan import ListPlan
from accountplanner.desktop.records.list_rows import ListRows, TableRows
from accountplanner.desktop.records.list_table import RecordTable
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.record_list import RecordList
from accountplanner.usecases.listing import usual_columns

_MANY_READ_AGAIN: Final = 2_000


class ListShapes(QStackedWidget):
    """Shows the records of a list as lines or as a table. The table is made when it is first wanted.

    `view` is the shape in use, also while the empty sentence stands in its place. `table_made` carries the table,
    for whoever listens to the views.
    """

    table_made = Signal(object)

    def __init__(self, desk: Desk, plan: ListPlan) -> None:
        super().__init__()
        self._desk = desk
        self._plan = plan
        self._order = plan.first_lens.order
        self.columns: tuple[str, ...] = usual_columns(plan.kind)
        self.rows = ListRows(desk, plan.read, self)
        self.list = RecordList(desk.theme, self.rows.model, plan.title)
        self.table: RecordTable | None = None
        self.table_rows: TableRows | None = None
        self.empty = EmptyState(desk.theme, "", "", "info")
        self.view: RecordList | RecordTable = self.list
        self.currentChanged.connect(self._on_current_changed)
        self.addWidget(self.list)
        self.addWidget(self.empty)

    @property
    def is_table(self) -> bool:
        """Whether the list is a table now."""
        return self.table is not None and self.view is self.table

    def become(self, *, table: bool) -> None:
        """Take the one shape or the other."""
        self.view = self.made_table() if table else self.list
        if self.currentWidget() is not self.empty:
            self.setCurrentWidget(self.view)

    def made_table(self) -> RecordTable:
        """The table, made when it is first asked for."""
        if self.table is None:
            self.table_rows = TableRows(self._desk, self._plan.kind, self)
            self.table_rows.show_columns(self.columns)
            self.table = RecordTable(self._desk.theme, self.table_rows.model, self._plan.title)
            self.show_order(self._order)
            self.addWidget(self.table)
            self.table_made.emit(self.table)
        return self.table

    def show_records(self, found: Found, *, is_more: bool = False) -> None:
        """Show what was found: another list, or the rest of the one whose beginning is shown."""
        if self.is_table and self.table_rows is not None:
            self.table_rows.show(found, is_more=is_more)
        else:
            self.rows.show(found, is_more=is_more)
        self._turn_to(self.view)

    def show_sentence(self, sentence: str, step: str) -> None:
        """Say why nothing is here, and offer a way on."""
        self.empty.show_sentence(sentence, step)
        self._turn_to(self.empty)

    def _turn_to(self, shape: QWidget) -> None:
        """Bring a shape to the front, the keyboard with it."""
        had_focus = holds_keyboard(self)
        self.setCurrentWidget(shape)
        if had_focus:
            shape.setFocus()

    def _on_current_changed(self, _at: object) -> None:
        # A list that stands behind the sentence cannot take the keyboard: Qt would give it to whatever comes next.
        self.setFocusProxy(self.currentWidget() or self.list)

    def show_columns(self, keys: Sequence[str]) -> None:
        """Give the table these columns; none keeps those it has."""
        self.columns = tuple(keys) or self.columns
        if self.table_rows is not None:
            self.table_rows.show_columns(self.columns)

    def show_order(self, order: Order) -> None:
        """Mark the column the table is sorted by."""
        self._order = order
        if self.table is not None:
            self.table.show_sorting(order.sort, is_descending=order.descending)

    def read_again(self, records: Collection[str]) -> None:
        """Read the rows of these records again."""
        self.rows.read_again(records, _MANY_READ_AGAIN)
        if self.table_rows is not None:
            self.table_rows.read_again(records, _MANY_READ_AGAIN)

    def forget(self) -> None:
        """Show nothing of anybody."""
        self.rows.forget()
        if self.table_rows is not None:
            self.table_rows.forget()
