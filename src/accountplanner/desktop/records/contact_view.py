"""A person's page: how to reach them, their part in buying, and the 66 questions as far as they are answered."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.dialogs.erase_dialog import EraseDialog
from accountplanner.desktop.records.field_cards import FieldCards
from accountplanner.desktop.records.header import Mark, RecordHeader
from accountplanner.desktop.records.history_tab import HistoryTab
from accountplanner.desktop.records.notes_tab import NotesTab
from accountplanner.desktop.records.tabs import RecordTabs
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.account_pages import NoteLine, notes_of
from accountplanner.usecases.editing import create_record, delete_record
from accountplanner.usecases.pages import RecordPage, record_page
from accountplanner.usecases.session import Session

Opened = tuple[RecordPage, tuple[NoteLine, ...], date]


class ContactView(QWidget):
    """Shows one contact. `account_requested` carries the account's id, `gone` comes after a deletion.

    The way back appears where `show_contact` names one.
    """

    account_requested = Signal(str)
    back_requested = Signal()
    gone = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record = ""
        self._opened: Opened | None = None
        self._reading = Reading(None)
        self._build_widgets()
        self._build_layout()
        self._connect()

    def show_contact(self, record: str, back: str = "") -> None:
        """Open a contact."""
        self._record = record
        self._header.show_back(back)
        self.refresh()

    def refresh(self) -> None:
        """Read the contact again."""
        if self._record:
            self._reading.drop()
            self._reading = self._desk.read(partial(_open, record=self._record), self._on_read, self._on_refused)

    def forget(self) -> None:
        """Show nothing of anybody."""
        self._record, self._opened = "", None
        self._header.show_name("", "")
        self.cards.forget()

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self._header = RecordHeader(theme)
        self.cards = FieldCards(self._desk, "contact", say("What we know of this person"))
        tabs = (("profile", say("Profile")), ("notes", say("Notes")), ("history", say("History")))
        make = {"profile": self._make_profile, "notes": self._make_notes, "history": self._make_history}
        self.tabs = RecordTabs(theme, tabs, make, say("Parts of the person's page"))
        account = self._header.menu.addAction(say("Go to the account"))
        account.triggered.connect(self._on_account_wanted)
        erase = self._header.menu.addAction(say("Erase this person for good"))
        erase.triggered.connect(self._on_erase_wanted)
        delete = self._header.menu.addAction(theme.icon("trash"), say("Delete"))
        delete.triggered.connect(self._on_delete_wanted)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.tabs, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs.show_tab("profile")

    def _connect(self) -> None:
        self._header.back_requested.connect(self.back_requested)
        self.tabs.tab_shown.connect(self._on_tab_shown)
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.closing.connect(self.forget)

    def _make_profile(self) -> QWidget:
        return self.cards

    def _make_notes(self) -> QWidget:
        self._notes = NotesTab(self._desk, say("What did you learn about this person?"), may_be_private=True)
        self._notes.note_written.connect(self._on_note_written)
        return self._notes

    def _make_history(self) -> QWidget:
        self._history = HistoryTab(self._desk, "contact")
        return self._history

    def _on_read(self, opened: Opened) -> None:
        page, _, today = self._opened = opened
        known = len({line.field.key for line in page.lines if line.field.number and line.values})
        subtitle = " · ".join(part for part in (page.text("title"), page.text("account")) if part)
        self._header.show_name(page.title, subtitle, _marks(page, known))
        self.cards.show_page(page, today)
        self._on_tab_shown(self.tabs.shown())

    def _on_tab_shown(self, key: str) -> None:
        if self._opened is None:
            return
        page, notes, today = self._opened
        if key == "notes":
            self._notes.show_notes(notes, today)
        elif key == "history":
            self._history.show_record(page.record, today)

    def _on_refused(self, _sentence: str) -> None:
        self.forget()
        self.gone.emit()

    def _on_note_written(self, text: str, is_private: bool) -> None:  # noqa: FBT001 - a signal carries it
        work = partial(_write_note, record=self._record, text=text, is_private=is_private)
        self._desk.write(say("Saving the note"), work, self._on_note_saved)

    def _on_note_saved(self, _made: object) -> None:
        self._notes.note_taken()

    def _on_account_wanted(self) -> None:
        line = self._opened[0].line("account") if self._opened else None
        if line is not None and line.values:
            self.account_requested.emit(line.values[0].value)

    def _on_delete_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened[0]
            work = partial(delete_record, record=page.record, shown=page.shown)
            self._desk.write(say("Deleting"), work, told=say("{name} deleted", name=page.title))

    def _on_erase_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened[0]
            EraseDialog(self._desk, page.record, page.title, self.window()).open()

    def _on_changes_announced(self, changes: Changes) -> None:
        kinds = {kind_of(record) for record in changes.records}
        if self._record and (self._record in changes.records or kinds & {"note", "contact"}):
            self.refresh()


def _open(session: Session, record: str) -> Opened:
    page = record_page(session, record)
    return page, notes_of(session, "note", "contact", page.record), session.clock.today()


def _write_note(session: Session, record: str, text: str, *, is_private: bool) -> tuple[str, Changes]:
    today = session.clock.today().isoformat()
    values = {"text": text, "contact": record, "author": session.store.identity.name, "written_on": today}
    return create_record(session, "note", values, layer=Layer.ME if is_private else Layer.TEAM)


def _marks(page: RecordPage, known: int) -> list[Mark]:
    marks = []
    conflicts = sum(line.has_conflict for line in page.lines)
    if conflicts:
        marks.append(Mark(say_count("{count} conflict", "{count} conflicts", conflicts), Tone.BAD))
    if page.delete_conflict:
        marks.append(Mark(say("Deleted by somebody"), Tone.BAD))
    marks.append(Mark(say("{known} of 66 known", known=known), Tone.ACCENT if known else Tone.NEUTRAL))
    return marks
