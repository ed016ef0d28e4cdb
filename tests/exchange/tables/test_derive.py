"""Bad cells cost themselves, bad keys their row, and both are listed with their place."""

import pytest

from accountplanner.domain.ids import derived_id
from accountplanner.domain.problems import Problem
from accountplanner.exchange.reading.raw import DamagedCell, RawRow, RawTable
from accountplanner.exchange.tables.derivation import rejected_rows
from accountplanner.exchange.tables.derive import derive_records
from accountplanner.exchange.tables.mapping import Join, RecordMapping, Reference, TableMapping, TableSpec

SECRET = b"secret"
ACCOUNTS = TableSpec(
    "accounts",
    ("accounts",),
    ("No", "Name"),
    (RecordMapping("account", ("No",), {"name": "Name", "employees": "Staff", "contract_end": "Until"}),),
)
CASES = TableSpec(
    "cases",
    ("cases",),
    ("Case", "Customer"),
    (
        RecordMapping(
            "case",
            ("Case",),
            {"title": "Title", "amount": "Amount"},
            fixed={"state": "open"},
            references=(Reference("account", "accounts", "account", ("Customer",), required=True),),
        ),
    ),
)
MAPPING = TableMapping("crm", "crm", "EUR", (ACCOUNTS, CASES), blanks=("NULL", "n/a"))


def table(name: str, header: str, *rows: str, separator: str = "") -> RawTable:
    listed = tuple(RawRow(number, tuple(row.split(","))) for number, row in enumerate(rows, 2))
    return RawTable(name, tuple(header.split(",")), listed, separator=separator)


def test_a_bad_cell_costs_its_own_value_only() -> None:
    derived = derive_records([table("accounts", "No,Name,Staff,Until", "1,Acme,many,2026-11-22")], MAPPING, SECRET)
    assert derived.records[0].values == {"name": "Acme", "contract_end": "2026-11-22"}
    assert derived.problems == (Problem("accounts", 2, "Staff", "many", "a whole number"),)


def test_a_row_with_a_bad_cell_can_be_written_out_mended_and_brought_again() -> None:
    header = "No,Name,Staff,Until"
    first = derive_records([table("accounts", header, "1,Acme,many,2026-11-22", "2,Bolt,3,")], MAPPING, SECRET)
    (written,) = rejected_rows(first)
    assert written.rows == (("Staff: found “many”, expected a whole number", "1", "Acme", "many", "2026-11-22"),)
    mended = table("rejected", ",".join(written.header), "mended,1,Acme,12,2026-11-22")
    again = derive_records([mended], MAPPING, SECRET)
    assert again.records[0].record == first.records[0].record
    assert again.records[0].values["employees"] == "12"
    assert not again.rejected


def test_a_cell_that_shows_an_error_states_nothing() -> None:
    broken = RawTable("accounts", ("No", "Name"), (RawRow(2, ("1", ""), (DamagedCell(1, "#REF!"),)),))
    derived = derive_records([broken], MAPPING, SECRET)
    assert derived.records[0].values == {}
    assert derived.problems == (Problem("accounts", 2, "Name", "#REF!", "a value", "damaged"),)


def test_blanks_state_nothing() -> None:
    derived = derive_records([table("accounts", "No,Name,Staff,Until", "1,Acme,NULL,n/a", "2, ,,")], MAPPING, SECRET)
    assert [each.values for each in derived.records] == [{"name": "Acme"}, {}]
    assert not derived.problems


def test_a_row_without_its_key_is_rejected() -> None:
    derived = derive_records([table("accounts", "No,Name", ",Acme", "2,Bolt")], MAPPING, SECRET)
    assert [each.row_key for each in derived.records] == [("2",)]
    assert derived.problems[0].code == "key"
    assert derived.rejected[0].row == 2


def test_a_repeated_row_is_taken_once() -> None:
    derived = derive_records([table("accounts", "No,Name", "1,Acme", "1,Acme")], MAPPING, SECRET)
    assert len(derived.records) == 1
    assert not derived.problems


def test_two_rows_with_one_key_and_different_things_to_say() -> None:
    derived = derive_records([table("accounts", "No,Name", "1,Acme", "1,Other")], MAPPING, SECRET)
    assert [each.values["name"] for each in derived.records] == ["Acme"]
    assert derived.problems[0].code == "duplicate"
    assert "row 2 has the same key" in derived.rejected[0].reasons[0]


def test_a_required_reference_into_nothing_rejects_the_row() -> None:
    tables = [
        table("accounts", "No,Name", "1,Acme"),
        table("cases", "Case,Customer,Title", "A,1,Late", "B,9,Lost", "C,,x"),
    ]
    derived = derive_records(tables, MAPPING, SECRET)
    assert [each.row_key for each in derived.records if each.kind == "case"] == [("A",)]
    assert [(each.row, each.column, each.found) for each in derived.problems] == [
        (3, "Customer", "9"),
        (4, "Customer", ""),
    ]
    assert [each.row for each in derived.rejected] == [3, 4]


def test_references_into_a_table_that_is_not_here_are_judged_by_what_is_known() -> None:
    cases = table("cases", "Case,Customer,Title,Amount", "A,1,Late,12.5")
    account = derived_id("account", SECRET, "crm/accounts", "1")
    taken = derive_records([cases], MAPPING, SECRET)
    assert taken.records[0].values == {"title": "Late", "amount": "12.50 EUR", "state": "open", "account": account}
    assert derive_records([cases], MAPPING, SECRET, known={account}).records == taken.records
    assert not derive_records([cases], MAPPING, SECRET, known=set()).records


def test_the_same_row_makes_the_same_record_for_everybody_with_the_secret() -> None:
    rows = [table("accounts", "No,Name", "1,Acme")]
    assert derive_records(rows, MAPPING, SECRET) == derive_records(rows, MAPPING, SECRET)
    assert (
        derive_records(rows, MAPPING, b"another").records[0].record
        != derive_records(rows, MAPPING, SECRET).records[0].record
    )


def test_capitals_and_signs_in_headers_do_not_count() -> None:
    derived = derive_records([table("ACCOUNTS", "no.,NAME", "1,Acme")], MAPPING, SECRET)
    assert derived.records[0].values == {"name": "Acme"}


def test_unknown_tables_and_columns_are_named() -> None:
    tables = [table("accounts", "No,Name,Shoe size", "1,Acme,44"), table("weather", "Day,Rain", "1,2")]
    derived = derive_records(tables, MAPPING, SECRET)
    assert derived.unrecognised == ("weather",)
    assert derived.unmapped == (("accounts", ("Shoe size",)),)


def test_a_text_row_with_too_few_cells_is_rejected() -> None:
    full = [f"{number},Name,5" for number in range(5)]
    derived = derive_records(
        [table("accounts", "No,Name,Staff", *full, "torn by a line break", separator=",")], MAPPING, SECRET
    )
    assert len(derived.records) == 5
    assert derived.problems[0].sentence() == "accounts, row 7: found “1 cell”, expected 3, as in the header"


def test_text_that_leaves_out_empty_cells_at_the_end_is_taken() -> None:
    short = [f"{number},Name" for number in range(5)]
    derived = derive_records([table("accounts", "No,Name,Staff", *short, separator=",")], MAPPING, SECRET)
    assert len(derived.records) == 5


@pytest.mark.parametrize("order", ["7,", "8,1"])
def test_a_line_without_its_order_is_rejected(order: str) -> None:
    orders = TableSpec("orders", ("orders",), ("Order", "Customer"))
    lines = TableSpec(
        "lines",
        ("lines",),
        ("Order", "Item"),
        (
            RecordMapping(
                "purchase",
                ("Order", "Item"),
                {"unit_price": "Price", "quantity": "Qty"},
                references=(Reference("account", "accounts", "account", ("Customer",), required=True),),
                line_amount="amount",
            ),
        ),
        Join("orders", "Order"),
    )
    mapping = TableMapping("shop", "shop", "EUR", (orders, lines))
    tables = [table("orders", "Order,Customer", order), table("lines", "Order,Item,Price,Qty", "7,a,2.5,3")]
    derived = derive_records(tables, mapping, SECRET)
    assert not derived.records
    assert len(derived.rejected) == 1
    good = derive_records([table("orders", "Order,Customer", "7,1"), tables[1]], mapping, SECRET)
    assert good.records[0].values["amount"] == "7.50 EUR"
