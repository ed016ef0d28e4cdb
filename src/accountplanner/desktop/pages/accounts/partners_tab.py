"""The channel partners beside an account: who may see it, what they think of it, what they wrote."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.provenance import provenance_of, written_day
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.standing import Standing
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.wording import say
from accountplanner.usecases.pages import RecordPage
from accountplanner.usecases.partner_views import PartnerView, partners_of, partners_to_choose
from accountplanner.usecases.partners import set_scope
from accountplanner.usecases.session import Session

Read = tuple[tuple[PartnerView, ...], tuple[tuple[str, str], ...]]
_NOTES_MOST = 20


class PartnerCard(Card):
    """One channel partner. `opened` and `scope_requested` carry the partner; the latter whether they may see it now."""

    opened = Signal(str)
    scope_requested = Signal(str, bool)

    def __init__(self, desk: Desk, view: PartnerView, today: date, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, view.name, say("Open"), parent)
        self._desk = desk
        self._view = view
        told = say("sees this account") if view.covers else say("does not see this account")
        self.body.addWidget(Pill(desk.theme, told, Tone.GOOD if view.covers else Tone.NEUTRAL))
        for label, value in view.views:
            self._add_view(label, value.text, provenance_of(value, desk.formats, today, is_opinion=True))
        if not view.views:
            self.body.addWidget(
                Label(say("They have not said how they see this account."), "small", "muted", wrap=True)
            )
        if view.notes:
            self._add_notes(today)
        words = say("No longer show them this account") if view.covers else say("Let them see this account")
        self.scope = Button(desk.theme, words, "link")
        self.body.addWidget(self.scope, 0, Qt.AlignmentFlag.AlignLeft)
        self.scope.clicked.connect(self._on_scope_clicked)
        self.action_requested.connect(self._on_open_requested)

    def _add_view(self, label: str, text: str, told: str) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(label, "small", "muted", wrap=True))
        column.addWidget(Label(text, wrap=True))
        column.addWidget(Label(told, "small", "muted", wrap=True))
        self.body.addLayout(column)

    def _add_notes(self, today: date) -> None:
        timeline = Timeline(self._desk.theme, say("Notes of {name}", name=self._view.name))
        timeline.show_entries(
            [
                TimelineEntry(str(at), "note", say("Partner note"), written_day(day, self._desk.formats, today), text)
                for at, (day, text) in enumerate(self._view.notes[:_NOTES_MOST])
            ]
        )
        self.body.addWidget(timeline)

    def _on_scope_clicked(self) -> None:
        self.scope_requested.emit(self._view.record, not self._view.covers)

    def _on_open_requested(self) -> None:
        self.opened.emit(self._view.record)


class PartnersTab(CardColumns):
    """Shows the partners of an account and lets more of them see it. `partner_opened` carries an id."""

    partner_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(say("Partners"), parent)
        self._desk = desk
        self._account = ""
        self._today = date.min
        self._reading = Reading(None)
        self._standing = Standing(self._new_card)
        self._others: Sequence[tuple[str, str]] = ()
        self._nothing = Label("", "body", "muted", wrap=True)
        self._choice = ComboBox(desk.theme)
        self._choice.setAccessibleName(say("Channel partner"))
        self.let_see = Button(desk.theme, say("Let them see it"))
        self._choose = self._choose_card()
        self.show_cards([[self._choose]])
        self.let_see.clicked.connect(self._on_let_see_clicked)

    def show_account(self, page: RecordPage, today: date) -> None:
        """Read and show the partners of an account."""
        self._account, self._today = page.record, today
        self._reading.drop()
        self._reading = self._desk.read(partial(_read, page=page), self._on_read)

    def forget(self) -> None:
        """Show nothing of any account any more."""
        self._reading.drop()
        self._on_read(((), ()))

    def _choose_card(self) -> Card:
        card = Card(self._desk.theme, say("Who else may see this account?"))
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(self._choice, 1)
        row.addWidget(self.let_see)
        card.body.addWidget(self._nothing)
        card.body.addLayout(row)
        told = say("It comes into their next workbook, with what partners may see of it and nothing else.")
        card.body.addWidget(Label(told, "small", "muted", wrap=True))
        return card

    def _on_read(self, read: Read) -> None:
        views, others = read
        cards = self._standing.show([(view, self._today) for view in views])
        self._offer(others)
        self._nothing.setText(_nothing_words(views, others))
        self._nothing.setVisible(not views)
        left, right = cards[::2], cards[1::2]
        self.show_cards([left, [*right, self._choose]] if left else [[self._choose]])
        self.settle()

    def _offer(self, others: Sequence[tuple[str, str]]) -> None:
        """Offer these, keeping what is chosen; a list that is open stays so while it holds the same."""
        if others != self._others:
            self._others, chosen = others, self._choice.currentData()
            self._choice.clear()
            for record, name in others:
                self._choice.addItem(name, record)
            self._choice.setCurrentIndex(max(0, self._choice.findData(chosen)) if others else -1)
        self.let_see.setEnabled(bool(others))
        self._choice.setEnabled(bool(others))

    def _new_card(self, shown: tuple[PartnerView, date]) -> PartnerCard:
        card = PartnerCard(self._desk, *shown)
        card.opened.connect(self.partner_opened)
        card.scope_requested.connect(self._on_scope_requested)
        return card

    def _on_scope_requested(self, partner: str, covers: bool) -> None:  # noqa: FBT001 - a signal carries it
        work = partial(set_scope, partner=partner, accounts=[self._account], covers=covers)
        self._desk.write(say("Changing who sees this account"), work)

    def _on_let_see_clicked(self) -> None:
        partner = self._choice.currentData()
        if partner:
            self._on_scope_requested(str(partner), covers=True)


def _read(session: Session, page: RecordPage) -> Read:
    views = partners_of(session, page)
    return views, partners_to_choose(session, [view.record for view in views])


def _nothing_words(views: Sequence[PartnerView], others: Sequence[tuple[str, str]]) -> str:
    if views:
        return ""
    if others:
        return say("No channel partner sees this account yet. One who sells there may know them best.")
    return say("There are no channel partners yet; they are added on the page of partners.")
