"""From a batch to entries: where each statement stands, and what its writer had seen."""

from collections.abc import Iterator, Mapping, Sequence

from accountplanner.domain.batches import Header, first_ordinals, statement_ids
from accountplanner.domain.cuts import VIRTUAL, Chains, Place
from accountplanner.domain.statements import Entry, Statement


class BatchReading:
    """Makes the entries of one placed batch; cuts are translated once for the whole batch.

    `arrived` is the batch's local number.
    """

    def __init__(self, header: Header, digest: str, place: Place, chains: Chains, arrived: int) -> None:
        self._header = header
        self._digest = digest
        self._envelope = (place.chain, place.sequence)
        self._arrived = arrived
        self._cut = chains.local(header.cut)
        self._before = first_ordinals(header)
        self._bases = {name: chains.local(cut) for name, cut in header.bases}

    def entries(self, chunk: int, statements: Sequence[Statement]) -> Iterator[Entry]:
        """The entries of one chunk."""
        ids = statement_ids(self._header, self._digest, self._before[chunk], statements)
        for entry_id, statement in zip(ids, statements, strict=True):
            envelopes, cut = self._seen(statement)
            yield Entry(entry_id, statement, envelopes, cut, self._arrived, self._header.saved_at, self._header.replica)

    def entry(self, chunk: int, index: int, statement: Statement) -> Entry:
        """The entry of one statement of a chunk, by its place there."""
        (entry_id,) = statement_ids(self._header, self._digest, self._before[chunk] + index, [statement])
        envelopes, cut = self._seen(statement)
        return Entry(entry_id, statement, envelopes, cut, self._arrived, self._header.saved_at, self._header.replica)

    def _seen(self, statement: Statement) -> tuple[tuple[tuple[str, int], ...], Mapping[str, int]]:
        basis = statement.basis
        if not basis:
            return (self._envelope,), self._cut
        if basis.startswith(VIRTUAL):
            chain, _, number = basis.rpartition(":")
            return (self._envelope, (chain, int(number))), {chain: int(number) - 1}
        return (self._envelope,), self._bases.get(basis, {})
