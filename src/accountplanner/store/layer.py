"""One layer of a workspace: its database, its log, its fold, and its caches, kept in step."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from accountplanner.domain.batches import SealedBatch
from accountplanner.domain.pictures import Picture
from accountplanner.domain.statements import Entry
from accountplanner.store import caches
from accountplanner.store.cache_writing import CacheWriter
from accountplanner.store.encrypted import Database
from accountplanner.store.folding import LayerFold
from accountplanner.store.log import Draft, LayerLog, Received, Signer
from accountplanner.store.records import RecordNumbers


@dataclass(slots=True)
class LayerWriting:
    """What is being written to one layer in one transaction."""

    layer: "LayerStore"
    connection: Connection
    touched: set[int] = field(default_factory=set)
    erased: bool = False

    def append(self, draft: Draft) -> None:
        """Seal a batch of our own."""
        if draft.statements or draft.erases:
            self.touched |= self.layer.log.append(self.connection, draft)
            self.erased = self.erased or bool(draft.erases)

    def receive(self, batches: Iterable[SealedBatch], file: str) -> Received:
        """Take batches of others."""
        outcome = self.layer.log.receive(self.connection, batches, file)
        self.touched |= outcome.touched
        self.erased = self.erased or outcome.erased
        return outcome

    def fold(self) -> set[int]:
        """Bring the caches up to date with what was written so far; returns the records that moved."""
        moved = self.layer.caches.refold(self.connection, self.touched) if self.touched else set()
        self.touched = set()
        return moved

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
        except BaseException:
            self._load()
            raise

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
        self.caches.refold(connection, everything - {0})
