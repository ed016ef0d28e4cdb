"""All fields of a record as cards, edited in place: the part of a page that every record kind shares."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.field_groups import fields_of, groups_of
from accountplanner.desktop.records.field_rows import FieldRows, Manner
from accountplanner.desktop.records.record_editing import RecordEditing
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.wording import say, say_label
from accountplanner.usecases.pages import RecordPage


class FieldCards(QWidget):
    """Shows a record's fields and takes what is typed; a refresh waits until nobody is typing.

    `saved` comes after an edit has reached the workspace.
    """

    saved = Signal()

    def __init__(self, desk: Desk, kind: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self.editing = RecordEditing(desk, kind, self)
        self.editing.saved.connect(self._on_saved)
        self._waiting: tuple[RecordPage, date] | None = None
        self._today = date.min
        self._cards: list[tuple[Card, FieldRows, str]] = []
        self._columns = CardColumns(name)
        layout = QStackedLayout(self)
        layout.addWidget(self._columns)
        self._before: list[QWidget] = []
        self._beside: list[QWidget] = []
        self._below: list[QWidget] = []

    def add_below(self, card: QWidget) -> None:
        """Put another card at the foot of the last column; before the first record is shown."""
        self._below.append(card)

    def add_before(self, card: QWidget) -> None:
        """Put another card at the head of the first column; before the first record is shown."""
        self._before.append(card)

    def add_beside(self, card: QWidget) -> None:
        """Put another card at the head of the last column; before the first record is shown."""
        self._beside.append(card)

    def show_page(self, page: RecordPage, today: date) -> None:
        """Show a record; one being typed into is left alone until the typing ends."""
        is_same = self.editing.page is not None and self.editing.page.record == page.record
        if is_same and self.is_editing():
            self._waiting = (page, today)
            return
        self._waiting = None
        self._today = today
        if not self._cards:
            self._build_cards()
        self.editing.show_page(page, today)
        for card, rows, title in self._cards:
            card.setVisible(rows.has_rows())
            card.title.show_text(self._heading(rows, title))
        self._columns.settle()
        if not is_same:
            self._columns.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Show nothing of any record any more."""
        self._waiting = None
        self.editing.forget()

    def is_editing(self) -> bool:
        """Whether a person is typing into a field."""
        return self.editing.is_editing()

    def rows_with(self, key: str) -> FieldRows:
        """The rows in which a field stands."""
        return self.editing.rows_with(key)

    def _build_cards(self) -> None:
        theme, formats = self._desk.theme, self._desk.formats
        manner = Manner(theme, formats, self._desk.currency)
        columns: list[list[QWidget]] = [[*self._before], [*self._beside]]
        for group in groups_of(self._kind):
            if group.is_closed:
                continue
            rows = FieldRows(
                replace(manner, is_plain=group.is_plain, is_stacked=group.is_stacked), fields_of(self._kind, group)
            )
            self.editing.take(rows)
            rows.editing_ended.connect(self._on_editing_ended)
            card = Card(theme, say_label(group.title))
            card.add_wide(rows)
            self._cards.append((card, rows, say_label(group.title)))
            columns[group.column].append(card)
        columns[1] += self._below
        self._columns.show_cards(columns)

    def _heading(self, rows: FieldRows, title: str) -> str:
        """Say how much of a section of the profile is known."""
        if not any(key.startswith("mackay_") for key in rows.keys()):  # noqa: SIM118 - not a mapping
            return title
        total = len(rows.keys())
        return say("{title}  ·  {known} of {total}", title=title, known=rows.known_count(), total=total)

    def settle(self) -> None:
        """Give every card the room it needs, after others beside the fields were filled."""
        self._columns.settle()

    def _on_saved(self, _changes: object) -> None:
        self.saved.emit()

    def _on_editing_ended(self) -> None:
        if self._waiting is not None and not self.is_editing():
            self.show_page(*self._waiting)
