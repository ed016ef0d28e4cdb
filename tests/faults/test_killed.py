"""The program is killed in the middle: the old picture or the new one, sound, and the work can be repeated."""

from __future__ import annotations

import shutil
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from tests.faults.dying import DYING
from tests.usecases.conftest import PASSPHRASE, StandingClock

from accountplanner.domain.fields import Layer
from accountplanner.store.places import Places
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.workspaces import Key, back_up, open_workspace, verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faults.conftest import Outcome, Scene

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")]

_OPEN = f"""{DYING}
from contextlib import contextmanager
from accountplanner.exchange.reading import guard
from accountplanner.store import archive, backups, cache_writing, log, transactions, verifying
from accountplanner.store.encrypted import Database
from accountplanner.usecases import import_planning, importing

def dying_after_commit(name):
    original = Database.writing
    @contextmanager
    def writing(self):
        with original(self) as connection:
            outermost = self.__dict__.setdefault("_depth", 0) == 0
            self._depth += 1
            yield connection
            self._depth -= 1
        if outermost and self.path.name == name:
            die()
    Database.writing = writing
"""

_IMPORT = "\nimporting.import_files(session, [Path(sys.argv[3])])\n"

_OLD = {
    "before the file is taken": "import_planning.take_file = die",
    "while the child reads": "guard._Child._receive = die",
    "while the backup is copied": "backups.copy_verified = then_die(backups.copy_verified)",
    "before the backup has its name": "backups.Backups._finish = die",
    "while the file is archived": "archive._insert = then_die(archive._insert)",
    "after the file is archived": "importing._archive = then_die(importing._archive)",
    "at the first batch": "log.LayerLog._insert_batch = then_die(log.LayerLog._insert_batch)",
    "while the caches are folded": "cache_writing.CacheWriter.refold = then_die(cache_writing.CacheWriter.refold)",
    "when the batches have been taken": "transactions.Transaction.receive = then_die(transactions.Transaction.receive)",
    "when everything has been said": "transactions.Transaction.say = then_die(transactions.Transaction.say)",
    "just before the commit": "transactions._write_journal = then_die(transactions._write_journal)",
}
_NEW = {
    "between the two commits": "dying_after_commit('team.db')",
    "just after the commits": "transactions.Transactions._clear_journal = die",
}


def _slow(points: dict[str, str], quick: set[str]) -> list[object]:
    return [name if name in quick else pytest.param(name, marks=pytest.mark.slow) for name in points]


@pytest.mark.parametrize("point", _slow(_OLD, {"while the file is archived", "just before the commit"}))
def test_killed_before_the_commit_an_import_leaves_the_old_picture(
    point: str, scene: Scene, workspace: Path, tmp_path: Path, python: Callable[..., Outcome]
) -> None:
    before, after = _dumps(scene, tmp_path)
    ended = python(_OPEN + _OLD[point] + _IMPORT, workspace, PASSPHRASE, scene.file)
    assert ended.code == -signal.SIGKILL, ended.sentence
    session = open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())
    assert verify(session) == []
    assert dump(session) == before
    import_files(session, [scene.file])
    assert dump(session) == after
    assert import_files(session, [scene.file]).step == 0
    back_up(session)
    assert not [each for each in (workspace / "backups").iterdir() if each.name.startswith(".")]
    session.close()


@pytest.mark.parametrize("point", _slow(_NEW, {"between the two commits"}))
def test_killed_after_the_commit_an_import_is_whole(
    point: str, scene: Scene, workspace: Path, tmp_path: Path, python: Callable[..., Outcome]
) -> None:
    _, after = _dumps(scene, tmp_path)
    ended = python(_OPEN + _NEW[point] + _IMPORT, workspace, PASSPHRASE, scene.file)
    assert ended.code == -signal.SIGKILL, ended.sentence
    session = open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())
    assert verify(session) == []
    assert dump(session) == after
    assert import_files(session, [scene.file]).step == 0
    session.close()


@pytest.mark.parametrize(
    "point", _slow(_NEW | {"just before the commit": _OLD["just before the commit"]}, {"between the two commits"})
)
def test_killed_between_the_layers_the_private_half_is_finished_or_was_never_begun(
    point: str, scene: Scene, workspace: Path, python: Callable[..., Outcome]
) -> None:
    kari = scene.picture.contacts["Kari Nordmann"]
    say_both = f"""
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import state
with session.transaction("Both") as writing:
    writing.say(Layer.TEAM, [state("{kari}", "title", "Shared", session.source())])
    writing.say(Layer.ME, [state("{kari}", "mackay_spouse", "Private", session.source())])
"""
    ended = python(_OPEN + (_NEW | _OLD)[point] + say_both, workspace, PASSPHRASE)
    assert ended.code == -signal.SIGKILL, ended.sentence
    session = open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())
    said = (session.store.team.picture(kari).value("title"), session.store.me.picture(kari).value("mackay_spouse"))
    assert said == ((None, None) if point == "just before the commit" else ("Shared", "Private"))
    assert verify(session) == []
    with session.transaction("Next") as writing:
        writing.say(Layer.ME, [])
    session.close()


def _dumps(scene: Scene, tmp_path: Path) -> tuple[bytes, bytes]:
    """The picture before the import, and after one that nothing disturbed."""
    copy = tmp_path / "undisturbed"
    shutil.copytree(scene.workspace, copy)
    session = open_workspace(Places(copy), Key(PASSPHRASE), StandingClock())
    before = dump(session)
    import_files(session, [scene.file])
    after = dump(session)
    session.close()
    assert before != after
    return before, after
