"""What holds for every test: no network, a home of its own, no unannounced warning, and nothing left running.

The guards stand here, in no module of their own, because they must be up before the first import of ours.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import multiprocessing
import os
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

# Qt aborts the whole run when it finds no display, and reads these once, with the first import.
for _name in [name for name in os.environ if name.startswith(("QT_", "ACCOUNTPLANNER_"))]:
    del os.environ[_name]
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The window would speak the language of whoever runs the tests; those of the language say which one they mean.
os.environ |= {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}
# The keyring of whoever runs the tests is none of our business; this one stores nothing, also in child processes.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

# No deadline: one slow example says more about the computer than about us.
hypothesis.settings.register_profile("fast", max_examples=40, deadline=None)
hypothesis.settings.register_profile("full", max_examples=500, deadline=None)
hypothesis.settings.load_profile("fast")

_GRACE_S = 20.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let somebody look for tests of the window that depend on timing."""
    parser.addoption("--jitter", metavar="SEED", help="make the window's workers late or early by chance")


# --- nothing looked through in vain -----------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep Python's collector from what is there to stay: thousands of tests and all that they import.

    It would go through them at each full collection, while they are gathered and ever after, for a tenth of the time
    of the fast tests. What the tests make is collected as in life.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


# --- no network -----------------------------------------------------------------------------------------------------


class NetworkAttemptError(RuntimeError):
    """Something tried to reach a network."""


_attempts: list[str] = []


def _refuse_network(event: str, details: tuple[object, ...]) -> None:
    """Stop whatever would open a connection or ask for an address.

    An audit hook sees every way through Python, C modules that use Python's sockets included. It stays for good, which
    is why it is set once, here. Child processes and Qt are cut off by `dev.py test --full`.
    """
    if event not in _NETWORK_EVENTS or _is_local(details[0]):
        return
    attempt = f"{event}{details[1:] if isinstance(details[0], socket.socket) else details}"
    _attempts.append(attempt)
    raise NetworkAttemptError(attempt)


_NETWORK_EVENTS = {
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "socket.gethostbyname",
    "socket.sendmsg",
    "socket.sendto",
}


def _is_local(subject: object) -> bool:
    """Say whether a socket connects processes of one computer only, as the keyring's do."""
    return isinstance(subject, socket.socket) and subject.family == getattr(socket, "AF_UNIX", None)


sys.addaudithook(_refuse_network)


@pytest.fixture
def network_attempts() -> list[str]:
    """Give a test that provokes the guard what it caught; clearing the list forgives it."""
    return _attempts


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test whose attempt was refused but swallowed."""
    _attempts.clear()
    yield
    if _attempts:
        pytest.fail(f"tried to reach the network: {'; '.join(_attempts)}")


# --- a home of its own ----------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home, so that none finds or leaves anything in a person's."""
    place = tmp_path / "home"
    place.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(place))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place / name.lower()))
    # On Windows platformdirs asks the system, not the environment, unless these are set.
    for name in ("LOCAL_APPDATA", "APPDATA", "PERSONAL"):
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(place / name.lower()))
    return place


# --- no unannounced warning -----------------------------------------------------------------------------------------


class _Warnings(logging.Handler):
    """Collects what was logged at warning level or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.announced: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def complaints(self) -> list[str]:
        unannounced = [each for each in self.messages if not any(part in each for part in self.announced)]
        missing = [part for part in self.announced if not any(part in each for each in self.messages)]
        return [f"logged {each!r}" for each in unannounced] + [f"never logged {part!r}" for part in missing]


@pytest.fixture(autouse=True)
def _warnings_logged() -> Iterator[_Warnings]:
    """Fail a test that logs a warning nobody announced, or announces one that never comes."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    if handler.complaints():
        pytest.fail("; ".join(handler.complaints()))


@pytest.fixture
def announce_warning(_warnings_logged: _Warnings) -> Callable[[str], None]:
    """Let a test say which warning it is about to provoke, by a part of its message."""
    return _warnings_logged.announced.append


# --- nothing left running -------------------------------------------------------------------------------------------


@dataclass
class _Running:
    """What runs or stands on the screen at one moment, each with the words to name it by."""

    found: dict[int, str] = field(default_factory=dict)

    @classmethod
    def now(cls) -> _Running:
        return cls({**_threads(), **_children(), **_qt_leftovers()})

    def beyond(self, before: _Running) -> list[str]:
        return sorted(words for key, words in self.found.items() if key not in before.found)


def _threads() -> dict[int, str]:
    """Find Python's threads; a dummy stands for a foreign thread that once ran Python, and outlives it."""
    alive = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    return {id(thread): f"thread {thread.name}" for thread in alive}


def _children() -> dict[int, str]:
    """Find processes that were started and have not ended."""
    children = {child.pid: child.name for child in multiprocessing.active_children() if child.pid}
    if sys.platform == "linux" and _has_children():
        children |= _children_in_proc()
    return {-pid: f"process {name} ({pid})" for pid, name in children.items()}


def _has_children() -> bool:
    """Ask cheaply, without collecting anybody's exit code."""
    if sys.platform == "win32":
        return True
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _children_in_proc() -> dict[int, str]:
    """Find our children by name; not those that have ended, nor the one multiprocessing keeps for good."""
    found = {}
    for pid in _pids_of_children():
        status = Path("/proc", pid, "stat")
        try:
            head, _, rest = status.read_text().rpartition(")")
            command = status.with_name("cmdline").read_text().replace("\0", " ")
        except (OSError, UnicodeDecodeError):
            continue
        state, parent = rest.split()[:2]
        if int(parent) == os.getpid() and state != "Z" and "resource_tracker" not in command:
            found[int(pid)] = head.partition("(")[2]
    return found


def _pids_of_children() -> list[str]:
    """Ask the system for our children, or where it was built without that list, for every process there is."""
    lists = list(Path("/proc/self/task").glob("*/children"))
    if not lists:
        return [each.name for each in Path("/proc").glob("[0-9]*")]
    found = []
    for each in lists:
        with contextlib.suppress(OSError):  # a thread that has just ended has left its children to another one
            found += each.read_text().split()
    return found


def _qt_leftovers() -> dict[int, str]:
    """Find active timers, running threads and visible windows, if a Qt application exists at all."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool, QTimer  # noqa: PLC0415
    from shiboken6 import Shiboken  # noqa: PLC0415

    # What deleteLater() has condemned is not left behind, only late.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = {}
    watched = (QTimer, QThread, QThreadPool)
    for each in Shiboken.getAllValidWrappers():
        if not isinstance(each, watched):
            continue
        if isinstance(each, QTimer) and each.isActive():
            found[id(each)] = f"timer {each.objectName() or each.parent()!r}"
        elif isinstance(each, QThread) and each.isRunning() and each is not QThread.currentThread():
            found[id(each)] = f"Qt thread {each.objectName() or each!r}"
        elif isinstance(each, QThreadPool) and each.activeThreadCount():
            found[id(each)] = f"{each.activeThreadCount()} jobs in {each!r}"
    for window in widgets.QApplication.topLevelWidgets():
        if window.isVisible():
            found[id(window)] = f"window {window.windowTitle() or window!r}"
    return found


@pytest.fixture(autouse=True)
def _nothing_left_running(home: Path) -> Iterator[None]:
    """Fail a test that leaves a thread, timer, window or process behind; one that is just ending gets a moment."""
    assert home.is_dir()
    before = _Running.now()
    yield
    left = _Running.now().beyond(before)
    until = time.monotonic() + _GRACE_S
    while left and time.monotonic() < until:
        gc.collect()
        threading.Event().wait(0.02)
        left = _Running.now().beyond(before)
    if left:
        pytest.fail(f"left behind: {', '.join(left)}")
