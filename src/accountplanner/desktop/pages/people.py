"""The people page: every contact in one list, one of them in sight."""

# ruff: noqa: PLC0415 - the list stands before the page of a person is loaded

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_page import ListPage, PagePlan
from accountplanner.desktop.records.list_plan import ListPlan, Order
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.record_list import RecordLook, RowMark
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.browsing import ContactRow, ListQuery, contact_rows
from accountplanner.usecases.session import Session

if TYPE_CHECKING:
    from accountplanner.desktop.records.contact_view import ContactView


class PeoplePage(ListPage):
    """Everybody we know at our customers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(), parent)
        self.panel.record_selected.connect(self._on_record_selected)

    @cached_property
    def contact(self) -> "ContactView":
        """The page of one person."""
        from accountplanner.desktop.records.contact_view import ContactView

        contact = ContactView(self._desk)
        self.hold(contact)
        contact.gone.connect(self.show_nothing)
        contact.account_requested.connect(self._desk.record_requested)
        return contact

    @override
    def steps_ahead(self) -> Sequence[Callable[[], object]]:
        return (lambda: self.contact,)

    def _on_record_selected(self, record: str) -> None:
        self.contact.show_record(record)
        self.show_beside(self.contact)


def _plan() -> PagePlan:
    return PagePlan(
        list=_list(),
        invitation=say("Choose a person, or add one at their account."),
        step=say("New contact"),
        icon="people",
        asked=(
            ("name", say("Name")),
            ("account", say("Account")),
            ("title", say("Job title")),
            ("email", say("E-mail")),
        ),
        explanation=say("The account is named as it stands in the list of accounts."),
    )


def _list() -> ListPlan:
    return ListPlan(
        kind="contact",
        title=say("People"),
        read=_looks,
        narrow=_narrow,
        search_words=say("Search people"),
        nothing_yet=say("Nobody is known yet. People come in with a list, or one by one."),
        first_step=say("New contact"),
        new_words=say("New contact"),
        chips=(
            ("all", say("All")),
            ("decides", say("Decide")),
            ("approves", say("Approve")),
            ("conflicts", say("Conflicts")),
        ),
        orders=(Order(say("By name"), ""), Order(say("By account"), "account"), Order(say("By title"), "title")),
        watched=frozenset({"contact", "account"}),
    )


def _narrow(_session: Session, query: ListQuery, chips: tuple[str, ...]) -> ListQuery | None:
    chosen = chips[0] if chips else "all"
    if chosen == "conflicts":
        return replace(query, only_conflicts=True)
    if chosen in {"decides", "approves"}:
        return replace(query, filters=(*query.filters, ("buying_role", chosen)))
    return query


def _looks(session: Session, numbers: Sequence[int]) -> list[tuple[str, RecordLook]]:
    return [(row.record, _look(row)) for row in contact_rows(session, numbers)]


def _look(row: ContactRow) -> RecordLook:
    subtitle = " · ".join(part for part in (row.title, row.account_name) if part) or row.email or row.phone
    conflicts = say_count("{count} conflict", "{count} conflicts", row.conflicts) if row.conflicts else ""
    marks = (RowMark("conflict", Tone.BAD, conflicts),) if row.conflicts else ()
    return RecordLook(str(row.number), row.name or say("(no name)"), subtitle, "", marks)
