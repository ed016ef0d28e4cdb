"""Values are written as the region does, and read back from what people type."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from accountplanner.desktop.formats import Formats

TODAY = date(2026, 11, 22)
REGIONS = (
    QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    QLocale(QLocale.Language.German, QLocale.Country.Germany),
    QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden),
    QLocale(QLocale.Language.French, QLocale.Country.France),
    QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
)
GERMAN = Formats(REGIONS[1])


def test_money_keeps_every_cent(formats: Formats) -> None:
    assert formats.money(126579329, "EUR") == "1,265,793.29\u00a0EUR"
    assert formats.money(90_071_992_547_409_931, "EUR") == "900,719,925,474,099.31\u00a0EUR"
    assert formats.money(-5, "EUR").endswith("0.05\u00a0EUR")
    assert formats.money(1234, "JPY") == "1,234\u00a0JPY"
    assert GERMAN.money(123450, "EUR") == "1.234,50\u00a0EUR"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 19), "3 days ago"),
        (date(2026, 11, 1), "3 weeks ago"),
        (date(2026, 3, 4), "4 Mar"),
        (date(2024, 3, 4), "4 Mar 2024"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 12, 4), "4 Dec"),
    ],
)
def test_days_are_told_from_today(formats: Formats, day: date, words: str) -> None:
    assert formats.days_ago(day, TODAY) == words


def test_promises_say_how_late_they_are(formats: Formats) -> None:
    assert formats.days_ahead(date(2026, 11, 20), TODAY) == "2 days late"
    assert formats.days_ahead(date(2026, 11, 21), TODAY) == "1 day late"


@pytest.mark.parametrize("typed", ["2026-11-12", "12/11/2026", "12 Nov 2026", "12 November 2026", "12/11/26"])
def test_dates_are_read_as_the_region_writes_them(formats: Formats, typed: str) -> None:
    assert formats.read_date(typed) == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-11-22"), ("Tomorrow", "2026-11-23"), ("friday", "2026-11-27"), ("fri", "2026-11-27"),
        ("in 2 weeks", "2026-12-06"), ("27/11", "2026-11-27"), ("3/4", "2027-04-03"), ("27 Nov", "2026-11-27"),
        ("heute", "2026-11-22"), ("morgen", "2026-11-23"), ("Freitag", "2026-11-27"), ("in 2 wochen", "2026-12-06"),
        ("27.11.", "2026-11-27"), ("29/2", "2027-03-01"), ("übermorgen", "2026-11-24"),
    ],
)  # fmt: skip
def test_days_are_read_in_words_and_short_forms_as_in_notes(formats: Formats, typed: str, day: str) -> None:
    formats.count_from(lambda: date(2026, 11, 22))
    assert formats.read_date(typed) == date.fromisoformat(day)


def test_short_days_are_read_in_the_regions_order() -> None:
    american = Formats(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    american.count_from(lambda: date(2026, 11, 22))
    assert american.read_date("3/4") == date(2027, 3, 4)


@pytest.mark.parametrize("typed", ["", "soon", "friday perhaps", "31/2", "31/02/2026", "2026-13-01", "45"])
def test_no_date_is_guessed(formats: Formats, typed: str) -> None:
    assert formats.read_date(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"), [("1.234,5", "1234.5"), ("12,5", "12.5"), ("1234.5", "1234.5"), ("-3", "-3")]
)
def test_numbers_are_read_as_germans_write_them(typed: str, number: str) -> None:
    assert GERMAN.read_number(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["twelve", "1 2 x", "NaN", "Infinity", ""])
def test_what_is_no_number_is_refused(formats: Formats, typed: str) -> None:
    assert formats.read_number(typed) is None


def test_amounts_may_name_their_currency(formats: Formats) -> None:
    assert formats.read_money("1,234.50", "EUR") == (123450, "EUR")
    assert formats.read_money("sek 300", "EUR") == (30000, "SEK")
    assert formats.read_money("300 SEK", "") == (30000, "SEK")
    assert formats.read_money("1.005", "EUR") is None
    assert formats.read_money("300", "") is None


@given(st.sampled_from(REGIONS), st.integers(-(10**14), 10**14), st.sampled_from(("EUR", "SEK", "JPY", "KWD")))
def test_what_was_written_can_be_read_back(region: QLocale, minor: int, currency: str) -> None:
    formats = Formats(region)
    assert formats.read_money(formats.money(minor, currency), "XXX") == (minor, currency)


@given(st.sampled_from(REGIONS), st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_dates_can_be_read_back(region: QLocale, day: date) -> None:
    formats = Formats(region)
    assert formats.read_date(formats.full_date(day)) == day
