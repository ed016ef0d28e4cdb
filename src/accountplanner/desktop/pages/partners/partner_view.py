"""One channel partner's page."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.dialogs.scope_dialog import ScopeDialog
from accountplanner.desktop.dialogs.sending import Sending
from accountplanner.desktop.pages.partners.scope_tab import ScopeTab
from accountplanner.desktop.records.field_cards import FieldCards
from accountplanner.desktop.records.header import Mark, RecordHeader
from accountplanner.desktop.records.history_tab import HistoryTab
from accountplanner.desktop.records.notes_tab import NotesTab
from accountplanner.desktop.records.tabs import RecordTabs
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.account_pages import PartnerPage, open_partner
from accountplanner.usecases.editing import create_record, delete_record
from accountplanner.usecases.partners import scope_of
from accountplanner.usecases.session import Session

Opened = tuple[PartnerPage, date]


class PartnerView(QWidget):
    """Shows one channel partner. `gone` comes when they are no longer there."""

    gone = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record = ""
        self._opened: Opened | None = None
        self._reading = Reading(None)
        self._sending = Sending(desk, self)
        self._build_widgets()
        self._build_layout()
        self._connect()

    def show_partner(self, record: str) -> None:
        """Open a channel partner."""
        self._record = record
        self.refresh()

    def refresh(self) -> None:
        """Read the channel partner again."""
        if self._record:
            self._reading.drop()
            self._reading = self._desk.read(partial(_open, record=self._record), self._on_read, self._on_refused)

    def forget(self) -> None:
        """Show nothing of anybody."""
        self._record, self._opened = "", None
        self.header.show_name("", "")
        self.cards.forget()

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self.header = RecordHeader(theme, primary=say("Write their workbook"))
        self.cards = FieldCards(self._desk, "partner", say("What we know of this partner"))
        tabs = (
            ("scope", say("Accounts")),
            ("about", say("About")),
            ("notes", say("Partner notes")),
            ("history", say("History")),
        )
        make = {
            "scope": self._make_scope,
            "about": self._make_about,
            "notes": self._make_notes,
            "history": self._make_history,
        }
        self.tabs = RecordTabs(theme, tabs, make, say("Parts of the partner’s page"))
        choose = self.header.menu.addAction(say("Choose their accounts"))
        choose.triggered.connect(self._on_scope_wanted)
        delete = self.header.menu.addAction(theme.icon("trash"), say("Delete"))
        delete.triggered.connect(self._on_delete_wanted)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self.tabs.show_tab("scope")

    def _connect(self) -> None:
        self.header.primary_requested.connect(self._on_workbook_wanted)
        self.tabs.tab_shown.connect(self._on_tab_shown)
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.closing.connect(self.forget)

    def _make_scope(self) -> QWidget:
        self._scope = ScopeTab(self._desk)
        self._scope.choice_wanted.connect(self._on_scope_wanted)
        self._scope.account_opened.connect(self._desk.record_requested)
        return self._scope

    def _make_about(self) -> QWidget:
        return self.cards

    def _make_notes(self) -> QWidget:
        self._notes = NotesTab(self._desk, say("What did the partner tell you?"), may_be_private=False)
        self._notes.note_written.connect(self._on_note_written)
        return self._notes

    def _make_history(self) -> QWidget:
        self._history = HistoryTab(self._desk, "partner")
        return self._history

    def _on_read(self, opened: Opened) -> None:
        self._opened = opened
        partner, today = opened
        page = partner.page
        place = ", ".join(part for part in (page.text("city"), page.text("country")) if part)
        subtitle = " · ".join(part for part in (place, page.text("contact_name")) if part)
        covered = say_count("{count} account", "{count} accounts", len(partner.scope))
        self.header.show_name(page.title, subtitle, [Mark(covered, Tone.ACCENT if partner.scope else Tone.NEUTRAL)])
        self.header.primary.setEnabled(bool(partner.scope))
        self.cards.show_page(page, today)
        self._on_tab_shown(self.tabs.shown())

    def _on_tab_shown(self, key: str) -> None:
        if self._opened is None:
            return
        partner, today = self._opened
        if key == "scope":
            self._scope.show_scope(partner.page.title, partner.scope)
        elif key == "notes":
            self._notes.show_notes(partner.notes, today)
        elif key == "history":
            self._history.show_record(partner.page.record, today)

    def _on_refused(self, _sentence: str) -> None:
        self.forget()
        self.gone.emit()

    def _on_workbook_wanted(self) -> None:
        if self._opened is not None:
            self._sending.ask_for_partner(self._record, self._opened[0].page.title)

    def _on_scope_wanted(self) -> None:
        if self._opened is not None:
            partner = self._opened[0]
            covered = [record for record, _ in partner.scope]
            ScopeDialog(self._desk, partner.page.record, partner.page.title, covered, self.window()).open()

    def _on_note_written(self, text: str, _is_private: bool) -> None:  # noqa: FBT001 - a signal carries it
        work = partial(_write_note, record=self._record, text=text)
        self._desk.write(say("Saving the note"), work, self._on_note_saved, told=say("Partner note added"))

    def _on_note_saved(self, _made: object) -> None:
        self._notes.note_taken()

    def _on_delete_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened[0].page
            work = partial(delete_record, record=page.record, shown=page.shown)
            self._desk.write(say("Deleting"), work, told=say("{name} deleted", name=page.title))

    def _on_changes_announced(self, changes: Changes) -> None:
        if self._record and changes.kinds & {"partner", "scope", "partner_note", "account"}:
            self.refresh()


def _open(session: Session, record: str) -> Opened:
    return open_partner(session, record, scope_of(session, record)), session.clock.today()


def _write_note(session: Session, record: str, text: str) -> tuple[str, Changes]:
    values = {"text": text, "partner": record, "written_on": session.clock.today().isoformat()}
    return create_record(session, "partner_note", values)
