"""`--temp-data`: the folder vanishes however the program ends, at the latest at the next start."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from accountplanner.usecases.throwaway import remove_orphans, throwaway_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Begin = Callable[..., subprocess.Popen[bytes]]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them; Windows clears up at the next start"),
]

WINDOW: tuple[str, ...] = ()
# The tests themselves may have been started by something that ignores signals and bequeaths that, such as nohup.
HEARING = """import os, signal, sys
for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(each, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])"""
COMMAND = ("sample", "--accounts", "5000")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return place


@pytest.fixture
def begin(desk: Path) -> Iterator[Begin]:
    """Start the program on temporary data, and come back when that is there."""
    begun: list[subprocess.Popen[bytes]] = []

    def beginning(*command: str) -> subprocess.Popen[bytes]:
        before = set(desk.glob("accountplanner-*/workspace/me.db"))
        program = [sys.executable, "-P", "-m", "accountplanner", "--temp-data", *command]
        line = [sys.executable, "-c", HEARING, *program]
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        begun.append(process)
        _until(lambda: bool(set(desk.glob("accountplanner-*/workspace/me.db")) - before), process)
        return process

    yield beginning
    for process in begun:
        process.kill()
        process.communicate()


def _until(came: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 300
    while not came():
        assert time.monotonic() < ends
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(process.communicate(timeout=0.02))


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda each: each.name)
@pytest.mark.parametrize("command", [WINDOW, COMMAND], ids=["window", "command"])
def test_told_to_end_it_takes_its_folder_along(
    begin: Begin, desk: Path, command: tuple[str, ...], asked: signal.Signals
) -> None:
    process = begin(*command)
    process.send_signal(asked)
    _, said = process.communicate(timeout=300)
    assert (process.returncode, said.decode().strip()) == ((3, "Stopped.") if command else (0, ""))
    assert list(desk.iterdir()) == []


def test_killed_its_folder_goes_with_the_next_start_and_that_of_a_living_one_stays(begin: Begin, desk: Path) -> None:
    killed = begin(*COMMAND)
    killed.kill()
    killed.wait()
    (left,) = desk.iterdir()
    living = begin(*COMMAND)
    assert not left.exists()
    (used,) = desk.iterdir()
    remove_orphans()
    assert list(desk.iterdir()) == [used]
    living.terminate()
    living.communicate(timeout=300)
    assert list(desk.iterdir()) == []


def test_only_folders_of_our_own_are_taken_away(desk: Path, tmp_path: Path) -> None:
    (desk / "accountplanner-notes").mkdir()
    (desk / "accountplanner-notes" / "mine.txt").write_text("by hand", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "in-use").touch()
    (desk / "accountplanner-link").symlink_to(elsewhere)
    (desk / "accountplanner-marked").mkdir()
    (desk / "accountplanner-marked" / "in-use").symlink_to(elsewhere / "in-use")
    with throwaway_folder() as ours:
        remove_orphans()
        assert ours.parent.is_dir()
    assert {each.name for each in desk.iterdir()} == {
        "accountplanner-notes",
        "accountplanner-link",
        "accountplanner-marked",
    }
    assert [each.name for each in elsewhere.iterdir()] == ["in-use"]
