"""Money counts minor units and rounds half up, as invoices do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.money import Money, line_amount, minor_digits


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("0.005", "EUR", 1), ("2.675", "EUR", 268), ("0.015", "EUR", 2), ("-0.005", "EUR", -1), ("0.5", "JPY", 1)],
)
def test_half_is_rounded_up_and_away_from_zero(amount: str, currency: str, minor: int) -> None:
    assert Money.from_decimal(Decimal(amount), currency) == Money(minor, currency)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_canonical_text_reads_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.parse(money.canonical()) == money
    assert len(money.canonical().partition(" ")[0].partition(".")[2]) == minor_digits(currency)


@pytest.mark.parametrize("text", ["x", "12", "12 EUR", "12.345 EUR", "NaN EUR", "1e3 EUR", "Infinity EUR", "x EUR"])
def test_text_that_is_not_canonical_is_no_money(text: str) -> None:
    with pytest.raises(ValueError, match=text[:3]):
        Money.parse(text)


@pytest.mark.parametrize(
    ("price", "quantity", "discount", "amount"),
    [("14.00", "12", "0", "168.00"), ("7.70", "3", "0.05", "21.95"), ("0.05", "1", "0.5", "0.03")],
)
def test_a_line_is_rounded_once(price: str, quantity: str, discount: str, amount: str) -> None:
    money = Money.from_decimal(Decimal(price), "EUR")
    assert line_amount(money, Decimal(quantity), Decimal(discount)).canonical() == f"{amount} EUR"
