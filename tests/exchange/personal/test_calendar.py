"""Calendars as Outlook, Google and Apple write them: a row for each meeting on each day it is held."""

from __future__ import annotations

from datetime import date

import pytest

from accountplanner.exchange.personal.calendar import read_meetings
from accountplanner.exchange.personal.recurrences import Recurrence

TODAY = date(2026, 11, 22)


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{each}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".encode()


def meetings(*events: str, head: str = "") -> list[tuple[str, ...]]:
    return [row.cells for row in read_meetings(calendar(*events, head=head), "mine", TODAY).rows]


def days(*events: str, head: str = "") -> list[str]:
    return [cells[2] for cells in meetings(*events, head=head)]


def test_outlook_with_its_own_zone_and_rooms() -> None:
    (met,) = meetings(
        'UID:040000008200E\nDTSTART;TZID="W. Europe Standard Time":20261102T090000\nSUMMARY;LANGUAGE=de:Besuch\n'
        "DESCRIPTION:Dial in with 4711\nLOCATION:Oslo\\, 2. Stock\nORGANIZER;CN=Ann:mailto:Ann@us.example\n"
        'ATTENDEE;CN="Berg; Eva";PARTSTAT=ACCEPTED:MAILTO:eva@alpine.example\n'
        "ATTENDEE;CUTYPE=ROOM:mailto:room1@us.example\nATTENDEE;PARTSTAT=DECLINED:mailto:no@alpine.example\n"
        "BEGIN:VALARM\nDESCRIPTION:Reminder\nSUMMARY:Not this\nEND:VALARM"
    )
    assert met == (
        "040000008200E/2026-11-02",
        "Besuch",
        "2026-11-02",
        "visit",
        "Oslo, 2. Stock",
        "ann@us.example eva@alpine.example",
    )


def test_google_puts_universal_time_into_its_calendars_zone() -> None:
    late = "UID:g\nDTSTART:20261102T233000Z\nSUMMARY:Call\nATTENDEE:mailto:a@b.example"
    assert days(late, head="X-WR-TIMEZONE:Europe/Berlin\n") == ["2026-11-03"]
    assert days(late) == ["2026-11-02"]
    assert days(late, head="X-WR-TIMEZONE:../../etc/passwd\n") == ["2026-11-02"]


def test_apple_writes_the_address_beside_a_path_of_its_own() -> None:
    (met,) = meetings("UID:a\nDTSTART;VALUE=DATE:20261102\nATTENDEE;EMAIL=eva@alpine.example:/aMTIz/principal/")
    assert (met[1], met[5]) == ("Meeting", "eva@alpine.example")


@pytest.mark.parametrize(
    "words",
    ["SUMMARY:Call about prices", "LOCATION:Microsoft Teams", "SUMMARY:Telefonat", "LOCATION:https://x.example"],
)
def test_what_is_said_to_be_remote_is_a_call(words: str) -> None:
    assert meetings(f"UID:a\nDTSTART:20261102T090000\n{words}")[0][3] == "call"


def test_what_recurs_is_taken_for_two_years_back_and_one_ahead() -> None:
    found = days("UID:w\nDTSTART:20100104T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO")
    assert (found[0], found[-1]) == ("2024-11-25", "2027-11-22")
    assert len(found) == 157
    assert days("UID:old\nDTSTART:20100104T090000") == ["2010-01-04"]


def test_days_left_out_moved_and_cancelled_in_a_series() -> None:
    series = "UID:s\nDTSTART;TZID=Europe/Oslo:20261102T090000\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Oslo:20261109T090000"
    moved = "UID:s\nRECURRENCE-ID;TZID=Europe/Oslo:20261116T090000\nDTSTART;TZID=Europe/Oslo:20261118T140000"
    gone = "UID:s\nRECURRENCE-ID;TZID=Europe/Oslo:20261123T090000\nDTSTART;TZID=Europe/Oslo:20261123T090000\nSTATUS:CANCELLED"
    assert [(cells[0], cells[2]) for cells in meetings(series, moved, gone)] == [
        ("s/2026-11-02", "2026-11-02"),
        ("s/2026-11-16", "2026-11-18"),
    ]


def test_private_and_cancelled_entries_are_only_counted() -> None:
    table = read_meetings(
        calendar(
            "UID:p\nDTSTART:20261102\nSUMMARY:Surgeon\nCLASS:CONFIDENTIAL",
            "UID:c\nDTSTART:20261102\nSTATUS:CANCELLED",
            "UID:n\nSUMMARY:No day",
        ),
        "mine",
        TODAY,
    )
    assert table.rows == ()
    assert "Surgeon" not in repr(table)
    assert table.notes == (
        "Private entries, which are never taken: 1.",
        "Cancelled meetings, which were left alone: 1.",
        "Entries without a day, or with a rule that is not expanded beyond its first day: 1.",
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=10;COUNT=3", ["2026-01-31", "2026-02-10", "2026-02-20"]),
        ("FREQ=MONTHLY;COUNT=3", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["2026-02-27", "2026-03-27"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-02-27", "2026-03-31"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA;COUNT=3", ["2026-01-31", "2026-02-10", "2026-02-14"]),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;COUNT=1", ["2026-03-08"]),
    ],
)
def test_rules_as_calendar_programs_offer_them(rule: str, expected: list[str]) -> None:
    read = Recurrence.read(rule, None)
    assert read is not None
    found = read.days(date(2026, 1, 31), date(2026, 1, 1), date(2026, 12, 31))
    assert [day.isoformat() for day in found] == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0;COUNT=99999999",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=999999999999",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=YEARLY;BYMONTH=13",
        f"FREQ=DAILY;COUNT={'9' * 5000}",
    ],
)
def test_a_rule_that_means_harm_ends(rule: str) -> None:
    assert len(days(f"UID:h\nDTSTART:16010101T000000\nRRULE:{rule}")) <= 1100
