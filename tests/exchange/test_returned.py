"""What people and programs do to a workbook, and what is and is not taken for an edit."""

import json
import zlib
from pathlib import Path

import pytest
from tests.exchange.returning import Exported, OpenBy, exported, facts_of, picture

from accountplanner.exchange.contract import SYNC_SHEET, WorkbookKind
from accountplanner.exchange.projection import project_team
from accountplanner.exchange.reading.cells import Number
from accountplanner.exchange.reading.content import take_file
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.returned.findings import EXPORT_KNOWN, INTACT, KEYS_ONLY, NOTHING
from accountplanner.exchange.returned.read import read_returned
from accountplanner.exchange.returned.recognition import Shower
from accountplanner.exchange.sync import read_sync, sync_rows

# --- nothing was changed --------------------------------------------------------------------------------------------


def test_an_untouched_workbook_says_nothing(team_export: Exported, partner_export: Exported) -> None:
    for export in (team_export, partner_export):
        returned = export.read()
        assert (returned.tier, returned.changes, returned.keyless, returned.missing, returned.held) == (
            0,
            (),
            (),
            (),
            (),
        )
        assert returned.notices == ()
        assert returned.cells > 50


def test_a_save_by_another_program_says_nothing(team_export: Exported, open_by: OpenBy) -> None:
    returned = team_export.read(open_by(team_export).save())
    assert (returned.tier, returned.changes, returned.keyless, returned.missing) == (0, (), (), ())


def test_what_programs_do_to_values_by_themselves_is_no_edit(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    for header, value in (
        ("City", " Ort 1\u00a0 "),
        ("Key problems as they see them", "Late on Mondays.\r\nNobody calls.  "),
        ("Annual revenue", 1500.4999999999998),
        ("Contract runs until", "2027-03-02"),
        ("Tier", "a"),
        ("Tags", "fish;wholesale"),
    ):
        person.write("Accounts", "Borealis", header, value)
    person.write("Accounts", "Alpine Foods", "Annual revenue", "500.50 EUR")
    assert team_export.read(person.save()).changes == ()


def test_blank_cells_missing_columns_errors_and_formulas_state_nothing(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", "Borealis", "City", None)
    person.write("Accounts", "Esker", "City", "   ")
    person.write("Accounts", "Hav", "City", "=1+1")
    person.write("Accounts", "Isbre", "City", "#REF!")
    person.sheet("Accounts").cell(person.row("Accounts", "Isbre"), person.column("Accounts", "City")).data_type = "e"
    person.sheet("Accounts").delete_cols(person.column("Accounts", "Phone"))
    returned = team_export.read(person.save())
    assert returned.changes == ()
    assert sorted(notice.code for notice in returned.notices) == ["error", "error", "missing"]


# --- somebody rearranged it -----------------------------------------------------------------------------------------


def test_rows_columns_and_sheets_may_stand_in_any_order_under_any_name(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", "Borealis", "City", "Oslo")
    sheet = person.sheet("Accounts")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    backwards = [rows[0], *reversed(rows[1:])]
    for number, row in enumerate(backwards, 1):
        for column, value in enumerate(reversed(row), 1):
            sheet.cell(number, column).value = value
    sheet.title = "Sheet - Table 1"
    person.book.move_sheet(sheet, 5)
    returned = team_export.read(person.save())
    assert [(each.field, each.base, each.found) for each in returned.changes] == [("city", "Ort 1", "Oslo")]
    assert (returned.tier, returned.held, returned.missing) == (0, (), ())


def test_a_renamed_header_is_found_by_place_and_content(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", "Borealis", "City", "Oslo")
    person.sheet("Accounts").cell(1, person.column("Accounts", "City")).value = "Where?"
    returned = team_export.read(person.save())
    assert [(each.field, each.found, each.doubt) for each in returned.changes] == [("city", "Oslo", "")]


def test_an_inserted_column_is_nobodys_answer(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    sheet = person.sheet("Accounts")
    sheet.insert_cols(3)
    sheet.cell(1, 3).value = "My remarks"
    sheet.cell(2, 3).value = "call them"
    returned = team_export.read(person.save())
    assert returned.changes == ()
    (added,) = returned.added
    assert (added.header, [(cell.text, cell.title) for cell in added.cells]) == (
        "My remarks",
        [("call them", "Alpine Foods")],
    )


def test_rows_sorted_without_their_keys_are_held_and_recognised(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    sheet = person.sheet("Accounts")
    rows = [[cell.value for cell in row][1:] for row in sheet.iter_rows(min_row=2, max_row=11)]
    rows = rows[3:] + rows[:3]
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 2):
            sheet.cell(number, column).value = value
    returned = team_export.read(person.save())
    assert len(returned.held) == 1
    assert "sorted without column A" in returned.held[0]
    assert returned.changes == ()
    assert returned.missing == ()


def test_one_column_sorted_by_itself_is_held(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    sheet, column = person.sheet("Accounts"), person.column("Accounts", "Phone")
    values = [sheet.cell(row, column).value for row in range(2, 12)]
    for row, value in enumerate(reversed(values), 2):
        sheet.cell(row, column).value = value
    assert any("sorted by itself" in sentence for sentence in team_export.read(person.save()).held)


def test_a_column_cleared_whole_is_held(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    for row in range(2, 12):
        person.write("Accounts", row, "Phone", "(clear)")
    assert any("was cleared" in sentence for sentence in team_export.read(person.save()).held)


def test_a_lost_key_is_found_by_content_and_doubted(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    row = person.row("Accounts", "Borealis")
    person.write("Accounts", row, "City", "Oslo")
    person.sheet("Accounts").cell(row, 1).value = None
    returned = team_export.read(person.save())
    assert [(each.field, each.found, bool(each.doubt)) for each in returned.changes] == [("city", "Oslo", True)]
    assert (returned.keyless, returned.missing) == ((), ())


def test_a_copied_row_with_other_content_is_a_new_row_and_an_equal_copy_is_nothing(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    sheet = person.sheet("Accounts")
    original = [cell.value for cell in sheet[person.row("Accounts", "Borealis")]]
    last = sheet.max_row
    for column, value in enumerate(original, 1):
        sheet.cell(last + 1, column).value = value
        sheet.cell(last + 2, column).value = value if column == 1 else None
    sheet.cell(last + 2, 2).value = "Nordlys"
    sheet.cell(last + 2, person.column("Accounts", "City")).value = "Tromsø"
    returned = team_export.read(person.save())
    assert returned.changes == ()
    assert [dict(row.cells)["name"] for row in returned.keyless] == ["Nordlys"]


def test_rows_taken_out_are_proposed_and_many_are_held(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.sheet("Accounts").delete_rows(person.row("Accounts", "Borealis"))
    assert [row.title for row in team_export.read(person.save()).missing] == ["Borealis"]
    person.sheet("Contacts").delete_rows(2, 40)
    person.sheet("Accounts").delete_rows(2, 5)
    assert any("not in the workbook any more" in sentence for sentence in team_export.read(person.save()).held)


def test_a_sheet_taken_out_removes_nothing(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    del person.book["Contacts"]
    returned = team_export.read(person.save())
    assert returned.missing == ()
    assert [notice.code for notice in returned.notices] == ["missing"]


# --- what we wrote into it is gone ----------------------------------------------------------------------------------


def test_without_the_hidden_sheet_the_exporter_has_the_base_and_others_wait(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    del person.book[SYNC_SHEET]
    person.write("Accounts", "Borealis", "City", "Oslo")
    path = person.save()
    assert team_export.read(path).tier == KEYS_ONLY
    assert team_export.read(path).waits
    returned = team_export.read(path, stored=True)
    assert returned.tier == EXPORT_KNOWN
    assert [each.found for each in returned.changes] == ["Oslo"]


def test_a_forged_base_is_not_believed(partner_export: Exported, open_by: OpenBy) -> None:
    person = open_by(partner_export)
    sheet = person.sheet(SYNC_SHEET)
    manifest, payload = read_sync(tuple(str(cell.value) for cell in row) for row in sheet.iter_rows())  # type: ignore[misc]
    assert manifest is not None
    assert payload is not None
    forged = json.loads(zlib.decompress(payload))
    forged["sheets"][0]["rows"][0][1] = "Another name"
    for number, row in enumerate(sync_rows(manifest, zlib.compress(json.dumps(forged).encode())), 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    path = person.save()
    assert partner_export.read(path).tier == KEYS_ONLY
    assert partner_export.read(path, stored=True).tier == EXPORT_KNOWN
    assert partner_export.read(path, stored=True).changes == ()


def test_without_any_trace_of_us_it_is_a_foreign_table(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    for name in person.book.sheetnames:
        if name != "Accounts":
            del person.book[name]
    person.sheet("Accounts").delete_cols(1)
    properties = person.book.custom_doc_props  # type: ignore[attr-defined] # newer than the types
    for name in list(properties.names):
        del properties[name]
    assert team_export.read(person.save()).tier == NOTHING


def test_the_guarded_child_asks_its_parent_for_the_base(partner_export: Exported, tmp_path: Path) -> None:
    returned = read_returned(take_file(partner_export.path), partner_export.answer)
    assert (returned.tier, returned.changes) == (INTACT, ())
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(partner_export.path.read_bytes()[:5_000])
    with pytest.raises(FileRefusedError, match=r"“broken.xlsx” cannot be read"):
        read_returned(take_file(broken), partner_export.answer)


@pytest.mark.parametrize(
    ("found", "base"),
    [
        ("93.900000000000006", "93.90 EUR"),
        ("706.5599999999999", "706.56"),
        ("--5.0", "--5.0"),
        ("1.\u00b2", "1.\u00b2"),
    ],
)
def test_rows_are_looked_up_by_numbers_however_many_digits_a_program_writes(found: str, base: str) -> None:
    shower = Shower([{}])
    assert shower.found(Number(found)) == shower.canonical(0, base)


def test_the_hidden_sheet_of_another_export_is_told_and_the_rows_stay_their_own(
    team_export: Exported, open_by: OpenBy, tmp_path: Path
) -> None:
    other = exported(tmp_path / "other.xlsx", project_team(facts_of(WorkbookKind.TEAM, number=2), picture(), b"team"))
    person = open_by(team_export)
    hidden = person.sheet(SYNC_SHEET)
    hidden.delete_rows(1, hidden.max_row)
    for row in open_by(other).sheet(SYNC_SHEET).iter_rows(values_only=True):
        hidden.append(row)
    person.write("Accounts", "Borealis", "City", "Hamar")
    returned = team_export.read(person.save(), stored=True)
    assert (returned.tier, returned.missing) == (EXPORT_KNOWN, ())
    assert [change.found for change in returned.changes] == ["Hamar"]
    (held,) = returned.held
    assert f"hidden sheet of export {other.record.facts.short}" in held
