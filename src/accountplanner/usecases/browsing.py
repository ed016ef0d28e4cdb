"""Lists: an ordered list of numbers from one SQL query, and rows for the page being looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from accountplanner.domain.ladder import RUNGS, propose_rung
from accountplanner.store.lists import Condition, ListQuery, Operator
from accountplanner.store.queries import AccountFacts, CachedRecord
from accountplanner.store.searching import Hit
from accountplanner.usecases.session import Session

__all__ = [
    "AccountRow",
    "Condition",
    "ContactRow",
    "Hit",
    "ListQuery",
    "Operator",
    "PartnerRow",
    "account_rows",
    "contact_rows",
    "find",
]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the accounts list. `rung_proposed` is set where nobody has accepted the rung yet."""

    number: int
    record: str
    name: str
    place: str
    tier: str
    owner: str
    rung: str
    rung_name: str
    rung_proposed: bool
    orders: int
    last_order: str
    last_touch: str
    contacts: int
    conflicts: int
    open_disputes: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One line of the people list."""

    number: int
    record: str
    name: str
    title: str
    account: str
    account_name: str
    email: str
    phone: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One line of the channel partners list; `accounts` counts those in their scope."""

    number: int
    record: str
    name: str
    place: str
    contact_name: str
    accounts: int


def list_numbers(session: Session, query: ListQuery) -> list[int]:
    """The numbers of the records a list shows, in its order."""
    return session.store.ordered_numbers(query)


def first_numbers(session: Session, query: ListQuery, count: int = 200) -> list[int]:
    """The first of them, for the page that is seen first: they are there long before the whole list."""
    return session.store.ordered_numbers(replace(query, limit=count))


def prepare_column(session: Session, kind: str, key: str, *, texts: bool = False) -> None:
    """Make ready what sorting by a field needs, with `texts` what filtering needs; nothing where that is quick anyway."""
    session.store.prepare_column(kind, key, texts=texts)


def account_rungs(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """The rung of each account, the proposed one where nobody has accepted one yet."""
    today = session.clock.today()
    facts = session.store.facts(numbers, today)
    return {number: fact.rung or _proposed(fact, today) for number, fact in facts.items()}


def account_rows(session: Session, numbers: Sequence[int]) -> list[AccountRow]:
    """The lines of the accounts list behind some numbers."""
    records = session.store.cached("account", numbers)
    facts = session.store.facts(numbers, session.clock.today())
    owners = session.store.titles([owner for record in records if (owner := record.values.get("owner"))])
    today = session.clock.today()
    return [_account_row(record, facts.get(record.number, AccountFacts()), owners, today) for record in records]


def _account_row(record: CachedRecord, facts: AccountFacts, owners: dict[str, str], today: date) -> AccountRow:
    rung = facts.rung or _proposed(facts, today)
    values = record.values
    place = ", ".join(part for part in (values.get("city", ""), values.get("country", "")) if part)
    return AccountRow(
        record.number,
        record.record,
        values.get("name", ""),
        place,
        values.get("tier", ""),
        owners.get(values.get("owner", ""), ""),
        rung,
        RUNGS[rung].name if rung in RUNGS else "",
        not facts.rung,
        facts.orders,
        facts.last_order,
        facts.last_touch,
        facts.contacts,
        record.conflicts,
        facts.open_disputes,
    )


def _proposed(facts: AccountFacts, today: date) -> str:
    first = date.fromisoformat(facts.first_order) if facts.first_order else None
    return propose_rung(dict.fromkeys(map(str, range(facts.orders)), first), today).rung


def contact_rows(session: Session, numbers: Sequence[int]) -> list[ContactRow]:
    """The lines of the people list behind some numbers."""
    records = session.store.cached("contact", numbers)
    accounts = session.store.titles([account for record in records if (account := record.values.get("account"))])
    return [
        ContactRow(
            record.number,
            record.record,
            record.values.get("name", ""),
            record.values.get("title", ""),
            record.values.get("account", ""),
            accounts.get(record.values.get("account", ""), ""),
            record.values.get("email", ""),
            record.values.get("phone", ""),
            record.conflicts,
        )
        for record in records
    ]


def partner_rows(session: Session, numbers: Sequence[int]) -> list[PartnerRow]:
    """The lines of the channel partners list behind some numbers."""
    rows = []
    for record in session.store.cached("partner", numbers):
        values = record.values
        place = ", ".join(part for part in (values.get("city", ""), values.get("country", "")) if part)
        scopes = session.store.records_with("scope", "partner", record.record)
        covered = sum(scope.values.get("covers") == "yes" for scope in scopes)
        rows.append(
            PartnerRow(
                record.number, record.record, values.get("name", ""), place, values.get("contact_name", ""), covered
            )
        )
    return rows


def find(session: Session, typed: str, kinds: Sequence[str] = (), limit: int = 30) -> list[Hit]:
    """Find records as one types."""
    return session.store.search(typed, kinds, limit)
