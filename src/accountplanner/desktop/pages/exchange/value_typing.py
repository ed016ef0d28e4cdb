"""Room to type another value on a card of the queue, as it is typed in its field anywhere else."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.field_groups import value_field
from accountplanner.desktop.telling import sentence_of
from accountplanner.desktop.widgets.value_row import ShownValue, ValueRow
from accountplanner.desktop.wording import say
from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.waiting import QueueItem


class ValueTyping(QWidget):
    """An editor that is made when it is first wanted. `value_typed` carries a value that fits the field.

    `editing_ended` comes when the editor closes, with a value or without.
    """

    value_typed = Signal(str)
    editing_ended = Signal()

    def __init__(self, desk: Desk, item: QueueItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._field = known_field(kind_of(item.record), item.field)
        self._row: ValueRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def is_editing(self) -> bool:
        """Whether somebody is typing."""
        return self._row is not None and self._row.is_editing

    def start_editing(self, text: str) -> None:
        """Open the editor with a text to begin from."""
        if self._row is None and self._field is not None:
            currency = self._desk.session.currency if self._desk.session else ""
            self._row = ValueRow(self._desk.theme, self._desk.formats, value_field(self._field, currency))
            self._row.value_committed.connect(self._on_value_committed)
            self._row.editing_ended.connect(self._on_editing_ended)
            self._column.addWidget(self._row)
        if self._row is not None:
            self._row.show_value(ShownValue(text))
            self.show()
            self._row.start_editing()

    def _on_value_committed(self, _field: str, typed: str) -> None:
        if self._field is None or self._desk.session is None:
            return
        try:
            value = canonical_value(self._field, typed, self._desk.session.currency)
        except PlannerError as error:
            self._refuse(sentence_of(error))
            return
        if value:
            self.value_typed.emit(value)
        else:
            self._refuse(say("A blank settles nothing; type a value, or choose another answer."))

    def _refuse(self, sentence: str) -> None:
        if self._row is not None:
            self.show()
            self._row.refuse(sentence)

    def _on_editing_ended(self) -> None:
        self.hide()
        self.editing_ended.emit()
