"""A card that asks one question and takes note of the answer; whoever shows it carries the answers out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.painting import begin, outline_round
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

Decided = TypeVar("Decided")


@dataclass(frozen=True)
class Answer(Generic[Decided]):
    """One way to answer a card: the words on its button, what is decided by it, and how it is told once chosen."""

    words: str
    decision: Decided
    told: str


class AnswerCard(Card, Generic[Decided]):
    """Remembers one of its answers in `decision`; `answered` comes whenever that changes.

    The keyboard: 1, 2 … for the answers in their order, Backspace or Delete takes an answer back. Build the body,
    put `answer_row` at its end, then call `show_answer`.
    """

    answered = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        answers: Sequence[Answer[Decided]],
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, action, parent=parent)
        self.decision: Decided | None = None
        self.answers = answers
        self.buttons: list[Button] = []
        self._told = Label("", "small_strong", Tone.GOOD)
        self._again = Button(theme, say("Change"), "link")
        self._again.setAccessibleName(say("Change the answer about {title}", title=title))
        self._again.clicked.connect(self.take_back)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_kind(self, words: str, tone: Tone, about: str) -> None:
        """Say what kind of question this is, and aloud what it is about."""
        self.head.insertWidget(1, Pill(self.theme, words, tone))
        self.setAccessibleName(f"{words}: {about}")

    def answer_row(self, about: str, more: Sequence[str] = ()) -> FlowLayout:
        """The buttons, and where the answer stands once one is given; `more` are words of further buttons."""
        row = FlowLayout(gap_px=Space.SMALL)
        for number, words in enumerate((*(each.words for each in self.answers), *more), start=1):
            button = Button(self.theme, say("{number}  {words}", number=number, words=words))
            button.setAccessibleName(f"{words}: {about}")
            button.clicked.connect(self._on_answer_clicked)
            self.buttons.append(button)
            row.addWidget(button)
        row.addWidget(self._told)
        row.addWidget(self._again)
        return row

    def answer(self, number: int) -> None:
        """Give the answer with this number, from 1."""
        if 1 <= number <= len(self.answers):
            self.decide(self.answers[number - 1].decision)

    def decide(self, decision: Decided | None) -> None:
        """Take note of an answer."""
        self.decision = decision
        self.show_answer()
        self.setFocus()
        self.answered.emit()

    def show_decision(self, decision: Decided | None) -> None:
        """Show an answer that was given elsewhere, or none."""
        if decision != self.decision:
            self.decision = decision
            self.show_answer()

    def take_back(self) -> None:
        """Forget the answer."""
        self.decide(None)

    def show_answer(self) -> None:
        """Show the buttons, or the answer that was given in their place."""
        is_open = self.decision is None
        for button in self.buttons:
            button.setVisible(is_open)
        self._again.setVisible(not is_open)
        self._told.setVisible(not is_open)
        self._told.setText("" if self.decision is None else self.words_for(self.decision))

    def words_for(self, decision: Decided) -> str:
        """How an answer is told."""
        told = next(answer.told for answer in self.answers if answer.decision == decision)
        return f"✓ {told}"

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(self.buttons) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.answer(number)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self.decision is not None:
            self.take_back()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            place = QRectF(self.rect()).adjusted(1, 1, -1, -4)
            outline_round(begin(self), place, Radius.CARD, self.theme.colour("accent"), 2)

    def _on_answer_clicked(self) -> None:
        self.answer(next((at for at, each in enumerate(self.buttons, start=1) if each is self.sender()), 0))


def step_among(cards: Sequence[Card], key: int, area: QScrollArea) -> bool:
    """Go to the next card with n or the arrow down, to the one before with p or up; say whether this was such a key."""
    steps = {Qt.Key.Key_N: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_P: -1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
    if not (steps and cards):
        return False
    focused = area.window().focusWidget()
    at = next((at for at, card in enumerate(cards) if card is focused or card.isAncestorOf(focused)), -1)
    goal = cards[max(0, min(len(cards) - 1, at + steps))]
    goal.setFocus()
    area.ensureWidgetVisible(goal)
    return True
