"""Laptops of one team, encrypted as in life, with cheap key stretching and a clock that stands."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.founded import copied
from tests.usecases.acting import Picture, small_picture
from tests.usecases.canaries import Canaries, planted

from accountplanner.exchange.reading import files
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.guard import Watch
from accountplanner.exchange.returned import read
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


@dataclass
class HandClock:
    """A clock set by hand; each time it is asked it goes on by its step."""

    at: datetime = datetime(2026, 11, 1, 8, tzinfo=UTC)
    step: timedelta = timedelta()

    def now(self) -> datetime:
        self.at += self.step
        return self.at

    def today(self) -> date:
        return self.at.date()


class Laptops:
    """Makes workspaces: the first founds a team, later ones join it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[Session] = []

    def found(self, name: str = "Ann", clock: StandingClock | None = None) -> Session:
        wish = NewWorkspace(
            self._places(name), name, f"{name}@example.org".lower().replace(" ", "."), PASSPHRASE, stretching=CHEAP
        )
        return self.keep(create_workspace(wish, clock or StandingClock()).session)

    def copy(self, founded: Places) -> Session:
        """Open a copy of a workspace as the one device of its team."""
        places = copied(founded, self._folder / founded.folder.name)
        return self.keep(open_workspace(places, Key(PASSPHRASE), StandingClock()))

    def join(self, host: Session, name: str = "Ben", clock: StandingClock | None = None) -> Session:
        file = self._folder / f"join-{name}.accountplanner"
        invite(host, file, "join us", CHEAP)
        return self._join(file, name, clock)

    def join_again(self, invited: str, name: str) -> Session:
        """Use a second time the join file that was made for somebody."""
        return self._join(self._folder / f"join-{invited}.accountplanner", name, None)

    def _join(self, file: Path, name: str, clock: StandingClock | None) -> Session:
        wish = NewWorkspace(
            self._places(name),
            name,
            f"{name}@example.org".lower().replace(" ", "."),
            PASSPHRASE,
            join_file=file,
            join_passphrase="join us",
            stretching=CHEAP,
        )
        return self.keep(create_workspace(wish, clock or StandingClock()).session)

    def reopen(self, session: Session) -> Session:
        places = session.store.places
        session.close()
        self._open.remove(session)
        return self.keep(open_workspace(places, Key(PASSPHRASE), StandingClock()))

    def open(self, session: Session, name: str, clock: StandingClock | None = None) -> Session:
        """Open a copy, under another name, of a workspace that has been closed."""
        places = self._places(name)
        shutil.copytree(session.store.places.folder, places.folder)
        return self.keep(open_workspace(places, Key(PASSPHRASE), clock or StandingClock()))

    def close(self) -> None:
        for session in self._open:
            session.close()

    def _places(self, name: str) -> Places:
        return Places(self._folder / name)

    def keep(self, session: Session) -> Session:
        self._open.append(session)
        return session


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Ann's workspace before she has done anything."""
    laptops = Laptops(tmp_path_factory.mktemp("founded"))
    places = laptops.found().store.places
    laptops.close()
    return places


@pytest.fixture
def ann(laptops: Laptops, founded: Places) -> Session:
    return laptops.copy(founded)


@pytest.fixture
def picture(ann: Session) -> Picture:
    """The small customer picture, typed in by Ann."""
    return small_picture(ann)


@pytest.fixture(scope="session")
def northwind() -> Callable[[str], list[Path]]:
    """The files of Northwind, `clean` or `wild`, in no helpful order."""
    folders = {"clean": "northwind", "wild": "northwind-wild"}

    def files(which: str) -> list[Path]:
        return sorted((Path(__file__).parents[1] / "data" / folders[which]).glob("*.csv"))

    return files


def read_in_this_process(
    task: Callable[..., object], *args: object, limits: object = None, watch: Watch | None = None
) -> object:
    """Do what the guarded child does without one."""
    assert limits is None
    watch = watch or Watch()
    try:
        return task(watch.answer, *args) if watch.answer is not None else task(*args)
    except FileRefusedError as error:
        raise error.about(watch.subject) from None


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process: a child for each costs more than all the rest; slow tests keep it."""
    for module in (files, read):
        monkeypatch.setattr(module, "run_guarded", read_in_this_process)


@pytest.fixture(scope="session")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, Picture, Canaries]:
    """A closed workspace with a canary in every field of a record of every kind, in both layers where it may."""
    laptops = Laptops(tmp_path_factory.mktemp("aviary"))
    session = laptops.found()
    picture = small_picture(session)
    canaries = planted(session, picture)
    laptops.close()
    return session, picture, canaries


@pytest.fixture
def full(laptops: Laptops, aviary: tuple[Session, Picture, Canaries]) -> Session:
    """A workspace full of canaries."""
    return laptops.open(aviary[0], "Full")


@pytest.fixture
def canaries(aviary: tuple[Session, Picture, Canaries], full: Session) -> Canaries:
    return Canaries(full, dict(aviary[2].fields))
