"""The log cut into parts that are written once, so that nobody decodes again what they hold.

A part is a run of one chain's batches, cut at the same places by every laptop, and bears the digest of
its last batch. Whoever holds that batch holds everything before it in its chain, for a batch is held
only after its predecessor: the name alone says whether a part has to be opened. Full parts never
change, except that an erasure empties them; what is not yet a full part travels as the tail.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from accountplanner.domain.batches import SealedBatch, decode_header
from accountplanner.store.sealing import pack_all, unpack_all

TAIL = "batches"
_SEALED = f"{TAIL}."
_MOST_BATCHES = 64
_ENOUGH_BYTES = 2**18


def parts_of(batches: Iterable[SealedBatch], chain_of: Callable[[str], str]) -> dict[str, bytes]:
    """Cut batches, given in an order that needs no parking, into named parts; `chain_of` knows a digest's chain."""
    chains: dict[str, list[SealedBatch]] = {}
    for batch in batches:
        chains.setdefault(chain_of(batch.digest), []).append(batch)
    parts: dict[str, bytes] = {}
    tail: list[SealedBatch] = []
    for chain in chains.values():
        for run, is_full in _runs(chain):
            if is_full:
                parts[_SEALED + run[-1].digest] = pack_all(run)
            else:
                tail += run
    return {**parts, TAIL: pack_all(in_order(tail))}


def unknown_in(parts: Mapping[str, bytes], held: Collection[str]) -> list[SealedBatch]:
    """The batches of the tail and of every part whose last batch is not among the held digests, in a causal order.

    Raises:
        BatchDamagedError: a part that had to be opened is none.
    """
    wanted = [data for name, data in parts.items() if name == TAIL or _is_unknown(name, held)]
    return in_order([batch for data in wanted for batch in unpack_all(data)])


def in_order(batches: Sequence[SealedBatch]) -> list[SealedBatch]:
    """Put batches behind those they build on, so that none has to be parked for another one among them."""
    by_digest = {batch.digest: batch for batch in batches}
    waits = {digest: _builds_on(batch) & by_digest.keys() for digest, batch in by_digest.items()}
    done: dict[str, SealedBatch] = {}
    # Digests cannot form a circle; a forged file that says so anyway ends in the parking place, not here.
    for first in by_digest:
        stack = [first]
        seen: set[str] = set()
        while stack:
            digest = stack[-1]
            missing = [] if digest in seen else sorted(waits[digest] - done.keys() - seen)
            seen.add(digest)
            if missing:
                stack += missing
            else:
                done.setdefault(stack.pop(), by_digest[digest])
    return list(done.values())


def _is_unknown(name: str, held: Collection[str]) -> bool:
    return name.startswith(_SEALED) and name.removeprefix(_SEALED) not in held


def _runs(chain: Iterable[SealedBatch]) -> Iterator[tuple[list[SealedBatch], bool]]:
    """Cut a chain where a part is full; the last run may not be."""
    run: list[SealedBatch] = []
    size = 0
    for batch in chain:
        run.append(batch)
        size += _size(batch)
        if len(run) >= _MOST_BATCHES or size >= _ENOUGH_BYTES:
            yield run, True
            run, size = [], 0
    if run:
        yield run, False


def _size(batch: SealedBatch) -> int:
    return len(batch.header) + sum(len(chunk.data) for chunk in batch.chunks)


def _builds_on(batch: SealedBatch) -> set[str]:
    header = decode_header(batch.header)
    return {header.previous, *(head.digest for cut in header.cuts for head in cut)}
