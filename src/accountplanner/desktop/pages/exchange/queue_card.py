"""One thing that waits for a person: a conflict with its values, or a suggestion with its reason."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.conflict_choice import ConflictChoice
from accountplanner.desktop.records.field_groups import value_field
from accountplanner.desktop.records.provenance import provenance_of
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.value_text import readable
from accountplanner.desktop.wording import say
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.pages import ShownValue
from accountplanner.usecases.reviewing import QueueItem

_KINDS = {
    "conflict": ("Conflict", Tone.BAD),
    "deletion": ("Deleted by one, changed by another", Tone.BAD),
    "match": ("May be the same", Tone.INFO),
    "rejoin": ("Torn rows", Tone.WARN),
    "row": ("New row", Tone.ACCENT),
    "value": ("New value", Tone.ACCENT),
    "removal": ("Row removed", Tone.WARN),
    "waiting": ("File waits", Tone.INFO),
    "held": ("File held back", Tone.WARN),
}


class QueueCard(Card):
    """Asks one question. `resolved` carries the item's id and the number of the value to keep.

    `accepted` and `rejected` carry the id of a suggestion, `record_opened` the record it is about.
    """

    resolved = Signal(str, object)
    accepted = Signal(str)
    rejected = Signal(str)
    record_opened = Signal(str)

    def __init__(self, desk: Desk, item: QueueItem, today: date, parent: QWidget | None = None) -> None:
        may_open = kind_of(item.record) in {"account", "contact", "partner"} and item.kind in {"conflict", "deletion"}
        super().__init__(desk.theme, item.title, say("Open") if may_open else "", parent=parent)
        self.item = item
        self._desk = desk
        words, tone = _KINDS.get(item.kind, (item.kind, Tone.NEUTRAL))
        self.head.insertWidget(1, Pill(desk.theme, say(words), tone))
        if item.kind == "conflict":
            self.body.addWidget(Label(item.label, "small_strong", "muted"))
            self.body.addWidget(self._choice(item, today))
        else:
            self.body.addWidget(Label(item.reason, "small", "muted", wrap=True))
            self.body.addLayout(self._answers(item))
        self.action_requested.connect(self._on_action_requested)

    def _choice(self, item: QueueItem, today: date) -> ConflictChoice:
        told = [(self._written(value), provenance_of(value, self._desk.formats, today)) for value in item.values]
        choice = ConflictChoice(self._desk.theme, (item.field, item.voice), item.label, told)
        choice.value_chosen.connect(self._on_value_chosen)
        return choice

    def _written(self, value: ShownValue) -> str:
        field = known_field(kind_of(self.item.record), self.item.field)
        if field is None or field.type is FieldType.REFERENCE:
            return value.text
        return readable(value_field(field, ""), value.value, self._desk.formats)

    def _answers(self, item: QueueItem) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        for words, do in ((_yes_words(item), self._on_yes_clicked), (_no_words(item), self._on_no_clicked)):
            if words:
                answer = Button(self._desk.theme, words, "plain")
                answer.setAccessibleName(f"{words}: {item.title}")
                answer.clicked.connect(do)
                row.addWidget(answer)
        row.addStretch(1)
        return row

    def _on_value_chosen(self, _place: object, number: int) -> None:
        self.resolved.emit(self.item.id, number)

    def _on_yes_clicked(self) -> None:
        if self.item.kind == "deletion":
            self.resolved.emit(self.item.id, 1)
        else:
            self.accepted.emit(self.item.id)

    def _on_no_clicked(self) -> None:
        if self.item.kind == "deletion":
            self.resolved.emit(self.item.id, 2)
        else:
            self.rejected.emit(self.item.id)

    def _on_action_requested(self) -> None:
        self.record_opened.emit(self.item.record)


def _yes_words(item: QueueItem) -> str:
    """The words of the first answer, none where there is nothing to agree to."""
    words = {
        "deletion": say("Keep the record"),
        "match": say("They are the same"),
        "rejoin": say("Put them together"),
        "held": say("Take it in all the same"),
        "waiting": "",
    }
    return words.get(item.kind, say("Accept"))


def _no_words(item: QueueItem) -> str:
    words = {
        "deletion": say("Delete it"),
        "match": say("They are two"),
        "held": say("Leave it out"),
        "waiting": say("Wait no longer"),
    }
    return words.get(item.kind, say("Reject"))
