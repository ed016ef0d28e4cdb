"""The fields of one card: each with its value, what others say of it, and what a person has to decide."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.conflict_choice import ConflictChoice
from accountplanner.desktop.records.field_groups import value_field
from accountplanner.desktop.records.private_mark import PrivateMark
from accountplanner.desktop.records.provenance import provenance_of, written_day
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.value_row import LABEL_PX, ShownValue, ValueRow
from accountplanner.desktop.widgets.value_text import readable
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.fields import Field, FieldType, Layer, Privacy
from accountplanner.usecases.pages import FieldLine
from accountplanner.usecases.pages import ShownValue as SaidValue


@dataclass(frozen=True)
class FieldEdit:
    """What a person typed into a field; blank `text` clears it. `layer` is where the value shown stands."""

    key: str
    text: str
    layer: Layer


@dataclass(frozen=True)
class FieldChoice:
    """How a person settles a conflict: the value with this number from 1, or `text` instead of all."""

    key: str
    voice: str
    number: int = 0
    text: str = ""


@dataclass(frozen=True)
class Manner:
    """How the rows of a card are written."""

    theme: Theme
    formats: Formats
    currency: str
    is_plain: bool = False
    is_stacked: bool = False


@dataclass
class _Shown:
    """What stands for one field: the row and, below it, whatever else is said."""

    row: ValueRow
    below: QVBoxLayout
    line: FieldLine | None = None
    extras: list[QWidget] = field(default_factory=list)
    said: tuple[date, list[FieldLine]] = (date.min, [])
    """What the extras were made from."""


class FieldRows(QWidget):
    """One row a field. Fields without a line in `show_lines` (special ones, switched off) are not there at all.

    `value_committed` carries a `FieldEdit`, `conflict_settled` a `FieldChoice`; `share_requested`
    and `history_requested` a field's key. `names_wanted` carries a key and what was typed into a
    field that names a record; the answer goes to the row's `offer_names`.
    """

    value_committed = Signal(object)
    conflict_settled = Signal(object)
    share_requested = Signal(str)
    history_requested = Signal(str)
    names_wanted = Signal(str, str)
    editing_ended = Signal()

    def __init__(self, manner: Manner, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._manner = manner
        self._fields = {each.key: each for each in fields}
        self._shown: dict[str, _Shown] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for each in fields:
            self._shown[each.key] = self._build_row(each, layout)

    def show_lines(self, lines: Sequence[FieldLine], today: date) -> None:
        """Show what is said in each field."""
        by_key: dict[str, list[FieldLine]] = {}
        for line in lines:
            by_key.setdefault(line.field.key, []).append(line)
        for key, shown in self._shown.items():
            self._show_field(shown, by_key.get(key, []), today)

    def row(self, key: str) -> ValueRow:
        """The row of a field."""
        return self._shown[key].row

    def keys(self) -> tuple[str, ...]:
        """The fields that have a row."""
        return tuple(self._shown)

    def is_editing(self) -> bool:
        """Whether a person is typing into one of the rows."""
        return any(shown.row.is_editing for shown in self._shown.values())

    def leave(self) -> list[tuple[str, str]]:
        """Hand over what is being typed, as before another record is shown; return labels and texts that did not fit."""
        texts = [(shown.row.field.label, shown.row.leave()) for shown in self._shown.values() if shown.row.is_editing]
        return [(label, text) for label, text in texts if text]

    def refuse(self, key: str, sentence: str) -> None:
        """Say at the field why its value was not taken."""
        self._shown[key].row.refuse(sentence)

    def known_count(self) -> int:
        """How many fields hold something."""
        return sum(bool(shown.line and shown.line.values) for shown in self._shown.values())

    def has_rows(self) -> bool:
        """Whether any field may be shown at all."""
        return any(shown.line is not None for shown in self._shown.values())

    def _build_row(self, each: Field, layout: QVBoxLayout) -> _Shown:
        row = ValueRow(
            self._manner.theme,
            self._manner.formats,
            value_field(each, self._manner.currency, is_stacked=self._manner.is_stacked),
        )
        row.value_committed.connect(self._on_row_value_committed)
        row.details_requested.connect(self.history_requested)
        row.names_wanted.connect(self.names_wanted)
        row.editing_ended.connect(self.editing_ended)
        row.move_requested.connect(self._on_row_move_requested)
        below = QVBoxLayout()
        indent = Space.SMALL if row.field.is_stacked else self._manner.theme.scaled(LABEL_PX) + 2 * Space.SMALL
        below.setContentsMargins(indent, 0, Space.SMALL, 0)
        below.setSpacing(Space.HAIR)
        layout.addWidget(row)
        layout.addLayout(below)
        return _Shown(row, below)

    def _show_field(self, shown: _Shown, lines: list[FieldLine], today: date) -> None:
        main = _main_line(lines)
        shown.line = main
        shown.row.setVisible(main is not None)
        shown.row.show_value(self._value_of(main, today) if main is not None else ShownValue())
        if (today, lines) == shown.said:
            # Read again and the same: a click on its way to one of the buttons shall meet it.
            return
        shown.said = (today, lines)
        had_focus = any(map(holds_keyboard, shown.extras))
        self._take_extras(shown)
        if main is not None:
            self._show_extras(shown, main, [line for line in lines if line is not main], today)
        if had_focus:
            # What the keyboard stood on is settled, or made anew; the field it was about is still there.
            shown.row.setFocus()

    def _take_extras(self, shown: _Shown) -> None:
        for extra in shown.extras:
            shown.below.removeWidget(extra)
            extra.hide()
            extra.deleteLater()
        shown.extras = []

    def _value_of(self, line: FieldLine, today: date) -> ShownValue:
        if not line.values:
            return ShownValue()
        first = line.values[0]
        told = provenance_of(first, self._manner.formats, today)
        if line.has_conflict:
            return ShownValue(_editable(line.field, first), say("Different values were said:"), Tone.BAD)
        if self._manner.is_plain and first.fading:
            since = written_day(first.date, self._manner.formats, today)
            told = say("said {day}, fading", day=since)
        return ShownValue(
            _editable(line.field, first),
            told,
            Tone.WARN if first.fading else Tone.NEUTRAL,
            is_quiet=self._manner.is_plain and not first.fading,
        )

    def _show_extras(self, shown: _Shown, main: FieldLine, others: list[FieldLine], today: date) -> None:
        if main.has_conflict:
            self._add(shown, self._choice(main, today))
        if main.layer is Layer.ME and main.values:
            is_shared = any(line.layer is Layer.TEAM for line in others)
            self._add(shown, self._private_mark(main, is_shared=is_shared))
        for line in others:
            if line.has_conflict:
                self._add(shown, self._choice(line, today))
            elif line.values:
                self._add(shown, self._other_voice(line, today))

    def _add(self, shown: _Shown, extra: QWidget) -> None:
        shown.extras.append(extra)
        shown.below.addWidget(extra)

    def _choice(self, line: FieldLine, today: date) -> ConflictChoice:
        told = [
            (self._readable(line.field, value), provenance_of(value, self._manner.formats, today))
            for value in line.values
        ]
        choice = ConflictChoice(self._manner.theme, (line.field.key, line.voice), say_label(line.field.label), told)
        choice.value_chosen.connect(self._on_choice_value_chosen)
        return choice

    def _private_mark(self, line: FieldLine, *, is_shared: bool) -> PrivateMark:
        may_share = line.field.privacy is not Privacy.SPECIAL and not is_shared
        mark = PrivateMark(self._manner.theme, line.field.key, say_label(line.field.label), may_share=may_share)
        mark.share_requested.connect(self.share_requested)
        return mark

    def _other_voice(self, line: FieldLine, today: date) -> QWidget:
        value = line.values[0]
        is_opinion = line.field.per_speaker
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, Space.HAIR)
        column.setSpacing(0)
        told = provenance_of(value, self._manner.formats, today, is_opinion=is_opinion)
        prefix = "" if is_opinion else say("Shared with the team") + ": "
        column.addWidget(Label(f"{prefix}{self._readable(line.field, value)}", wrap=True))
        column.addWidget(Label(told, "small", "warn" if value.fading else "muted", wrap=True))
        return holder

    def _readable(self, each: Field, value: SaidValue) -> str:
        if each.type is FieldType.REFERENCE:
            return value.text
        return readable(value_field(each, self._manner.currency), value.value, self._manner.formats)

    def _on_row_value_committed(self, key: str, text: str) -> None:
        line = self._shown[key].line
        layer = line.layer if line is not None else self._fields[key].default_layer
        self.value_committed.emit(FieldEdit(key, text, layer))

    def _on_choice_value_chosen(self, place: tuple[str, str], number: int) -> None:
        self.conflict_settled.emit(FieldChoice(place[0], place[1], number))

    def _on_row_move_requested(self, key: str, step: int) -> None:
        rows = [shown.row for shown in self._shown.values() if shown.row.isVisible()]
        there = rows.index(self._shown[key].row) + step
        if 0 <= there < len(rows):
            rows[there].start_editing()


def _main_line(lines: Sequence[FieldLine]) -> FieldLine | None:
    """The line a person edits: their own, in the field's usual layer where both hold something."""
    own = [line for line in lines if line.mine or not line.field.per_speaker]
    if not own:
        return None
    return min(own, key=lambda line: (not line.values, line.layer is not line.field.default_layer))


def _editable(each: Field, value: SaidValue) -> str:
    return value.text if each.type is FieldType.REFERENCE else value.value
