"""What the command line's tests share: a workspace made once and copied, and a way to call the program in process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.founded import copied

from accountplanner.cli.app import run
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.workspaces import NewWorkspace, back_up_daily, create_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from accountplanner.cli.preamble import Options

PASSPHRASE = "a walk by the river"
NORTHWIND = Path(__file__).parents[1] / "data" / "northwind"


@dataclass(frozen=True)
class Outcome:
    """What one call printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command reports
        return json.loads(self.out)

    @property
    def lines(self) -> list[list[str]]:
        return [line.split("\t") for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one workspace with a passphrase that costs nothing to stretch."""
    folder = tmp_path_factory.mktemp("template") / "workspace"
    cheap = Stretching(memory_kib=64, iterations=1, lanes=1)
    wish = NewWorkspace(Places(folder), "Ann Field", "ann@example.com", PASSPHRASE, stretching=cheap)
    session = create_workspace(wish).session
    # Or every test would begin with it, as the first command of the day does.
    back_up_daily(session)
    session.close()
    return folder


@pytest.fixture(autouse=True)
def _quick_stretching(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passphrases cost nothing that a command stretches in this process; those that are spawned take their time."""
    monkeypatch.setattr(Stretching.__init__, "__defaults__", (64, 1, 1))


@pytest.fixture
def workspace(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a workspace of its own, found and opened through the environment."""
    folder = copied(Places(template), tmp_path / "workspace").folder
    monkeypatch.setenv("ACCOUNTPLANNER_WORKSPACE", str(folder))
    monkeypatch.setenv("ACCOUNTPLANNER_PASSPHRASE", PASSPHRASE)
    return folder


@pytest.fixture
def call(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Outcome]:
    """Call the program in process, as if typed."""

    def calling(*arguments: object) -> Outcome:
        capsysbinary.readouterr()
        code = run([str(each) for each in arguments], _no_desktop)
        printed = capsysbinary.readouterr()
        return Outcome(code, printed.out.decode(), printed.err.decode())

    return calling


@pytest.fixture
def done(call: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Call the program where it must succeed without a word on standard error."""

    def calling(*arguments: object) -> Outcome:
        outcome = call(*arguments)
        assert (outcome.code, outcome.err) == (0, "")
        return outcome

    return calling


@pytest.fixture
def spawn() -> Callable[..., Outcome]:
    """Start the program as people do, in a process of its own without a terminal."""

    def spawning(*arguments: object, **environment: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "accountplanner", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
            env={**os.environ, **environment},
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return spawning


def _no_desktop(_options: Options) -> int:
    raise AssertionError("no test here opens a window")
