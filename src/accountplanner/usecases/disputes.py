"""Open disputes, for whoever is about to call: the brief, Today, the account's page and the reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accountplanner.domain.disputes import is_open_dispute
from accountplanner.usecases.pages import children
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """A dispute that stands open. `amount` is canonical money, blank where nobody said one."""

    record: str
    account: str
    title: str
    contact: str
    number: str
    opened_on: str
    state: str
    amount: str
    what_happened: str


def open_disputes(session: Session, account: str) -> tuple[OpenDispute, ...]:
    """The disputes that stand open at an account today, the oldest first; this person's private ones included."""
    held: dict[str, Mapping[str, str]] = {}
    for case in children(session, "case", "account", account):
        # What is shared goes before what is private.
        held[case.record] = {**case.values, **held.get(case.record, {})}
    return _open(session, held)


def team_disputes(session: Session) -> tuple[OpenDispute, ...]:
    """All disputes the team knows of that stand open today, the oldest first."""
    return _open(session, {case.record: case.values for case in session.store.every("case")})


def _open(session: Session, cases: Mapping[str, Mapping[str, str]]) -> tuple[OpenDispute, ...]:
    today = session.clock.today()
    found = (_dispute(record, values) for record, values in cases.items() if is_open_dispute(values, today))
    return _oldest_first(found)


def _oldest_first(disputes: Iterable[OpenDispute]) -> tuple[OpenDispute, ...]:
    return tuple(sorted(disputes, key=lambda each: (each.opened_on, each.title, each.record)))


def _dispute(record: str, values: Mapping[str, str]) -> OpenDispute:
    return OpenDispute(
        record,
        values.get("account", ""),
        values.get("title", ""),
        values.get("contact", ""),
        values.get("number", ""),
        values.get("opened_on", ""),
        values.get("state", ""),
        values.get("amount", ""),
        values.get("account_of_it", ""),
    )
