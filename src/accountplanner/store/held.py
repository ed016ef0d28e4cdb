"""The held batches of one layer, read back: what they say about records, and the batches themselves."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from threading import Lock

from sqlalchemy import Connection

from accountplanner.domain.batches import (
    RawChunk,
    SealedBatch,
    SealedChunk,
    decode_chunk,
    decode_header,
    raw_chunk,
    statement_of,
    statements_in,
)
from accountplanner.domain.cuts import Chains, Place
from accountplanner.domain.entries import BatchReading
from accountplanner.domain.statements import SAME_AS, Entry, Statement
from accountplanner.store.many_values import in_parts
from accountplanner.store.records import RecordNumbers

ReadChunk = tuple[int, int, RawChunk]
"""Batch number, place in the batch, and what is said there."""

_KEPT_HEADERS = 256


class HeldBatches:
    """Reads the batches of one layer; `chains` says which of them are held."""

    def __init__(self, numbers: RecordNumbers) -> None:
        self.numbers = numbers
        self.chains = Chains()
        self._readings: OrderedDict[int, BatchReading] = OrderedDict()
        self._readings_lock = Lock()

    def entries_of(self, connection: Connection, records: Sequence[int]) -> dict[int, list[Entry]]:
        """Every entry about some records, by record number."""
        found: dict[int, list[Entry]] = {number: [] for number in records}
        for record, batch, place, data in self._chunks_of(connection, records):
            _, statements = decode_chunk(data)
            found[record] += self._reading(connection, batch).entries(place, statements)
        return found

    def raw_chunks(self, connection: Connection, records: Sequence[int]) -> list[tuple[int, int, int, bytes]]:
        """The stored chunks about some records as (record, batch, place, data), in order of arrival."""
        return self._chunks_of(connection, records)

    def entries_in(self, connection: Connection, batch: int, place: int, data: bytes | RawChunk) -> list[Entry]:
        """The entries of one stored chunk, or of what was read from it."""
        statements = decode_chunk(data)[1] if isinstance(data, bytes) else statements_in(data)
        return list(self._reading(connection, batch).entries(place, statements))

    def read_chunks(self, connection: Connection, records: Sequence[int]) -> dict[int, list[ReadChunk]]:
        """The stored chunks about some records, read, by record."""
        read: dict[int, list[ReadChunk]] = {number: [] for number in records}
        for record, batch, place, data in self._chunks_of(connection, records):
            read[record].append((batch, place, raw_chunk(data)))
        return read

    def entries_of_fields(
        self, connection: Connection, chunks: Iterable[ReadChunk], fields: Collection[str]
    ) -> list[Entry]:
        """The entries of some fields in the chunks about one record, links between records included."""
        found: list[Entry] = []
        for batch, place, (name, shared, rows) in chunks:
            for index, row in enumerate(rows):
                if row[0] in fields or row[0].startswith(SAME_AS):
                    statement = statement_of(name, shared, row)
                    found.append(self._reading(connection, batch).entry(place, index, statement))
        return found

    def entry_at(self, connection: Connection, place: tuple[int, int, int], statement: Statement) -> Entry:
        """The entry of one statement, by batch, chunk and place in the chunk."""
        batch, chunk, index = place
        return self._reading(connection, batch).entry(chunk, index, statement)

    def sealed_batches(self, connection: Connection, known: frozenset[str] = frozenset()) -> list[SealedBatch]:
        """Every held batch except those known to the receiver, in an order that needs no parking."""
        rows = connection.exec_driver_sql("SELECT number, digest, header, signature FROM batch ORDER BY number").all()
        return [
            SealedBatch(bytes(header), bytes(signature), self._sealed_chunks(connection, number))
            for number, digest, header, signature in rows
            if digest not in known
        ]

    def last_number(self, connection: Connection) -> int:
        """The local number of the batch held last, 0 for none."""
        return int(connection.exec_driver_sql("SELECT COALESCE(MAX(number), 0) FROM batch").scalar_one())

    def known_marks(self, connection: Connection, marks: Iterable[str]) -> set[str]:
        """Which of these keyed ids are held already."""
        held: set[str] = set()
        wanted = list(marks)
        for part, holes in in_parts(wanted):
            rows = connection.exec_driver_sql(f"SELECT mark FROM mark WHERE mark IN ({holes})", part)
            held |= {mark for (mark,) in rows}
        return held

    def _chunks_of(self, connection: Connection, records: Sequence[int]) -> list[tuple[int, int, int, bytes]]:
        found: list[tuple[int, int, int, bytes]] = []
        for part, holes in in_parts(records):
            sql = f"SELECT record, batch, place, data FROM chunk WHERE record IN ({holes}) AND data != x'' ORDER BY number"
            found += [
                (record, batch, place, data) for record, batch, place, data in connection.exec_driver_sql(sql, part)
            ]
        return found

    def _sealed_chunks(self, connection: Connection, batch: int) -> tuple[SealedChunk, ...]:
        rows = connection.exec_driver_sql("SELECT salt, data FROM chunk WHERE batch = ? ORDER BY place", (batch,))
        return tuple(SealedChunk(bytes(salt), bytes(data)) for salt, data in rows)

    def _reading(self, connection: Connection, batch: int) -> BatchReading:
        """The reading of a batch; pages read on other threads than the one that writes."""
        with self._readings_lock:
            held = self._readings.get(batch)
            if held is not None:
                self._readings.move_to_end(batch)
                return held
        row = connection.exec_driver_sql(
            "SELECT header, digest, chain, sequence FROM batch WHERE number = ?", (batch,)
        ).one()
        reading = BatchReading(decode_header(bytes(row[0])), row[1], Place(row[2], row[3]), self.chains, batch)
        with self._readings_lock:
            self._readings[batch] = reading
            if len(self._readings) > _KEPT_HEADERS:
                self._readings.popitem(last=False)
        return reading
