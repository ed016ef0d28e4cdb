"""Today: who is listed and why, in which order, and what one key does about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, say, sent, value

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Source
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, create_record, delete_record, set_value
from accountplanner.usecases.history import redo, undo
from accountplanner.usecases.today import AgendaLine, Group, LineKind, agenda, done, snooze

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.acting import Picture
    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def _action(session: Session, account: str, title: str, due: str, **more: str) -> str:
    return create_record(session, "action", {"title": title, "account": account, "due_on": due, **more})[0]


def _lines(session: Session, kind: LineKind | None = None, *, mine: bool = True) -> list[AgendaLine]:
    return [line for line in agenda(session, mine=mine).lines if kind in (None, line.kind)]


def test_a_new_workspace_has_nothing_and_says_so(ann: Session) -> None:
    found = agenda(ann)
    assert (found.lines, found.is_new) == ((), True)


def test_promises_stand_late_first_and_only_open_ones(ann: Session, picture: Picture) -> None:
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    _action(ann, alpine, "Next week", "2026-11-26", promise="yes", contact=kari)
    _action(ann, alpine, "Late", "2026-11-17", promise="yes", contact=kari)
    _action(ann, alpine, "Of today", "2026-11-22")
    _action(ann, alpine, "Far off", "2027-02-01", promise="yes")
    _action(ann, alpine, "Kept", "2026-11-18", state="kept", done_on="2026-11-18")
    _action(ann, alpine, "Dropped", "2026-11-18", state="dropped")
    found = _lines(ann)
    assert [(line.group, line.kind, line.title) for line in found] == [
        (Group.NOW, LineKind.PROMISE, "Late"),
        (Group.NOW, LineKind.ACTION, "Of today"),
        (Group.WEEK, LineKind.PROMISE, "Next week"),
    ]
    assert (found[0].account_name, found[0].contact_name, found[0].day) == (
        "Alpine",
        "Kari Nordmann",
        date(2026, 11, 17),
    )


def test_a_promise_is_kept_with_one_key_and_undo_brings_it_back(ann: Session, picture: Picture) -> None:
    late = _action(ann, picture.accounts["Alpine"], "Late", "2026-11-17", promise="yes")
    done(ann, _lines(ann)[0])
    assert (value(ann, late, "state"), value(ann, late, "done_on")) == ("late", "2026-11-22")
    assert _lines(ann) == []
    undo(ann)
    assert [line.title for line in _lines(ann)] == ["Late"]
    redo(ann)
    assert _lines(ann) == []


def test_a_snooze_is_private_survives_a_restart_and_ends_on_its_day(
    laptops: Laptops, ann: Session, picture: Picture, tmp_path: Path
) -> None:
    _action(ann, picture.accounts["Alpine"], "Late", "2026-11-17")
    before, line = dump(ann), _lines(ann)[0]
    snooze(ann, line, date(2026, 11, 23))
    assert (_lines(ann), agenda(ann).snoozed) == ([], 1)
    assert dump(ann) == before, "when somebody wants to be reminded is nobody else's business"
    ben = laptops.join(ann)
    bring(ben, sent(ann, tmp_path / "ann.xlsx"))
    assert [each.title for each in _lines(ben)] == ["Late"]
    again = laptops.reopen(ann)
    assert _lines(again) == []
    undo(again)
    assert [each.title for each in _lines(again)] == ["Late"]
    with pytest.raises(WrongUseError):
        snooze(again, line, date(2026, 11, 22))


def test_an_account_left_alone_too_long_is_listed_and_a_logged_call_ends_it(ann: Session, picture: Picture) -> None:
    alpine, borealis = picture.accounts["Alpine"], picture.accounts["Borealis"]
    for account, last in ((alpine, "2026-09-01"), (borealis, "2026-11-01")):
        say(ann, account, "longest_gap_days", "30")
        create_record(ann, "touch", {"subject": "Call", "account": account, "happened_on": last})
    create_record(ann, "touch", {"subject": "Visit", "account": borealis, "happened_on": "2027-01-10"})
    (line,) = _lines(ann, LineKind.GAP)
    assert (line.account_name, line.count, line.detail) == ("Alpine", 52, "2026-09-01")
    done(ann, line)
    assert _lines(ann, LineKind.GAP) == []
    touch = ann.store.records_with("touch", "account", alpine)
    assert {(each.values["channel"], each.values["happened_on"]) for each in touch if "channel" in each.values} == {
        ("call", "2026-11-22")
    }


def test_a_dispute_is_told_where_somebody_is_about_to_be_in_touch(ann: Session, picture: Picture) -> None:
    alpine, borealis = picture.accounts["Alpine"], picture.accounts["Borealis"]
    for account in (alpine, borealis):
        create_record(ann, "case", {"title": "Two crates", "account": account, "dispute": "yes", "state": "open"})
    assert _lines(ann, LineKind.DISPUTE) == []
    create_record(
        ann, "touch", {"subject": "Walk the store", "account": alpine, "channel": "visit", "happened_on": "2026-11-24"}
    )
    assert [(line.kind, line.account_name) for line in _lines(ann)] == [
        (LineKind.DISPUTE, "Alpine"),
        (LineKind.VISIT, "Alpine"),
    ]


def test_dates_are_told_in_time_whichever_layer_knows_them(ann: Session, picture: Picture) -> None:
    kari, ola = picture.contacts["Kari Nordmann"], picture.contacts["Ola Hansen"]
    say(ann, kari, "mackay_birth", "29 November 1980, Bodø", Layer.ME)
    say(ann, ola, "mackay_birth", "29 December 1980", Layer.TEAM)
    set_value(ann, Typed(ola, "mackay_anniversary", "1999-11-22"))
    say(ann, picture.accounts["Alpine"], "contract_end", "2026-12-31")
    say(ann, picture.accounts["Borealis"], "contract_end", "2027-12-31")
    found = [(line.kind, line.title or line.account_name, line.day) for line in _lines(ann)]
    assert found == [
        (LineKind.ANNIVERSARY, "Ola Hansen", date(2026, 11, 22)),
        (LineKind.BIRTHDAY, "Kari Nordmann", date(2026, 11, 29)),
        (LineKind.CONTRACT, "Alpine", date(2026, 12, 31)),
    ]
    done(ann, _lines(ann, LineKind.BIRTHDAY)[0])
    assert _lines(ann, LineKind.BIRTHDAY) == []
    set_value(ann, Typed(ola, "mackay_anniversary", "1999-12-01"))
    assert [line.day for line in _lines(ann, LineKind.ANNIVERSARY)] == [date(2026, 12, 1)]
    delete_record(ann, ola)
    assert _lines(ann, LineKind.ANNIVERSARY) == []


def test_a_stale_answer_is_asked_again_of_people_met_soon(ann: Session, picture: Picture) -> None:
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    for contact in (kari, picture.contacts["Ola Hansen"]):
        set_value(ann, Typed(contact, "title", "Buyer", source=Source(speaker="Ann", date="2023-01-01")))
    assert _lines(ann, LineKind.STALE) == []
    values = {"subject": "Visit", "account": alpine, "contact": kari, "happened_on": "2026-11-23"}
    create_record(ann, "touch", values)
    (line,) = _lines(ann, LineKind.STALE)
    assert (line.title, line.contact_name, line.detail, line.count) == ("Job title", "Kari Nordmann", "2023-01-01", 1)


def test_a_conflict_makes_one_line_that_is_decided_where_it_waits(ann: Session, picture: Picture) -> None:
    shown = ann.shown()
    for city in ("Bonn", "Köln"):
        set_value(ann, Typed(picture.accounts["Alpine"], "city", city), shown)
    (line,) = _lines(ann)
    assert (line.kind, line.count, line.group) == (LineKind.CONFLICTS, 1, Group.NOW)
    with pytest.raises(WrongUseError):
        done(ann, line)


def test_mine_are_the_accounts_i_own_and_the_actions_i_do(ann: Session, picture: Picture) -> None:
    me, other = (create_record(ann, "colleague", {"name": name})[0] for name in ("Ann", "Ben"))
    say(ann, picture.accounts["Alpine"], "owner", me)
    say(ann, picture.accounts["Borealis"], "owner", other)
    _action(ann, picture.accounts["Alpine"], "At my account", "2026-11-22")
    _action(ann, picture.accounts["Alpine"], "Ben does it", "2026-11-22", colleague=other)
    _action(ann, picture.accounts["Borealis"], "At Ben's", "2026-11-22")
    _action(ann, picture.accounts["Borealis"], "I do it", "2026-11-22", colleague=me)
    assert {line.title for line in _lines(ann)} == {"At my account", "I do it"}
    assert len(_lines(ann, mine=False)) == 4


def test_who_asked_for_peace_is_told_for_as_long_as_they_asked(ann: Session, picture: Picture) -> None:
    kari = picture.contacts["Kari Nordmann"]
    set_value(ann, Typed(kari, "peace_until", "2026-12-03"))
    (line,) = _lines(ann, LineKind.PEACE)
    assert (line.group, line.contact_name, line.detail) == (Group.WEEK, "Kari Nordmann", "2026-12-03")
    done(ann, line)
    assert _lines(ann, LineKind.PEACE) == []
    undo(ann)
    set_value(ann, Typed(kari, "peace_until", "2026-11-21"))
    assert _lines(ann, LineKind.PEACE) == []


def test_who_has_heard_enough_is_told_when_somebody_is_about_to_call(ann: Session, picture: Picture) -> None:
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    for day in ("2026-11-17", "2026-11-20"):
        values = {"subject": "Catalogue", "account": alpine, "contact": kari, "channel": "send", "direction": "ours"}
        create_record(ann, "touch", values | {"happened_on": day})
    assert _lines(ann, LineKind.PEACE) == [], "nobody is about to be in touch there"
    _action(ann, alpine, "Send the samples", "2026-11-24", promise="yes", contact=kari)
    (line,) = _lines(ann, LineKind.PEACE)
    assert (line.contact_name, line.account_name, line.count) == ("Kari Nordmann", "Alpine", 2)
