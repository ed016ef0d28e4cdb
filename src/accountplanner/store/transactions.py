"""One transaction over both layers: batches are appended, caches folded, an undo step recorded.

The databases commit in the order team, me (the archive has its own transaction before). A batch of
the `me` layer that goes with one of the team is first written down in the team database; if the
program dies between the two commits, the next start finds it there and finishes the work.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection

from accountplanner.domain.batches import SealedBatch
from accountplanner.domain.changes import Changes
from accountplanner.domain.cuts import Cut
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Statement, same_as
from accountplanner.domain.undo import StepRecord
from accountplanner.store.layer import LayerStore, LayerWriting
from accountplanner.store.log import Received
from accountplanner.store.own_batches import Draft
from accountplanner.store.sealing import pack, unpack

_JOURNAL = "pending_me"
_PAIRS = "SELECT low, high FROM same"


@dataclass(slots=True)
class Transaction:
    """What one use case writes. Nothing is durable before the outermost block ends."""

    team: LayerWriting
    me: LayerWriting
    step: int
    saved_at: str
    moved: set[str] = field(default_factory=set)
    skipped: list[str] = field(default_factory=list)
    wrote: bool = False
    undoable: bool = True

    def say(
        self,
        layer: Layer,
        statements: Sequence[Statement],
        *,
        cut: Cut | None = None,
        bases: tuple[tuple[str, Cut], ...] = (),
        file: str = "",
    ) -> None:
        """Append one batch of our own statements to a layer.

        `cut` is what the person had seen when the values were shown, `None` for everything held now.
        """
        if not statements:
            return
        self.wrote = True
        draft = Draft(statements, self.saved_at, cut=cut, bases=bases, step=self.step, file=file)
        self._writing(layer).append(draft)

    def erase(self, layer: Layer, names: Iterable[str]) -> None:
        """Append a signed erasure; it cannot be undone."""
        self.wrote = True
        self._writing(layer).append(Draft((), self.saved_at, erases=tuple(sorted(names)), step=self.step))

    def receive(self, batches: Iterable[SealedBatch], file: str) -> Received:
        """Take colleagues' batches; they are no part of the undo step."""
        return self.team.receive(batches, file)

    def name_reached(self) -> None:
        """Name in an erasure of our own what colleagues' erasures were found to reach, private answers included."""
        for writing in (self.team, self.me):
            if writing.layer.log.erasures.unnamed:
                writing.append(Draft((), self.saved_at, erases=tuple(sorted(writing.layer.log.erasures.unnamed))))
                writing.layer.log.erasures.unnamed = set()
        if missing := self.team.layer.log.erased - self.me.layer.log.erased:
            self.me.append(Draft((), self.saved_at, erases=tuple(sorted(missing))))

    def fold(self) -> None:
        """Bring the caches up to date now, so that later statements of this transaction can read them."""
        for writing in (self.team, self.me):
            self.moved |= writing.names(writing.fold())
        if self.team.layer.fold.roots != self.me.layer.fold.roots:
            self._follow_merges()
            self.moved |= self.me.names(self.me.fold())

    def _follow_merges(self) -> None:
        """Say in the private layer which records are one for the team: private values follow, whoever merged or parted."""
        team, me = (
            {(low, high) for low, high in each.connection.exec_driver_sql(_PAIRS)} for each in (self.team, self.me)
        )
        changed = [pair for pair in sorted(team ^ me) if self.me.layer.log.erased.isdisjoint(pair)]
        self.me.append(Draft([same_as(*pair, merged=pair in team) for pair in changed], self.saved_at))

    def _writing(self, layer: Layer) -> LayerWriting:
        return self.me if layer is Layer.ME else self.team


class _TakenBackError(Exception):
    """Ends a trial."""


class Transactions:
    """Opens transactions over the two layers of one workspace."""

    def __init__(self, team: LayerStore, me: LayerStore) -> None:
        self._team = team
        self._me = me
        self._finish_journal()

    @contextmanager
    def transaction(
        self, title: str, saved_at: str, *, reverses: int = 0, undoable: bool = True
    ) -> Iterator[Transaction]:
        """Write in one transaction and one undo step."""
        with ExitStack() as stack:
            me = stack.enter_context(self._me.writing())
            team = stack.enter_context(self._team.writing())
            step = _new_step(team.connection, StepRecord(0, title, reverses, saved_at, undoable))
            writing = Transaction(team, me, step, saved_at, undoable=undoable)
            before = _last_batch(me.connection)
            yield writing
            writing.name_reached()
            writing.fold()
            if not writing.wrote:
                team.connection.exec_driver_sql("DELETE FROM step WHERE number = ?", (step,))
            _write_journal(team.connection, self._me, me.connection, before)
        self._clear_journal()

    @contextmanager
    def trial(self, saved_at: str) -> Iterator[Transaction]:
        """Write in a transaction that is taken back at the end: what a preview looks at."""
        with suppress(_TakenBackError), self.transaction("Preview", saved_at, undoable=False) as writing:
            yield writing
            raise _TakenBackError

    def changes_of(self, writing: Transaction, title: str) -> Changes:
        """What a finished transaction changed."""
        step = writing.step if writing.wrote else 0
        return Changes(frozenset(writing.moved), step, title, tuple(writing.skipped), writing.undoable)

    def steps(self, since: int = 0) -> list[StepRecord]:
        """Every undo step from a number on, oldest first, with all older ones that these took back or brought back."""
        sql = (
            "WITH RECURSIVE wanted (number) AS (SELECT number FROM step WHERE number >= ? UNION "
            "SELECT step.reverses FROM step JOIN wanted ON step.number = wanted.number WHERE step.reverses <> 0) "
            "SELECT number, title, reverses, done_at, undoable FROM step WHERE number IN (SELECT number FROM wanted) "
            "ORDER BY number"
        )
        with self._team.database.reading() as connection:
            rows = connection.exec_driver_sql(sql, (since,)).cursor.fetchall()
        return [
            StepRecord(number, title, reverses, at, bool(undoable)) for number, title, reverses, at, undoable in rows
        ]

    def last_step(self) -> int:
        """The number of the newest step, 0 for none."""
        with self._team.database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT COALESCE(MAX(number), 0) FROM step").scalar_one())

    def _finish_journal(self) -> None:
        with self._team.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT name, value FROM local WHERE name LIKE 'pending_me%'").all()
        if not rows:
            return
        with self._me.writing() as writing:
            writing.receive([unpack(bytes(value)) for _, value in sorted(rows)], "")
        self._clear_journal()

    def _clear_journal(self) -> None:
        with self._team.database.reading() as connection:
            pending = connection.exec_driver_sql("SELECT 1 FROM local WHERE name LIKE 'pending_me%'").first()
        if pending is not None:
            with self._team.database.writing() as connection:
                connection.exec_driver_sql("DELETE FROM local WHERE name LIKE 'pending_me%'")


def _new_step(connection: Connection, step: StepRecord) -> int:
    result = connection.exec_driver_sql(
        "INSERT INTO step (title, done_at, reverses, undoable) VALUES (?, ?, ?, ?)",
        (step.title, step.done_at, step.reverses, step.undoable),
    )
    return int(result.lastrowid)


def _last_batch(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT COALESCE(MAX(number), 0) FROM batch").scalar_one())


def _write_journal(team: Connection, layer: LayerStore, me: Connection, before: int) -> None:
    """Keep the private batches of this transaction beside the team's until both are durable."""
    rows = me.exec_driver_sql("SELECT number, digest FROM batch WHERE number > ? ORDER BY number", (before,)).all()
    if not rows:
        return
    fresh = {digest for _, digest in rows}
    known = frozenset(digest for digest in layer.log.chains.places if digest not in fresh)
    for place, sealed in enumerate(layer.log.sealed_batches(me, known)):
        team.exec_driver_sql("INSERT INTO local (name, value) VALUES (?, ?)", (f"{_JOURNAL}{place:04d}", pack(sealed)))
