"""Mappings as people save them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.exchange.tables.mapping import Join, RecordMapping, Reference, Rejoined, TableMapping, TableSpec
from accountplanner.exchange.tables.mapping_text import (
    MappingRefusedError,
    read_mapping,
    shipped_mappings,
    write_mapping,
)

SMALL = """
name = "mine"
source = "crm"
[[table]]
label = "a"
header = ["No"]
[[table.record]]
kind = "account"
key = ["No"]
fields = { name = "Name" }
"""
_text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
_texts = st.lists(_text, max_size=3).map(tuple)


def test_a_small_mapping() -> None:
    mapping = read_mapping(SMALL)
    assert mapping.currency == "", "the team's own"
    assert mapping.spec("a").records[0].fields == {"name": "Name"}


def test_northwind_is_built_in_and_reads_back() -> None:
    mapping = shipped_mappings()["northwind"]
    assert read_mapping(write_mapping(mapping)) == mapping


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("[[table]]", "[[table"), "no valid TOML"),
        (('name = "mine"', ""), "lacks “name”"),
        (('"account"', '"acount"'), "is no record kind"),
        (("{ name", "{ nmae"), "there is no field “nmae” among those of"),
        (('key = ["No"]', "key = []"), "key columns are missing for"),
        (('key = ["No"]', 'key = "No"'), "should be a list"),
        (('name = "mine"', 'name = "mine"\nformat = 9'), "newer version"),
        (('header = ["No"]', 'header = ["No"]\njoin = { table = "b", on = "No" }'), "no table “b”"),
        (('label = "a"', "label = 5\nrecord = 7"), "wrong form|no valid TOML"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(MappingRefusedError, match=reason):
        read_mapping(SMALL.replace(*change, 1))


@given(name=_text, currency=_text, names=_texts, columns=_texts, pieces=_texts, key=_text)
def test_any_mapping_reads_back(
    name: str, currency: str, names: tuple[str, ...], columns: tuple[str, ...], pieces: tuple[str, ...], key: str
) -> None:
    record = RecordMapping(
        "contact",
        (key, *columns),
        {"title": key},
        {"name": (key, name)},
        {"state": name},
        (Reference("account", name, "account", columns, required=True),),
        only_with=names,
    )
    spec = TableSpec(name, names, columns, (record,), Join(name, key), names, (Rejoined(key, pieces),))
    mapping = TableMapping(name, name, currency, (spec,), names, key)
    assert read_mapping(write_mapping(mapping)) == mapping
