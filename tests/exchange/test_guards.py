"""What a workbook refuses to have typed into it, and what stays possible all the same: as openpyxl reads the file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from accountplanner.exchange.base import encode_base
from accountplanner.exchange.contract import LISTS_SHEET, WorkbookKind
from accountplanner.exchange.export_record import ExportFacts
from accountplanner.exchange.keys import parse_key
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import project_partner, project_team
from accountplanner.exchange.sync import Manifest
from accountplanner.exchange.writing.plan import plan_workbook
from accountplanner.exchange.writing.workbook import drawn

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from accountplanner.exchange.projection import Content

PARTNER = "partner:" + "p" * 26
NAMES = ("Alpine", "Borealis", "Contoso")


class Told(NamedTuple):
    """What a cell does with what is typed into it: the kind of check, how strict it is, its formula."""

    kind: str
    style: str
    formula: str


def accounts() -> list[PlainRecord]:
    return [PlainRecord("account", f"account:{name[0].lower() * 26}", {"name": name, "city": "Oslo"}) for name in NAMES]


def book_of(content: Content) -> openpyxl.Workbook:
    manifest = Manifest(content.facts.short, content.facts.export_id, content.facts.kind.value)
    return openpyxl.load_workbook(io.BytesIO(drawn(plan_workbook(content, manifest, encode_base(content)))))


@pytest.fixture(scope="module")
def partners() -> openpyxl.Workbook:
    """A partner's workbook of three accounts, of which two are asked about."""
    facts = ExportFacts("export:" + "7" * 26, WorkbookKind.PARTNER, b"s", (), "2026-11-22", partner=PARTNER)
    records = accounts()
    asked = [records[0].id, records[2].id]
    return book_of(project_partner(facts, records, b"a", frozenset(each.id for each in records), asked=asked))


@pytest.fixture(scope="module")
def teams() -> openpyxl.Workbook:
    note = PlainRecord("note", "note:" + "n" * 26, {"text": "said"})
    facts = ExportFacts("export:" + "7" * 26, WorkbookKind.TEAM, b"s", (), "2026-11-22")
    return book_of(project_team(facts, [*accounts(), note], b"a"))


def under(sheet: Worksheet, header: str, row: int = 2) -> Told | None:
    """The check of one cell, found by the header above it."""
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    place = sheet.cell(row, column).coordinate
    found = [each for each in sheet.data_validations.dataValidation if place in each.sqref]
    assert len(found) <= 1, "two checks on one cell damage a file"
    return Told(found[0].type, found[0].errorStyle or "stop", found[0].formula1) if found else None


def test_a_partners_sheets_are_protected_and_can_be_sorted(partners: openpyxl.Workbook) -> None:
    for name in ("Accounts", "Contacts", "Partner notes", "Registrations"):
        sheet = partners[name]
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        allowed = ("sort", "autoFilter", "formatCells", "formatColumns", "insertRows", "deleteRows", "objects")
        assert [each for each in allowed if getattr(protection, each)] == [], "true stands for forbidden"
        assert all(cell.protection.locked for cell in sheet[1])
        assert not any(cell.protection.locked for row in sheet.iter_rows(min_row=2) for cell in row), name
        beside = sheet.column_dimensions[get_column_letter(sheet.max_column + 1)]
        assert (beside.max, beside.protection.locked) == (16_384, False), "a row with a locked cell cannot be taken out"


def test_headers_and_keys_take_no_typing_in_any_workbook(partners: openpyxl.Workbook, teams: openpyxl.Workbook) -> None:
    for sheet in (partners["Accounts"], teams["Accounts"], teams["Notes"]):
        never = Told("custom", "stop", "1=0")
        assert {under(sheet, str(cell.value), row=1) for cell in sheet[1]} == {never}
        assert under(sheet, "Key") == never


def test_what_a_partner_only_reads_takes_no_typing_and_questions_do(partners: openpyxl.Workbook) -> None:
    sheet = partners["Accounts"]
    assert under(sheet, "City") == Told("custom", "stop", "1=0")
    phone = under(sheet, "Phone")
    assert phone is not None
    assert phone[:2] == ("custom", "stop")
    assert phone.formula.startswith('OR(LEFT($A2,1)="n",COUNTIF(')
    listed = next(row for row in partners[LISTS_SHEET].iter_cols(values_only=True) if row[0] == "asked in Accounts")
    keys = [parse_key(str(row[0].value)) for row in sheet.iter_rows(min_row=2) if row[1].value != "Borealis"]
    asked = {key.alias for key in keys if key is not None}
    assert len(asked) == 2
    assert {each for each in listed[1:] if each} == asked
    assert under(sheet, "How satisfied are they with us") == Told(
        "list", "warning", under_list(partners, "account.satisfaction")
    )


def under_list(book: openpyxl.Workbook, name: str) -> str:
    """Where the items of a drop-down stand."""
    for column in book[LISTS_SHEET].iter_cols():
        if column[0].value == name:
            items = [cell for cell in column[1:] if cell.value]
            return f"'{LISTS_SHEET}'!${items[0].column_letter}$2:${items[-1].column_letter}${items[-1].row}"
    raise KeyError(name)


def test_names_are_typed_into_new_rows_of_a_partners_contacts_only(partners: openpyxl.Workbook) -> None:
    assert under(partners["Contacts"], "Name") == Told("custom", "stop", 'LEFT($A2,1)="n"')


def test_a_colleagues_sheets_are_open_and_the_structure_of_every_workbook_is_locked(
    partners: openpyxl.Workbook, teams: openpyxl.Workbook
) -> None:
    assert not any(sheet.protection.sheet for sheet in teams)
    assert under(teams["Accounts"], "City") is None
    for book in (partners, teams):
        assert book.security.lockStructure
        assert book.security.workbookPassword is None


def test_a_note_that_stands_takes_no_typing_and_a_new_row_does(teams: openpyxl.Workbook) -> None:
    assert under(teams["Notes"], "Note") == Told("custom", "stop", 'LEFT($A2,1)="n"')
