"""What stands on the page of an account or a channel partner beside its own fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accountplanner.domain.catalogue import field_named
from accountplanner.domain.ladder import RungProposal, propose_rung
from accountplanner.domain.money import Money
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.disputes import open_disputes
from accountplanner.usecases.ladder import AccountProposal, day_of, held_rung, order_of
from accountplanner.usecases.pages import RecordPage, children, record_page, shown_text
from accountplanner.usecases.planning import PlanItem, open_promises
from accountplanner.usecases.session import Session
from accountplanner.usecases.standing import Standing, answered, asked_of, standing_of, together
from accountplanner.usecases.timeline import TimelineLine, read_timeline

_LATELY = 6


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A person as the account's page lists them: how many of the questions that may be asked have an answer."""

    record: str
    name: str
    title: str
    email: str
    phone: str
    role: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One order line; `amount` and `unit_price` are canonical money, empty where unknown."""

    record: str
    order_number: str
    ordered_on: str
    offering: str
    quantity: str
    unit_price: str
    discount: str
    amount: str


@dataclass(frozen=True, slots=True)
class PurchaseBook:
    """The order lines, newest first, their sums by currency, and the main currency's sums by quarter."""

    lines: tuple[PurchaseLine, ...] = ()
    orders: int = 0
    totals: tuple[Money, ...] = ()
    quarters: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note, or what a channel partner wrote."""

    record: str
    text: str
    author: str
    written_on: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One ladder move with its evidence."""

    record: str
    from_rung: str
    to_rung: str
    moved_on: str
    evidence: str
    proven: bool


@dataclass(frozen=True, slots=True)
class LadderPlace:
    """Where an account stands: what it holds, what its orders propose, and how it got there."""

    proposal: AccountProposal
    moves: tuple[MoveLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountPage:
    """An account opened, with everything its page shows."""

    page: RecordPage
    contacts: tuple[ContactLine, ...]
    purchases: PurchaseBook
    notes: tuple[NoteLine, ...]
    ladder: LadderPlace
    disputes: tuple[str, ...]
    standing: Standing
    promises: tuple[PlanItem, ...] = ()
    lately: tuple[TimelineLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """A channel partner opened. `scope` pairs ids with names of the accounts they may see."""

    page: RecordPage
    scope: tuple[tuple[str, str], ...]
    notes: tuple[NoteLine, ...]


def open_account(session: Session, record: str) -> AccountPage:
    """Read everything the page of an account shows.

    Raises:
        NotFoundError: there is no such account any more.
    """
    page = record_page(session, record)
    purchases = purchases_of(session, page.record)
    disputes = tuple(each.title for each in open_disputes(session, page.record))
    return AccountPage(
        page,
        contacts_of(session, page.record),
        purchases,
        notes_of(session, "note", "account", page.record),
        ladder_of(session, page.record, page.title),
        disputes,
        standing_of(session, page, bought_of(purchases, session.clock.today()), len(disputes)),
        open_promises(session, page.record),
        read_timeline(session, page.record, most=_LATELY).lines,
    )


def open_partner(session: Session, record: str, scope: Sequence[str]) -> PartnerPage:
    """Read everything the page of a channel partner shows; `scope` are the accounts they may see."""
    page = record_page(session, record)
    titles = session.store.titles(scope)
    named = tuple((account, titles.get(account, account)) for account in scope)
    return PartnerPage(page, named, notes_of(session, "partner_note", "partner", page.record))


def contacts_of(session: Session, account: str) -> tuple[ContactLine, ...]:
    """The people at an account, by name."""
    lines = [_contact(child) for child in together(children(session, "contact", "account", account))]
    return tuple(sorted(lines, key=lambda line: line.name.casefold()))


def _contact(contact: CachedRecord) -> ContactLine:
    values = contact.values
    role = shown_text(field_named("contact", "buying_role"), values.get("buying_role", ""))
    phone = values.get("phone", "") or values.get("mobile", "")
    name, title, email = (values.get(key, "") for key in ("name", "title", "email"))
    return ContactLine(contact.record, name, title, email, phone, role, answered(contact), asked_of("contact"))


def purchases_of(session: Session, account: str) -> PurchaseBook:
    """The order lines of an account with their sums."""
    held = together(children(session, "purchase", "account", account))
    titles = session.store.titles({each.values["offering"] for each in held if each.values.get("offering")})
    lines = sorted((_purchase(each, titles) for each in held), key=lambda line: line.order_number)
    lines.sort(key=lambda line: line.ordered_on, reverse=True)
    amounts = [(line.ordered_on, Money.parse(line.amount)) for line in lines if line.amount]
    totals = _totals(money for _, money in amounts)
    orders = len({order_of(each) for each in held})
    main = totals[0].currency if totals else ""
    return PurchaseBook(tuple(lines), orders, totals, _quarters([each for each in amounts if each[1].currency == main]))


def _purchase(held: CachedRecord, titles: dict[str, str]) -> PurchaseLine:
    values = held.values
    offering = values.get("offering", "")
    return PurchaseLine(
        held.record,
        values.get("order_number", ""),
        values.get("ordered_on", ""),
        titles.get(offering, offering),
        values.get("quantity", ""),
        values.get("unit_price", ""),
        values.get("discount", ""),
        values.get("amount", ""),
    )


def _totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    sums: dict[str, int] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return tuple(sorted((Money(minor, currency) for currency, minor in sums.items()), key=lambda m: -m.minor))


def _quarters(amounts: Sequence[tuple[str, Money]], most: int = 12) -> tuple[tuple[str, int], ...]:
    """Sums by calendar quarter up to the last one with an order, quarters without orders included."""
    sums: dict[int, int] = {}
    for day, money in amounts:
        if day:
            at = int(day[:4]) * 4 + (int(day[5:7]) - 1) // 3
            sums[at] = sums.get(at, 0) + money.minor
    if not sums:
        return ()
    last = max(sums)
    first = max(min(sums), last - most + 1)
    return tuple((f"Q{at % 4 + 1} {at // 4}", sums.get(at, 0)) for at in range(first, last + 1))


def bought_of(book: PurchaseBook, today: date) -> tuple[int, int] | None:
    """The main currency's sums of the last year and of the year before; nothing where there was no such year."""
    main = book.totals[0].currency if book.totals else ""
    sums = [0, 0]
    for line in book.lines:
        money = Money.parse(line.amount) if line.amount else None
        years = (today - date.fromisoformat(line.ordered_on)).days // 365 if line.ordered_on else -1
        if money is not None and money.currency == main and 0 <= years < len(sums):
            sums[years] += money.minor
    return (sums[0], sums[1]) if sums[1] > 0 else None


def notes_of(session: Session, kind: str, key: str, record: str) -> tuple[NoteLine, ...]:
    """The notes about a record, newest first."""
    held = together(children(session, kind, key, record))
    other = "account" if key == "partner" else "contact"
    abouts = session.store.titles({each.values[other] for each in held if each.values.get(other)})
    lines = [
        NoteLine(
            each.record,
            each.values.get("text", ""),
            each.values.get("author", ""),
            each.values.get("written_on", ""),
            abouts.get(each.values.get(other, ""), ""),
        )
        for each in held
    ]
    return tuple(sorted(lines, key=lambda line: (line.written_on, line.record), reverse=True))


def ladder_of(session: Session, account: str, name: str) -> LadderPlace:
    """Where one account stands, as of today."""
    held = held_rung(session, account)
    proposal = AccountProposal(account, name, held, _proposal(session, account))
    positions = together(children(session, "position", "holder", account))
    moves = [
        _move(move)
        for position in positions
        for move in together(children(session, "move", "of_position", position.record))
    ]
    return LadderPlace(proposal, tuple(sorted(moves, key=lambda move: (move.moved_on, move.record), reverse=True)))


def _proposal(session: Session, account: str) -> RungProposal:
    orders: dict[str, date | None] = {}
    for purchase in children(session, "purchase", "account", account):
        orders[order_of(purchase)] = day_of(purchase)
    two_way = [
        touch.values["happened_on"]
        for touch in children(session, "touch", "account", account)
        if touch.values.get("direction") in {"both", "theirs"} and touch.values.get("happened_on")
    ]
    heard = date.fromisoformat(max(two_way)) if two_way else None
    named = bool(children(session, "need", "account", account))
    return propose_rung(orders, session.clock.today(), last_two_way=heard, need_named=named)


def _move(move: CachedRecord) -> MoveLine:
    values = move.values
    return MoveLine(
        move.record,
        values.get("from_rung", ""),
        values.get("to_rung", ""),
        values.get("moved_on", ""),
        values.get("evidence", ""),
        values.get("proven") != "no",
    )
