"""What colleagues' files brought too early: batches that wait here for others, whose they are and whom they wait for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from accountplanner.domain.batches import Header, SealedBatch, decode_header, is_withheld
from accountplanner.domain.cuts import VIRTUAL
from accountplanner.store.layer import LayerStore
from accountplanner.store.parking import parked_batches


@dataclass(frozen=True, slots=True)
class ParkedBatches:
    """The batches of one replica that wait here.

    `needs` are the replicas of which something earlier is missing; `is_bare` says that content is missing which no
    erasure accounts for; `since` is when the first of them was written.
    """

    replica: str
    count: int
    since: str
    needs: frozenset[str]
    is_bare: bool


def waiting_batches(layer: LayerStore) -> list[ParkedBatches]:
    """Everything that waits, by whose it is."""
    with layer.database.reading() as connection:
        held = {sealed.digest: sealed for sealed, _ in parked_batches(connection)}
    headers = {digest: decode_header(sealed.header) for digest, sealed in held.items()}
    needs = _missing(headers, layer.log.chains.places)
    bare = {digest for digest, sealed in held.items() if _is_bare(headers[digest], sealed, layer.log.erased)}
    by_replica: dict[str, list[str]] = {}
    for digest, header in headers.items():
        by_replica.setdefault(header.replica, []).append(digest)
    return [
        ParkedBatches(
            replica,
            len(digests),
            min(headers[digest].saved_at for digest in digests),
            frozenset().union(*(_reached(digest, headers, needs) for digest in digests)),
            not bare.isdisjoint(digests),
        )
        for replica, digests in by_replica.items()
    ]


def _missing(headers: Mapping[str, Header], places: Collection[str]) -> dict[str, set[str]]:
    """For each parked batch the replicas of what is neither held nor parked."""
    return {
        digest: {replica for replica, wanted in _wanted(header) if wanted not in places and wanted not in headers}
        for digest, header in headers.items()
    }


def _wanted(header: Header) -> Iterable[tuple[str, str]]:
    yield from ((head.replica, head.digest) for cut in header.cuts for head in cut if head.replica[:1] != VIRTUAL)
    if header.sequence > 1:
        yield header.replica, header.previous


def _reached(digest: str, headers: Mapping[str, Header], needs: Mapping[str, set[str]]) -> set[str]:
    """What a batch waits for in the end: what it builds on may be parked itself."""
    found, open_ones, seen = set(needs[digest]), [digest], {digest}
    while open_ones:
        for _, wanted in _wanted(headers[open_ones.pop()]):
            if wanted in headers and wanted not in seen:
                seen.add(wanted)
                open_ones.append(wanted)
                found |= needs[wanted]
    return found


def _is_bare(header: Header, sealed: SealedBatch, erased: Iterable[str]) -> bool:
    return is_withheld(header, sealed.chunks, erased)
