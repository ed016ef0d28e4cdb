"""The partners page: the list at the left, one channel partner at the right."""

# ruff: noqa: PLC0415 - the list stands before the page of a channel partner is loaded

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_page import ListPage, PagePlan
from accountplanner.desktop.records.list_plan import ListPlan, Order
from accountplanner.desktop.widgets.record_list import RecordLook
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.browsing import ListQuery, partner_rows
from accountplanner.usecases.session import Session

if TYPE_CHECKING:
    from accountplanner.desktop.pages.partners.partner_view import PartnerView


class PartnersPage(ListPage):
    """Everybody who sells our offerings with us."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(), parent)
        self.panel.record_selected.connect(self._on_record_selected)

    @cached_property
    def partner(self) -> "PartnerView":
        """The page of one channel partner."""
        from accountplanner.desktop.pages.partners.partner_view import PartnerView

        partner = PartnerView(self._desk)
        self.hold(partner)
        partner.gone.connect(self.show_nothing)
        return partner

    @override
    def steps_ahead(self) -> Sequence[Callable[[], object]]:
        return (lambda: self.partner,)

    def _on_record_selected(self, record: str) -> None:
        self.partner.show_record(record)
        self.show_beside(self.partner)


def _plan() -> PagePlan:
    return PagePlan(
        list=_list(),
        invitation=say("A channel partner gets a workbook with their accounts and sends back what they know."),
        step=say("New channel partner"),
        icon="partners",
        asked=(
            ("name", say("Name")),
            ("contact_name", say("Contact person")),
            ("email", say("E-mail")),
            ("city", say("City")),
        ),
    )


def _list() -> ListPlan:
    return ListPlan(
        kind="partner",
        title=say("Partners"),
        read=_looks,
        narrow=_narrow,
        search_words=say("Search partners"),
        nothing_yet=say("There are no channel partners yet."),
        first_step=say("New channel partner"),
        new_words=say("New channel partner"),
        orders=(Order(say("By name"), ""), Order(say("By city"), "city")),
        watched=frozenset({"partner", "scope"}),
    )


def _narrow(_session: Session, query: ListQuery, _chips: tuple[str, ...]) -> ListQuery | None:
    return query


def _looks(session: Session, numbers: Sequence[int]) -> list[tuple[str, RecordLook]]:
    looks = []
    for row in partner_rows(session, numbers):
        covered = say_count("{count} account", "{count} accounts", row.accounts) if row.accounts else ""
        subtitle = " · ".join(part for part in (row.place, row.contact_name) if part)
        looks.append((row.record, RecordLook(str(row.number), row.name or say("(no name)"), subtitle, covered)))
    return looks
