"""Proposals for a list nobody has mapped yet: which field each column is, and what a row stands for.

Three kinds of evidence: the header is a field's label or alias; it is nearly one; the values look
like one. Each proposal says how sure it is and shows three values, for a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Field, FieldType
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.contents import content_fit, tells, values_of
from accountplanner.exchange.tables.header_words import COMPANY, FIRST_NAME, LAST_NAME, further_words
from accountplanner.exchange.tables.mapping import Join, folded

_KINDS = ("account", "contact", "partner", "colleague", "offering", "purchase", "opportunity", "competitor", "case")
_TABLE_WORDS = {
    "account": ("account", "customer", "client", "kunde", "company", "firma"),
    "contact": ("contact", "person", "people", "kontakt", "ansprechpartner"),
    "partner": ("partner", "supplier", "reseller", "distributor", "vendor", "lieferant", "händler"),
    "colleague": ("colleague", "employee", "staff", "team", "mitarbeiter"),
    "offering": ("offering", "product", "article", "item", "categor", "artikel", "produkt"),
    "purchase": ("purchase", "order", "sale", "invoice", "bestellung", "auftrag", "umsatz"),
    "opportunity": ("opportunit", "deal", "pipeline"),
    "competitor": ("competitor", "wettbewerb"),
    "case": ("case", "ticket", "complaint"),
}
_PEOPLE = frozenset({"contact", "colleague"})
_NEARLY = 0.82
_TAKEN_FROM = 0.5
_TELLING = ("order_number", "offering", "city", "country", "account", "ordered_on", "title")
_TO_ITS_OWN = frozenset({"reportsto", "manager", "parent", "parentid"})
_KEY_WORDS = ("id", "number", "no", "nr", "code", "key", "nummer")


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column: the field it probably is (blank: left alone), how sure, why, and three of its values.

    `kind` differs from the table's where the row also makes a second record, such as the contact
    in a list of customers. A reference names the table it leads to in `refers_to`.
    """

    column: str
    kind: str
    field: str
    confidence: float
    samples: tuple[str, ...]
    why: str = ""
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class TableProposal:
    """One table: what its rows stand for, what tells them apart, and its columns in order.

    With a `join`, a row is completed by the row of another table that has the same value in that
    column, as an order line is by its order; the other table then makes no records of its own.
    """

    table: str
    kind: str
    confidence: float
    key: tuple[str, ...]
    columns: tuple[ColumnProposal, ...]
    join: Join | None = None

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Columns nothing is proposed for."""
        return tuple(each.column for each in self.columns if not each.field)


def propose_mapping(tables: Sequence[RawTable]) -> list[TableProposal]:
    """Propose how to read unknown tables; references between them are found by their values."""
    sheets = [_Sheet(table) for table in tables]
    proposals = [_proposed(sheet) for sheet in sheets]
    led = [_with_references(at, sheets, proposals) for at in range(len(sheets))]
    return [_with_key(sheet, proposal) for sheet, proposal in zip(sheets, led, strict=True)]


class _Sheet:
    """A table with the values of each column at hand."""

    def __init__(self, table: RawTable) -> None:
        self.table = table
        rows = [row.cells for row in table.rows if len(row.cells) <= len(table.header)]
        self.cells = [[row[at] if at < len(row) else "" for row in rows] for at in range(len(table.header))]
        self.values = [values_of(cells) for cells in self.cells]

    @property
    def columns(self) -> list[int]:
        return [at for at, name in enumerate(self.table.header) if name]

    def is_key(self, at: int) -> bool:
        filled = [cell.strip() for cell in self.cells[at]]
        return bool(filled) and all(filled) and len(set(filled)) == len(filled)


@dataclass(frozen=True, slots=True)
class _Guess:
    score: float
    at: int
    field: Field
    why: str


def _proposed(sheet: _Sheet) -> TableProposal:
    """The kind that explains most columns, a table name that says it counting for two."""
    guessed = {kind: _assign(sheet, kind) for kind in _KINDS}
    weights = {kind: _weight(sheet, kind, found) for kind, found in guessed.items()}
    kind = max(_KINDS, key=lambda each: weights[each])
    total = weights[kind] / (2 + max(1, len(sheet.columns)))
    found = guessed[kind]
    beside = _assign_contact(sheet, set(found)) if kind == "account" else {}
    columns = tuple(_column(sheet, at, kind, found, beside) for at in sheet.columns)
    columns = _with_company(kind, _with_names(kind, columns))
    return TableProposal(sheet.table.name, kind, round(min(1.0, total), 2), _own_key(sheet, columns), columns)


def _weight(sheet: _Sheet, kind: str, found: dict[int, _Guess]) -> float:
    """How much speaks for a kind; half of it where no column holds what its records are recognised by.

    For an account speaks its contact, too: a list of customers names one as often as a list of partners.
    """
    explained = sum(guess.score for guess in found.values())
    if kind == "account":
        explained += sum(guess.score for guess in _assign_contact(sheet, set(found)).values())
    heads = {folded(column) for column in sheet.table.header}
    titles = {guess.field.key for guess in found.values()}
    if kind in _PEOPLE and heads & FIRST_NAME and heads & LAST_NAME:
        titles.add("name")
    titled = 1.0 if record_kind(kind).title_key in titles else 0.5
    named = any(word in sheet.table.name.casefold() for word in _TABLE_WORDS[kind])
    return titled * explained + (2.0 if named else 0.0)


def _assign(sheet: _Sheet, kind: str, free: set[int] | None = None) -> dict[int, _Guess]:
    """Give each column at most one field and each field at most one column, the surest first."""
    fields = [
        field for field in record_kind(kind).fields if not field.internal and field.type is not FieldType.REFERENCE
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


def _assign_contact(sheet: _Sheet, taken: set[int]) -> dict[int, _Guess]:
    """Columns of a customer list that are about a person there; their headers must say so."""
    free = {
        at
        for at in sheet.columns
        if at not in taken and any(word in folded(sheet.table.header[at]) for word in ("contact", "ansprech", "person"))
    }
    found = _assign(sheet, "contact", free)
    return found if any(guess.field.key == "name" for guess in found.values()) else {}


def _guess(sheet: _Sheet, at: int, field: Field) -> _Guess:
    by_header, why = _header_fit(folded(sheet.table.header[at]), field)
    by_content = content_fit(field, sheet.values[at])
    if by_content is None:
        return _Guess(by_header, at, field, why)
    if by_header:
        return _Guess(by_header * (0.2 + 0.8 * by_content), at, field, f"{why}; {by_content:.0%} of its values fit")
    telling = 0.7 * by_content if tells(field) and by_content >= 0.8 else 0.0
    return _Guess(telling, at, field, f"{by_content:.0%} of its values look like it")


@lru_cache(maxsize=100_000)
def _header_fit(header: str, field: Field) -> tuple[float, str]:
    if header in {folded(word) for word in (field.key, field.label)}:
        return 1.0, "the header names it"
    names = _names(field)
    if header in names:
        return 0.95, "the header is another name for it"
    nearest = max((fuzz.ratio(header, name) / 100 for name in names), default=0.0)
    return (0.85 * nearest, f"the header is nearly a name for it ({nearest:.0%})") if nearest >= _NEARLY else (0.0, "")


@lru_cache(maxsize=1_000)
def _names(field: Field) -> frozenset[str]:
    own = {folded(word) for word in (field.key, field.label, *field.aliases)}
    return frozenset((own | further_words(field)) - {""})


def _column(sheet: _Sheet, at: int, kind: str, found: dict[int, _Guess], beside: dict[int, _Guess]) -> ColumnProposal:
    samples = tuple(dict.fromkeys(sheet.values[at]))[:3]
    name = sheet.table.header[at]
    guess = found.get(at) or beside.get(at)
    if guess is None:
        return ColumnProposal(name, kind, "", 0.0, samples)
    belongs = kind if at in found else "contact"
    return ColumnProposal(name, belongs, guess.field.key, round(guess.score, 2), samples, guess.why)


def _with_names(kind: str, columns: tuple[ColumnProposal, ...]) -> tuple[ColumnProposal, ...]:
    """First and last name together are a person's name."""
    if kind not in _PEOPLE:
        return columns
    heads = {folded(each.column) for each in columns}
    if not (heads & FIRST_NAME and heads & LAST_NAME):
        return columns
    both = FIRST_NAME | LAST_NAME
    why = "first and last name together"
    return tuple(
        replace(each, field="name", kind=kind, confidence=0.95, why=why)
        if folded(each.column) in both
        else replace(each, field="", confidence=0.0, why="")
        if each.field == "name"
        else each
        for each in columns
    )


def _with_company(kind: str, columns: tuple[ColumnProposal, ...]) -> tuple[ColumnProposal, ...]:
    """In a list of people, the organisation they work for is an account."""
    at = next((at for at, each in enumerate(columns) if not each.field and folded(each.column) in COMPANY), None)
    if kind != "contact" or at is None:
        return columns
    company = replace(columns[at], kind="account", field="name", confidence=0.9, why="the people's organisation")
    return (*columns[:at], company, *columns[at + 1 :])


def _own_key(sheet: _Sheet, columns: tuple[ColumnProposal, ...]) -> tuple[str, ...]:
    """The one column that tells rows apart: a number of their own, else an e-mail."""
    numbers = {each.column for each in columns if each.field in {"number", "order_number"}}
    emails = {each.column for each in columns if each.field == "email"}
    unique = [sheet.table.header[at] for at in sheet.columns if sheet.is_key(at)]
    ranked = [
        *(name for name in unique if name in numbers),
        *(name for name in unique if folded(name).endswith(_KEY_WORDS)),
        *(name for name in unique if name in emails),
    ]
    return tuple(ranked[:1])


def _with_key(sheet: _Sheet, proposal: TableProposal) -> TableProposal:
    """Where no column alone tells rows apart, as few telling ones together as do."""
    if proposal.key:
        return proposal
    telling = [record_kind(proposal.kind).title_key, *_TELLING]
    ranked = sorted(
        (each for each in proposal.columns if each.field in telling and each.kind == proposal.kind),
        key=lambda each: telling.index(each.field),
    )
    key: list[str] = []
    for each in ranked:
        key.append(each.column)
        places = [sheet.table.header.index(name) for name in key]
        rows = list(zip(*(sheet.cells[place] for place in places), strict=True))
        if len(set(rows)) == len(rows) and each.field != "name":
            break
    return replace(proposal, key=tuple(key))


def _with_references(at: int, sheets: list[_Sheet], proposals: list[TableProposal]) -> TableProposal:
    """Columns that hold the keys of another table lead there."""
    proposal = proposals[at]
    columns = list(proposal.columns)
    join: Join | None = None
    used: set[str] = set()
    for place, column in enumerate(columns):
        if column.column in proposal.key:
            continue
        target = _target(at, column.column, sheets, proposals)
        field = _reference_field(proposal.kind, target.kind, used) if target else None
        if target is not None and field is not None:
            used.add(field)
            why = f"its values are keys of {target.table}"
            columns[place] = replace(
                column, kind=proposal.kind, field=field, confidence=0.9, why=why, refers_to=target.table
            )
        elif target is not None and target.kind == proposal.kind and target is not proposal and join is None:
            join = Join(target.table, column.column)
    return replace(proposal, columns=tuple(columns), join=join)


def _target(at: int, column: str, sheets: list[_Sheet], proposals: list[TableProposal]) -> TableProposal | None:
    """The table whose keys the column holds; another table goes before its own."""
    others = sorted(range(len(sheets)), key=lambda other: other == at)
    return next((proposals[other] for other in others if _leads_to(sheets, at, other, column, proposals[other])), None)


def _leads_to(sheets: list[_Sheet], at: int, other: int, column: str, target: TableProposal) -> bool:
    if len(target.key) != 1:
        return False
    header = sheets[at].table.header
    key = folded(target.key[0])
    to_its_own = at == other and folded(column) in _TO_ITS_OWN
    if fuzz.ratio(folded(column), key) < 100 * _NEARLY and not to_its_own:
        return False
    keys = {cell.strip() for cell in sheets[other].cells[sheets[other].table.header.index(target.key[0])]}
    values = sheets[at].values[header.index(column)]
    return bool(values) and sum(value in keys for value in values) >= 0.9 * len(values)


def _reference_field(kind: str, target: str, used: set[str]) -> str | None:
    fields = record_kind(kind).fields
    return next((field.key for field in fields if target in field.refers_to and field.key not in used), None)
