"""Ids tell nothing, collide with nothing, and are the same wherever the secret is known."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.ids import derived_id, keyed_digest, kind_of, paired_id, random_id, short_check

SHAPE = re.compile(r"account:[0-9a-hjkmnp-tv-z]{26}")
parts = st.lists(st.text(), max_size=3)


def test_random_ids_differ_and_have_one_shape() -> None:
    ids = {random_id("account") for _ in range(500)}
    assert len(ids) == 500
    assert all(SHAPE.fullmatch(each) for each in ids)
    assert kind_of(ids.pop()) == "account"


@given(parts, parts)
def test_derived_ids_agree_exactly_where_the_parts_do(one: list[str], other: list[str]) -> None:
    assert SHAPE.fullmatch(derived_id("account", b"s", *one))
    assert (derived_id("account", b"s", *one) == derived_id("account", b"s", *other)) == (one == other)


def test_where_one_part_ends_matters() -> None:
    assert keyed_digest(b"s", "ab", "c") != keyed_digest(b"s", "a", "bc") != keyed_digest(b"s", "abc")


def test_kind_and_secret_go_into_the_id() -> None:
    assert (
        len({derived_id("account", b"s", "1"), derived_id("contact", b"s", "1"), derived_id("account", b"t", "1")}) == 3
    )
    assert paired_id("scope", "partner:1", "account:1") != paired_id("scope", "account:1", "partner:1")


def test_half_a_surrogate_in_a_row_key_is_no_crash() -> None:
    assert derived_id("account", b"s", "\ud800") != derived_id("account", b"s", "\ufffd")


def test_the_check_notices_a_slip() -> None:
    assert len(short_check("a1")) == 2
    assert len({short_check(f"row {number}") for number in range(200)}) > 150
