"""One text for every value: what is taken, what is refused, and what counts as the same."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.canonical import canonical_value, comparison_value, parse_date, parse_number
from accountplanner.domain.catalogue import all_fields, known_field
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import Field, FieldType
from accountplanner.domain.text import clean_line, clean_text, comparison_text, search_text

if TYPE_CHECKING:
    from datetime import date

FIELDS = list(all_fields())
TYPED = {
    FieldType.TEXT: st.text(),
    FieldType.LONG_TEXT: st.text(),
    FieldType.URL: st.text(),
    FieldType.PHONE: st.text("0123456789+-() \ufeff\xa0"),
    FieldType.LIST: st.text(st.sampled_from("ab;\n\r\t \ufeff\u200b\xa0é")),
    FieldType.EMAIL: st.text(st.sampled_from("ab.@ \ufeff\n")),
    FieldType.DATE: st.dates().map(str) | st.text("0123456789-. T:"),
    FieldType.DECIMAL: st.decimals(allow_nan=False, allow_infinity=False).map(lambda number: f"{number:f}"),
    FieldType.INTEGER: st.integers(-(10**16), 10**16).map(str),
    FieldType.MONEY: st.decimals(places=3, allow_nan=False, allow_infinity=False).map("{:f} KWD".format)
    | st.decimals(-(10**14), 10**14, places=2).map("{:f}".format),
    FieldType.YES_NO: st.sampled_from(["yes", "No", "TRUE", "0", "x", "maybe"]),
    FieldType.CHOICE: st.text(),
    FieldType.REFERENCE: st.text(),
}


TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f"
UNSEEN = TURNED + "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff"


def a_field(type_: FieldType, scale: int = 2) -> Field:
    return Field("account", "tried", "Tried", type_, choices=(("very", "Very satisfied"), ("no", "Not")), scale=scale)


@pytest.mark.parametrize(
    ("type_", "typed", "canonical"),
    [
        (FieldType.TEXT, "  Blauer See\tDelikatessen\r\n", "Blauer See Delikatessen"),
        (FieldType.TEXT, "00123", "00123"),
        (FieldType.TEXT, "=1+1", "=1+1"),
        (FieldType.TEXT, "a  b", "a  b"),
        (FieldType.TEXT, "\ufeff \ufeffa", "a"),
        (FieldType.TEXT, "a\x00\ud800\ufffeb", "ab"),
        (FieldType.LONG_TEXT, "one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        (FieldType.EMAIL, " Ann.A@Example.com ", "Ann.A@Example.com"),
        (FieldType.PHONE, "(5) 555-4729", "(5) 555-4729"),
        (FieldType.URL, "www.example.com", "www.example.com"),
        (FieldType.DATE, "2026-1-2", "2026-01-02"),
        (FieldType.DATE, "31.12.2026", "2026-12-31"),
        (FieldType.DATE, "2026-11-22 00:00:00", "2026-11-22"),
        (FieldType.DATE, "2024-02-29T00:00:00.000Z", "2024-02-29"),
        (FieldType.MONEY, "1234.5", "1234.50 EUR"),
        (FieldType.MONEY, "1 234,5 USD", "1234.50 USD"),
        (FieldType.MONEY, "12 JPY", "12 JPY"),
        (FieldType.MONEY, "1.5 KWD", "1.500 KWD"),
        (FieldType.MONEY, "1.500", "1.50 EUR"),
        (FieldType.MONEY, "-0", "0.00 EUR"),
        (FieldType.MONEY, "\N{MINUS SIGN}3", "-3.00 EUR"),
        (FieldType.DECIMAL, "12,5", "12.50"),
        (FieldType.DECIMAL, "0.005", "0.01"),
        (FieldType.DECIMAL, "-0.001", "0.00"),
        (FieldType.DECIMAL, "0.1000000000000000000", "0.10"),
        (FieldType.DECIMAL, "1234567890123.45", "1234567890123.45"),
        (FieldType.INTEGER, "-7", "-7"),
        (FieldType.INTEGER, "7.0", "7"),
        (FieldType.INTEGER, "007", "7"),
        (FieldType.YES_NO, "TRUE", "yes"),
        (FieldType.YES_NO, "nein", "no"),
        (FieldType.CHOICE, "very SATISFIED", "very"),
        (FieldType.CHOICE, "Very", "very"),
        (FieldType.LIST, "golf; chess ;; bridge", "golf\nchess\nbridge"),
        (FieldType.LIST, "golf; on Sundays\n\n chess", "golf; on Sundays\nchess"),
        (FieldType.REFERENCE, " account:1 ", "account:1"),
        (FieldType.TEXT, "Contoso \u202egnp.tnioj\u202c", "Contoso gnp.tnioj"),
        (FieldType.EMAIL, "\u202aann@example.com\u202c", "ann@example.com"),
        (FieldType.PHONE, " \u202a+49 30 555\u202c ", "+49 30 555"),
        (FieldType.LIST, "golf; \u2067ssehc\u2069", "golf\nssehc"),
        (FieldType.LIST, "golf; chess\n\u2066", "golf\nchess"),
        (FieldType.DATE, "\u200e2026-\u200e11-\u200e22", "2026-11-22"),
        (FieldType.INTEGER, "\u202a-7\u202c", "-7"),
        (FieldType.LONG_TEXT, "\u2067said\u2069 he", "\u2067said\u2069 he"),
    ],
)
def test_what_is_typed_becomes_one_text(type_: FieldType, typed: str, canonical: str) -> None:
    assert canonical_value(a_field(type_), typed) == canonical


@pytest.mark.parametrize(
    ("type_", "typed"),
    [
        (FieldType.EMAIL, "ann at example.com"),
        (FieldType.EMAIL, "ann@localhost"),
        (FieldType.DATE, "22/11/2026"),
        (FieldType.DATE, "2026-02-30"),
        (FieldType.DATE, "0000-01-01"),
        (FieldType.DATE, "2026-11-22 10:00"),
        (FieldType.MONEY, "1,234"),
        (FieldType.MONEY, "1.234 EUR"),
        (FieldType.MONEY, "12.5 JPY"),
        (FieldType.MONEY, "ten EUR"),
        (FieldType.MONEY, "10000000000000"),
        (FieldType.DECIMAL, "1e5"),
        (FieldType.DECIMAL, "NaN"),
        (FieldType.DECIMAL, "9999999999999.999"),
        (FieldType.DECIMAL, "123456789012345"),
        (FieldType.DECIMAL, "9" * 5000),
        (FieldType.INTEGER, "7.5"),
        (FieldType.INTEGER, "1" + "0" * 15),
        (FieldType.YES_NO, "perhaps"),
        (FieldType.CHOICE, "somewhat"),
        (FieldType.LONG_TEXT, "x" * 200_001),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(type_: FieldType, typed: str) -> None:
    with pytest.raises(ValueRefusedError, match="does not fit; expected") as caught:
        canonical_value(a_field(type_), typed)
    assert "Tried" in caught.value.sentence


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("account.employees", "-5", "a number that is not below 0"),
        ("account.revenue", "-1.00 EUR", "a number that is not below 0"),
        ("feedback.score", "11", "a number from 0 to 10"),
        ("feedback.score", "-1", "a number from 0 to 10"),
        ("link.weight", "0", "a number from 1 to 5"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_says_what_can(field: str, typed: str, expected: str) -> None:
    known = known_field(*field.split("."))
    assert known is not None
    with pytest.raises(ValueRefusedError) as caught:
        canonical_value(known, typed)
    assert caught.value.expected == expected


@pytest.mark.parametrize(
    ("field", "typed"), [("account.employees", "0"), ("feedback.score", "10"), ("purchase.amount", "-5")]
)
def test_the_bounds_themselves_and_credit_notes_are_taken(field: str, typed: str) -> None:
    known = known_field(*field.split("."))
    assert known is not None
    assert canonical_value(known, typed)


@given(st.text(st.sampled_from(f"ab \n\t{UNSEEN}")))
def test_a_line_is_shown_in_the_order_it_reads(typed: str) -> None:
    assert set(clean_line(typed)).isdisjoint(TURNED)
    assert comparison_text(clean_line(typed)) == comparison_text(typed)


@pytest.mark.parametrize("type_", FieldType)
@pytest.mark.parametrize("blank", ["", " ", "\n", "\xa0\ufeff \t", "\x00"])
def test_blank_stays_blank_and_is_never_zero(type_: FieldType, blank: str) -> None:
    assert canonical_value(a_field(type_), blank) == ""


@pytest.mark.parametrize(
    "type_", [FieldType.MONEY, FieldType.DATE, FieldType.INTEGER, FieldType.YES_NO, FieldType.CHOICE]
)
def test_marks_nobody_sees_are_blank_where_they_can_say_nothing(type_: FieldType) -> None:
    assert canonical_value(a_field(type_), "\u200e \u2068\u2069") == ""


@pytest.mark.parametrize("type_", FieldType)
@given(data=st.data())
def test_canonical_text_is_its_own_canonical_text(type_: FieldType, data: st.DataObject) -> None:
    field = a_field(type_, data.draw(st.integers(0, 4)))
    typed = data.draw(TYPED[type_] | st.text() | st.text(st.sampled_from(f"a1-. \n;{UNSEEN}")))
    try:
        once = canonical_value(field, typed)
    except ValueRefusedError:
        return
    assert canonical_value(field, once) == once
    assert comparison_value(field, once) == comparison_value(field, canonical_value(field, once))


@given(st.text(), st.sampled_from([FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST, FieldType.EMAIL, None]))
def test_other_spaces_zero_widths_and_composition_make_no_other_value(text: str, type_: FieldType | None) -> None:
    field = None if type_ is None else a_field(type_)
    words = "\n".join(clean_text(text).split("\n"))
    spelt = unicodedata.normalize("NFD", words).replace(" ", "\xa0 ")
    spelt = "\u200b".join(spelt)
    assert comparison_value(field, words) == comparison_value(field, spelt)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Mueller"), ("Acme", "ACME"), ("Acme AG", "AcmeAG"), ("1", "01"), ("\u017f", "s"), ("½", "1/2")],
)
def test_whatever_else_differs_is_another_value(one: str, other: str) -> None:
    assert comparison_text(one) != comparison_text(other)


def test_items_of_a_list_keep_apart_when_compared() -> None:
    field = a_field(FieldType.LIST)
    assert comparison_value(field, "golf\nchess") != comparison_value(field, "golf chess")
    assert comparison_value(field, "golf\xa0club\nchess") == comparison_value(field, "golf club\nchess")


@given(st.text())
def test_compared_text_is_stable_and_one_line_stays_one_line(text: str) -> None:
    assert comparison_text(comparison_text(text)) == comparison_text(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert not set(clean_line(text)) & set("\n\r\t\x00\x0b\u2028")


def test_white_space_of_any_length_is_cleaned_at_once() -> None:
    assert clean_text("a" + " \ufeff" * 200_000 + "b")[-1] == "b"
    assert clean_text(" \ufeff" * 200_000) == ""


def test_finding_knows_neither_case_nor_accents() -> None:
    assert search_text("Blondel père ÆRØ ﬁne") == search_text("BLONDEL PERE æRø FINE")


@given(st.dates())
def test_every_date_is_read_in_both_spellings(day: date) -> None:
    assert parse_date(day.isoformat()) == parse_date(f"{day.day}.{day.month:02}.{day.year:04}") == day


@pytest.mark.parametrize("text", ["1,234", "1.234.567", "1'234", "12,345.6", "", "+", "0x10", "1_000", "∞"])
def test_a_grouped_number_is_nobodys_number(text: str) -> None:
    assert parse_number(text) is None


def test_every_type_of_the_catalogue_can_be_written() -> None:
    assert {field.type for field in FIELDS} == set(FieldType)
    assert known_field("account", "nothing") is None
