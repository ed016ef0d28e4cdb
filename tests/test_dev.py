"""The set-up does what is missing, no more, and says what it cannot do in one command."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

DEV = Path(__file__).resolve().parent.parent / "dev.py"


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load dev.py for a checkout in a folder of its own, on a system that lacks nothing."""
    specification = importlib.util.spec_from_file_location("dev", DEV)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    specification.loader.exec_module(module)
    venv = tmp_path / ".venv"
    for name, value in {"CHECKOUT": tmp_path, "VENV": venv, "STAMP": venv / "ready.json", "QT_LIBRARIES": {}}.items():
        monkeypatch.setattr(module, name, value)
    javascript = tmp_path / "javascript"
    javascript.mkdir()
    monkeypatch.setattr(module, "JAVASCRIPT", javascript)
    monkeypatch.setattr(module, "JAVASCRIPT_PACKAGES", venv / "javascript")
    for name in ("package.json", "package-lock.json"):
        (javascript / name).write_text("{}")
    (tmp_path / "run.lock").write_text("one==1\n")
    (tmp_path / "test.lock").write_text("one==1\ntwo==2\n")
    return module


@pytest.fixture
def steps(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the slow steps of a set-up instead of taking them."""
    taken: list[str] = []

    def make() -> None:
        taken.append("make")
        Path(dev.venv_python()).parent.mkdir(parents=True, exist_ok=True)
        Path(dev.venv_python()).touch()

    monkeypatch.setattr(dev, "make_venv", make)
    monkeypatch.setattr(dev, "install", lambda purpose: taken.append(f"install {purpose}"))
    return taken


def test_a_second_start_does_nothing(dev: ModuleType, steps: list[str]) -> None:
    dev.set_up("run")
    dev.set_up("run")
    assert steps == ["make", "install run"]


def test_tests_only_add_what_running_lacks(dev: ModuleType, steps: list[str]) -> None:
    dev.set_up("run")
    dev.set_up("test")
    dev.set_up("run")
    assert steps == ["make", "install run", "install test"]


def test_an_environment_for_tests_also_runs(dev: ModuleType, steps: list[str]) -> None:
    dev.set_up("test")
    dev.set_up("run")
    assert steps == ["make", "install test"]


def test_comments_and_line_ends_of_a_lock_change_nothing(dev: ModuleType, steps: list[str], tmp_path: Path) -> None:
    dev.set_up("run")
    (tmp_path / "run.lock").write_bytes(b"one==1\r\n    # via somebody\r\n")
    dev.set_up("run")
    assert steps == ["make", "install run"]


def change_the_lock(dev: ModuleType) -> None:
    (dev.CHECKOUT / "run.lock").write_text("one==2\n")


def move_the_checkout(dev: ModuleType) -> None:
    dev.STAMP.write_text(json.dumps({**json.loads(dev.STAMP.read_text()), "place": "elsewhere"}))


def take_another_python(dev: ModuleType) -> None:
    dev.STAMP.write_text(json.dumps({**json.loads(dev.STAMP.read_text()), "python": "3.99"}))


def lose_the_interpreter(dev: ModuleType) -> None:
    Path(dev.venv_python()).unlink()


def damage_the_stamp(dev: ModuleType) -> None:
    dev.STAMP.write_text("{")


@pytest.mark.parametrize(
    "happen", [change_the_lock, move_the_checkout, take_another_python, lose_the_interpreter, damage_the_stamp]
)
def test_what_no_longer_fits_is_made_afresh(
    dev: ModuleType, steps: list[str], happen: Callable[[ModuleType], None]
) -> None:
    dev.set_up("run")
    steps.clear()
    happen(dev)
    dev.set_up("run")
    assert steps == ["make", "install run"]


def test_an_interrupted_set_up_is_repeated(dev: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    dev.set_up("run")
    with monkeypatch.context() as patch:
        patch.setattr(dev, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            dev.set_up("test")
    steps.clear()
    dev.set_up("run")
    assert steps == ["make", "install run"]


def interrupted(*_what: str, **_how: str) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def fetched(dev: ModuleType, steps: list[str], monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record what npm is asked for, in an environment for tests that is there."""
    asked: list[list[str]] = []

    def ask(*command: str, **_settings: str) -> None:
        assert (dev.JAVASCRIPT_PACKAGES / "package-lock.json").exists()
        asked.append(list(command[3:5]))

    dev.set_up("test")
    steps.clear()
    monkeypatch.setattr(dev, "must", ask)
    return asked


def test_javascript_libraries_are_fetched_once_from_their_lock(dev: ModuleType, fetched: list[list[str]]) -> None:
    dev.set_up_javascript()
    dev.set_up_javascript()
    assert fetched == [["ci", "--ignore-scripts"]]
    (dev.JAVASCRIPT / "package-lock.json").write_text('{"lockfileVersion": 3}')
    dev.set_up_javascript()
    assert len(fetched) == 2


def test_an_interrupted_fetch_is_repeated(
    dev: ModuleType, fetched: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up_javascript()
    (dev.JAVASCRIPT / "package-lock.json").write_text('{"lockfileVersion": 3}')
    with monkeypatch.context() as patch:
        patch.setattr(dev, "must", interrupted)
        with pytest.raises(KeyboardInterrupt):
            dev.set_up_javascript()
    dev.set_up_javascript()
    assert len(fetched) == 2


def test_only_the_full_run_needs_javascript(
    dev: ModuleType, fetched: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "FULL_TEST_PROGRAMS", {})
    monkeypatch.setattr(dev, "cut_off_from_the_network", list)
    monkeypatch.setattr(dev, "call", lambda _command, **_settings: 0)
    monkeypatch.chdir(dev.CHECKOUT)
    assert dev.main(["test"]) == 0
    assert fetched == []
    assert dev.main(["test", "--full"]) == 0
    assert len(fetched) == 1


def test_a_person_gets_one_command_for_all_that_is_missing(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "ON_LINUX", True)
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libnowhere.so.1": "libnowhere1"})
    monkeypatch.setattr(dev, "FULL_TEST_PROGRAMS", {"no-such-program": "somepackage"})
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    assert dev.main(["test", "--full"]) == 1
    command = capsys.readouterr().err.strip().splitlines()[-1].strip()
    wanted = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libnowhere1 somepackage"
    assert command.startswith(wanted)


@pytest.mark.parametrize(
    ("display", "arguments", "started"),
    [("", [], ["tour", "tour"]), (":0", [], []), ("", ["dump", "--json"], ["dump", "--json"])],
)
def test_without_a_display_the_tour_runs(
    dev: ModuleType,
    steps: list[str],
    monkeypatch: pytest.MonkeyPatch,
    display: str,
    arguments: list[str],
    started: list[str],
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setattr(dev, "ON_LINUX", True)
    calls: list[list[str]] = []
    monkeypatch.setattr(dev, "call", calls.append)
    dev.run(arguments)
    assert steps == ["make", "install run"]
    assert [command[4:] for command in calls] == [started]


def test_wrong_use_is_explained_without_setting_anything_up() -> None:
    done = subprocess.run([sys.executable, str(DEV), "dance"], capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert "python3 dev.py run" in done.stderr
