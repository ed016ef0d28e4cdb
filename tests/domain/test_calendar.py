"""Yearly dates: read out of what people write, and when they come again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.calendar import month_and_day, next_anniversary


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("13 June 1978; Kraków is home town and favourite subject", (6, 13)),
        ("born 1978-06-13", (6, 13)),
        ("June 13th, 1978", (6, 13)),
        ("13. Juni 1978 in Linz", (6, 13)),
        ("3. März", (3, 3)),
        ("13.6.1978", (6, 13)),
        ("13.06.", (6, 13)),
        ("29 February 1980", (2, 29)),
        ("6/13/78", None),
        ("31 June", None),
        ("in spring", None),
        ("maybe 40 Mays ago", None),
        ("", None),
    ],
)
def test_a_day_and_month_are_read_where_they_are_clear(written: str, meant: tuple[int, int] | None) -> None:
    assert month_and_day(written) == meant


@given(st.text(max_size=80))
def test_any_text_is_read_or_left(written: str) -> None:
    found = month_and_day(written)
    assert found is None or date(2024, *found).year == 2024


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_a_yearly_date_comes_within_a_year_and_never_lies_behind(born: date, today: date) -> None:
    found = next_anniversary(born.month, born.day, today)
    assert 0 <= (found - today).days <= 366
    assert (found.month, found.day) in {(born.month, born.day), (3, 1)}
