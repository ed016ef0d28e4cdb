"""Sifting is a short cut: whatever people said, it must end where the whole fold ends."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.batches import Header, encode_chunk
from accountplanner.domain.cuts import Chains
from accountplanner.domain.entries import BatchReading
from accountplanner.domain.pictures import fold_record
from accountplanner.domain.statements import Entry, Statement
from accountplanner.store.sifting import Sifted, sift

ACCOUNT = "account:1"
EXISTENCE = st.builds(Statement, st.just(ACCOUNT), st.just("_exists"), st.sampled_from(["yes", "yes", "no", None]))
VALUES = st.builds(
    Statement,
    st.just(ACCOUNT),
    st.sampled_from(["name", "city", "phone", "satisfaction"]),
    st.sampled_from(["yes", "a", "b", None]),
    voice=st.sampled_from(["", "", "member:1", "member:2"]),
    date=st.sampled_from(["", "2026-01-01", "2026-02-02"]),
    speaker=st.sampled_from(["", "Ann"]),
    joins=st.booleans(),
)
BATCHES = st.lists(st.lists(VALUES | EXISTENCE, min_size=1, max_size=5), min_size=1, max_size=4)


def _placed(batches: list[list[Statement]]) -> tuple[list[tuple[int, int, bytes]], dict[int, BatchReading]]:
    chains, chunks, readings, previous = Chains(), [], {}, ""
    for number, statements in enumerate(batches, 1):
        header = Header("team", "r", number, previous, chains.heads(), datetime(2026, 1, 1, tzinfo=UTC).isoformat(),
                        ((len(statements), "x"),))  # fmt: skip
        digest = f"{number:064d}"
        place = chains.add("r", number, previous, digest)
        readings[number] = BatchReading(header, digest, place, chains, number)
        chunks.append((number, 0, encode_chunk(ACCOUNT, statements)))
        previous = digest
    return chunks, readings


def _through_sifting(
    sifted: Sifted, readings: dict[int, BatchReading]
) -> tuple[dict[str, str], set[tuple[str, str, str]]]:
    entries = [readings[batch].entry(chunk, index, said) for (batch, chunk, index), said in sifted.contested]
    picture = fold_record(ACCOUNT, entries)
    spoken = {(field, voice, r.value) for (field, voice), r in picture.registers.items() if voice and r.value}
    return {**sifted.said_once, **picture.shown_values()}, spoken | set(sifted.spoken)


@given(BATCHES)
def test_sifting_ends_where_the_whole_fold_ends(batches: list[list[Statement]]) -> None:
    chunks, readings = _placed(batches)
    sifted = sift(chunks)
    if sifted is None:
        return
    entries: list[Entry] = [
        entry for number, reading in readings.items() for entry in reading.entries(0, batches[number - 1])
    ]
    whole = fold_record(ACCOUNT, entries)
    spoken = {(field, voice, r.value) for (field, voice), r in whole.registers.items() if voice and r.value}
    assert _through_sifting(sifted, readings) == (whole.shown_values(), spoken)
    contested = [readings[batch].entry(chunk, index, said) for (batch, chunk, index), said in sifted.contested]
    stands = bool(contested) and fold_record(ACCOUNT, contested).exists
    assert (sifted.is_there or bool(sifted.said_once) or stands) == whole.exists


def test_a_record_that_somebody_took_away_is_folded_as_a_whole() -> None:
    chunks, _ = _placed([[Statement(ACCOUNT, "name", "a")], [Statement(ACCOUNT, "_exists", "no")]])
    assert sift(chunks) is None
