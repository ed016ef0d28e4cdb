"""Lists that were brought together, each under a name of its own.

Files of one name lie in different folders, and every second workbook calls its sheet “Sheet1”. A mapping knows its
tables by name: with two of one name it would read only one, and could not be kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.mapping import folded


def told_apart(tables: Iterable[RawTable]) -> list[RawTable]:
    """The same tables; from the second on, those of one name have a number behind it."""
    taken: set[str] = set()
    apart: list[RawTable] = []
    for table in tables:
        name = next(name for name in _names(table.name) if folded(name) not in taken)
        taken.add(folded(name))
        apart.append(table if name == table.name else replace(table, name=name))
    return apart


def _names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} {number}" for number in count(2))
