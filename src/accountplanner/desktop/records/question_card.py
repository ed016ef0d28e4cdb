"""What to ask next: one question at an account, three of a person, each with why it is worth asking."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.brief_wording import WindowWording
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.standing import Standing, put_in_order
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.documents.brief_words import BriefWords
from accountplanner.domain.briefs import Question
from accountplanner.usecases.briefs import questions_for


class QuestionCard(Card):
    """Shows the questions worth most; it is not there while nothing is worth asking.

    `filled` comes when the card was read and may have become higher.
    """

    filled = Signal()

    def __init__(self, desk: Desk, most: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, say("One question worth asking") if most == 1 else say("Ask next"), parent=parent)
        self._desk = desk
        self._most = most
        self._today = date.min
        self._reading = Reading(None)
        self._lines = Standing(self._line)
        self.hide()

    def show_record(self, record: str, today: date) -> None:
        """Read and show what is worth asking about a record."""
        self._today = today
        self._reading.drop()
        self._reading = self._desk.read(partial(questions_for, record=record, most=self._most), self._on_read)

    def forget(self) -> None:
        """Show nothing of any record any more."""
        self._reading.drop()
        self._on_read(())

    def _on_read(self, questions: Sequence[Question]) -> None:
        words = BriefWords(WindowWording(self._desk.formats), self._today)
        lines = self._lines.show([words.question(each) for each in questions])
        put_in_order(self.body, lines)
        self.setVisible(bool(questions))
        for line in lines:
            line.show()  # at once, so that what is measured next counts it
        self.filled.emit()

    def _line(self, said: tuple[str, str]) -> QWidget:
        asked, why = said
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, Space.HAIR)
        column.setSpacing(2)
        column.addWidget(Label(asked, "strong" if self._most > 1 else "heading", wrap=True))
        column.addWidget(Label(why, "small", "muted", wrap=True))
        return line
