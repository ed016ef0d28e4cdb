"""One record's page: the head that stays, its tabs, and what every record can have done to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.brief_dialog import BriefDialog
from accountplanner.desktop.records.composer import Composer, Written
from accountplanner.desktop.records.field_cards import FieldCards
from accountplanner.desktop.records.header import RecordHeader
from accountplanner.desktop.records.history_tab import HistoryTab
from accountplanner.desktop.records.notes_tab import NotesTab
from accountplanner.desktop.records.tabs import RecordTabs
from accountplanner.desktop.records.timeline_tab import TimelineTab
from accountplanner.desktop.records.understanding_composer import UnderstandingComposer
from accountplanner.desktop.widgets.when_seen import WhenSeen
from accountplanner.desktop.wording import say
from accountplanner.domain.briefs import KINDS as BRIEFED
from accountplanner.domain.changes import Changes
from accountplanner.usecases.account_pages import NoteLine
from accountplanner.usecases.editing import delete_record
from accountplanner.usecases.notes import write_note
from accountplanner.usecases.pages import RecordPage
from accountplanner.usecases.session import Session


class Opened(Protocol):
    """What every record's page shows, whatever else it does."""

    @property
    def page(self) -> RecordPage:
        """The record's own fields."""

    @property
    def notes(self) -> tuple[NoteLine, ...]:
        """What was written about it, newest first."""


Shown = TypeVar("Shown", bound=Opened)
NotesWriter = NotesTab | TimelineTab


@dataclass(frozen=True)
class ViewPlan(Generic[Shown]):
    """What a record's page reads and says.

    `tabs` pairs keys with words, the first of them in sight; `fields_tab` is the one with the
    fields, `notes_tab` the one with the composer, `history` is known. `noted` is told when a note was saved, the step's own
    name where it is empty. Notes are read for names, days and promises unless `notes_are_read` says otherwise.
    `watched` are the record kinds whose changes concern the page.
    """

    kind: str
    read: Callable[[Session, str], Shown]
    tabs: Sequence[tuple[str, str]]
    tabs_name: str
    fields_tab: str
    fields_name: str
    note_words: str
    noted: str = ""
    notes_are_read: bool = True
    notes_tab: str = "notes"
    primary: str = ""
    has_ladder: bool = False
    watched: frozenset[str] = field(default_factory=frozenset)


class RecordView(QWidget, Generic[Shown]):
    """What the pages of an account, a contact and a partner have in common.

    A page says in `own_tabs` how its further tabs are made, in `show_opened` what it tells of a
    record just read, and in `show_in_tab` what a tab of its own gets when it comes into sight.
    `gone` comes when the record is no longer there.
    """

    gone = Signal()

    def __init__(self, desk: Desk, plan: ViewPlan[Shown], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan = plan
        self._record = ""
        self._opened: Shown | None = None
        self._today = date.min
        self._reading = Reading(None)
        self._notes: NotesWriter | None = None
        self._build_widgets()
        self._build_layout()
        self._connect_view()

    @property
    def record(self) -> str:
        """The record in sight, empty for none."""
        return self._record

    @property
    def title(self) -> str:
        """The name of the record in sight."""
        return self._opened.page.title if self._opened is not None else ""

    def show_record(self, record: str) -> None:
        """Open a record."""
        self._record = record
        self._telling.wish()
        self.refresh()

    def refresh(self) -> None:
        """Read the record again."""
        if self._record:
            self._reading.drop()
            work = partial(_read, read=self._plan.read, record=self._record)
            self._reading = self._desk.read(work, self._on_read, self._on_refused)

    def forget(self) -> None:
        """Show nothing of any record."""
        self._record, self._opened = "", None
        self.header.show_name("", "")
        self.header.forget_figures()
        self.cards.forget()
        self.tabs.forget()

    def write_note(self) -> None:
        """Bring the composer into sight."""
        self.tabs.show_tab(self._plan.notes_tab)
        if self._notes is not None:
            self._notes.write()

    def own_tabs(self) -> Mapping[str, Callable[[], QWidget]]:
        """How tabs are made that only this page has."""
        return {}

    def show_opened(self, opened: Shown, today: date) -> None:
        """Tell in the header, and beside the fields, what a page of this kind knows beyond its fields."""

    def show_in_tab(self, key: str, opened: Shown, today: date) -> None:
        """Fill a tab of the page's own that has come into sight."""

    def offer(self, words: str, do: Callable[[], object], icon: str = "") -> None:
        """Offer something in the header's menu; `do` is a bound method of the page."""
        action = self.header.menu.addAction(words)
        if icon:
            action.setIcon(self._desk.theme.icon(icon))
        action.triggered.connect(do)

    def offer_delete(self) -> None:
        """Offer to delete the record, below everything else."""
        self.offer(say("Delete"), self._on_delete_wanted, "trash")

    def _build_widgets(self) -> None:
        plan = self._plan
        self.header = RecordHeader(self._desk.theme, primary=plan.primary, has_ladder=plan.has_ladder)
        self.cards = FieldCards(self._desk, plan.kind, plan.fields_name)
        make = {
            "notes": self._make_notes,
            **self.own_tabs(),
            plan.fields_tab: self._make_fields,
            "history": self._make_history,
        }
        self.tabs = RecordTabs(self._desk.theme, plan.tabs, make, plan.tabs_name)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self.tabs.show_tab(self._plan.tabs[0][0])

    def _connect_view(self) -> None:
        self._refreshing = WhenSeen(self, self.refresh)
        self._telling = WhenSeen(self, self._tell_shown)
        self.header.brief.setVisible(self._plan.kind in BRIEFED)
        self.header.brief_requested.connect(self._on_brief_wanted)
        self.tabs.tab_shown.connect(self._on_tab_shown)
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.closing.connect(self.forget)

    def _make_fields(self) -> QWidget:
        return self.cards

    def _make_notes(self) -> QWidget:
        composer = (
            UnderstandingComposer(self._desk, self._plan.note_words)
            if self._plan.notes_are_read
            else Composer(self._desk.theme, self._plan.note_words, may_be_private=False)
        )
        return self.take_notes_from(NotesTab(self._desk, composer))

    def take_notes_from(self, tab: NotesWriter) -> QWidget:
        """Save what is written in a tab."""
        self._notes = tab
        tab.note_written.connect(self._on_note_written)
        return tab

    def _make_history(self) -> QWidget:
        self._history = HistoryTab(self._desk, self._plan.kind)
        return self._history

    def _on_read(self, read: tuple[Shown, date]) -> None:
        self._opened, self._today = read
        # The fields first: with them, what stands beside them finds its place in the window.
        self.cards.show_page(read[0].page, self._today)
        self.show_opened(*read)
        self.cards.settle()
        self._on_tab_shown(self.tabs.shown())

    def _on_tab_shown(self, key: str) -> None:
        if self._opened is None:
            return
        if key == "notes" and isinstance(self._notes, NotesTab):
            self._notes.show_notes(self._opened.page.record, self._opened.notes, self._today)
        elif key == "history":
            self._history.show_record(self._opened.page.record, self._today)
        else:
            self.show_in_tab(key, self._opened, self._today)

    def _tell_shown(self) -> None:
        """Say whose page is in sight; one that is made before anybody sees it is nobody's visit."""
        if self._record:
            self._desk.record_shown.emit(self._record)

    def _on_refused(self, _sentence: str) -> None:
        self.forget()
        self.gone.emit()

    def _on_note_written(self, written: Written) -> None:
        work = partial(_write_note, record=self._record, written=written)
        self._desk.write(
            say("Saving the note"), work, self._on_note_saved, self._on_note_refused, told=self._plan.noted
        )

    def _on_note_saved(self, made: tuple[str, Changes]) -> None:
        if self._notes is not None:
            self._notes.note_taken(made[0])

    def _on_note_refused(self, sentence: str) -> None:
        if self._notes is not None:
            self._notes.composer.note_refused()
        self._desk.tell(sentence)

    def _on_brief_wanted(self) -> None:
        if self._opened is not None:
            BriefDialog(self._desk, [self._record], self.title, self.window()).open()

    def _on_delete_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened.page
            work = partial(delete_record, record=page.record, shown=page.shown)
            self._desk.write(say("Deleting"), work, told=say("{name} deleted", name=page.title))

    def _on_changes_announced(self, changes: Changes) -> None:
        if self._record and (self._record in changes.records or changes.kinds & self._plan.watched):
            self._refreshing.wish()


def _write_note(session: Session, record: str, written: Written) -> tuple[str, Changes]:
    return write_note(session, record, written.text, written.bound, is_private=written.is_private)


def _read(session: Session, read: Callable[[Session, str], Shown], record: str) -> tuple[Shown, date]:
    return read(session, record), session.clock.today()
