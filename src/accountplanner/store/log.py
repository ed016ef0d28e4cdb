"""The append-only log of one layer: appending and receiving; `own_batches` seals, `held` reads it back."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection

from accountplanner.domain.batches import BatchDamagedError, Header, SealedBatch, decode_chunk, is_withheld
from accountplanner.domain.cuts import Chains, Place
from accountplanner.domain.sentences import told
from accountplanner.store.erasures import Erasures
from accountplanner.store.held import HeldBatches, ReadChunk
from accountplanner.store.opening import OpenedBatch
from accountplanner.store.own_batches import Draft, Signer, seal
from accountplanner.store.parking import complete_parked, park, parked_batch, parked_batches, unpark
from accountplanner.store.records import RecordNumbers

_BODY = "a body"
"""What a batch lacks that came without one, beside the digests of the batches it lacks."""


class UnknownSignerError(BatchDamagedError):
    """A batch whose signature does not fit, or is that of a device nobody in the team vouches for."""

    def __init__(self, replica: str) -> None:
        super().__init__(
            told(
                "This file carries entries that nobody known to the team has signed; if device {device} is a "
                "colleague's, accept it first.",
                device=replica[:10],
            )
        )


@dataclass(slots=True)
class Received:
    """What came of batches handed over: newly held, parked, known already; and the records touched.

    `erasable` are names that an erasure among them or among parked ones speaks of; `withheld` the
    replicas whose batches came without a body that no erasure accounts for.
    """

    held: int = 0
    parked: int = 0
    known: int = 0
    touched: set[int] = field(default_factory=set)
    erased: bool = False
    erasable: frozenset[str] | None = None
    withheld: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Fresh:
    """Chunks written in this transaction, by record. About those that are `new` nothing had been said before."""

    chunks: dict[int, list[ReadChunk]] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)

    def add(self, record: int, chunk: ReadChunk, *, is_new: bool) -> None:
        """Take in one more."""
        self.chunks.setdefault(record, []).append(chunk)
        if is_new:
            self.new.add(record)


class LayerLog(HeldBatches):
    """One layer's batches in one database. Whoever writes holds the writer's transaction."""

    def __init__(self, layer: str, signer: Signer, numbers: RecordNumbers) -> None:
        super().__init__(numbers)
        self.layer = layer
        self.erasures = Erasures()
        self._signer = signer
        self._ahead: dict[str, OpenedBatch] = {}
        self._fresh = Fresh()

    @property
    def replica(self) -> str:
        """This laptop's own replica."""
        return self._signer.replica

    @property
    def erased(self) -> set[str]:
        """The names of everything that was erased."""
        return self.erasures.names

    def load(self, connection: Connection) -> None:
        """Learn which batches are held; called at opening and after a rolled-back transaction."""
        chains = Chains()
        rows = connection.exec_driver_sql("SELECT replica, sequence, previous, digest FROM batch ORDER BY number")
        for replica, sequence, previous, digest in rows:
            chains.add(replica, sequence, previous, digest)
        self.chains = chains
        self.erasures.load(connection)
        self._readings.clear()
        self._ahead.clear()
        self._fresh = Fresh()
        self.numbers.load(connection)

    def append(self, connection: Connection, draft: Draft) -> set[int]:
        """Seal a draft as this replica's next batch and hold it. Returns the record numbers touched."""
        sealed = seal(draft, self.layer, self._signer, self.chains)
        return self._hold(connection, OpenedBatch(sealed), draft.step, draft.file)

    def receive(self, connection: Connection, batches: Iterable[SealedBatch], file: str) -> Received:
        """Hold batches of other replicas, or park those whose predecessor or cut is not here yet.

        Raises:
            BatchDamagedError: a batch was changed, or nobody known to the team signed it.
        """
        outcome, batches = Received(), list(batches)
        if any(not chunk.data for sealed in batches for chunk in sealed.chunks):
            outcome.erasable = self._erasures_among(connection, batches)
        for sealed in batches:
            self._receive_one(connection, sealed, file, outcome)
        while self._unpark(connection, outcome):
            pass
        return outcome

    def vet(self, batches: Iterable[SealedBatch]) -> None:
        """Look at batches before anything is written, so that one bad file does not stop those that come with it.

        Raises:
            BatchDamagedError: a batch was changed, or nobody known to the team signed it.
        """
        for sealed in batches:
            if sealed.digest not in self.chains.places:
                self._check(OpenedBatch(sealed))

    def look_ahead(self, batches: Iterable[SealedBatch]) -> None:
        """Look into batches that are probably going to be received, while there is time.

        What is wrong with one is said when it is received, if it ever is.
        """
        opened = [OpenedBatch(sealed) for sealed in batches if sealed.digest not in self.chains.places]
        for each in opened:
            with suppress(BatchDamagedError):
                each.check()
                _ = each.said
        self._ahead = {each.digest: each for each in opened}

    def said_now(self) -> Fresh:
        """What this transaction has said since this was asked last."""
        fresh, self._fresh = self._fresh, Fresh()
        return fresh

    def _receive_one(self, connection: Connection, sealed: SealedBatch, file: str, outcome: Received) -> None:
        opened = self._opened(sealed)
        if opened.digest in self.chains.places:
            outcome.known += 1
            return
        header = opened.header
        self._check(opened)
        if parked := parked_batch(connection, opened.digest):
            outcome.known += 1
            complete_parked(connection, parked, sealed)
            return
        lacking = self.chains.lacks(header.sequence, header.previous, header.cuts)
        if self._is_withheld(header, sealed, outcome):
            outcome.withheld.add(header.replica)
            lacking.append(_BODY)
        if lacking:
            outcome.parked += 1
            park(connection, sealed, header, lacking, file)
            return
        self._take(connection, opened, file, outcome)

    def _take(self, connection: Connection, opened: OpenedBatch, file: str, outcome: Received) -> None:
        outcome.held += 1
        outcome.erased = outcome.erased or bool(opened.header.erases)
        outcome.touched |= self._hold(connection, opened, 0, file)

    def _opened(self, sealed: SealedBatch) -> OpenedBatch:
        """Another copy of a batch that was looked into may lack what this one has."""
        ahead = self._ahead.pop(sealed.digest, None) if self._ahead else None
        return ahead if ahead is not None and ahead.sealed is sealed else OpenedBatch(sealed)

    def _check(self, opened: OpenedBatch) -> None:
        replica = opened.header.replica
        if opened.header.layer != self.layer:
            raise BatchDamagedError("This file carries entries that may never be sent; nothing of it was taken.")
        opened.check()
        if not self._signer.verify(replica, bytes.fromhex(opened.digest), opened.sealed.signature):
            raise UnknownSignerError(replica)

    def _check_place(self, header: Header) -> None:
        """A batch must follow its own replica's batch with the number before its own."""
        before = self.chains.places.get(header.previous)
        first = header.sequence == 1 and not header.previous
        follows = (
            before is not None
            and before.sequence + 1 == header.sequence
            and before.chain.partition("/")[0] == header.replica
        )
        if not (first or follows):
            raise BatchDamagedError("This file carries entries that are out of order; nothing of it was taken.")

    def _is_withheld(self, header: Header, sealed: SealedBatch, outcome: Received) -> bool:
        """Whether a body is missing without an erasure; those that come in the same delivery count.

        An erasure may build on the very batch that waits for it.
        """
        return is_withheld(header, sealed.chunks, self.erased | (outcome.erasable or frozenset()))

    def _erasures_among(self, connection: Connection, batches: Iterable[SealedBatch]) -> frozenset[str]:
        names: set[str] = set()
        for sealed in (*batches, *(sealed for sealed, _ in parked_batches(connection))):
            opened = OpenedBatch(sealed)
            if opened.header.erases:
                self._check(opened)
                names.update(opened.header.erases)
        return frozenset(names)

    def _unpark(self, connection: Connection, outcome: Received) -> bool:
        moved = False
        for sealed, file in parked_batches(connection):
            opened = OpenedBatch(sealed)
            header = opened.header
            if self.chains.lacks(header.sequence, header.previous, header.cuts):
                continue
            if outcome.erasable is None and not all(chunk.data for chunk in sealed.chunks):
                outcome.erasable = self._erasures_among(connection, ())
            if self._is_withheld(header, sealed, outcome):
                continue
            unpark(connection, opened.digest)
            self._take(connection, opened, file, outcome)
            moved = True
        return moved

    def _hold(self, connection: Connection, opened: OpenedBatch, step: int, file: str) -> set[int]:
        header = opened.header
        self._check_place(header)
        place = self.chains.add(header.replica, header.sequence, header.previous, opened.digest)
        number = self._insert_batch(connection, opened, place, (step, file))
        if header.erases:
            self.erasures.note(connection, header.erases)
        rows, marks, touched = self._chunk_rows(connection, opened, number)
        connection.exec_driver_sql(
            "INSERT INTO chunk (batch, place, record, salt, data) VALUES (?, ?, ?, ?, ?)", rows
        ) if rows else None
        if marks:
            # In order they fill page after page; as they come, each one wants another page of the index.
            marks.sort()
            connection.exec_driver_sql("INSERT OR IGNORE INTO mark (mark, batch) VALUES (?, ?)", marks)
        if header.erases:
            self._fresh = Fresh()
            touched |= self.erasures.strip(connection, self.numbers)
        return touched

    def _insert_batch(self, connection: Connection, opened: OpenedBatch, place: Place, own: tuple[int, str]) -> int:
        header = opened.header
        result = connection.exec_driver_sql(
            "INSERT INTO batch (replica, chain, sequence, digest, previous, header, signature, step, file) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                header.replica,
                place.chain,
                header.sequence,
                opened.digest,
                header.previous,
                opened.sealed.header,
                opened.sealed.signature,
                *own,
            ),
        )
        return int(result.lastrowid)

    def _chunk_rows(
        self, connection: Connection, opened: OpenedBatch, number: int
    ) -> tuple[list[tuple[int, int, int, bytes, bytes]], list[tuple[str, int]], set[int]]:
        sealed, read = opened.sealed, opened.said
        if self.erased:
            self.erasures.reach(connection, [decode_chunk(chunk.data) for chunk in sealed.chunks if chunk.data])
        newest = self.numbers.newest(connection)
        numbers = self.numbers.intern(connection, [record for record, _, _ in read if record])
        rows, marks, touched = [], [], set()
        for place, (chunk, said) in enumerate(zip(sealed.chunks, read, strict=True)):
            data = b"" if said[0] in self.erased else chunk.data
            record = numbers.get(said[0], 0)
            rows.append((number, place, record, chunk.salt if data else b"", data))
            touched.add(record)
            if data:
                marks += [(row[2]["mark"], number) for row in said[2] if len(row) > 2 and "mark" in row[2]]
                self._fresh.add(record, (number, place, said), is_new=record > newest)
        return rows, marks, touched - {0}
