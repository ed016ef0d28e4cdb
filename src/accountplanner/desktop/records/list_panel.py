"""The list at the left of a page: what it is looked at through, and rows that are read as one looks at them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.chosen_records import ChosenRecords
from accountplanner.desktop.records.list_asking import ListAsking
from accountplanner.desktop.records.list_head import ListHead
from accountplanner.desktop.records.list_kept import KeptWays
from accountplanner.desktop.records.list_lens import Found, lens_of
from accountplanner.desktop.records.list_many import SelectionBar
from accountplanner.desktop.records.list_plan import ListPlan
from accountplanner.desktop.records.list_reading import ListReading, Rows
from accountplanner.desktop.records.list_shapes import ListShapes
from accountplanner.desktop.records.list_table import RecordTable
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.paged_view import PagedView
from accountplanner.desktop.widgets.when_seen import WhenSeen
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.briefs import KINDS as BRIEFED
from accountplanner.domain.changes import Changes
from accountplanner.usecases.browsing import Condition
from accountplanner.usecases.listing import number_of
from accountplanner.usecases.saved_filters import SavedFilter
from accountplanner.usecases.session import Session


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
        self._wanted = ""
        self._is_announced = False
        self._is_whole = False
        self._reading = ListReading(desk, plan, self)
        self._kept = KeptWays(desk, plan.kind, self)
        self._refreshing = WhenSeen(self, self.refresh)
        self._build_widgets()
        self.asking = ListAsking(desk, plan, self)
        self.chosen = ChosenRecords(desk, plan, self._shapes, self)
        self._build_layout()
        self._connect()

    def refresh(self) -> None:
        """Ask again which records belong in the list: its beginning first, which is what one sees."""
        self._reading.ask(self.head.lens)

    def selected(self) -> str:
        """The id of the record that is selected, empty for none."""
        return self._shapes.rows.record_of(self.list.selected_id())

    def select_record(self, record: str) -> None:
        """Select a record, now or as soon as the list holds it."""
        self._wanted = record
        self.show_table(is_table=False)
        number = self._shapes.rows.number_of(record)
        if number and self._shapes.rows.model.place_of(number) is not None:
            self._wanted = ""
            self.list.select(number)
            return
        self._desk.read(partial(_number_of, record=record), self._on_number_read)

    def ask_for_columns(self) -> None:
        """Ask which columns the table has."""
        self.asking.ask_for_columns(self._shapes.columns)

    def show_table(self, *, is_table: bool) -> None:
        """Become a table over the whole page, or a list beside one record again."""
        if is_table == self.is_table:
            return
        self._shapes.become(table=is_table)
        self.head.menu.table.setChecked(is_table)
        self.table_shown.emit(is_table)
        self.refresh()
        if is_table:
            self._prepare_columns()
        self._shapes.view.setFocus()

    def toggle_table(self) -> None:
        """Become what the list is not: a table, or a list."""
        self.show_table(is_table=not self.is_table)

    @property
    def is_table(self) -> bool:
        """Whether the list is a table now."""
        return self._shapes.is_table

    @property
    def table(self) -> RecordTable:
        """The list as a table."""
        return self._shapes.made_table()

    def _build_widgets(self) -> None:
        self.head = ListHead(self._desk, self._plan)
        self.search = self.head.search
        self._shapes = ListShapes(self._desk, self._plan)
        self.list = self._shapes.list
        self.empty = self._shapes.empty
        self.selection = SelectionBar(self._desk.theme, has_briefs=self._plan.kind in BRIEFED)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self._shapes)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.SMALL, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.head)
        column.addWidget(self._shapes, 1)
        column.addWidget(self.selection)
        self._on_selection_counted(0)

    def _connect(self) -> None:
        self._connect_head()
        self._connect_view(self.list)
        self._shapes.table_made.connect(self._on_table_made)
        self._shapes.rows.known.connect(self._on_rows_known)
        self._reading.beginning_found.connect(self._on_beginning_found)
        self._reading.rest_found.connect(self._on_rest_found)
        self._reading.found.connect(self._on_found)
        self._kept.worded.connect(self._on_worded)
        self._kept.filters_read.connect(self.head.menu.show_saved)
        self._kept.columns_read.connect(self._shapes.show_columns)
        self.selection.change_requested.connect(self.chosen.ask_for_change)
        self.selection.copy_requested.connect(self.chosen.copy)
        self.selection.trip_requested.connect(self.chosen.show_trip)
        self.asking.condition_made.connect(self.head.add_condition)
        self.asking.field_chosen.connect(self._on_filter_field_chosen)
        self.asking.columns_chosen.connect(self._on_columns_chosen)
        self.asking.named.connect(self._on_named)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.settled.connect(self._kept.read)
        self._desk.closing.connect(self._on_closing)
        self._kept.read()

    def _connect_head(self) -> None:
        self.head.lens_chosen.connect(self._on_lens_chosen)
        self.head.filter_wanted.connect(self.asking.ask_for_filter)
        self.head.conditions.left.connect(self._on_list_requested)
        self.head.new_requested.connect(self.new_requested)
        self.search.list_requested.connect(self._on_list_requested)
        menu = self.head.menu
        menu.group_chosen.connect(self._on_group_chosen)
        menu.table_wanted.connect(self._on_table_wanted)
        menu.columns_wanted.connect(self.ask_for_columns)
        menu.keep_wanted.connect(self.asking.ask_for_name)
        menu.saved_chosen.connect(self._kept.choose)
        menu.saved_dropped.connect(self._kept.drop)

    def _connect_view(self, view: PagedView) -> None:
        view.record_selected.connect(self._on_list_record_selected)
        view.record_opened.connect(self._on_list_record_opened)
        view.letters_typed.connect(self._on_letters_typed)
        view.selection_counted.connect(self._on_selection_counted)
        view.copy_requested.connect(self.chosen.copy)

    def _on_table_made(self, table: RecordTable) -> None:
        table.sort_requested.connect(self.head.sort_by)
        self._connect_view(table)

    def _on_lens_chosen(self) -> None:
        self._shapes.show_order(self.head.lens.order)
        self.refresh()

    def _on_beginning_found(self, beginning: Found, rows: Rows) -> None:
        self._is_whole = beginning.is_whole
        self._shapes.rows.take(rows)
        if beginning.is_whole:
            self._on_found(beginning)
        else:
            self._shapes.show_records(beginning)

    def _on_rest_found(self, found: Found) -> None:
        self._show(found, is_more=True)

    def _on_found(self, found: Found) -> None:
        self._show(found)

    def _show(self, found: Found, *, is_more: bool = False) -> None:
        self._is_whole = True
        self.head.show_count(found.count)
        self._shapes.show_records(found, is_more=is_more)
        if found.count:
            self._keep_a_selection()
        else:
            self._show_empty(found.everybody)

    def _keep_a_selection(self) -> None:
        view = self._shapes.view
        if self._wanted:
            self.select_record(self._wanted)
        elif not view.selected_id():
            view.select_first()
        elif not self._is_announced:
            # The view has put its selection back by itself, which is no choice of anybody's.
            self._on_list_record_selected(view.selected_id())

    def _show_empty(self, everybody: int) -> None:
        if everybody:
            self._shapes.show_sentence(say("Nothing matches this search and filter."), say("Show all"))
        else:
            self._shapes.show_sentence(self._plan.nothing_yet, self._plan.first_step)
            self.emptied.emit()

    def _on_empty_action_requested(self) -> None:
        if self.head.is_narrowed:
            self.head.show_all()
        else:
            self.step_requested.emit()

    def _on_number_read(self, number: str) -> None:
        if not number or not self._wanted:
            return
        if self._shapes.rows.model.place_of(number) is not None:
            self._shapes.rows.know(number, self._wanted)
            self._wanted = ""
            self.list.select(number)
        elif self._is_whole and self.head.is_narrowed:
            # The record is there, but filtered out: somebody asked for it by name, so the filter gives way.
            self.head.show_all()

    def _on_rows_known(self) -> None:
        if self._wanted:
            self.select_record(self._wanted)

    def _on_list_record_selected(self, number: str) -> None:
        if not number or self.is_table:
            return
        self._is_announced = True
        if record := self._shapes.rows.record_of(number):
            self.record_selected.emit(record)
        else:
            self._desk.read(partial(_row, number=int(number), plan=self._plan), self._on_selected_row_read)

    def _on_selected_row_read(self, rows: Rows) -> None:
        for record, look in rows:
            self._shapes.rows.know(look.id, record)
            if look.id == self.list.selected_id():
                self.record_selected.emit(record)

    def _on_list_record_opened(self, number: str) -> None:
        if self.is_table and self._shapes.table_rows is not None:
            self.select_record(self._shapes.table_rows.record_of(number))
        elif record := self._shapes.rows.record_of(number):
            self.record_opened.emit(record)

    def _on_letters_typed(self, letters: str) -> None:
        self.search.setFocus()
        self.search.insert(letters)

    def _on_list_requested(self) -> None:
        self._shapes.view.setFocus()

    def _prepare_columns(self) -> None:
        """Every title of the table can be pressed next."""
        for key in self._shapes.columns:
            self._reading.prepare(key)

    def _on_filter_field_chosen(self, key: str) -> None:
        self._reading.prepare(key, texts=True)

    def _on_group_chosen(self, key: str) -> None:
        self.show_table(is_table=False)
        self.head.look_through(replace(self.head.lens, group=key))

    def _on_table_wanted(self, is_table: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.show_table(is_table=is_table)

    def _on_columns_chosen(self, keys: tuple[str, ...]) -> None:
        self._kept.choose_columns(keys)
        self._shapes.show_columns(keys)
        self.show_table(is_table=True)

    def _on_named(self, name: str) -> None:
        self._kept.keep(self.head.lens.saved(name))

    def _on_worded(self, saved: SavedFilter, words: Mapping[Condition, str]) -> None:
        self.head.learn(words)
        self.head.look_through(lens_of(saved, self._plan.orders))

    def _on_selection_counted(self, count: int) -> None:
        self.selection.show_count(count, say_count("{count} selected", "{count} selected", count))

    def _on_changes_announced(self, changes: Changes) -> None:
        if not changes.kinds & self._plan.watched:
            return
        if self._plan.kind in changes.kinds or len(changes.records) > 1:
            self._refreshing.wish()
        self._shapes.read_again(changes.records)

    def _on_closing(self) -> None:
        # What is still being read belongs to a workspace that is being let go of.
        self._reading.drop()
        self._is_announced = False
        self.head.forget()
        self._shapes.forget()


def _row(session: Session, number: int, plan: ListPlan) -> Rows:
    return plan.read(session, [number])


def _number_of(session: Session, record: str) -> str:
    number = number_of(session, record)
    return "" if number is None else str(number)
