"""One open workspace: both layers, the archive, the identity, the lock; the only door into the store."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection

from accountplanner.domain.batches import SealedBatch
from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import derived_id, kind_of
from accountplanner.domain.statements import Entry
from accountplanner.domain.text import search_text
from accountplanner.store import queries
from accountplanner.store.archive import FileArchive
from accountplanner.store.backups import Backup, Backups
from accountplanner.store.caches import indexed_keys
from accountplanner.store.checking import findings
from accountplanner.store.encrypted import Database
from accountplanner.store.identity import Identity, load_identity, moved, save_identity, signer_of
from accountplanner.store.initials import InitialsIndex
from accountplanner.store.layer import LayerStore
from accountplanner.store.lists import ListQuery, grouped_by
from accountplanner.store.lockfile import WorkspaceLock
from accountplanner.store.migrations import ALL, migrate
from accountplanner.store.ordering import ColumnOrders, listed_numbers
from accountplanner.store.parts import parts_of
from accountplanner.store.places import Places
from accountplanner.store.queries import AccountFacts, CachedRecord
from accountplanner.store.restoring import finish_restore
from accountplanner.store.searching import Hit, hits_of, people_at, search
from accountplanner.store.tables import SuggestionRow
from accountplanner.store.transactions import Transactions

_CURRENCY = "currency"
_SPECIAL = "special_enabled"
_HOME = "home"
BACKUP_DAYS = "backup_days"


class WorkspaceStore:
    """Everything a use case may read or write. Close it when done.

    Raises:
        RefusedError: another program has it open, or a file is damaged, newer, or not ours to read.
    """

    def __init__(
        self, places: Places, key: bytes, now: datetime, *, founded: Identity | None = None, currency: str = "EUR"
    ) -> None:
        self.places = places
        self.key = key
        self._lock = WorkspaceLock(places.lock)
        self._open: list[Database] = []
        self._initials: InitialsIndex | None = None
        self._orders = ColumnOrders()
        try:
            self._start(now, founded, currency)
        except BaseException:
            self.close()
            raise

    def _start(self, now: datetime, founded: Identity | None, currency: str) -> None:
        finish_restore(self.places)
        for path in self.places.databases:
            self._open.append(Database(path, self.key, create=founded is not None))
        archive, team, me = self._open
        migrate(
            self.databases, ALL, moment=now.isoformat(), back_up=lambda: self.back_up("migration", now, thorough=True)
        )
        if founded is not None:
            with team.writing() as connection:
                save_identity(connection, founded)
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (_CURRENCY, currency.encode())
                )
        with team.reading() as connection:
            self.identity = load_identity(connection)
        self._move_if_copied()
        self._signer = signer_of(lambda: self.identity)
        self.team = LayerStore("team", team, self._signer)
        self.me = LayerStore("me", me, self._signer)
        self.archive = FileArchive(archive, self.identity.team_secret)
        self.transactions = Transactions(self.team, self.me)

    def _move_if_copied(self) -> None:
        """A restored or copied workspace goes on as a replica of its own: its log may have grown elsewhere since.

        A copy is known by its lock file, which is made once and keeps its number on the disk when the
        folder is moved or renamed. Where a disk numbers files anew at will, a new replica costs little.
        """
        here = str(self.places.lock.stat().st_ino).encode()
        known = self._read_local(_HOME)
        if self.places.restored.exists() or (known is not None and known != here):
            self.set_identity(moved(self.identity))
        if known != here:
            with self._open[1].writing() as connection:
                connection.exec_driver_sql("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (_HOME, here))
        self.places.restored.unlink(missing_ok=True)

    def _read_local(self, name: str) -> bytes | None:
        with self._open[1].reading() as connection:
            row = connection.exec_driver_sql("SELECT value FROM local WHERE name = ?", (name,)).first()
            return bytes(row[0]) if row is not None else None

    @property
    def databases(self) -> dict[str, Database]:
        """The open databases by name, in the order in which they are committed."""
        return dict(zip(("archive", "team", "me"), self._open, strict=True))

    @property
    def backups(self) -> Backups:
        """The encrypted backups of this workspace."""
        days = self.local(BACKUP_DAYS)
        return Backups(self.places, int(days)) if days else Backups(self.places)

    def back_up(self, reason: str, now: datetime, *, thorough: bool = False) -> Backup:
        """Take a verified backup now."""
        return self.backups.take(self.databases, reason, now, thorough=thorough)

    def close(self) -> None:
        """Empty the write-ahead logs, close every connection, let the next program in."""
        try:
            for database in reversed(self._open):
                database.close()
            self._open.clear()
        finally:
            self._lock.release()

    def layer(self, layer: Layer) -> LayerStore:
        """The store of one layer."""
        return self.me if layer is Layer.ME else self.team

    @property
    def voice(self) -> str:
        """The voice in which this person's opinions are kept."""
        return self.identity.member

    @property
    def currency(self) -> str:
        """The team's currency."""
        return (self.local(_CURRENCY) or b"EUR").decode()

    @property
    def special_enabled(self) -> bool:
        """Whether this workspace has switched special answers on, with a reason."""
        return self.local(_SPECIAL) is not None

    def enable_special(self, reason: str, by: str, on: str) -> None:
        """Switch special answers on; the reason is kept."""
        self.set_local(_SPECIAL, json.dumps({"reason": reason, "by": by, "on": on}).encode())

    def local(self, name: str) -> bytes | None:
        """Something this workspace keeps for itself."""
        return self._read_local(name)

    def set_local(self, name: str, value: bytes) -> None:
        """Keep something for this workspace alone."""
        with self.team.database.writing() as connection:
            connection.exec_driver_sql("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (name, value))

    def drop_locals(self, names: Iterable[str]) -> None:
        """Forget things this workspace kept for itself."""
        with self.team.database.writing() as connection:
            for name in names:
                connection.exec_driver_sql("DELETE FROM local WHERE name = ?", (name,))

    def set_identity(self, identity: Identity) -> None:
        """Change who this workspace is or whom it knows."""
        with self._open[1].writing() as connection:
            save_identity(connection, identity)
        self.identity = identity

    @contextmanager
    def identity_taken_back(self, *, always: bool = False) -> Iterator[None]:
        """Forget whom a transaction learnt of when it is rolled back, as the database does."""
        before, done = self.identity, False
        try:
            yield
            done = not always
        finally:
            if not done:
                self.identity = before

    def locals(self, prefix: str) -> dict[str, bytes]:
        """Everything this workspace keeps for itself under names that begin so."""
        with self.team.database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT name, value FROM local WHERE substr(name, 1, ?) = ? ORDER BY name", (len(prefix), prefix)
            )
            return {name: bytes(value) for name, value in rows}

    def known_records(self, records: Sequence[str]) -> set[str]:
        """Those records about which anything was ever said in the team."""
        with self.team.database.reading() as connection:
            return set(self.team.numbers.known(connection, records))

    def verdict(self, about: str) -> str:
        """The team's verdict on a suggestion, empty while nobody has decided.

        One who takes back a verdict of their own does not take back that of somebody they had not heard of.
        """
        register = self.team.picture(self.verdict_record(about)).registers.get(("verdict", ""))
        siblings = register.siblings if register else ()
        return next((sibling.value for sibling in siblings if sibling.value), "")

    def verdict_record(self, about: str) -> str:
        """The record that keeps the verdict on a suggestion, the same on every laptop."""
        return derived_id("verdict", self.identity.team_secret, about)

    def suggestions(self) -> list[SuggestionRow]:
        """Everything proposed and not decided, the oldest first."""
        with self.team.database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT id, kind, file, made_at, body FROM suggestion ORDER BY made_at, id"
            )
            return [SuggestionRow(id=i, kind=k, file=f, made_at=m, body=b) for i, k, f, m, b in rows]

    def suggest(self, connection: Connection, rows: Iterable[SuggestionRow]) -> None:
        """Keep proposals within a transaction; one that is there already stays as it is."""
        values = [(row.id, row.kind, row.file, row.made_at, row.body) for row in rows]
        if values:
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO suggestion (id, kind, file, made_at, body) VALUES (?, ?, ?, ?, ?)", values
            )

    def drop_suggestions(self, connection: Connection, ids: Iterable[str]) -> None:
        """Take decided proposals off the list, within a transaction."""
        values = [(each,) for each in ids]
        if values:
            connection.exec_driver_sql("DELETE FROM suggestion WHERE id = ?", values)

    def findings(self) -> list[str]:
        """What `verify` has to say about both layers; nothing for a sound workspace."""
        return [said for layer in (self.team, self.me) for said in findings(layer, self._signer)]

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
        """The titles of records by id."""
        with self.team.database.reading() as connection:
            return queries.titles(connection, records, self.team.numbers)

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

    def team_batches(self) -> list[SealedBatch]:
        """Every held batch of the team layer, in an order that needs no parking."""
        with self.team.database.reading() as connection:
            return self.team.log.sealed_batches(connection)

    def team_parts(self) -> dict[str, bytes]:
        """The same batches as they travel: in named parts that are not opened again where they are held."""
        places = self.team.log.chains.places
        return parts_of(self.team_batches(), lambda digest: places[digest].chain)

    def last_team_batch(self) -> int:
        """The local number of the batch that arrived last; as long as it stays, the team's picture does."""
        with self.team.database.reading() as connection:
            return self.team.log.last_number(connection)

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
