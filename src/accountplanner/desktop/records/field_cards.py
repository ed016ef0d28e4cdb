"""All fields of a record as cards, edited in place: the part of a page that every record kind shares."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.history_dialog import HistoryDialog
from accountplanner.desktop.records.field_groups import fields_of, groups_of
from accountplanner.desktop.records.field_rows import FieldChoice, FieldEdit, FieldRows, Manner
from accountplanner.desktop.records.history_entries import entries_of
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.wording import say
from accountplanner.domain.catalogue import field_named
from accountplanner.domain.changes import Changes
from accountplanner.usecases.editing import Typed, set_value, share_value
from accountplanner.usecases.pages import HistoryLine, RecordPage, history
from accountplanner.usecases.resolving import Place, keep_sibling
from accountplanner.usecases.session import Session, Shown


class FieldCards(QWidget):
    """Shows a record's fields and takes what is typed; a refresh waits until nobody is typing.

    `saved` comes after an edit has reached the workspace.
    """

    saved = Signal()

    def __init__(self, desk: Desk, kind: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self._page: RecordPage | None = None
        self._waiting: tuple[RecordPage, date] | None = None
        self._today = date.min
        self._cards: list[tuple[Card, FieldRows, str]] = []
        self._columns = CardColumns(name)
        layout = QStackedLayout(self)
        layout.addWidget(self._columns)
        self._beside: list[QWidget] = []

    def add_beside(self, card: QWidget) -> None:
        """Put another card at the head of the last column; before the first record is shown."""
        self._beside.append(card)

    def show_page(self, page: RecordPage, today: date) -> None:
        """Show a record; one being typed into is left alone until the typing ends."""
        is_same = self._page is not None and self._page.record == page.record
        if is_same and self.is_editing():
            self._waiting = (page, today)
            return
        self._waiting = None
        self._page, self._today = page, today
        self._seen = _Seen(page.shown)
        if not self._cards:
            self._build_cards()
        for card, rows, title in self._cards:
            rows.show_lines(page.lines, today)
            card.setVisible(rows.has_rows())
            card.title.show_text(self._heading(rows, title))
        if not is_same:
            self._columns.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Show nothing of any record any more."""
        self._page = self._waiting = None
        for _, rows, _ in self._cards:
            rows.show_lines((), self._today)

    def is_editing(self) -> bool:
        """Whether a person is typing into a field."""
        return any(rows.is_editing() for _, rows, _ in self._cards)

    def rows_with(self, key: str) -> FieldRows:
        """The rows in which a field stands."""
        return next(rows for _, rows, _ in self._cards if key in rows.keys())  # noqa: SIM118 - not a mapping

    def _build_cards(self) -> None:
        theme, formats = self._desk.theme, self._desk.formats
        session = self._desk.session
        manner = Manner(theme, formats, session.currency if session else "EUR")
        columns: list[list[QWidget]] = [[], [*self._beside]]
        for group in groups_of(self._kind):
            rows = FieldRows(
                replace(manner, is_plain=group.is_plain, is_stacked=group.is_stacked), fields_of(self._kind, group)
            )
            rows.value_committed.connect(self._on_value_committed)
            rows.conflict_settled.connect(self._on_conflict_settled)
            rows.share_requested.connect(self._on_share_requested)
            rows.history_requested.connect(self._on_history_requested)
            rows.editing_ended.connect(self._on_editing_ended)
            card = Card(theme, say(group.title))
            card.add_wide(rows)
            self._cards.append((card, rows, say(group.title)))
            columns[group.column].append(card)
        self._columns.show_cards(columns)

    def _heading(self, rows: FieldRows, title: str) -> str:
        """Say how much of a section of the profile is known."""
        if not any(key.startswith("mackay_") for key in rows.keys()):  # noqa: SIM118 - not a mapping
            return title
        total = len(rows.keys())
        return say("{title}  ·  {known} of {total}", title=title, known=rows.known_count(), total=total)

    def _on_value_committed(self, edit: FieldEdit) -> None:
        page = self._page
        if page is None:
            return
        typed = Typed(page.record, edit.key, edit.text, clear=not edit.text, layer=edit.layer)
        label = field_named(self._kind, edit.key).label
        work = partial(_set_value, typed=typed, seen=self._seen)
        refused = _Refusal(self, edit.key, page.record)
        told = say("{field} of {name} saved", field=label, name=page.title)
        self._desk.write(say("Saving {field}", field=label), work, self._on_saved, refused.tell, told=told)

    def _on_saved(self, changes: Changes) -> None:
        self.saved.emit()
        if not changes and self._page is not None:
            self.show_page(self._page, self._today)

    def refuse(self, record: str, key: str, sentence: str) -> None:
        """Say at a field why its value was not taken, if its record is still in sight."""
        if self._page is not None and self._page.record == record:
            self.rows_with(key).refuse(key, sentence)
        else:
            self._desk.tell(sentence)

    def _on_conflict_settled(self, choice: FieldChoice) -> None:
        page = self._page
        if page is not None:
            place = Place(page.record, choice.key, choice.voice)
            self._desk.write(say("Resolving"), partial(_keep, place=place, number=choice.number, page=page))

    def _on_share_requested(self, key: str) -> None:
        if self._page is not None:
            self._desk.write(say("Sharing"), partial(share_value, record=self._page.record, key=key))

    def _on_history_requested(self, key: str) -> None:
        if self._page is not None:
            self._asked = key
            self._desk.read(partial(history, record=self._page.record, key=key), self._on_history_read)

    def _on_history_read(self, lines: list[HistoryLine]) -> None:
        label = field_named(self._kind, self._asked).label
        entries = entries_of(lines, self._desk.formats, self._today)
        HistoryDialog(self._desk.theme, say("History of {field}", field=label), entries, self.window()).open()

    def _on_editing_ended(self) -> None:
        if self._waiting is not None and not self.is_editing():
            self.show_page(*self._waiting)


class _Refusal:
    """Brings a refusal back to the field it is about, wherever the person has gone meanwhile."""

    def __init__(self, cards: FieldCards, key: str, record: str) -> None:
        self._cards = cards
        self._key = key
        self._record = record

    def tell(self, sentence: str) -> None:
        self._cards.refuse(self._record, self._key, sentence)


class _Seen:
    """What the person has seen of the record on the page: what was read, and what they typed since.

    Without the second half somebody who corrects a value twice would be in conflict with themselves.
    """

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def has_now(self, session: Session) -> bool:
        """Whether nothing has been said since by anybody else."""
        return session.shown() == self.shown


def _set_value(session: Session, typed: Typed, seen: _Seen) -> Changes:
    is_alone = seen.has_now(session)
    changes = set_value(session, typed, seen.shown)
    if is_alone:
        seen.shown = session.shown()
    return changes


def _keep(session: Session, place: Place, number: int, page: RecordPage) -> Changes:
    return keep_sibling(session, place, number, page.shown)
