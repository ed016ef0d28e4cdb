"""What orders alone can prove, as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from accountplanner.domain.ladder import LADDER, propose_rung, rung_of

TODAY = date(2026, 11, 22)


def days(*texts: str) -> dict[str, date | None]:
    return {f"order {number}": date.fromisoformat(text) for number, text in enumerate(texts)}


def test_the_six_rungs_stand_in_order() -> None:
    assert [rung.key for rung in LADDER] == ["prospect", "customer", "client", "supporter", "advocate", "partner"]
    assert [rung.step for rung in LADDER] == list(range(1, 7))


@pytest.mark.parametrize(
    ("orders", "rung"),
    [
        ([], "prospect"),
        (["2026-10-01"], "customer"),
        (["2026-09-01", "2026-10-01"], "client"),
        (["2026-01-01"] * 9, "client"),
    ],
)
def test_orders_prove_no_rung_above_client(orders: list[str], rung: str) -> None:
    assert propose_rung(days(*orders), TODAY).rung == rung


def test_a_bare_name_is_unproven_and_a_named_need_proves() -> None:
    assert not propose_rung({}, TODAY).proven
    assert propose_rung({}, TODAY).evidence == "Only a name so far"
    assert propose_rung({}, TODAY, need_named=True).proven
    assert propose_rung({}, TODAY, last_two_way=date(2026, 11, 1)).proven


def test_what_happened_after_the_day_does_not_count_yet() -> None:
    orders = days("2026-01-01", "2026-12-01")
    proposal = propose_rung(orders, TODAY)
    assert (proposal.rung, proposal.distinct_orders, proposal.last_order) == ("customer", 1, date(2026, 1, 1))
    assert propose_rung(orders, date(2026, 12, 1)).rung == "client"
    assert propose_rung(orders, date(2025, 12, 31)).rung == "prospect"
    assert not propose_rung({}, TODAY, last_two_way=date(2026, 11, 23)).proven


def test_an_order_without_a_date_counts_but_dates_nothing() -> None:
    proposal = propose_rung({"1": None, "2": None}, TODAY)
    assert (proposal.rung, proposal.first_order, proposal.doubtful) == ("client", None, "")


def test_old_evidence_is_doubtful_and_says_since_when() -> None:
    assert propose_rung(days("2025-05-23"), TODAY).doubtful == ""
    assert "2025-05-22" in propose_rung(days("2025-05-22"), TODAY).doubtful
    recent = date(2026, 11, 1)
    assert propose_rung(days("2020-01-01"), TODAY, last_two_way=recent).doubtful == ""


def test_a_client_who_has_stayed_away_three_usual_gaps_is_doubtful() -> None:
    orders = days("2026-01-01", "2026-01-31", "2026-03-02")
    assert propose_rung(orders, date(2026, 5, 31)).doubtful == ""
    assert "usual gap of 30 days" in propose_rung(orders, date(2026, 6, 1)).doubtful


def test_evidence_is_a_sentence() -> None:
    assert propose_rung(days("2026-10-01"), TODAY).evidence == "1 order, 2026-10-01 to 2026-10-01"
    two = propose_rung(days("2026-10-01", "2026-09-01"), TODAY).evidence
    assert two == "2 distinct orders, 2026-09-01 to 2026-10-01"


def test_the_highest_of_some_rungs() -> None:
    assert rung_of(["customer", "advocate", "nonsense", "client"]) == "advocate"
    assert rung_of([]) == rung_of(["nonsense"]) == ""
