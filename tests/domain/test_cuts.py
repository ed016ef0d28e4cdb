"""Cuts, chains and forks, whatever order the batches arrive in."""

from __future__ import annotations

from itertools import permutations

import pytest

from accountplanner.domain.batches import Header
from accountplanner.domain.cuts import Chains, Head, Place, covers, virtual_chain
from accountplanner.domain.entries import BatchReading
from accountplanner.domain.statements import Entry, Statement, united

# A log that forks after its first batch and once more in one branch: (sequence, predecessor, digest).
LOG = ((1, "", "a"), (2, "a", "b"), (3, "b", "c"), (2, "a", "x"), (3, "x", "y"), (3, "x", "z"))
ANCESTORS = {"a": "a", "b": "ab", "c": "abc", "x": "ax", "y": "axy", "z": "axz"}


def placed(order: tuple[tuple[int, str, str], ...]) -> Chains | None:
    chains = Chains()
    for sequence, previous, digest in order:
        if chains.lacks(sequence, previous, ()):
            return None
        chains.add("A", sequence, previous, digest)
    return chains


def test_every_order_of_a_forked_log_knows_the_same_ancestors() -> None:
    tried = [chains for order in permutations(LOG) if (chains := placed(order)) is not None]
    assert len(tried) > 10
    for chains in tried:
        for sequence, _, digest in LOG:
            cut = chains.local((Head("A", sequence, digest),))
            assert {other for _, _, other in LOG if covers(cut, chains.places[other])} == set(ANCESTORS[digest])
        assert {head.digest for head in chains.heads()} == {"c", "y", "z"}


def test_two_first_batches_are_a_fork_too() -> None:
    chains = Chains()
    chains.add("A", 1, "", "a")
    chains.add("A", 1, "", "b")
    assert not covers(chains.local((Head("A", 1, "a"),)), chains.places["b"])
    assert len(chains.heads()) == 2


def test_a_batch_held_already_keeps_its_place() -> None:
    chains = Chains()
    first = chains.add("A", 1, "", "a")
    assert chains.add("A", 1, "", "a") == first == Place("A", 1)
    assert not chains.forks


def test_what_is_missing_is_named() -> None:
    chains = Chains()
    cut = (Head("B", 4, "b4"), Head("~erp", 2, ""))
    assert chains.lacks(2, "a1", [cut, (Head("C", 1, "c1"),)]) == ["a1", "b4", "c1"]
    assert chains.lacks(1, "", []) == []


def test_an_unknown_head_covers_nothing() -> None:
    assert Chains().local((Head("B", 4, "b4"),)) == {}


def test_a_foreign_file_has_seen_the_files_before_it_and_nothing_else() -> None:
    chain = virtual_chain("erp")
    (entry,) = read_of("A", 5, Statement("account:1", "name", "Acme", basis=f"{chain}:3"))
    assert (entry.envelopes, entry.cut) == ((("A", 5), (chain, 3)), {chain: 2})


def test_an_edited_cell_has_seen_what_its_export_had() -> None:
    chains = Chains()
    chains.add("B", 1, "", "b1")
    header = Header("team", "A", 1, "", (), "", ((2, ""),), bases=(("export:1", (Head("B", 1, "b1"),)),))
    said = [Statement("account:1", "name", value, basis=basis) for value, basis in (("x", "export:1"), ("y", "other"))]
    known, unknown = BatchReading(header, "d", Place("A", 1), chains, 1).entries(0, said)
    assert (known.cut, unknown.cut) == ({"B": 1}, {})


def read_of(replica: str, sequence: int, *said: Statement) -> list[Entry]:
    header = Header("team", replica, sequence, "", (), "", ((len(said), ""),))
    return list(BatchReading(header, "d" * 64, Place(replica, sequence), Chains(), 1).entries(0, said))


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_one_body_keeps_every_envelope_and_the_first_day_in_every_order(order: tuple[int, ...]) -> None:
    days = ("2026-03-02", "2026-03-01", "2026-03-03")
    held = [
        Entry("m", Statement("account:1", "name", "Acme", date=day, mark="m"), ((f"R{i}", 1),), {f"R{i}": 4}, i)
        for i, day in enumerate(days)
    ]
    (entry,) = united(held[place] for place in order)
    assert set(entry.envelopes) == {("R0", 1), ("R1", 1), ("R2", 1)}
    assert (entry.statement.date, entry.arrived, entry.cut) == ("2026-03-01", 0, {"R0": 4, "R1": 4, "R2": 4})
