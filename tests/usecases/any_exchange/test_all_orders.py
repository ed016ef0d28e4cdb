"""Small histories, every order: whichever file comes first, a newcomer ends at what the ledger expects."""

from __future__ import annotations

import random
from contextlib import suppress
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, filled, say
from tests.usecases.any_exchange.ledger import Ledger, shown_by, told

from accountplanner.domain.errors import PlannerError
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import delete_record
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.history import undo
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.usecases.any_exchange.conftest import Team

    from accountplanner.usecases.session import Session


class Writers:
    """Two laptops that write and now and then send; the ledger listens."""

    def __init__(self, team: Team, seed: int) -> None:
        self.team = team
        self.dice = random.Random(seed)  # noqa: S311 - dice
        self.ledger = Ledger()
        self.files: list[Path] = []
        self.laptops = (team.ann, team.ben)
        self.listen()

    def listen(self) -> None:
        for each in self.laptops:
            self.ledger.listen(each)

    def act(self, session: Session) -> None:
        account = self.dice.choice(list(self.team.picture.accounts.values()))
        other = self.dice.choice(list(self.team.picture.accounts.values()))
        acts: list[Callable[[], object]] = [
            lambda: say(session, account, "city", self.dice.choice(["Moss", "Hamar"])),
            lambda: say(session, account, "satisfaction", self.dice.choice(["very", "unhappy"])),
            lambda: delete_record(session, account),
            lambda: account == other or merge_records(session, account, other),
            lambda: self.files and undo(session),
            lambda: erase(session, self.team.picture.contacts["Siv Lund"]),
        ]
        with suppress(PlannerError):
            self.dice.choice(acts)()
        self.listen()

    def send(self, session: Session, write: Callable[[Session, Path], str]) -> Path:
        file, sight = self.team.path(), self.ledger.in_sight(session)
        self.ledger.exports[write(session, file)] = sight
        self.listen()
        self.files.append(file)
        return file

    def take(self, session: Session, file: Path) -> None:
        bring(session, file)
        self.listen()


def _team_book(session: Session, file: Path) -> str:
    return export_team(session, file).export_id


def _history(team: Team, seed: int, files: int) -> Writers:
    """Somebody asks a partner, both write, one file crosses, one copy is filled in by two."""
    writers = Writers(team, seed)
    ann, ben = writers.laptops
    partner = writers.send(ann, lambda session, file: export_partner(session, team.picture.partner, file).export_id)
    writers.act(ben)
    crossing = writers.send(ben, _team_book)
    writers.act(ann)
    if writers.dice.random() < 0.5:
        writers.take(ann, crossing)
    writers.act(ann)
    writers.act(ben)
    writers.files[0] = filled(partner, team.path(), ("Accounts", "Alpine", "Phone", "+47 1"))
    if files > 4:
        writers.files.append(filled(crossing, team.path(), ("Accounts", "Alpine", "Employees", "12")) if _shows(crossing)
                             else filled(partner, team.path(), ("Accounts", "Alpine", "Phone", "+47 2")))  # fmt: skip
    writers.send(ann, _team_book)
    writers.send(ben, _team_book)
    return writers


def _shows(file: Path) -> bool:
    from tests.usecases.acting import texts  # noqa: PLC0415 - one look

    return "Alpine" in texts(file, visible=True)


def _check_every_order(team: Team, writers: Writers) -> None:
    dumps, reader = set(), team.newcomer()
    for order in permutations(writers.files):
        reader = team.newcomer()
        writers.ledger.listen(reader)
        for file in order:
            bring(reader, file)
            writers.ledger.listen(reader)
        dumps.add(dump(reader))
        assert shown_by(reader) == told(writers.ledger.expected())
    assert len(dumps) == 1
    assert verify(reader) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1))
def test_every_order_of_four_files_ends_at_what_the_ledger_expects(team: Team, seed: int) -> None:
    _check_every_order(team, _history(team, seed, 4))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 4))
def test_every_order_of_five_files_ends_at_what_the_ledger_expects(team: Team, seed: int) -> None:
    _check_every_order(team, _history(team, seed, 5))
