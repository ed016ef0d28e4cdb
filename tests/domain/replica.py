"""A laptop in memory: chains, parked batches, sealed bytes, and entries for every record.

It does what the store does, with dictionaries, so that the domain can be tried on its own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from accountplanner.domain import batches
from accountplanner.domain.cuts import Chains, Cut
from accountplanner.domain.entries import BatchReading
from accountplanner.domain.erasure import must_strip, reach_of
from accountplanner.domain.merging import joined_records, members_of, roots_of
from accountplanner.domain.pictures import Picture, fold_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accountplanner.domain.batches import SealedBatch
    from accountplanner.domain.statements import Entry, Statement

Shown = tuple[str | None, tuple[str, ...]]
"""A value as it is spelt on the screen, and the ids of the statements that stand behind it."""


@dataclass(frozen=True)
class View:
    """What a laptop shows of one record, in a form that can be compared."""

    exists: bool
    delete_conflict: bool
    registers: dict[tuple[str, str], tuple[Shown, ...]]

    def values(self, field_name: str, voice: str = "") -> set[str | None]:
        return {value for value, _ in self.registers.get((field_name, voice), ())}


Views = dict[str, View]


@dataclass(frozen=True)
class Written:
    """A batch as it leaves, with the id under which each of its statements will be known."""

    sealed: SealedBatch
    statements: tuple[tuple[str, Statement], ...]


@dataclass(frozen=True)
class Wrapping:
    """What a batch carries beside its statements. `newer` adds keys that this version does not know."""

    cut: Cut | None = None
    bases: tuple[tuple[str, Cut], ...] = ()
    erases: tuple[str, ...] = ()
    saved_at: str = ""
    newer: bool = False


@dataclass
class Laptop:
    """One member's program. `folded` lists the digests in the order they were folded."""

    replica: str
    layer: str = "team"
    chains: Chains = field(default_factory=Chains)
    held: dict[str, SealedBatch] = field(default_factory=dict)
    parked: dict[str, SealedBatch] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    folded: list[str] = field(default_factory=list)
    last: tuple[int, str] = (0, "")

    def write(self, statements: Sequence[Statement], wrapping: Wrapping | None = None) -> Written:
        """Seal one transaction and fold it here."""
        wrapping = wrapping or Wrapping()
        written = self._seal(statements, wrapping)
        header = batches.decode_header(written.sealed.header)
        self.last = (header.sequence, written.sealed.digest)
        self.receive(written.sealed)
        return written

    def _seal(self, statements: Sequence[Statement], wrapping: Wrapping) -> Written:
        sequence, previous = self.last
        grouped = batches.chunked(statements)
        encoded = [batches.encode_chunk(record, group) for record, group in grouped]
        if wrapping.newer:
            encoded = [_of_a_newer_version(data) for data in encoded]
        chunks = tuple(batches.SealedChunk(hashlib.sha256(data).digest()[:8], data) for data in encoded)
        header = batches.Header(
            layer=self.layer,
            replica=self.replica,
            sequence=sequence + 1,
            previous=previous,
            cut=self.chains.heads() if wrapping.cut is None else wrapping.cut,
            saved_at=wrapping.saved_at,
            chunks=tuple(
                (len(group), batches.chunk_digest(chunk.salt, chunk.data))
                for (_, group), chunk in zip(grouped, chunks, strict=True)
            ),
            bases=wrapping.bases,
            erases=wrapping.erases,
        )
        sealed = batches.SealedBatch(batches.encode_header(header), b"", chunks)
        ids = [
            (each, statement)
            for before, (_, group) in zip(batches.first_ordinals(header), grouped, strict=False)
            for each, statement in zip(batches.statement_ids(header, sealed.digest, before, group), group, strict=True)
        ]
        return Written(sealed, tuple(ids))

    def receive(self, *sealed: SealedBatch) -> None:
        """Take batches in any order, any number of times; fold each once all that it rests on is held."""
        for batch in sealed:
            batches.check_chunks(batches.decode_header(batch.header), batch.chunks)
            if batch.digest not in self.held:
                self.parked[batch.digest] = batch
        while ready := [batch for batch in self.parked.values() if not self._lacks(batch)]:
            for batch in ready:
                del self.parked[batch.digest]
                self._fold(batch)

    def _lacks(self, sealed: SealedBatch) -> list[str]:
        header = batches.decode_header(sealed.header)
        return self.chains.lacks(header.sequence, header.previous, header.cuts)

    def _fold(self, sealed: SealedBatch) -> None:
        header = batches.decode_header(sealed.header)
        place = self.chains.add(header.replica, header.sequence, header.previous, sealed.digest)
        self.held[sealed.digest] = sealed
        self.folded.append(sealed.digest)
        reading = BatchReading(header, sealed.digest, place, self.chains, len(self.folded))
        for number, chunk in enumerate(sealed.chunks):
            if chunk.data:
                record, statements = batches.decode_chunk(chunk.data)
                self.entries.setdefault(record, []).extend(reading.entries(number, statements))
        self.named |= set(header.erases)
        self._strip()

    # --- erasing ----------------------------------------------------------------------------------------------------

    def reach(self) -> set[str]:
        """Every record that erasures take away here."""
        return reach_of(self.named, (batches.decode_chunk(data) for data in self._bodies())) if self.named else set()

    def _strip(self) -> None:
        reach = self.reach()
        if not reach:
            return
        # Where a chunk says that a record belonged to an erased person it is about to go; its id must not be lost.
        self.named |= reach
        for digest, sealed in self.held.items():
            kept = tuple(_stripped(chunk, reach) for chunk in sealed.chunks)
            if kept != sealed.chunks:
                self.held[digest] = replace(sealed, chunks=kept)
        for record in reach:
            self.entries.pop(record, None)

    def unnamed(self) -> tuple[str, ...]:
        """Records that went with an erased person, which no batch held here names."""
        said = {name for sealed in self.held.values() for name in batches.decode_header(sealed.header).erases}
        return tuple(sorted(self.named - said))

    def _bodies(self) -> list[bytes]:
        return [chunk.data for sealed in self.held.values() for chunk in sealed.chunks if chunk.data]

    # --- looking ----------------------------------------------------------------------------------------------------

    def roots(self) -> dict[str, str]:
        """The merged records, each with the lowest id of its set."""
        own = [fold_record(record, entries) for record, entries in self.entries.items()]
        return roots_of(pair for picture in own for pair in joined_records(picture))

    def picture(self, record: str) -> Picture:
        """The fold of a record and of all that were merged with it."""
        return self._united(record, self.roots())

    def views(self) -> Views:
        """Everything this laptop shows."""
        roots = self.roots()
        return {root: view_of(self._united(root, roots)) for root in sorted({roots.get(r, r) for r in self.entries})}

    def _united(self, record: str, roots: dict[str, str]) -> Picture:
        root = roots.get(record, record)
        return fold_record(root, [e for member in members_of(root, roots) for e in self.entries.get(member, [])])

    def ids(self) -> set[str]:
        """Every statement held here, in whatever state."""
        return {entry.id for entries in self.entries.values() for entry in entries}


def view_of(picture: Picture) -> View:
    """Put a picture into the form that can be compared."""
    registers = {
        key: tuple((sibling.value, tuple(entry.id for entry in sibling.entries)) for sibling in register.siblings)
        for key, register in picture.registers.items()
        if register.siblings
    }
    return View(picture.exists, picture.delete_conflict, registers)


def _stripped(chunk: batches.SealedChunk, reach: Iterable[str]) -> batches.SealedChunk:
    if not chunk.data:
        return chunk
    record, statements = batches.decode_chunk(chunk.data)
    return replace(chunk, data=b"") if must_strip(record, statements, set(reach)) else chunk


def _of_a_newer_version(data: bytes) -> bytes:
    """Add keys that a later version might write, to the chunk and to its statements."""
    loaded = json.loads(data)
    loaded["mood"] = "bright"
    loaded["s"] = [[row[0], row[1], {**(row[2] if len(row) > 2 else {}), "hue": "7"}] for row in loaded["s"]]
    return json.dumps(loaded, ensure_ascii=False).encode()
