"""The sixty-second note in the whole program: over every page, over the lock screen, and through a lock."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from accountplanner.desktop.capture.dialog import CaptureDialog
from accountplanner.desktop.capture.inbox_dialog import InboxDialog
from accountplanner.desktop.lock_screen import LockScreen
from accountplanner.desktop.pages.today.page import TodayPage
from accountplanner.desktop.program import Program
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.noting import inbox
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

PASSPHRASE = "four plain small words"
CANARY = "Zyxwvut sang"
Opened = Callable[[], AbstractContextManager[Program]]
_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def places(tmp_path: Path, cheap: Stretching) -> Places:
    places = Places(tmp_path / "workspace")
    session = create_workspace(NewWorkspace(places, "Nancy Davolio", "", PASSPHRASE, stretching=cheap)).session
    create_record(session, "account", {"name": "Simons bistro"})
    session.close()
    return places


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, tmp_path: Path, places: Places) -> Opened:
    @contextmanager
    def running() -> Iterator[Program]:
        front = Front(qapp, DesktopWish(places.folder, PASSPHRASE), SettingsFile(tmp_path / "config"))
        program = front.program
        program.window.show()
        program.window.activateWindow()
        try:
            qtbot.waitUntil(lambda: program.desk.session is not None)
            yield program
        finally:
            program.window.close()
            program.window.deleteLater()
            program.theme.deleteLater()
            program.deleteLater()
            front.deleteLater()

    return running


def _settle(qtbot: QtBot, program: Program) -> None:
    runners = (program.desk.runners.reading, program.desk.runners.writing, program.capturing.runner)
    qtbot.waitUntil(lambda: not any(runner.is_busy for runner in runners))


def _write(qtbot: QtBot, program: Program) -> CaptureDialog:
    # No window manager gives the offscreen window the keyboard back after a dialog.
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    _settle(qtbot, program)
    QTest.keyClick(program.window, Qt.Key.Key_Space, _KEYS)
    qtbot.waitUntil(lambda: program.capturing._dialog is not None and program.capturing._dialog.line.hasFocus())
    _settle(qtbot, program)
    dialog = program.capturing._dialog
    assert dialog is not None
    return dialog


def _readable(places: Places) -> bool:
    kept = b"".join(path.read_bytes() for path in places.folder.rglob("*") if path.is_file())
    return CANARY.encode() in kept


def _unlock(qtbot: QtBot, program: Program) -> None:
    screen = program.window.findChildren(LockScreen)[0]
    QTest.keyClicks(screen.form.passphrase, PASSPHRASE)
    QTest.keyClick(screen.form.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.desk.session is not None)
    _settle(qtbot, program)


def test_over_every_page_the_same_keys_write_a_note(qtbot: QtBot, opened: Opened) -> None:
    with opened() as program:
        for area in ("today", "accounts", "people", "partners", "exchange"):
            program.window.show_area(area)
            _settle(qtbot, program)
            dialog = _write(qtbot, program)
            QTest.keyClick(dialog.line, Qt.Key.Key_Escape)
            qtbot.waitUntil(lambda: program.capturing._dialog is None)
        _settle(qtbot, program)


def test_a_lock_takes_the_note_away_and_gives_it_back(qtbot: QtBot, opened: Opened, places: Places) -> None:
    with opened() as program:
        dialog = _write(qtbot, program)
        QTest.keyClicks(dialog.line, f"half of what {CANARY}")
        program.locking.lock()
        _settle(qtbot, program)
        assert program.capturing._dialog is None
        assert not _readable(places)
        _unlock(qtbot, program)
        assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, CaptureDialog)]
        again = _write(qtbot, program)
        qtbot.waitUntil(lambda: again.text == f"half of what {CANARY}")
        again.line.clear()
        again.reject()
        _settle(qtbot, program)


def test_a_note_on_the_lock_screen_waits_in_the_inbox_and_today_leads_there(
    qtbot: QtBot, opened: Opened, places: Places
) -> None:
    with opened() as program:
        program.locking.lock()
        _settle(qtbot, program)
        dialog = _write(qtbot, program)
        QTest.keyClicks(dialog.line, f"#Simons {CANARY}")
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: program.capturing._dialog is None)
        _settle(qtbot, program)
        assert not _readable(places)
        _unlock(qtbot, program)
        session = program.desk.session
        assert session is not None
        assert [note.text for note in inbox(session)] == [f"#Simons {CANARY}"]
        program.window.show_area("today")
        page = program.window.page("today")
        assert isinstance(page, TodayPage)
        qtbot.waitUntil(lambda: len(page.rows()) == 1)
        page.rows()[0].setFocus()
        QTest.keyClick(page.rows()[0], Qt.Key.Key_Return)
        [found] = [each for each in QApplication.topLevelWidgets() if isinstance(each, InboxDialog)]
        qtbot.waitUntil(lambda: found._choices.count() == 1)
        QTest.keyClick(found, Qt.Key.Key_1)
        qtbot.waitUntil(lambda: inbox(session) == ())
        assert [each.values["text"] for each in session.store.every("note")] == [f"#Simons {CANARY}"]
        found.reject()
        _settle(qtbot, program)
