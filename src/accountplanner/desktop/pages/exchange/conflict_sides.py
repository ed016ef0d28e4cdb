"""The sides of a conflict beside each other: mine, what stood before, theirs; and room to type another value."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.exchange.value_typing import ValueTyping
from accountplanner.desktop.records.field_groups import value_field
from accountplanner.desktop.records.provenance import provenance_of
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, outline_round
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.value_text import readable
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.pages import ShownValue
from accountplanner.usecases.waiting import QueueItem

_A_ROW = 3


@dataclass(frozen=True)
class SideWords:
    """What a side says: whose it is, the value, who said it and when. The base is written more quietly."""

    caption: str
    value: str
    told: str = ""
    is_base: bool = False


class Side(PaintedWidget):
    """One value of a conflict."""

    def __init__(self, theme: Theme, words: SideWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._is_base = words.is_base
        self._is_chosen = False
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(2)
        role, tone = ("body", "muted") if words.is_base else ("strong", "")
        column.addWidget(Label(words.caption, "small_strong", "muted"))
        column.addWidget(Label(words.value, role, tone, wrap=True))
        column.addWidget(Label(words.told, "small", "muted", wrap=True))
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def mark(self, *, is_chosen: bool) -> None:
        """Show that this one stays."""
        self._is_chosen = is_chosen
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        if self._is_chosen:
            fill_round(painter, place, Radius.CONTROL, self.theme.colour("soft"))
            outline_round(painter, place, Radius.CONTROL, self.theme.colour("accent"), 2)
        elif not self._is_base:
            fill_round(painter, place, Radius.CONTROL, self.theme.colour("window"))


def values_in_order(item: QueueItem) -> list[tuple[int, ShownValue]]:
    """The values of a conflict, mine first, each with its number in the queue item."""
    return sorted(enumerate(item.values, start=1), key=lambda each: not each[1].by_me)


class ConflictSides(QWidget):
    """Shows the sides, numbered as a person answers, and takes another value. `value_typed` carries a value that fits the field.

    `editing_ended` comes when the editor closes, with a value or without.
    """

    value_typed = Signal(str)
    editing_ended = Signal()

    def __init__(self, desk: Desk, item: QueueItem, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item = item
        self._field = known_field(kind_of(item.record), item.field)
        self._today = today
        self._sides: dict[int, Side] = {}
        self._typing = ValueTyping(desk, item)
        self._typing.value_typed.connect(self.value_typed)
        self._typing.editing_ended.connect(self.editing_ended)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(Label(say_label(item.label), "small_strong", "muted"))
        column.addLayout(self._build_grid())
        column.addWidget(self._typing)

    def mark(self, number: int) -> None:
        """Show which value stays, by its number in the queue item; 0 for none of them."""
        for each, side in self._sides.items():
            side.mark(is_chosen=each == number)

    def is_editing(self) -> bool:
        """Whether somebody is typing another value."""
        return self._typing.is_editing()

    def start_editing(self) -> None:
        """Open an editor with the value shown first."""
        if self._item.values:
            first = self._item.values[0]
            is_reference = self._field is not None and self._field.type is FieldType.REFERENCE
            self._typing.start_editing(first.text if is_reference else first.value)

    def _build_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.SMALL)
        ordered = values_in_order(self._item)
        sides: list[tuple[int, int, ShownValue | None]] = [(at, *each) for at, each in enumerate(ordered, start=1)]
        sides.insert(1, (0, 0, self._item.base))
        for at, (place, number, value) in enumerate(sides):
            side = self._side(place, value)
            grid.addWidget(side, at // _A_ROW, at % _A_ROW)
            if number:
                self._sides[number] = side
        for at in range(min(_A_ROW, len(sides))):
            grid.setColumnStretch(at, 1)
        return grid

    def _side(self, place: int, value: ShownValue | None) -> Side:
        theme = self._desk.theme
        if value is None:
            return Side(theme, SideWords(say("Before"), say("nothing"), is_base=True))
        caption = say("Before") if not place else say("Mine") if value.by_me else value.speaker or say("Theirs")
        if place:
            caption = say("{number} · {whose}", number=place, whose=caption)
        told = provenance_of(value, self._desk.formats, self._today)
        return Side(theme, SideWords(caption, self._written(value), told, is_base=not place))

    def _written(self, value: ShownValue) -> str:
        if self._field is None or self._field.type is FieldType.REFERENCE:
            return tell(value.text)
        return readable(value_field(self._field, ""), value.value, self._desk.formats)
