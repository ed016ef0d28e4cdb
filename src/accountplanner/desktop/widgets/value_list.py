"""The rows of one card or record: they share a look, and Tab goes from editor to editor."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.value_row import ShownValue, ValueRow
from accountplanner.desktop.widgets.value_text import ValueField


class ValueList(QWidget):
    """Holds one `ValueRow` for each field. In a card, add it with `add_wide`.

    The signals are those of its rows; after `editing_ended` a postponed refresh may be made up for.
    """

    value_committed = Signal(str, str)
    details_requested = Signal(str)
    editing_ended = Signal()

    def __init__(
        self, theme: Theme, formats: Formats, fields: Sequence[ValueField] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._formats = formats
        self._rows: dict[str, ValueRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.show_fields(fields)

    def show_fields(self, fields: Sequence[ValueField]) -> None:
        """Replace the rows, as for a record of another kind."""
        for row in self._rows.values():
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {field.id: self._new_row(field) for field in fields}

    def show_values(self, values: Mapping[str, ShownValue]) -> None:
        """Show values by field id; fields that are not named become unknown."""
        for field_id, row in self._rows.items():
            row.show_value(values.get(field_id, ShownValue()))

    def row(self, field_id: str) -> ValueRow:
        """Return the row of a field."""
        return self._rows[field_id]

    def is_editing(self) -> bool:
        """Whether a person is in the middle of typing into one of the rows."""
        return any(row.is_editing for row in self._rows.values())

    def _new_row(self, field: ValueField) -> ValueRow:
        row = ValueRow(self._theme, self._formats, field)
        row.value_committed.connect(self.value_committed)
        row.details_requested.connect(self.details_requested)
        row.editing_ended.connect(self.editing_ended)
        row.move_requested.connect(self._on_row_move_requested)
        self._layout.addWidget(row)
        return row

    def _on_row_move_requested(self, field_id: str, step: int) -> None:
        rows = [row for row in self._rows.values() if row.isVisible() and not row.field.is_read_only]
        there = rows.index(self._rows[field_id]) + step
        if 0 <= there < len(rows):
            rows[there].start_editing()
