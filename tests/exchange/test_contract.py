import pytest

from accountplanner.domain.catalogue import KINDS, known_field
from accountplanner.domain.fields import Privacy
from accountplanner.exchange.contract import (
    MOST_ASKED_ROWS,
    MOST_OPEN_CELLS,
    SheetLayout,
    WorkbookKind,
    partner_sheets,
    sheets_of,
    team_sheets,
)
from accountplanner.exchange.keys import parse_key, record_alias, row_key, spare_record


@pytest.mark.parametrize("sheet", [*team_sheets(), *partner_sheets()], ids=lambda sheet: sheet.name)
def test_headers_of_a_sheet_are_all_different_and_none_is_the_key(sheet: SheetLayout) -> None:
    headers = ["key", *(column.header.casefold() for column in sheet.columns)]
    assert len(set(headers)) == len(headers)


@pytest.mark.parametrize("kind", list(WorkbookKind))
def test_restricted_classes_have_no_column_anywhere(kind: WorkbookKind) -> None:
    classes = {
        known.privacy
        for sheet in sheets_of(kind)
        for column in sheet.columns
        if (known := known_field(sheet.kind, column.field))
    }
    allowed = {Privacy.BUSINESS, Privacy.PERSONAL} if kind is WorkbookKind.TEAM else {Privacy.BUSINESS}
    assert classes <= allowed


def test_a_partner_is_asked_at_most_ten_questions_a_row() -> None:
    for sheet in partner_sheets():
        assert sum(column.open for column in sheet.columns) <= MOST_OPEN_CELLS


def test_a_partner_sees_of_accounts_and_contacts_only_what_the_catalogue_permits() -> None:
    for sheet in partner_sheets()[:2]:
        for column in sheet.columns:
            known = known_field(sheet.kind, column.field)
            assert known is not None
            assert known.partner_may_see
            assert column.open <= known.partner_may_fill


def test_partners_get_fifteen_empty_rows_for_registrations() -> None:
    registrations = next(sheet for sheet in partner_sheets() if sheet.kind == "registration")
    assert registrations.spare_rows == MOST_ASKED_ROWS


def test_every_visible_kind_but_partner_scopes_has_a_team_sheet_with_its_title_first() -> None:
    sheets = {sheet.kind: sheet for sheet in team_sheets()}
    assert set(sheets) == {kind.key for kind in KINDS.values() if not kind.internal} - {"scope"}
    assert all(sheet.columns[0].field == KINDS[kind].title_key for kind, sheet in sheets.items())


def test_keys_are_read_back_and_a_mistyped_one_is_noticed() -> None:
    alias = record_alias(b"secret", "account:1")
    key = row_key(alias, "7kq291ab", 2)
    found = parse_key(f" {key.upper()} ")
    assert found is not None
    assert (found.alias, found.part, found.export, found.is_spare) == (alias, 2, "7kq291ab", False)
    assert parse_key(key[:-1]) is None
    assert parse_key(key.replace("7kq", "7kr")) is None
    assert parse_key("account:1") is None


def test_two_partners_cannot_compare_their_keys_and_a_spare_row_is_one_record_everywhere() -> None:
    assert record_alias(b"one", "account:1") != record_alias(b"two", "account:1")
    assert spare_record(b"s", "contact", "n1", "Ida") == spare_record(b"s", "contact", "n1", " IDA")
    assert spare_record(b"s", "contact", "n1", "Ida") != spare_record(b"t", "contact", "n1", "Ida")
    assert spare_record(b"s", "contact", "n1", "Ida") != spare_record(b"s", "contact", "n1", "Zoe")
