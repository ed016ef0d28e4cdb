"""Reading a workspace: lists, rows, titles and conflicts as the caches have them, search, and what was said of a record."""

from collections.abc import Iterable, Sequence
from datetime import date

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import kind_of
from accountplanner.domain.statements import Entry
from accountplanner.domain.text import search_text
from accountplanner.store import queries
from accountplanner.store.caches import indexed_keys
from accountplanner.store.initials import InitialsIndex
from accountplanner.store.layer import LayerStore
from accountplanner.store.lists import ListQuery, grouped_by
from accountplanner.store.ordering import ColumnOrders, listed_numbers
from accountplanner.store.queries import AccountFacts, CachedRecord
from accountplanner.store.searching import Hit, hits_of, people_at, search


class WorkspaceReading:
    """What use cases and pages read of both layers; nothing here writes.

    Rows and lists are those of the team's layer; what stays on this computer is read by layer.
    """

    team: LayerStore
    me: LayerStore

    def __init__(self) -> None:
        self._initials: InitialsIndex | None = None
        self._orders = ColumnOrders()

    def layer(self, layer: Layer) -> LayerStore:
        """The store of one layer."""
        return self.me if layer is Layer.ME else self.team

    def known_records(self, records: Sequence[str]) -> set[str]:
        """Those records about which anything was ever said in the team."""
        with self.team.database.reading() as connection:
            return set(self.team.numbers.known(connection, records))

    def root(self, record: str) -> str:
        """The id that names the merged set a record belongs to."""
        return self.team.fold.root(record)

    def is_known(self, record: str) -> bool:
        """Whether anything was ever said about a record."""
        for layer in (self.team, self.me):
            with layer.database.reading() as connection:
                if layer.numbers.number(connection, record) is not None:
                    return True
        return False

    def ordered_numbers(self, query: ListQuery) -> list[int]:
        """The numbers of the records a list shows, in its order."""
        with self.team.database.reading() as connection:
            orders = self._orders.at(self.team.log.last_number(connection))
            return listed_numbers(connection, query, self.team.numbers, orders)

    def prepare_column(self, kind: str, key: str, *, texts: bool = False) -> None:
        """Know the order of a column, and its texts, before a list is sorted or filtered by it."""
        with self.team.database.reading() as connection:
            orders = self._orders.at(self.team.log.last_number(connection))
            if record_kind(kind).field(key) is not None and key not in indexed_keys(kind):
                orders.known(connection, record_kind(kind), key)
                orders.titles(connection, record_kind(kind))
                if texts:
                    orders.texts(connection, record_kind(kind), key)

    def grouped_by(self, kind: str, key: str) -> dict[int, str]:
        """What stands in one field of every record of a kind, by number; references as record ids."""
        with self.team.database.reading() as connection:
            return grouped_by(connection, kind, key, self.team.numbers)

    def cached(self, kind: str, numbers: Sequence[int]) -> list[CachedRecord]:
        """The cached rows behind numbers."""
        with self.team.database.reading() as connection:
            return queries.cached_records(connection, kind, numbers, self.team.numbers)

    def names(self, numbers: Iterable[int]) -> dict[int, str]:
        """The record ids behind numbers of the team layer."""
        with self.team.database.reading() as connection:
            return self.team.numbers.names(connection, numbers)

    def facts(self, accounts: Sequence[int], today: date) -> dict[int, AccountFacts]:
        """What lists show of accounts beside their own fields, on a day."""
        with self.team.database.reading() as connection:
            return queries.account_facts(connection, accounts, today)

    def every(self, kind: str) -> list[CachedRecord]:
        """Every record of a kind, by title."""
        with self.team.database.reading() as connection:
            return queries.every_record(connection, kind, self.team.numbers)

    def record(self, record: str) -> CachedRecord | None:
        """The cached row of one record."""
        with self.team.database.reading() as connection:
            number = self.team.numbers.number(connection, self.root(record))
            if number is None:
                return None
            found = queries.cached_records(connection, kind_of(record), [number], self.team.numbers)
            return found[0] if found else None

    def records(self, records: Iterable[str]) -> list[CachedRecord]:
        """The cached rows of records of any kinds, in the order given; those that are gone are left out."""
        roots = list(dict.fromkeys(self.root(record) for record in records))
        found: dict[str, CachedRecord] = {}
        with self.team.database.reading() as connection:
            known = self.team.numbers.known(connection, roots)
            for kind in {kind_of(record) for record in known}:
                numbers = [number for record, number in known.items() if kind_of(record) == kind]
                rows = queries.cached_records(connection, kind, numbers, self.team.numbers)
                found |= {row.record: row for row in rows}
        return [found[record] for record in roots if record in found]

    def records_with(self, kind: str, key: str, record: str, layer: Layer = Layer.TEAM) -> list[CachedRecord]:
        """The records of a kind whose reference field names a record."""
        store = self.layer(layer)
        with store.database.reading() as connection:
            return queries.records_with(connection, kind, key, self.root(record), store.numbers)

    def records_titled(self, kind: str, title: str) -> list[str]:
        """The records of a kind with this title, accents and case aside."""
        with self.team.database.reading() as connection:
            return queries.records_titled(connection, kind, title, self.team.numbers)

    def records_where(self, kind: str, key: str, value: str) -> list[str]:
        """The records of a kind with this value in a field."""
        numbers = self.ordered_numbers(ListQuery(kind, filters=((key, value),)))
        return [record.record for record in self.cached(kind, numbers)]

    def titles(self, records: Iterable[str]) -> dict[str, str]:
        """The titles of records by id; one that was merged goes by that of its set."""
        roots = {record: self.team.fold.root(record) for record in records}
        with self.team.database.reading() as connection:
            found = queries.titles(connection, roots.values(), self.team.numbers)
        return {record: found[root] for record, root in roots.items() if root in found}

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are."""
        with self.team.database.reading() as connection:
            return queries.counts(connection)

    def conflicts(self) -> list[tuple[str, str, str]]:
        """Every conflict of the team layer as (record, field, voice)."""
        with self.team.database.reading() as connection:
            return queries.conflicted(connection, self.team.numbers)

    def spoken(self, kind: str) -> dict[int, dict[str, dict[str, str]]]:
        """Each voice's answers of a kind's records, by number, field and voice."""
        with self.team.database.reading() as connection:
            return queries.spoken_answers(connection, kind)

    def conflicted_fields(self) -> dict[int, frozenset[str]]:
        """The fields in conflict, by record number."""
        with self.team.database.reading() as connection:
            return queries.conflicted_fields(connection)

    def search(self, typed: str, kinds: Sequence[str] = (), limit: int = 30, *, titles_only: bool = False) -> list[Hit]:
        """Find records as one types, by their answers as well unless only titles are asked for."""
        with self.team.database.reading() as connection:
            return search(connection, typed, self.team.numbers, kinds=kinds, limit=limit, titles_only=titles_only)

    def prepare_initials(self) -> None:
        """Know the initials of what is held now; costs half a second for 100,000 people, nothing when nothing changed."""
        with self.team.database.reading() as connection:
            batch = self.team.log.last_number(connection)
            if self._initials is None or self._initials.batch != batch:
                self._initials = InitialsIndex(connection, batch)

    def search_initials(self, typed: str, limit: int) -> list[Hit]:
        """Find records by the first letters of their words, and people by name and account together.

        Nothing is found before `prepare_initials`.
        """
        if self._initials is None:
            return []
        with self.team.database.reading() as connection:
            found = self._initials.find(search_text(typed), limit)
            found += people_at(connection, typed, self._initials, limit)
            return hits_of(connection, list(dict.fromkeys(found)), self.team.numbers)

    def entries(self, record: str) -> dict[Layer, list[Entry]]:
        """Every statement about a record and those merged with it, by layer."""
        members = [name for name, root in self.team.fold.roots.items() if root == self.root(record)] or [record]
        return {
            layer: [entry for group in self.layer(layer).entries(members).values() for entry in group]
            for layer in (Layer.TEAM, Layer.ME)
        }
