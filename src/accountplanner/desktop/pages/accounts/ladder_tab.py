"""Where an account stands on the ladder: what the orders propose, with the evidence, and every move so far."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.provenance import written_day
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.domain.ladder import LADDER, RUNGS, RungProposal
from accountplanner.usecases.account_pages import LadderPlace, MoveLine


class LadderTab(CardColumns):
    """Shows the proposal and the moves; `accept_requested` is the wish to take the proposal on."""

    accept_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(say("Ladder"), parent)
        self._desk = desk
        theme = desk.theme
        self._proposal = Card(theme, say("What the orders propose"))
        self._rung = Label("", "figure")
        self._proof = Pill(theme, "")
        self._evidence = Label("", wrap=True)
        self._doubt = Label("", "small", "warn", wrap=True)
        self._meaning = Label("", "small", "muted", wrap=True)
        self.accept = Button(theme, say("Accept"), "primary")
        self._moves = Card(theme, say("Moves so far"))
        self._timeline = Timeline(theme, say("Ladder moves"))
        self._no_moves = Label("", "body", "muted", wrap=True)
        self._fill_cards()
        self.show_cards([[self._proposal, self._rungs_card()], [self._moves]])
        self.accept.clicked.connect(self.accept_requested)

    def show_place(self, place: LadderPlace, today: date) -> None:
        """Show where an account stands."""
        each = place.proposal
        rung = RUNGS[each.proposal.rung]
        self._rung.setText(say_label(rung.name))
        proven = each.proposal.proven
        self._proof.show_text(say("proven") if proven else say("unproven"), Tone.GOOD if proven else Tone.WARN)
        self._evidence.setText(self._evidence_words(each.proposal))
        self._doubt.setText(tell(each.proposal.doubtful))
        self._doubt.setVisible(bool(each.proposal.doubtful))
        held = say_label(RUNGS[each.held].name) if each.held in RUNGS else ""
        self._meaning.setText(say("Held now: {rung}", rung=held) if held else say("No rung has been accepted yet."))
        self.accept.setVisible(each.is_new)
        self._timeline.show_entries([self._entry(move, today) for move in place.moves])
        self._timeline.setVisible(bool(place.moves))
        self._no_moves.setVisible(not place.moves)

    def forget(self) -> None:
        """Show nothing of any account any more."""
        for label in (self._rung, self._evidence, self._doubt, self._meaning):
            label.setText("")
        self._timeline.show_entries([])

    def _evidence_words(self, proposal: RungProposal) -> str:
        """Say what the orders prove, with dates as the person writes them."""
        first, last = proposal.first_order, proposal.last_order
        if first is None or last is None:
            return tell(proposal.evidence)
        orders = say_count("{count} order", "{count} distinct orders", proposal.distinct_orders)
        formats = self._desk.formats
        span = (formats.full_date(first), formats.full_date(last))
        return (
            f"{orders}, {span[0]}"
            if first == last
            else say("{orders}, {first} to {last}", orders=orders, first=span[0], last=span[1])
        )

    def _fill_cards(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        head.addWidget(self._rung)
        head.addWidget(self._proof, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.accept)
        self._proposal.body.addLayout(head)
        for label in (self._evidence, self._doubt, self._meaning):
            self._proposal.body.addWidget(label)
        self._no_moves.setText(say("No move has been recorded. Accepting a proposal records one with its evidence."))
        self._moves.body.addWidget(self._no_moves)
        self._moves.body.addWidget(self._timeline)

    def _rungs_card(self) -> QWidget:
        card = Card(self._desk.theme, say("What it takes"))
        for rung in LADDER:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(Label(say_label(rung.name), "small_strong"))
            pair.addWidget(Label(say_label(rung.evidence_to_enter), "small", "muted", wrap=True))
            card.body.addLayout(pair)
        return card

    def _entry(self, move: MoveLine, today: date) -> TimelineEntry:
        to_rung = say_label(RUNGS[move.to_rung].name) if move.to_rung in RUNGS else move.to_rung
        from_rung = say_label(RUNGS[move.from_rung].name) if move.from_rung in RUNGS else move.from_rung
        title = say("{before} to {after}", before=from_rung, after=to_rung) if from_rung else to_rung
        when = written_day(move.moved_on, self._desk.formats, today)
        return TimelineEntry(
            move.record, "ladder", title, when, tell(move.evidence), Tone.ACCENT if move.proven else Tone.WARN
        )
