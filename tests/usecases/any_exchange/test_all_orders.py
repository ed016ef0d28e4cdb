"""Small histories, every order: whichever file comes first, a newcomer ends at what the ledger expects."""

from __future__ import annotations

import random
from contextlib import suppress
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import bring, filled, reworked, say, value
from tests.usecases.any_exchange.ledger import Ledger, shown_by, told

from accountplanner.domain.errors import PlannerError
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import delete_record
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.history import undo
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.waiting import queue
from accountplanner.usecases.workspaces import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import openpyxl
    from tests.usecases.any_exchange.conftest import Team

    from accountplanner.usecases.import_plans import ImportResult
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


# --- a file that waits, the export it answers, an erasure -----------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("stripped", [False, True], ids=["whole", "without its hidden sheet"])
def test_a_file_that_waits_its_export_and_an_erasure_meet_in_every_order(team: Team, *, stripped: bool) -> None:
    """Cleo asks a partner, Ann erases somebody the workbook shows, not knowing of it; Dora gets the files as they come.

    What the answer says of others stands at the end of every order, or she was told in a sentence what to bring again.
    """
    asked = export_partner(team.cleo, team.picture.partner, team.path()).path
    answers = (("Accounts", "Alpine", "Website", "www.alpine.example"), ("Contacts", "Kari Nordmann", "Phone", "+47 1"))
    answered = filled(asked, team.path(), *answers)
    answer = reworked(answered, team.path(), _without_sync) if stripped else answered
    told_of = team.book(team.cleo)
    erase(team.ann, team.picture.contacts["Kari Nordmann"])
    erasure = team.book(team.ann)
    dumps, told_once = set(), {}
    for order in permutations((answer, told_of, erasure)):
        reader = team.newcomer()
        name = "".join("AXE"[(answer, told_of, erasure).index(file)] for file in order)
        told = [sentence for file in order for sentence in _said_of(bring(reader, file))]
        asked_again = [each for each in told if "ring the file again" in each or "bring it again" in each]
        if any("Bring a copy that has the sheet" in each for each in told):
            assert (name, stripped) == ("XEA", True)
            bring(reader, answered)
        told_once[name] = len(asked_again)
        if asked_again:
            assert [item.kind for item in queue(reader)] == ["waiting"]
            assert value(reader, team.alpine, "website") is None
            again = bring(reader, answer)
            assert again.counts.changed == 1, name
        assert value(reader, team.alpine, "website") == "www.alpine.example", name
        assert [item for item in queue(reader) if item.kind == "waiting"] == []
        assert not _still_holds(reader, answer)
        dumps.add(dump(reader))
        assert verify(reader) == []
    assert len(dumps) == 1
    assert b"Kari" not in dumps.pop()
    # Told when the bytes go, or are not kept, and once more when the export is there.
    assert told_once == {"AXE": 0, "AEX": 2, "XAE": 0, "XEA": 0, "EAX": 2, "EXA": 0}


def _said_of(result: ImportResult) -> tuple[str, ...]:
    return *result.notices, *result.held


def _without_sync(book: openpyxl.Workbook) -> None:
    del book["_sync"]


def _still_holds(reader: Session, file: Path) -> bool:
    kept = reader.store.archive.find(reader.store.archive.content_id(file.read_bytes()))
    return kept is None or not kept.dropped


@pytest.mark.slow
def test_an_answer_whose_base_was_erased_says_what_can_be_done(team: Team) -> None:
    """Ann's own export showed Kari; once she is erased, a copy without its hidden sheet cannot be compared any more."""
    asked = export_partner(team.ann, team.picture.partner, team.path()).path
    answered = filled(asked, team.path(), ("Accounts", "Alpine", "Website", "www.alpine.example"))
    stripped = reworked(answered, team.path(), _without_sync)
    bring(team.ben, stripped)
    erase(team.ann, team.picture.contacts["Kari Nordmann"])
    for result in (bring(team.ben, team.book(team.ann)), bring(team.ann, stripped)):
        told = [each for each in (*result.notices, *result.held) if "has lost its hidden sheet" in each]
        assert [each.count("Bring a copy that has the sheet") for each in told] == [1]
    assert queue(team.ann) == queue(team.ben) == []
    assert not _still_holds(team.ann, stripped)
    assert not _still_holds(team.ben, stripped)
    bring(team.ben, answered)
    assert team.stands(team.alpine, "website") == {"www.alpine.example"}


@pytest.mark.slow
def test_whoever_erases_somebody_is_told_which_waiting_file_to_bring_again(team: Team) -> None:
    asked = export_partner(team.cleo, team.picture.partner, team.path()).path
    answered = filled(asked, team.path(), ("Accounts", "Alpine", "Website", "www.alpine.example"))
    named = answered.rename(answered.with_name("for Kari Nordmann.xlsx"))
    bring(team.ben, named)
    erased = erase(team.ben, team.picture.contacts["Kari Nordmann"])
    assert ["Bring the file again" in each for each in erased.again] == [True]
    (item,) = queue(team.ben)
    assert (item.kind, item.title, "Kari" in item.reason) == ("waiting", "A file", False)
    bring(team.ben, named)
    (item,) = queue(team.ben)
    assert "Its content is not kept" in bring(team.ben, named).held[0]
    (told,) = bring(team.ben, team.book(team.cleo)).notices
    assert told.startswith("The export that “A file” answers has come. Bring the file again")
    assert bring(team.ben, named).counts.changed == 1
    assert queue(team.ben) == []
    assert team.stands(team.alpine, "website") == {"www.alpine.example"}
