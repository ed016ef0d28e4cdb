"""People's own address books and calendars: read as lists, of which only what is about customers is taken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Privacy
from accountplanner.domain.ids import derived_id, keyed_digest, kind_of
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import EXISTS, Source, Statement, exists, state
from accountplanner.exchange.match import domain_of
from accountplanner.exchange.personal.calendar import BETWEEN
from accountplanner.exchange.personal.files import is_meeting_list, own_data_kind, read_own_data
from accountplanner.exchange.personal.vcard import CARD_COLUMNS
from accountplanner.exchange.reading.content import FileContent
from accountplanner.exchange.reading.raw import RawRow, RawTable
from accountplanner.exchange.tables.finding import Asking
from accountplanner.usecases.foreign_tables import plan_tables
from accountplanner.usecases.import_plans import ImportOptions, ImportPlan, Suggested
from accountplanner.usecases.known_names import KnownNames
from accountplanner.usecases.session import Session

_MAPPING = "own-data"
_MEETINGS = ("Meeting", "Subject", "Day", "Channel", "Place", "Contact", "Account", "Colleague")
_MOST_LISTED = 5
_ORIGIN = "table:own-data"
_FRAME = frozenset({EXISTS, "account", "contact"})
"""What says of a note that it is one, and about whom; it counts as one with its text."""


def is_own_data(content: FileContent) -> bool:
    """Whether a file is an address book or a calendar, by what stands in it."""
    return bool(own_data_kind(content))


def plan_own_data(session: Session, contents: Sequence[FileContent], options: ImportOptions) -> ImportPlan:
    """Plan the import of address books and calendars. Nothing is written.

    Of a calendar only meetings with people or at accounts that are known are taken. Who was there from such
    an account and is not known yet is proposed as a contact.
    """
    tables = read_own_data(contents, session.clock.today())
    sifted = _Sifting(session, _brought(tables))
    tables = [sifted.customers_of(table) if is_meeting_list(table) else sifted.placed(table) for table in tables]
    wanted = [table for table in tables if table.rows]
    reading = replace(options, mapping=_MAPPING, settled=None, otherwise=False, kind="", rejoin=False)
    plan = plan_tables(session, wanted, reading, _MAPPING) if wanted else ImportPlan()
    plan.notices += [f"{table.name}: {note}" for table in tables if not table.rows for note in table.notes]
    _keep_private(plan, shares=options.shares)
    plan.suggestions += sifted.strangers()
    return plan


def _keep_private(plan: ImportPlan, *, shares: bool) -> None:
    """Keep on this computer whatever people's own address books say that is more than business, unless it is shared.

    Nobody wrote the notes of a private phone book for colleagues to read.
    """
    own = [each for each in plan.statements if _is_personal(each)]
    waiting = [each for suggested in plan.suggestions for each in suggested.statements if _is_personal(each)]
    plan.personal = sum(each.field not in _FRAME for each in (*own, *waiting))
    if not plan.personal:
        return
    if shares:
        told_of = told(
            "Notes and personal answers of the address book go to the whole team: {count:,}.", count=plan.personal
        )
    else:
        told_of = told(
            "Notes and personal answers of the address book stay on this computer unless you share them: {count:,}.",
            count=plan.personal,
        )
        plan.private = {each.mark for each in own}
        kept = {each.mark for each in waiting}
        plan.suggestions = [
            replace(each, private=tuple(said.mark for said in each.statements if said.mark in kept))
            for each in plan.suggestions
        ]
    plan.notices.append(told_of)


def _is_personal(statement: Statement) -> bool:
    kind = kind_of(statement.record)
    field = known_field(kind, statement.field)
    return kind == "note" or (field is not None and field.privacy is not Privacy.BUSINESS)


class _Sifting:
    """Takes from calendars what is about customers, and remembers whom it did not know."""

    def __init__(self, session: Session, brought: frozenset[str]) -> None:
        self._session = session
        self._brought = brought
        self._names = KnownNames(session)
        self._strangers: dict[str, str] = {}

    def customers_of(self, table: RawTable) -> RawTable:
        """The meetings with customers, a row for each account; the others are named in a note."""
        rows: list[RawRow] = []
        left: list[RawRow] = []
        for row in table.rows:
            made = list(self._rows(row))
            rows += made
            if not made:
                left.append(row)
        notes = (*table.notes, *_told(left))
        return replace(table, header=_MEETINGS, rows=tuple(rows), notes=notes)

    def placed(self, table: RawTable) -> RawTable:
        """The cards, those without a company at the one account that has their e-mail's domain."""
        return replace(table, rows=tuple(map(self._placed, table.rows)))

    def strangers(self) -> list[Suggested]:
        """Those who met us at a known account and are not known yet, as proposed contacts."""
        return [self._proposal(address, account) for address, account in sorted(self._strangers.items())]

    def _placed(self, row: RawRow) -> RawRow:
        cells = dict(zip(CARD_COLUMNS, row.cells, strict=True))
        account = "" if cells["Company"] or not cells["E-mail"] else self._one("account", cells["E-mail"])
        if not account:
            return row
        cells["Company"] = self._session.store.titles([account]).get(account, "")
        return RawRow(row.number, tuple(cells.values()))

    def _rows(self, row: RawRow) -> Iterator[RawRow]:
        key, subject, day, channel, place, attendees = row.cells
        addresses = attendees.split(BETWEEN) if attendees else []
        colleagues = [address for address in addresses if self._one("colleague", address)]
        met: dict[str, tuple[str, str]] = {}
        for address in addresses:
            account = "" if address in colleagues else self._account(address)
            if account and (account not in met or not met[account][0]):
                met[account] = address if self._is_contact(address) else "", address
        for contact, address in met.values():
            # A meeting with two accounts is a touch of each; whose it is belongs to its key.
            cells = (f"{key}/{_host(address)}", subject, day, channel, place)
            yield RawRow(row.number, (*cells, contact, "" if contact else address, next(iter(colleagues), "")))

    def _account(self, address: str) -> str:
        """The account somebody belongs to; a stranger at a known account is remembered.

        Whose somebody is who comes in with a card of this very import, the card will say.
        """
        if address in self._brought:
            return _host(address)
        if contact := self._one("contact", address):
            return self._names.account_of(contact)
        account = self._one("account", address)
        if account and _is_person(address):
            self._strangers[address] = account
        return account

    def _is_contact(self, address: str) -> bool:
        return address in self._brought or bool(self._one("contact", address))

    def _one(self, kind: str, address: str) -> str:
        found = self._names.find(Asking((kind,), address))
        return next(iter(found)) if len(found) == 1 else ""

    def _proposal(self, address: str, account: str) -> Suggested:
        secret = self._session.store.identity.team_secret
        record = derived_id("contact", secret, "by e-mail", address)
        name = _name_of(address)
        source = Source(how="list", origin=_ORIGIN)
        said = {"name": name, "account": account, "email": address}
        statements = (exists(record, source), *(state(record, key, value, source) for key, value in said.items()))
        title = self._session.store.titles([account]).get(account, account)
        return Suggested(
            keyed_digest(secret, "person", record).hex()[:32],
            "person",
            told("{name} <{address}> may be a new contact at {account}", name=name, address=address, account=title),
            told("Contact: was at a meeting with this account"),
            record=record,
            other=account,
            statements=statements,
        )


def _brought(tables: Iterable[RawTable]) -> frozenset[str]:
    """The addresses of everybody whose card comes in."""
    at = CARD_COLUMNS.index("E-mail")
    cards = [table for table in tables if not is_meeting_list(table)]
    return frozenset(row.cells[at].casefold() for table in cards for row in table.rows) - {""}


def _host(address: str) -> str:
    """What tells the accounts of one meeting apart on every laptop: the domain, or the whole address where it is anybody's."""
    return domain_of(address) or address


def _is_person(address: str) -> bool:
    """Whether an address can be kept, and is no list's or machine's."""
    field = known_field("contact", "email")
    local = address.partition("@")[0]
    try:
        return field is not None and bool(canonical_value(field, address, "")) and local not in _NOBODY
    except ValueRefusedError:
        return False


_NOBODY = frozenset({"info", "office", "sales", "support", "service", "contact", "noreply", "no-reply", "calendar"})


def _name_of(address: str) -> str:
    """A name to begin with: `anna.berg@…` is likely Anna Berg."""
    parts = [part for part in address.partition("@")[0].replace("_", ".").split(".") if part]
    return " ".join(part.capitalize() for part in parts) or address


def _told(left: Sequence[RawRow]) -> Iterable[str]:
    """Name some of the meetings left alone; they stay on the person's own screen."""
    if not left:
        return
    named = ", ".join(f"{row.cells[1]} ({row.cells[2]})" for row in left[:_MOST_LISTED])
    if len(left) > _MOST_LISTED:
        named = told("{names} and {count:,} more", names=named, count=len(left) - _MOST_LISTED)
    yield told(
        "Meetings left alone, for no known customer takes part: {count:,} – {names}.", count=len(left), names=named
    )
