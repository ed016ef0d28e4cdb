"""Finding anything from a few letters: what was open lately first, then by initials, names and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from accountplanner.domain.ids import kind_of
from accountplanner.store.queries import CachedRecord
from accountplanner.store.searching import Hit
from accountplanner.usecases.session import Session

_OPENED = ("account", "contact", "partner")
_KINDS = (*_OPENED, "note", "partner_note")
_OWNERS = ("contact", "account", "partner")
_FEWEST_INITIALS = 2
_TITLE_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Found:
    """Something a person may mean. `opens` is the record with a page of its own that shows it.

    `beside` says which of several: the account of a contact, the town of an account, whom a note is about.
    `is_named` is false where only an answer or a note holds the words.
    """

    opens: str
    kind: str
    title: str
    beside: str = ""
    is_named: bool = True


def find_anything(session: Session, typed: str, limit: int = 10) -> list[Found]:
    """Find accounts, people, channel partners and notes from what is typed."""
    hits = session.store.search(typed, _KINDS, limit)
    named = [hit for hit in hits if hit.in_title and hit.kind in _OPENED]
    short = session.store.search_initials(typed, limit) if len(typed.strip()) >= _FEWEST_INITIALS else []
    worded = [hit for hit in hits if hit not in named]
    unique = {hit.record: hit for hit in (*_mixed(named, short, limit), *worded)}
    return _told(session, list(unique.values())[:limit])


def _mixed(named: list[Hit], short: list[Hit], limit: int) -> list[Hit]:
    """Names before initials, but never so many that initials find nothing: both are ways to say who is meant."""
    room = max(limit - len(short), limit // 2)
    return [*named[:room], *short, *named[room:]]


def found_records(session: Session, records: Sequence[str]) -> list[Found]:
    """Records as they are found, in the order given; those gone since are left out."""
    titles = session.store.titles(records)
    return _told(session, [Hit(each, kind_of(each), titles.get(each, ""), in_title=True) for each in records])


def prepare_finding(session: Session) -> None:
    """Make ready what finding by initials needs; to be called beside everything else, never before typing."""
    session.store.prepare_initials()


def _told(session: Session, hits: Sequence[Hit]) -> list[Found]:
    held = {record.record: record for record in session.store.records([hit.record for hit in hits])}
    known = [(hit, held[hit.record]) for hit in hits if hit.record in held]
    owners = session.store.titles({owner for _, record in known if (owner := _owner(record))})
    told = (_found(hit, record, owners) for hit, record in known)
    return [found for found in told if found is not None]


def _owner(record: CachedRecord) -> str:
    keys = ("account",) if kind_of(record.record) == "contact" else _OWNERS
    return _first(record.values.get(key, "") for key in keys)


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")


def _found(hit: Hit, record: CachedRecord, owners: dict[str, str]) -> Found | None:
    owner = _owner(record)
    if hit.kind not in _OPENED:
        title = " ".join(hit.title.split())[:_TITLE_LENGTH]
        return Found(owner, hit.kind, title, owners.get(owner, ""), is_named=False) if owner else None
    found = Found(hit.record, hit.kind, hit.title, owners.get(owner, ""), hit.in_title)
    return found if owner else replace(found, beside=record.values.get("city", ""))
