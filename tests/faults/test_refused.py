"""What a computer does to us: each time one clear sentence, exit code 3, and nothing lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.faults.conftest import Outcome
from tests.store.mishaps import LAY_POWERS_DOWN, spoil
from tests.usecases.conftest import PASSPHRASE, StandingClock

from accountplanner.store.places import Places
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.workspaces import Key, back_up, open_workspace, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.conftest import Scene

pytestmark = pytest.mark.slow

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="limits and users as Unix has them")


@pytest.fixture
def picture(workspace: Path) -> bytes:
    """What the workspace holds before anything goes wrong."""
    return _dump(workspace)


def _dump(workspace: Path) -> bytes:
    session = open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())
    try:
        assert verify(session) == []
        return dump(session)
    finally:
        session.close()


def _refused(outcome: Outcome, *words: str) -> None:
    """One sentence on standard error, nothing on standard output, exit code 3."""
    assert outcome.code == 3, outcome
    assert outcome.out == ""
    # The day's backup is tried first, and says for itself that it could not be taken.
    lines = [line for line in outcome.sentence.splitlines() if not line.startswith("Today's backup was not taken.")]
    assert len(lines) == 1, outcome.sentence
    assert lines[0].endswith("."), lines[0]
    assert "did not expect" not in lines[0]
    assert "Traceback" not in lines[0]
    for word in words:
        assert word in lines[0], lines[0]


# --- the key and the files ------------------------------------------------------------------------------------------


def test_a_wrong_passphrase(start: Callable[..., Outcome], workspace: Path, picture: bytes) -> None:
    _refused(start("list", "account", passphrase="canary phrase"), "passphrase does not open")
    assert "canary" not in start("list", "account", passphrase="canary phrase").sentence
    assert _dump(workspace) == picture


@pytest.mark.parametrize("name", ["team.db", "me.db", "archive.db"])
def test_a_damaged_page(call: Callable[..., Outcome], workspace: Path, name: str, picture: bytes) -> None:
    kept = (workspace / name).read_bytes()
    spoil(workspace / name, 100)
    _refused(call("list", "account"), name, "damaged", "restore")
    (workspace / name).write_bytes(kept)
    assert _dump(workspace) == picture


def test_a_damaged_page_among_the_imported_files_is_found_by_verify(
    call: Callable[..., Outcome], workspace: Path, scene: Scene
) -> None:
    assert call("import", scene.file).code != 3
    assert call("verify").code == 0
    archive = workspace / "archive.db"
    spoil(archive, archive.stat().st_size - 2000)
    verified = call("verify")
    assert verified.code == 3
    assert "archive" in verified.out + verified.sentence


def test_a_workspace_without_its_keyslots_is_no_empty_place(
    call: Callable[..., Outcome], workspace: Path, picture: bytes
) -> None:
    keyslots = workspace / "keyslots.json"
    kept = keyslots.read_bytes()
    keyslots.unlink()
    _refused(call("list", "account"), "keyslots.json", "is missing", "latest backup")
    _refused(call("init", "--name", "Ann", "--email", "ann@example.com"), "There is a workspace")
    assert not keyslots.exists()
    keyslots.write_bytes(kept)
    assert _dump(workspace) == picture


@pytest.mark.slow
def test_damage_deep_inside_is_found_before_an_import_and_a_backup_brings_all_back(
    call: Callable[..., Outcome], scene: Scene, workspace: Path, picture: bytes
) -> None:
    session = open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())
    back_up(session)
    session.close()
    pages = (workspace / "team.db").stat().st_size // 4096
    for page in range(2, pages, max(1, pages // 6)):
        kept = (workspace / "team.db").read_bytes()
        spoil(workspace / "team.db", page * 4096 + 77)
        outcome = call("import", scene.file)
        _refused(outcome, "team.db", "damaged")
        (workspace / "team.db").write_bytes(kept)
        assert _dump(workspace) == picture
    spoil(workspace / "team.db", 4096 * 3)
    verified = call("verify")
    assert verified.code == 3
    assert all(len(line) < 120 for line in verified.out.splitlines()), verified.out
    restored = call(
        "restore",
    )
    assert restored.code == 0, restored
    assert _dump(workspace) == picture


@pytest.mark.slow
@pytest.mark.parametrize("name", ["team.db", "keyslots.json"])
def test_a_missing_an_empty_and_a_cut_file(call: Callable[..., Outcome], workspace: Path, name: str) -> None:
    content = (workspace / name).read_bytes()
    for broken in (b"", content[: len(content) // 2 + 77]):
        (workspace / name).write_bytes(broken)
        _refused(call("list", "account"), name)
    (workspace / name).unlink()
    outcome = call("list", "account")
    assert outcome.code == 3
    assert not (workspace / name).exists(), "never silently a new one"


def test_a_newer_database(call: Callable[..., Outcome], workspace: Path, picture: bytes) -> None:
    session = open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())
    with session.store.databases["team"].writing() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 9999")
        tables = [name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_schema").all()]
        if "migration" in tables:
            connection.exec_driver_sql("UPDATE migration SET number = number + 9000")
    session.close()
    outcome = call("list", "account")
    _refused(outcome, "newer version")
    assert picture


def test_a_plain_database_in_its_place(call: Callable[..., Outcome], workspace: Path) -> None:
    (workspace / "team.db").unlink()
    with closing(sqlite3.connect(workspace / "team.db")) as connection:
        connection.execute("CREATE TABLE account (name)")
        connection.commit()
    _refused(call("list", "account"), "not encrypted")


def test_two_programs_at_once(start: Callable[..., Outcome], workspace: Path, scene: Scene) -> None:
    session = open_workspace(Places(workspace), Key(PASSPHRASE), StandingClock())
    before = dump(session)
    back_up(session)
    for command in (("list", "account"), ("import", scene.file), ("restore",)):
        _refused(start(*command), "open in another")
    assert dump(session) == before
    session.close()
    assert start("list", "account").code == 0


# --- no room, no rights ---------------------------------------------------------------------------------------------

_LIMIT = """
import resource, os
largest = max(os.stat(os.path.join(at, name)).st_size for at, _, names in os.walk({folder!r}) for name in names)
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
"""


@needs_unix
def test_a_full_disk_stops_an_export_and_leaves_the_old_file(
    start: Callable[..., Outcome], workspace: Path, picture: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "team.xlsx"
    target.parent.mkdir()
    target.write_bytes(b"the old one")
    for room in (3000, 20_000):
        _refused(
            start("export", "team", target, before=_LIMIT.format(folder=str(workspace), room=room)), "disk is full"
        )
        assert target.read_bytes() == b"the old one"
        assert [each.name for each in target.parent.iterdir()] == ["team.xlsx"]
    assert _dump(workspace) == picture


@pytest.mark.slow
@needs_unix
def test_a_full_disk_stops_an_import_and_it_can_be_repeated(
    start: Callable[..., Outcome], scene: Scene, workspace: Path, picture: bytes
) -> None:
    for room in ("1000", "largest // 2", "largest + 1"):
        outcome = start("import", scene.file, before=_LIMIT.format(folder=str(workspace), room=room))
        if outcome.code == 0:
            break
        _refused(outcome, "disk is full")
        assert _dump(workspace) == picture, room
    done = start("import", scene.file)
    assert done.code in {0, 1}, done
    assert _dump(workspace) != picture


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder every user can walk to, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@needs_unix
def test_a_read_only_folder(workspace: Path, scene: Scene, open_folder: Path) -> None:
    """As root nothing is forbidden, so the child lays root's powers down."""
    folder = open_folder / "workspace"
    shutil.copytree(workspace, folder)
    shutil.copy(scene.file, folder / "file.xlsx")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    code = "from accountplanner.cli.app import run\nsys.exit(run(['--workspace', *sys.argv[1:]], lambda options: 0))"
    for command in (["list", "account"], ["import", "file.xlsx"], ["export", "team", "team.xlsx"]):
        done = subprocess.run(
            [sys.executable, "-P", "-c", LAY_POWERS_DOWN + code, folder, *command],
            capture_output=True, encoding="utf-8", check=False, timeout=300, stdin=subprocess.DEVNULL,
            env={"ACCOUNTPLANNER_PASSPHRASE": PASSPHRASE, "PATH": "/usr/bin", "HOME": str(open_folder)},
        )  # fmt: skip
        _refused(Outcome(done.returncode, done.stdout, done.stderr), "may not be written to")
    assert _dump(workspace)


@pytest.mark.slow
@needs_unix
def test_a_read_only_target(call: Callable[..., Outcome], tmp_path: Path) -> None:
    assert call("export", "team", tmp_path / "not there" / "team.xlsx").code == 3
    _refused(call("export", "team", "/proc/team.xlsx"))


# --- files that are no good -----------------------------------------------------------------------------------------


def test_unreadable_files_are_each_one_sentence(
    call: Callable[..., Outcome], scene: Scene, workspace: Path, picture: bytes, tmp_path: Path
) -> None:
    whole = scene.file.read_bytes()
    bad = {
        "empty.xlsx": b"",
        "cut.xlsx": whole[: len(whole) // 2],
        "noise.xlsx": bytes(range(256)) * 40,
        "zip.xlsx": b"PK\x03\x04" + b"\0" * 100,
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
        _refused(call("import", tmp_path / name), name)
    _refused(call("import", tmp_path / "not-there.xlsx"), "not-there.xlsx", "no such file")
    _refused(call("import", tmp_path), "folder")
    assert _dump(workspace) == picture


@pytest.mark.slow
def test_a_workbook_cut_or_spoilt_anywhere_is_refused_or_changes_nothing_wrong(
    call: Callable[..., Outcome], scene: Scene, workspace: Path, picture: bytes, tmp_path: Path
) -> None:
    whole = scene.file.read_bytes()
    for part in range(1, 20, 3):
        file = tmp_path / f"cut-{part}.xlsx"
        file.write_bytes(whole[: len(whole) * part // 20])
        _refused(call("import", file), file.name)
        file.write_bytes(whole)
        spoil(file, len(whole) * part // 20)
        outcome = call("import", file)
        assert "did not expect" not in outcome.sentence, outcome
        if outcome.code == 3:
            _refused(outcome)
            assert _dump(workspace) == picture
        else:
            shutil.rmtree(workspace)
            shutil.copytree(scene.workspace, workspace)
