"""Every record kind comes in as somebody's own list: headed by the catalogue's labels, it gives exactly these records."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import record_kind, visible_kinds
from accountplanner.domain.fields import PRIVATE_UNLESS_SHARED, Field, FieldType
from accountplanner.exchange.reading.raw import RawRow, RawTable
from accountplanner.exchange.tables.derivation import TableDerivation
from accountplanner.exchange.tables.derive import derive_records
from accountplanner.exchange.tables.finding import Asking
from accountplanner.exchange.tables.headers import propose_mapping
from accountplanner.exchange.tables.mapping_text import read_mapping, write_mapping
from accountplanner.exchange.tables.settling import settled_mapping

LISTED = [kind for kind in visible_kinds() if kind != "scope"]
WORDS = st.text("abcdefgh äöü", min_size=1, max_size=12).map(str.strip).filter(bool)
NAMES = ("One", "Two", "Three")
TYPICAL = {"country": ("Germany", "FR", "Österreich"), "postal_code": ("01067", "D-80331", "SW1A 1AA")}


class Acquainted:
    """Knows three records of every kind, called `One account`, `Two account` and so on."""

    def find(self, asking: Asking) -> frozenset[str]:
        known = {f"{name} {kind}": f"{kind}:{name.lower()}" for kind in asking.kinds for name in NAMES}
        return frozenset(found for called, found in known.items() if called.casefold() == asking.text.casefold())

    def meant_before(self, _asking: Asking) -> str:
        return ""

    def account_of(self, _record: str) -> str:
        return ""


def listed_fields(kind: str) -> list[Field]:
    return [
        field for field in record_kind(kind).fields if not field.internal and field.privacy not in PRIVATE_UNLESS_SHARED
    ]


BY_TYPE: dict[FieldType, st.SearchStrategy[str]] = {
    FieldType.DATE: st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    FieldType.MONEY: st.integers(0, 10**8).map(lambda minor: f"{Decimal(minor) / 100:.2f} EUR"),
    FieldType.DECIMAL: st.integers(0, 10**5).map(lambda number: f"{Decimal(number) / 10:.1f}"),
    FieldType.YES_NO: st.sampled_from(["Yes", "No"]),
    FieldType.EMAIL: st.integers(0, 999).map("person{}@example.com".format),
    FieldType.PHONE: st.integers(10**6, 10**7).map("+49 351 {}".format),
    FieldType.URL: st.integers(0, 999).map("www.example{}.com".format),
    FieldType.LIST: st.lists(WORDS, min_size=1, max_size=3, unique=True).map("; ".join),
}


def values_of(field: Field, row: int) -> st.SearchStrategy[str]:
    """Texts that a person would write into a column of this field; free text differs from row to row."""
    if field.key in TYPICAL:
        return st.sampled_from(TYPICAL[field.key])
    if field.type is FieldType.CHOICE:
        return st.sampled_from([label for _, label in field.choices])
    if field.type is FieldType.REFERENCE:
        return st.sampled_from([f"{name} {field.refers_to[0]}" for name in NAMES])
    if field.type is FieldType.INTEGER:
        return st.integers(field.lowest or 0, 10**6 if field.highest is None else field.highest).map(str)
    return BY_TYPE.get(field.type, WORDS.map(lambda words: f"{words} {row}"))


def meant(kind: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The values of the record a row stands for."""
    values: dict[str, str] = {}
    for field in listed_fields(kind):
        if field.type is FieldType.REFERENCE:
            values[field.key] = f"{field.refers_to[0]}:{texts[field.key].split()[0].lower()}"
        else:
            values[field.key] = canonical_value(field, texts[field.key], "EUR")
    return values


def listed(kind: str, rows: list[dict[str, str]]) -> RawTable:
    fields = listed_fields(kind)
    raw = (RawRow(at, tuple(row[field.key] for field in fields)) for at, row in enumerate(rows, 2))
    return RawTable("Sheet1", tuple(field.label for field in fields), tuple(raw))


def derived(table: RawTable) -> tuple[str, TableDerivation]:
    (proposal,) = propose_mapping([table], lambda _field, _values: True)
    mapping = read_mapping(write_mapping(settled_mapping([proposal], "list", "EUR")))
    return proposal.kind, derive_records([table], mapping, b"secret", finder=Acquainted())


def one_row(kind: str, row: int) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({field.key: values_of(field, row) for field in listed_fields(kind)})


@pytest.mark.parametrize("kind", LISTED)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_list_headed_by_the_labels_gives_exactly_these_records(kind: str, data: st.DataObject) -> None:
    rows = [data.draw(one_row(kind, row)) for row in range(data.draw(st.integers(1, 3)))]
    taken_for, derivation = derived(listed(kind, rows))
    assert taken_for == kind
    assert [(each.kind, each.values) for each in derivation.records] == [(kind, meant(kind, row)) for row in rows]
    assert len({each.record for each in derivation.records}) == len(rows)
    assert (derivation.problems, derivation.unmapped) == ((), ())
