"""Everything that happened with one account, as light rows: which record, of which kind, on which day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accountplanner.store.layer import LayerStore
from accountplanner.store.queries import CachedRecord, cached_records

# By kind: the day it counts by, and whether it may belong to the account through a contact alone.
_DATED: Final = (
    ("touch", "happened_on", True),
    ("case", "opened_on", True),
    ("feedback", "said_on", True),
    ("note", "written_on", True),
    ("partner_note", "written_on", True),
    ("signal", "seen_on", True),
    ("need", "said_on", True),
    ("review", "held_on", False),
)


@dataclass(frozen=True, slots=True)
class Happened:
    """One row of a timeline. `detail` is the channel of a touch, the number of an order, whether a case is a dispute."""

    day: str
    kind: str
    number: int
    detail: str = ""
    count: int = 1


def happened(layer: LayerStore, account: str, contacts: Sequence[str]) -> list[Happened]:
    """What one layer knows of an account, in no order. Lines of one order are one row."""
    with layer.database.reading() as connection:
        numbers = layer.numbers.known(connection, [account, *contacts])
        here = numbers.get(account, 0)
        people = json.dumps([numbers[contact] for contact in contacts if contact in numbers])
        sql, values = _question(here, people)
        rows = connection.exec_driver_sql(sql, values).cursor.fetchall()
    return [Happened(day or "", kind, number, detail or "", count) for kind, number, day, detail, count in rows]


def _question(here: int, people: str) -> tuple[str, tuple[int | str, ...]]:
    parts: list[str] = []
    values: list[int | str] = []
    for kind, day, by_contact in _DATED:
        detail = {"touch": "channel", "case": "dispute"}.get(kind, "NULL")
        parts.append(f'SELECT \'{kind}\', id, "{day}", {detail}, 1 FROM "{kind}" WHERE account = ?')
        values.append(here)
        if by_contact:
            parts.append(
                f'SELECT \'{kind}\', id, "{day}", {detail}, 1 FROM "{kind}" WHERE account IS NULL '
                "AND contact IN (SELECT value FROM json_each(?))"
            )
            values.append(people)
    parts.append(
        "SELECT 'purchase', MIN(id), ordered_on, order_number, COUNT(*) FROM purchase WHERE account = ? "
        "GROUP BY COALESCE(order_number, id), ordered_on"
    )
    parts.append(
        "SELECT 'move', move.id, moved_on, NULL, 1 FROM position JOIN move ON move.of_position = position.id "
        "WHERE position.holder = ?"
    )
    return " UNION ALL ".join(parts), (*values, here, here)


def records_of(layer: LayerStore, kind: str, numbers: Sequence[int]) -> list[CachedRecord]:
    """The cached rows behind numbers of one layer."""
    with layer.database.reading() as connection:
        return cached_records(connection, kind, numbers, layer.numbers)


def order_lines(layer: LayerStore, account: str, orders: Sequence[str]) -> list[CachedRecord]:
    """The lines of some orders of an account."""
    with layer.database.reading() as connection:
        here = layer.numbers.number(connection, account) or 0
        sql = (
            "SELECT id FROM purchase WHERE account = ? "
            "AND order_number IN (SELECT value FROM json_each(?)) ORDER BY order_number, id"
        )
        found = connection.exec_driver_sql(sql, (here, json.dumps(list(orders)))).scalars().all()
        return cached_records(connection, "purchase", found, layer.numbers)
