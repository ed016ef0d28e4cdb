"""What stands above a list: its name and count, and everything one looks at it through."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_filters import ConditionChips
from accountplanner.desktop.records.list_lens import Lens
from accountplanner.desktop.records.list_menus import OrderMenu, ViewMenu
from accountplanner.desktop.records.list_plan import ListPlan, Order
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.browsing import Condition


class ListHead(QWidget):
    """Shows through which lens a list is looked at, and lets a person choose another.

    `lens_chosen` comes after each such choice, the lens is in `lens`. The wishes of `menu` concern the list itself.
    """

    lens_chosen = Signal()
    new_requested = Signal()
    filter_wanted = Signal()

    def __init__(self, desk: Desk, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan = plan
        self._words: dict[Condition, str] = {}
        self.lens = plan.first_lens
        self._build_widgets()
        self._build_layout()
        self._connect()

    def look_through(self, lens: Lens) -> None:
        """Look at the list in another way, and let everything here say so."""
        self.lens = lens
        self._chips.choose(lens.chip)
        if self.search.text().strip() != lens.text:
            self.search.show_text(lens.text)
        self._orders.show_order(lens.order)
        self.menu.show_group(lens.group)
        self.conditions.show_conditions([(each, self._words.get(each, each.field)) for each in lens.conditions])
        self.lens_chosen.emit()

    def show_all(self) -> None:
        """Look at everybody."""
        self.look_through(self.lens.without_narrowing(self._plan.first_chip))

    @property
    def is_narrowed(self) -> bool:
        """Whether some records are kept out of sight by what was chosen here."""
        return bool(self.lens.text or self.lens.conditions or self.lens.chip != self._plan.first_chip)

    def add_condition(self, condition: Condition, words: str) -> None:
        """Let something more hold."""
        self.learn({condition: words})
        kept = tuple(each for each in self.lens.conditions if each != condition)
        self.look_through(replace(self.lens, conditions=(*kept, condition)))

    def sort_by(self, key: str) -> None:
        """Order the list by a column; by the same once more, the other way round."""
        now = self.lens.order
        self.look_through(replace(self.lens, order=Order("", key, now.sort == key and not now.descending)))

    def learn(self, words: Mapping[Condition, str]) -> None:
        """Learn what conditions are called on their chips."""
        self._words.update(words)

    def show_count(self, count: int) -> None:
        """Show how many records the list holds."""
        shown = self._desk.formats.number(count)
        self.count.setText(shown)
        self.count.setAccessibleName(say("{count} in the list", count=shown))

    def forget(self) -> None:
        """Say nothing of anybody."""
        self._words.clear()
        self.menu.show_saved(())

    def _build_widgets(self) -> None:
        theme, plan = self._desk.theme, self._plan
        self._title = Label(plan.title, "title")
        self.count = Label("", "body", "muted")
        self._new = Button(theme, say("New"), icon="add")
        self._new.setAccessibleName(plan.new_words)
        self.search = SearchField(theme, plan.search_words)
        self._chips = FilterChips(theme, plan.chips)
        self.conditions = ConditionChips(theme)
        self._sort = IconButton(theme, "sort", say("Order of the list"))
        self._orders = OrderMenu(plan.orders, self)
        self._orders.show_order(self.lens.order)
        self._sort.setMenu(self._orders)
        self._filter = IconButton(theme, "filter", say("Filter this list"))
        self._more = IconButton(theme, "more", say("Groups, table and kept filters"))
        self.menu = ViewMenu(plan.kind, self)
        self._more.setMenu(self.menu)

    def _build_layout(self) -> None:
        column, head, seek = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        head.setContentsMargins(Space.HAIR, 0, Space.SMALL, 0)
        head.setSpacing(Space.SMALL)
        head.addWidget(self._title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self._new)
        seek.setContentsMargins(0, 0, Space.SMALL, 0)
        seek.setSpacing(Space.HAIR)
        seek.addWidget(self.search, 1)
        for button in (self._sort, self._filter, self._more):
            seek.addWidget(button)
        column.addLayout(head)
        column.addLayout(seek)
        column.addWidget(self._chips)
        column.addWidget(self.conditions)
        # Only now: without a parent each of these would open as a window for a moment.
        self._new.setVisible(bool(self._plan.new_words))
        self._sort.setVisible(len(self._plan.orders) > 1)
        self._chips.setVisible(bool(self._plan.chips))
        self.conditions.show_conditions(())

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_requested)
        self._filter.clicked.connect(self.filter_wanted)
        self.search.searched.connect(self._on_searched)
        self._chips.filters_changed.connect(self._on_filters_changed)
        self.conditions.removed.connect(self._on_condition_removed)
        self._orders.order_chosen.connect(self._on_order_chosen)

    def _on_searched(self, text: str) -> None:
        self.lens = replace(self.lens, text=text)
        self.lens_chosen.emit()

    def _on_filters_changed(self, chosen: tuple[str, ...]) -> None:
        self.lens = replace(self.lens, chip=chosen[0] if chosen else "")
        self.lens_chosen.emit()

    def _on_condition_removed(self, condition: Condition) -> None:
        kept = tuple(each for each in self.lens.conditions if each != condition)
        self.look_through(replace(self.lens, conditions=kept))

    def _on_order_chosen(self, order: Order) -> None:
        self.look_through(replace(self.lens, order=order))
