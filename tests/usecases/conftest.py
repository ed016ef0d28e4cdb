"""Laptops of one team, encrypted as in life, with cheap key stretching and a clock that stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import invite
from accountplanner.usecases.workspaces import Key, NewWorkspace, create_workspace, open_workspace

CHEAP = Stretching(64, 1, 1)
PASSPHRASE = "correct horse"


@dataclass(frozen=True)
class StandingClock:
    """Always the same moment."""

    moment: datetime = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    day: date = date(2026, 11, 22)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.day


class Laptops:
    """Makes workspaces: the first founds a team, later ones join it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[Session] = []

    def found(self, name: str = "Ann", clock: StandingClock | None = None) -> Session:
        wish = NewWorkspace(self._places(name), name, f"{name}@example.org".lower(), PASSPHRASE, stretching=CHEAP)
        return self._keep(create_workspace(wish, clock or StandingClock()).session)

    def join(self, host: Session, name: str = "Ben", clock: StandingClock | None = None) -> Session:
        file = self._folder / f"join-{name}.accountplanner"
        invite(host, file, "join us", CHEAP)
        wish = NewWorkspace(
            self._places(name),
            name,
            f"{name}@example.org".lower(),
            PASSPHRASE,
            join_file=file,
            join_passphrase="join us",
            stretching=CHEAP,
        )
        return self._keep(create_workspace(wish, clock or StandingClock()).session)

    def reopen(self, session: Session) -> Session:
        places = session.store.places
        session.close()
        self._open.remove(session)
        return self._keep(open_workspace(places, Key(PASSPHRASE), StandingClock()))

    def close(self) -> None:
        for session in self._open:
            session.close()

    def _places(self, name: str) -> Places:
        return Places(self._folder / name)

    def _keep(self, session: Session) -> Session:
        self._open.append(session)
        return session


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


@pytest.fixture
def ann(laptops: Laptops) -> Session:
    return laptops.found()


@pytest.fixture
def northwind() -> Callable[[str], list[Path]]:
    """The files of Northwind, `clean` or `wild`, in no helpful order."""
    folders = {"clean": "northwind", "wild": "northwind-wild"}

    def files(which: str) -> list[Path]:
        return sorted((Path(__file__).parents[1] / "data" / folders[which]).glob("*.csv"))

    return files
