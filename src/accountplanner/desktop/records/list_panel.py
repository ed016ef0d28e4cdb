"""The list at the left of a page: search, filters, order, and rows that are read as one looks at them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.paged_list_model import PagedListModel
from accountplanner.desktop.widgets.record_list import RecordList, RecordLook, words_of
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.domain.changes import Changes
from accountplanner.usecases.browsing import ListQuery, list_numbers
from accountplanner.usecases.session import Session

Read = Callable[[Session, Sequence[int]], Sequence[tuple[str, RecordLook]]]
Narrow = Callable[[Session, ListQuery, tuple[str, ...]], ListQuery | None]


@dataclass(frozen=True)
class Order:
    """One way of ordering a list."""

    text: str
    sort: str
    descending: bool = False


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


@dataclass(frozen=True)
class _Found:
    numbers: list[int]
    everybody: int


class ListPanel(QWidget):
    """Shows the records of one kind. `record_selected` carries the record's id, `new_requested` is a wish.

    `step_requested` comes from the button of the empty list.
    """

    record_selected = Signal(str)
    record_opened = Signal(str)
    new_requested = Signal()
    step_requested = Signal()
    emptied = Signal()

    def __init__(self, desk: Desk, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan = plan
        self._order = plan.orders[0] if plan.orders else Order("", "")
        self._text = ""
        self._records: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._wanted = ""
        self._is_announced = False
        self._searching = Reading(None)
        self._is_stale = True
        self._build_widgets()
        self._build_layout()
        self._connect()

    def refresh(self) -> None:
        """Ask again which records belong in the list."""
        self._is_stale = False
        self._searching.drop()
        text, order, chips, plan = self._text, self._order, self._chips.chosen(), self._plan

        def work(session: Session) -> _Found:
            query = ListQuery(plan.kind, text, sort=order.sort, descending=order.descending)
            everybody = ListQuery(plan.kind)
            narrowed = plan.narrow(session, query, chips)
            numbers = list_numbers(session, narrowed) if narrowed is not None else []
            is_whole = narrowed == query and not text
            return _Found(numbers, len(numbers) if is_whole else len(list_numbers(session, everybody)))

        self._searching = self._desk.read(work, self._on_found)

    def selected(self) -> str:
        """The id of the record that is selected, empty for none."""
        return self._records.get(self.list.selected_id(), "")

    def select_record(self, record: str) -> None:
        """Select a record, now or as soon as the list holds it."""
        self._wanted = record
        number = self._numbers.get(record)
        if number is not None and self._model.place_of(number) is not None:
            self._wanted = ""
            self.list.select(number)
            return
        self._desk.read(partial(_number_of, record=record), self._on_number_read)

    def _build_widgets(self) -> None:
        theme, plan = self._desk.theme, self._plan
        self._title = Label(plan.title, "title")
        self._count = Label("", "body", "muted")
        self.new_button = Button(theme, say("New"), icon="add")
        self.new_button.setAccessibleName(plan.new_words)
        self.search = SearchField(theme, plan.search_words)
        self._chips = FilterChips(theme, plan.chips)
        self._sort = IconButton(theme, "sort", say("Order of the list"))
        self._sort.setMenu(self._order_menu())
        self._model: PagedListModel[RecordLook] = PagedListModel(self._fetch, words_of, self)
        self.list = RecordList(theme, self._model, plan.title)
        self.empty = EmptyState(theme, "", "", "info")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.list)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.SMALL, 0)
        column.setSpacing(Space.SMALL)
        head = QHBoxLayout()
        head.setContentsMargins(Space.HAIR, 0, Space.SMALL, 0)
        head.setSpacing(Space.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.new_button)
        column.addLayout(head)
        seek = QHBoxLayout()
        seek.setContentsMargins(0, 0, Space.SMALL, 0)
        seek.setSpacing(Space.HAIR)
        seek.addWidget(self.search, 1)
        seek.addWidget(self._sort)
        column.addLayout(seek)
        column.addWidget(self._chips)
        column.addWidget(self._stack, 1)
        # Only now: without a parent each of these would open as a window for a moment.
        self.new_button.setVisible(bool(self._plan.new_words))
        self._sort.setVisible(len(self._plan.orders) > 1)
        self._chips.setVisible(bool(self._plan.chips))

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        self._orders = QActionGroup(self)
        for order in self._plan.orders:
            action = QAction(order.text, self._orders, checkable=True, checked=order is self._order)
            action.setData(order.text)
            menu.addAction(action)
        self._orders.triggered.connect(self._on_order_chosen)
        return menu

    def _connect(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.list_requested.connect(self.list.setFocus)
        self._chips.filters_changed.connect(self._on_filters_changed)
        self.list.record_selected.connect(self._on_list_record_selected)
        self.list.record_opened.connect(self._on_list_record_opened)
        self.list.letters_typed.connect(self._on_letters_typed)
        self.new_button.clicked.connect(self.new_requested)
        self.empty.action_requested.connect(self._on_empty_action_requested)
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.closing.connect(self._on_closing)

    def _fetch(self, ids: Sequence[str]) -> None:
        """Have the rows read by the reading worker; the list shows quiet bars until they come."""
        asked = tuple(ids)
        read = self._plan.read

        def work(session: Session) -> tuple[tuple[str, ...], Sequence[tuple[str, RecordLook]]]:
            return asked, read(session, [int(number) for number in asked])

        self._desk.read(work, self._on_rows_read)

    def _on_rows_read(self, read: tuple[tuple[str, ...], Sequence[tuple[str, RecordLook]]]) -> None:
        asked, rows = read
        for record, look in rows:
            self._records[look.id] = record
            self._numbers[record] = look.id
        by_id = {look.id: look for _, look in rows}
        gone = RecordLook("", say("No longer here"))
        self._model.receive_rows(asked, [by_id.get(number, gone) for number in asked])
        if self._wanted:
            self.select_record(self._wanted)

    def _on_found(self, found: _Found) -> None:
        self._model.show_ids([str(number) for number in found.numbers])
        shown = self._desk.formats.number(len(found.numbers))
        self._count.setText(shown)
        self._count.setAccessibleName(say("{count} in the list", count=shown))
        if found.numbers:
            self._stack.setCurrentWidget(self.list)
            self._keep_a_selection()
        else:
            self._show_empty(found.everybody)

    def _keep_a_selection(self) -> None:
        if self._wanted:
            self.select_record(self._wanted)
        elif not self.list.selected_id():
            self.list.select(self._model.id_at(self._model.index(0)))
        elif not self._is_announced:
            # The view has put its selection back by itself, which is no choice of anybody's.
            self._on_list_record_selected(self.list.selected_id())

    def _show_empty(self, everybody: int) -> None:
        if everybody:
            self.empty.show_sentence(say("Nothing matches this search and filter."), say("Show all"))
        else:
            self.empty.show_sentence(self._plan.nothing_yet, self._plan.first_step)
            self.emptied.emit()
        self._stack.setCurrentWidget(self.empty)

    def _on_empty_action_requested(self) -> None:
        if self._text or self._chips.chosen()[:1] != tuple(key for key, _ in self._plan.chips[:1]):
            self._chips.choose(*(key for key, _ in self._plan.chips[:1]))
            self._text = ""
            self.search.clear()
            self.refresh()
        else:
            self.step_requested.emit()

    def _on_number_read(self, number: str) -> None:
        if number and self._model.place_of(number) is not None:
            self._numbers[self._wanted] = number
            self._records[number] = self._wanted
            self._wanted = ""
            self.list.select(number)
        elif self._wanted and (self._text or self._chips.chosen()):
            # The record is there, but filtered out: somebody asked for it by name, so the filter gives way.
            self._text = ""
            self._chips.choose(*(key for key, _ in self._plan.chips[:1]))

    def _on_list_record_selected(self, number: str) -> None:
        if not number:
            return
        self._is_announced = True
        if number in self._records:
            self.record_selected.emit(self._records[number])
        else:
            read = self._plan.read
            self._desk.read(lambda session: read(session, [int(number)]), self._on_selected_row_read)

    def _on_selected_row_read(self, rows: Sequence[tuple[str, RecordLook]]) -> None:
        for record, look in rows:
            self._records[look.id] = record
            self._numbers[record] = look.id
            if look.id == self.list.selected_id():
                self.record_selected.emit(record)

    def _on_list_record_opened(self, number: str) -> None:
        if number in self._records:
            self.record_opened.emit(self._records[number])

    def _on_letters_typed(self, letters: str) -> None:
        self.search.setFocus()
        self.search.setText(letters)
        self.search.textEdited.emit(letters)

    def _on_searched(self, text: str) -> None:
        self._text = text
        self.refresh()

    def _on_filters_changed(self, _chosen: object) -> None:
        self.refresh()

    def _on_order_chosen(self, action: QAction) -> None:
        self._order = next(order for order in self._plan.orders if order.text == action.data())
        self.refresh()

    def _on_changes_announced(self, changes: Changes) -> None:
        if not changes.kinds & self._plan.watched:
            return
        if self._plan.kind in changes.kinds or len(changes.records) > 1:
            self.refresh()
        known = [self._numbers[record] for record in changes.records if record in self._numbers]
        touched = known or list(self._numbers.values())
        self._model.refresh_ids(touched[:2000])

    def _on_closing(self) -> None:
        self._is_announced = False
        self._records.clear()
        self._numbers.clear()
        self._model.show_ids(())


def _number_of(session: Session, record: str) -> str:
    held = session.store.record(record)
    return str(held.number) if held is not None else ""
