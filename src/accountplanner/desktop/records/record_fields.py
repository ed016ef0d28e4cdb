"""The fields of one record in a small place: below a line that was opened, or in a dialog."""

from collections.abc import Collection
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.field_rows import FieldRows, Manner
from accountplanner.desktop.records.record_editing import RecordEditing
from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.pages import RecordPage, record_page
from accountplanner.usecases.session import Session


class RecordFields(QWidget):
    """Reads one record and shows its fields for editing in place; what changes elsewhere is read again.

    `read` carries the page each time it was read, `gone` comes when the record is no longer there.
    """

    read = Signal(object)
    gone = Signal()

    def __init__(self, desk: Desk, record: str, without: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.record = record
        self._reading = Reading(None)
        self._waiting: tuple[RecordPage, date] | None = None
        kind = kind_of(record)
        fields = [each for each in record_kind(kind).fields if not each.internal and each.key not in without]
        self.rows = FieldRows(Manner(desk.theme, desk.formats, desk.currency, is_plain=True), fields)
        self._editing = RecordEditing(desk, kind, self)
        self._editing.take(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        self.rows.editing_ended.connect(self._on_editing_ended)
        desk.bus.announced.connect(self._on_changes_announced)
        self.refresh()

    def refresh(self) -> None:
        """Read the record again."""
        self._reading.drop()
        self._reading = self._desk.read(partial(_read, record=self.record), self._on_read, self._on_refused)

    def is_editing(self) -> bool:
        """Whether a person is typing into one of the fields."""
        return self._editing.is_editing()

    def leave(self) -> None:
        """Hand over what is being typed, before the fields go."""
        self._editing.leave()

    def page(self) -> RecordPage | None:
        """The record as it was read last."""
        return self._editing.page

    def _on_read(self, read: tuple[RecordPage, date]) -> None:
        if self.is_editing():
            self._waiting = read
            return
        self._waiting = None
        self._editing.show_page(*read)
        self.read.emit(read[0])

    def _on_refused(self, _sentence: str) -> None:
        self.gone.emit()

    def _on_editing_ended(self) -> None:
        if self._waiting is not None and not self.is_editing():
            self._on_read(self._waiting)

    def _on_changes_announced(self, changes: Changes) -> None:
        if self.record in changes.records:
            self.refresh()


def _read(session: Session, record: str) -> tuple[RecordPage, date]:
    return record_page(session, record), session.clock.today()
