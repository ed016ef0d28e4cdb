"""Before you go in: what they wait for and what we want done, each ticked off in place."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.item_list import ItemList, ListPlan
from accountplanner.desktop.records.plan_items import action_item
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.planning import PlanItem, finish_action

_MOST = 5


class PromisesCard(Card):
    """Shows the first open actions. `action_opened` carries one to be looked at, the link leads to all."""

    action_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, say("Before you go in"), say("Plan"), parent)
        self._desk = desk
        self.items = ItemList(desk, ListPlan("action", say("Before you go in"), opens_here=False))
        self._nothing = Label(say("No open promise. What will you bring next time?"), "body", "muted", wrap=True)
        self.body.addWidget(self.items)
        self.body.addWidget(self._nothing)
        self.items.ticked.connect(self._on_ticked)
        self.items.opened.connect(self.action_opened)

    def show_promises(self, promises: Sequence[PlanItem], today: date) -> None:
        """Show what is open, the most urgent first."""
        shown = [action_item(each, self._desk.formats, today) for each in promises[:_MOST]]
        self.items.show_items(shown)
        self._nothing.setVisible(not promises)
        more = len(promises) - _MOST
        self.show_action(say_count("{count} more", "{count} more", more) if more > 0 else say("Plan"))

    def _on_ticked(self, record: str, is_done: bool) -> None:  # noqa: FBT001 - a signal carries it
        self._desk.write(say("Ticking off"), partial(finish_action, record=record, done=is_done))
