"""Lists as people narrow, group, keep and change them, on an encrypted workspace."""

import pytest

from accountplanner.domain.errors import PlannerError
from accountplanner.store.lists import ordered_numbers
from accountplanner.usecases.browsing import Condition, ListQuery, Operator, account_rows, first_numbers, list_numbers
from accountplanner.usecases.bulk_editing import bulk_fields, preview_many, set_many
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.grouping import grouped, grouping_fields
from accountplanner.usecases.history import undo
from accountplanner.usecases.listing import column_fields
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.saved_filters import (
    SavedFilter,
    choose_columns,
    drop_filter,
    list_columns,
    save_filter,
    saved_filters,
)
from accountplanner.usecases.session import Session


@pytest.fixture
def records(ann: Session) -> dict[str, str]:
    owner = create_record(ann, "colleague", {"name": "Kim Arden"})[0]
    known = (
        {"name": "Alpine", "city": "Graz", "tier": "a", "employees": "9", "owner": owner},
        {"name": "Bergström", "city": "Umeå", "tier": "b", "employees": "100", "contract_end": "2026-12-31"},
        {"name": "Čapek", "tier": "a", "employees": "25", "contract_end": "2027-06-30"},
        {"name": "100 % Organic", "city": "Graz"},
    )
    return {values["name"]: create_record(ann, "account", values)[0] for values in known}


def _plainly(session: Session, query: ListQuery) -> list[int]:
    """The same list by one plain query, without any order that was kept."""
    team = session.store.team
    with team.database.reading() as connection:
        return ordered_numbers(connection, query, team.numbers)


def _names(session: Session, query: ListQuery) -> list[str]:
    return [row.name for row in account_rows(session, list_numbers(session, query))]


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("city", Operator.IS, "Graz", ["100 % Organic", "Alpine"]),
        ("city", Operator.IS_NOT, "Graz", ["Bergström"]),
        ("city", Operator.CONTAINS, "ra", ["100 % Organic", "Alpine"]),
        ("name", Operator.CONTAINS, "STROM", ["Bergström"]),
        ("name", Operator.CONTAINS, "%", ["100 % Organic"]),
        ("city", Operator.CONTAINS, "_", []),
        ("employees", Operator.AT_LEAST, "25", ["Bergström", "Čapek"]),
        ("employees", Operator.AT_MOST, "25", ["Alpine", "Čapek"]),
        ("contract_end", Operator.AT_MOST, "2026-12-31", ["Bergström"]),
        ("tier", Operator.UNKNOWN, "", ["100 % Organic"]),
        ("owner", Operator.KNOWN, "", ["Alpine"]),
    ],
)
def test_any_field_narrows_a_list(
    ann: Session, records: dict[str, str], field: str, operator: Operator, value: str, expected: list[str]
) -> None:
    assert records
    query = ListQuery("account", conditions=(Condition(field, operator, value),))
    assert _names(ann, query) == expected


def test_a_reference_narrows_by_its_record(ann: Session, records: dict[str, str]) -> None:
    owner = ann.store.records_titled("colleague", "Kim Arden")[0]
    query = ListQuery("account", conditions=(Condition("owner", Operator.IS, owner),))
    assert _names(ann, query) == ["Alpine"]
    assert records["Alpine"]


def test_the_first_page_is_the_beginning_of_the_list(ann: Session, records: dict[str, str]) -> None:
    assert records
    for sort in ("", "city", "contract_end", "orders"):
        query = ListQuery("account", sort=sort)
        assert first_numbers(ann, query, 3) == list_numbers(ann, query)[:3]


def test_groups_keep_the_order_of_the_list_and_put_the_unknown_last(ann: Session, records: dict[str, str]) -> None:
    assert records
    numbers = list_numbers(ann, ListQuery("account"))
    by_tier = grouped(ann, "account", numbers, "tier")
    named = [(group.text, [row.name for row in account_rows(ann, group.numbers)]) for group in by_tier]
    assert named == [("A", ["Alpine", "Čapek"]), ("B", ["Bergström"]), ("", ["100 % Organic"])]
    assert [group.text for group in grouped(ann, "account", numbers, "owner")] == ["Kim Arden", ""]
    assert [group.text for group in grouped(ann, "account", numbers, "rung")] == ["Prospect"]
    assert "owner" in [field.key for field in grouping_fields("account")]


def test_a_saved_filter_comes_back_and_goes(ann: Session) -> None:
    kept = SavedFilter("Graz, A", "account", "alp", "mine", "By city", "owner", (Condition("tier", Operator.IS, "a"),))
    save_filter(ann, kept)
    save_filter(ann, SavedFilter("all", "contact"))
    assert saved_filters(ann, "account") == [kept]
    drop_filter(ann, "account", "Graz, A")
    assert saved_filters(ann, "account") == []
    with pytest.raises(PlannerError):
        save_filter(ann, SavedFilter("  ", "account"))


def test_columns_are_remembered_for_each_kind(ann: Session) -> None:
    assert list_columns(ann, "account") == ()
    choose_columns(ann, "account", ("name", "city", "gone since"))
    assert list_columns(ann, "account") == ("name", "city")
    assert list_columns(ann, "contact") == ()


def test_many_records_are_changed_and_undone_in_one_step(ann: Session, records: dict[str, str]) -> None:
    every = list(records.values())
    preview = preview_many(ann, every, "city", "Graz")
    assert (preview.filled, preview.replaced, preview.same, preview.changed) == (1, 1, 2, 2)
    changes = set_many(ann, every, "city", "Graz", ann.shown())
    assert changes.title == "“City” changed for 2 accounts"
    assert [record_page(ann, record).text("city") for record in every] == ["Graz"] * 4
    undo(ann)
    assert [record_page(ann, record).text("city") for record in every] == ["Graz", "Umeå", "", "Graz"]


def test_many_records_are_cleared_and_owners_are_named_by_name(ann: Session, records: dict[str, str]) -> None:
    every = list(records.values())
    set_many(ann, every, "owner", "Kim Arden")
    assert {record_page(ann, record).text("owner") for record in every} == {"Kim Arden"}
    set_many(ann, every, "owner", "", clear=True)
    assert {record_page(ann, record).text("owner") for record in every} == {""}


def test_records_in_conflict_are_left_alone_and_counted(ann: Session, records: dict[str, str]) -> None:
    before = ann.shown()
    for city in ("Wien", "Linz"):
        set_value(ann, Typed(records["Alpine"], "city", city), before)
    preview = preview_many(ann, list(records.values()), "city", "Graz")
    assert (preview.conflicted, preview.changed) == (1, 2)
    set_many(ann, list(records.values()), "city", "Graz")
    assert record_page(ann, records["Alpine"]).line("city").has_conflict


@pytest.mark.parametrize(
    ("field", "text"), [("tier", "Z"), ("city", ""), ("name", "All the same"), ("satisfaction", "very")]
)
def test_what_does_not_fit_many_is_one_sentence(ann: Session, records: dict[str, str], field: str, text: str) -> None:
    with pytest.raises(PlannerError) as refused:
        set_many(ann, list(records.values()), field, text)
    assert refused.value.sentence.endswith(".")


def test_nothing_private_is_offered_for_many() -> None:
    assert {field.privacy.value for field in bulk_fields("contact")} == {"business"}


def test_a_list_by_a_kept_order_is_the_list_a_plain_query_gives(ann: Session, records: dict[str, str]) -> None:
    assert records
    conditions = [
        Condition("employees", Operator.AT_LEAST, "25"),
        Condition("contract_end", Operator.AT_MOST, "2026-12-31"),
        Condition("employees", Operator.IS_NOT, "9"),
        Condition("contract_end", Operator.UNKNOWN),
        Condition("contract_end", Operator.CONTAINS, "12"),
        Condition("city", Operator.IS, "Graz"),
    ]
    for field in column_fields("account"):
        for condition in conditions:
            for limit, down in ((0, False), (0, True), (2, False)):
                query = ListQuery("account", sort=field.key, descending=down, conditions=(condition,), limit=limit)
                assert list_numbers(ann, query) == _plainly(ann, query), query
    by_size = ListQuery("account", sort="employees")
    assert _names(ann, by_size) == ["Alpine", "Čapek", "Bergström", "100 % Organic"]
    set_value(ann, Typed(records["Alpine"], "employees", "1000"))
    assert _names(ann, by_size) == ["Čapek", "Bergström", "Alpine", "100 % Organic"]
