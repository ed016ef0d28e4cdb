"""One question worth asking, who else is in touch, and who is new."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountplanner.domain.briefs import Reason
from accountplanner.domain.fields import Privacy
from accountplanner.insight.briefing import (
    NEW_DAYS,
    VALUE,
    Candidate,
    Contacted,
    in_touch,
    newcomers,
    question_worth_asking,
)

TODAY = date(2026, 11, 20)


def asked(*candidates: Candidate) -> str:
    question = question_worth_asking(candidates, TODAY)
    return question.key if question else ""


def test_what_is_missing_and_worth_most_is_asked_for() -> None:
    missing = (Candidate("mackay_hobbies", "Hobbies"), Candidate("mackay_key_problems", "Key problems"))
    question = question_worth_asking(missing, TODAY)
    assert question is not None
    assert (question.key, question.reason) == ("mackay_key_problems", Reason.MISSING)


def test_a_fresh_answer_is_not_asked_for_again_and_a_stale_one_is() -> None:
    fresh = Candidate("key_problems", "Key problems", answered_on="2026-09-01", fresh_months=6)
    stale = Candidate("key_problems", "Key problems", answered_on="2025-11-01", fresh_months=6)
    assert asked(fresh) == ""
    question = question_worth_asking([stale], TODAY)
    assert question is not None
    assert (question.reason, question.on) == (Reason.STALE, "2025-11-01")


def test_an_open_dispute_goes_before_everything() -> None:
    dispute = Candidate("dispute", "", text="Invoiced twice", answered_on="2026-11-17")
    assert asked(Candidate("mackay_key_problems", ""), dispute, Candidate("need", "")) == "dispute"


def test_two_answers_against_each_other_are_a_reason_to_ask() -> None:
    torn = Candidate("priorities", "Priorities", answered_on="2026-11-01", fresh_months=6, has_conflict=True)
    question = question_worth_asking([torn], TODAY)
    assert question is not None
    assert question.reason is Reason.CONFLICT


@pytest.mark.parametrize("privacy", [Privacy.SPECIAL, Privacy.HOUSEHOLD, Privacy.INFERABLE])
@given(key=st.sampled_from(sorted(VALUE)))
def test_nobody_is_told_to_ask_for_what_is_none_of_our_business(privacy: Privacy, key: str) -> None:
    assert asked(Candidate(key, "Anything", privacy)) == ""


def test_who_is_in_touch_is_counted_over_all_channels_of_one_year() -> None:
    touches = [
        Contacted("Piotr", "Service", "Visit", TODAY - timedelta(2)),
        Contacted("Piotr", "Service", "Call", TODAY - timedelta(40)),
        Contacted("Nordhandel", "", "Call", TODAY - timedelta(10)),
        Contacted("Piotr", "Service", "Call", TODAY - timedelta(400)),
        Contacted("Piotr", "Service", "Visit", TODAY + timedelta(3)),
    ]
    first, second = in_touch(touches, TODAY)
    assert (first.who, first.count, first.last, first.channel) == ("Piotr", 2, TODAY - timedelta(2), "Visit")
    assert (sum(first.months), first.months[-1]) == (2, 1)
    assert (second.who, second.count) == ("Nordhandel", 1)


def test_who_came_in_with_the_account_is_not_new() -> None:
    heard = {"old": TODAY - timedelta(600), "new": TODAY - timedelta(20), "newer": TODAY - timedelta(3)}
    assert newcomers(heard, TODAY - timedelta(600), TODAY) == ["newer", "new"]
    everybody_today = dict.fromkeys(("one", "two"), TODAY - timedelta(1))
    assert newcomers(everybody_today, TODAY - timedelta(1), TODAY) == []
    assert newcomers({"settled": TODAY - timedelta(NEW_DAYS + 1)}, TODAY - timedelta(600), TODAY) == []
