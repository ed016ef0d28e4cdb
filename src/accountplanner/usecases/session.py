"""An open workspace as the use cases see it: the store, the clock, where ids come from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol

from accountplanner.domain.changes import Changes
from accountplanner.domain.cuts import Cut
from accountplanner.domain.fields import Layer
from accountplanner.domain.ids import IdSource, random_id
from accountplanner.domain.statements import Source
from accountplanner.store.transactions import Transaction
from accountplanner.store.workspace import WorkspaceStore


class Clock(Protocol):
    """Tells the time; tests hand in a fixed one, `--as-of` one that stands on a day."""

    def now(self) -> datetime:
        """The instant, aware and in UTC."""

    def today(self) -> date:
        """The business day all figures are meant for."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The computer's clock; `as_of` replaces today for all figures, never the time things are saved."""

    as_of: date | None = None

    def now(self) -> datetime:
        """The instant, aware and in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock

    def today(self) -> date:
        """The day named with `as_of`, else the local calendar's day."""
        return self.as_of or datetime.now(UTC).astimezone().date()  # noqa: TID251


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of both layers a person had seen when values were shown to them."""

    team: Cut
    me: Cut

    def cut(self, layer: Layer) -> Cut:
        """The cut of one layer."""
        return self.me if layer is Layer.ME else self.team


@dataclass(slots=True)
class Session:
    """One person's open workspace. Use cases take it as their first argument."""

    store: WorkspaceStore
    clock: Clock = field(default_factory=SystemClock)
    new_id: IdSource = random_id

    @property
    def currency(self) -> str:
        """The team's currency."""
        return self.store.currency

    def shown(self) -> Shown:
        """What is held now, to be handed back with an edit of what is shown now."""
        return Shown(self.store.team.log.chains.heads(), self.store.me.log.chains.heads())

    def source(
        self, *, origin: str = "typed", how: str = "", sure: str = "", speaker: str = "", date: str = ""
    ) -> Source:
        """Provenance of something this person says today, unless told otherwise."""
        return Source(
            speaker=speaker or self.store.identity.name,
            date=date or self.clock.today().isoformat(),
            how=how,
            sure=sure,
            origin=origin,
        )

    @contextmanager
    def transaction(self, title: str, *, reverses: int = 0, undoable: bool = True) -> Iterator[Transaction]:
        """Write in one transaction and one undo step named `title`."""
        saved_at = self.clock.now().isoformat(timespec="seconds")
        step = self.store.transactions.transaction(title, saved_at, reverses=reverses, undoable=undoable)
        with self.store.identity_taken_back(), step as writing:
            yield writing

    @contextmanager
    def trial(self) -> Iterator[Transaction]:
        """Write in a transaction that is taken back at the end: what a preview looks at."""
        trial = self.store.transactions.trial(self.clock.now().isoformat(timespec="seconds"))
        with self.store.identity_taken_back(always=True), trial as writing:
            yield writing

    def changes(self, writing: Transaction, title: str) -> Changes:
        """What a finished transaction changed."""
        return self.store.transactions.changes_of(writing, title)

    def close(self) -> None:
        """Let go of the workspace."""
        self.store.close()
