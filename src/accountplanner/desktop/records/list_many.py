"""What can be done with several selected records: change one field of all of them, copy them as a table."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_value import ValueChoice
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Motion, Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import label_within, say, say_count, say_label
from accountplanner.domain.catalogue import field_named, record_kind
from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Field, FieldType
from accountplanner.usecases.bulk_editing import BulkPreview, bulk_fields, preview_many, set_many
from accountplanner.usecases.listing import record_rows, records_behind
from accountplanner.usecases.session import Session, Shown

_FORMULAS: Final = "=@+-"
_NUMBER: Final = re.compile(r"[+-][\d\s.,()/-]*")
"""A number, of a phone too, which begins like a formula and is none."""


@dataclass(frozen=True)
class _Wish:
    numbers: tuple[int, ...]
    key: str
    text: str
    clear: bool


class SelectionBar(QWidget):
    """Stands at the foot of a list while several records are selected."""

    change_requested = Signal()
    copy_requested = Signal()
    trip_requested = Signal()

    def __init__(self, theme: Theme, *, has_briefs: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", "small_strong")
        self.trip = Button(theme, say("Trip pack"), icon="visit")
        self.trip.setAccessibleName(say("Trip pack of the selected records"))
        self.change = Button(theme, say("Change"), icon="edit")
        self.change.setAccessibleName(say("Change a field of the selected records"))
        self.copy = Button(theme, say("Copy"), icon="copy")
        self.copy.setAccessibleName(say("Copy the selected records as a table"))
        column, row = QVBoxLayout(self), FlowLayout(gap_px=Space.SMALL)
        column.setContentsMargins(0, Space.HAIR, 0, Space.SMALL)
        column.setSpacing(Space.HAIR)
        row.addWidget(self.change)
        row.addWidget(self.copy)
        column.addWidget(self._count)
        column.addLayout(row)
        row.addWidget(self.trip)
        self.change.clicked.connect(self.change_requested)
        self.copy.clicked.connect(self.copy_requested)
        self.trip.clicked.connect(self.trip_requested)
        self.trip.setVisible(has_briefs)

    def show_count(self, count: int, words: str) -> None:
        """Show for how many records the buttons stand; fewer than two need no bar."""
        self._count.setText(words)
        self._count.setToolTip(words)
        self.setVisible(count > 1)


class BulkEditDialog(FormDialog):
    """Asks which field of the selected records becomes what, and says beforehand how many that changes."""

    def __init__(self, desk: Desk, kind: str, numbers: Sequence[int], parent: QWidget) -> None:
        self._kind = record_kind(kind)
        records = label_within(self._kind.label if len(numbers) == 1 else self._kind.plural)
        title = say("Change a field of {count} {records}", count=len(numbers), records=records)
        explanation = say("One step, and Undo takes it back. Where two answers are in conflict, nothing is changed.")
        super().__init__(desk.theme, title, say("Change"), explanation=explanation, parent=parent)
        self._desk = desk
        self._numbers = tuple(numbers)
        self._counting = Reading(None)
        self._shown: Shown | None = None
        self._pause = QTimer(self, singleShot=True, interval=Motion.TYPING_PAUSE_MS)
        self._build_form()
        self._connect()
        self._on_field_chosen()

    def _build_form(self) -> None:
        theme = self._desk.theme
        self.field = ComboBox(theme)
        # What one chooses from is what people set for many; what is typed is mostly each record's own.
        for field in sorted(bulk_fields(self._kind.key), key=_is_typed):
            self.field.addItem(say_label(field.label), field.key)
        self.value = ValueChoice(self._desk, say("New value"))
        self.clear = CheckBox(theme, say("Clear the field"))
        self.counted = Label("", "body", "muted", wrap=True)
        self.add_field(say("Field"), self.field)
        self.add_field(say("New value"), self.value)
        self.body.addWidget(self.clear)
        self.body.addWidget(self.counted)

    def _connect(self) -> None:
        self.field.currentIndexChanged.connect(self._on_field_chosen)
        self.value.changed.connect(self._wait)
        self.clear.toggled.connect(self._on_clear_toggled)
        self._pause.timeout.connect(self._count)
        self.accept_requested.connect(self._on_accept_requested)

    def _on_field_chosen(self) -> None:
        self.value.show_field(field_named(self._kind.key, str(self.field.currentData())))

    def _on_clear_toggled(self, is_clear: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.value.setEnabled(not is_clear)
        self._wait()

    def _wait(self) -> None:
        # What was counted, or is being counted, is no longer what is asked for.
        self._counting.drop()
        self.counted.setText("")
        self.allow_accept(is_allowed=False)
        self._pause.start()

    def _count(self) -> None:
        self.show_error("")
        if not self.value.text() and not self.clear.isChecked():
            return
        self._counting = self._desk.read(partial(_preview, wish=self._wish()), self._on_counted, self.show_error)

    def _wish(self) -> "_Wish":
        return _Wish(self._numbers, str(self.field.currentData()), self.value.text(), self.clear.isChecked())

    def _on_counted(self, counted: tuple[Shown, BulkPreview]) -> None:
        self._shown, preview = counted
        parts = [
            say_count("{count} will change", "{count} will change", preview.changed),
            say("{count} of them have nothing there now", count=preview.filled) if preview.filled else "",
            say("{count} already say so", count=preview.same) if preview.same else "",
            say("{count} in conflict stay as they are", count=preview.conflicted) if preview.conflicted else "",
        ]
        self.counted.setText(" · ".join(part for part in parts if part))
        self.allow_accept(is_allowed=preview.changed > 0)
        self.fit_height()

    def _on_accept_requested(self) -> None:
        if self.accept_button.isEnabled():
            self.allow_accept(is_allowed=False)
            work = partial(_change, wish=self._wish(), shown=self._shown)
            self._desk.write(self.windowTitle(), work, self._on_changed, self.show_error)

    def _on_changed(self, _changes: Changes) -> None:
        self.accept()


def copy_table(desk: Desk, kind: str, numbers: Sequence[int], columns: Sequence[str]) -> None:
    """Put records onto the clipboard as a table, with the columns in sight and no others."""
    copier = _Copier(desk, kind)
    desk.read(partial(_table, kind=kind, numbers=tuple(numbers), columns=tuple(columns)), copier.take)


class _Copier:
    def __init__(self, desk: Desk, kind: str) -> None:
        self._desk = desk
        self._kind = record_kind(kind)

    def take(self, rows: Sequence[Sequence[str]]) -> None:
        data = QMimeData()
        data.setText("\n".join("\t".join(map(_plain_cell, row)) for row in rows))
        data.setHtml(_html_table(rows))
        QGuiApplication.clipboard().setMimeData(data)
        records = label_within(self._kind.plural if len(rows) > 2 else self._kind.label)
        self._desk.tell(say("{count} {records} copied as a table", count=len(rows) - 1, records=records))


def _table(session: Session, kind: str, numbers: tuple[int, ...], columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    titles = tuple(say_label(field_named(kind, key).label) for key in columns)
    rows = record_rows(session, kind, numbers)
    return [titles, *(tuple(row.texts.get(key, "") for key in columns) for row in rows)]


def _plain_cell(text: str) -> str:
    """One cell as plain text. A spreadsheet would compute what looks like a formula, whoever wrote it."""
    flat = " ".join(text.split())
    is_formula = bool(flat) and flat[0] in _FORMULAS and not _NUMBER.fullmatch(flat)
    return f"'{flat}" if is_formula else flat


def _html_table(rows: Sequence[Sequence[str]]) -> str:
    # The number format keeps spreadsheet programs from computing or reading dates into what is text here.
    cell = "<td style='mso-number-format:\"\\@\"'>{}</td>"
    lines = ("".join(cell.format(html.escape(text).replace("\n", "<br>")) for text in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _is_typed(field: Field) -> bool:
    return field.type not in {FieldType.CHOICE, FieldType.YES_NO, FieldType.REFERENCE}


def _preview(session: Session, wish: _Wish) -> tuple[Shown, BulkPreview]:
    # What is taken in after the counting was seen by nobody, and is not replaced.
    shown = session.shown()
    return shown, preview_many(session, records_behind(session, wish.numbers), wish.key, wish.text, clear=wish.clear)


def _change(session: Session, wish: _Wish, shown: Shown | None) -> Changes:
    return set_many(session, records_behind(session, wish.numbers), wish.key, wish.text, shown, clear=wish.clear)
