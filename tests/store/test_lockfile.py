"""One program at a time, also after a kill."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import pytest
from tests.store.mishaps import LAY_POWERS_DOWN, needs_unix

from accountplanner.store.failures import ReadOnlyFolderError, WorkspaceInUseError
from accountplanner.store.lockfile import WorkspaceLock

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from accountplanner.store.lockfile import WorkspaceLock
lock = WorkspaceLock(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_refused_and_told_who_holds_it(
    tmp_path: Path, start_child: Callable[..., subprocess.Popen[str]]
) -> None:
    path = tmp_path / "workspace.lock"
    child = start_child(HOLD, path)
    with pytest.raises(WorkspaceInUseError, match=f"process {child.pid} on {platform.node()}"):
        WorkspaceLock(path)


def test_a_killed_program_leaves_no_lock(tmp_path: Path, start_child: Callable[..., subprocess.Popen[str]]) -> None:
    path = tmp_path / "workspace.lock"
    child = start_child(HOLD, path)
    child.kill()
    child.wait()
    with WorkspaceLock(path):
        assert path.exists()


def test_the_same_program_is_refused_twice_and_let_in_after_release(tmp_path: Path) -> None:
    path = tmp_path / "workspace.lock"
    with WorkspaceLock(path), pytest.raises(WorkspaceInUseError, match=f"process {os.getpid()}"):
        WorkspaceLock(path)
    lock = WorkspaceLock(path)
    lock.release()
    lock.release()
    WorkspaceLock(path).release()


def test_words_left_by_an_earlier_holder_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "workspace.lock"
    path.write_bytes(b"\xff" * 500)
    with WorkspaceLock(path):
        assert path.read_text() == f"process {os.getpid()} on {platform.node()}"


@needs_unix
def test_a_read_only_folder_is_told_in_one_sentence(tmp_path: Path, run_child: Callable[..., str]) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir(mode=0o555)
    said = run_child(
        f"""
from pathlib import Path
from accountplanner.domain.errors import RefusedError
from accountplanner.store.lockfile import WorkspaceLock
{LAY_POWERS_DOWN}
try:
    WorkspaceLock(Path("workspace.lock"))
except RefusedError as error:
    print(type(error).__name__)
""",
        folder,
    )
    assert said == ReadOnlyFolderError.__name__
