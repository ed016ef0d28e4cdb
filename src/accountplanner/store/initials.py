"""Finding a record by the first letters of its words: the shortest way to one of many that a person knows.

“abkj” finds Adam Bąk of Kłosy & Jasny Zdrój. Four letters single out a person among a hundred
thousand, where the beginnings of a name alone leave hundreds.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection

_WORD = re.compile(r"\w+")
_NO_LETTER = re.compile(r"\W+")


class InitialsIndex:
    """The initials of every account and channel partner, and of every contact with their account's behind them.

    Made at once from the indexes of the caches and thrown away when records have changed; until it is made
    anew an older one still finds what it knew.
    """

    def __init__(self, connection: Connection, batch: int) -> None:
        self.batch = batch
        # In this order the whole query is answered by the index that leads from an account to its people.
        people = _rows(connection, "SELECT account, sort_key, id FROM contact WHERE account IS NOT NULL")
        pairs = sorted(_pairs(connection, people))
        self._initials = [initials for initials, _ in pairs]
        self._numbers = array("q", [number for _, number in pairs])
        people.sort(key=_number)
        self._people = array("q", [number for _, _, number in people])
        self._employers = array("q", [account for account, _, _ in people])

    def find(self, typed: str, limit: int) -> list[int]:
        """The numbers of the records whose initials begin so, the shortest first where they are equal so far."""
        wanted = _NO_LETTER.sub("", typed)
        if not wanted:
            return []
        start = bisect_left(self._initials, wanted)
        end = bisect_left(self._initials, wanted + "\U0010ffff", start)
        return list(self._numbers[start : min(end, start + limit)])

    def employed(self, records: Iterable[int], accounts: Collection[int], limit: int) -> list[int]:
        """Those of some records that are people of some accounts."""
        return list(islice((record for record in records if self._employer(record) in accounts), limit))

    def _employer(self, person: int) -> int:
        place = bisect_left(self._people, person)
        return self._employers[place] if place < len(self._people) and self._people[place] == person else 0


def initials_of(text: str) -> str:
    """The first letters of the words of a folded text."""
    return "".join(word[0] for word in _WORD.findall(text))


def _pairs(connection: Connection, people: list[Any]) -> Iterator[tuple[str, int]]:
    accounts = {number: initials_of(key) for number, key in _rows(connection, "SELECT id, sort_key FROM account")}
    yield from ((initials, number) for number, initials in accounts.items())
    for account, key, number in people:
        yield initials_of(key) + accounts.get(account, ""), number
    for number, key in _rows(connection, "SELECT id, sort_key FROM partner"):
        yield initials_of(key), number


def _number(person: tuple[int, str, int]) -> int:
    return person[2]


def _rows(connection: Connection, sql: str) -> list[Any]:
    return list(connection.exec_driver_sql(sql).cursor.fetchall())
