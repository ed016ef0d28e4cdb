"""Whom a foreign list means by a name: looked up in the team's picture, cell by cell, each name once."""

from collections import Counter

from accountplanner.domain.canonical import canonical_value
from accountplanner.domain.catalogue import known_field, record_kind
from accountplanner.domain.errors import ValueRefusedError
from accountplanner.domain.fields import FieldType
from accountplanner.domain.ids import kind_of
from accountplanner.domain.text import clean_line
from accountplanner.exchange.match import domain_of
from accountplanner.exchange.tables.finding import Asking, called
from accountplanner.usecases.name_index import NameIndex
from accountplanner.usecases.session import Session
from accountplanner.usecases.sources import source_chain

_ALSO_NAMES = ("number", "email")
_WITH_DOMAIN = ("website", "email")
_BETWEEN = " · "
"""Stands in our own workbooks between a title and whose it is."""

_FEW = 200
_RECORDS_A_LOOK_UP = 20
"""So many records are read at once in the time that one takes by itself."""


class KnownNames:
    """Finds the records a workspace knows by title, number, e-mail address or domain; the team layer only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[tuple[str, str], frozenset[str]] = {}
        self._accounts: dict[str, str] = {}
        self._domains: dict[str, dict[str, set[str]]] = {}
        self._spoken: dict[str, bool] = {}
        self._looked: Counter[str] = Counter()
        self._counts: dict[str, int] | None = None
        self._indexes: dict[str, NameIndex] = {}

    def find(self, asking: Asking) -> frozenset[str]:
        """The records meant; those of another account are not, where the row says whose it is."""
        found = frozenset[str]().union(*(self._called(kind, clean_line(asking.text)) for kind in asking.kinds))
        if not asking.within:
            return found
        within = self._session.store.root(asking.within)
        return frozenset(each for each in found if self.account_of(each) in {"", within})

    def meant_before(self, asking: Asking) -> str:
        """What this cell led to in the list's last file, if that record went by this name then."""
        if not asking.record or not self._has_spoken(asking.source) or not self._session.store.is_known(asking.record):
            return ""
        chain = source_chain(self._session, asking.source)
        said = self._session.store.team.said_by_source(chain, [asking.record])
        before = self._session.store.root(said.get(asking.record, {}).get(asking.field, ""))
        return before if before and self._was_called(before, called(asking.text)) else ""

    def _has_spoken(self, source: str) -> bool:
        """Whether a file of this list was ever taken in: the first has no last one."""
        if source not in self._spoken:
            chain = source_chain(self._session, source)
            self._spoken[source] = self._session.store.team.source_sequence(chain) > 0
        return self._spoken[source]

    def account_of(self, record: str) -> str:
        """The account a record belongs to, blank for none."""
        if known_field(kind_of(record), "account") is None:
            return ""
        if record not in self._accounts:
            held = self._session.store.record(record)
            account = held.values.get("account", "") if held else ""
            self._accounts[record] = self._session.store.root(account) if account else ""
        return self._accounts[record]

    def _called(self, kind: str, text: str) -> frozenset[str]:
        if (kind, text) not in self._found:
            self._found[kind, text] = self._looked_up(kind, text)
        return self._found[kind, text]

    def _looked_up(self, kind: str, text: str) -> frozenset[str]:
        found = self._titled(kind, text) or self._numbered(kind, text) or self._below(kind, text)
        return frozenset(found or self._at_domain(kind, text))

    def _titled(self, kind: str, text: str) -> list[str]:
        title = record_kind(kind).field(record_kind(kind).title_key)
        if title is None or title.type is not FieldType.REFERENCE:
            index = self._index(kind)
            return index.titled(text) if index else self._session.store.records_titled(kind, text)
        named = [each for other in title.refers_to for each in self._called(other, text)]
        held = [each for name in named for each in self._session.store.records_with(kind, title.key, name)]
        return [each.record for each in held]

    def _numbered(self, kind: str, text: str) -> list[str]:
        for key in _ALSO_NAMES:
            field = known_field(kind, key)
            if field is None or (key == "email") != ("@" in text):
                continue
            try:
                value = canonical_value(field, text, self._session.currency)
            except ValueRefusedError:
                continue
            index = self._index(kind)
            if found := index.where(key, value) if index else self._session.store.records_where(kind, key, value):
                return found
        return []

    def _index(self, kind: str) -> NameIndex | None:
        """All names of a kind, once so many were asked for that reading them all is quicker."""
        self._looked[kind] += 1
        if kind not in self._indexes and self._looked[kind] > _FEW:
            self._counts = self._counts if self._counts is not None else self._session.store.counts()
            if self._looked[kind] * _RECORDS_A_LOOK_UP >= self._counts.get(kind, 0):
                keys = [key for key in _ALSO_NAMES if known_field(kind, key) is not None]
                self._indexes[kind] = NameIndex(record_kind(kind), self._session.store.every(kind), keys)
        return self._indexes.get(kind)

    def _below(self, kind: str, text: str) -> list[str]:
        """Namesakes as our workbooks write them: the title, then whose it is."""
        title, between, owner = text.rpartition(_BETWEEN)
        if not between:
            return []
        owners = record_kind(kind).owners
        above = {each for field in owners for other in field.refers_to for each in self._called(other, owner)}
        keys = [field.key for field in owners]
        held = [self._session.store.record(each) for each in self._titled(kind, title)]
        return [each.record for each in held if each and any(each.values.get(key) in above for key in keys)]

    def _at_domain(self, kind: str, text: str) -> set[str]:
        domain = domain_of(text)
        if not domain or known_field(kind, "website") is None:
            return set()
        if kind not in self._domains:
            by_domain: dict[str, set[str]] = {}
            for each in self._session.store.every(kind):
                for held in filter(None, (domain_of(each.values.get(key, "")) for key in _WITH_DOMAIN)):
                    by_domain.setdefault(held, set()).add(each.record)
            self._domains[kind] = by_domain
        return self._domains[kind].get(domain, set())

    def _was_called(self, record: str, name: str) -> bool:
        kind = record_kind(kind_of(record))
        keys = {kind.title_key, *_ALSO_NAMES}
        return any(
            entry.statement.field in keys and called(entry.statement.value or "") == name
            for entries in self._session.store.entries(record).values()
            for entry in entries
        )
