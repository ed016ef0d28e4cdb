"""When somebody is left in peace for a week, and when a dispute stands open."""

from datetime import date, timedelta

import pytest

from accountplanner.domain.disputes import is_open_dispute
from accountplanner.domain.rhythm import MOST_SENDS, MOST_SENDS_A_WEEK, Rest, RestFacts, TouchDay, reasons_to_rest

TODAY = date(2026, 11, 22)


def ago(days: int, *, is_ours: bool = True, is_send: bool = False) -> TouchDay:
    return TouchDay(TODAY - timedelta(days), is_ours=is_ours, is_send=is_send)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (RestFacts(), ()),
        (RestFacts(wants_no_marketing=True), (Rest.ASKED,)),
        (RestFacts(peace_until=TODAY), (Rest.ASKED,)),
        (RestFacts(peace_until=TODAY - timedelta(1)), ()),
        (RestFacts(has_open_dispute=True), (Rest.DISPUTE,)),
        (RestFacts(has_unanswered_complaint=True), (Rest.UNANSWERED,)),
        (RestFacts(visits=(TODAY + timedelta(6),)), (Rest.VISIT_AHEAD,)),
        (RestFacts(visits=(TODAY + timedelta(7), TODAY - timedelta(1))), ()),
        (RestFacts(touches=(ago(6),)), (Rest.JUST_TOUCHED,)),
        (RestFacts(touches=(ago(7), ago(-1), ago(1, is_ours=False))), ()),
        (RestFacts(touches=(ago(1, is_send=True),)), ()),
        (RestFacts(touches=(ago(1, is_send=True),) * MOST_SENDS_A_WEEK), (Rest.SENDS_THIS_WEEK,)),
        (RestFacts(touches=(ago(89, is_send=True),) * MOST_SENDS), (Rest.SENDS_LATELY,)),
        (RestFacts(touches=(ago(90, is_send=True),) * MOST_SENDS), ()),
        (RestFacts(touches=(ago(30, is_send=True, is_ours=False),) * MOST_SENDS), ()),
        (RestFacts(has_open_dispute=True, wants_no_marketing=True), (Rest.ASKED, Rest.DISPUTE)),
    ],
)
def test_each_reason_holds_to_the_day(facts: RestFacts, reasons: tuple[Rest, ...]) -> None:
    assert reasons_to_rest(facts, TODAY) == reasons


@pytest.mark.parametrize(
    ("case", "is_open"),
    [
        ({"dispute": "yes"}, True),
        ({"dispute": "yes", "state": "waiting", "opened_on": "2026-11-22"}, True),
        ({"dispute": "yes", "state": "closed"}, False),
        ({"dispute": "yes", "state": "open", "closed_on": "2026-11-22"}, False),
        ({"dispute": "yes", "state": "closed", "closed_on": "2026-11-23"}, True),
        ({"dispute": "yes", "opened_on": "2026-11-23"}, False),
        ({"dispute": "no", "state": "open"}, False),
        ({"state": "open"}, False),
    ],
)
def test_a_dispute_stands_open_until_its_closing_day(case: dict[str, str], is_open: bool) -> None:  # noqa: FBT001
    assert is_open_dispute(case, TODAY) is is_open
