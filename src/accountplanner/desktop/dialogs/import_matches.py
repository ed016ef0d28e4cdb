"""Rows of an import that may be somebody known: a card for each, decided before anything is written, or later."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.answer_card import Answer, AnswerCard, step_among
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.compared_sides import ComparedSides
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.usecases.waiting import QueueItem, asked

_MOST: Final = 40
_SAME, _ANOTHER, _LATER = "same", "another", "later"


class MatchCard(AnswerCard[str]):
    """A row beside the known record it may be."""

    def __init__(self, theme: Theme, item: QueueItem, decision: str = "", parent: QWidget | None = None) -> None:
        title = tell(item.title)
        super().__init__(theme, title, _answers(), parent=parent)
        self.item = item
        self.decision = decision or None
        self.show_kind(say("May be the same"), Tone.INFO, f"{title}, {tell(item.reason)}")
        self.body.addWidget(Label(tell(item.reason), "small", "muted", wrap=True))
        # Above the fields: in a small window they go on below its foot, and the answers must be in sight.
        self.body.addLayout(self.answer_row(title))
        self.body.addWidget(ComparedSides(theme, item.compared))
        self.show_answer()


class MatchCards(QWidget):
    """The cards, and how many are answered; n and p or the arrows go from card to card, numbers answer."""

    answered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answers: dict[str, str] = {}
        self._kept: dict[str, tuple[str, str]] = {}
        self._items: Sequence[QueueItem] = ()
        self._cards: list[MatchCard] = []
        self._told = Label("", "small", "muted", wrap=True)
        self._columns = CardColumns(say("Possible duplicates"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._told)
        column.addWidget(self._columns, 1)

    def take_up(self, kept: Mapping[str, tuple[str, str]]) -> None:
        """Answer with what was kept, as soon as the same is asked again."""
        self._kept = dict(kept)

    def kept(self) -> dict[str, tuple[str, str]]:
        """What was asked and answered, to be kept and taken up."""
        given = {item.id: (asked(item), self._answers[item.id]) for item in self._items if item.id in self._answers}
        return self._kept | given

    def show_items(self, items: Sequence[QueueItem]) -> None:
        """Show these; what was answered before stays answered."""
        self._items = items
        for item in items:
            question, answer = self._kept.pop(item.id, ("", ""))
            if question == asked(item):
                self._answers[item.id] = answer
        for old in self._cards:
            old.hide()
            old.deleteLater()
        self._cards = [self._card(item) for item in items[:_MOST]]
        self._columns.show_cards([self._cards])
        self._tell()

    def enter(self) -> None:
        """Put the keyboard onto the first card nobody has answered."""
        cards = self.cards()
        if cards:
            next((each for each in cards if each.decision is None), cards[0]).setFocus()

    def cards(self) -> Sequence[MatchCard]:
        """The cards in their order."""
        return self._cards

    def decisions(self) -> Mapping[str, bool]:
        """Which rows are the same as the known record, and which another; those left for later are in neither."""
        ids = {item.id for item in self._items}
        return {each: answer == _SAME for each, answer in self._answers.items() if each in ids and answer != _LATER}

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not step_among(self.cards(), event.key(), self._columns):
            super().keyPressEvent(event)

    def _card(self, item: QueueItem) -> MatchCard:
        card = MatchCard(self._theme, item, self._answers.get(item.id, ""))
        card.answered.connect(self._on_card_answered)
        return card

    def _on_card_answered(self) -> None:
        card = self.sender()
        if isinstance(card, MatchCard):
            self._answers.pop(card.item.id, None)
            if card.decision:
                self._answers[card.item.id] = card.decision
            self._tell()
            self.answered.emit()

    def _tell(self) -> None:
        count = len(self.decisions())
        told = say("{count} of {all} decided; the others wait in Exchange.", count=count, all=len(self._items))
        keys = say("Press 1, 2 or 3 to answer, n for the next one.")
        self._told.setText(told if count else f"{keys} {say('Whatever you leave open waits in Exchange.')}")


def _answers() -> tuple[Answer[str], ...]:
    return (
        Answer(say("The same"), _SAME, say("Will be one record")),
        Answer(say("Another"), _ANOTHER, say("Will be a record of its own")),
        Answer(say("Decide later"), _LATER, say("Will wait in Exchange")),
    )
