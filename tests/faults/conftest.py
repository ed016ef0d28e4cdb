"""A workspace to break, made once and copied; ways to break it; and the program as people start it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import Picture, bring, filled, say, sent, small_picture
from tests.usecases.conftest import PASSPHRASE, Laptops

from accountplanner.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Outcome:
    """How one start of the program ended. `sentence` is what it said on standard error."""

    code: int
    out: str
    sentence: str


@dataclass(frozen=True)
class Scene:
    """Ann's closed workspace, and a file of Ben's that brings his words and a third person's edits."""

    workspace: Path
    file: Path
    picture: Picture


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("scene")
    laptops = Laptops(folder)
    ann = laptops.found()
    picture = small_picture(ann)
    ben = laptops.join(ann)
    bring(ben, sent(ann, folder / "ann.xlsx"))
    say(ben, picture.accounts["Borealis"], "city", "Said by Ben")
    book = sent(ben, folder / "ben.xlsx")
    file = filled(book, folder / "file.xlsx", ("Accounts", "Alpine", "City", "Said by Carla"))
    laptops.close()
    return Scene(folder / "Ann", file, picture)


@pytest.fixture
def workspace(scene: Scene, tmp_path: Path) -> Path:
    """Ann's workspace, to be broken."""
    folder = tmp_path / "workspace"
    shutil.copytree(scene.workspace, folder)
    return folder


@pytest.fixture
def python() -> Callable[..., Outcome]:
    """Run some lines of Python in a process of their own, which may not survive them."""

    def running(code: str, *arguments: object, cwd: Path | None = None) -> Outcome:
        return _started([sys.executable, "-P", "-c", code, *map(str, arguments)], cwd)

    return running


@pytest.fixture
def call(workspace: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Call the program on the workspace in this process, where no other one is needed."""
    monkeypatch.setenv("ACCOUNTPLANNER_PASSPHRASE", PASSPHRASE)

    def calling(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = run(["--workspace", str(workspace), *map(str, arguments)], lambda _: 0)
        printed = capfd.readouterr()
        return Outcome(code, printed.out, printed.err)

    return calling


@pytest.fixture
def start(workspace: Path) -> Callable[..., Outcome]:
    """Start the program on the workspace, as if typed; `before` are lines of Python to run first."""

    def starting(*arguments: object, before: str = "", passphrase: str = PASSPHRASE) -> Outcome:
        code = f"{before}\nimport sys\nfrom accountplanner.cli.app import run\nsys.exit(run(sys.argv[1:], lambda options: 0))"
        command = [sys.executable, "-P", "-c", code] if before else [sys.executable, "-P", "-m", "accountplanner"]
        return _started([*command, "--workspace", str(workspace), *map(str, arguments)], None, passphrase)

    return starting


def _started(command: list[str], cwd: Path | None, passphrase: str = PASSPHRASE) -> Outcome:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        cwd=cwd,
        env={**os.environ, "ACCOUNTPLANNER_PASSPHRASE": passphrase, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
