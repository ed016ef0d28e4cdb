"""What follows from what came back: the same on every laptop, and never more than was offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.returning import (
    PARTNER,
    Exported,
    OpenBy,
    account_id,
    contact_id,
    exported,
    facts_of,
    picture,
)

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.statements import EXISTS
from accountplanner.exchange.cell_reading import Meaning, Reader
from accountplanner.exchange.contract import GUIDE_SHEET, RECEIPT_SHEET, WorkbookKind
from accountplanner.exchange.derive import derive
from accountplanner.exchange.keys import spare_record
from accountplanner.exchange.projection import project_team
from accountplanner.exchange.reading.cells import CellValue, Moment, Number
from accountplanner.exchange.returned.findings import Place

if TYPE_CHECKING:
    from pathlib import Path

    from accountplanner.domain.fields import Field


def _field(kind: str, key: str) -> Field:
    field = known_field(kind, key)
    assert field is not None
    return field


# --- clean edits ----------------------------------------------------------------------------------------------------


def test_an_edit_is_a_statement_with_its_speaker_date_basis_and_mark(partner_export: Exported, open_by: OpenBy) -> None:
    person = open_by(partner_export)
    person.write("Accounts", "Borealis", "Phone", "+47 11")
    person.write("Accounts", "Borealis", "How satisfied are they with us", "Unhappy")
    derived = partner_export.derive(person.save())
    phone, satisfaction = derived.statements
    assert (phone.record, phone.field, phone.value, phone.voice) == (account_id(1), "phone", "+47 11", "")
    assert (satisfaction.field, satisfaction.value, satisfaction.voice) == ("satisfaction", "unhappy", PARTNER)
    assert {(each.speaker, each.date, each.how, each.basis) for each in derived.statements} == {
        (PARTNER, "2026-11-22", "partner", partner_export.record.export_id)
    }
    assert len(phone.mark) == 64
    assert phone.mark != satisfaction.mark


def test_a_cell_exported_in_conflict_joins_it(partner_export: Exported, team_export: Exported, open_by: OpenBy) -> None:
    for export in (partner_export, team_export):
        person = open_by(export)
        person.write("Accounts", "Delta Öl", "Phone", "+47 33")
        person.write("Accounts", "Borealis", "Phone", "+47 11")
        joins = {each.record: each.joins for each in export.derive(person.save()).statements}
        assert joins == {account_id(3): True, account_id(1): False}


def test_only_the_clear_mark_clears(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", "Borealis", "Phone", " (Clear) ")
    person.write("Accounts", "Esker", "Phone", "")
    assert [(each.field, each.value) for each in team_export.derive(person.save()).statements] == [("phone", None)]


def test_a_change_of_a_locked_cell_is_a_notice(partner_export: Exported, open_by: OpenBy) -> None:
    person = open_by(partner_export)
    person.write("Accounts", "Borealis", "City", "Oslo")
    derived = partner_export.derive(person.save())
    assert derived.statements == ()
    assert [(notice.found, notice.code) for notice in derived.notices] == [("Oslo", "locked")]
    (kept,) = derived.suggestions
    assert (kept.kind, kept.field, kept.value, kept.statements, kept.said_by) == ("value", "city", "Oslo", (), PARTNER)


def test_an_answer_in_a_row_nobody_asked_about_waits_for_a_person(partner_export: Exported, open_by: OpenBy) -> None:
    person = open_by(partner_export)
    person.write("Accounts", "Borealis", "Phone", "+47 11")
    returned = partner_export.read(person.save())
    others = partner_export.record.asked - {partner_export.alias(account_id(1))}
    derived = derive(replace(partner_export.record, asked=others), returned, "file")
    assert derived.statements == ()
    (suggestion,) = derived.suggestions
    assert [each.value for each in suggestion.statements] == ["+47 11"]
    assert suggestion.id == derive(replace(partner_export.record, asked=others), returned, "file").suggestions[0].id
    assert suggestion.id != derive(replace(partner_export.record, asked=others), returned, "other").suggestions[0].id


def test_references_lead_back_by_title_and_an_unknown_one_is_never_guessed(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    person.write("Contacts", "Kari Nordmann 1", "Account", "hav")
    person.write("Contacts", "Kari Nordmann 2", "Account", "Nobody Ltd")
    derived = team_export.derive(person.save())
    assert [each.value for each in derived.statements] == [account_id(7)]
    assert [problem.found for problem in derived.problems] == ["Nobody Ltd"]


def test_a_value_that_does_not_fit_is_a_problem_with_its_place(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", "Borealis", "Tier", "platinum")
    person.write("Accounts", "Borealis", "Annual revenue", "about 5")
    derived = team_export.derive(person.save())
    row = person.row("Accounts", "Borealis")
    assert derived.statements == ()
    assert {(each.sheet, each.row, each.column) for each in derived.problems} == {
        ("Accounts", row, "Tier"),
        ("Accounts", row, "Annual revenue"),
    }
    kept = {each.field: each for each in derived.suggestions}
    assert {(each.kind, each.record, each.statements) for each in kept.values()} == {("value", account_id(1), ())}
    assert (kept["tier"].value, kept["tier"].place) == ("platinum", Place("Accounts", row, "Tier"))
    assert kept["revenue"].reason == "found “about 5”, expected an amount such as 1234.50, with or without a currency"
    assert {each.id for each in kept.values()} == {each.id for each in team_export.derive(person.save()).suggestions}


def test_a_circle_of_parents_typed_into_a_workbook_is_refused_wherever_it_closes(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    typed = {"Borealis": "Borealis", "Hav": "Esker", "Esker": "Isbre", "Isbre": "Hav", "Jökull": "Hav"}
    for row, parent in [(person.row("Accounts", name), parent) for name, parent in typed.items()]:
        person.write("Accounts", row, "Parent account", parent)
    derived = team_export.derive(person.save())
    assert [(each.record, each.value) for each in derived.statements] == [(account_id(9), account_id(7))]
    assert {(each.found, each.expected) for each in derived.problems} == {
        ("Borealis", "another record than this one"),
        *((name, "one that does not itself stand below this record") for name in ("Esker", "Isbre", "Hav")),
    }
    assert {each.record for each in derived.suggestions} == {account_id(number) for number in (1, 4, 7, 8)}


def test_a_parent_pasted_over_hidden_rows_is_one_decision_without_the_row_it_is_itself(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    for row in [person.row("Accounts", name) for name in ("Borealis", "Esker", "Hav")]:
        person.write("Accounts", row, "Parent account", "Hav")
        person.sheet("Accounts").row_dimensions[row].hidden = True
    group, alone = team_export.derive(person.save()).suggestions
    assert {(each.record, each.value) for each in group.statements} == {
        (account_id(number), account_id(7)) for number in (1, 4)
    }
    assert (group.kind, alone.record, alone.value, alone.statements) == ("group", account_id(7), "Hav", ())


def test_half_a_circle_closes_with_what_the_workbook_showed_when_it_left(tmp_path: Path, open_by: OpenBy) -> None:
    shown = [
        replace(each, values={**each.values, "parent": account_id(1)}) if each.id == account_id(4) else each
        for each in picture()
    ]
    export = exported(tmp_path / "team.xlsx", project_team(facts_of(WorkbookKind.TEAM), shown, b"team"))
    person = open_by(export)
    person.write("Accounts", "Borealis", "Parent account", "Esker")
    derived = export.derive(person.save())
    assert derived.statements == ()
    assert [each.found for each in derived.problems] == ["Esker"]


def test_an_amount_typed_over_another_keeps_its_currency(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", "Borealis", "Annual revenue", 2000)
    assert [each.value for each in team_export.derive(person.save()).statements] == ["2000.00 EUR"]


def test_long_texts_come_back_as_one(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    text = "word " * 5_000
    person.write("Accounts", "Borealis", "Key problems as they see them", text)
    assert [each.value for each in team_export.derive(person.save()).statements] == [text.strip()]


# --- new rows -------------------------------------------------------------------------------------------------------


def test_a_filled_spare_row_is_the_same_new_record_everywhere(partner_export: Exported, open_by: OpenBy) -> None:
    person = open_by(partner_export)
    row = person.spare("Registrations")
    alias = str(person.sheet("Registrations").cell(row, 1).value).partition(".")[0]
    person.write("Registrations", row, "Customer", "Newcomer AS")
    person.write("Registrations", row, "Expected value", 5000)
    derived = partner_export.derive(person.save())
    record = spare_record(partner_export.record.facts.secret, "registration", alias, "Newcomer AS", "")
    assert {(each.record, each.field, each.value) for each in derived.statements} == {
        (record, EXISTS, "yes"),
        (record, "customer_name", "Newcomer AS"),
        (record, "expected_value", "5000.00 EUR"),
        (record, "partner", PARTNER),
    }
    assert derived.counts["new"] == 1


def test_a_new_row_may_belong_to_another_new_row(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", person.spare("Accounts"), "Name", "Newcomer AS")
    row = person.spare("Contacts")
    person.write("Contacts", row, "Name", "Ola")
    person.write("Contacts", row, "Account", "newcomer as")
    derived = team_export.derive(person.save())
    said = {(each.record.partition(":")[0], each.field): each for each in derived.statements}
    assert said["contact", "account"].value == said["account", "name"].record
    assert (derived.suggestions, derived.problems) == ((), ())


def test_a_row_that_was_there_may_name_a_new_one_by_its_title(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.write("Accounts", person.spare("Accounts"), "Name", "Newcomer AS")
    for number, name in enumerate(("Ola", "Siv")):
        row = person.spare("Contacts")
        person.write("Contacts", row + number, "Name", name)
        person.write("Contacts", row + number, "Account", "Newcomer AS")
    person.write("Contacts", person.row("Contacts", "Ola"), "Reports to", "Siv")
    person.write("Contacts", "Kari Nordmann 1", "Account", "newcomer as")
    person.write("Contacts", "Kari Nordmann 2", "Reports to", "Siv")
    derived = team_export.derive(person.save())
    new = {each.value: each.record for each in derived.statements if each.field == "name"}
    assert {
        (each.record, each.field): each.value for each in derived.statements if each.field in {"account", "reports_to"}
    } == {
        (new["Ola"], "account"): new["Newcomer AS"],
        (new["Ola"], "reports_to"): new["Siv"],
        (new["Siv"], "account"): new["Newcomer AS"],
        (contact_id(1), "account"): new["Newcomer AS"],
        (contact_id(2), "reports_to"): new["Siv"],
    }
    assert (derived.suggestions, derived.problems) == ((), ())


def test_a_title_that_two_new_rows_have_leads_nowhere(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    for number in range(2):
        person.write("Accounts", person.spare("Accounts") + number, "Name", "Newcomer AS")
    person.write("Contacts", "Kari Nordmann 1", "Account", "Newcomer AS")
    derived = team_export.derive(person.save())
    assert [(each.found, each.expected) for each in derived.problems] == [
        ("Newcomer AS", "a title that this workbook shows for exactly one record")
    ]
    assert [(each.record, each.value) for each in derived.suggestions] == [(contact_id(1), "Newcomer AS")]


def test_what_names_a_row_without_a_key_waits_with_it_and_brings_it_along(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    person.write("Accounts", person.sheet("Accounts").max_row + 3, "Name", "Newcomer AS")
    row = person.spare("Contacts")
    person.write("Contacts", row, "Name", "Ola")
    person.write("Contacts", row, "Account", "Newcomer AS")
    person.write("Contacts", "Kari Nordmann 1", "Account", "Newcomer AS")
    derived = team_export.derive(person.save())
    assert (derived.statements, derived.problems) == ((), ())
    by_kind = {each.record.partition(":")[0] + " " + each.kind: each for each in derived.suggestions}
    assert by_kind.keys() == {"account row", "contact row", "contact value"}
    account = by_kind["account row"]
    for each in (by_kind["contact row"], by_kind["contact value"]):
        assert set(account.statements) < set(each.statements)
        assert account.record in {statement.value for statement in each.statements if statement.field == "account"}


def test_a_new_row_that_belongs_to_nothing_waits_for_a_person(partner_export: Exported, open_by: OpenBy) -> None:
    person = open_by(partner_export)
    person.write("Contacts", person.spare("Contacts"), "Name", "Ola")
    person.write("Contacts", person.spare("Contacts", 1), "Name", "Per")
    person.write("Contacts", person.spare("Contacts", 1), "Account", "Borealis")
    derived = partner_export.derive(person.save())
    assert {each.value for each in derived.statements} == {"yes", "Per", account_id(1)}
    assert [(each.kind, each.value) for each in derived.suggestions] == [("row", "Ola")]
    assert "which account" in derived.suggestions[0].reason


def test_a_row_without_a_key_is_one_suggestion_whose_record_its_content_decides(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    below = person.sheet("Accounts").max_row + 3
    person.write("Accounts", below, "Name", "Nordlys")
    person.write("Accounts", below, "City", "Tromsø")
    first = team_export.derive(person.save())
    person.sheet("Accounts").insert_rows(2)
    second = team_export.derive(person.save())
    (one,), (two,) = first.suggestions, second.suggestions
    assert first.statements == second.statements == ()
    assert one.record == two.record
    assert one.statements == two.statements
    assert {each.value for each in one.statements} == {"yes", "Nordlys", "Tromsø"}


def test_a_removal_is_proposed_with_the_statement_it_would_write(team_export: Exported, open_by: OpenBy) -> None:
    person = open_by(team_export)
    person.sheet("Accounts").delete_rows(person.row("Accounts", "Borealis"))
    derived = team_export.derive(person.save())
    assert derived.statements == ()
    (removal,) = derived.removed
    assert (removal.record, removal.value) == (account_id(1), "Borealis")
    assert [(each.field, each.value) for each in removal.statements] == [(EXISTS, "no")]


def test_what_people_type_on_guide_and_receipt_is_told_and_proposed_as_a_note(
    partner_export: Exported, team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(partner_export)
    guide, receipt = person.sheet(GUIDE_SHEET), person.sheet(RECEIPT_SHEET)
    heading = next(cell for row in guide.iter_rows() for cell in row if cell.value == "What to do")
    heading.value = "  What TO do "
    guide.cell(60, 3).value = "Please call me about Borealis."
    receipt.cell(3, 4).value = "That was not my answer"
    derived = partner_export.derive(person.save())
    assert {(each.sheet, each.row, each.column, each.found, each.code) for each in derived.notices} == {
        (GUIDE_SHEET, 60, "column 3", "Please call me about Borealis.", "beside"),
        (RECEIPT_SHEET, 3, "column 4", "That was not my answer", "beside"),
    }
    assert {(each.kind, each.value, each.place.sheet) for each in derived.suggestions} == {
        ("note", "Please call me about Borealis.", GUIDE_SHEET),
        ("note", "That was not my answer", RECEIPT_SHEET),
    }
    assert {each.value for each in derived.suggestions[0].statements} == {
        "yes", f"{GUIDE_SHEET}: Please call me about Borealis.", PARTNER,
    }  # fmt: skip
    colleague = open_by(team_export)
    colleague.sheet(GUIDE_SHEET).cell(60, 3).value = "Nice!"
    (looked_at,) = team_export.derive(colleague.save()).suggestions
    assert (looked_at.kind, looked_at.value, looked_at.statements) == ("note", "Nice!", ())


# --- the same everywhere --------------------------------------------------------------------------------------------


def test_derivation_depends_on_nothing_but_the_file_and_the_export_record(
    team_export: Exported, open_by: OpenBy
) -> None:
    person = open_by(team_export)
    person.write("Accounts", "Borealis", "Phone", 4711)
    person.write("Accounts", "Esker", "City", "Bergen")
    path = person.save()
    assert team_export.derive(path) == team_export.derive(path)
    sheet = person.sheet("Accounts")
    sheet.move_range(f"A2:AZ{sheet.max_row}", rows=4)
    person.book.move_sheet(sheet, -1)
    moved = team_export.derive(person.save())
    assert moved.statements == team_export.derive(path).statements


def test_different_answers_of_one_copy_have_different_marks_and_equal_ones_the_same(
    team_export: Exported, open_by: OpenBy
) -> None:
    marks = []
    for city in ("Oslo", "Oslo ", "Bergen"):
        person = open_by(team_export)
        person.write("Accounts", "Borealis", "City", city)
        marks.append(team_export.derive(person.save()).statements[0].mark)
    assert marks[0] == marks[1] != marks[2]


@given(st.lists(st.tuples(st.sampled_from(range(10)), st.sampled_from(["city", "phone", "fax"]), st.text(max_size=5))))
def test_statements_are_a_function_of_the_set_of_changes(edits: list[tuple[int, str, str]]) -> None:
    from accountplanner.exchange.contract import WorkbookKind, team_sheets  # noqa: PLC0415
    from accountplanner.exchange.export_record import ExportFacts, ExportRecord  # noqa: PLC0415
    from accountplanner.exchange.returned.findings import CellChange, Place, Returned  # noqa: PLC0415
    from accountplanner.exchange.sync import Manifest  # noqa: PLC0415

    facts = ExportFacts("export:" + "1" * 26, WorkbookKind.TEAM, b"s", (), "2026-11-22")
    record = ExportRecord(facts, team_sheets(), {f"k{n}": account_id(n) for n in range(10)})
    changes = [CellChange(f"k{n}", "account", field, "", text, Place("A", n)) for n, field, text in edits]
    one = derive(record, Returned(0, Manifest("1" * 8), tuple(changes)))
    two = derive(record, Returned(0, Manifest("1" * 8), tuple(reversed(changes))))
    assert one.statements == two.statements


# --- damage ---------------------------------------------------------------------------------------------------------

_READER = Reader("EUR", lambda _field, _text: None)


@pytest.mark.parametrize(
    ("key", "base", "found", "meaning"),
    [
        ("postal_code", "01067", Number("1067"), Meaning.DAMAGE),
        ("phone", "+49 351 4711", Number("493514711"), Meaning.DAMAGE),
        ("number", "12345678901234567", Number("1.23456789012346E16"), Meaning.DAMAGE),
        ("number", "1-2", Moment("2026-02-01", "46054"), Meaning.DAMAGE),
        ("number", "", Moment("2026-02-01", "46054"), Meaning.DOUBT),
        ("postal_code", "", Number("1067"), Meaning.DOUBT),
        ("postal_code", "01067", Number("80331"), Meaning.DOUBT),
        ("contract_end", "2026-11-22", Moment("2030-11-23", "47810"), Meaning.DAMAGE),
        ("contract_end", "2026-11-22", Number("46400"), Meaning.DOUBT),
        ("contract_end", "", "03/04/2026", Meaning.DOUBT),
        ("contract_end", "", Moment("2026-11-22", "46348"), Meaning.EDIT),
        ("revenue", "1.00 EUR", Moment("2026-05-22", "46164"), Meaning.DOUBT),
        ("revenue", "", "1,234", Meaning.DOUBT),
        ("revenue", "", "12,5", Meaning.EDIT),
        ("name", "x" * 29_000, "x" * 255, Meaning.DAMAGE),
        ("name", "", "y" * 32_767, Meaning.DOUBT),
        ("name", "a", True, Meaning.DOUBT),
        ("name", "a", " (CLEAR) ", Meaning.CLEAR),
        ("name", "a", "\u200b ", Meaning.BLANK),
    ],
)
def test_damage_is_recognised_and_is_never_an_edit(key: str, base: str, found: CellValue, meaning: Meaning) -> None:
    assert _READER.read(_field("account", key), base, found).meaning is meaning


def test_every_kind_has_the_title_its_suggestions_are_named_by() -> None:
    assert all(kind.field(kind.title_key) for kind in KINDS.values())
