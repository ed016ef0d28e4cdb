"""The sample territory is valid, the same every time, and feels like one."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import KINDS, known_field, record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Field, FieldType, Privacy
from accountplanner.domain.ids import kind_of, paired_id
from accountplanner.domain.ladder import RUNGS, propose_rung
from accountplanner.domain.money import Money, line_amount
from accountplanner.domain.statements import EXISTS, HOW_KNOWN, Statement
from accountplanner.usecases.ladder import MAIN_LADDER
from accountplanner.usecases.sample_territory import (
    LeanShape,
    SampleAuthor,
    private_statements,
    sample_statements,
)

TODAY = date(2026, 11, 20)
ME = SampleAuthor("Robin Vale")
Values = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def groups() -> list[list[Statement]]:
    return list(sample_statements(60, 1, TODAY, ME))


@pytest.fixture(scope="module")
def said(groups: list[list[Statement]]) -> list[Statement]:
    return [statement for group in groups for statement in group]


@pytest.fixture(scope="module")
def private() -> list[Statement]:
    return [statement for group in private_statements(60, 1, TODAY, ME) for statement in group]


@pytest.fixture(scope="module")
def values(said: list[Statement]) -> Values:
    """One value a field, of several voices the first."""
    found: Values = defaultdict(dict)
    for statement in said:
        found[statement.record].setdefault(statement.field, statement.value or "")
    return found


def of_kind(values: Values, kind: str) -> Values:
    return {record: fields for record, fields in values.items() if kind_of(record) == kind}


def field_of(statement: Statement) -> Field:
    field = known_field(kind_of(statement.record), statement.field)
    assert field is not None, statement
    return field


# --- valid ----------------------------------------------------------------------------------------------------------


def test_every_value_is_canonical_for_its_field(said: list[Statement], private: list[Statement]) -> None:
    for statement in [*said, *private]:
        if statement.field == EXISTS:
            continue
        assert statement.value
        assert canonical_value(field_of(statement), statement.value) == statement.value


def test_choices_and_texts_leave_no_blank_unfilled(said: list[Statement], private: list[Statement]) -> None:
    for statement in [*said, *private]:
        assert not set("{}|#") & set(statement.value or ""), statement
        field = known_field(kind_of(statement.record), statement.field)
        if field is not None and field.type is FieldType.CHOICE:
            assert statement.value in dict(field.choices)


def test_each_register_is_said_once(said: list[Statement], private: list[Statement]) -> None:
    registers = Counter(statement.register for statement in [*said, *private])

    assert [register for register, count in registers.items() if count > 1] == []


def test_opinions_have_a_voice_and_facts_have_none(said: list[Statement], private: list[Statement]) -> None:
    for statement in [*said, *private]:
        field = known_field(kind_of(statement.record), statement.field)
        assert bool(statement.voice) == (field is not None and field.per_speaker)


def test_every_value_says_who_when_and_how(said: list[Statement]) -> None:
    hows = {key for key, _ in HOW_KNOWN} | {""}
    for statement in said:
        assert statement.speaker
        assert date.fromisoformat(statement.date) <= TODAY
        assert statement.how in hows
        assert statement.sure in {"sure", "likely", "unsure", ""}
        assert statement.origin == "sample"


def test_references_lead_to_records_said_before_or_in_the_same_group(groups: list[list[Statement]]) -> None:
    known: set[str] = set()
    for group in groups:
        known |= {statement.record for statement in group if statement.field == EXISTS}
        for statement in group:
            assert statement.record in known
            field = known_field(kind_of(statement.record), statement.field)
            if field is not None and field.type is FieldType.REFERENCE:
                assert statement.value in known, statement
                assert kind_of(statement.value) in field.refers_to


def test_speakers_are_the_author_or_records(said: list[Statement], values: Values) -> None:
    for speaker in {statement.speaker for statement in said} - {ME.name}:
        assert kind_of(speaker) in {"colleague", "partner"}
        assert speaker in values


def test_everything_below_an_account_names_one(values: Values) -> None:
    for record, fields in values.items():
        for owner in record_kind(kind_of(record)).owners:
            if owner.refers_to == ("account",) and kind_of(record) != "note":
                assert fields.get(owner.key), record


def test_what_may_not_leave_is_only_among_the_private(said: list[Statement], private: list[Statement]) -> None:
    shared = {field_of(each).privacy for each in said if each.field != EXISTS}
    kept = {field_of(each).privacy for each in private}

    assert shared == {Privacy.BUSINESS, Privacy.PERSONAL}
    assert kept == {Privacy.HOUSEHOLD, Privacy.INFERABLE}
    assert {each.speaker for each in private} == {ME.name}


def test_private_values_are_about_contacts_of_the_same_territory(private: list[Statement], values: Values) -> None:
    assert private
    assert {each.record for each in private} <= values.keys()


# --- the same every time --------------------------------------------------------------------------------------------


def test_the_same_seed_makes_the_same_territory(groups: list[list[Statement]]) -> None:
    assert list(sample_statements(60, 1, TODAY, ME)) == groups


def test_a_larger_territory_begins_with_the_smaller_one(groups: list[list[Statement]]) -> None:
    assert list(sample_statements(12, 1, TODAY, ME)) == groups[:14]


def test_another_seed_makes_other_records(said: list[Statement]) -> None:
    other = {each.record for group in sample_statements(60, 1008, TODAY, ME) for each in group}

    assert not other & {each.record for each in said}


def test_another_day_keeps_the_records(values: Values) -> None:
    later = {each.record for group in sample_statements(60, 1, TODAY + timedelta(40), ME) for each in group}

    assert {record for record in later if kind_of(record) == "account"} == of_kind(values, "account").keys()


@pytest.mark.parametrize("accounts", [0, -3, 1_000_000])
def test_impossible_sizes_are_refused_in_a_sentence(accounts: int) -> None:
    with pytest.raises(WrongUseError, match="1 to 100,000 accounts"):
        sample_statements(accounts, 1, TODAY, ME)


def test_the_author_may_have_a_record_a_voice_and_a_currency_already() -> None:
    me = SampleAuthor("Robin Vale", voice="voice-1", colleague="colleague:mine")
    said = [each for group in sample_statements(12, 1, TODAY, me, currency="SEK") for each in group]

    assert "colleague:mine" not in {each.record for each in said}
    assert "colleague:mine" in {each.value for each in said if each.field == "owner"}
    assert {each.voice for each in said if each.speaker == me.name and each.voice} == {"voice-1"}
    assert {each.value[-3:] for each in said if each.value and each.field == "amount"} == {"SEK"}


# --- it feels like one ----------------------------------------------------------------------------------------------


def test_every_kind_people_see_is_there(values: Values) -> None:
    kinds = {kind.key for kind in KINDS.values() if not kind.internal}

    assert {kind_of(record) for record in values} == kinds


def test_names_differ_and_look_like_many_countries(values: Values) -> None:
    accounts = of_kind(values, "account").values()

    assert len({fields["name"] for fields in accounts}) == 60
    assert len({fields["country"] for fields in accounts}) >= 8
    assert len({fields["industry"] for fields in accounts}) == 10
    assert any(fields.get("postal_code", "").startswith("0") for fields in accounts)
    assert any("parent" in fields for fields in accounts)


@pytest.mark.slow
def test_names_differ_also_in_a_large_territory() -> None:
    lean = sample_statements(10_000, 1, TODAY, ME, lean=LeanShape(contacts=0))
    names = [each.value for group in lean for each in group if each.field == "name"]

    assert len(set(names)) == len(names)


def test_mail_goes_nowhere(said: list[Statement], private: list[Statement]) -> None:
    for statement in [*said, *private]:
        field = known_field(kind_of(statement.record), statement.field)
        if field is not None and field.type in {FieldType.EMAIL, FieldType.URL}:
            assert (statement.value or "").endswith(".example")


def test_tiers_owners_and_gaps_vary(values: Values) -> None:
    accounts = list(of_kind(values, "account").values())
    owners = Counter(fields["owner"] for fields in accounts)

    assert {fields.get("tier") for fields in accounts} == {"a", "b", "c", None}
    assert len(owners) == 4
    assert max(owners.values()) < 36
    for key in ("phone", "key_problems", "employees", "contract_end"):
        assert 0 < sum(key in fields for fields in accounts) < 60


def test_purchases_add_up_line_by_line(values: Values) -> None:
    for fields in of_kind(values, "purchase").values():
        price, discount = Money.parse(fields["unit_price"]), Decimal(fields["discount"])
        assert line_amount(price, Decimal(fields["quantity"]), discount).canonical() == fields["amount"]


def orders_by_account(values: Values) -> dict[str, dict[str, date]]:
    orders: dict[str, dict[str, date]] = defaultdict(dict)
    for fields in of_kind(values, "purchase").values():
        orders[fields["account"]][fields["order_number"]] = date.fromisoformat(fields["ordered_on"])
    return orders


def test_some_buy_again_some_once_some_no_more_and_some_never(values: Values) -> None:
    orders = orders_by_account(values)
    counts = Counter(min(len(orders.get(account, {})), 2) for account in of_kind(values, "account"))
    asleep = [days for days in orders.values() if len(days) > 1 and max(days.values()) < TODAY - timedelta(280)]
    first = min(day for days in orders.values() for day in days.values())

    assert min(counts.values()) >= 4
    assert counts[2] >= 30
    assert 4 <= len(asleep) <= 15
    assert timedelta(600) < TODAY - first < timedelta(740)


def test_rungs_up_to_client_are_what_the_orders_prove(values: Values) -> None:
    orders = orders_by_account(values)
    for account in of_kind(values, "account"):
        held = values[paired_id("position", account, MAIN_LADDER)]["position"]
        proposed = propose_rung(orders.get(account, {}), TODAY).rung
        assert held == proposed or (RUNGS[held].step > 3 and proposed == "client"), values[account]["name"]


def test_moves_go_up_in_time_with_evidence(values: Values) -> None:
    by_position = defaultdict(list)
    for fields in of_kind(values, "move").values():
        assert fields["evidence"]
        assert fields["evidence_on"] <= fields["moved_on"]
        by_position[fields["of_position"]].append((fields["moved_on"], RUNGS[fields["to_rung"]].step))
    for position, moves in by_position.items():
        steps = [step for _, step in sorted(moves)]
        assert steps == sorted(set(steps))
        assert RUNGS[values[position]["position"]].step == steps[-1]


def test_all_departments_touched_them_over_eighteen_months(values: Values) -> None:
    touches = list(of_kind(values, "touch").values())
    days = [date.fromisoformat(fields["happened_on"]) for fields in touches]

    assert {fields["department"] for fields in touches} == {"sales", "marketing", "service", "billing"}
    assert {fields["direction"] for fields in touches} == {"ours", "theirs", "both"}
    assert all(day.weekday() < 5 and day <= TODAY + timedelta(12) for day in days)
    assert 4 <= sum(day > TODAY for day in days) <= 20, "some visits are in the calendar"
    assert timedelta(500) < TODAY - min(days) < timedelta(560)


def test_some_promises_are_late_and_some_due_about_now(values: Values) -> None:
    mine = next(record for record, fields in of_kind(values, "colleague").items() if fields["name"] == ME.name)
    due = [
        (date.fromisoformat(fields["due_on"]) - TODAY).days
        for fields in of_kind(values, "action").values()
        if fields["state"] == "open" and fields.get("colleague") == mine
    ]
    theirs = [fields for fields in of_kind(values, "action").values() if fields.get("promised_by") == "them"]

    assert sum(-15 <= days < 0 for days in due) >= 3
    assert sum(0 <= days <= 3 for days in due) >= 3
    assert sum(days > 3 for days in due) >= 3
    assert len(theirs) >= 5, "customers promise something, too"


def test_colleagues_differ_about_the_same_thing(said: list[Statement]) -> None:
    opinions = defaultdict(set)
    for statement in said:
        if statement.voice:
            opinions[statement.record, statement.field].add(statement.value)

    assert sum(len(each) > 1 for (_, field), each in opinions.items() if field == "satisfaction") >= 8
    assert sum(len(each) > 1 for (_, field), each in opinions.items() if field == "support") >= 8


def test_some_answers_have_faded(said: list[Statement]) -> None:
    aged = [
        (TODAY - date.fromisoformat(each.date)).days > field.fresh_months * 31
        for each in said
        if (field := known_field(kind_of(each.record), each.field)) and field.fresh_months and field.number
    ]

    assert 0.03 < sum(aged) / len(aged) < 0.3


def test_a_few_people_are_known_well_and_most_are_not(said: list[Statement]) -> None:
    answers = Counter(each.record for each in said if each.field.startswith("mackay_"))
    contacts = {each.record for each in said if kind_of(each.record) == "contact"}
    well = [count for count in answers.values() if count >= 18]

    assert 20 <= len(well) <= 60
    assert max(well) <= 44
    assert len(contacts - answers.keys()) > len(contacts) / 4


def test_notes_rarely_repeat(values: Values) -> None:
    texts = Counter(fields["text"] for fields in of_kind(values, "note").values())

    assert len(texts) > 120
    assert max(texts.values()) <= 5


def test_the_told_accounts_tell(values: Values, said: list[Statement]) -> None:
    names = {fields["name"]: account for account, fields in of_kind(values, "account").items()}

    def below(name: str, kind: str) -> list[dict[str, str]]:
        return [each for each in of_kind(values, kind).values() if each.get("account") == names[name]]

    hotel = below("Hotels Kronwarder GmbH", "case")
    assert [(case["dispute"], case["state"]) for case in hotel] == [("yes", "open")]
    assert any(each["title"].startswith("Visit") for each in below("Hotels Kronwarder GmbH", "action"))
    brewery = below("Calderbrook Brewing Co.", "contact")
    assert "moved" in {person["state"] for person in brewery}
    assert below("Stołówki Zielony Młyn", "need")
    assert not below("Stołówki Zielony Młyn", "purchase")
    laundry = names["Wasserij Polderlicht BV"]
    moods = {each.value for each in said if each.record == laundry and each.field == "satisfaction"}
    assert moods == {"satisfied", "unhappy", "leaving"}
    assert len(below("Wasserij Polderlicht BV", "purchase")) > 20


# --- large ----------------------------------------------------------------------------------------------------------


def test_a_lean_territory_is_valid_and_full() -> None:
    said = [each for group in sample_statements(20, 1, TODAY, ME, lean=LeanShape(10, 30)) for each in group]
    kinds = Counter(kind_of(each.record) for each in said if each.field == EXISTS)
    filled = Counter(each.record for each in said if each.field != EXISTS)

    assert (kinds["account"], kinds["contact"]) == (20, 200)
    assert {count for record, count in filled.items() if kind_of(record) == "account"} == {26}
    assert {count for record, count in filled.items() if kind_of(record) == "contact"} == {37}
    assert max(Counter(each.register for each in said).values()) == 1
    for each in said:
        if each.field != EXISTS:
            assert canonical_value(field_of(each), each.value or "") == each.value
