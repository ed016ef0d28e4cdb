"""The shared folder while things go wrong: killed at each step, no room, odd names, a file that grows."""

from __future__ import annotations

import shutil
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.faults.dying import DYING
from tests.usecases.acting import say, value
from tests.usecases.conftest import PASSPHRASE, StandingClock

from accountplanner.exchange.folder import take_arrived
from accountplanner.exchange.reading.content import take_file
from accountplanner.store.places import Places
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.workspaces import Key, open_workspace, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.conftest import Outcome, Scene

    from accountplanner.exchange.reading.content import FileContent
    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.slow

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits as Unix has them")

_OPEN = f"""{DYING}
from accountplanner.exchange.reading import guard
from accountplanner.exchange.writing import publishing, workbook
from accountplanner.usecases import exchange_folder, folder_edition, folder_reading, importing

def half(path, data):
    path.write_bytes(data[: len(data) // 2])
    die()
"""
_EXCHANGE = "\nexchange_folder.exchange_folder(session, Path(sys.argv[3]))\n"

_POINTS = {
    "while a colleague's file is read": "guard._Child._receive = die",
    "before anything is written": "exchange_folder.apply_plan = die",
    "when what came in is durable": "exchange_folder._note_read = die",
    "when the reading is remembered": "exchange_folder._note_read = then_die(exchange_folder._note_read)",
    "while mine is drawn": "workbook.draw = die",
    "before mine is compared": "workbook.compare = die",
    "before mine is accounted for": "workbook.check_leaks = die",
    "when its base is kept": "folder_edition.keep_record = then_die(folder_edition.keep_record)",
    "while the temporary file is written": "publishing._write = half",
    "while it is written under a second name": (
        "folder_edition._may_be_replaced = lambda *_: False; publishing._write = half"
    ),
    "before the temporary file is proven": "publishing._write = then_die(publishing._write)",
    "just before the swap": "publishing._swap = die",
    "just after the swap": "publishing._sync_folder = die",
    "before the edition is remembered": "folder_edition._noted = die",
}
_QUICK = {"just after the swap"}


@pytest.fixture
def share(scene: Scene, workspace: Path, tmp_path: Path) -> Path:
    """A folder in which Ann has written once and a colleague's file, somebody's edits in it, has arrived since."""
    folder = tmp_path / "Team share"
    folder.mkdir()
    session = _opened(workspace)
    exchange_folder(session, folder)
    session.close()
    shutil.copy(scene.file, folder / "Ben.xlsx")
    return folder


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Session]]:
    sessions: list[Session] = []

    def opening(folder: Path) -> Session:
        sessions.append(_opened(folder))
        return sessions[-1]

    yield opening
    for session in sessions:
        session.close()


def _opened(folder: Path) -> Session:
    return open_workspace(Places(folder), Key(PASSPHRASE), StandingClock())


def _whole(folder: Path) -> bool:
    """Whether every visible workbook in the folder is complete: colleagues may read at any moment."""
    names = [path for path in folder.iterdir() if not path.name.startswith(".")]
    return bool(names) and all(take_arrived(path).data for path in names)


@needs_unix
@pytest.mark.parametrize(
    "point", [name if name in _QUICK else pytest.param(name, marks=pytest.mark.slow) for name in _POINTS]
)
def test_killed_at_any_step_an_exchange_can_be_repeated(
    point: str,
    scene: Scene,
    workspace: Path,
    share: Path,
    python: Callable[..., Outcome],
    opened: Callable[[Path], Session],
) -> None:
    ended = python(_OPEN + _POINTS[point] + _EXCHANGE, workspace, PASSPHRASE, share)
    assert ended.code == -signal.SIGKILL, ended.sentence
    assert _whole(share), "colleagues never see half a file"
    session = opened(workspace)
    assert not [path for path in share.iterdir() if path.name.startswith(".")], "no readable rest lies about"
    assert verify(session) == []
    exchange_folder(session, share)
    assert value(session, scene.picture.accounts["Alpine"], "city") == "Said by Carla"
    assert value(session, scene.picture.accounts["Borealis"], "city") == "Said by Ben"
    after = dump(session)
    again = exchange_folder(session, share)
    assert (again.imported, again.edition) == (None, None)
    assert dump(session) == after
    assert verify(session) == []
    assert sorted(path.name for path in share.iterdir() if path.name != "Ben.xlsx") == [again.plan.outgoing.name]


@needs_unix
def test_what_a_killed_export_left_beside_its_target_goes_at_the_next_start(
    workspace: Path, tmp_path: Path, python: Callable[..., Outcome], opened: Callable[[Path], Session]
) -> None:
    target = tmp_path / "out" / "team.xlsx"
    target.parent.mkdir()
    target.write_bytes(b"the old one")
    export = "\nfrom accountplanner.usecases.exporting import export_team\nexport_team(session, Path(sys.argv[3]))\n"
    ended = python(_OPEN + _POINTS["while the temporary file is written"] + export, workspace, PASSPHRASE, target)
    assert ended.code == -signal.SIGKILL, ended.sentence
    assert len(list(target.parent.iterdir())) == 2
    session = opened(workspace)
    assert [path.name for path in target.parent.iterdir()] == ["team.xlsx"]
    assert target.read_bytes() == b"the old one"
    assert export_team(session, target).path == target
    assert verify(session) == []


_LIMIT = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
"""


@pytest.mark.slow
@needs_unix
def test_without_room_an_exchange_says_so_and_everything_stays(
    scene: Scene, workspace: Path, share: Path, start: Callable[..., Outcome], opened: Callable[[Path], Session]
) -> None:
    mine = next(path for path in share.iterdir() if path.name != "Ben.xlsx")
    before = mine.read_bytes()
    largest = max(path.stat().st_size for path in workspace.rglob("*") if path.is_file())
    refused = []
    for room in (4096, len(before) // 2, len(before) + 2000, largest, largest + 60_000):
        outcome = start("exchange", share, before=_LIMIT.format(room=room))
        assert "did not expect" not in outcome.sentence, outcome
        assert mine.read_bytes() == before or outcome.code in {0, 1}, room
        refused.append(outcome.code == 3)
        assert outcome.code != 3 or "disk is full" in outcome.sentence or "could not be written" in outcome.sentence
        assert _whole(share)
    assert refused[0]
    session = opened(workspace)
    assert verify(session) == []
    exchange_folder(session, share)
    assert value(session, scene.picture.accounts["Alpine"], "city") == "Said by Carla"
    assert not [path for path in share.iterdir() if path.name.startswith(".")]


@needs_unix
def test_a_folder_that_may_only_be_read_is_read_all_the_same(
    scene: Scene, workspace: Path, share: Path, opened: Callable[[Path], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root nothing is forbidden, so the system's answer is given in its place."""

    def denied(path: Path, _data: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("accountplanner.exchange.writing.publishing._write", denied)
    session = opened(workspace)
    result = exchange_folder(session, share)
    assert "could not be written" in result.refusal
    assert result.refusal.count(".") >= 1
    assert value(session, scene.picture.accounts["Alpine"], "city") == "Said by Carla"
    monkeypatch.undo()
    assert exchange_folder(session, share).edition is not None
    assert verify(session) == []


def test_a_file_that_grows_while_it_is_read_waits(
    scene: Scene, workspace: Path, share: Path, opened: Callable[[Path], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    def growing(path: Path) -> FileContent:
        content = take_file(path)
        if path.name == "Ben.xlsx":
            with path.open("ab") as file:
                file.write(b"more")
        return content

    monkeypatch.setattr("accountplanner.exchange.folder.take_file", growing)
    session = opened(workspace)
    (waiting,) = exchange_folder(session, share).plan.of("waits")
    assert "being written right now" in waiting.sentence
    monkeypatch.undo()
    shutil.copy(scene.file, share / "Ben.xlsx")
    exchange_folder(session, share)
    assert value(session, scene.picture.accounts["Alpine"], "city") == "Said by Carla"


@pytest.mark.slow
def test_a_clock_that_goes_backwards_changes_nothing_that_counts(
    scene: Scene, workspace: Path, share: Path, opened: Callable[[Path], Session]
) -> None:
    session = opened(workspace)
    session.clock = replace(StandingClock(), moment=datetime(2025, 1, 1, tzinfo=UTC))
    exchange_folder(session, share)
    say(session, scene.picture.accounts["Alpine"], "city", "Said in the past")
    assert value(session, scene.picture.accounts["Alpine"], "city") == "Said in the past"
    session.clock = replace(StandingClock(), moment=datetime(2024, 1, 1, tzinfo=UTC))
    assert exchange_folder(session, share).edition is not None
    assert exchange_folder(session, share).edition is None
    assert verify(session) == []


@pytest.mark.slow
@needs_unix
def test_long_paths_and_odd_names_are_places_like_any_other(
    scene: Scene, workspace: Path, tmp_path: Path, opened: Callable[[Path], Session]
) -> None:
    session = opened(workspace)
    folder = tmp_path.joinpath(*["a long way down" * 6] * 3, "Ünser 😀 team.")
    folder.mkdir(parents=True)
    assert len(str(folder)) > 260
    for name in ("😀.xlsx", "trailing dot..xlsx", f"{'n' * 245}.xlsx", "ﬁnal – (1).XLSX"):
        shutil.copy(scene.file, folder / name)
    result = exchange_folder(session, folder)
    assert not result.plan.of("refused", "waits")
    assert value(session, scene.picture.accounts["Alpine"], "city") == "Said by Carla"
    written = export_team(session, folder / f"{'m' * 245}.xlsx").path
    assert import_files(session, [written]).step == 0
    assert verify(session) == []


@pytest.mark.slow
@needs_unix
def test_two_programs_bring_the_same_file_and_nothing_is_there_twice(
    scene: Scene, workspace: Path, share: Path, start: Callable[..., Outcome], opened: Callable[[Path], Session]
) -> None:
    """The second one is told that the first has the workspace, and finds everything known afterwards."""
    other = "import subprocess, sys\n"
    inside = (
        "from accountplanner.usecases import importing\n"
        "receive = importing.write_plan\n"
        "def meanwhile(*given):\n"
        "    done = subprocess.run([sys.executable, '-P', '-m', 'accountplanner', *sys.argv[1:]],"
        " capture_output=True, encoding='utf-8', check=False)\n"
        "    print(done.returncode, done.stderr.strip())\n"
        "    return receive(*given)\n"
        "importing.write_plan = meanwhile\n"
    )
    first = start("import", scene.file, before=other + inside)
    assert first.code in {0, 1}, first
    assert "3 This workspace is open in another Account Planner" in first.out
    session = opened(workspace)
    after = dump(session)
    assert import_files(session, [scene.file]).step == 0
    assert dump(session) == after
    assert not exchange_folder(session, share).changes.records
    assert dump(session) == after
    assert verify(session) == []
