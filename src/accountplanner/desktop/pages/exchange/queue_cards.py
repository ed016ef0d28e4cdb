"""The cards of the queue, one a question: those in sight at once, the others a few at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.exchange.queue_card import QueueCard
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.standing import Standing
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
        self._standing = Standing(self._new_card)
        self._count = _AT_ONCE
        self._making = QTimer(self, singleShot=True, interval=0)
        self._making.timeout.connect(self._on_making_due)

    def cards(self) -> Sequence[QueueCard]:
        """The cards in sight, from top to bottom."""
        return self._standing.widgets()

    def is_editing(self) -> bool:
        """Whether somebody is typing into one of them."""
        return any(card.is_editing() for card in self.cards())

    def show_questions(self, questions: Questions) -> QueueCard | None:
        """Show the first of them; tell which card the keyboard belongs to now, if it was on one."""
        at, before = self._place_of_keyboard(), self.cards()
        stood_on = before[at] if at >= 0 else None
        self._asked_about = questions
        self._count = min(MOST, max(_AT_ONCE, at + 1, self._count_of_known()))
        self._show_first()
        cards = self.cards()
        if cards != before:
            self.show_cards([cards])
        for card in cards:
            card.show_decision(questions.decisions.get(card.item.id))
        self._making.start()
        if stood_on is None or not cards:
            return None
        return stood_on if stood_on in cards else cards[min(at, len(cards) - 1)]

    def _count_of_known(self) -> int:
        """How many stand there that still ask the same."""
        asked = list(self._asked_about.items)
        return sum(card.item in asked for card in self.cards())

    def _show_first(self) -> None:
        today = self._asked_about.today
        self._standing.show([(item, today) for item in self._asked_about.items[: self._count]])

    def _place_of_keyboard(self) -> int:
        return next((at for at, card in enumerate(self.cards()) if holds_keyboard(card)), -1)

    def _on_making_due(self) -> None:
        before = len(self.cards())
        if before < min(MOST, len(self._asked_about.items)):
            self._count = min(MOST, before + _AT_A_TIME)
            self._show_first()
            self.add_cards(self.cards()[before:])
            self._making.start()

    def _new_card(self, asked: tuple[QueueItem, date]) -> QueueCard:
        item, today = asked
        card = QueueCard(self._desk, item, today, self._asked_about.decisions.get(item.id))
        card.answered.connect(self._on_card_answered)
        card.record_opened.connect(self.record_opened)
        card.editing_ended.connect(self.editing_ended)
        return card

    def _on_card_answered(self) -> None:
        self.card_answered.emit(self.sender())
