"""Lists sorted and filtered by fields without an index: the order of each such column is read once and kept.

Reading a column of 100,000 encrypted rows takes a tenth of a second and more, an index on each of a hundred columns
would make every import half as long again. So a column's order is kept, as numbers only, until the next batch.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from sqlalchemy import Connection

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import FieldType, RecordKind
from accountplanner.store.caches import indexed_keys
from accountplanner.store.lists import (
    FACT_SORTS,
    Condition,
    ListQuery,
    Operator,
    comparable,
    ordered_numbers,
    sorting_value,
)
from accountplanner.store.records import RecordNumbers

_Held = str | int | float


class ColumnOrders:
    """The records of a kind that have something in a column, by its value and then by title.

    `batch` names the state of the workspace the orders belong to; with another one they are read anew.
    """

    def __init__(self) -> None:
        self._batch = -1
        self._known: dict[tuple[str, str], array[int]] = {}
        self._titles: dict[str, array[int]] = {}
        self._texts: tuple[tuple[str, str], list[str]] | None = None

    def at(self, batch: int) -> "ColumnOrders":
        """The same orders as they are after a batch."""
        if batch != self._batch:
            self._known, self._titles, self._texts = {}, {}, None
            self._batch = batch
        return self

    def known(self, connection: Connection, kind: RecordKind, key: str) -> "array[int]":
        """The records with a value in a column, the least first."""
        place = (kind.key, key)
        if place not in self._known:
            by = f"{sorting_value(kind, key)}, sort_key, id"
            self._known[place] = _numbers(connection, kind, f'WHERE "{key}" IS NOT NULL ORDER BY {by}')
        return self._known[place]

    def titles(self, connection: Connection, kind: RecordKind) -> "array[int]":
        """All records by title."""
        if kind.key not in self._titles:
            self._titles[kind.key] = _numbers(connection, kind, "ORDER BY sort_key, id")
        return self._titles[kind.key]

    def texts(self, connection: Connection, kind: RecordKind, key: str) -> list[str]:
        """The texts of a column in the order of `known`; only those of the last column asked for are kept."""
        place, held = (kind.key, key), self._texts
        if held is None or held[0] != place:
            sql = f'SELECT id, "{key}" FROM "{kind.key}" WHERE "{key}" IS NOT NULL'
            texts: dict[int, object] = dict(connection.exec_driver_sql(sql).cursor.fetchall())
            held = place, [str(texts[number]).lower() for number in self.known(connection, kind, key)]
            self._texts = held
        return held[1]


def listed_numbers(connection: Connection, query: ListQuery, numbers: RecordNumbers, orders: ColumnOrders) -> list[int]:
    """The numbers of the records a list shows, in its order; like `ordered_numbers`, and as quick by any column."""
    kind = record_kind(query.kind)
    slow = tuple(each for each in query.conditions if not _is_quick(kind, each))
    if not slow and _is_sorted_quickly(kind, query.sort):
        return ordered_numbers(connection, query, numbers)
    quick = replace(query, conditions=tuple(each for each in query.conditions if each not in slow), limit=0)
    listed = _in_order(connection, quick, numbers, orders)
    allowed = [_meeting(connection, kind, each, numbers, orders) for each in slow]
    found = (number for number in listed if all(number in each for each in allowed))
    return list(islice(found, query.limit)) if query.limit else list(found)


def _is_quick(kind: RecordKind, condition: Condition) -> bool:
    if condition.field == kind.title_key:
        return condition.operator is Operator.CONTAINS
    return condition.field in indexed_keys(kind.key) or kind.field(condition.field) is None


def _is_sorted_quickly(kind: RecordKind, sort: str) -> bool:
    if not sort or sort in {kind.title_key, *indexed_keys(kind.key)} or (sort in FACT_SORTS and kind.key == "account"):
        return True
    column = kind.field(sort)
    return column is None or (column.type is FieldType.REFERENCE and len(column.refers_to) == 1)


def _in_order(connection: Connection, query: ListQuery, numbers: RecordNumbers, orders: ColumnOrders) -> Iterable[int]:
    kind = record_kind(query.kind)
    is_narrowed = bool(query.text or query.filters or query.conditions or query.only_conflicts)
    if _is_sorted_quickly(kind, query.sort):
        by_title = not is_narrowed and query.sort in {"", kind.title_key}
        titles = orders.titles(connection, kind) if by_title else None
        if titles is None:
            return ordered_numbers(connection, query, numbers)
        return reversed(titles) if query.descending else titles
    listed = _by_column(connection, query, orders)
    if not is_narrowed:
        return listed
    wanted = set(ordered_numbers(connection, replace(query, sort=""), numbers))
    return (number for number in listed if number in wanted)


def _by_column(connection: Connection, query: ListQuery, orders: ColumnOrders) -> Iterator[int]:
    """Values first, in the order of the list, then the blanks by title."""
    kind = record_kind(query.kind)
    known = orders.known(connection, kind, query.sort)
    yield from reversed(known) if query.descending else known
    there = set(known)
    yield from (number for number in orders.titles(connection, kind) if number not in there)


def _meeting(
    connection: Connection, kind: RecordKind, condition: Condition, numbers: RecordNumbers, orders: ColumnOrders
) -> set[int]:
    known = orders.known(connection, kind, condition.field)
    match condition.operator:
        case Operator.KNOWN:
            return set(known)
        case Operator.UNKNOWN:
            return set(orders.titles(connection, kind)).difference(known)
        case Operator.CONTAINS:
            wanted = condition.value.lower()
            texts = orders.texts(connection, kind, condition.field)
            return {number for number, text in zip(known, texts, strict=True) if wanted in text}
    value = comparable(connection, kind, condition, numbers)
    held = partial(_held, connection, kind, condition.field)
    return _compared(known, condition.operator, value, held)


def _compared(known: "array[int]", operator: Operator, value: _Held, held: Callable[[int], _Held]) -> set[int]:
    """The records whose value compares so; a few of them are looked at, because they stand in the order of it."""
    first = bisect_left(known, value, key=held)
    last = bisect_right(known, value, lo=first, key=held)
    if operator is Operator.AT_LEAST:
        return set(known[first:])
    if operator is Operator.AT_MOST:
        return set(known[:last])
    same = set(known[first:last])
    return same if operator is Operator.IS else set(known) - same


def _held(connection: Connection, kind: RecordKind, key: str, number: int) -> _Held:
    sql = f'SELECT {sorting_value(kind, key)} FROM "{kind.key}" WHERE id = ?'
    found: _Held = connection.exec_driver_sql(sql, (number,)).scalar_one()
    return found


def _numbers(connection: Connection, kind: RecordKind, rest: str) -> "array[int]":
    cursor = connection.exec_driver_sql(f'SELECT id FROM "{kind.key}" {rest}').cursor
    return array("q", [number for (number,) in cursor.fetchall()])
