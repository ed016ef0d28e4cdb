"""The facts behind Today: each function reads one kind of thing that may need a person, as unranked lines."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from accountplanner.domain.calendar import days_until, read_day
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.disputes import is_open_dispute
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.rhythm import SENDS_DAYS, Rest, RestFacts, TouchDay, reasons_to_rest
from accountplanner.insight.agenda import (
    DATE_DAYS,
    RENEWAL_DAYS,
    WEEK_DAYS,
    AgendaLine,
    LineKind,
    coming,
    days_beyond,
)
from accountplanner.store import dated
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.session import Session
from accountplanner.usecases.waiting_notes import inbox_count

_YEARLY = MappingProxyType({"mackay_birth": LineKind.BIRTHDAY, "mackay_anniversary": LineKind.ANNIVERSARY})
_PAGES_READ = 12
"""Stale answers stand in the statements, not in the caches: only the people met soon are looked at."""


def promises(session: Session) -> Iterator[AgendaLine]:
    """Promises and actions due within the week, and those that are late."""
    today = session.clock.today()
    for held in dated.open_actions(session.store.team, today + timedelta(days=WEEK_DAYS)):
        is_ours = held.values.get("promise") == "yes" and held.values.get("promised_by") != "them"
        kind = LineKind.PROMISE if is_ours else LineKind.ACTION
        yield _line(kind, held, "due_on", detail=held.values.get("colleague", ""))


def visits(session: Session) -> Iterator[AgendaLine]:
    """Visits, calls and events that are planned for the coming days."""
    today = session.clock.today()
    last = today + timedelta(days=WEEK_DAYS)
    for held in dated.records_between(session.store.team, ("touch", "happened_on"), today, last):
        planned = read_day(held.values.get("happened_on", ""))
        if planned and planned > today:
            yield _line(LineKind.VISIT, held, "happened_on", detail=held.values.get("channel", ""))


def renewals(session: Session, owner: str = "") -> Iterator[AgendaLine]:
    """Contracts that end and reviews that come, at one colleague's accounts where an owner is given."""
    today = session.clock.today()
    last = today + timedelta(days=RENEWAL_DAYS)
    for key, kind in (("contract_end", LineKind.CONTRACT), ("next_review", LineKind.REVIEW)):
        for held in dated.accounts_between(session.store.team, key, today, last, owner):
            yield _line(kind, held, key)


def opportunities(session: Session) -> Iterator[AgendaLine]:
    """Open opportunities whose day has passed."""
    for held in dated.late_opportunities(session.store.team, session.clock.today()):
        yield _line(LineKind.OPPORTUNITY, held, "expected_on")


def yearly_dates(session: Session) -> Iterator[AgendaLine]:
    """Birthdays and anniversaries of contacts within the next days, told by whichever layer knows them."""
    today = session.clock.today()
    last = today + timedelta(days=DATE_DAYS)
    seen: set[tuple[LineKind, str]] = set()
    for layer in (Layer.ME, Layer.TEAM):
        for held in dated.yearly_between(session.store.layer(layer), today, last):
            kind, day = _YEARLY[held.field], coming(*held.day, today)
            if day is not None and (kind, held.record) not in seen:
                seen.add((kind, held.record))
                account = held.account or _firms(session, [held.record])[held.record]
                line_id = f"{kind}:{held.record}"
                yield AgendaLine(line_id, kind, "", held.record, account, contact=held.record, day=day, count=DATE_DAYS)


def gaps(session: Session, owner: str = "") -> Iterator[AgendaLine]:
    """Accounts nobody has been in touch with for longer than agreed; one colleague's where an owner is given."""
    today = session.clock.today()
    for held, last, gap in dated.left_alone(session.store.team, today, owner):
        beyond = days_beyond(last, gap, today)
        line = _line(LineKind.GAP, held, "", detail=last.isoformat())
        yield replace(line, count=beyond)


def disputes(session: Session, accounts: Iterable[str]) -> Iterator[AgendaLine]:
    """Open disputes at accounts somebody is about to call."""
    today = session.clock.today()
    for held in dated.disputes_at(session.store.team, accounts):
        if is_open_dispute(held.values, today):
            yield _line(LineKind.DISPUTE, held, "opened_on")


def asked_for_peace(session: Session) -> Iterator[AgendaLine]:
    """People who asked to be left alone, for as long as they asked."""
    today = session.clock.today()
    for held in dated.records_between(session.store.team, ("contact", "peace_until"), today, date.max):
        until = held.values["peace_until"]
        yield replace(_line(LineKind.PEACE, held, "", detail=until), contact=held.record)


def heard_enough(session: Session, accounts: Iterable[str]) -> Iterator[AgendaLine]:
    """Whom marketing has written to as often as `domain.rhythm` allows, at accounts somebody is about to call."""
    today = session.clock.today()
    since = today - timedelta(days=SENDS_DAYS)
    sent: dict[tuple[str, str], list[TouchDay]] = {}
    for held in dated.sends_to(session.store.team, accounts, since, today):
        place = held.values.get("account", ""), held.values.get("contact", "")
        day = TouchDay(date.fromisoformat(held.values["happened_on"]), is_ours=True, is_send=True)
        sent.setdefault(place, []).append(day)
    for (account, contact), touches in sent.items():
        # What went to the account in general reached this person as well.
        heard = [*touches, *(sent.get((account, ""), ()) if contact else ())]
        reasons = reasons_to_rest(RestFacts(tuple(heard)), today)
        if Rest.SENDS_THIS_WEEK in reasons or Rest.SENDS_LATELY in reasons:
            record = contact or account
            yield AgendaLine(
                f"{LineKind.PEACE}:{record}", LineKind.PEACE, "", record, account, contact=contact, count=len(heard)
            )


def stale_answers(session: Session, soon: Iterable[str]) -> Iterator[AgendaLine]:
    """For the people met soon, the answer that has faded longest; special ones are never asked for."""
    for record in list(dict.fromkeys(soon))[:_PAGES_READ]:
        page = record_page(session, record)
        fading = [line for line in page.lines if line.values and line.values[0].fading]
        if fading:
            oldest = min(fading, key=lambda line: line.values[0].date)
            said_on = oldest.values[0].date
            account = page.line("account").values[0].value if kind_of(record) == "contact" else record
            yield AgendaLine(
                f"{LineKind.STALE}:{record}", LineKind.STALE, oldest.field.label, record, account,
                contact=record if kind_of(record) == "contact" else "", count=len(fading), detail=said_on,
            )  # fmt: skip


def waiting(session: Session) -> Iterator[AgendaLine]:
    """What the queue holds, one line for each sort of decision."""
    if not session.store.conflicts() and not session.store.suggestions():
        return
    # Knows how imports propose, which a day without proposals need not wait for.
    from accountplanner.usecases.waiting import CONFLICT, waiting_counts  # noqa: PLC0415

    counted = {LineKind.CONFLICTS: 0, LineKind.SUGGESTIONS: 0, LineKind.FILES: 0}
    for kind, count in waiting_counts(session).items():
        if kind == CONFLICT:
            counted[LineKind.CONFLICTS] += count
        else:
            counted[LineKind.FILES if kind in ("waiting", "held") else LineKind.SUGGESTIONS] += count
    for line_kind, count in counted.items():
        if count:
            yield AgendaLine(f"{line_kind}:", line_kind, "", count=count)


def inbox(session: Session) -> Iterator[AgendaLine]:
    """Notes that wait until somebody says where they belong, one line for all of them."""
    if count := inbox_count(session):
        yield AgendaLine(f"{LineKind.INBOX}:", LineKind.INBOX, "", count=count)


def named(session: Session, lines: Iterable[AgendaLine]) -> list[AgendaLine]:
    """The same lines with the names of their accounts and contacts."""
    held = list(lines)
    bare = [line for line in held if line.contact or not line.account_name]
    firms = _firms(session, [line.contact for line in bare if line.contact and not line.account])
    wanted = {record for line in bare for record in (line.account, line.contact) if record}
    titles = session.store.titles(wanted | {account for account in firms.values() if account})
    return [_named(line, titles, firms) if line.contact or not line.account_name else line for line in held]


def _firms(session: Session, contacts: Iterable[str]) -> dict[str, str]:
    """The account of each contact, by id."""
    roots = {contact: session.store.root(contact) for contact in contacts}
    held = {each.record: each.values.get("account", "") for each in session.store.records(set(roots.values()))}
    return {contact: held.get(root, "") for contact, root in roots.items()}


def _named(line: AgendaLine, titles: dict[str, str], firms: dict[str, str]) -> AgendaLine:
    account = line.account or firms.get(line.contact, "")
    contact_name = titles.get(line.contact, "")
    return replace(
        line,
        title=line.title or contact_name,
        account=account,
        account_name=titles.get(account, ""),
        contact_name=contact_name,
    )


def _line(kind: LineKind, held: CachedRecord, key: str, *, detail: str = "") -> AgendaLine:
    day: date | None = read_day(held.values.get(key, "")) if key else None
    record_kind = KINDS[kind_of(held.record)]
    title = held.values.get(record_kind.title_key, "")
    is_account = record_kind.key == "account"
    return AgendaLine(
        f"{kind}:{held.record}",
        kind,
        title,
        held.record,
        held.record if is_account else held.values.get("account", ""),
        title if is_account else "",
        contact=held.values.get("contact", ""),
        day=day,
        detail=detail,
    )


def is_soon(line: AgendaLine, today: date) -> bool:
    """Whether somebody is about to speak with the account because of this line."""
    if line.kind is LineKind.GAP:
        return True
    about_to = (LineKind.VISIT, LineKind.PROMISE, LineKind.ACTION)
    return line.kind in about_to and line.day is not None and days_until(line.day, today) <= WEEK_DAYS
