"""The disk is full from some step of an import on, or the reading child is gone: one sentence, the old picture, a repeat that works."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from tests.usecases.conftest import PASSPHRASE, StandingClock

from accountplanner.domain.errors import RefusedError
from accountplanner.exchange.reading import guard
from accountplanner.store.places import Places
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.workspaces import Key, back_up, open_workspace, verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Outcome, Scene

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.slow

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals as Unix has them")

_FULL_FROM = """
import resource, sys
from pathlib import Path
from accountplanner.domain.errors import PlannerError
from accountplanner.store import archive, backups, cache_writing, log, transactions
from accountplanner.store.places import Places
from accountplanner.usecases import import_planning, importing
from accountplanner.usecases.workspaces import Key, open_workspace

session = open_workspace(Places(Path(sys.argv[1])), Key(sys.argv[2]))
owner, name = {owner}, {name!r}
before = getattr(owner, name)

def full_from_here(*args, **named):
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    return before(*args, **named)

setattr(owner, name, full_from_here)
try:
    importing.import_files(session, [Path(sys.argv[3])])
except PlannerError as refused:
    sys.exit(refused.sentence)
"""
_STEPS = {
    "the file is taken": ("import_planning", "take_file"),
    "the backup is copied": ("backups", "copy_verified"),
    "the file is archived": ("archive", "_insert"),
    "the first batch is written": ("log.LayerLog", "_insert_batch"),
    "the caches are folded": ("cache_writing.CacheWriter", "refold"),
    "the commit is prepared": ("transactions", "_write_journal"),
}


@needs_unix
@pytest.mark.parametrize("step", _STEPS)
def test_full_when_a_step_begins_the_disk_stops_an_import_and_it_can_be_repeated(
    step: str, scene: Scene, workspace: Path, python: Callable[..., Outcome]
) -> None:
    owner, name = _STEPS[step]
    ended = python(_FULL_FROM.format(owner=owner, name=name), workspace, PASSPHRASE, scene.file)
    assert (ended.code, "disk is full" in ended.sentence, "Traceback" in ended.sentence) == (1, True, False), ended
    _old_picture_then_the_whole_import(scene, workspace)


def test_a_reading_child_that_is_killed_costs_one_try(
    scene: Scene, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the system for want of memory, say, in the middle of a file that nothing is wrong with."""
    receive = guard._Child._receive

    def bereft(self: guard._Child) -> tuple[str, object]:
        self._process.kill()
        self._process.join()
        with suppress(EOFError, OSError):
            while True:
                self._results.recv()
        return receive(self)

    with monkeypatch.context() as patch:
        patch.setattr(guard._Child, "_receive", bereft)
        session = _opened(workspace)
        before = dump(session)
        with pytest.raises(RefusedError, match=r"“file\.xlsx” cannot be read: .*\.$"):
            import_files(session, [scene.file])
        assert dump(session) == before
        session.close()
    _old_picture_then_the_whole_import(scene, workspace)


def _opened(workspace: Path) -> Session:
    return open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())


def _old_picture_then_the_whole_import(scene: Scene, workspace: Path) -> None:
    untouched, session = _opened(scene.workspace), _opened(workspace)
    assert verify(session) == []
    assert dump(session) == dump(untouched)
    untouched.close()
    assert import_files(session, [scene.file]).step
    assert session.store.team.picture(scene.picture.accounts["Alpine"]).value("city") == "Said by Carla"
    assert session.store.team.picture(scene.picture.accounts["Borealis"]).value("city") == "Said by Ben"
    assert import_files(session, [scene.file]).step == 0
    assert verify(session) == []
    back_up(session)
    assert not [each for each in (workspace / "backups").iterdir() if each.name.startswith(".")]
    session.close()
