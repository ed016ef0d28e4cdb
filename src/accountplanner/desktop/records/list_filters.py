"""Filters by any field: one dialog to say what must hold, and a chip for each that takes it back."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_value import ValueChoice, offers_of
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.text import plain_tip
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import field_named
from accountplanner.domain.fields import Field, FieldType
from accountplanner.usecases.browsing import Condition, Operator
from accountplanner.usecases.listing import column_fields
from accountplanner.usecases.saved_filters import typed_condition
from accountplanner.usecases.session import Session

_WORDED_ONLY: Final = (Operator.CONTAINS, Operator.IS, Operator.IS_NOT, Operator.KNOWN, Operator.UNKNOWN)
_CHOSEN_ONLY: Final = (Operator.IS, Operator.IS_NOT, Operator.KNOWN, Operator.UNKNOWN)
_MEASURED: Final = (Operator.AT_LEAST, Operator.AT_MOST, Operator.IS, Operator.KNOWN, Operator.UNKNOWN)
_MEASURED_TYPES: Final = frozenset({FieldType.DATE, FieldType.MONEY, FieldType.DECIMAL, FieldType.INTEGER})
_CHOSEN_TYPES: Final = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.REFERENCE})
_BLANK: Final = frozenset({Operator.KNOWN, Operator.UNKNOWN})


def operators_for(field: Field) -> tuple[Operator, ...]:
    """The comparisons that mean something for a field, the likeliest first."""
    if field.type in _MEASURED_TYPES:
        return _MEASURED
    return _CHOSEN_ONLY if field.type in _CHOSEN_TYPES else _WORDED_ONLY


def operator_words(operator: Operator) -> str:
    """What a comparison is called."""
    return {
        Operator.IS: say("is"),
        Operator.IS_NOT: say("is not"),
        Operator.CONTAINS: say("contains"),
        Operator.AT_LEAST: say("is at least"),
        Operator.AT_MOST: say("is at most"),
        Operator.KNOWN: say("is known"),
        Operator.UNKNOWN: say("is not known"),
    }[operator]


def condition_words(condition: Condition, kind: str, title: str = "") -> str:
    """A condition as its chip says it; `title` is what a reference is called."""
    field = field_named(kind, condition.field)
    value = title or dict(offers_of(field)).get(condition.value, condition.value)
    return " ".join(part for part in (say_label(field.label), operator_words(condition.operator), value) if part)


class ConditionChips(QWidget):
    """Shows what must hold; `removed` carries the condition whose chip somebody pressed.

    `left` comes when the keyboard stood on the last of them, and nothing is here for it any more.
    """

    removed = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, Space.HAIR + 2)
        self._chips: list[_ConditionChip] = []

    def show_conditions(self, conditions: Sequence[tuple[Condition, str]]) -> None:
        """Show conditions with their words."""
        held = next((at for at, chip in enumerate(self._chips) if holds_keyboard(chip)), None)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [_ConditionChip(self._theme, condition, words, self) for condition, words in conditions]
        for chip in self._chips:
            chip.pressed_away.connect(self.removed)
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(self._chips))
        if held is not None and self._chips:
            self._chips[min(held, len(self._chips) - 1)].setFocus()
        elif held is not None:
            self.left.emit()


class _ConditionChip(Button):
    pressed_away = Signal(object)

    def __init__(self, theme: Theme, condition: Condition, words: str, parent: QWidget) -> None:
        super().__init__(theme, words, "chip", icon="close", parent=parent)
        self._condition = condition
        self.setAccessibleName(say("Take away the filter: {words}", words=words))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.pressed_away.emit(self._condition)


class FilterDialog(FormDialog):
    """Asks for a field, a comparison and a value. `condition_made` carries the condition and its words.

    `field_chosen` carries the key of the field a condition is being made for.
    """

    condition_made = Signal(object, str)
    field_chosen = Signal(str)

    def __init__(self, desk: Desk, kind: str, parent: QWidget) -> None:
        super().__init__(desk.theme, say("Add a filter"), say("Add the filter"), parent=parent)
        self._desk = desk
        self._kind = kind
        self._fields = column_fields(kind)
        self.field = ComboBox(desk.theme)
        self.operator = ComboBox(desk.theme)
        self.value = ValueChoice(desk, say("Value"))
        for field in self._fields:
            self.field.addItem(say_label(field.label), field.key)
        self.add_field(say("Field"), self.field)
        self.add_field(say("Comparison"), self.operator)
        self.add_field(say("Value"), self.value)
        self.field.currentIndexChanged.connect(self._on_field_chosen)
        self.operator.currentIndexChanged.connect(self._on_operator_chosen)
        self.accept_requested.connect(self._on_accept_requested)
        self._on_field_chosen()

    def _on_field_chosen(self) -> None:
        field = self._chosen_field()
        self.operator.clear()
        for operator in operators_for(field):
            self.operator.addItem(operator_words(operator), operator)
        self.value.show_field(field)
        self.field_chosen.emit(field.key)

    def _on_operator_chosen(self) -> None:
        self.value.setEnabled(self.operator.currentData() not in _BLANK)

    def _chosen_field(self) -> Field:
        return field_named(self._kind, str(self.field.currentData()))

    def _on_accept_requested(self) -> None:
        field, operator = self._chosen_field(), Operator(self.operator.currentData())
        typed = self.value.text()
        if operator in _BLANK:
            self._on_made((Condition(field.key, operator), ""))
        elif not typed:
            self.show_error(say("Say what to compare with."))
        else:
            work = partial(_meant, kind=self._kind, key=field.key, operator=operator, typed=typed)
            self._desk.read(work, self._on_made, self.show_error)

    def _on_made(self, made: tuple[Condition, str]) -> None:
        condition, title = made
        self.condition_made.emit(condition, condition_words(condition, self._kind, title))
        self.accept()


def _meant(session: Session, kind: str, key: str, operator: Operator, typed: str) -> tuple[Condition, str]:
    return typed_condition(session, kind, Condition(key, operator, typed))
