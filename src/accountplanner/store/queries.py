"""Reading the caches: lists as ordered numbers, pages of rows, records under an account."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, RowMapping

from accountplanner.domain.catalogue import KINDS, record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Field, FieldType, RecordKind
from accountplanner.domain.money import Money
from accountplanner.domain.sentences import told, within
from accountplanner.domain.text import search_text
from accountplanner.store.caches import CURRENCY
from accountplanner.store.records import RecordNumbers
from accountplanner.store.searching import match_expression

_PART = 500


class Operator(StrEnum):
    """How a condition compares a field with its value; the last two need none."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold for a field; `value` is canonical, or some letters for `CONTAINS`.

    A blank is neither at least nor at most anything, and it is not what a value is not: unknown is no answer.
    """

    field: str
    operator: Operator
    value: str = ""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which records of a kind a list shows, in which order.

    `filters` are (field key, canonical value) pairs that must all hold, and so must `conditions`; `sort` is a
    field key or one of the facts `orders`, `last_order`, `last_touch`, `contacts` of an account. `limit` is 0 for all.
    """

    kind: str
    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    descending: bool = False
    only_conflicts: bool = False
    conditions: tuple[Condition, ...] = ()
    limit: int = 0


@dataclass(frozen=True, slots=True)
class CachedRecord:
    """A record as the caches have it: canonical values by field, references as record ids."""

    number: int
    record: str
    values: Mapping[str, str] = field(default_factory=dict)
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a list shows of an account beside its own fields; dates are ISO text, empty for none."""

    orders: int = 0
    first_order: str = ""
    last_order: str = ""
    last_touch: str = ""
    contacts: int = 0
    rung: str = ""
    open_disputes: int = 0


_COMPARED = {Operator.IS: "=", Operator.IS_NOT: "<>", Operator.AT_LEAST: ">=", Operator.AT_MOST: "<="}
FACT_SORTS = frozenset({"orders", "first_order", "last_order", "last_touch", "contacts"})


def ordered_numbers(connection: Connection, query: ListQuery, numbers: RecordNumbers) -> list[int]:
    """The numbers of the records a list shows, in its order: ids only, no rows; blanks come last."""
    kind = record_kind(query.kind)
    clauses, values = _conditions(connection, query, kind, numbers)
    found: list[int] = []
    for joined, clause, order in _orders(kind, query):
        every = [*clauses, clause] if clause else clauses
        where = f" WHERE {' AND '.join(every)}" if every else ""
        limit = f" LIMIT {query.limit - len(found)}" if query.limit else ""
        sql = f'SELECT "{kind.key}".id FROM "{kind.key}"{joined}{where} ORDER BY {order}{limit}'
        # The raw cursor: 100,000 result rows of SQLAlchemy cost more than the query.
        cursor = connection.exec_driver_sql(sql, tuple(values)).cursor
        found += [number for (number,) in cursor.fetchall()]
        if query.limit and len(found) >= query.limit:
            break
    return found


def _orders(kind: RecordKind, query: ListQuery) -> list[tuple[str, str, str]]:
    """The queries that together make an order, each with its join, its further condition and its sorting."""
    direction = "DESC" if query.descending else "ASC"
    by_title = f'"{kind.key}".sort_key {direction}, "{kind.key}".id {direction}'
    if query.sort in FACT_SORTS and query.kind == "account":
        joined = " LEFT JOIN facts ON facts.account = account.id"
        return [(joined, "", f"facts.{query.sort} {direction}, account.sort_key, account.id")]
    if not query.sort or query.sort == kind.title_key:
        return [("", "", by_title)]
    column = kind.field(query.sort)
    if column is None:
        raise WrongUseError(
            told("A list of {plural} cannot be sorted by “{sort}”.", plural=within(kind.plural), sort=query.sort)
        )
    if column.type is FieldType.REFERENCE and len(column.refers_to) == 1:
        joined = f' LEFT JOIN "{column.refers_to[0]}" AS led ON led.id = "{kind.key}"."{column.key}"'
        return [(joined, "", f'led.sort_key {direction}, "{kind.key}".sort_key, "{kind.key}".id')]
    held = f'"{kind.key}"."{column.key}"'
    sorted_by = sorting_value(kind, column.key)
    # Two queries rather than one that sorts blanks last: each walks along an index.
    title_up = f'"{kind.key}".sort_key, "{kind.key}".id'
    return [
        ("", f"{held} IS NOT NULL", f"{sorted_by} {direction}, {by_title}"),
        ("", f"{held} IS NULL", title_up),
    ]


def sorting_value(kind: RecordKind, key: str) -> str:
    """What a column is sorted and compared by."""
    column = kind.field(_checked(kind, key))
    held = f'"{kind.key}"."{key}"'
    return f"CAST({held} AS REAL)" if column is not None and column.type is FieldType.DECIMAL else held


def _conditions(
    connection: Connection, query: ListQuery, kind: RecordKind, numbers: RecordNumbers
) -> tuple[list[str], list[str | int | float]]:
    clauses: list[str] = []
    values: list[str | int | float] = []
    if expression := match_expression(query.text):
        # The plus keeps the list walking along the index it is sorted by, and asking of each record whether it was
        # found: reading the rows of all that were found, to sort them afterwards, takes seven times as long.
        clauses.append(f'+"{kind.key}".id IN (SELECT rowid FROM search WHERE search MATCH ?)')
        values.append(expression)
    for key, wanted in query.filters:
        clauses.append(f'"{kind.key}"."{_checked(kind, key)}" = ?')
        values.append(_stored(connection, kind, key, wanted, numbers))
    for condition in query.conditions:
        clause, compared = _condition(connection, kind, condition, numbers)
        clauses.append(f'+"{kind.key}".id IN (SELECT id FROM "{kind.key}" WHERE {clause})')
        values += compared
    if query.only_conflicts:
        clauses.append(f'+"{kind.key}".id IN (SELECT record FROM conflict)')
    return clauses, values


def _condition(
    connection: Connection, kind: RecordKind, condition: Condition, numbers: RecordNumbers
) -> tuple[str, list[str | int | float]]:
    held = f'"{_checked(kind, condition.field)}"'
    match condition.operator:
        case Operator.KNOWN:
            return f"{held} IS NOT NULL", []
        case Operator.UNKNOWN:
            return f"{held} IS NULL", []
        case Operator.CONTAINS if condition.field == kind.title_key:
            return "instr(sort_key, ?) > 0", [search_text(condition.value)]
        case Operator.CONTAINS:
            return f"{held} LIKE ? ESCAPE '\\'", [f"%{_without_wildcards(condition.value)}%"]
    column = kind.field(condition.field)
    compared = comparable(connection, kind, condition, numbers)
    if column is not None and column.type in {FieldType.DECIMAL, FieldType.INTEGER}:
        held = f"CAST({held} AS REAL)"
    return f"{held} {_COMPARED[condition.operator]} ?", [compared]


def _without_wildcards(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def comparable(
    connection: Connection, kind: RecordKind, condition: Condition, numbers: RecordNumbers
) -> str | int | float:
    """The value of a condition as it is held in its column."""
    column = kind.field(condition.field)
    if column is not None and column.type is FieldType.MONEY:
        return Money.parse(condition.value).minor
    if column is not None and column.type in {FieldType.DECIMAL, FieldType.INTEGER}:
        return float(condition.value)
    return _stored(connection, kind, condition.field, condition.value, numbers)


def _checked(kind: RecordKind, key: str) -> str:
    if kind.field(key) is None:
        raise WrongUseError(
            told("A list of {plural} cannot be filtered by “{key}”.", plural=within(kind.plural), key=key)
        )
    return key


def _stored(connection: Connection, kind: RecordKind, key: str, wanted: str, numbers: RecordNumbers) -> str | int:
    column = kind.field(key)
    if column is not None and column.type is FieldType.REFERENCE:
        return numbers.number(connection, wanted) or 0
    return wanted


def grouped_by(connection: Connection, kind_key: str, key: str, numbers: RecordNumbers) -> dict[int, str]:
    """What stands in one field of every record of a kind that has something there, by number."""
    kind = record_kind(kind_key)
    sql = f'SELECT id, "{_checked(kind, key)}" FROM "{kind.key}" WHERE "{key}" IS NOT NULL'
    held: dict[int, str | int] = dict(connection.exec_driver_sql(sql).cursor.fetchall())
    column = kind.field(key)
    if column is not None and column.type is FieldType.REFERENCE:
        names = numbers.names(connection, {value for value in held.values() if isinstance(value, int)})
        return {number: names.get(int(value), "") for number, value in held.items()}
    return {number: str(value) for number, value in held.items()}


def cached_records(
    connection: Connection,
    kind_key: str,
    wanted: Sequence[int],
    numbers: RecordNumbers,
    keys: Collection[str] | None = None,
) -> list[CachedRecord]:
    """The cached rows behind numbers, in the order asked for; vanished ones are left out.

    With `keys` only those fields are read, and no conflicts counted: of thousands that takes a fraction.
    """
    found: dict[int, CachedRecord] = {}
    for start in range(0, len(wanted), _PART):
        part = tuple(wanted[start : start + _PART])
        holes = ",".join("?" * len(part))
        found |= _select(connection, kind_key, (f"id IN ({holes})", part), numbers, keys)
    return [found[number] for number in wanted if number in found]


def records_with(
    connection: Connection, kind_key: str, key: str, record: str, numbers: RecordNumbers
) -> list[CachedRecord]:
    """The records of a kind whose reference field names a record, by title."""
    number = numbers.number(connection, record)
    if number is None:
        return []
    found = _select(connection, kind_key, (f'"{key}" = ?', (number,)), numbers)
    return list(found.values())


def every_record(connection: Connection, kind_key: str, numbers: RecordNumbers) -> list[CachedRecord]:
    """Every record of a kind, by title."""
    return list(_select(connection, kind_key, ("1", ()), numbers).values())


def _select(
    connection: Connection,
    kind_key: str,
    where: tuple[str, tuple[int, ...]],
    numbers: RecordNumbers,
    keys: Collection[str] | None = None,
) -> dict[int, CachedRecord]:
    kind = record_kind(kind_key)
    fields = kind.fields if keys is None else tuple(column for column in kind.fields if column.key in keys)
    sql = f'SELECT {_selected(kind, fields)} FROM "{kind.key}" WHERE {where[0]} ORDER BY sort_key, id'
    rows = connection.exec_driver_sql(sql, where[1]).mappings().all()
    references = [column.key for column in fields if column.type is FieldType.REFERENCE]
    named = {row[key] for row in rows for key in references if row[key] is not None} | {row["id"] for row in rows}
    names = numbers.names(connection, named)
    return {
        row["id"]: CachedRecord(row["id"], names[row["id"]], _values(fields, row, names), row["_conflicts"])
        for row in rows
    }


def _selected(kind: RecordKind, fields: Sequence[Field]) -> str:
    if fields is kind.fields:
        return f'*, (SELECT COUNT(*) FROM conflict WHERE record = "{kind.key}".id) AS _conflicts'
    columns = [column.key for column in fields]
    columns += [column.key + CURRENCY for column in fields if column.type is FieldType.MONEY]
    return ", ".join(("id", "0 AS _conflicts", *(f'"{column}"' for column in columns)))


def _values(fields: Sequence[Field], row: RowMapping, names: Mapping[int, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for column in fields:
        held = row[column.key]
        if held is None:
            continue
        if column.type is FieldType.MONEY and isinstance(held, int):
            values[column.key] = Money(held, str(row[column.key + CURRENCY])).canonical()
        elif column.type is FieldType.REFERENCE and isinstance(held, int):
            values[column.key] = names.get(held, "")
        else:
            values[column.key] = str(held)
    return values


def titles(connection: Connection, records: Iterable[str], numbers: RecordNumbers) -> dict[str, str]:
    """The titles of records, by id; those without one are left out."""
    by_kind: dict[str, list[str]] = {}
    for record in dict.fromkeys(records):
        by_kind.setdefault(record.partition(":")[0], []).append(record)
    found: dict[str, str] = {}
    for key, group in by_kind.items():
        titled = KINDS[key].field(KINDS[key].title_key) if key in KINDS else None
        if titled is None or titled.type is FieldType.REFERENCE:
            continue
        known = numbers.known(connection, group)
        by_number = {number: record for record, number in known.items()}
        held = list(by_number)
        for start in range(0, len(held), _PART):
            part = tuple(held[start : start + _PART])
            holes = ",".join("?" * len(part))
            sql = f'SELECT id, "{titled.key}" FROM "{key}" WHERE id IN ({holes})'
            found |= {by_number[number]: title or "" for number, title in connection.exec_driver_sql(sql, part)}
    return found


def records_titled(connection: Connection, kind_key: str, title: str, numbers: RecordNumbers) -> list[str]:
    """The records of a kind whose title is this, accents and case aside."""
    kind = record_kind(kind_key)
    folded = search_text(title).strip()
    sql = f'SELECT id, "{kind.title_key}" FROM "{kind.key}" WHERE sort_key = ? ORDER BY id'
    rows = connection.exec_driver_sql(sql, (folded[:200],)).all()
    exact = [number for number, held in rows if held == title]
    wanted = exact or [number for number, _ in rows]
    return list(numbers.names(connection, wanted).values())


def account_facts(connection: Connection, accounts: Sequence[int], today: date) -> dict[int, AccountFacts]:
    """The facts of some accounts by number; `rung` is the position a person has accepted.

    A visit that is only planned is no touch yet.
    """
    found: dict[int, AccountFacts] = {}
    for start in range(0, len(accounts), _PART):
        part = tuple(accounts[start : start + _PART])
        holes = ",".join("?" * len(part))
        sql = (
            "SELECT account, orders, first_order, last_order, CASE WHEN last_touch <= ? THEN last_touch ELSE COALESCE("
            "(SELECT MAX(happened_on) FROM touch WHERE touch.account = facts.account AND happened_on <= ?), '') END, "
            "contacts, "
            "(SELECT position FROM position WHERE holder = facts.account AND offering IS NULL AND division IS NULL "
            'ORDER BY id LIMIT 1), (SELECT COUNT(*) FROM "case" WHERE "case".account = facts.account '
            f"AND dispute = 'yes' AND state IS NOT 'closed' AND closed_on IS NULL) FROM facts WHERE account IN ({holes})"
        )
        rows = connection.exec_driver_sql(sql, (today.isoformat(), today.isoformat(), *part))
        for account, orders, first, last, touch, contacts, rung, disputes in rows:
            found[account] = AccountFacts(orders, first, last, touch, contacts, rung or "", disputes)
    return found


def counts(connection: Connection) -> dict[str, int]:
    """How many records of each kind there are."""
    return {
        key: int(connection.exec_driver_sql(f'SELECT COUNT(*) FROM "{key}"').scalar_one())
        for key, kind in KINDS.items()
        if not kind.internal
    }


def conflicted(connection: Connection, numbers: RecordNumbers) -> list[tuple[str, str, str]]:
    """Every conflict as (record id, field, voice)."""
    rows = connection.exec_driver_sql("SELECT record, field, voice FROM conflict ORDER BY record, field, voice").all()
    names = numbers.names(connection, [number for number, _, _ in rows])
    return [(names[number], key, voice) for number, key, voice in rows if number in names]


def spoken_answers(connection: Connection, kind_key: str) -> dict[int, dict[str, dict[str, str]]]:
    """Each voice's answers in fields with one voice per speaker, by record number, field and voice."""
    sql = f'SELECT record, field, voice, value FROM spoken WHERE record IN (SELECT id FROM "{kind_key}")'
    found: dict[int, dict[str, dict[str, str]]] = {}
    for record, key, voice, value in connection.exec_driver_sql(sql):
        found.setdefault(record, {}).setdefault(key, {})[voice] = value
    return found


def conflicted_fields(connection: Connection) -> dict[int, frozenset[str]]:
    """The fields in conflict, by record number."""
    found: dict[int, set[str]] = {}
    for record, key in connection.exec_driver_sql("SELECT record, field FROM conflict"):
        found.setdefault(record, set()).add(key)
    return {record: frozenset(keys) for record, keys in found.items()}
