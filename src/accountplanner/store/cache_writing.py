"""Writing folded records to the cache tables, the search index and the facts lists show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import nullcontext

from sqlalchemy import Connection

from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import FieldType, RecordKind
from accountplanner.store.cache_rows import write_rows, write_spoken
from accountplanner.store.caches import column_names, column_values, writing_many_words
from accountplanner.store.folding import FoldedRecord, LayerFold, searched_text, sort_key
from accountplanner.store.held import ReadChunk
from accountplanner.store.many_values import in_parts
from accountplanner.store.records import RecordNumbers
from accountplanner.store.yearly_days import write_yearly

_MANY_TEXTS = 1_000
_FACT_KINDS = ("purchase", "touch", "contact")


class CacheWriter:
    """Keeps one layer's cache tables equal to the fold."""

    def __init__(self, fold: LayerFold, numbers: RecordNumbers) -> None:
        self._fold = fold
        self._numbers = numbers

    def refold(self, connection: Connection, touched: set[int], read: dict[int, list[ReadChunk]]) -> set[int]:
        """Fold touched records again and write what came out; returns every record that moved.

        `read` is what this transaction has read about some of them.
        """
        said = self._fold.chunks_written(connection, touched, read)
        every = touched | self._fold.merge_sets_changed(connection, said)
        folded = self._fold.folded(connection, sorted(every), said)
        accounts = self._accounts_of(connection, folded)
        by_kind: dict[str, list[FoldedRecord]] = defaultdict(list)
        for record in folded:
            by_kind[record.kind.key].append(record)
        for key, records in by_kind.items():
            self._write_kind(connection, KINDS[key], records)
        self._write_search(connection, folded)
        accounts |= self._accounts_of(connection, folded)
        accounts |= {record.number for record in folded if record.kind.key == "account"}
        write_facts(connection, sorted(accounts))
        return {record.number for record in folded}

    def rows_of(
        self, connection: Connection, kind: RecordKind, records: Sequence[FoldedRecord]
    ) -> list[tuple[str | int | None, ...]]:
        """The cache rows of present records of one kind."""
        numbers = self._reference_numbers(connection, kind, records)
        return [
            (record.number, sort_key(record), *column_values(kind, record.values, numbers))
            for record in records
            if record.present
        ]

    def _write_kind(self, connection: Connection, kind: RecordKind, records: Sequence[FoldedRecord]) -> None:
        if absent := [(record.number,) for record in records if not record.present]:
            connection.exec_driver_sql(f'DELETE FROM "{kind.key}" WHERE id = ?', absent)
        if rows := self.rows_of(connection, kind, records):
            write_rows(connection, kind.key, column_names(kind), rows)
        write_spoken(connection, {record.number: record.spoken if record.present else () for record in records})
        _write_conflicts(connection, records)
        write_yearly(connection, kind.key, records)

    def _reference_numbers(
        self, connection: Connection, kind: RecordKind, records: Sequence[FoldedRecord]
    ) -> dict[str, int]:
        keys = [column.key for column in kind.fields if column.type is FieldType.REFERENCE]
        named = {value for record in records for key in keys if (value := record.values.get(key))}
        roots = {name: self._fold.root(name) for name in named}
        numbers = self._numbers.intern(connection, sorted(set(roots.values())))
        return {name: numbers[root] for name, root in roots.items()}

    def _write_search(self, connection: Connection, folded: Sequence[FoldedRecord]) -> None:
        searched = [(record, text) for record in folded if (text := searched_text(record)) is not None]
        if not searched:
            return
        with writing_many_words(connection) if len(searched) > _MANY_TEXTS else nullcontext():
            _write_texts(connection, searched)

    def _accounts_of(self, connection: Connection, folded: Iterable[FoldedRecord]) -> set[int]:
        accounts: set[int] = set()
        by_kind: dict[str, list[int]] = defaultdict(list)
        for record in folded:
            by_kind[record.kind.key].append(record.number)
        for kind in _FACT_KINDS:
            numbers = by_kind.get(kind, [])
            for part, holes in in_parts(numbers):
                sql = f"SELECT DISTINCT account FROM {kind} WHERE id IN ({holes}) AND account IS NOT NULL"
                accounts |= {account for (account,) in connection.exec_driver_sql(sql, part)}
        return accounts


def _write_texts(connection: Connection, searched: Sequence[tuple[FoldedRecord, tuple[str, str]]]) -> None:
    connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(record.number,) for record, _ in searched])
    if rows := [(record.number, *text) for record, text in searched if record.present]:
        connection.exec_driver_sql("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", rows)


def _write_conflicts(connection: Connection, records: Sequence[FoldedRecord]) -> None:
    connection.exec_driver_sql("DELETE FROM conflict WHERE record = ?", [(record.number,) for record in records])
    found = [(record.number, key, voice) for record in records if record.present for key, voice in record.conflicts]
    if found:
        connection.exec_driver_sql("INSERT INTO conflict (record, field, voice) VALUES (?, ?, ?)", found)


def write_facts(connection: Connection, accounts: Sequence[int]) -> None:
    """Count again, for some accounts, what lists show beside their own fields. Rungs count distinct orders."""
    if not accounts:
        return
    connection.exec_driver_sql("DELETE FROM facts WHERE account = ?", [(account,) for account in accounts])
    connection.exec_driver_sql(
        """
        INSERT INTO facts (account, orders, first_order, last_order, last_touch, contacts)
        SELECT a.id,
            (SELECT COUNT(DISTINCT COALESCE(order_number, invoice_number)) FROM purchase WHERE account = a.id),
            COALESCE((SELECT MIN(ordered_on) FROM purchase WHERE account = a.id), ''),
            COALESCE((SELECT MAX(ordered_on) FROM purchase WHERE account = a.id), ''),
            COALESCE((SELECT MAX(happened_on) FROM touch WHERE account = a.id), ''),
            (SELECT COUNT(*) FROM contact WHERE account = a.id)
        FROM account a WHERE a.id = ?
        """,
        [(account,) for account in accounts],
    )
