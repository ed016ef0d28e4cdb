"""One open workspace: both layers, the archive, the identity, the lock; the only door into the store."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from accountplanner.domain.batches import SealedBatch
from accountplanner.domain.ids import derived_id
from accountplanner.store.archive import FileArchive
from accountplanner.store.backups import Backup, Backups
from accountplanner.store.checking import archive_findings, findings
from accountplanner.store.encrypted import Database
from accountplanner.store.identity import Identity, load_identity, moved, save_identity, signer_of
from accountplanner.store.layer import LayerStore
from accountplanner.store.lockfile import WorkspaceLock
from accountplanner.store.migrations import ALL, migrate
from accountplanner.store.parts import parts_of
from accountplanner.store.places import Places
from accountplanner.store.reading import WorkspaceReading
from accountplanner.store.restoring import finish_restore
from accountplanner.store.tables import SuggestionRow
from accountplanner.store.transactions import Transactions

_CURRENCY = "currency"
_SPECIAL = "special_enabled"
_HOME = "home"
BACKUP_DAYS = "backup_days"


class WorkspaceStore(WorkspaceReading):
    """Everything a use case may read or write. Close it when done.

    Raises:
        RefusedError: another program has it open, or a file is damaged, newer, or not ours to read.
    """

    def __init__(
        self, places: Places, key: bytes, now: datetime, *, founded: Identity | None = None, currency: str = "EUR"
    ) -> None:
        super().__init__()
        self.places = places
        self.key = key
        self._lock = WorkspaceLock(places.lock)
        self._open: list[Database] = []
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
        """What `verify` has to say about both layers and the imported files; nothing for a sound workspace."""
        layers = [said for layer in (self.team, self.me) for said in findings(layer, self._signer)]
        return [*layers, *archive_findings(self.archive)]

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
