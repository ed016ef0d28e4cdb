"""One thing that waits for a person: a conflict with its sides, or a suggestion with its reason.

A card only takes note of an answer; the panel carries out all answers together.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.exchange.conflict_sides import ConflictSides, values_in_order
from accountplanner.desktop.pages.exchange.value_typing import ValueTyping
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.answer_card import Answer, AnswerCard
from accountplanner.desktop.widgets.compared_sides import ComparedSides
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
    "withdrawal": (to_say("As it was sent again"), Tone.ACCENT),
    "waiting": (to_say("File waits"), Tone.INFO),
    "held": (to_say("File held back"), Tone.WARN),
}
_REFUSED = (to_say("Value not taken"), Tone.WARN)


class QueueCard(AnswerCard[Decision]):
    """Asks about one thing in the queue; where another value may be typed, one number beyond the last answer opens the editor.

    `record_opened` carries the record it is about; `editing_ended` comes when the editor closes, after the answer if there is one.
    """

    record_opened = Signal(str)
    editing_ended = Signal()

    def __init__(
        self,
        desk: Desk,
        item: QueueItem,
        today: date,
        decision: Decision | None = None,
        parent: QWidget | None = None,
    ) -> None:
        may_open = kind_of(item.record) in {"account", "contact", "partner"} and item.kind in {"conflict", "deletion"}
        super().__init__(desk.theme, tell(item.title), _answers(item), say("Open") if may_open else "", parent=parent)
        self.item = item
        self.decision = decision
        self._desk = desk
        self._sides: ConflictSides | None = None
        self._typing: ValueTyping | None = None
        words, tone = _KINDS.get(item.kind, (item.kind, Tone.NEUTRAL)) if item.can_accept else _REFUSED
        self.show_kind(say_marked(words), tone, f"{tell(item.title)}, {tell(item.label) or tell(item.reason)}")
        self._build_body(today)
        self.action_requested.connect(self._on_action_requested)
        self.show_answer()

    def is_editing(self) -> bool:
        """Whether somebody is typing into the card, which then has to stay as it is."""
        return any(each is not None and each.is_editing() for each in (self._sides, self._typing))

    @override
    def answer(self, number: int) -> None:
        is_beyond = number == len(self.answers) + 1
        if self._sides is not None and is_beyond:
            self._sides.start_editing()
        elif self._typing is not None and is_beyond:
            self._typing.start_editing(tell(self.item.found))
        else:
            super().answer(number)

    @override
    def show_answer(self) -> None:
        super().show_answer()
        decision = self.decision
        if self._sides is not None:
            self._sides.mark(decision.number if decision and decision.answer == "keep" else 0)

    @override
    def words_for(self, decision: Decision) -> str:
        if decision.answer == "type":
            return say("✓ Will be “{value}”", value=decision.text)
        return super().words_for(decision)

    def _build_body(self, today: date) -> None:
        title, more = tell(self.item.title), list[str]()
        if self.item.kind == "conflict":
            self._sides = ConflictSides(self._desk, self.item, today)
            self._sides.value_typed.connect(self._on_value_typed)
            self._sides.editing_ended.connect(self._on_editing_ended)
            self.body.addWidget(self._sides)
            title, more = f"{tell(self.item.label)}, {title}", [say("Edit")]
        else:
            self._build_suggestion()
        if self.item.can_type:
            self._typing = ValueTyping(self._desk, self.item)
            self._typing.value_typed.connect(self._on_value_typed)
            self._typing.editing_ended.connect(self._on_editing_ended)
            self.body.addWidget(self._typing)
            title, more = f"{tell(self.item.label)}, {title}", [say("Edit")]
        self.body.addLayout(self.answer_row(title, more))

    def _build_suggestion(self) -> None:
        if self.item.compared:
            self.body.addWidget(ComparedSides(self._desk.theme, self.item.compared))
        field, now = tell(self.item.label), tell(self.item.now) or say("nothing")
        if self.item.proposed:
            told = say("{field}: {now} → {proposed}", field=field, now=now, proposed=tell(self.item.proposed))
            self.body.addWidget(Label(told, "strong", wrap=True))
        elif not self.item.can_accept:
            told = say("{field}: {now}, as long as nobody types another value", field=field, now=now)
            self.body.addWidget(Label(told, "strong", wrap=True))
        if self.item.reason:
            self.body.addWidget(Label(tell(self.item.reason), "small", "muted", wrap=True))

    def _on_value_typed(self, text: str) -> None:
        self.decide(Decision(self.item.id, "type", text=text))

    def _on_editing_ended(self) -> None:
        self.setFocus()
        self.editing_ended.emit()

    def _on_action_requested(self) -> None:
        self.record_opened.emit(self.item.record)


def _answers(item: QueueItem) -> Sequence[Answer[Decision]]:
    if item.kind == "conflict":
        return _sides_of(item)
    if item.kind == "deletion":
        return (
            Answer(say("Keep the record"), Decision(item.id, "keep", 1), say("The record stays")),
            Answer(say("Delete it"), Decision(item.id, "keep", 2), say("The record goes")),
        )
    words = (
        (_yes_words(item.kind) if item.can_accept else "", "accept", say("Will be accepted")),
        (_no_words(item.kind), "reject", say("Will be left out")),
    )
    return tuple(Answer(word, Decision(item.id, answer), told) for word, answer, told in words if word)


def _sides_of(item: QueueItem) -> Sequence[Answer[Decision]]:
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
        "withdrawal": say("Take it back"),
        "damage": "",
        "waiting": "",
    }
    return words.get(kind, say("Accept"))


def _no_words(kind: str) -> str:
    words = {
        "match": say("They are two"),
        "withdrawal": say("Let it stand"),
        "damage": say("Seen"),
        "held": say("Leave it out"),
        "waiting": say("Wait no longer"),
    }
    return words.get(kind, say("Reject"))
