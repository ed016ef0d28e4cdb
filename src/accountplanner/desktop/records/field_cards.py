"""All fields of a record as cards, edited in place: the part of a page that every record kind shares."""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.field_groups import FieldGroup, fields_of, groups_of
from accountplanner.desktop.records.field_rows import FieldRows, Manner
from accountplanner.desktop.records.record_editing import RecordEditing
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.wording import say, say_label
from accountplanner.usecases.pages import RecordPage


class FieldCards(QWidget):
    """Shows a record's fields and takes what is typed; a refresh waits until nobody is typing.

    The cards are made with the first record: at once where somebody sees them, one after the other where nobody does.

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
        self._placed: list[tuple[int, Card]] = []
        self._lacking = [group for group in groups_of(kind) if not group.is_closed]
        self._put_off: tuple[RecordPage, date] | None = None
        self._making = QTimer(self, singleShot=True, interval=0)
        self._making.timeout.connect(self._on_making_due)
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
        self.editing.leave()
        self._waiting = None
        self._today = today
        if self._lacking and not self.isVisible():
            self._put_off = (page, today)
            # What stands beside the fields is filled at once, and without a place it would open as a window.
            self._place_cards()
            self._making.start()
            return
        self._put_off = None
        self._make_cards(len(self._lacking))
        self.editing.show_page(page, today)
        for card, rows, title in self._cards:
            card.setVisible(rows.has_rows())
            card.title.show_text(self._heading(rows, title))
        self._columns.settle()
        if not is_same:
            self._columns.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Show nothing of any record any more."""
        self._waiting = self._put_off = None
        self.editing.forget()

    def is_editing(self) -> bool:
        """Whether a person is typing into a field."""
        return self.editing.is_editing()

    def rows_with(self, key: str) -> FieldRows:
        """The rows in which a field stands."""
        return self.editing.rows_with(key)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if self._put_off is not None:
            self._make_cards(len(self._lacking))
            self.show_page(*self._put_off)
        super().showEvent(event)

    def _on_making_due(self) -> None:
        """Make one card more; after the last the record is shown that waits for them."""
        if self._put_off is None:
            return
        self._make_cards(1)
        if self._lacking:
            self._making.start()
        else:
            self.show_page(*self._put_off)

    def _make_cards(self, count: int) -> None:
        if not count:
            return
        made, self._lacking = self._lacking[:count], self._lacking[count:]
        for group in made:
            self._make_card(group)
        if not self._lacking:
            self._place_cards()

    def _place_cards(self) -> None:
        columns: list[list[QWidget]] = [[*self._before], [*self._beside]]
        for place, card in self._placed:
            columns[place].append(card)
        columns[1] += self._below
        self._columns.show_cards(columns)

    def _make_card(self, group: FieldGroup) -> None:
        theme, formats = self._desk.theme, self._desk.formats
        manner = Manner(theme, formats, self._desk.currency, is_plain=group.is_plain, is_stacked=group.is_stacked)
        rows = FieldRows(manner, fields_of(self._kind, group))
        self.editing.take(rows)
        rows.editing_ended.connect(self._on_editing_ended)
        title = say_label(group.title)
        card = Card(theme, title)
        card.add_wide(rows)
        self._cards.append((card, rows, title))
        self._placed.append((group.column, card))

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
