"""A sheet of ours without its keys is told from somebody's own list by its headers."""

from __future__ import annotations

import pytest

from accountplanner.exchange.contract import partner_sheets, team_sheets
from accountplanner.exchange.departments import DEPARTMENT_LABELS, department_sheets
from accountplanner.exchange.reading.raw import RawTable
from accountplanner.exchange.tables.mapping_text import shipped_mappings
from accountplanner.exchange.tables.stripped import is_stripped

SHEETS = [
    layout
    for layouts in (team_sheets(), partner_sheets(), *(department_sheets(each) for each in DEPARTMENT_LABELS))
    for layout in layouts
]


def table(*header: str, name: str = "Sheet1") -> RawTable:
    return RawTable(name, header, ())


def test_every_sheet_of_every_shape_is_known_with_its_key_column_and_without() -> None:
    for layout in SHEETS:
        headers = [column.header for column in layout.columns]
        assert is_stripped(table(*headers, name=layout.name)), layout.name
        assert is_stripped(table("Key", *headers, "What they added", name=layout.name)), layout.name


def test_a_long_sheet_is_known_whatever_it_is_called_and_whatever_stands_behind() -> None:
    accounts = next(layout for layout in partner_sheets() if layout.kind == "account")
    headers = [column.header.upper() for column in accounts.columns]
    assert is_stripped(table(*headers[:8], "My remark", name="copy of list"))


def test_a_text_file_is_known_by_the_header_of_its_keys_alone() -> None:
    headers = tuple(column.header for column in SHEETS[0].columns)
    assert is_stripped(RawTable("list", ("Key", *headers), (), separator=";"))
    assert not is_stripped(RawTable("list", headers, (), separator=";"))


@pytest.mark.parametrize(
    "header",
    [
        ("Name", "Customer number", "City", "Phone", "Website"),
        ("Name", "Customer number", "City", "Phone", "Website", "Address", "Region"),
        ("City", "Name", "Customer number", "Phone", "Website", "Key problems as they see them"),
        ("Name", "Website", "Strengths", "Weaknesses"),
        ("Note", "Account", "Contact"),
        (),
    ],
)
def test_somebodys_own_list_is_not_taken_for_one(header: tuple[str, ...]) -> None:
    assert not is_stripped(table(*header))


def test_no_list_that_the_program_knows_by_itself_is_taken_for_one() -> None:
    for mapping in shipped_mappings().values():
        for spec in mapping.tables:
            columns = {name for record in spec.records for name in record.fields.values()}
            assert not is_stripped(table(*sorted(columns), name=spec.label))
