"""One channel partner's page."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.scope_dialog import ScopeDialog
from accountplanner.desktop.dialogs.sending import Sending
from accountplanner.desktop.pages.partners.scope_tab import ScopeTab
from accountplanner.desktop.records.header import Mark
from accountplanner.desktop.records.record_view import RecordView, ViewPlan
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.account_pages import PartnerPage, open_partner
from accountplanner.usecases.partners import scope_of
from accountplanner.usecases.session import Session


class PartnerView(RecordView[PartnerPage]):
    """Shows one channel partner: whose accounts they see, and what they told us."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(), parent)
        self._sending = Sending(desk, self)
        self.offer(say("Choose their accounts"), self._on_scope_wanted)
        self.offer_delete()
        self.header.primary_requested.connect(self._on_workbook_wanted)

    @override
    def own_tabs(self) -> Mapping[str, Callable[[], QWidget]]:
        return {"scope": self._make_scope}

    @override
    def show_opened(self, opened: PartnerPage, today: date) -> None:
        page = opened.page
        place = ", ".join(part for part in (page.text("city"), page.text("country")) if part)
        subtitle = " · ".join(part for part in (place, page.text("contact_name")) if part)
        covered = say_count("{count} account", "{count} accounts", len(opened.scope))
        self.header.show_name(page.title, subtitle, [Mark(covered, Tone.ACCENT if opened.scope else Tone.NEUTRAL)])
        self.header.primary.setEnabled(bool(opened.scope))

    @override
    def show_in_tab(self, key: str, opened: PartnerPage, today: date) -> None:
        if key == "scope":
            self._scope.show_scope(opened.page.title, opened.scope)

    def _make_scope(self) -> QWidget:
        self._scope = ScopeTab(self._desk)
        self._scope.choice_wanted.connect(self._on_scope_wanted)
        self._scope.account_opened.connect(self._desk.record_requested)
        return self._scope

    def _on_workbook_wanted(self) -> None:
        if self._opened is not None:
            self._sending.ask_for_partner(self._record, self._opened.page.title)

    def _on_scope_wanted(self) -> None:
        if self._opened is not None:
            partner = self._opened
            covered = [record for record, _ in partner.scope]
            ScopeDialog(self._desk, partner.page.record, partner.page.title, covered, self.window()).open()


def _plan() -> ViewPlan[PartnerPage]:
    return ViewPlan(
        kind="partner",
        read=_open,
        tabs=(
            ("scope", say("Accounts")),
            ("about", say("About")),
            ("notes", say("Partner notes")),
            ("history", say("History")),
        ),
        tabs_name=say("Parts of the partner’s page"),
        fields_tab="about",
        fields_name=say("What we know of this partner"),
        note_words=say("What did the partner tell you?"),
        noted=say("Partner note added"),
        notes_are_read=False,
        primary=say("Write their workbook"),
        watched=frozenset({"partner", "scope", "partner_note", "account"}),
    )


def _open(session: Session, record: str) -> PartnerPage:
    return open_partner(session, record, scope_of(session, record))
