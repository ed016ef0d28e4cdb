"""Lists: which records of a kind one shows, in which order, as numbers only; queries read the rows behind them."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import FieldType, RecordKind
from accountplanner.domain.money import Money
from accountplanner.domain.sentences import told, within
from accountplanner.domain.text import search_text
from accountplanner.store.records import RecordNumbers
from accountplanner.store.searching import match_expression


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
