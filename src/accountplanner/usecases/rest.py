"""Whom marketing leaves in peace this week, and why: read from what every department did and knows.

The rules and their thresholds stand in `domain.rhythm`. Only the team's own layer is read: the list is
made to be handed to colleagues.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from accountplanner.domain.rhythm import UNHAPPY_SCORE, Rest, RestFacts, TouchDay, reasons_to_rest
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.disputes import team_disputes
from accountplanner.usecases.session import Session


@dataclass(frozen=True, slots=True)
class RestLine:
    """One person, or with a blank `contact` a whole account nobody is known at, with the reasons."""

    contact: str
    name: str
    account: str
    account_name: str
    reasons: tuple[Rest, ...]


def leave_in_peace(session: Session) -> tuple[RestLine, ...]:
    """Everybody who should get no marketing send in the week from today on, by account and name."""
    known = _Known(session)
    lines = [line for contact in session.store.every("contact") if (line := known.line(contact)) is not None]
    lines += known.empty_accounts({line.account for line in lines})
    return tuple(sorted(lines, key=lambda line: (line.account_name.casefold(), line.name.casefold(), line.contact)))


class _Known:
    """What all departments know, by contact and by account."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._today = session.clock.today()
        self._disputed = {each.account for each in team_disputes(session) if each.account}
        self._touches: dict[str, list[TouchDay]] = defaultdict(list)
        self._visits: dict[str, list[date]] = defaultdict(list)
        self._complained: set[str] = set()
        self._names = {each.record: each.values.get("name", "") for each in session.store.every("account")}
        for touch in session.store.every("touch"):
            self._take_touch(touch.values)
        for said in session.store.every("feedback"):
            self._take_feedback(said.values)

    def line(self, contact: CachedRecord) -> RestLine | None:
        account = contact.values.get("account", "")
        reasons = reasons_to_rest(self._facts(contact, account), self._today)
        if not reasons:
            return None
        return RestLine(contact.record, contact.values.get("name", ""), account, self._names.get(account, ""), reasons)

    def empty_accounts(self, told: set[str]) -> Iterable[RestLine]:
        """Accounts in dispute at which nobody is known: a send to their general address would reach them, too."""
        return [RestLine("", "", each, self._names.get(each, ""), (Rest.DISPUTE,)) for each in self._disputed - told]

    def _facts(self, contact: CachedRecord, account: str) -> RestFacts:
        until = contact.values.get("peace_until", "")
        # A key of nobody's must not collect the touches of nobody.
        keys = [key for key in (contact.record, account) if key]
        return RestFacts(
            touches=tuple(touch for key in keys for touch in self._touches.get(key, ())),
            visits=tuple(day for key in keys for day in self._visits.get(key, ())),
            peace_until=date.fromisoformat(until) if until else None,
            wants_no_marketing=contact.values.get("no_marketing") == "yes",
            has_open_dispute=account in self._disputed,
            has_unanswered_complaint=any(key in self._complained for key in keys),
        )

    def _take_touch(self, values: Mapping[str, str]) -> None:
        if not values.get("happened_on"):
            return
        day = date.fromisoformat(values["happened_on"])
        # A touch with a person counts for that person, one with nobody in particular for everybody there.
        key = values.get("contact") or values.get("account", "")
        is_send = values.get("channel") == "send"
        self._touches[key].append(TouchDay(day, values.get("direction") != "theirs", is_send))
        if values.get("channel") in {"visit", "event"}:
            self._visits[key].append(day)

    def _take_feedback(self, values: Mapping[str, str]) -> None:
        score = values.get("score", "")
        if score and int(score) <= UNHAPPY_SCORE and not values.get("closed_on"):
            self._complained.add(values.get("contact") or values.get("account", ""))
