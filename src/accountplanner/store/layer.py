"""One layer of a workspace: its database, its log, its fold, and its caches, kept in step."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from accountplanner.domain.batches import SealedBatch
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.cuts import Chains
from accountplanner.domain.pictures import Picture
from accountplanner.domain.statements import Entry
from accountplanner.store import caches
from accountplanner.store.cache_writing import CacheWriter
from accountplanner.store.encrypted import Database
from accountplanner.store.folding import LayerFold
from accountplanner.store.held import ReadChunk
from accountplanner.store.log import LayerLog, Received
from accountplanner.store.own_batches import Draft, Signer
from accountplanner.store.records import RecordNumbers
from accountplanner.store.sources import last_said


@dataclass(slots=True)
class LayerWriting:
    """What is being written to one layer in one transaction."""

    layer: "LayerStore"
    connection: Connection
    touched: set[int] = field(default_factory=set)
    erased: bool = False
    _read: dict[int, list[ReadChunk]] = field(default_factory=dict)

    def append(self, draft: Draft) -> None:
        """Seal a batch of our own."""
        if draft.statements or draft.erases:
            self.touched |= self.layer.log.append(self.connection, draft)
            self._note_erasure(bool(draft.erases))

    def receive(self, batches: Iterable[SealedBatch], file: str) -> Received:
        """Take batches of others."""
        outcome = self.layer.log.receive(self.connection, batches, file)
        self.touched |= outcome.touched
        self._note_erasure(outcome.erased)
        return outcome

    def fold(self) -> set[int]:
        """Bring the caches up to date with what was written so far; returns the records that moved."""
        moved = self.layer.caches.refold(self.connection, self.touched, self._read) if self.touched else set()
        self.touched, self._read = set(), {}
        return moved

    def picture(self, record: str) -> Picture:
        """A record as it stands within this transaction."""
        return self.layer.fold.picture(self.connection, record)

    def known_marks(self, marks: Iterable[str]) -> set[str]:
        """Which of these keyed ids are held already."""
        return self.layer.log.known_marks(self.connection, marks)

    @property
    def chains(self) -> Chains:
        """The held batches."""
        return self.layer.log.chains

    def field_entries(self, wanted: Mapping[str, set[str]]) -> dict[str, list[Entry]]:
        """The entries of some fields of some records, links of merged ones included."""
        return self.layer.fold.field_entries(self.connection, wanted, self._read)

    def number(self, record: str) -> int | None:
        """The number of a record, `None` if nothing was ever said about it."""
        return self.layer.numbers.number(self.connection, record)

    def spoken_of(self, records: Iterable[str]) -> set[str]:
        """Those records about which something was said before."""
        return set(self.layer.numbers.known(self.connection, list(records)))

    def highest_number(self) -> int:
        """The number given out last; later records are newer."""
        return self.layer.numbers.newest(self.connection)

    def conflict_count(self) -> int:
        """How many registers are in conflict within this transaction."""
        return int(self.connection.exec_driver_sql("SELECT COUNT(*) FROM conflict").scalar_one())

    def records_after(self, number: int) -> list[str]:
        """Records people see that exist now and were unknown up to a number."""
        found: list[int] = []
        for key, kind in KINDS.items():
            if not kind.internal:
                rows = self.connection.exec_driver_sql(f'SELECT id FROM "{key}" WHERE id > ?', (number,))
                found += [row for (row,) in rows]
        return list(self.layer.numbers.names(self.connection, found).values())

    def _note_erasure(self, erased: bool) -> None:  # noqa: FBT001 - what its callers were told
        self.erased = self.erased or erased
        if erased:
            self._read = {}

    def names(self, numbers: Iterable[int]) -> frozenset[str]:
        """The record ids behind numbers."""
        return frozenset(self.layer.numbers.names(self.connection, numbers).values())


class LayerStore:
    """Opens and keeps one layer. Reading may happen on any thread, writing on one at a time."""

    def __init__(self, name: str, database: Database, signer: Signer) -> None:
        self.name = name
        self.database = database
        self.numbers = RecordNumbers()
        self.log = LayerLog(name, signer, self.numbers)
        self.fold = LayerFold(self.log)
        self.caches = CacheWriter(self.fold, self.numbers)
        self._open()

    @contextmanager
    def writing(self) -> Iterator[LayerWriting]:
        """Write to the layer in one transaction; the caches are folded before it commits."""
        try:
            with self.database.writing() as connection:
                writing = LayerWriting(self, connection)
                yield writing
                writing.fold()
                if writing.erased:
                    caches.forget_words(connection)
        except BaseException:
            self._load()
            raise

    @contextmanager
    def viewing(self) -> Iterator[LayerWriting]:
        """Look at the layer from outside any transaction, through the eyes of one; nothing can be written."""
        with self.database.reading() as connection:
            yield LayerWriting(self, connection)

    def picture(self, record: str) -> Picture:
        """Everything this layer knows about a record and those merged with it."""
        with self.database.reading() as connection:
            return self.fold.picture(connection, record)

    def entries(self, records: Iterable[str]) -> dict[str, list[Entry]]:
        """Every entry about some records, each record by itself."""
        with self.database.reading() as connection:
            numbers = self.numbers.known(connection, list(records))
            found = self.log.entries_of(connection, list(numbers.values()))
            return {record: found[number] for record, number in numbers.items()}

    def said_by_source(self, chain: str, records: Sequence[str]) -> dict[str, dict[str, str]]:
        """What the files of one foreign source said last about some records: value by field, by record."""
        with self.database.reading() as connection:
            numbers = self.numbers.known(connection, records)
            chunks = self.log.raw_chunks(connection, list(numbers.values()))
        return last_said(chain, chunks, {number: record for record, number in numbers.items()})

    def source_sequence(self, chain: str) -> int:
        """The number of the last file of a foreign source that is held, 0 for none.

        Whichever laptop imported it: colleagues' batches count too.
        """
        pattern = re.compile(re.escape(chain.encode()) + rb":(\d+)\"")
        with self.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT data FROM chunk WHERE instr(data, ?)", (f'"{chain}:'.encode(),))
            return max((int(found) for (data,) in rows for found in pattern.findall(bytes(data))), default=0)

    def every_picture(self) -> list[Picture]:
        """The picture of every record ever spoken of, merged ones as one, by id."""
        with self.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT record FROM record WHERE number IN (SELECT record FROM chunk)")
            roots = sorted({self.fold.root(record) for (record,) in rows})
            return [self.fold.picture(connection, record) for record in roots]

    def refold_everything(self) -> None:
        """Throw the caches away and fold every record again."""
        with self.database.writing() as connection:
            self._rebuild(connection)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def _open(self) -> None:
        self._load()
        with self.database.reading() as connection:
            current = caches.is_current(connection)
        if not current:
            self.refold_everything()

    def _load(self) -> None:
        with self.database.reading() as connection:
            self.log.load(connection)
            self.fold.load(connection)

    def _rebuild(self, connection: Connection) -> None:
        caches.recreate(connection)
        connection.exec_driver_sql("DELETE FROM same")
        self.fold.load(connection)
        everything = {number for (number,) in connection.exec_driver_sql("SELECT DISTINCT record FROM chunk")}
        self.caches.refold(connection, everything - {0}, {})
