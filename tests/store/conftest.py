"""What the store's tests share: real encrypted files, a cheap passphrase, and child processes that may come to harm."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.store.canary import CANARY, write

from accountplanner.store.backups import Backups
from accountplanner.store.encrypted import Database
from accountplanner.store.keyslots import create_keyslots
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def cheap() -> Stretching:
    return Stretching(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture
def key() -> bytes:
    return bytes(range(32))


@pytest.fixture
def open_database(key: bytes) -> Iterator[Callable[..., Database]]:
    """Open databases that are closed when the test ends."""
    opened: list[Database] = []

    def opening(path: Path, with_key: bytes = key, *, create: bool = True) -> Database:
        opened.append(Database(path, with_key, create=create))
        return opened[-1]

    yield opening
    for database in opened:
        database.close()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return Places(folder)


@pytest.fixture
def workspace_key(places: Places, cheap: Stretching) -> bytes:
    """Give the places keyslots, and the data key in them."""
    return create_keyslots(places.keyslots, "a walk by the river", cheap)[0]


@pytest.fixture
def databases(
    places: Places, workspace_key: bytes, open_database: Callable[..., Database]
) -> Iterator[dict[str, Database]]:
    """The three databases of a workspace, open, each with the canary in it."""
    opened = {path.stem: open_database(path, workspace_key) for path in places.databases}
    for database in opened.values():
        write(database, CANARY)
    yield opened
    for database in opened.values():
        database.close()


@pytest.fixture
def backups(places: Places) -> Backups:
    return Backups(places)


@pytest.fixture
def run_child() -> Callable[..., str]:
    """Run a program of a few lines in a process of its own and give what it printed."""

    def running(program: str, *arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return running


@pytest.fixture
def start_child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a program that says a line when it is where the test wants it; it is killed when the test ends."""
    started: list[subprocess.Popen[str]] = []

    def starting(program: str, *arguments: object) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(child)
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        return child

    yield starting
    for child in started:
        with child:
            child.kill()
