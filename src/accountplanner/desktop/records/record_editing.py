"""Typing into the fields of one record: what every place with field rows has in common."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.history_dialog import HistoryDialog
from accountplanner.desktop.records.field_rows import FieldChoice, FieldEdit, FieldRows
from accountplanner.desktop.records.history_entries import entries_of
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import field_named
from accountplanner.domain.changes import Changes
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.browsing import Hit, find
from accountplanner.usecases.editing import Typed, set_value, share_value
from accountplanner.usecases.pages import HistoryLine, RecordPage, history
from accountplanner.usecases.resolving import Place, keep_sibling
from accountplanner.usecases.session import Session, Shown

_NAMES_MOST = 8


class RecordEditing(QObject):
    """Saves what is typed into the rows of one record, and brings refusals back to their field.

    `saved` carries the changes of an edit that has reached the workspace.
    """

    saved = Signal(object)

    def __init__(self, desk: Desk, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self._widget = parent
        self._rows: list[FieldRows] = []
        self._page: RecordPage | None = None
        self._today = date.min

    @property
    def page(self) -> RecordPage | None:
        """The record in sight."""
        return self._page

    def take(self, rows: FieldRows) -> None:
        """Look after rows; before the first record is shown."""
        self._rows.append(rows)
        rows.value_committed.connect(self._on_value_committed)
        rows.conflict_settled.connect(self._on_conflict_settled)
        rows.share_requested.connect(self._on_share_requested)
        rows.history_requested.connect(self._on_history_requested)
        rows.names_wanted.connect(self._on_names_wanted)

    def show_page(self, page: RecordPage, today: date) -> None:
        """Show a record in all rows."""
        self._page, self._today = page, today
        self._seen = _Seen(page.shown)
        for rows in self._rows:
            rows.show_lines(page.lines, today)

    def forget(self) -> None:
        """Show nothing of any record any more."""
        self._page = None
        for rows in self._rows:
            rows.show_lines((), self._today)

    def is_editing(self) -> bool:
        """Whether a person is typing into a field."""
        return any(rows.is_editing() for rows in self._rows)

    def leave(self) -> None:
        """Hand over what is being typed to the record it is about, before another one is shown; tell what does not fit.

        An editor keeps its text while a dialog such as the palette has the keyboard, and would write it to the next record.
        """
        page = self._page
        unfit = [each for rows in self._rows for each in rows.leave()]
        if unfit and page is not None:
            told = say("“{text}” does not fit and was not saved: {field} of {name}")
            self._desk.tell("; ".join(told.format(text=text, field=field, name=page.title) for field, text in unfit))

    def rows_with(self, key: str) -> FieldRows:
        """The rows in which a field stands."""
        return next(rows for rows in self._rows if key in rows.keys())  # noqa: SIM118 - not a mapping

    def refuse(self, record: str, key: str, sentence: str) -> None:
        """Say at a field why its value was not taken, if its record is still in sight."""
        if self._page is not None and self._page.record == record:
            self.rows_with(key).refuse(key, sentence)
        else:
            self._desk.tell(sentence)

    def _on_value_committed(self, edit: FieldEdit) -> None:
        page = self._page
        if page is None:
            return
        typed = Typed(page.record, edit.key, edit.text, clear=not edit.text, layer=edit.layer)
        label = say_label(field_named(self._kind, edit.key).label)
        work = partial(_set_value, typed=typed, seen=self._seen)
        refused = _Refusal(self, edit.key, page.record)
        told = say("{field} of {name} saved", field=label, name=page.title)
        self._desk.write(say("Saving {field}", field=label), work, self._on_saved, refused.tell, told=told)

    def _on_saved(self, changes: Changes) -> None:
        self.saved.emit(changes)
        if not changes and self._page is not None:
            self.show_page(self._page, self._today)

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
            show_history(self._desk, self._page.record, key, self._widget)

    def _on_names_wanted(self, key: str, typed: str) -> None:
        field = field_named(self._kind, key)
        work = partial(find, typed=typed, kinds=field.refers_to, limit=_NAMES_MOST)
        self._desk.read(work, _Names(self, key, typed).tell)

    def offer_names(self, key: str, typed: str, hits: list[Hit]) -> None:
        """Offer records for what was typed into a field that names one."""
        self.rows_with(key).row(key).offer_names(typed, [(hit.record, hit.title) for hit in hits if hit.in_title])


def show_history(desk: Desk, record: str, key: str, parent: QWidget) -> None:
    """Open everything that was ever said about one value: where it comes from, and what stood before."""
    desk.read(partial(_history, record=record, key=key), _Asked(desk, record, key, parent).show)


class _Asked:
    """Opens the history of a value once it is read, if who asked is still there."""

    def __init__(self, desk: Desk, record: str, key: str, parent: QWidget) -> None:
        self._desk = desk
        self._label = say_label(field_named(kind_of(record), key).label)
        self._parent = parent

    def show(self, read: tuple[list[HistoryLine], date]) -> None:
        if Shiboken.isValid(self._parent):
            entries = entries_of(read[0], self._desk.formats, read[1])
            title = say("History of {field}", field=self._label)
            HistoryDialog(self._desk.theme, title, entries, self._parent.window()).open()


class _Names:
    """Brings names back to the field they were looked up for."""

    def __init__(self, editing: RecordEditing, key: str, typed: str) -> None:
        self._editing = editing
        self._key = key
        self._typed = typed

    def tell(self, hits: list[Hit]) -> None:
        if Shiboken.isValid(self._editing):
            self._editing.offer_names(self._key, self._typed, hits)


class _Refusal:
    """Brings a refusal back to the field it is about, wherever the person has gone meanwhile."""

    def __init__(self, editing: RecordEditing, key: str, record: str) -> None:
        self._editing = editing
        self._key = key
        self._record = record

    def tell(self, sentence: str) -> None:
        self._editing.refuse(self._record, self._key, sentence)


class _Seen:
    """What the person has seen of the record on the page: what was read, and what they typed since.

    Without the second half somebody who corrects a value twice would be in conflict with themselves.
    """

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def has_now(self, session: Session) -> bool:
        """Whether nothing has been said since by anybody else."""
        return session.shown() == self.shown


def _history(session: Session, record: str, key: str) -> tuple[list[HistoryLine], date]:
    return history(session, record, key), session.clock.today()


def _set_value(session: Session, typed: Typed, seen: _Seen) -> Changes:
    is_alone = seen.has_now(session)
    changes = set_value(session, typed, seen.shown)
    if is_alone:
        seen.shown = session.shown()
    return changes


def _keep(session: Session, place: Place, number: int, page: RecordPage) -> Changes:
    return keep_sibling(session, place, number, page.shown)
