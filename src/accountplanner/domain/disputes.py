"""When a case is an open dispute: the one rule for brief, Today, lists and reports."""

from collections.abc import Mapping
from datetime import date


def is_open_dispute(case: Mapping[str, str], as_of: date) -> bool:
    """Say whether a case with these values is a dispute that stands open on a day.

    A closing day alone closes it too: who works in Excel writes one or the other.
    """
    if case.get("dispute") != "yes" or _begins_later(case.get("opened_on", ""), as_of):
        return False
    closed_on = case.get("closed_on", "")
    if closed_on:
        return _begins_later(closed_on, as_of)
    return case.get("state") != "closed"


def _begins_later(day: str, as_of: date) -> bool:
    return bool(day) and date.fromisoformat(day) > as_of
