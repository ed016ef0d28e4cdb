"""Proposals for a list nobody has mapped yet: which field each column is, and what a row stands for.

Three kinds of evidence: the header is a field's label or alias; it is nearly one; the values look
like one. Each proposal says how sure it is and shows three values, for a person decides. Any record
kind may come as a list; classes that stay on the laptop unless somebody shares them never do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import PRIVATE_UNLESS_SHARED, Field, FieldType
from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.contents import content_fit, tells
from accountplanner.exchange.tables.finding import called
from accountplanner.exchange.tables.header_words import FIRST_NAME, LAST_NAME, further_words
from accountplanner.exchange.tables.keys_and_links import own_key, with_key, with_links
from accountplanner.exchange.tables.list_kinds import LISTED_KINDS, MADE_BY_NAME, goes_by
from accountplanner.exchange.tables.mapping import folded
from accountplanner.exchange.tables.own_addresses import with_own_addresses
from accountplanner.exchange.tables.proposals import ColumnProposal, ListedTable, TableProposal

_PEOPLE = frozenset({"contact", "colleague"})
_NEARLY = 0.82
_TAKEN_FROM = 0.5
_SURE = 0.9
_OWNERLESS = 0.7
_AS_GOOD = 0.95
_OF_A_PERSON = ("title", "mobile")

Leads = Callable[[Field, Sequence[str]], bool]
"""Says whether any of some values names a record a reference may lead to."""


def _leads_somewhere(_field: Field, _values: Sequence[str]) -> bool:
    return True


def propose_mapping(tables: Sequence[RawTable], leads: Leads = _leads_somewhere, kind: str = "") -> list[TableProposal]:
    """Propose how to read unknown tables; references between them are found by their values.

    All are lists of `kind` where a person says so.
    A column of names that lead nowhere is left alone, unless it says whose the rows are or its names
    can become records.
    """
    sheets = [ListedTable(table) for table in tables]
    kinds = (kind,) if kind else LISTED_KINDS
    proposals = [_proposed(sheet, kinds) for sheet in sheets]
    led = [with_links(at, sheets, proposals) for at in range(len(sheets))]
    here = _named_here(sheets, led)
    meant = [_without_strangers(sheet, proposal, leads, here) for sheet, proposal in zip(sheets, led, strict=True)]
    return [with_key(sheet, proposal) for sheet, proposal in zip(sheets, meant, strict=True)]


@dataclass(frozen=True, slots=True)
class _Guess:
    score: float
    at: int
    field: Field
    why: str


def _proposed(sheet: ListedTable, kinds: Sequence[str]) -> TableProposal:
    """The kind that explains most columns, a table name that says it counting for two."""
    guessed = {kind: _assign(sheet, kind) for kind in kinds}
    weights = {kind: _weight(sheet, kind, found) for kind, found in guessed.items()}
    if "contact" in kinds and _shares_companies(sheet, guessed["contact"]):
        # A company that stands on several rows, each with somebody else, is no list of companies.
        weights |= {each: weights[each] / 2 for each in ("account", "partner") if each in kinds}
    # Of kinds that fit as well as each other, the one people keep more lists of.
    kind = next(each for each in kinds if weights[each] >= _AS_GOOD * max(weights.values()))
    total = weights[kind] / (2 + max(1, len(sheet.columns)))
    found = guessed[kind]
    beside = _beside(sheet, kind, found)
    columns = tuple(_column(sheet, at, kind, found, beside) for at in sheet.columns)
    columns = _with_names(kind, _with_second_names(kind, _with_invoice_day(kind, columns)))
    columns = with_own_addresses(sheet, kind, columns)
    return TableProposal(sheet.table.name, kind, round(min(1.0, total), 2), own_key(sheet, columns), columns)


def _weight(sheet: ListedTable, kind: str, found: dict[int, _Guess]) -> float:
    """How much speaks for a kind; half of it where no column holds what its records are recognised by.

    For an account speaks its contact, too: a list of customers names one as often as a list of partners.
    For people speaks what the list tells of their company, where several of them work at one.
    """
    explained = sum(guess.score for guess in found.values())
    if kind == "account" or (kind == "contact" and _shares_companies(sheet, found)):
        explained += sum(guess.score for guess in _beside(sheet, kind, found).values())
    heads = {folded(column) for column in sheet.table.header}
    titles = {guess.field.key for guess in found.values()}
    if kind in _PEOPLE and heads & FIRST_NAME and heads & LAST_NAME:
        titles.add("name")
    declared = record_kind(kind)
    titled = 1.0 if {declared.title_key, "invoice_number"} & titles else 0.5
    owners = {field.key for field in declared.owners}
    # People are listed without their organisation often enough; of other things one says whose they are.
    owned = 1.0 if kind in _PEOPLE or not owners or owners & titles else _OWNERLESS
    return titled * owned * explained + (2.0 if goes_by(kind, sheet.table.name) else 0.0)


def _assign(sheet: ListedTable, kind: str, free: set[int] | None = None) -> dict[int, _Guess]:
    """Give each column at most one field and each field at most one column, the surest first."""
    fields = [
        field for field in record_kind(kind).fields if not field.internal and field.privacy not in PRIVATE_UNLESS_SHARED
    ]
    places = sheet.columns if free is None else sorted(free)
    guesses = [_guess(sheet, at, field) for at in places for field in fields]
    taken: dict[int, _Guess] = {}
    used: set[str] = set()
    for guess in sorted(guesses, key=lambda each: (-each.score, each.at)):
        if guess.score >= _TAKEN_FROM and guess.at not in taken and guess.field.key not in used:
            taken[guess.at] = guess
            used.add(guess.field.key)
    return taken


def _beside(sheet: ListedTable, kind: str, found: dict[int, _Guess]) -> dict[int, _Guess]:
    """The columns about a second record: a customer's contact, or the company the people of a list work at."""
    if kind == "account":
        return _assign_contact(sheet, set(found))
    is_led = any(guess.field.key == "account" for guess in found.values())
    return _assign_company(sheet, set(found)) if kind == "contact" and is_led else {}


def _shares_companies(sheet: ListedTable, found: dict[int, _Guess]) -> bool:
    """Whether the list names people, several of them at one company."""
    named = {guess.field.key: at for at, guess in found.items()}
    if not {"name", "account"} <= named.keys():
        return False
    companies = sheet.values[named["account"]]
    return len(set(companies)) < len(companies) and len(set(sheet.values[named["name"]])) > len(set(companies))


def _assign_company(sheet: ListedTable, taken: set[int]) -> dict[int, _Guess]:
    """Columns of a list of people that tell where their company is; its name and number lead there already."""
    found = _assign(sheet, "account", {at for at in sheet.columns if at not in taken})
    return {at: guess for at, guess in found.items() if guess.field.key not in {"name", "number"}}


def _assign_contact(sheet: ListedTable, taken: set[int]) -> dict[int, _Guess]:
    """Columns of a customer list that are about a person there; their headers must say so."""
    free = {
        at
        for at in sheet.columns
        if at not in taken and any(word in folded(sheet.table.header[at]) for word in ("contact", "ansprech", "person"))
    }
    found = _assign(sheet, "contact", free)
    if not any(guess.field.key == "name" for guess in found.values()):
        return {}
    rest = _assign(sheet, "contact", {at for at in sheet.columns if at not in taken and at not in found})
    known = {guess.field.key for guess in found.values()}
    return found | {
        at: guess for at, guess in rest.items() if guess.field.key in _OF_A_PERSON and guess.field.key not in known
    }


def _guess(sheet: ListedTable, at: int, field: Field) -> _Guess:
    by_header, why = _header_fit(folded(sheet.table.header[at]), field)
    if not by_header and not tells(field):
        return _Guess(0.0, at, field, why)
    by_content = content_fit(field, sheet.values[at])
    if by_content is None:
        return _Guess(by_header, at, field, why)
    if by_header:
        return _Guess(
            by_header * (0.2 + 0.8 * by_content),
            at,
            field,
            told("{why}; {share:.0%} of its values fit", why=why, share=by_content),
        )
    telling = 0.7 * by_content if tells(field) and by_content >= 0.8 else 0.0
    return _Guess(telling, at, field, told("{share:.0%} of its values look like it", share=by_content))


@lru_cache(maxsize=100_000)
def _header_fit(header: str, field: Field) -> tuple[float, str]:
    if header in {folded(word) for word in (field.key, field.label)}:
        return 1.0, told("the header names it")
    names = _names(field)
    if header in names:
        return 0.95, told("the header is another name for it")
    from rapidfuzz import fuzz  # noqa: PLC0415 - the window must not wait for it

    nearest = max((fuzz.ratio(header, name) / 100 for name in names), default=0.0)
    return (
        (0.85 * nearest, told("the header is nearly a name for it ({share:.0%})", share=nearest))
        if nearest >= _NEARLY
        else (0.0, "")
    )


@lru_cache(maxsize=1_000)
def _names(field: Field) -> frozenset[str]:
    own = {folded(word) for word in (field.key, field.label, *field.aliases)}
    return frozenset((own | further_words(field)) - {""})


def _column(
    sheet: ListedTable, at: int, kind: str, found: dict[int, _Guess], beside: dict[int, _Guess]
) -> ColumnProposal:
    samples = tuple(dict.fromkeys(sheet.values[at]))[:3]
    name = sheet.table.header[at]
    guess = found.get(at) or beside.get(at)
    if guess is None:
        return ColumnProposal(name, kind, "", 0.0, samples)
    belongs = kind if at in found else "contact" if kind == "account" else "account"
    return ColumnProposal(name, belongs, guess.field.key, round(guess.score, 2), samples, guess.why)


def _with_names(kind: str, columns: tuple[ColumnProposal, ...]) -> tuple[ColumnProposal, ...]:
    """First and last name together are a person's name."""
    if kind not in _PEOPLE:
        return columns
    heads = {folded(each.column) for each in columns}
    if not (heads & FIRST_NAME and heads & LAST_NAME):
        return columns
    both = FIRST_NAME | LAST_NAME
    why = told("first and last name together")
    return tuple(
        replace(each, field="name", kind=kind, confidence=0.95, why=why)
        if folded(each.column) in both
        else replace(each, field="", confidence=0.0, why="")
        if each.field == "name"
        else each
        for each in columns
    )


def _with_second_names(kind: str, columns: tuple[ColumnProposal, ...]) -> tuple[ColumnProposal, ...]:
    """A reference may be told twice, by number and by name."""
    led = [field for field in record_kind(kind).fields if field.type is FieldType.REFERENCE]
    taken = {each.field for each in columns if each.kind == kind}
    named = []
    for each in columns:
        header = folded(each.column)
        again = next((field for field in led if field.key in taken and _header_fit(header, field)[0] >= _SURE), None)
        if each.field or again is None:
            named.append(each)
        else:
            named.append(replace(each, field=again.key, confidence=0.9, why=told("the header is another name for it")))
    return tuple(named)


def _with_invoice_day(kind: str, columns: tuple[ColumnProposal, ...]) -> tuple[ColumnProposal, ...]:
    """In a list of invoices that names no orders, the date is that of the invoice."""
    fields = {each.field for each in columns if each.kind == "purchase"}
    if kind != "purchase" or "invoice_number" not in fields or {"order_number", "invoiced_on"} & fields:
        return columns
    return tuple(replace(each, field="invoiced_on") if each.field == "ordered_on" else each for each in columns)


def _named_here(sheets: Sequence[ListedTable], proposals: Sequence[TableProposal]) -> dict[str, set[str]]:
    """What the tables themselves call their rows, by kind."""
    named: dict[str, set[str]] = {}
    for sheet, proposal in zip(sheets, proposals, strict=True):
        for at, each in zip(sheet.columns, proposal.columns, strict=True):
            if each.field in {record_kind(each.kind).title_key, "number", "email"}:
                named.setdefault(each.kind, set()).update(map(called, sheet.values[at]))
    return named


def _without_strangers(
    sheet: ListedTable, proposal: TableProposal, leads: Leads, here: Mapping[str, set[str]]
) -> TableProposal:
    """Leave columns alone whose names nobody has, where they are no more than a remark about the row."""
    columns = []
    for at, each in zip(sheet.columns, proposal.columns, strict=True):
        field = record_kind(each.kind).field(each.field)
        by_name = field is not None and field.type is FieldType.REFERENCE and not each.refers_to
        if field is not None and by_name and not field.owner and not MADE_BY_NAME & set(field.refers_to):
            values = sheet.values[at]
            names = set[str]().union(*(here.get(kind, ()) for kind in field.refers_to))
            if values and names.isdisjoint(map(called, values)) and not leads(field, values):
                columns.append(replace(each, field="", confidence=0.0, why=told("nobody here is called so")))
                continue
        columns.append(each)
    return replace(proposal, columns=tuple(columns))
