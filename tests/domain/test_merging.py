"""Merged sets are the same whatever the order of their links, and end with the last link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.merging import members_of, pair_of, roots_of
from accountplanner.domain.statements import SAME_AS, same_as

if TYPE_CHECKING:
    from random import Random

records = st.integers(1, 9).map("account:{}".format)
links = st.lists(st.tuples(records, records), max_size=12)


@given(links, st.randoms(use_true_random=False))
def test_the_lowest_id_names_the_set_in_every_order(pairs: list[tuple[str, str]], random: Random) -> None:
    roots = roots_of(pairs)
    shuffled = [pair[::-1] for pair in pairs]
    random.shuffle(shuffled)
    assert roots_of(shuffled) == roots
    grown: list[set[str]] = []
    for pair in pairs:
        touching = [group for group in grown if group & set(pair)]
        grown = [group for group in grown if group not in touching] + [set(pair).union(*touching)]
    assert roots == {record: min(group) for group in grown for record in group}
    for group in grown:
        assert members_of(min(group), roots) == tuple(sorted(group))


def test_a_link_stands_at_the_lower_id_whoever_draws_it() -> None:
    assert same_as("account:2", "account:1") == same_as("account:1", "account:2")
    assert pair_of("account:1", f"{SAME_AS}account:2") == ("account:1", "account:2")
    assert pair_of("account:1", "name") is None


def test_a_record_without_links_is_alone() -> None:
    assert members_of("account:1", {}) == ("account:1",)
