"""The walls hold: the guards of conftest catch, Qt counts references, and the locks hold what is declared."""

from __future__ import annotations

import ast
import json
import re
import socket
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytest_plugins = ["pytester"]

CHECKOUT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))

# One test for each thing that must not pass unnoticed; its name says what the report has to mention.
OFFENDERS = """
import logging, socket, subprocess, sys, threading, warnings
import pytest
from PySide6.QtCore import QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget

KEPT = []

def keep(thing):
    KEPT.append(thing)
    return thing

def test_swallowed_connection():
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except RuntimeError:
        pass

def test_thread():
    keep(threading.Thread(target=threading.Event().wait, daemon=True)).start()

def test_process():
    keep(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_timer(qapp):
    keep(QTimer()).start(1000)

def test_qt_thread(qapp):
    keep(QThread()).start()

def test_window(qapp):
    keep(QWidget()).show()

def test_logged_warning():
    logging.getLogger("somewhere").warning("the disk is nearly full")

def test_announced_warning_that_never_comes(announce_warning):
    announce_warning("nearly full")

def test_python_warning():
    warnings.warn("old")

def test_qt_warning(qapp):
    qWarning(b"bad model")

@pytest.fixture(scope="session", autouse=True)
def end_what_was_left():
    yield
    for thing in KEPT:
        if isinstance(thing, subprocess.Popen):
            thing.communicate()
        if isinstance(thing, QThread):
            thing.quit()
            thing.wait()
"""

WELL_BEHAVED = """
import logging, socket, subprocess, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

def test_everything_that_is_cleared_away(qtbot, announce_warning):
    announce_warning("nearly full")
    logging.getLogger("somewhere").warning("the disk is nearly full")
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    subprocess.run([sys.executable, "-c", ""], check=True)
    window = QWidget()
    qtbot.addWidget(window)
    QTimer(window).start(1000)
    window.show()
"""


def run_apart(pytester: pytest.Pytester, tests: str) -> pytest.RunResult:
    """Run tests in a process of their own, under our conftest and our settings."""
    pytester.mkdir("tests")
    for name in ("pyproject.toml", "tests/conftest.py"):
        text = (CHECKOUT / name).read_text(encoding="utf-8").replace("_GRACE_S = 20.0", "_GRACE_S = 0.1")
        (pytester.path / name).write_text(text, encoding="utf-8")
    (pytester.path / "tests" / "test_apart.py").write_text(tests, encoding="utf-8")
    return pytester.runpytest_subprocess("-rA", "-p", "no:cacheprovider")


def test_each_guard_catches_what_it_is_for(pytester: pytest.Pytester) -> None:
    result = run_apart(pytester, OFFENDERS)
    said = result.stdout.str()
    for sentence in (
        "tried to reach the network: socket.",
        "left behind: thread Thread-",
        "left behind: process python",
        "left behind: timer",
        "left behind: Qt thread",
        "left behind: window",
        "logged 'WARNING somewhere: the disk is nearly full'",
        "never logged 'nearly full'",
        "UserWarning: old",
        "bad model",
    ):
        assert sentence in said
    outcomes = result.parseoutcomes()
    assert outcomes["failed"] + outcomes["errors"] == OFFENDERS.count("def test_")


@pytest.mark.slow
def test_guards_let_well_behaved_tests_pass(pytester: pytest.Pytester) -> None:
    run_apart(pytester, WELL_BEHAVED).assert_outcomes(passed=1)


@pytest.mark.parametrize("address", [("127.0.0.1", 9), ("192.0.2.1", 443)])
def test_no_socket_connects(address: tuple[str, int], network_attempts: list[str]) -> None:
    with socket.socket() as plug, pytest.raises(RuntimeError, match=r"socket\.connect"):
        plug.connect(address)
    network_attempts.clear()


def test_no_name_is_looked_up(network_attempts: list[str]) -> None:
    with pytest.raises(RuntimeError, match=r"socket\.getaddrinfo"):
        socket.getaddrinfo("example.org", 443)
    network_attempts.clear()


def test_data_goes_to_a_home_of_its_own(home: Path) -> None:
    assert Path(platformdirs.user_data_dir("AccountPlanner", appauthor=False)).is_relative_to(home)


def test_qt_keeps_its_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("x")
    assert before - sys.getrefcount(None) < 50


class Sender(QObject):
    """Has a signal to emit."""

    sent = Signal(object)


def test_qt_keeps_its_references_to_true() -> None:
    sender = Sender()
    yes = True
    before = sys.getrefcount(yes)
    for _ in range(500):
        sender.sent.emit(1)
    assert before - sys.getrefcount(yes) < 50


def declared(*groups: str) -> set[str]:
    """Name what pyproject.toml asks for, as the locks spell it."""
    asked = list(PROJECT["project"]["dependencies"])
    for group in groups:
        asked += [each for each in PROJECT["dependency-groups"][group] if isinstance(each, str)]
    return {re.split(r"[=<>~! ]", each)[0].lower().replace("_", "-") for each in asked}


def locked(name: str) -> dict[str, str]:
    """Give the versions of a lock; where systems differ, the last one."""
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, flags=re.MULTILINE))


def test_locks_hold_what_is_declared() -> None:
    assert declared("build") <= locked("run.lock").keys()
    assert declared("build", "dev") <= locked("test.lock").keys()


def test_tests_run_against_what_people_run() -> None:
    assert locked("run.lock").items() <= locked("test.lock").items()


@pytest.mark.parametrize("name", ["run.lock", "test.lock"])
def test_locks_name_hashes_and_no_address(name: str) -> None:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    pins = re.findall(r"^[a-z0-9-]+==.*\\\n    --hash=sha256:", text, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", text, flags=re.MULTILINE))


def test_the_lock_of_javascript_names_hashes_and_no_address() -> None:
    text = (CHECKOUT / "tests" / "roundtrips" / "javascript" / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = {name: facts for name, facts in json.loads(text)["packages"].items() if name}
    assert "node_modules/xlsx" in packages
    assert [name for name, facts in packages.items() if not facts["integrity"].startswith("sha512-")] == []


def test_dependencies_are_accounted_for() -> None:
    text = (CHECKOUT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert [name for name in sorted(declared("build", "dev")) if f"`{name}`" not in text] == []


def test_dev_needs_the_standard_library_only() -> None:
    tree = ast.parse((CHECKOUT / "dev.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_nothing_runs_slots_inside_slots() -> None:
    # The linter sees QApplication.processEvents(), but not the same call on an object.
    sources = (CHECKOUT / "src").rglob("*.py")
    assert [path.name for path in sources if "processEvents(" in path.read_text(encoding="utf-8")] == []


def test_every_package_is_kept_from_qt_and_written_about() -> None:
    packages = {path.parent.name for path in (CHECKOUT / "src" / "accountplanner").glob("*/__init__.py")}
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    kept_from_qt = next(contract for contract in contracts if "PySide6" in contract.get("forbidden_modules", []))
    assert {f"accountplanner.{name}" for name in packages - {"desktop"}} <= set(kept_from_qt["source_modules"])
    architecture = CHECKOUT / "docs" / "architecture.md"
    if architecture.exists():
        text = architecture.read_text(encoding="utf-8")
        assert [name for name in sorted(packages) if name not in text] == []
