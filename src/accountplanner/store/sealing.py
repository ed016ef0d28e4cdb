"""Sealed batches as bytes: how they are stored when parked and sent in a workbook.

Layout 1: a JSON line with the signature and, for each chunk, salt and length; then the header and
the chunks, byte for byte. Everything is bytes that were signed or are vouched for by a digest.
"""

import base64
import json
import zlib
from collections.abc import Iterable

from accountplanner.domain.batches import BatchDamagedError, SealedBatch, SealedChunk

_LARGEST = 300 * 2**20


def pack(batch: SealedBatch) -> bytes:
    """Write a sealed batch as one piece."""
    index = {
        "signature": base64.b64encode(batch.signature).decode(),
        "header": len(batch.header),
        "chunks": [[base64.b64encode(chunk.salt).decode(), len(chunk.data)] for chunk in batch.chunks],
    }
    line = json.dumps(index, separators=(",", ":")).encode()
    return b"".join((line, b"\n", batch.header, *(chunk.data for chunk in batch.chunks)))


def unpack(packed: bytes) -> SealedBatch:
    """Read what `pack` wrote.

    Raises:
        BatchDamagedError: the bytes are not a packed batch.
    """
    try:
        line, _, rest = packed.partition(b"\n")
        index = json.loads(line)
        at = index["header"]
        header, chunks = rest[:at], []
        for salt, length in index["chunks"]:
            chunks.append(SealedChunk(base64.b64decode(salt), rest[at : at + length]))
            at += length
        if at != len(rest):
            raise BatchDamagedError("A batch in this file is incomplete.")
        return SealedBatch(header, base64.b64decode(index["signature"]), tuple(chunks))
    except (KeyError, TypeError, ValueError) as error:
        raise BatchDamagedError("A batch in this file cannot be read.") from error


def pack_all(batches: Iterable[SealedBatch]) -> bytes:
    """Write many sealed batches as one deflated piece: for each its length in eight bytes, then itself."""
    pieces: list[bytes] = []
    for batch in batches:
        packed = pack(batch)
        pieces += [len(packed).to_bytes(8, "big"), packed]
    # Level 1: the text is repetitive, and an export waits for this.
    return zlib.compress(b"".join(pieces), 1)


def unpack_all(packed: bytes) -> list[SealedBatch]:
    """Read what `pack_all` wrote, at most 300 MB of it.

    Raises:
        BatchDamagedError: it is something else.
    """
    inflater = zlib.decompressobj()
    try:
        joined = inflater.decompress(packed, _LARGEST)
    except zlib.error as error:
        raise BatchDamagedError("The batches in this file cannot be read.") from error
    if inflater.unconsumed_tail:
        raise BatchDamagedError("This file carries more than this version takes.")
    batches, at = [], 0
    while at < len(joined):
        end = at + 8 + int.from_bytes(joined[at : at + 8], "big")
        batches.append(unpack(joined[at + 8 : end]))
        at = end
    return batches
