"""What the rows of lists tell beside a record's own fields."""

from accountplanner.usecases.browsing import ListQuery, account_rows, list_numbers
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.session import Session


def _disputes(session: Session, account: str) -> int:
    row = next(
        row for row in account_rows(session, list_numbers(session, ListQuery("account"))) if row.record == account
    )
    return row.open_disputes


def test_an_account_counts_its_disputes_until_they_are_closed(ann: Session) -> None:
    account = create_record(ann, "account", {"name": "Alpine"})[0]
    assert _disputes(ann, account) == 0
    create_record(ann, "case", {"title": "A question", "account": account, "state": "open"})
    create_record(ann, "case", {"title": "Invoiced twice", "account": account, "dispute": "yes"})
    late = {"title": "Late", "account": account, "dispute": "yes", "state": "waiting"}
    waiting = create_record(ann, "case", late)[0]
    assert _disputes(ann, account) == 2
    set_value(ann, Typed(waiting, "state", "closed"), ann.shown())
    assert _disputes(ann, account) == 1
