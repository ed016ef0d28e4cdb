"""How an account stands in the list, and what its filters mean."""

from collections.abc import Sequence
from dataclasses import replace

from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.record_list import RecordLook, RowMark
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.usecases.browsing import AccountRow, ListQuery, account_rows
from accountplanner.usecases.myself import colleague_of
from accountplanner.usecases.session import Session


def account_looks(session: Session, numbers: Sequence[int]) -> list[tuple[str, RecordLook]]:
    """The lines of the accounts list behind some numbers."""
    return [(row.record, _look(row)) for row in account_rows(session, numbers)]


def narrow_accounts(session: Session, query: ListQuery, chips: tuple[str, ...]) -> ListQuery | None:
    """What the chosen filter asks for; nothing where nobody could match."""
    chosen = chips[0] if chips else "all"
    if chosen == "conflicts":
        return replace(query, only_conflicts=True)
    if chosen == "a":
        return replace(query, filters=(*query.filters, ("tier", "a")))
    if chosen == "mine":
        me = colleague_of(session)
        return replace(query, filters=(*query.filters, ("owner", me))) if me else None
    return query


def _look(row: AccountRow) -> RecordLook:
    orders = say_count("{count} order", "{count} orders", row.orders) if row.orders else ""
    subtitle = " · ".join(part for part in (row.place, orders) if part) or say("only a name so far")
    conflicts = say_count("{count} conflict", "{count} conflicts", row.conflicts) if row.conflicts else ""
    disputes = say_count("{count} open dispute", "{count} open disputes", row.open_disputes)
    return RecordLook(
        str(row.number),
        row.name or say("(no name)"),
        subtitle,
        say_label(row.rung_name),
        (
            *((RowMark("dispute", Tone.WARN, disputes),) if row.open_disputes else ()),
            *((RowMark("conflict", Tone.BAD, conflicts),) if row.conflicts else ()),
        ),
    )
