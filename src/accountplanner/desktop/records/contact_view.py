"""A person's page: how to reach them, their part in buying, and the 66 questions as far as they are answered."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.card_dialog import CardDialog
from accountplanner.desktop.dialogs.erase_dialog import EraseDialog
from accountplanner.desktop.records.figures import knowledge_reasons, known_figure
from accountplanner.desktop.records.header import Mark
from accountplanner.desktop.records.question_card import QuestionCard
from accountplanner.desktop.records.record_view import RecordView, ViewPlan
from accountplanner.desktop.records.special_card import SpecialCard
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.popover import Popover
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.account_pages import NoteLine, notes_of
from accountplanner.usecases.pages import RecordPage, record_page
from accountplanner.usecases.session import Session
from accountplanner.usecases.standing import known_on


@dataclass(frozen=True)
class ContactPage:
    """A contact opened."""

    page: RecordPage
    notes: tuple[NoteLine, ...]


class ContactView(RecordView[ContactPage]):
    """Shows one contact. `account_requested` carries the account's id; the way back appears where one was shown."""

    account_requested = Signal(str)
    back_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._question = QuestionCard(desk, 3)
        self._question.filled.connect(self.cards.settle)
        self.cards.add_before(self._question)
        self.special = SpecialCard(desk)
        self.special.filled.connect(self.cards.settle)
        self.cards.add_below(self.special)
        self.offer(say("Go to the account"), self._on_account_wanted)
        self.offer(say("Save as vCard"), self._on_card_wanted, "export")
        self.offer(say("Erase this person for good"), self._on_erase_wanted)
        self.offer_delete()
        self.header.back_requested.connect(self.back_requested)
        self.header.knowledge.why_requested.connect(self._on_knowledge_asked)

    def show_way_back(self, words: str) -> None:
        """Offer a way back to where the contact was opened from."""
        self.header.show_back(words)

    @override
    def show_opened(self, opened: ContactPage, today: date) -> None:
        page = opened.page
        subtitle = " · ".join(part for part in (page.text("title"), page.text("account")) if part)
        self.header.show_name(page.title, subtitle, _marks(page))
        self.header.show_figures(known_figure(known_on(page)))
        self._question.show_record(page.record, today)
        self.special.show_record(page.record, today)

    @override
    def forget(self) -> None:
        super().forget()
        self._question.forget()
        self.special.forget()

    def _on_knowledge_asked(self) -> None:
        if self._opened is not None:
            page = self._opened.page
            reasons = knowledge_reasons([known_on(page)], page.title)
            told = say("Counted are answers of the profile that are still fresh. Sensitive answers never count.")
            sheet = Popover(self._desk.theme, say("How well we know them"), reasons, told, self)
            sheet.open_below(self.header.knowledge)

    def _on_account_wanted(self) -> None:
        line = self._opened.page.line("account") if self._opened is not None else None
        if line is not None and line.values:
            self.account_requested.emit(line.values[0].value)

    def _on_card_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened.page
            CardDialog(self._desk, page.record, page.title, self.window()).open()

    def _on_erase_wanted(self) -> None:
        if self._opened is not None:
            page = self._opened.page
            EraseDialog(self._desk, page.record, page.title, self.window()).open()


def _plan() -> ViewPlan[ContactPage]:
    return ViewPlan(
        kind="contact",
        read=_open,
        tabs=(("profile", say("Profile")), ("notes", say("Notes")), ("history", say("History"))),
        tabs_name=say("Parts of the person's page"),
        fields_tab="profile",
        fields_name=say("What we know of this person"),
        note_words=say("What did you learn about this person?"),
        watched=frozenset({"note", "contact"}),
    )


def _open(session: Session, record: str) -> ContactPage:
    page = record_page(session, record)
    return ContactPage(page, notes_of(session, "note", "contact", page.record))


def _marks(page: RecordPage) -> list[Mark]:
    marks = []
    conflicts = sum(line.has_conflict for line in page.lines)
    if conflicts:
        marks.append(Mark(say_count("{count} conflict", "{count} conflicts", conflicts), Tone.BAD))
    if page.delete_conflict:
        marks.append(Mark(say("Deleted by somebody"), Tone.BAD))
    return marks
