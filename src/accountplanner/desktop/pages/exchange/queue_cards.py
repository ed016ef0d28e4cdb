"""The cards of the queue, one a question: those in sight at once, the others a few at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.exchange.queue_card import QueueCard
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.wording import say
from accountplanner.usecases.reviewing import Decision
from accountplanner.usecases.waiting import QueueItem

MOST = 40
_AT_ONCE = 10
"""More than a screen holds; the others follow a few at a time, or forty would keep everybody waiting."""
_AT_A_TIME = 6


@dataclass(frozen=True)
class Questions:
    """What the cards ask, and how each was answered so far."""

    items: Sequence[QueueItem]
    today: date
    decisions: Mapping[str, Decision]


class QueueCards(CardColumns):
    """Shows questions; a card that asks the same as before stays, so no click or key meets one that goes.

    `card_answered` carries the card somebody has answered or taken an answer back from.
    """

    card_answered = Signal(object)
    record_opened = Signal(str)
    editing_ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(say("To decide"), parent)
        self._desk = desk
        self._asked_about = Questions((), date.min, {})
        self._made: list[QueueCard] = []
        self._coming: list[QueueItem] = []
        self._making = QTimer(self, singleShot=True, interval=0)
        self._making.timeout.connect(self._on_making_due)

    def cards(self) -> Sequence[QueueCard]:
        """The cards in sight, from top to bottom."""
        return self._made

    def is_editing(self) -> bool:
        """Whether somebody is typing into one of them."""
        return any(card.is_editing() for card in self._made)

    def show_questions(self, questions: Questions) -> QueueCard | None:
        """Show the first of them; tell which card the keyboard belongs to now, if it was on one."""
        at = self._place_of_keyboard()
        kept = self._as_before(questions)
        self._asked_about = questions
        first = min(MOST, max(_AT_ONCE, at + 1, len(kept)))
        self._coming = list(questions.items[first:MOST])
        before, self._made = self._made, [kept.get(item.id) or self._card(item) for item in questions.items[:first]]
        if before != self._made:
            self._replace(before)
        self._making.start()
        if at < 0 or not self._made:
            return None
        return before[at] if before[at] in self._made else self._made[min(at, len(self._made) - 1)]

    def _as_before(self, questions: Questions) -> dict[str, QueueCard]:
        """The cards that still ask the same, each with its answer as it stands now."""
        asked = {item.id: item for item in questions.items}
        is_same_day = questions.today == self._asked_about.today
        kept = {card.item.id: card for card in self._made if is_same_day and asked.get(card.item.id) == card.item}
        for name, card in kept.items():
            card.show_decision(questions.decisions.get(name))
        return kept

    def _replace(self, before: Sequence[QueueCard]) -> None:
        for old in before:
            if old not in self._made:
                old.hide()
                old.deleteLater()
        self.show_cards([self._made])

    def _place_of_keyboard(self) -> int:
        focused = self.window().focusWidget()
        return next((at for at, card in enumerate(self._made) if card is focused or card.isAncestorOf(focused)), -1)

    def _on_making_due(self) -> None:
        coming, self._coming = self._coming[:_AT_A_TIME], self._coming[_AT_A_TIME:]
        if coming:
            cards = [self._card(item) for item in coming]
            self._made += cards
            self.add_cards(cards)
            self._making.start()

    def _card(self, item: QueueItem) -> QueueCard:
        card = QueueCard(self._desk, item, self._asked_about.today, self._asked_about.decisions.get(item.id))
        card.answered.connect(self._on_card_answered)
        card.record_opened.connect(self.record_opened)
        card.editing_ended.connect(self.editing_ended)
        return card

    def _on_card_answered(self) -> None:
        self.card_answered.emit(self.sender())
