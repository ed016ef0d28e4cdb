"""This replica's own batches: what a draft holds, who signs it, and how it is sealed."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accountplanner.domain.batches import (
    Header,
    SealedBatch,
    SealedChunk,
    about_digest,
    chunk_digest,
    chunked,
    encode_chunk,
    encode_header,
)
from accountplanner.domain.cuts import Chains, Cut
from accountplanner.domain.statements import Statement


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs this replica's batches and knows whose signatures to accept.

    `verify(replica, digest, signature)` tells whether a vouched-for device of the team signed.
    """

    replica: str
    sign: Callable[[bytes], bytes]
    verify: Callable[[str, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Draft:
    """A batch before it is sealed.

    `cut` is what the person had seen, `None` for everything held now. `bases` are the cuts that
    marked statements were made on.
    """

    statements: Sequence[Statement]
    saved_at: str
    cut: Cut | None = None
    bases: tuple[tuple[str, Cut], ...] = ()
    erases: tuple[str, ...] = ()
    step: int = 0
    file: str = ""


def seal(draft: Draft, layer: str, signer: Signer, chains: Chains) -> SealedBatch:
    """Make a draft this replica's next batch of a layer; `chains` are the batches held."""
    tip = chains.tips.get(signer.replica)
    chunks, counted, about = [], [], []
    sequence = tip.sequence + 1 if tip else 1
    for record, statements in chunked(draft.statements):
        data, salt = encode_chunk(record, statements), secrets.token_bytes(16)
        chunks.append(SealedChunk(salt, data))
        counted.append((len(statements), chunk_digest(salt, data)))
        about.append(about_digest(signer.replica, sequence, record))
    header = Header(
        layer=layer,
        replica=signer.replica,
        sequence=sequence,
        previous=tip.digest if tip else "",
        cut=chains.heads() if draft.cut is None else draft.cut,
        saved_at=draft.saved_at,
        chunks=tuple(counted),
        bases=draft.bases,
        erases=draft.erases,
        about=tuple(about),
    )
    written = encode_header(header)
    unsigned = SealedBatch(written, b"", tuple(chunks))
    return SealedBatch(written, signer.sign(bytes.fromhex(unsigned.digest)), unsigned.chunks)
