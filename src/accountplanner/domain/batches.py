"""Batches: one transaction in a replica's append-only log, as it is sealed, sent and read.

Format 1 (2026-11), JSON in UTF-8 with sorted keys. The header names the layer, the replica, its
sequence, the predecessor's digest, the cut, the cuts that marked statements were made on
(`bases`), the time, what it erases, and for each chunk the number of statements, the salted digest
of its bytes, and a digest of the record it is about (`about`), by which an erasure proves that a
missing body is missing rightly. The digest of the header links the chain and is signed; bodies can be stripped
(an erasure) and the chain still verifies. A chunk holds the statements about one record; it is a
storage unit without meaning. Unknown keys are kept: sealed bytes are forwarded verbatim.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from typing import Any

from accountplanner.domain.cuts import VIRTUAL, Cut, Head
from accountplanner.domain.errors import RefusedError
from accountplanner.domain.statements import Statement

FORMAT = 1
RawChunk = tuple[str, dict[str, Any], list[list[Any]]]
"""The record, what its statements share, and a list of [field, value] or [field, value, extra]."""

_DEFAULTS = {item.name: item.default for item in fields(Statement) if item.name not in {"record", "field", "value"}}


_ABOUT_LETTERS = 20
# What reading bytes of somebody else's making can end in; RecursionError for brackets without end.
_UNREADABLE = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


class BatchDamagedError(RefusedError):
    """A batch does not say what its digest or signature promises."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a batch says about itself. `chunks` are (number of statements, digest) pairs."""

    layer: str
    replica: str
    sequence: int
    previous: str
    cut: Cut
    saved_at: str
    chunks: tuple[tuple[int, str], ...]
    bases: tuple[tuple[str, Cut], ...] = ()
    erases: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """Every cut the batch depends on."""
        return (self.cut, *(cut for _, cut in self.bases))


@dataclass(frozen=True, slots=True)
class SealedChunk:
    """The bytes of one chunk; `data` is empty once an erasure has stripped it."""

    salt: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A batch as it is stored and forwarded, byte for byte."""

    header: bytes
    signature: bytes
    chunks: tuple[SealedChunk, ...]

    @property
    def digest(self) -> str:
        """The digest that names this batch."""
        return hashlib.sha256(self.header).hexdigest()


def chunked(statements: Iterable[Statement]) -> list[tuple[str, list[Statement]]]:
    """Put the statements of a batch together by record, in order of first mention."""
    grouped: dict[str, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.record, []).append(statement)
    return list(grouped.items())


def encode_chunk(record: str, statements: Sequence[Statement]) -> bytes:
    """Write the statements about one record; what most of them share is written once."""
    shared = _shared(statements)
    rows: list[list[Any]] = []
    for statement in statements:
        extra = {
            name: value
            for name, default in _DEFAULTS.items()
            if (value := getattr(statement, name)) != shared.get(name, default)
        }
        rows.append([statement.field, statement.value, extra] if extra else [statement.field, statement.value])
    return _json({"r": record, "d": shared, "s": rows})


def decode_chunk(data: bytes) -> tuple[str, list[Statement]]:
    """Read what `encode_chunk` wrote; keys of a later version are passed over here.

    Raises:
        BatchDamagedError: these bytes are no chunk.
    """
    try:
        raw = raw_chunk(data)
        return raw[0], statements_in(raw)
    except _UNREADABLE as error:
        raise BatchDamagedError("A batch in this file cannot be read.") from error


def raw_chunk(data: bytes) -> RawChunk:
    """A chunk as it is written, which is all that most readers of thousands need."""
    loaded = json.loads(data)
    return loaded["r"], loaded["d"], loaded["s"]


def readable_chunk(data: bytes) -> RawChunk:
    """The same for bytes that came from elsewhere.

    Raises:
        BatchDamagedError: these bytes are no chunk.
    """
    try:
        return raw_chunk(data)
    except _UNREADABLE as error:
        raise BatchDamagedError("A batch in this file cannot be read.") from error


def statements_in(raw: RawChunk) -> list[Statement]:
    """Every statement of a chunk."""
    record, shared, rows = raw
    known = _known(shared)
    return [_statement(record, known, row) for row in rows]


def chunk_digest(salt: bytes, data: bytes) -> str:
    """The salted digest by which the header vouches for a chunk."""
    return hashlib.sha256(salt + data).hexdigest()


def encode_header(header: Header) -> bytes:
    """Write a header canonically."""
    return _json(
        {
            "format": FORMAT,
            "layer": header.layer,
            "replica": header.replica,
            "sequence": header.sequence,
            "previous": header.previous,
            "cut": _cut_out(header.cut),
            "bases": {name: _cut_out(cut) for name, cut in header.bases},
            "saved_at": header.saved_at,
            "chunks": header.chunks,
            "erases": header.erases,
            "about": header.about,
        }
    )


def decode_header(data: bytes) -> Header:
    """Read a header.

    Raises:
        BatchDamagedError: it is not one this version can read.
    """
    try:
        loaded = json.loads(data)
        if loaded["format"] > FORMAT:
            raise BatchDamagedError("This workbook was written by a newer version of the program.")
        return Header(
            layer=_text(loaded["layer"]),
            replica=_text(loaded["replica"]),
            sequence=_count(loaded["sequence"], least=1),
            previous=_text(loaded["previous"]),
            cut=_cut_in(loaded["cut"]),
            saved_at=_text(loaded["saved_at"]),
            chunks=tuple((_count(count, least=0), _text(digest)) for count, digest in loaded["chunks"]),
            bases=tuple((name, _cut_in(cut)) for name, cut in loaded["bases"].items()),
            erases=tuple(_text(name) for name in loaded["erases"]),
            about=tuple(_text(digest) for digest in loaded.get("about", ())),
        )
    except _UNREADABLE as error:
        raise BatchDamagedError("A batch in this file cannot be read.") from error


def check_chunks(header: Header, chunks: Sequence[SealedChunk]) -> None:
    """Compare chunk bytes with the digests the header vouches for; stripped chunks pass.

    Raises:
        BatchDamagedError: a chunk is missing or changed.
    """
    if len(chunks) != len(header.chunks):
        raise BatchDamagedError("A batch in this file is incomplete.")
    for (_, digest), chunk in zip(header.chunks, chunks, strict=True):
        if chunk.data and chunk_digest(chunk.salt, chunk.data) != digest:
            raise BatchDamagedError("A batch in this file has been changed after it was signed.")


def about_digest(replica: str, sequence: int, record: str) -> str:
    """The digest by which a header names the record of a chunk. Ids are random, so it cannot be guessed back."""
    return hashlib.sha256(f"{replica}.{sequence}.{record}".encode()).hexdigest()[:_ABOUT_LETTERS]


def is_withheld(header: Header, chunks: Sequence[SealedChunk], erased: Iterable[str]) -> bool:
    """Whether a body is missing that no erasure accounts for."""
    missing = {about for about, chunk in zip(header.about, chunks, strict=False) if not chunk.data}
    if not missing:
        return False
    return not missing <= {about_digest(header.replica, header.sequence, name) for name in erased}


def completed(first: SealedBatch, second: SealedBatch) -> SealedBatch:
    """One batch out of two copies of it: each body from the copy that has it."""
    chunks = zip(first.chunks, second.chunks, strict=True)
    return SealedBatch(first.header, first.signature, tuple(one if one.data else other for one, other in chunks))


def first_ordinals(header: Header) -> list[int]:
    """For each chunk, how many statements of the batch stand before it."""
    return [0, *accumulate(count for count, _ in header.chunks)]


def statement_ids(header: Header, digest: str, before: int, statements: Iterable[Statement]) -> Iterator[str]:
    """The id of each statement of a chunk: its mark, or its place in the log.

    `before` counts the statements of the batch that stand before the chunk.
    """
    for ordinal, statement in enumerate(statements, start=before + 1):
        yield statement.mark or f"{header.replica}.{header.sequence:08d}.{ordinal:06d}.{digest[:8]}"


def _shared(statements: Sequence[Statement]) -> dict[str, Any]:
    first = statements[0]
    return {
        name: value
        for name in ("speaker", "date", "how", "sure", "origin", "basis")
        if (value := getattr(first, name)) != _DEFAULTS[name]
    }


def statement_of(record: str, shared: dict[str, Any], row: list[Any]) -> Statement:
    """One statement out of a raw chunk (`raw_chunk`)."""
    return _statement(record, _known(shared), row)


def _statement(record: str, known: dict[str, Any], row: list[Any]) -> Statement:
    if len(row) > 2:
        known = {**known, **_known(row[2])}
    return Statement(record, row[0], row[1], **known)


def _known(extra: dict[str, Any]) -> dict[str, Any]:
    """What this version knows of a statement's further keys."""
    return {name: value for name, value in extra.items() if name in _DEFAULTS}


def _cut_out(cut: Cut) -> list[list[str | int]]:
    return [[head.replica, head.sequence, head.digest] for head in sorted(cut)]


def _cut_in(loaded: list[Any]) -> Cut:
    return tuple(Head(_text(replica), _count(sequence, least=1), _text(digest)) for replica, sequence, digest in loaded)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: object, *, least: int) -> int:
    """A whole number; a batch numbered 0 would count as seen by everybody."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(value)
    return value


def virtual_cut(chain: str, sequence: int) -> Cut:
    """A cut that has seen the files of one foreign source up to the given one, and nothing else."""
    return (Head(chain, sequence, ""),) if chain.startswith(VIRTUAL) and sequence > 0 else ()


def _json(value: object) -> bytes:
    # Nothing of ours contains itself, and to look for that takes a quarter of the time.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode()
