"""The twenty ways in which spreadsheet programs change values, each on the bytes of a workbook that left and came back.

A person sees nothing where nothing was said, and otherwise both readings; nothing becomes an edit that nobody made.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from tests.exchange.values.cells import Came, Sent

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    SendOut = Callable[..., Sent]

_DATE = "yyyy-mm-dd"


@pytest.fixture
def sent(tmp_path: Path) -> Callable[..., Sent]:
    return lambda kind="account", **values: Sent(tmp_path, values, kind)


@pytest.mark.parametrize(
    ("field", "header", "base", "number", "found"),
    [
        ("number", "Customer number", "00042", 42, "42"),
        ("postal_code", "Postal code", "01067", 1067, "1067"),
        ("phone", "Phone", "+49 351 4711", 493514711, "493514711"),
        ("phone", "Phone", "0049 351 4711", 493514711.0, "493514711"),
        ("number", "Customer number", "12345678901234567", 12345678901234500, "12345678901234500"),
        ("number", "Customer number", "4006381333931001", 4.0063813339310e15, "4006381333931000"),
    ],
)
def test_v1_a_text_that_became_a_number_and_lost_digits_is_kept(
    sent: SendOut, field: str, header: str, base: str, number: float, found: str
) -> None:
    assert sent(**{field: base}).back(header, number).keeps(base, found)


def test_v2_a_cell_that_lost_its_text_format_by_pasting_is_read_by_what_stands_in_it(sent: SendOut) -> None:
    assert sent(number="20117").back("Customer number", 20117, "General").says_nothing()
    assert sent(number="20117").back("Customer number", "20117", "0.00").says_nothing()
    assert sent(number="007").back("Customer number", 7, "0").keeps("007", "7")
    typed = sent(number="007").back("Customer number", 815, "0")
    assert typed.asks("815", "zeros in front may be lost")
    assert typed.offered == "815"


@pytest.mark.parametrize(
    ("base", "value", "shown_as", "found"),
    [
        ("1E5", 100000, "General", "100000"),
        ("2E10", 2e10, "General", "20000000000"),
        ("1-2", datetime(2026, 2, 1), "d-mmm", "2026-02-01"),  # noqa: DTZ001 - cells know no zones
        ("MARCH1", datetime(2026, 3, 1), "d-mmm", "2026-03-01"),  # noqa: DTZ001
        ("3/4", datetime(2026, 3, 4), "d-mmm", "2026-03-04"),  # noqa: DTZ001
        ("3/4", 46085, "General", "46085"),
        ("7:30", time(7, 30), "h:mm", "07:30:00"),
        ("15%", 0.15, "0%", "0.15"),
    ],
)
def test_v3_powers_dates_and_shares_made_out_of_text_are_kept(
    sent: SendOut, base: str, value: object, shown_as: str, found: str
) -> None:
    assert sent(industry=base).back("Industry", value, shown_as).keeps(base, found)


def test_v3_what_is_new_and_came_as_a_date_or_a_rounded_number_is_asked(sent: SendOut) -> None:
    typed = sent(industry="Fish").back("Industry", date(2026, 3, 1), "d-mmm")
    assert typed.asks("2026-03-01", "1-3")
    long = sent(number="4006381333931001").back("Customer number", "4.00638E+15", "@")
    assert long.keeps("4006381333931001", "4.00638E+15")


def test_v4_numbers_are_read_with_comma_or_point_and_asked_about_where_they_mean_two_things(sent: SendOut) -> None:
    assert sent(revenue="1234.50 EUR").back("Annual revenue", "1234,5").says_nothing()
    assert sent(revenue="1234.50 EUR").back("Annual revenue", "1.234,50 EUR").says_nothing()
    assert sent(revenue="1234.50 EUR").back("Annual revenue", "1 234.50").says_nothing()
    assert sent(revenue="1234.50 EUR").back("Annual revenue", "99,5").edits == [("revenue", "99.50 EUR")]
    assert sent(revenue="1234.50 EUR").back("Annual revenue", "2.345,60").edits == [("revenue", "2345.60 EUR")]
    assert sent(revenue="1234.50 EUR").back("Annual revenue", "€ 2,345.60").edits == [("revenue", "2345.60 EUR")]
    assert sent(revenue="1234.50 EUR").back("Annual revenue", "99,5£").edits == [("revenue", "99.50 GBP")]
    twofold = sent(revenue="1234.50 EUR").back("Annual revenue", "5,678")
    assert twofold.asks("5678", "5.678")
    assert sent("purchase", quantity="2.000").back("Quantity", "1.500").asks("1500", "1.500")


def test_v4_a_decimal_comma_where_the_format_wants_a_point_is_read(sent: SendOut) -> None:
    assert sent(revenue="1.50 EUR").raw("Annual revenue", "", "<v>1,5</v>").says_nothing()
    assert sent(revenue="1.50 EUR").raw("Annual revenue", "", "<v>2,5</v>").edits == [("revenue", "2.50 EUR")]


def test_v4_a_number_that_was_taken_for_a_date_is_kept_or_asked(sent: SendOut) -> None:
    made = date(2026, 5, 22)
    assert sent("purchase", quantity="22.500").back("Quantity", made, "d. mmm").keeps("22.500", "2026-05-22")
    came = sent("purchase", quantity="3.000").back("Quantity", made, "d. mmm")
    assert came.asks("2026-05-22", "22.5")
    assert came.offered == "22.500"


def test_v4_a_number_shown_as_a_date_is_the_number(sent: SendOut) -> None:
    assert sent(revenue="1000.00 EUR").back("Annual revenue", 1000, _DATE).says_nothing()
    typed = sent(revenue="1000.00 EUR").back("Annual revenue", 1200, _DATE)
    assert typed.asks("1903-04-14", "1200")
    assert typed.offered == "1200.00 EUR"


def test_v5_dates_as_text_are_taken_where_they_mean_one_day_and_asked_about_elsewhere(sent: SendOut) -> None:
    assert sent(contract_end="2026-12-25").back("Contract runs until", "2026-12-25").says_nothing()
    assert sent(contract_end="2026-12-25").back("Contract runs until", "25.12.2026").says_nothing()
    assert sent(contract_end="2026-12-25").back("Contract runs until", "12/25/2026").says_nothing()
    assert sent(contract_end="2026-04-03").back("Contract runs until", "03/04/2026").says_nothing()
    said = sent(contract_end="2026-12-25").back("Contract runs until", "28/12/2026")
    assert said.edits == [("contract_end", "2026-12-28")]
    assert sent(contract_end="2026-12-25").back("Contract runs until", "03/04/2026").asks("2026-04-03", "2026-03-04")
    assert sent(contract_end="2026-12-25").back("Contract runs until", "03/04/27").asks("2027-04-03", "2027-03-04")


@pytest.mark.parametrize(
    "text", ["28. Dezember 2026", "28 décembre 2026", "December 28, 2026", "28 Dec 2026", "28 de diciembre de 2026"]
)
def test_v5_a_month_by_its_name_is_a_month(sent: SendOut, text: str) -> None:
    assert sent(contract_end="2026-12-25").back("Contract runs until", text).edits == [("contract_end", "2026-12-28")]
    assert sent(contract_end="2026-12-28").back("Contract runs until", text).says_nothing()


def test_v5_day_and_month_that_changed_places_are_asked_about(sent: SendOut) -> None:
    turned = sent(contract_end="2027-03-02").back("Contract runs until", date(2027, 2, 3), _DATE)
    assert turned.asks("2027-03-02", "2027-02-03", "changed places")


def test_v5_a_time_of_day_with_a_date_is_asked_about(sent: SendOut) -> None:
    stamped = sent(contract_end="").back("Contract runs until", datetime(2027, 2, 3, 14, 5), "yyyy-mm-dd hh:mm")  # noqa: DTZ001
    assert stamped.asks("14:05")
    assert stamped.offered == "2027-02-03"


@pytest.mark.parametrize("days", [1462, -1462])
def test_v6_a_date_moved_by_the_distance_between_1900_and_1904_is_kept(sent: SendOut, days: int) -> None:
    moved = date(2027, 3, 2) + timedelta(days=days)
    assert (
        sent(contract_end="2027-03-02").back("Contract runs until", moved, _DATE).keeps("2027-03-02", moved.isoformat())
    )


def _counting_from_1904(part: str, text: str) -> str:
    return re.sub(r"<workbookPr ", '<workbookPr date1904="1" ', text) if part == "xl/workbook.xml" else text


def test_v6_a_workbook_that_counts_from_1904_all_of_a_sudden_changes_no_date(sent: SendOut) -> None:
    export = sent(contract_end="2027-03-02")
    assert export.read(export.rewritten(_counting_from_1904)).keeps("2027-03-02", "2031-03-03")


def test_v7_serial_numbers_from_before_march_1900_and_durations_are_nobodys_date(sent: SendOut) -> None:
    assert sent(contract_end="1899-12-31").back("Contract runs until", "1899-12-31").says_nothing()
    for value, shown_as in ((59, _DATE), (-5, _DATE), (0, _DATE), (timedelta(hours=30), "[h]:mm")):
        came = sent(contract_end="2027-03-02").back("Contract runs until", value, shown_as)
        assert (came.edits, [each.statements for each in came.derived.suggestions]) == ([], [()]), value
        (problem,) = came.derived.problems
        assert "a date such as 2026-11-22" in problem.sentence()


def test_v7_a_serial_number_without_its_date_format_is_the_same_day_or_asked(sent: SendOut) -> None:
    assert sent(contract_end="2027-03-02").back("Contract runs until", 46448, "General").says_nothing()
    assert sent(contract_end="2027-03-02").back("Contract runs until", 46500, "General").asks("46500", "2027-04-23")


@pytest.mark.parametrize("number", ["1500.4999999999998", "1500.5000000000002", "1.5005E3", "1500.50"])
def test_v8_the_last_digits_of_a_number_are_the_programs(sent: SendOut, number: str) -> None:
    assert sent(revenue="1500.50 EUR").raw("Annual revenue", "", f"<v>{number}</v>").says_nothing()


def test_v8_the_last_digit_that_a_field_keeps_is_the_persons(sent: SendOut) -> None:
    assert sent(revenue="1500.50 EUR").back("Annual revenue", 1500.51).edits == [("revenue", "1500.51 EUR")]
    discount = sent("purchase", discount="0.0500").back("Discount", 0.0501)
    assert discount.edits == [("discount", "0.0501")]


@pytest.mark.parametrize(
    ("attributes", "inner"),
    [(' t="b"', "<v>1</v>"), (' t="b"', "<f>TRUE()</f><v>1</v>"), ("", "<v>1</v>"), (' t="str"', "<v>TRUE</v>")],
)
def test_v9_yes_in_the_spelling_of_a_program_is_no_edit(sent: SendOut, attributes: str, inner: str) -> None:
    assert sent("contact", no_marketing="yes").raw("Wants no marketing", attributes, inner).says_nothing()
    changed = sent("contact", no_marketing="no").raw("Wants no marketing", attributes, inner)
    if "<f>" in inner:
        assert changed.asks("computed by a formula")
        assert changed.offered == "yes"
    else:
        assert changed.edits == [("no_marketing", "yes")]


def test_v9_a_text_that_reads_true_is_no_truth_value(sent: SendOut) -> None:
    assert sent(industry="true").raw("Industry", ' t="b"', "<v>1</v>").says_nothing()
    assert sent(industry="Fish").raw("Industry", ' t="b"', "<v>1</v>").asks("TRUE")


def test_v10_white_space_at_the_ends_says_nothing(sent: SendOut) -> None:
    assert sent(city="Oslo").back("City", "  Oslo\u00a0 ").says_nothing()
    assert (
        sent(key_problems="Late.\n  Nobody calls.")
        .back("Key problems as they see them", "Late.\nNobody calls. ")
        .says_nothing()
    )
    assert sent(city="Oslo").back("City", " Bergen ").edits == [("city", "Bergen")]
    assert sent(city="Oslo").back("City", "   ").says_nothing()


@pytest.mark.parametrize(
    "city", ["São\u00a0Paulo", "Sa\u0303o Paulo", "São\u200b Paulo", "São  Paulo", "\ufeffSão Paulo"]
)
def test_v11_spaces_joiners_and_accents_in_another_encoding_say_nothing(sent: SendOut, city: str) -> None:
    assert sent(city="São Paulo").back("City", city).says_nothing()


def test_v11_what_a_person_types_is_kept_as_typed(sent: SendOut) -> None:
    assert sent(city="Sao Paulo").back("City", "São Paulo").edits == [("city", "São Paulo")]
    assert sent(city="O'Fallon").back("City", "O’Fallon").edits == [("city", "O’Fallon")]


def test_v12_a_tab_in_a_one_line_cell_is_a_space(sent: SendOut) -> None:
    assert sent(city="Mo i Rana").back("City", "Mo\ti\tRana").says_nothing()
    assert sent(city="Oslo").back("City", "Mo\ti Rana").edits == [("city", "Mo i Rana")]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\r\r\n", "\n\n"])
def test_v13_line_ends_are_the_programs(sent: SendOut, ends: str) -> None:
    header = "Key problems as they see them"
    assert sent(key_problems="Late.\nNobody calls.").back(header, f"Late.{ends}Nobody calls.").says_nothing()
    (edit,) = sent(key_problems="Late.").back(header, f"Late.{ends}Still.").edits
    assert edit[1] is not None
    assert "\r" not in edit[1]


def test_v14_escapes_that_a_program_writes_or_reads_literally_say_nothing(sent: SendOut) -> None:
    header = "Key problems as they see them"
    export = sent(key_problems="Late.\nNobody calls.")
    assert export.raw(header, ' t="inlineStr"', "<is><t>Late._x000D_\nNobody calls.</t></is>").says_nothing()
    assert export.raw(header, ' t="inlineStr"', "<is><t>Late._x005F_x000D_\nNobody calls.</t></is>").says_nothing()
    literal = sent(key_problems="They write _x000D_ for a line end and _x0041_ for A.")
    assert literal.back("Industry", None).says_nothing()


def test_v15_control_characters_are_taken_out_and_alone_say_nothing(sent: SendOut) -> None:
    spoilt = "<is><t>Os_x0001_lo_xFFFE_</t></is>"
    assert sent(city="Oslo").raw("City", ' t="inlineStr"', spoilt).says_nothing()
    assert sent(city="Bergen").raw("City", ' t="inlineStr"', spoilt).edits == [("city", "Oslo")]


@pytest.mark.parametrize("limit", [255, 1_024, 8_224])
def test_v16_a_text_cut_off_at_a_limit_of_cells_is_kept(sent: SendOut, limit: int) -> None:
    base = " ".join(f"word{number:04d}" for number in range(2_000))
    came = sent(key_problems=base).back("Key problems as they see them", base[:limit])
    (listed,) = came.derived.suggestions
    assert (came.edits, listed.kind) == ([], "damage")
    assert "cut off at the limit of a cell" in listed.reason
    (notice,) = came.derived.notices
    assert "word0000" in notice.sentence()
    assert len(notice.sentence()) < 500


def test_v16_the_first_cell_of_a_text_in_several_cells_cut_off_is_kept(sent: SendOut) -> None:
    base = " ".join(f"word{number:05d}" for number in range(6_000))
    came = sent(key_problems=base).back("Key problems as they see them", base[:255])
    assert (came.edits, [each.kind for each in came.derived.suggestions]) == ([], ["damage"])


def test_v16_a_person_may_shorten_a_text_and_fill_a_cell_to_its_limit_is_asked(sent: SendOut) -> None:
    base = "Late on Mondays. Nobody calls."
    assert sent(key_problems=base).back("Key problems as they see them", "Late on Mondays.").edits == [
        ("key_problems", "Late on Mondays.")
    ]
    assert sent(key_problems=base).back("Key problems as they see them", "x" * 32_767).asks("its end may be cut off")


@pytest.mark.parametrize("code", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_v17_an_error_in_a_cell_states_nothing_and_is_told(sent: SendOut, code: str) -> None:
    came = sent(city="Oslo").raw("City", ' t="e"', f"<v>{code}</v>")
    assert (came.edits, came.derived.suggestions) == ([], ())
    (notice,) = came.derived.notices
    assert "an error" in notice.sentence()


def test_v18_a_formula_is_asked_about_by_its_result_and_without_one_states_nothing(sent: SendOut) -> None:
    computed = sent(city="Oslo").raw("City", ' t="str"', "<f>UPPER(&quot;bergen&quot;)</f><v>BERGEN</v>")
    assert computed.asks("BERGEN", "computed by a formula")
    assert computed.offered == "BERGEN"
    assert sent(city="Oslo").raw("City", ' t="str"', "<f>PROPER(&quot;oslo&quot;)</f><v>Oslo</v>").says_nothing()
    unknown = sent(city="Oslo").back("City", "=UPPER(A1)")
    assert (unknown.edits, unknown.derived.suggestions) == ([], ())
    (notice,) = unknown.derived.notices
    assert "a formula without a result" in notice.sentence()


def test_v19_formatted_text_is_read_as_its_letters(sent: SendOut) -> None:
    bold = CellRichText("Os", TextBlock(InlineFont(b=True), "lo"))
    assert sent(city="Oslo").back("City", bold).says_nothing()
    phonetic = '<is><r><t>大</t></r><r><t>阪</t></r><rPh sb="0" eb="2"><t>オオサカ</t></rPh></is>'
    assert sent(city="大阪").raw("City", ' t="inlineStr"', phonetic).says_nothing()
    assert sent(city="Oslo").raw("City", ' t="inlineStr"', phonetic).edits == [("city", "大阪")]


@pytest.mark.parametrize(
    ("attributes", "inner"),
    [
        ("", ""),
        (' t="str"', "<v></v>"),
        (' t="inlineStr"', "<is><t></t></is>"),
        (' t="inlineStr"', "<is><t>\u200b</t></is>"),
    ],
)
def test_v20_every_kind_of_blank_states_nothing(sent: SendOut, attributes: str, inner: str) -> None:
    assert sent(city="Oslo").raw("City", attributes, inner).says_nothing()
    assert sent().raw("City", attributes, inner).says_nothing()


def test_v20_only_the_mark_named_on_the_guide_clears(sent: SendOut) -> None:
    assert sent(city="Oslo").back("City", "(clear)").edits == [("city", None)]
    assert isinstance(sent(city="Oslo").back("City", None), Came)
    assert sent(city="Oslo").back("City", None).says_nothing()


@pytest.mark.parametrize("words", ["?", "n/a", "-", "k. A.", "unbekannt", "(Unknown)", "I don’t know"])
def test_v21_words_for_having_no_answer_overwrite_nothing(sent: SendOut, words: str) -> None:
    came = sent(phone="+47 22 00").back("Phone", words)
    assert came.asks("no answer", words)
    assert came.offered == words, "somebody may be called like that"


def test_v21_words_that_ask_for_a_cell_to_be_cleared_are_asked_about(sent: SendOut) -> None:
    came = sent(phone="+47 22 00").back("Phone", "please delete!")
    assert came.asks("cleared")
    assert came.offered is None


def test_v21_what_points_elsewhere_is_to_be_put_right(sent: SendOut) -> None:
    derived = sent(key_problems="Late on Mondays.").back("Key problems as they see them", "same as above").derived
    (listed,) = derived.suggestions
    assert (derived.statements, listed.statements) == ((), ())
    assert "expected the answer itself" in derived.problems[0].sentence()
