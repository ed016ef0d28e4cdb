"""The plan of an account: actions and promises at the left, plans with their objectives and risks at the right."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.item_list import Item, ItemList, ListPlan
from accountplanner.desktop.records.plan_items import (
    action_item,
    objective_item,
    plan_item,
    risk_item,
    strategy_item,
)
from accountplanner.desktop.records.record_fields import RecordFields
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.planning import AccountPlan, PlanItem, PlanLine, add_item, finish_action, plan_of


class PlanCard(Card):
    """One plan: itself as a line that opens, its objectives below, and below an opened objective its strategies.

    `strategy_added` carries the objective and a title.
    """

    strategy_added = Signal(str, str)
    resized = Signal()

    def __init__(self, desk: Desk, record: str, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, say("Plan"), parent=parent)
        self._desk = desk
        self._line: PlanLine | None = None
        self._today = date.min
        self._strategies: dict[str, ItemList] = {}
        self.plan = ItemList(desk, ListPlan("plan", say("Plan"), without=("account",)))
        objectives = ListPlan(record, say("Objectives"), say("Add an objective"), ("plan",))
        self.objectives = ItemList(desk, objectives)
        self.body.addWidget(self.plan)
        self.body.addWidget(Label(say("Objectives"), "small_strong", "muted"))
        self.body.addWidget(self.objectives)
        self.objectives.unfolded.connect(self._on_objective_unfolded)
        for items in (self.plan, self.objectives):
            items.resized.connect(self.resized)

    def show_line(self, line: PlanLine, formats: Formats, today: date) -> None:
        """Show a plan."""
        self._line, self._today = line, today
        self.plan.show_items([plan_item(line.plan, formats, today)])
        self.objectives.show_items([objective_item(each, formats, today) for each in line.objectives])
        for objective in line.objectives:
            self._show_strategies(objective.record)

    def strategies_of(self, objective: str) -> ItemList | None:
        """The strategies below an objective that is open."""
        row = self.objectives.row(objective)
        return self._strategies.get(objective) if row is not None and row.fields is not None else None

    def _on_objective_unfolded(self, objective: str) -> None:
        row = self.objectives.row(objective)
        if row is None:
            return
        plan = ListPlan(objective, say("Strategies"), say("Add a strategy: how do we get there?"), ("objective",))
        items = ItemList(self._desk, plan)
        items.added.connect(self.strategy_added)
        items.resized.connect(self.resized)
        self._strategies[objective] = items
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(Space.LARGE, Space.SMALL, 0, Space.SMALL)
        column.setSpacing(Space.HAIR)
        column.addWidget(Label(say("Strategies"), "small_strong", "muted"))
        column.addWidget(items)
        row.add_below(below)
        self._show_strategies(objective)

    def _show_strategies(self, objective: str) -> None:
        items = self.strategies_of(objective)
        if items is not None and self._line is not None:
            found = self._line.strategies.get(objective, ())
            items.show_items([strategy_item(each, self._desk.formats, self._today) for each in found])


class PlanTab(CardColumns):
    """Shows and edits the plan of an account; every line opens in place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(say("Plan"), parent)
        self._desk = desk
        self._account = ""
        self._today = date.min
        self._reading = Reading(None)
        self._to_open = ""
        self._plans: dict[str, PlanCard] = {}
        account = ("account",)
        words = (say("Actions and promises"), say("Add an action or a promise"))
        self.action_items = ItemList(desk, ListPlan("action", *words, account))
        self.done = ItemList(desk, ListPlan("done", say("Done"), without=account))
        self.risks = ItemList(desk, ListPlan("risk", say("Risks"), say("Add a risk"), account))
        self.new_plan = ItemList(desk, ListPlan("plan", say("Plans"), say("Add a plan, such as “Plan for 2027”")))
        self._show_done = Button(desk.theme, "", "link")
        self._build_cards()
        self._connect()

    def show_account(self, account: str, today: date) -> None:
        """Read and show the plan of an account; what is being typed about another one is handed over first."""
        if account != self._account:
            for fields in self.findChildren(RecordFields):
                fields.leave()
        self._account, self._today = account, today
        self._reading.drop()
        self._reading = self._desk.read(partial(plan_of, account=account), self._on_read)

    def forget(self) -> None:
        """Show nothing of any account any more."""
        self._account = ""
        self._on_read(AccountPlan())

    def open_item(self, record: str) -> None:
        """Open the line of an action, a risk or an objective, now or when it is read."""
        self._to_open = record
        self._open_wanted()

    def plan_card(self, record: str) -> PlanCard:
        """The card of a plan."""
        return self._plans[record]

    def _build_cards(self) -> None:
        theme = self._desk.theme
        self._actions_card = Card(theme, say("Actions and promises"))
        self._nothing = Label("", "body", "muted", wrap=True)
        for widget in (self._nothing, self.action_items):
            self._actions_card.body.addWidget(widget)
        self._actions_card.body.addWidget(self._show_done, 0, Qt.AlignmentFlag.AlignLeft)
        self._actions_card.body.addWidget(self.done)
        self._new_card = Card(theme, say("Plans"))
        told = say("A plan is for one period: what success looks like for them, and three objectives at most.")
        self._new_told = Label(told, "small", "muted", wrap=True)
        self._new_card.body.addWidget(self._new_told)
        self._new_card.body.addWidget(self.new_plan)
        self._risks_card = Card(theme, say("Risks"))
        self._risks_card.body.addWidget(self.risks)
        self.done.hide()
        self._arrange_cards()

    def _connect(self) -> None:
        for items in (self.action_items, self.risks, self.new_plan):
            items.added.connect(self._on_added)
        for items in (self.action_items, self.done):
            items.ticked.connect(self._on_ticked)
        for items in (self.action_items, self.done, self.risks):
            items.resized.connect(self.settle)
        self._show_done.clicked.connect(self._on_show_done_clicked)

    def _arrange_cards(self) -> None:
        self.show_cards([[self._actions_card], [*self._plans.values(), self._new_card, self._risks_card]])

    def _on_read(self, plan: AccountPlan) -> None:
        self._show(self.action_items, plan.actions, action_item)
        self._show(self.done, plan.done, action_item)
        self._show(self.risks, plan.risks, risk_item)
        self._show_plans(plan.plans)
        self._nothing.setText(say("Nothing is open. What did you promise them at the last visit?"))
        self._nothing.setVisible(not plan.actions)
        self._show_done.setText(say_count("{count} done", "{count} done", len(plan.done)))
        self._show_done.setVisible(bool(plan.done))
        self._open_wanted()
        self.settle()

    def _open_wanted(self) -> None:
        for items in (self.action_items, self.risks, *(card.objectives for card in self._plans.values())):
            row = items.row(self._to_open)
            if row is not None:
                items.open_item(self._to_open)
                row.title.setFocus()
                self._to_open = ""

    def _show(
        self, items: ItemList, shown: Sequence[PlanItem], write: Callable[[PlanItem, Formats, date], Item]
    ) -> None:
        items.show_items([write(each, self._desk.formats, self._today) for each in shown])

    def _show_plans(self, plans: Sequence[PlanLine]) -> None:
        wanted = [line.plan.record for line in plans]
        if wanted != list(self._plans):
            for record in [record for record in self._plans if record not in wanted]:
                card = self._plans.pop(record)
                card.hide()
                card.deleteLater()
            self._plans = {record: self._plans.get(record) or self._new_plan_card(record) for record in wanted}
            self._arrange_cards()
        for line in plans:
            self._plans[line.plan.record].show_line(line, self._desk.formats, self._today)

    def _new_plan_card(self, record: str) -> PlanCard:
        card = PlanCard(self._desk, record)
        card.objectives.added.connect(self._on_objective_added)
        card.strategy_added.connect(self._on_strategy_added)
        card.resized.connect(self.settle)
        return card

    def _on_added(self, kind: str, title: str) -> None:
        self._add(kind, self._account, title)

    def _on_objective_added(self, plan: str, title: str) -> None:
        self._add("objective", plan, title)

    def _on_strategy_added(self, objective: str, title: str) -> None:
        self._add("strategy", objective, title)

    def _add(self, kind: str, owner: str, title: str) -> None:
        work = partial(add_item, kind=kind, owner=owner, title=title)
        self._desk.write(say("Adding"), work, self._on_item_added, told=say("{name} added", name=title))

    def _on_item_added(self, made: tuple[str, Changes]) -> None:
        # One strategy after the other is written down; the others are opened to say more of them.
        self._to_open = "" if kind_of(made[0]) == "strategy" else made[0]

    def _on_ticked(self, record: str, is_done: bool) -> None:  # noqa: FBT001 - a signal carries it
        self._desk.write(say("Ticking off"), partial(finish_action, record=record, done=is_done))

    def _on_show_done_clicked(self) -> None:
        self.done.setVisible(not self.done.isVisible())
        self.settle()
