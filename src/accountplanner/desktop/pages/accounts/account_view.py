"""One account's page: the head that stays, and its tabs."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.merge_dialog import MergeDialog
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.pages.accounts.ladder_tab import LadderTab
from accountplanner.desktop.pages.accounts.lately_card import LatelyCard
from accountplanner.desktop.pages.accounts.partners_tab import PartnersTab
from accountplanner.desktop.pages.accounts.people_tab import PeopleTab
from accountplanner.desktop.pages.accounts.plan_tab import PlanTab
from accountplanner.desktop.pages.accounts.promises_card import PromisesCard
from accountplanner.desktop.pages.accounts.purchases_tab import PurchaseFigures, PurchasesTab
from accountplanner.desktop.records.figures import (
    health_figure,
    health_foot,
    health_reasons,
    knowledge_figure,
    knowledge_foot,
    knowledge_reasons,
    step_words,
    touch_words,
    trend_words,
)
from accountplanner.desktop.records.header import Mark
from accountplanner.desktop.records.question_card import QuestionCard
from accountplanner.desktop.records.record_dialog import RecordDialog
from accountplanner.desktop.records.record_view import RecordView, ViewPlan
from accountplanner.desktop.records.timeline_tab import TimelineTab
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.popover import Popover
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.domain.ladder import RUNGS
from accountplanner.usecases.account_pages import AccountPage, LadderPlace, PurchaseBook, open_account
from accountplanner.usecases.ladder import accept_proposals
from accountplanner.usecases.standing import Standing

_WATCHED = frozenset(
    {
        "account", "action", "case", "contact", "feedback", "move", "need", "note", "objective", "offering", "partner",
        "partner_note", "plan", "position", "purchase", "review", "risk", "scope", "signal", "strategy", "touch",
    }
)  # fmt: skip


class AccountView(RecordView[AccountPage]):
    """Shows one account. `contact_opened` carries a contact's id."""

    contact_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(), parent)
        self._promises = PromisesCard(desk)
        self._promises.action_requested.connect(self._on_plan_requested)
        self._promises.action_opened.connect(self._on_action_opened)
        self._question = QuestionCard(desk, 1)
        self._question.filled.connect(self.cards.settle)
        for card in (self._promises, self._question):
            self.cards.add_before(card)
        self._figures = PurchaseFigures(desk.theme, desk.formats)
        self.cards.add_beside(self._figures)
        self._lately = LatelyCard(desk.theme, desk.formats)
        self._lately.action_requested.connect(self._on_timeline_requested)
        self._lately.timeline.entry_opened.connect(self._on_entry_opened)
        self.cards.add_beside(self._lately)
        self.offer(say("New contact"), self._on_contact_wanted, "user")
        self.offer(say("Merge with another account"), self._on_merge_wanted, "merge")
        self.offer_delete()
        self.header.primary_requested.connect(self.write_note)
        self.header.ladder_requested.connect(self._on_ladder_requested)
        self.header.accept_requested.connect(self._on_accept_requested)
        self.header.knowledge.why_requested.connect(self._on_knowledge_asked)
        self.header.health.why_requested.connect(self._on_health_asked)

    @override
    def forget(self) -> None:
        super().forget()
        self._promises.show_promises((), self._today)
        self._question.forget()
        self._figures.show_book(PurchaseBook())
        self._lately.show_lines((), self._today)

    @override
    def own_tabs(self) -> Mapping[str, Callable[[], QWidget]]:
        return {
            "people": self._make_people,
            "timeline": self._make_timeline,
            "plan": self._make_plan,
            "purchases": self._make_purchases,
            "partners": self._make_partners,
            "ladder": self._make_ladder,
        }

    @override
    def show_opened(self, opened: AccountPage, today: date) -> None:
        page = opened.page
        place = ", ".join(part for part in (page.text("city"), page.text("country")) if part)
        owner = say("owner {name}", name=page.text("owner")) if page.text("owner") else ""
        subtitle = " · ".join(part for part in (page.text("industry"), place, owner) if part)
        self.header.show_name(page.title, subtitle, _marks(opened))
        self._show_ladder(opened.ladder)
        self._show_standing(opened.standing, today)
        self._promises.show_promises(opened.promises, today)
        self._question.show_record(page.record, today)
        self._figures.show_book(opened.purchases)
        self._lately.show_lines(opened.lately, today)

    @override
    def show_in_tab(self, key: str, opened: AccountPage, today: date) -> None:
        if key == "people":
            self._people.show_people(opened.contacts)
        elif key == "timeline":
            self._timeline.show_account(opened.page.record, today)
        elif key == "plan":
            self._plan_tab.show_account(opened.page.record, today)
        elif key == "partners":
            self._partners.show_account(opened.page, today)
        elif key == "purchases":
            self._purchases.show_book(opened.purchases)
        elif key == "ladder":
            self._ladder.show_place(opened.ladder, today)

    def _make_people(self) -> QWidget:
        self._people = PeopleTab(self._desk)
        self._people.contact_opened.connect(self.contact_opened)
        self._people.contact_wanted.connect(self._on_contact_wanted)
        return self._people

    def _make_timeline(self) -> QWidget:
        self._timeline = TimelineTab(self._desk, say("What did you learn?"))
        self._timeline.entry_opened.connect(self._on_entry_opened)
        return self.take_notes_from(self._timeline)

    def _make_plan(self) -> QWidget:
        self._plan_tab = PlanTab(self._desk)
        return self._plan_tab

    def _make_partners(self) -> QWidget:
        self._partners = PartnersTab(self._desk)
        self._partners.partner_opened.connect(self._desk.record_requested)
        return self._partners

    def _make_purchases(self) -> QWidget:
        self._purchases = PurchasesTab(self._desk)
        self._purchases.import_requested.connect(self._on_import_requested)
        return self._purchases

    def _make_ladder(self) -> QWidget:
        self._ladder = LadderTab(self._desk)
        self._ladder.accept_requested.connect(self._on_accept_requested)
        return self._ladder

    def _show_ladder(self, place: LadderPlace) -> None:
        each = place.proposal
        rung = RUNGS.get(each.held or each.proposal.rung)
        standing = _standing(place)
        self.header.show_ladder(
            rung.step if rung else 0, standing, is_proposed=not each.held, may_accept=each.is_new and not each.held
        )

    def _show_standing(self, standing: Standing, today: date) -> None:
        formats = self._desk.formats
        self.header.show_figures(knowledge_figure(standing.knowledge, formats), health_figure(standing.health))
        step = standing.next_step
        is_late = step is not None and step.due_on is not None and step.due_on < today
        self.header.show_facts(
            touch_words(standing.last_touch, formats, today), step_words(step, formats, today), is_late=is_late
        )
        self.header.show_trend(standing.touches, trend_words(standing.touches))

    def _on_knowledge_asked(self) -> None:
        if self._opened is not None:
            parts = self._opened.standing.knowledge.parts
            reasons = knowledge_reasons(parts, say("The account itself"))
            sheet = Popover(self._desk.theme, say("How well we know them"), reasons, knowledge_foot(), self)
            sheet.open_below(self.header.knowledge)

    def _on_health_asked(self) -> None:
        if self._opened is not None:
            health = self._opened.standing.health
            reasons = health_reasons(health, self._desk.formats)
            sheet = Popover(self._desk.theme, say("How they are"), reasons, health_foot(health), self)
            sheet.open_below(self.header.health)

    def _on_timeline_requested(self) -> None:
        self.tabs.show_tab("timeline")

    def _on_plan_requested(self) -> None:
        self.tabs.show_tab("plan")

    def _on_action_opened(self, record: str) -> None:
        self.tabs.show_tab("plan")
        self._plan_tab.open_item(record)

    def _on_entry_opened(self, record: str) -> None:
        if not record.startswith("import:"):
            RecordDialog(self._desk, record, self.window()).open()

    def _on_ladder_requested(self) -> None:
        self.tabs.show_tab("ladder")

    def _on_accept_requested(self) -> None:
        if self._opened is not None:
            chosen = [self._opened.ladder.proposal]
            name = self._opened.page.title
            rung = say_label(RUNGS[chosen[0].proposal.rung].name)
            told = say("{name} is now {rung}", name=name, rung=rung)
            self._desk.write(say("Accepting"), partial(accept_proposals, chosen=chosen), told=told)

    def _on_contact_wanted(self) -> None:
        fields = (("name", say("Name")), ("title", say("Job title")), ("email", say("E-mail")), ("phone", say("Phone")))
        dialog = NewRecordDialog(
            self._desk, "contact", say("New contact"), fields, fixed={"account": self._record}, parent=self.window()
        )
        dialog.open()

    def _on_merge_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened.page
            MergeDialog(self._desk, "account", page.record, page.title, self.window()).open()

    def _on_import_requested(self) -> None:
        self._desk.area_requested.emit("exchange")


def _plan() -> ViewPlan[AccountPage]:
    return ViewPlan(
        kind="account",
        read=open_account,
        tabs=(
            ("overview", say("Overview")),
            ("people", say("People")),
            ("timeline", say("Timeline")),
            ("plan", say("Plan")),
            ("purchases", say("Purchases")),
            ("partners", say("Partners")),
            ("ladder", say("Ladder")),
            ("history", say("History")),
        ),
        tabs_name=say("Parts of the account’s page"),
        fields_tab="overview",
        fields_name=say("What we know of this account"),
        note_words=say("What did you learn?"),
        notes_tab="timeline",
        noted=say("Note added"),
        primary=say("Add note"),
        has_ladder=True,
        watched=_WATCHED,
    )


def _standing(place: LadderPlace) -> str:
    each = place.proposal
    if each.held:
        return ""
    return say("proposed") if each.proposal.proven else say("proposed, unproven")


def _marks(account: AccountPage) -> list[Mark]:
    marks = []
    if account.page.delete_conflict:
        marks.append(Mark(say("Deleted by somebody"), Tone.BAD))
    conflicts = sum(line.has_conflict for line in account.page.lines)
    if conflicts:
        marks.append(Mark(say_count("{count} conflict", "{count} conflicts", conflicts), Tone.BAD))
    if account.disputes:
        marks.append(Mark(say_count("Dispute", "{count} disputes", len(account.disputes)), Tone.WARN))
    return marks
