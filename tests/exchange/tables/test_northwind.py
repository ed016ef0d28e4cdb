"""The proof: Northwind goes in with nothing changed, and as found in the wild it ends the same."""

import csv
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from accountplanner.domain.ids import derived_id
from accountplanner.exchange.reading.files import tables_of
from accountplanner.exchange.reading.raw import RawRow, RawTable
from accountplanner.exchange.tables.derivation import RowRecord, TableDerivation, rejected_rows
from accountplanner.exchange.tables.derive import derive_records
from accountplanner.exchange.tables.mapping import TableMapping
from accountplanner.exchange.tables.mapping_text import read_mapping, shipped_mappings, write_mapping

DATA = Path(__file__).parents[2] / "data"
SECRET = b"the team's"
KINDS = {"account": 91, "contact": 91, "partner": 29, "colleague": 9, "offering": 85, "purchase": 2155}


@pytest.fixture(scope="module")
def mapping() -> TableMapping:
    return shipped_mappings()["northwind"].in_currency("EUR")


def lists(folder: str) -> list[RawTable]:
    return [table for path in sorted((DATA / folder).glob("*.csv")) for table in tables_of(path)]


def source(folder: str, name: str) -> list[dict[str, str]]:
    with (DATA / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def total(records: tuple[RowRecord, ...]) -> Decimal:
    return sum((Decimal(each.values["amount"].split()[0]) for each in records if each.kind == "purchase"), Decimal(0))


def by_id(derivation: TableDerivation) -> dict[str, dict[str, str]]:
    return {each.record: each.values for each in derivation.records}


@pytest.fixture(scope="module")
def clean(mapping: TableMapping) -> TableDerivation:
    return derive_records(lists("northwind"), mapping, SECRET)


def test_everything_becomes_a_record(clean: TableDerivation) -> None:
    assert Counter(each.kind for each in clean.records) == KINDS
    assert not clean.problems
    assert not clean.rejected
    assert not clean.waiting
    assert not clean.unmapped
    assert len({each.values["order_number"] for each in clean.records if each.kind == "purchase"}) == 830


def test_the_sum_agrees_to_the_cent(clean: TableDerivation) -> None:
    assert total(clean.records) == Decimal("1265793.29")


def test_a_currency_can_be_named(mapping: TableMapping) -> None:
    derived = derive_records(lists("northwind"), mapping.in_currency("USD"), SECRET)
    purchase = next(each for each in derived.records if each.kind == "purchase")
    assert purchase.values["amount"].endswith(" USD")


@pytest.mark.parametrize(
    ("name", "kind", "key", "fields"),
    [
        (
            "customers",
            "account",
            "CustomerID",
            (
                "name=CompanyName number=CustomerID address=Address city=City region=Region postal_code=PostalCode "
                "country=Country phone=Phone fax=Fax"
            ),
        ),
        ("customers", "contact", "CustomerID", "name=ContactName title=ContactTitle"),
        (
            "suppliers",
            "partner",
            "SupplierID",
            (
                "name=CompanyName contact_name=ContactName contact_title=ContactTitle address=Address city=City "
                "region=Region postal_code=PostalCode country=Country phone=Phone fax=Fax website=HomePage"
            ),
        ),
        ("employees", "colleague", "EmployeeID", "title=Title extension=Extension"),
        ("categories", "offering", "CategoryID", "name=CategoryName description=Description"),
        ("products", "offering", "ProductID", "name=ProductName unit=QuantityPerUnit"),
    ],
)
def test_every_field_reads_back_as_the_file_has_it(
    clean: TableDerivation, name: str, kind: str, key: str, fields: str
) -> None:
    pairs = [pair.split("=") for pair in fields.split()]
    found = {each.row_key[0]: each.values for each in clean.records if (each.kind, each.sheet) == (kind, name)}
    for row in source("northwind", name):
        values = found[row[key]]
        assert {field: values.get(field, "") for field, _ in pairs} == {field: row[column] for field, column in pairs}


def test_postal_codes_and_phones_stand_exactly_as_they_are(clean: TableDerivation) -> None:
    accounts = {each.row_key[0]: each.values for each in clean.records if each.kind == "account"}
    for row in source("northwind", "customers"):
        assert accounts[row["CustomerID"]].get("postal_code", "") == row["PostalCode"]
        assert accounts[row["CustomerID"]]["phone"] == row["Phone"]
    assert accounts["ANATR"]["postal_code"] == "05021"
    assert accounts["ANATR"]["city"] == "México D.F."


def test_every_order_line_keeps_price_quantity_discount_and_links(clean: TableDerivation) -> None:
    orders = {row["OrderID"]: row for row in source("northwind", "orders")}
    lines = {each.row_key: each.values for each in clean.records if each.kind == "purchase"}
    for row in source("northwind", "order-details"):
        line, order = lines[row["OrderID"], row["ProductID"]], orders[row["OrderID"]]
        assert Decimal(line["unit_price"].removesuffix(" EUR")) == Decimal(row["UnitPrice"])
        assert Decimal(line["quantity"]) == Decimal(row["Quantity"])
        assert Decimal(line["discount"]) == Decimal(row["Discount"])
        assert line["ordered_on"] == order["OrderDate"]
        assert line["account"] == derived_id("account", SECRET, "northwind/customers", order["CustomerID"])
        assert line["offering"] == derived_id("offering", SECRET, "northwind/products", row["ProductID"])
        assert line["colleague"] == derived_id("colleague", SECRET, "northwind/employees", order["EmployeeID"])


def test_people_are_named_first_name_first_and_report_to_somebody(clean: TableDerivation) -> None:
    colleagues = {each.row_key[0]: each.values for each in clean.records if each.kind == "colleague"}
    assert colleagues["1"]["name"] == "Nancy Davolio"
    assert colleagues["1"]["reports_to"] == derived_id("colleague", SECRET, "northwind/employees", "2")
    assert "reports_to" not in colleagues["2"]


@pytest.mark.parametrize("folder", ["northwind", "northwind-wild"])
def test_nothing_else_is_taken_about_employees(mapping: TableMapping, folder: str) -> None:
    derived = derive_records(lists(folder), mapping, SECRET)
    taken = {field for each in derived.records if each.kind == "colleague" for field in each.values}
    assert taken == {"name", "title", "reports_to", "extension"}


def test_the_workbook_gives_the_same_records(mapping: TableMapping, clean: TableDerivation) -> None:
    derived = derive_records(tables_of(DATA / "northwind" / "northwind.xlsx"), mapping, SECRET)
    assert by_id(derived) == by_id(clean)


def test_in_the_wild_no_shifted_cell_lands_in_a_wrong_field(mapping: TableMapping, clean: TableDerivation) -> None:
    derived = derive_records(lists("northwind-wild"), mapping, SECRET)
    whole = by_id(clean)
    assert Counter(each.label for each in derived.rejoinings) == {"customers": 24, "suppliers": 9, "orders": 176}
    assert all(each.sure for each in derived.rejoinings)
    for each in derived.records:
        assert settled(each.values).items() <= settled(whole[each.record]).items()


def test_in_the_wild_every_proposed_rejoining_is_right(mapping: TableMapping) -> None:
    derived = derive_records(lists("northwind-wild"), mapping, SECRET)
    expected = {
        label: {row[key]: list(row.values()) for row in source("northwind", label)}
        for label, key in (("customers", "CustomerID"), ("suppliers", "SupplierID"))
    }
    for each in derived.rejoinings:
        if each.label == "orders":
            assert [join.column for join in each.joins] == ["shipAddress"]
        else:
            cells = ["" if cell == "NULL" else " ".join(cell.split()) for cell in each.cells]
            assert cells == [" ".join(cell.split()) for cell in expected[each.label][each.cells[0]]]


def test_in_the_wild_ends_at_the_same_picture_once_rejoined(mapping: TableMapping, clean: TableDerivation) -> None:
    proposed = derive_records(lists("northwind-wild"), mapping, SECRET)
    derived = derive_records(lists("northwind-wild"), mapping, SECRET, proposed.rejoinings)
    assert not derived.problems
    assert not derived.rejected
    assert derived.rejoined == 209
    assert total(derived.records) == Decimal("1265793.29")
    assert {key: settled(values) for key, values in by_id(derived).items()} == {
        key: settled(values) for key, values in by_id(clean).items()
    }


def test_rejoinings_are_remembered_with_the_mapping(mapping: TableMapping) -> None:
    proposed = derive_records(lists("northwind-wild"), mapping, SECRET)
    for each in proposed.rejoinings:
        mapping = mapping.remembering(each.label, each.joins)
    again = derive_records(lists("northwind-wild"), read_mapping(write_mapping(mapping)), SECRET)
    assert (again.rejoined, len(again.rejoinings), len(again.rejected)) == (209, 0, 0)


def test_without_their_orders_the_lines_wait(mapping: TableMapping) -> None:
    tables = [table for table in lists("northwind") if table.name != "orders"]
    derived = derive_records(tables, mapping, SECRET)
    assert [each.sentence() for each in derived.waiting] == [
        "2,155 rows of order-details wait for the table “orders”; bring both in together."
    ]
    assert not derived.problems


def test_without_their_lines_the_orders_wait(mapping: TableMapping) -> None:
    tables = [table for table in lists("northwind") if table.name != "order-details"]
    derived = derive_records(tables, mapping, SECRET)
    assert [each.sentence() for each in derived.waiting] == [
        "830 rows of orders wait for the table “order-details”; bring both in together."
    ]


def test_rejected_rows_are_written_out_mended_and_brought_again(mapping: TableMapping, clean: TableDerivation) -> None:
    first = derive_records(lists("northwind-wild"), mapping, SECRET)
    (customers,) = [each for each in rejected_rows(first) if each.name == "customers"]
    assert customers.header[:2] == ("Why it was not taken", "customerID")
    assert len(customers.rows) == 24
    right = {row["CustomerID"]: tuple(row.values()) for row in source("northwind", "customers")}
    rows = tuple(RawRow(number, ("", *right[row[1]])) for number, row in enumerate(customers.rows, 2))
    mended = RawTable("customers", customers.header, rows)
    derived = derive_records([mended], mapping, SECRET)
    assert len(derived.records) == 48
    assert not derived.unmapped
    assert by_id(derived).items() <= by_id(clean).items()


def settled(values: dict[str, str]) -> dict[str, str]:
    """White space and accents aside, in which the two sources differ."""
    return {
        key: "".join(letter for letter in unicodedata.normalize("NFD", " ".join(value.split())) if letter.isascii())
        for key, value in values.items()
    }
