"""The list at the left of a page: search, filters, order, groups, and rows that are read as one looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.records.list_filters import ConditionChips, FilterDialog, condition_words
from accountplanner.desktop.records.list_lens import Found, Lens, Narrow, Order, find_all, find_beginning, lens_of
from accountplanner.desktop.records.list_many import BulkEditDialog, SelectionBar, copy_table
from accountplanner.desktop.records.list_menus import KeepDialog, OrderMenu, ViewMenu
from accountplanner.desktop.records.list_rows import ListRows, Read, TableRows
from accountplanner.desktop.records.list_table import ColumnsDialog, RecordTable
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.paged_list_model import PAGE_ROWS
from accountplanner.desktop.widgets.paged_view import PagedView
from accountplanner.desktop.widgets.record_list import RecordList, RecordLook
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.browsing import Condition
from accountplanner.usecases.listing import usual_columns
from accountplanner.usecases.saved_filters import (
    SavedFilter,
    choose_columns,
    drop_filter,
    list_columns,
    save_filter,
    saved_filters,
)
from accountplanner.usecases.session import Session

__all__ = ["ListPanel", "ListPlan", "Order"]

_MANY_READ_AGAIN: Final = 2_000


@dataclass(frozen=True)
class ListPlan:
    """What a list shows and what it says.

    `read` returns the id and the look of each row behind some numbers. `narrow` turns chosen
    chips into a query, or into nothing where the filter can match nobody. `watched` are the
    record kinds whose changes concern the list.
    """

    kind: str
    title: str
    read: Read
    narrow: Narrow
    search_words: str
    nothing_yet: str
    first_step: str
    new_words: str = ""
    chips: tuple[tuple[str, str], ...] = ()
    orders: tuple[Order, ...] = ()
    watched: frozenset[str] = field(default_factory=frozenset)


class ListPanel(QWidget):
    """Shows the records of one kind. `record_selected` carries the record's id, `new_requested` is a wish.

    `step_requested` comes from the button of the empty list, `table_shown` when the list becomes a table that wants
    the whole page, or a list again.
    """

    record_selected = Signal(str)
    record_opened = Signal(str)
    new_requested = Signal()
    step_requested = Signal()
    emptied = Signal()
    table_shown = Signal(bool)

    def __init__(self, desk: Desk, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan = plan
        first = plan.orders[0] if plan.orders else Order("", "")
        self._lens = Lens(plan.kind, chip=self._first_chip(), order=first)
        self._words: dict[Condition, str] = {}
        self._wanted = ""
        self._is_announced = False
        self._is_whole = False
        self._searching = Reading(None)
        self._columns: tuple[str, ...] = usual_columns(plan.kind)
        self.table: RecordTable | None = None
        self._view: PagedView
        self._table_rows: TableRows | None = None
        self._stack = QStackedWidget()
        self.empty = EmptyState(desk.theme, "", "", "info")
        self._build_widgets()
        self._build_layout()
        self._connect()

    def refresh(self) -> None:
        """Ask again which records belong in the list: its beginning first, which is what one sees."""
        self._searching.drop()
        lens, narrow = self._lens, self._plan.narrow
        if lens.group:
            self._searching = self._desk.read(partial(find_all, lens=lens, narrow=narrow), self._on_found)
            return
        work = partial(_beginning, lens=lens, plan=self._plan)
        self._searching = self._desk.read(work, self._on_beginning_found)

    def selected(self) -> str:
        """The id of the record that is selected, empty for none."""
        return self._rows.record_of(self.list.selected_id())

    def select_record(self, record: str) -> None:
        """Select a record, now or as soon as the list holds it."""
        self._wanted = record
        self.show_table(is_table=False)
        number = self._rows.number_of(record)
        if number and self._rows.model.place_of(number) is not None:
            self._wanted = ""
            self.list.select(number)
            return
        self._desk.read(partial(_number_of, record=record), self._on_number_read)

    def ask_for_filter(self) -> None:
        """Ask which field must hold what."""
        dialog = FilterDialog(self._desk, self._plan.kind, self.window())
        dialog.condition_made.connect(self._on_condition_made)
        dialog.open()

    def ask_for_change(self) -> None:
        """Ask what to change in the selected records."""
        numbers = self._selected_numbers()
        if numbers:
            BulkEditDialog(self._desk, self._plan.kind, numbers, self.window()).open()

    def copy_selection(self) -> None:
        """Put the selected records onto the clipboard, with the columns of the table."""
        numbers = self._selected_numbers()
        if numbers:
            copy_table(self._desk, self._plan.kind, numbers, self._columns)

    def ask_for_columns(self) -> None:
        """Ask which columns the table has."""
        dialog = ColumnsDialog(self._desk.theme, self._plan.kind, self._columns, self.window())
        dialog.columns_chosen.connect(self._on_columns_chosen)
        dialog.open()

    def ask_for_name(self) -> None:
        """Ask what to keep the filter as."""
        dialog = KeepDialog(self._desk.theme, self.window())
        dialog.named.connect(self._on_named)
        dialog.open()

    def show_table(self, *, is_table: bool) -> None:
        """Become a table over the whole page, or a list beside one record again."""
        if is_table == self.is_table:
            return
        view = self._made_table() if is_table else self.list
        if self._stack.currentWidget() is not self.empty:
            self._stack.setCurrentWidget(view)
        self._view = view
        self._menu.table.setChecked(is_table)
        self.setFocusProxy(view)
        self.table_shown.emit(is_table)
        self.refresh()
        view.setFocus()

    def toggle_table(self) -> None:
        """Become what the list is not: a table, or a list."""
        self.show_table(is_table=not self.is_table)

    @property
    def is_table(self) -> bool:
        """Whether the list is a table now."""
        return self.table is not None and self._view is self.table

    def _first_chip(self) -> str:
        return self._plan.chips[0][0] if self._plan.chips else ""

    def _build_widgets(self) -> None:
        theme, plan = self._desk.theme, self._plan
        self._title = Label(plan.title, "title")
        self._count = Label("", "body", "muted")
        self.new_button = Button(theme, say("New"), icon="add")
        self.new_button.setAccessibleName(plan.new_words)
        self.search = SearchField(theme, plan.search_words)
        self._chips = FilterChips(theme, plan.chips)
        self._conditions = ConditionChips(theme)
        self._sort = IconButton(theme, "sort", say("Order of the list"))
        self._orders = OrderMenu(plan.orders, self)
        self._orders.show_order(self._lens.order)
        self._sort.setMenu(self._orders)
        self._filter = IconButton(theme, "filter", say("Filter this list"))
        self._more = IconButton(theme, "more", say("Groups, table and kept filters"))
        self._menu = ViewMenu(plan.kind, self)
        self._more.setMenu(self._menu)
        self._rows = ListRows(self._desk, plan.read, self)
        self.list = RecordList(theme, self._rows.model, plan.title)
        self._view = self.list
        self.selection = SelectionBar(theme)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.list)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.SMALL, 0)
        column.setSpacing(Space.SMALL)
        head, seek = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(Space.HAIR, 0, Space.SMALL, 0)
        head.setSpacing(Space.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.new_button)
        seek.setContentsMargins(0, 0, Space.SMALL, 0)
        seek.setSpacing(Space.HAIR)
        seek.addWidget(self.search, 1)
        for button in (self._sort, self._filter, self._more):
            seek.addWidget(button)
        column.addLayout(head)
        column.addLayout(seek)
        column.addWidget(self._chips)
        column.addWidget(self._conditions)
        column.addWidget(self._stack, 1)
        column.addWidget(self.selection)
        # Only now: without a parent each of these would open as a window for a moment.
        self.new_button.setVisible(bool(self._plan.new_words))
        self._sort.setVisible(len(self._plan.orders) > 1)
        self._chips.setVisible(bool(self._plan.chips))
        self._conditions.show_conditions(())
        self._on_selection_counted(0)

    def _connect(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.list_requested.connect(self._on_list_requested)
        self._chips.filters_changed.connect(self._on_filters_changed)
        self._conditions.removed.connect(self._on_condition_removed)
        self._filter.clicked.connect(self.ask_for_filter)
        self._connect_view(self.list)
        self._rows.known.connect(self._on_rows_known)
        self.selection.change_requested.connect(self.ask_for_change)
        self.selection.copy_requested.connect(self.copy_selection)
        self.new_button.clicked.connect(self.new_requested)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self._connect_menus()
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.opened.connect(self._read_kept)
        self._desk.closing.connect(self._on_closing)
        self._read_kept()

    def _connect_menus(self) -> None:
        self._orders.order_chosen.connect(self._on_order_chosen)
        self._menu.group_chosen.connect(self._on_group_chosen)
        self._menu.table_wanted.connect(self._on_table_wanted)
        self._menu.columns_wanted.connect(self.ask_for_columns)
        self._menu.keep_wanted.connect(self.ask_for_name)
        self._menu.saved_chosen.connect(self._on_saved_chosen)
        self._menu.saved_dropped.connect(self._on_saved_dropped)

    def _connect_view(self, view: PagedView) -> None:
        view.record_selected.connect(self._on_list_record_selected)
        view.record_opened.connect(self._on_list_record_opened)
        view.letters_typed.connect(self._on_letters_typed)
        view.selection_counted.connect(self._on_selection_counted)
        view.copy_requested.connect(self.copy_selection)

    def _made_table(self) -> RecordTable:
        if self.table is None:
            self._table_rows = TableRows(self._desk, self._plan.kind, self)
            self._table_rows.show_columns(self._columns)
            self.table = RecordTable(self._desk.theme, self._table_rows.model, self._plan.title)
            self.table.sort_requested.connect(self._on_sort_requested)
            self._connect_view(self.table)
            self._stack.addWidget(self.table)
        return self.table

    def _look_through(self, lens: Lens) -> None:
        """Look at the list in another way, and let everything above it say so."""
        self._lens = lens
        self._chips.choose(lens.chip)
        if self.search.text().strip() != lens.text:
            self.search.show_text(lens.text)
        self._orders.show_order(lens.order)
        self._menu.show_group(lens.group)
        self._conditions.show_conditions([(each, self._words.get(each, each.field)) for each in lens.conditions])
        if self.table is not None:
            self.table.show_sorting(lens.order.sort, is_descending=lens.order.descending)
        self.refresh()

    def _on_beginning_found(self, found: tuple[Found, Sequence[tuple[str, RecordLook]]]) -> None:
        beginning, looks = found
        self._is_whole = beginning.is_whole
        self._rows.take(looks)
        if beginning.is_whole:
            self._show(beginning)
            return
        self._model_ids(beginning, is_more=False)
        self._stack.setCurrentWidget(self._view)
        work = partial(find_all, lens=self._lens, narrow=self._plan.narrow)
        self._searching = self._desk.read(work, self._on_rest_found)

    def _on_rest_found(self, found: Found) -> None:
        self._show(found, is_more=True)

    def _on_found(self, found: Found) -> None:
        self._show(found)

    def _model_ids(self, found: Found, *, is_more: bool) -> None:
        if self.is_table and self._table_rows is not None:
            self._table_rows.show(found, is_more=is_more)
        else:
            self._rows.show(found, is_more=is_more)

    def _show(self, found: Found, *, is_more: bool = False) -> None:
        self._is_whole = True
        self._model_ids(found, is_more=is_more)
        shown = self._desk.formats.number(found.count)
        self._count.setText(shown)
        self._count.setAccessibleName(say("{count} in the list", count=shown))
        if found.count:
            self._stack.setCurrentWidget(self._view)
            self._keep_a_selection()
        else:
            self._show_empty(found.everybody)

    def _keep_a_selection(self) -> None:
        if self._wanted:
            self.select_record(self._wanted)
        elif not self._view.selected_id():
            self._view.select_first()
        elif not self._is_announced:
            # The view has put its selection back by itself, which is no choice of anybody's.
            self._on_list_record_selected(self._view.selected_id())

    def _show_empty(self, everybody: int) -> None:
        if everybody:
            self.empty.show_sentence(say("Nothing matches this search and filter."), say("Show all"))
        else:
            self.empty.show_sentence(self._plan.nothing_yet, self._plan.first_step)
            self.emptied.emit()
        self._stack.setCurrentWidget(self.empty)

    def _is_narrowed(self) -> bool:
        return bool(self._lens.text or self._lens.conditions or self._lens.chip != self._first_chip())

    def _on_empty_action_requested(self) -> None:
        if self._is_narrowed():
            self._look_through(self._lens.without_narrowing(self._first_chip()))
        else:
            self.step_requested.emit()

    def _on_number_read(self, number: str) -> None:
        if number and self._wanted and self._rows.model.place_of(number) is not None:
            self._rows.know(number, self._wanted)
            self._wanted = ""
            self.list.select(number)
        elif number and self._wanted and self._is_whole and self._is_narrowed():
            # The record is there, but filtered out: somebody asked for it by name, so the filter gives way.
            self._look_through(self._lens.without_narrowing(self._first_chip()))

    def _on_rows_known(self) -> None:
        if self._wanted:
            self.select_record(self._wanted)

    def _on_list_record_selected(self, number: str) -> None:
        if not number or self.is_table:
            return
        self._is_announced = True
        if record := self._rows.record_of(number):
            self.record_selected.emit(record)
        else:
            self._desk.read(partial(_row, number=int(number), read=self._plan.read), self._on_selected_row_read)

    def _on_selected_row_read(self, rows: Sequence[tuple[str, RecordLook]]) -> None:
        for record, look in rows:
            self._rows.know(look.id, record)
            if look.id == self.list.selected_id():
                self.record_selected.emit(record)

    def _on_list_record_opened(self, number: str) -> None:
        if self.is_table and self._table_rows is not None:
            self.select_record(self._table_rows.record_of(number))
        elif record := self._rows.record_of(number):
            self.record_opened.emit(record)

    def _on_letters_typed(self, letters: str) -> None:
        self.search.setFocus()
        self.search.insert(letters)

    def _on_list_requested(self) -> None:
        self._view.setFocus()

    def _on_searched(self, text: str) -> None:
        self._lens = replace(self._lens, text=text)
        self.refresh()

    def _on_filters_changed(self, chosen: tuple[str, ...]) -> None:
        self._lens = replace(self._lens, chip=chosen[0] if chosen else "")
        self.refresh()

    def _on_condition_made(self, condition: Condition, words: str) -> None:
        self._words[condition] = words
        kept = tuple(each for each in self._lens.conditions if each != condition)
        self._look_through(replace(self._lens, conditions=(*kept, condition)))

    def _on_condition_removed(self, condition: Condition) -> None:
        kept = tuple(each for each in self._lens.conditions if each != condition)
        self._look_through(replace(self._lens, conditions=kept))

    def _on_order_chosen(self, order: Order) -> None:
        self._look_through(replace(self._lens, order=order))

    def _on_sort_requested(self, key: str) -> None:
        now = self._lens.order
        self._look_through(replace(self._lens, order=Order("", key, now.sort == key and not now.descending)))

    def _on_group_chosen(self, key: str) -> None:
        self.show_table(is_table=False)
        self._look_through(replace(self._lens, group=key))

    def _on_table_wanted(self, is_table: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.show_table(is_table=is_table)

    def _on_columns_chosen(self, keys: tuple[str, ...]) -> None:
        self._desk.write(say("Choosing columns"), partial(choose_columns, kind=self._plan.kind, keys=keys))
        self._show_columns(keys)
        self.show_table(is_table=True)

    def _show_columns(self, keys: tuple[str, ...]) -> None:
        self._columns = keys or self._columns
        if self._table_rows is not None:
            self._table_rows.show_columns(self._columns)

    def _on_named(self, name: str) -> None:
        work = partial(_keep, saved=self._lens.saved(name))
        self._desk.write(say("Keeping the filter"), work, self._on_kept_read)

    def _on_saved_dropped(self, saved: SavedFilter) -> None:
        self._desk.write(say("Forgetting the filter"), partial(_drop, saved=saved), self._on_kept_read)

    def _on_saved_chosen(self, saved: SavedFilter) -> None:
        self._desk.read(partial(_worded, saved=saved), self._on_worded)

    def _on_worded(self, worded: tuple[SavedFilter, dict[Condition, str]]) -> None:
        saved, words = worded
        self._words |= words
        self._look_through(lens_of(saved, self._plan.orders))

    def _read_kept(self) -> None:
        self._desk.read(partial(saved_filters, kind=self._plan.kind), self._on_kept_read)
        self._desk.read(partial(list_columns, kind=self._plan.kind), self._show_columns)

    def _on_kept_read(self, filters: Sequence[SavedFilter]) -> None:
        self._menu.show_saved(filters)

    def _selected_numbers(self) -> list[int]:
        return [int(each) for each in self._view.selected_ids()]

    def _on_selection_counted(self, count: int) -> None:
        self.selection.show_count(count, say_count("{count} selected", "{count} selected", count))

    def _on_changes_announced(self, changes: Changes) -> None:
        if not changes.kinds & self._plan.watched:
            return
        if self._plan.kind in changes.kinds or len(changes.records) > 1:
            self.refresh()
        self._rows.read_again(changes.records, _MANY_READ_AGAIN)
        if self._table_rows is not None:
            self._table_rows.read_again(changes.records, _MANY_READ_AGAIN)

    def _on_closing(self) -> None:
        # What is still being read belongs to a workspace that is being let go of.
        self._searching.drop()
        self._is_announced = False
        self._words.clear()
        self._menu.show_saved(())
        self._rows.forget()
        if self._table_rows is not None:
            self._table_rows.forget()


def _beginning(session: Session, lens: Lens, plan: ListPlan) -> tuple[Found, Sequence[tuple[str, RecordLook]]]:
    found = find_beginning(session, lens, plan.narrow, PAGE_ROWS)
    return found, plan.read(session, [int(each) for each in found.ids])


def _row(session: Session, number: int, read: Read) -> Sequence[tuple[str, RecordLook]]:
    return read(session, [number])


def _number_of(session: Session, record: str) -> str:
    held = session.store.record(record)
    return str(held.number) if held is not None else ""


def _keep(session: Session, saved: SavedFilter) -> list[SavedFilter]:
    save_filter(session, saved)
    return saved_filters(session, saved.kind)


def _drop(session: Session, saved: SavedFilter) -> list[SavedFilter]:
    drop_filter(session, saved.kind, saved.name)
    return saved_filters(session, saved.kind)


def _worded(session: Session, saved: SavedFilter) -> tuple[SavedFilter, dict[Condition, str]]:
    titles = session.store.titles([each.value for each in saved.conditions if ":" in each.value])
    words = {each: condition_words(each, saved.kind, titles.get(each.value, "")) for each in saved.conditions}
    return saved, words
