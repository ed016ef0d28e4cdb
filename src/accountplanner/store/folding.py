"""From chunks to cache rows: the fold of every touched record, written to the typed tables.

Most records have said everything once, in one chunk; their fold is that chunk, and no entry is
made for them. Everything else goes through `domain.pictures`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Connection

from accountplanner.domain.batches import RawChunk
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import Field, FieldType, Privacy, RecordKind
from accountplanner.domain.ids import kind_of
from accountplanner.domain.merging import joined_records, members_of, roots_of
from accountplanner.domain.pictures import Picture, fold_record
from accountplanner.domain.statements import EXISTS, SAME_AS, Entry
from accountplanner.domain.text import search_text
from accountplanner.store.held import ReadChunk
from accountplanner.store.log import LayerLog
from accountplanner.store.many_values import in_parts
from accountplanner.store.sifting import Sifted, sift

Chunk = tuple[int, int, bytes | RawChunk]
"""Batch number, place in the batch, and its bytes or what was read from them."""

_UNSEARCHED_KINDS = frozenset({"purchase", "scope", "wallet", "position", "move", "tie", "link", "definition"})
_SEARCHED_TYPES = frozenset(
    {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL, FieldType.LIST}
)


@dataclass(slots=True)
class FoldedRecord:
    """One record's fold, ready for its cache row. `present` is false for a deleted or absorbed record."""

    number: int
    record: str
    kind: RecordKind
    present: bool
    values: Mapping[str, str] = field(default_factory=dict)
    conflicts: Sequence[tuple[str, str]] = ()
    spoken: Sequence[tuple[str, str, str]] = ()

    @property
    def title(self) -> str:
        """The value a person recognises it by; empty where that is a reference."""
        titled = self.kind.field(self.kind.title_key)
        return self.values.get(self.kind.title_key, "") if titled and titled.type is not FieldType.REFERENCE else ""


class LayerFold:
    """Folds records of one layer and remembers which of them were merged."""

    def __init__(self, log: LayerLog) -> None:
        self._log = log
        self.roots: dict[str, str] = {}

    def load(self, connection: Connection) -> None:
        """Learn the merged sets; called at opening and after a rolled-back transaction."""
        rows = connection.exec_driver_sql("SELECT low, high FROM same")
        self.roots = roots_of((low, high) for low, high in rows)

    def root(self, record: str) -> str:
        """The id that names the merged set a record belongs to, itself if it belongs to none."""
        return self.roots.get(record, record)

    def picture(self, connection: Connection, record: str) -> Picture:
        """Everything known about a record and those merged with it."""
        root = self.root(record)
        members = members_of(root, self.roots) if root in self.roots else (root,)
        numbers = self._log.numbers.known(connection, members)
        entries = self._log.entries_of(connection, list(numbers.values()))
        return fold_record(root, [entry for group in entries.values() for entry in group])

    def chunks_written(
        self, connection: Connection, touched: set[int], read: dict[int, list[ReadChunk]]
    ) -> dict[int, list[Chunk]]:
        """What was said about records, in this transaction and before.

        What it wrote about new ones or has `read` is not read again, and taken out there.
        """
        fresh = self._log.said_now()
        known: dict[int, list[Chunk]] = {}
        for number in touched & (fresh.new | read.keys()):
            # What was written before it was read is there twice.
            chunks = {chunk[:2]: chunk for chunk in (*read.pop(number, ()), *fresh.chunks.get(number, ()))}
            known[number] = list(chunks.values())
        return known | self._chunks_of(connection, touched - known.keys())

    def _chunks_of(self, connection: Connection, numbers: Collection[int]) -> dict[int, list[Chunk]]:
        said: dict[int, list[Chunk]] = {number: [] for number in numbers}
        for record, batch, place, data in self._log.raw_chunks(connection, sorted(numbers)):
            said[record].append((batch, place, data))
        return said

    def merge_sets_changed(self, connection: Connection, said: Mapping[int, Sequence[Chunk]]) -> set[int]:
        """Read merges and their undoing out of what was said about touched records; returns every record this moves."""
        changed = False
        speaking = sorted(record for record, chunks in said.items() if any(map(_speaks_of_merging, chunks)))
        for number, entries in self._log.entries_of(connection, speaking).items():
            name = self._log.numbers.names(connection, [number])[number]
            picture = fold_record(name, entries)
            changed |= self._note_links(connection, name, picture)
        return self._reroot(connection) if changed else set()

    def folded(
        self, connection: Connection, numbers: Sequence[int], said: dict[int, list[Chunk]] | None = None
    ) -> list[FoldedRecord]:
        """Fold records, in the order of their numbers.

        Records absorbed by a merge come back absent, their root with all they said. `said` is what was read already;
        it is used up record by record, for freeing all of it at once would hold up every other thread.
        """
        names = self._log.numbers.names(connection, numbers)
        wanted = {self.root(name) for name in names.values()}
        members = {root: members_of(root, self.roots) if root in self.roots else (root,) for root in wanted}
        every = self._log.numbers.known(connection, [name for group in members.values() for name in group])
        by_record = {} if said is None else said
        by_record |= self._chunks_of(connection, set(every.values()) - by_record.keys())
        folded = []
        for root, group in members.items():
            if kind_of(root) not in KINDS or root not in every:
                continue
            held = [chunk for name in group for chunk in by_record.pop(every.get(name, 0), ())]
            folded.append(self._fold(connection, every[root], root, held))
            folded += [_absent(every[name], name) for name in group if name != root and name in every]
        # In any other order the search index ends a segment with every row whose number is below the last one's, and
        # merging those takes six times as long as everything else about it.
        return sorted(folded, key=lambda record: record.number)

    def field_entries(
        self, connection: Connection, wanted: Mapping[str, Collection[str]], read: dict[int, list[ReadChunk]]
    ) -> dict[str, list[Entry]]:
        """The entries of some fields of some records; those of records merged with one come with it.

        What had to be read for it is added to `read`.
        """
        members = {record: members_of(self.root(record), self.roots) for record in wanted if record in self.roots}
        every: dict[str, set[str]] = {}
        for record, fields in wanted.items():
            for name in members.get(record, (record,)):
                every.setdefault(name, set()).update(fields)
        numbers = self._log.numbers.known(connection, list(every))
        chunks = self._log.read_chunks(connection, list(numbers.values()))
        read.update(chunks)
        found = {
            number: self._log.entries_of_fields(connection, chunks[number], every[name])
            for name, number in numbers.items()
        }
        return {
            record: [e for name in members.get(record, (record,)) if name in numbers for e in found[numbers[name]]]
            for record in wanted
        }

    def _fold(self, connection: Connection, number: int, root: str, chunks: list[Chunk]) -> FoldedRecord:
        kind = KINDS[kind_of(root)]
        chunks = sorted(chunks, key=lambda chunk: chunk[:2])
        sifted = sift(chunks)
        if sifted is not None:
            return self._fold_sifted(connection, number, (kind, root), sifted)
        entries = [
            entry for batch, place, data in chunks for entry in self._log.entries_in(connection, batch, place, data)
        ]
        return _from_picture(number, kind, fold_record(root, entries))

    def _fold_sifted(
        self, connection: Connection, number: int, named: tuple[RecordKind, str], sifted: Sifted
    ) -> FoldedRecord:
        """Most fields were said once and need no entries; only the others are folded."""
        kind, root = named
        entries = [self._log.entry_at(connection, place, statement) for place, statement in sifted.contested]
        picture = fold_record(root, entries) if entries else None
        values = dict(sifted.said_once)
        if picture is None:
            present = sifted.is_there or bool(values)
            return FoldedRecord(number, root, kind, present, values, spoken=sifted.spoken)
        folded = _from_picture(number, kind, picture)
        values |= folded.values
        # The picture, not the values shown, says whether anything stands: what is shown first is up to a clock.
        present = sifted.is_there or bool(sifted.said_once) or picture.exists
        return FoldedRecord(number, root, kind, present, values, picture.conflicts, [*sifted.spoken, *folded.spoken])

    def _note_links(self, connection: Connection, name: str, picture: Picture) -> bool:
        before = {high for (high,) in connection.exec_driver_sql("SELECT high FROM same WHERE low = ?", (name,))}
        now = {high for _, high in joined_records(picture)}
        if before == now:
            return False
        connection.exec_driver_sql("DELETE FROM same WHERE low = ?", (name,))
        for high in sorted(now):
            connection.exec_driver_sql("INSERT INTO same (low, high) VALUES (?, ?)", (name, high))
        return True

    def _reroot(self, connection: Connection) -> set[int]:
        before = self.roots
        self.load(connection)
        moved = {
            name for name in before.keys() | self.roots.keys() if before.get(name, name) != self.roots.get(name, name)
        }
        moved |= {before.get(name, name) for name in moved} | {self.roots.get(name, name) for name in moved}
        numbers = set(self._log.numbers.intern(connection, sorted(moved)).values())
        return numbers | _referring(connection, numbers)


def _from_picture(number: int, kind: RecordKind, picture: Picture) -> FoldedRecord:
    conflicts = list(picture.conflicts)
    if picture.delete_conflict and (EXISTS, "") not in conflicts:
        conflicts.append((EXISTS, ""))
    spoken = [
        (name, voice, register.value)
        for (name, voice), register in picture.registers.items()
        if voice and register.value is not None
    ]
    return FoldedRecord(
        number,
        picture.record,
        kind,
        picture.exists,
        picture.shown_values(),
        conflicts if picture.exists else (),
        spoken,
    )


def _speaks_of_merging(chunk: Chunk) -> bool:
    data = chunk[2]
    if isinstance(data, bytes):
        return SAME_AS.encode() in data
    return any(row[0].startswith(SAME_AS) for row in data[2])


def _absent(number: int, name: str) -> FoldedRecord:
    return FoldedRecord(number, name, KINDS[kind_of(name)], present=False)


def _referring(connection: Connection, numbers: set[int]) -> set[int]:
    """Records that refer to some of these; their references must be led to a new root."""
    found: set[int] = set()
    for kind in KINDS.values():
        for column in kind.fields:
            if column.type is FieldType.REFERENCE:
                found |= _rows_with(connection, kind, column, numbers)
    return found


def _rows_with(connection: Connection, kind: RecordKind, column: Field, numbers: set[int]) -> set[int]:
    found: set[int] = set()
    ordered = sorted(numbers)
    for part, holes in in_parts(ordered):
        sql = f'SELECT id FROM "{kind.key}" WHERE "{column.key}" IN ({holes})'
        found |= {number for (number,) in connection.exec_driver_sql(sql, part)}
    return found


def searched_text(folded: FoldedRecord) -> tuple[str, str] | None:
    """Title and body for the search index, `None` for kinds nobody searches. Special answers stay out."""
    searched = _searched_fields(folded.kind.key)
    if searched is None:
        return None
    return folded.title, "\n".join([value for key, value in folded.values.items() if key in searched])


@cache
def _searched_fields(key: str) -> frozenset[str] | None:
    kind = KINDS[key]
    if kind.internal or kind.key in _UNSEARCHED_KINDS:
        return None
    return frozenset(
        field.key
        for field in kind.fields
        if field.key != kind.title_key and field.type in _SEARCHED_TYPES and field.privacy is not Privacy.SPECIAL
    )


def sort_key(folded: FoldedRecord) -> str:
    """What lists sort by: the title without accents and case."""
    return search_text(folded.title).strip()[:200]
