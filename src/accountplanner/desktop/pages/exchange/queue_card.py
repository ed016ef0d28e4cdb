"""One thing that waits for a person: a conflict with its sides, or a suggestion with its reason.

A card only takes note of an answer; the panel carries out all answers together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.exchange.conflict_sides import ConflictSides, values_in_order
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.painting import begin, outline_round
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_marked, to_say
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.reviewing import Decision
from accountplanner.usecases.waiting import QueueItem

_KINDS = {
    "conflict": (to_say("Conflict"), Tone.BAD),
    "deletion": (to_say("Deleted by one, changed by another"), Tone.BAD),
    "match": (to_say("May be the same"), Tone.INFO),
    "rejoin": (to_say("Torn rows"), Tone.WARN),
    "row": (to_say("New row"), Tone.ACCENT),
    "person": (to_say("New person"), Tone.ACCENT),
    "value": (to_say("New value"), Tone.ACCENT),
    "group": (to_say("Same value in hidden rows"), Tone.WARN),
    "note": (to_say("Remark"), Tone.ACCENT),
    "damage": (to_say("Damaged by a program"), Tone.WARN),
    "removal": (to_say("Row removed"), Tone.WARN),
    "waiting": (to_say("File waits"), Tone.INFO),
    "held": (to_say("File held back"), Tone.WARN),
}


@dataclass(frozen=True)
class Answer:
    """One way to answer a card: the words on its button, the decision, and how it is told once chosen."""

    words: str
    decision: Decision
    told: str


class QueueCard(Card):
    """Asks one question and remembers the answer; `answered` comes whenever that changes.

    The keyboard: 1, 2 … for the answers in their order, Backspace or Delete takes an answer back.
    `record_opened` carries the record it is about.
    """

    answered = Signal()
    record_opened = Signal(str)

    def __init__(
        self,
        desk: Desk,
        item: QueueItem,
        today: date,
        decision: Decision | None = None,
        parent: QWidget | None = None,
    ) -> None:
        may_open = kind_of(item.record) in {"account", "contact", "partner"} and item.kind in {"conflict", "deletion"}
        super().__init__(desk.theme, tell(item.title), say("Open") if may_open else "", parent=parent)
        self.item = item
        self.decision = decision
        self._desk = desk
        self._answers = _answers(item)
        self._buttons: list[Button] = []
        self._sides: ConflictSides | None = None
        self._told = Label("", "small_strong", Tone.GOOD)
        self._again = Button(desk.theme, say("Change"), "link")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words, tone = _KINDS.get(item.kind, (item.kind, Tone.NEUTRAL))
        self.setAccessibleName(f"{say_marked(words)}: {tell(item.title)}, {tell(item.label) or tell(item.reason)}")
        self.head.insertWidget(1, Pill(desk.theme, say_marked(words), tone))
        self._build_body(today)
        self._again.setAccessibleName(say("Change the answer about {title}", title=tell(item.title)))
        self._again.clicked.connect(self.take_back)
        self.action_requested.connect(self._on_action_requested)
        self._show_answer()

    def answer(self, number: int) -> None:
        """Give the answer with this number, from 1; one beyond the last of a conflict opens the editor."""
        if 1 <= number <= len(self._answers):
            self._decide(self._answers[number - 1].decision)
        elif self._sides is not None and number == len(self._answers) + 1:
            self._sides.start_editing()

    def take_back(self) -> None:
        """Forget the answer."""
        self.decision = None
        self._show_answer()
        self.setFocus()
        self.answered.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(self._answers) + 1 and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
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

    def _build_body(self, today: date) -> None:
        if self.item.kind == "conflict":
            self._sides = ConflictSides(self._desk, self.item, today)
            self._sides.value_typed.connect(self._on_value_typed)
            self._sides.editing_ended.connect(self._on_editing_ended)
            self.body.addWidget(self._sides)
        else:
            self._build_suggestion()
        self.body.addLayout(self._build_buttons())

    def _build_suggestion(self) -> None:
        if self.item.proposed:
            told = say(
                "{field}: {now} → {proposed}",
                field=tell(self.item.label),
                now=tell(self.item.now) or say("nothing"),
                proposed=tell(self.item.proposed),
            )
            self.body.addWidget(Label(told, "strong", wrap=True))
        if self.item.reason:
            self.body.addWidget(Label(tell(self.item.reason), "small", "muted", wrap=True))

    def _build_buttons(self) -> FlowLayout:
        row = FlowLayout(gap_px=Space.SMALL)
        for number, answer in enumerate(self._answers, start=1):
            button = self._button(say("{number}  {words}", number=number, words=answer.words))
            button.setAccessibleName(f"{answer.words}: {self._about()}")
            button.clicked.connect(self._on_answer_clicked)
            row.addWidget(button)
        if self._sides is not None:
            edit = self._button(say("{number}  {words}", number=len(self._answers) + 1, words=say("Edit")))
            edit.setAccessibleName(say("Type another value for {field}", field=self._about()))
            edit.clicked.connect(self._sides.start_editing)
            row.addWidget(edit)
        row.addWidget(self._told)
        row.addWidget(self._again)
        return row

    def _button(self, words: str) -> Button:
        button = Button(self._desk.theme, words)
        self._buttons.append(button)
        return button

    def _about(self) -> str:
        title = tell(self.item.title)
        return f"{tell(self.item.label)}, {title}" if self._sides is not None else title

    def _show_answer(self) -> None:
        decision = self.decision
        for button in self._buttons:
            button.setVisible(decision is None)
        self._again.setVisible(decision is not None)
        self._told.setVisible(decision is not None)
        self._told.setText(self._words_for(decision) if decision else "")
        if self._sides is not None:
            self._sides.mark(decision.number if decision and decision.answer == "keep" else 0)

    def _words_for(self, decision: Decision) -> str:
        if decision.answer == "type":
            return say("✓ Will be “{value}”", value=decision.text)
        told = next(answer.told for answer in self._answers if answer.decision == decision)
        return f"✓ {told}"

    def _decide(self, decision: Decision) -> None:
        self.decision = decision
        self._show_answer()
        self.setFocus()
        self.answered.emit()

    def _on_answer_clicked(self) -> None:
        self.answer(next((at for at, each in enumerate(self._buttons, start=1) if each is self.sender()), 0))

    def _on_value_typed(self, text: str) -> None:
        self._decide(Decision(self.item.id, "type", text=text))

    def _on_editing_ended(self) -> None:
        self.setFocus()

    def _on_action_requested(self) -> None:
        self.record_opened.emit(self.item.record)


def _answers(item: QueueItem) -> Sequence[Answer]:
    if item.kind == "conflict":
        return _sides_of(item)
    if item.kind == "deletion":
        return (
            Answer(say("Keep the record"), Decision(item.id, "keep", 1), say("The record stays")),
            Answer(say("Delete it"), Decision(item.id, "keep", 2), say("The record goes")),
        )
    words = (
        (_yes_words(item.kind), "accept", say("Will be accepted")),
        (_no_words(item.kind), "reject", say("Will be left out")),
    )
    return tuple(Answer(word, Decision(item.id, answer), told) for word, answer, told in words if word)


def _sides_of(item: QueueItem) -> Sequence[Answer]:
    mine = [value.by_me for value in item.values]
    found = []
    for place, (number, value) in enumerate(values_in_order(item), start=1):
        words = say("Keep mine") if value.by_me and mine.count(True) == 1 else say("Take {name}’s", name=value.speaker)
        if not value.speaker or [other.speaker for other in item.values].count(value.speaker) > 1:
            words = say("Keep value {number}", number=place)
        found.append(Answer(words, Decision(item.id, "keep", number), say("“{value}” stays", value=value.text)))
    if item.can_join:
        words = say("Keep both") if len(item.values) == 2 else say("Keep all")
        found.append(Answer(words, Decision(item.id, "all"), say("All of them stay, one after the other")))
    return found


def _yes_words(kind: str) -> str:
    """The words of the first answer, none where there is nothing to agree to."""
    words = {
        "match": say("They are the same"),
        "rejoin": say("Put them together"),
        "held": say("Take it in all the same"),
        "damage": "",
        "waiting": "",
    }
    return words.get(kind, say("Accept"))


def _no_words(kind: str) -> str:
    words = {
        "match": say("They are two"),
        "damage": say("Seen"),
        "held": say("Leave it out"),
        "waiting": say("Wait no longer"),
    }
    return words.get(kind, say("Reject"))
