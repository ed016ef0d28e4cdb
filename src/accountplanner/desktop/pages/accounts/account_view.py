"""One account's page: the head that stays, and its tabs."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.dialogs.merge_dialog import MergeDialog
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.pages.accounts.ladder_tab import LadderTab
from accountplanner.desktop.pages.accounts.lately_card import LatelyCard
from accountplanner.desktop.pages.accounts.people_tab import PeopleTab
from accountplanner.desktop.pages.accounts.purchases_tab import PurchaseFigures, PurchasesTab
from accountplanner.desktop.records.field_cards import FieldCards
from accountplanner.desktop.records.header import Mark, RecordHeader
from accountplanner.desktop.records.history_tab import HistoryTab
from accountplanner.desktop.records.notes_tab import NotesTab
from accountplanner.desktop.records.tabs import RecordTabs
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.domain.fields import Layer
from accountplanner.domain.ladder import RUNGS
from accountplanner.usecases.account_pages import AccountPage, LadderPlace, open_account
from accountplanner.usecases.editing import create_record, delete_record
from accountplanner.usecases.ladder import accept_proposals
from accountplanner.usecases.session import Session

Opened = tuple[AccountPage, date]
_WATCHED = frozenset({"contact", "purchase", "note", "position", "move", "case", "need", "touch", "offering"})


class AccountView(QWidget):
    """Shows one account. `contact_opened` carries a contact's id; `gone` comes when the account is no longer there."""

    contact_opened = Signal(str)
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

    @property
    def record(self) -> str:
        """The account in sight, empty for none."""
        return self._record

    @property
    def title(self) -> str:
        """The name of the account in sight."""
        return self._opened[0].page.title if self._opened else ""

    def show_account(self, record: str) -> None:
        """Open an account."""
        self._record = record
        self.refresh()

    def refresh(self) -> None:
        """Read the account again."""
        if self._record:
            self._reading.drop()
            self._reading = self._desk.read(partial(_open, record=self._record), self._on_read, self._on_refused)

    def forget(self) -> None:
        """Show nothing of any account."""
        self._record, self._opened = "", None
        self.header.show_name("", "")
        self.cards.forget()

    def write_note(self) -> None:
        """Bring the composer into sight."""
        self.tabs.show_tab("notes")
        self._notes.editor.setFocus()

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self.header = RecordHeader(theme, primary=say("Add note"), has_ladder=True)
        self.cards = FieldCards(self._desk, "account", say("What we know of this account"))
        self._figures = PurchaseFigures(theme, self._desk.formats)
        self.cards.add_beside(self._figures)
        self._lately = LatelyCard(theme, self._desk.formats)
        self.cards.add_beside(self._lately)
        tabs = (
            ("overview", say("Overview")),
            ("people", say("People")),
            ("purchases", say("Purchases")),
            ("notes", say("Notes")),
            ("ladder", say("Ladder")),
            ("history", say("History")),
        )
        make = {
            "overview": self._make_overview,
            "people": self._make_people,
            "purchases": self._make_purchases,
            "notes": self._make_notes,
            "ladder": self._make_ladder,
            "history": self._make_history,
        }
        self.tabs = RecordTabs(theme, tabs, make, say("Parts of the account’s page"))
        contact = self.header.menu.addAction(theme.icon("user"), say("New contact"))
        contact.triggered.connect(self._on_contact_wanted)
        merge = self.header.menu.addAction(theme.icon("merge"), say("Merge with another account"))
        merge.triggered.connect(self._on_merge_wanted)
        delete = self.header.menu.addAction(theme.icon("trash"), say("Delete"))
        delete.triggered.connect(self._on_delete_wanted)

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)
        self.tabs.show_tab("overview")

    def _connect(self) -> None:
        self.header.primary_requested.connect(self.write_note)
        self.header.ladder_requested.connect(self._on_ladder_requested)
        self.header.accept_requested.connect(self._on_accept_requested)
        self.tabs.tab_shown.connect(self._on_tab_shown)
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.closing.connect(self.forget)

    def _make_overview(self) -> QWidget:
        return self.cards

    def _make_people(self) -> QWidget:
        self._people = PeopleTab(self._desk)
        self._people.contact_opened.connect(self.contact_opened)
        self._people.contact_wanted.connect(self._on_contact_wanted)
        return self._people

    def _make_purchases(self) -> QWidget:
        self._purchases = PurchasesTab(self._desk)
        self._purchases.import_requested.connect(self._on_import_requested)
        return self._purchases

    def _make_notes(self) -> QWidget:
        self._notes = NotesTab(self._desk, say("What did you learn?"), may_be_private=True)
        self._notes.note_written.connect(self._on_note_written)
        return self._notes

    def _make_ladder(self) -> QWidget:
        self._ladder = LadderTab(self._desk)
        self._ladder.accept_requested.connect(self._on_accept_requested)
        return self._ladder

    def _make_history(self) -> QWidget:
        self._history = HistoryTab(self._desk, "account")
        return self._history

    def _on_read(self, opened: Opened) -> None:
        self._opened = opened
        account, today = opened
        page = account.page
        place = ", ".join(part for part in (page.text("city"), page.text("country")) if part)
        owner = say("owner {name}", name=page.text("owner")) if page.text("owner") else ""
        subtitle = " · ".join(part for part in (page.text("industry"), place, owner) if part)
        self.header.show_name(page.title, subtitle, _marks(account))
        self._show_ladder(account.ladder)
        self.cards.show_page(page, today)
        self._figures.show_book(account.purchases)
        self._lately.show_happenings(account.lately, today)
        self._on_tab_shown(self.tabs.shown())

    def _show_ladder(self, place: LadderPlace) -> None:
        each = place.proposal
        rung = RUNGS.get(each.held or each.proposal.rung)
        standing = _standing(place)
        self.header.show_ladder(
            rung.step if rung else 0, standing, is_proposed=not each.held, may_accept=each.is_new and not each.held
        )

    def _on_tab_shown(self, key: str) -> None:
        if self._opened is None:
            return
        account, today = self._opened
        if key == "people":
            self._people.show_people(account.contacts)
        elif key == "purchases":
            self._purchases.show_book(account.purchases)
        elif key == "notes":
            self._notes.show_notes(account.notes, today)
        elif key == "ladder":
            self._ladder.show_place(account.ladder, today)
        elif key == "history":
            self._history.show_record(account.page.record, today)

    def _on_refused(self, _sentence: str) -> None:
        self.forget()
        self.gone.emit()

    def _on_ladder_requested(self) -> None:
        self.tabs.show_tab("ladder")

    def _on_accept_requested(self) -> None:
        if self._opened is not None:
            chosen = [self._opened[0].ladder.proposal]
            name = self._opened[0].page.title
            rung = RUNGS[chosen[0].proposal.rung].name
            told = say("{name} is now {rung}", name=name, rung=rung)
            self._desk.write(say("Accepting"), partial(accept_proposals, chosen=chosen), told=told)

    def _on_note_written(self, text: str, is_private: bool) -> None:  # noqa: FBT001 - a signal carries it
        work = partial(_write_note, record=self._record, text=text, is_private=is_private)
        self._desk.write(say("Saving the note"), work, self._on_note_saved, told=say("Note added"))

    def _on_note_saved(self, _made: object) -> None:
        self._notes.note_taken()

    def _on_contact_wanted(self) -> None:
        fields = (("name", say("Name")), ("title", say("Job title")), ("email", say("E-mail")), ("phone", say("Phone")))
        dialog = NewRecordDialog(
            self._desk, "contact", say("New contact"), fields, fixed={"account": self._record}, parent=self.window()
        )
        dialog.open()

    def _on_merge_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened[0].page
            MergeDialog(self._desk, "account", page.record, page.title, self.window()).open()

    def _on_delete_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened[0].page
            work = partial(delete_record, record=page.record, shown=page.shown)
            self._desk.write(say("Deleting"), work, told=say("{name} deleted", name=page.title))

    def _on_import_requested(self) -> None:
        self._desk.area_requested.emit("exchange")

    def _on_changes_announced(self, changes: Changes) -> None:
        if self._record and (self._record in changes.records or changes.kinds & {*_WATCHED, "account"}):
            self.refresh()


def _open(session: Session, record: str) -> Opened:
    return open_account(session, record), session.clock.today()


def _write_note(session: Session, record: str, text: str, *, is_private: bool) -> tuple[str, Changes]:
    today = session.clock.today().isoformat()
    values = {"text": text, "account": record, "author": session.store.identity.name, "written_on": today}
    return create_record(session, "note", values, layer=Layer.ME if is_private else Layer.TEAM)


def _standing(place: LadderPlace) -> str:
    each = place.proposal
    if each.held:
        return ""
    return say("proposed") if each.proposal.proven else say("proposed, unproven")


def _marks(account: AccountPage) -> list[Mark]:
    marks = []
    if account.page.delete_conflict:
        marks.append(Mark(say("Deleted by somebody"), Tone.BAD))
    conflicts = sum(line.has_conflict for line in account.page.lines)
    if conflicts:
        marks.append(Mark(say_count("{count} conflict", "{count} conflicts", conflicts), Tone.BAD))
    if account.disputes:
        marks.append(Mark(say_count("Dispute", "{count} disputes", len(account.disputes)), Tone.WARN))
    return marks
