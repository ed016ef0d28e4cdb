"""The thread of an account, its head and its plan, as the page reads them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from accountplanner.domain.errors import RefusedError, WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Source
from accountplanner.insight.health import Mood
from accountplanner.usecases.account_pages import open_account
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.history import undo
from accountplanner.usecases.notes import write_note
from accountplanner.usecases.pages import history, record_page
from accountplanner.usecases.partner_views import partners_of, partners_to_choose
from accountplanner.usecases.partners import add_partner, set_scope
from accountplanner.usecases.planning import add_item, finish_action, plan_of
from accountplanner.usecases.special_answers import looks, reveal, set_special, special_answers, switch_off, switch_on
from accountplanner.usecases.timeline import TimelineLine, read_timeline

if TYPE_CHECKING:
    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def account(ann: Session) -> str:
    return create_record(ann, "account", {"name": "Berglunds snabbköp"})[0]


@pytest.fixture
def contact(ann: Session, account: str) -> str:
    return create_record(ann, "contact", {"name": "Christina Berglund", "account": account})[0]


def _made(session: Session, kind: str, **values: str) -> str:
    return create_record(session, kind, values)[0]


def _thread(session: Session, account: str, *topics: str) -> list[TimelineLine]:
    return list(read_timeline(session, account, topics).lines)


def test_everything_everyone_did_stands_in_one_thread(ann: Session, account: str, contact: str) -> None:
    colleague = _made(ann, "colleague", name="Felix Ambrosch")
    partner = add_partner(ann, "Nordic Foods")[0]
    _made(ann, "touch", account=account, contact=contact, channel="visit", happened_on="2026-11-20", subject="Walk")
    _made(
        ann, "touch", account=account, colleague=colleague, channel="send", happened_on="2026-11-19", subject="Letter"
    )
    _made(ann, "case", account=account, title="Invoiced twice", dispute="yes", opened_on="2026-11-18")
    _made(ann, "case", account=account, title="Lift", opened_on="2026-11-17", closed_on="2026-11-18")
    _made(ann, "feedback", account=account, contact=contact, words="Too late", score="4", said_on="2026-11-16")
    _made(ann, "partner_note", account=account, partner=partner, text="Dock hours", written_on="2026-11-15")
    _made(ann, "signal", account=account, title="Asked for prices", seen_on="2026-11-14", verdict="accepted")
    position = _made(ann, "position", holder=account, position="client")
    _made(ann, "move", of_position=position, from_rung="customer", to_rung="client", moved_on="2026-11-13")
    told = [(line.topic, line.title, line.who, line.about) for line in _thread(ann, account)]
    assert told == [
        ("visit", "Walk", "", "Christina Berglund"),
        ("send", "Letter", "Felix Ambrosch", ""),
        ("dispute", "Invoiced twice", "", ""),
        ("case", "Lift", "", ""),
        ("feedback", "", "", "Christina Berglund"),
        ("partner_note", "", "Nordic Foods", ""),
        ("signal", "Asked for prices", "", ""),
        ("move", "Client", "", ""),
    ]


def test_the_lines_of_one_order_are_one_line_with_their_sum(ann: Session, account: str) -> None:
    for amount in ("100.00 EUR", "50.50 EUR"):
        _made(ann, "purchase", account=account, order_number="10248", ordered_on="2026-10-01", amount=amount)
    for day in ("2026-10-02", "2026-10-03"):
        _made(ann, "purchase", account=account, ordered_on=day, amount="1.00 EUR")
    numbered, *bare = reversed(_thread(ann, account, "purchase"))
    assert (numbered.title, numbered.count, numbered.amounts) == ("10248", 2, ("150.50 EUR",))
    assert [(line.title, line.count) for line in bare] == [("", 1), ("", 1)]


def test_a_note_about_a_person_stands_in_the_thread_of_their_account(ann: Session, account: str, contact: str) -> None:
    write_note(ann, contact, "Prefers calls")
    write_note(ann, account, "Between us", is_private=True)
    told = {(line.text, line.about, line.is_private) for line in _thread(ann, account, "note")}
    assert told == {("Prefers calls", "Christina Berglund", False), ("Between us", "", True)}
    assert b"Between us" not in dump(ann)


def test_what_a_list_said_of_the_account_is_told_as_one_import(ann: Session, account: str) -> None:
    said = Source(origin="table:kunden", how="list")
    for key, text in (("city", "Luleå"), ("country", "Sweden")):
        set_value(ann, Typed(account, key, text, source=said))
    (line,) = _thread(ann, account, "import")
    assert (line.title, line.text, line.count, line.record) == ("kunden", "City, Country", 2, "")


def test_a_thread_is_narrowed_and_read_page_by_page(ann: Session, account: str) -> None:
    for day in range(1, 26):
        _made(ann, "touch", account=account, channel="call", happened_on=f"2026-10-{day:02}")
    _made(ann, "touch", account=account, channel="visit", happened_on="2026-10-26")
    first = read_timeline(ann, account, ("call",), most=10)
    rest = read_timeline(ann, account, ("call",), most=100, offset=10)
    days = [line.day for line in (*first.lines, *rest.lines)]
    assert (first.total, first.counts) == (25, (("visit", 1), ("call", 25)))
    assert days == [f"2026-10-{day:02}" for day in range(25, 0, -1)]


def test_another_accounts_things_stay_out(ann: Session, account: str) -> None:
    other = _made(ann, "account", name="Ernst Handel")
    _made(ann, "touch", account=other, channel="call", happened_on="2026-10-01")
    assert _thread(ann, account) == []


def test_the_head_says_who_was_there_last_and_what_comes_next(ann: Session, account: str) -> None:
    colleague = _made(ann, "colleague", name="Nancy Davolio")
    _made(ann, "touch", account=account, channel="call", happened_on="2026-11-10", colleague=colleague)
    _made(ann, "touch", account=account, channel="visit", happened_on="2026-12-01")
    _made(ann, "action", account=account, title="Later", due_on="2026-12-24", state="open")
    _made(ann, "action", account=account, title="Send prices", due_on="2026-11-20", promise="yes", state="open")
    _made(ann, "action", account=account, title="Done long ago", due_on="2026-01-01", done_on="2026-01-01")
    standing = open_account(ann, account).standing
    assert standing.last_touch is not None
    assert (standing.last_touch.day, standing.last_touch.who) == (date(2026, 11, 10), "Nancy Davolio")
    assert standing.next_step is not None
    assert (standing.next_step.title, standing.next_step.is_promise) == ("Send prices", True)


def test_how_they_are_is_known_from_what_is_said_and_bought(ann: Session, account: str) -> None:
    assert open_account(ann, account).standing.health.mood is Mood.UNKNOWN
    set_value(ann, Typed(account, "satisfaction", "very"))
    assert open_account(ann, account).standing.health.mood is Mood.GOOD
    _made(ann, "case", account=account, title="Invoiced twice", dispute="yes", opened_on="2026-11-18")
    assert open_account(ann, account).standing.health.mood is Mood.STEADY


def test_orders_are_compared_with_the_year_before_as_of_today(ann: Session, account: str) -> None:
    for day, amount in (("2025-03-01", "100.00 EUR"), ("2026-03-01", "10.00 EUR")):
        _made(ann, "purchase", account=account, order_number=day, ordered_on=day, amount=amount)
    (part,) = open_account(ann, account).standing.health.parts
    assert part.detail == pytest.approx(-0.9)


def test_an_action_is_ticked_off_late_or_in_time_and_opened_again(ann: Session, account: str) -> None:
    late, _ = add_item(ann, "action", account, "Send prices")
    set_value(ann, Typed(late, "due_on", "2026-11-01"))
    finish_action(ann, late)
    (done,) = plan_of(ann, account).done
    assert (done.state, done.done_on) == ("Late", date(2026, 11, 22))
    finish_action(ann, late, done=False)
    assert plan_of(ann, account).actions[0].record == late
    undo(ann)
    assert plan_of(ann, account).actions == ()


def test_a_plan_shows_its_objectives_and_risks(ann: Session, account: str) -> None:
    plan, _ = add_item(ann, "plan", account, "Plan for 2027")
    objective, _ = add_item(ann, "objective", plan, "Two more houses")
    add_item(ann, "strategy", objective, "Through the purchasing group")
    add_item(ann, "risk", account, "The buyer retires")
    held = plan_of(ann, account)
    assert [(line.plan.title, [each.title for each in line.objectives]) for line in held.plans] == [
        ("Plan for 2027", ["Two more houses"])
    ]
    assert held.plans[0].objectives[0].words == "Through the purchasing group"
    assert [risk.title for risk in held.risks] == ["The buyer retires"]


def test_a_line_of_a_plan_needs_words(ann: Session, account: str) -> None:
    with pytest.raises(WrongUseError, match="title is missing"):
        add_item(ann, "action", account, "  ")
    with pytest.raises(WrongUseError, match="not added to a plan"):
        add_item(ann, "touch", account, "Visit")


def test_partners_are_told_with_scope_views_and_notes(ann: Session, account: str) -> None:
    nordic, alpin = add_partner(ann, "Nordic Foods")[0], add_partner(ann, "Alpin")[0]
    set_scope(ann, nordic, [account], covers=True)
    view = Typed(account, "satisfaction", "unhappy", source=Source(speaker=nordic), voice=nordic)
    set_value(ann, view)
    _made(ann, "partner_note", account=account, partner=nordic, text="Dock hours", written_on="2026-11-15")
    (told,) = partners_of(ann, record_page(ann, account))
    assert (told.name, told.covers, told.notes) == ("Nordic Foods", True, (("2026-11-15", "Dock hours"),))
    assert [(label, value.text) for label, value in told.views] == [("How satisfied are they with us", "Unhappy")]
    assert partners_to_choose(ann, [nordic]) == ((alpin, "Alpin"),)


def test_sensitive_answers_need_a_reason_and_each_its_consent(ann: Session, contact: str) -> None:
    typed = Typed(contact, "mackay_physical", "Canary bad back")
    with pytest.raises(RefusedError, match="switched off"):
        set_special(ann, typed, "asked her")
    with pytest.raises(WrongUseError, match="reason"):
        switch_on(ann, " ")
    switch = switch_on(ann, "A lift has to be ordered")
    assert (switch.reason, switch.by, switch.on) == ("A lift has to be ordered", "Ann", "2026-11-22")
    with pytest.raises(WrongUseError, match="agreed"):
        set_special(ann, typed, "  ")
    assert set_special(ann, typed, "asked her on the visit").title == "Sensitive answer changed"
    answer = next(each for each in special_answers(ann, contact) if each.field.key == "mackay_physical")
    assert (answer.is_answered, answer.consent) == (True, "asked her on the visit")
    assert ann.store.layer(Layer.TEAM).picture(contact).value("mackay_physical") is None
    assert b"Canary" not in dump(ann)


def test_each_look_at_a_sensitive_answer_is_noted(ann: Session, contact: str) -> None:
    switch_on(ann, "A lift has to be ordered")
    set_special(ann, Typed(contact, "mackay_physical", "Canary bad back"), "asked her")
    assert looks(ann) == []
    value = reveal(ann, contact, "mackay_physical")
    assert value is not None
    assert value.text == "Canary bad back"
    (look,) = looks(ann, contact)
    assert (look.field, look.by) == ("mackay_physical", "Ann")


def test_switched_off_again_they_are_nowhere_in_page_or_history(ann: Session, contact: str) -> None:
    switch_on(ann, "A lift has to be ordered")
    set_special(ann, Typed(contact, "mackay_physical", "Canary bad back"), "asked her")
    switch_off(ann)
    assert special_answers(ann, contact) == ()
    assert "Canary" not in str(record_page(ann, contact).lines)
    assert "Canary" not in str(history(ann, contact))
    with pytest.raises(RefusedError, match="switched off"):
        reveal(ann, contact, "mackay_physical")


def test_other_answers_are_not_kept_as_sensitive_ones(ann: Session, contact: str) -> None:
    switch_on(ann, "A lift has to be ordered")
    with pytest.raises(WrongUseError, match="no sensitive answer"):
        set_special(ann, Typed(contact, "mackay_hobbies", "Sailing"), "asked her")


@pytest.mark.usefixtures("contact")
def test_a_note_written_on_the_page_is_about_the_person_named_in_it(ann: Session, account: str) -> None:
    write_note(ann, account, "@Christina Berglund wants smaller packs")
    write_note(ann, account, "@Nobody wants larger ones")
    told = {(line.text, line.about, line.who) for line in _thread(ann, account, "note")}
    assert told == {
        ("@Christina Berglund wants smaller packs", "Christina Berglund", "Ann"),
        ("@Nobody wants larger ones", "", "Ann"),
    }


def test_a_note_without_an_author_is_told_with_who_said_it(ann: Session, account: str) -> None:
    said = Source(speaker="Nordic Foods")
    create_record(ann, "note", {"account": account, "text": "Dock hours", "written_on": "2026-11-20"}, said)
    assert [line.who for line in _thread(ann, account, "note")] == ["Nordic Foods"]


def test_no_way_leads_past_the_consent(ann: Session, contact: str) -> None:
    switch_on(ann, "A lift has to be ordered")
    with pytest.raises(RefusedError, match="only with the person's consent"):
        set_value(ann, Typed(contact, "mackay_physical", "Canary bad back"))
    with pytest.raises(RefusedError, match="only with the person's consent"):
        create_record(ann, "contact", {"name": "Maria", "mackay_health": "Canary"})
    assert all(not answer.is_answered for answer in special_answers(ann, contact))
