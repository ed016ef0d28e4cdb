"""Full-text search over titles and answers; finds as one types, in any order of words."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.ids import kind_of
from accountplanner.domain.text import search_text
from accountplanner.store.initials import InitialsIndex
from accountplanner.store.records import RecordNumbers

_WORD = re.compile(r"\w+")
_CANDIDATES = 200
_MANY = 5_000
_TITLED = ("account", "contact", "partner", "colleague", "offering")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers to what was typed. `in_title` is false where only an answer matched."""

    record: str
    kind: str
    title: str
    in_title: bool


def match_expression(typed: str) -> str:
    """Turn typed words into an index query: every word must begin some word; empty for nothing typed."""
    return " ".join(f'"{word}"*' for word in _WORD.findall(search_text(typed)))


def search(  # noqa: PLR0913 - where, what, which, how many
    connection: Connection,
    typed: str,
    numbers: RecordNumbers,
    *,
    kinds: Collection[str] = (),
    limit: int = 30,
    titles_only: bool = False,
) -> list[Hit]:
    """Find records: titles that begin with what was typed first, then any that hold the words."""
    expression = match_expression(typed)
    if not expression:
        return []
    found = dict.fromkeys(_beginning(connection, search_text(typed).strip(), kinds, limit), True)
    if len(found) < limit:
        titled = f"title : ({expression})"
        for number in _matching(connection, titled):
            found.setdefault(number, True)
    if len(found) < limit and not titles_only:
        for number in _matching(connection, expression):
            found.setdefault(number, False)
    names = numbers.names(connection, found)
    wanted = [number for number in found if number in names and (not kinds or kind_of(names[number]) in kinds)]
    # Titles are looked up one by one, so only for as many as are wanted.
    hits = (_hit(connection, number, names[number], in_title=found[number]) for number in wanted)
    return list(islice((hit for hit in hits if hit is not None), limit))


def _beginning(connection: Connection, folded: str, kinds: Collection[str], limit: int) -> list[int]:
    numbers: list[int] = []
    for key in _TITLED:
        if kinds and key not in kinds:
            continue
        sql = f'SELECT id FROM "{key}" WHERE sort_key >= ? AND sort_key < ? ORDER BY sort_key LIMIT ?'
        rows = connection.exec_driver_sql(sql, (folded, folded + "\U0010ffff", limit))
        numbers += [number for (number,) in rows]
    return numbers[:limit]


def _matching(connection: Connection, expression: str, limit: int = _CANDIDATES) -> list[int]:
    sql = "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?"
    cursor = connection.exec_driver_sql(sql, (expression, limit)).cursor
    return [number for (number,) in cursor.fetchall()]


def people_at(connection: Connection, typed: str, index: InitialsIndex, limit: int) -> list[int]:
    """People named with where they work, as “adam kłosy”: neither text holds all of these words."""
    words = _WORD.findall(search_text(typed))
    found: dict[int, None] = {}
    if any(len(word) == 1 for word in words):
        # One letter begins half of all names; that is what initials are for.
        return []
    for place in range(1, len(words)):
        for person, account in ((words[:place], words[place:]), (words[place:], words[:place])):
            accounts = set(_matching(connection, _titled(account), _MANY))
            people = _matching(connection, _titled(person), _MANY) if accounts else []
            found |= dict.fromkeys(index.employed(people, accounts, limit))
    return list(found)[:limit]


def _titled(words: list[str]) -> str:
    expression = " ".join(f'"{word}"*' for word in words)
    return f"title : ({expression})"


def hits_of(connection: Connection, wanted: Collection[int], numbers: RecordNumbers) -> list[Hit]:
    """The records behind numbers as hits, those left out that are gone."""
    names = numbers.names(connection, wanted)
    hits = [_hit(connection, number, names[number], in_title=True) for number in wanted if number in names]
    return [hit for hit in hits if hit is not None]


def _hit(connection: Connection, number: int, record: str, *, in_title: bool) -> Hit | None:
    kind = KINDS.get(kind_of(record))
    if kind is None:
        return None
    sql = f'SELECT "{kind.title_key}" FROM "{kind.key}" WHERE id = ?'
    row = connection.exec_driver_sql(sql, (number,)).first()
    return Hit(record, kind.key, str(row[0] or ""), in_title) if row is not None else None
