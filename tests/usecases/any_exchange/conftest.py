"""One ground for all tests of a module, and three laptops on it as they were prepared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, agree, bring, sent, values
from tests.usecases.any_exchange.ground import NAMES, Ground, quick_work

from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accountplanner.usecases.session import Session


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with quick_work():
        made = Ground(tmp_path_factory.mktemp("ground"))
        yield made
        made.end()


@dataclass
class Team:
    """Three laptops that hold one picture; Dora's may be taken out of its box as often as wanted."""

    ground: Ground
    folder: Path
    ann: Session
    ben: Session
    cleo: Session
    files: int = 0

    @property
    def picture(self) -> Picture:
        return self.ground.picture

    @property
    def alpine(self) -> str:
        return self.picture.accounts["Alpine"]

    @property
    def everybody(self) -> tuple[Session, Session, Session]:
        return self.ann, self.ben, self.cleo

    def newcomer(self) -> Session:
        """Somebody who has heard nothing since the beginning."""
        return self.ground.laptop(NAMES[-1])

    def path(self, suffix: str = ".xlsx") -> Path:
        self.files += 1
        return self.folder / f"{self.files:03d}{suffix}"

    def book(self, session: Session) -> Path:
        """This laptop's team workbook as it stands."""
        return sent(session, self.path())

    def send(self, sender: Session, *receivers: Session) -> Path:
        file = self.book(sender)
        for receiver in receivers:
            bring(receiver, file)
        return file

    def settle(self) -> None:
        """Everybody hears everything; all hold one sound picture."""
        for _ in range(2):
            files = [self.book(each) for each in self.everybody]
            for each in self.everybody:
                bring(each, *files)
        assert agree(*self.everybody)
        assert [verify(each) for each in self.everybody] == [[], [], []]

    def stands(self, record: str, field: str, voice: str = "") -> set[str | None]:
        """What stands in a field in the end, for everybody alike."""
        self.settle()
        (found,) = {frozenset(values(each, record, field, voice)) for each in self.everybody}
        return set(found)


@pytest.fixture
def team(ground: Ground, tmp_path: Path) -> Iterator[Team]:
    ground.begin(7)
    ann, ben, cleo = (ground.laptop(name) for name in NAMES[:3])
    yield Team(ground, tmp_path, ann, ben, cleo)
    ground.end()
