"""A person at the desk: real keys and clicks that go where the focus is, each of them counted."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from accountplanner.desktop.program import Program
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

_MOST_TABS = 40
_LEFT = Qt.MouseButton.LeftButton
_RETURN = Qt.Key.Key_Return

PASSPHRASE = "four plain small words"

Kind = TypeVar("Kind", bound=QWidget)
Start = Callable[[], AbstractContextManager[Program]]
Furnish = Callable[[Callable[[Session], object]], None]


class Person:
    """Presses, types and clicks, and knows how often. A key goes to whatever has the focus, as on a real keyboard."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self._qtbot = qtbot
        self.program = program
        self.did: list[str] = []
        self.lost: list[str] = []

    def press(self, *chords: str) -> None:
        """Press key combinations, one action each."""
        for chord in chords:
            self.did.append(chord)
            self._send(chord)
            if self._is_lost(self._window()):
                self.lost.append(chord)

    def type(self, text: str) -> None:
        """Type into what has the focus: one action, however long."""
        self.did.append(f"type “{text}”")
        self._letters(text)

    def click(self, words: str) -> None:
        """Click the button in sight with these words, or with this name."""
        self.did.append(f"click “{words}”")
        button = self._button(words)
        QTest.mouseClick(button, _LEFT)
        self.settle()

    def choose_file(self, path: Path) -> None:
        """Answer the file dialog that is about to open: its name is typed, and Enter."""
        QTimer.singleShot(0, lambda: self._answer(path, 400))

    def unlock(self) -> None:
        """Type the passphrase the workspace asks for, and wait until the day stands there."""
        self.wait(lambda: "Passphrase" in self.sees())
        self.type(PASSPHRASE)
        self.press("Return")
        self.wait(lambda: self.program.desk.session is not None and not self.program.window.is_covered)
        self.settle()

    def dialog(self, title: str) -> None:
        """Look until a dialog with these words stands over the window, ready to be worked with."""
        self.wait(lambda: self._dialog_says(title))
        self.settle()

    def sees(self) -> list[str]:
        """Every text in sight: labels, buttons, fields, lists and tables, of the dialog where one is open."""
        return sight_of(QApplication.activeModalWidget() or self.program.window)

    def reads(self, *words: str) -> bool:
        """Whether all of these stand somewhere in sight, within other words perhaps."""
        sight = "\n".join(self.sees())
        return all(each in sight for each in words)

    def wait_to_read(self, *words: str) -> None:
        """Look until all of these stand somewhere in sight."""
        self.wait(lambda: self.reads(*words))

    def wait(self, is_so: Callable[[], object]) -> None:
        """Look until something is so."""
        self._qtbot.waitUntil(lambda: bool(is_so()))

    def settle(self) -> None:
        """Wait until no worker has anything to do."""
        desk, capturing = self.program.desk, self.program.capturing
        runners = (desk.runners.reading, desk.runners.writing, capturing.runner)
        for _ in range(2):
            # Twice: what one answer asks for next is in the queue, not yet on a worker.
            self._qtbot.wait(1)
            self._qtbot.waitUntil(lambda: not any(runner.is_busy for runner in runners))

    def focus_name(self) -> str:
        """What the keyboard stands on, as it is read aloud."""
        interface = QAccessible.queryAccessibleInterface(self._window())
        return interface.text(QAccessible.Text.Name)

    def stands_on(self, name: str) -> bool:
        """Whether the keyboard stands on something whose name begins so."""
        return self.focus_name().startswith(name)

    def tab_to(self, name: str) -> None:
        """Press Tab until the keyboard stands there."""
        self._walk(name, "Tab")

    def back_to(self, name: str) -> None:
        """Press Shift+Tab until the keyboard stands there."""
        self._walk(name, "Shift+Tab")

    def dialogs(self) -> list[str]:
        """The titles of what stands over the window."""
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
        return [each.windowTitle() for each in shown]

    def _walk(self, name: str, chord: str) -> None:
        seen = [self.focus_name()]
        while not self.stands_on(name):
            self.press(chord)
            seen.append(self.focus_name())
            assert len(seen) < _MOST_TABS, seen

    def _is_lost(self, widget: QWidget) -> bool:
        """Whether the keyboard stands on nothing in sight: keys would go to a window, or to what is hidden."""
        return (widget.isWindow() and not isinstance(widget, QMenu)) or not widget.isVisible()

    def _dialog_says(self, title: str) -> bool:
        dialog = QApplication.activeModalWidget()
        return dialog is not None and (title == dialog.windowTitle() or title in sight_of(dialog))

    def _answer(self, path: Path, tries: int) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            assert tries, "no file dialog came"
            QTimer.singleShot(25, lambda: self._answer(path, tries - 1))
            return
        self.did += [f"type “{path.name}”", "Return"]
        field = dialog.findChildren(QLineEdit)[0]
        field.setText(str(path))
        QTest.keyClick(field, _RETURN)

    def _button(self, words: str) -> QAbstractButton:
        around = QApplication.activeModalWidget() or self.program.window
        found = [
            each
            for each in around.findChildren(QAbstractButton)
            if each.isVisible() and each.isEnabled() and words in (each.text(), each.accessibleName())
        ]
        assert found, f"no “{words}” to click"
        return found[0]

    def _send(self, chord: str) -> None:
        combination = QKeySequence(chord)[0]  # type: ignore[index] # left out of the stubs
        QTest.keyClick(self._window(), combination.key(), combination.keyboardModifiers())
        self.settle()

    def _letters(self, text: str) -> None:
        window = self._window()
        for letter in text:
            QTest.keyClicks(window, letter)
        self.settle()

    def _window(self) -> QWidget:
        """The widget with the focus. Nobody but a window manager gives it back after a dialog: that is done here."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.program.window
        if QApplication.activePopupWidget() is None and not top.isActiveWindow():
            top.activateWindow()
            self._qtbot.waitUntil(top.isActiveWindow)
        popup = QApplication.activePopupWidget()
        focused = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        return next(each for each in (focused, popup, top) if each is not None)


def dialog_widgets(kind: type[Kind]) -> list[Kind]:
    """All of a kind in sight in the dialog that is open."""
    around = QApplication.activeModalWidget()
    return [] if around is None else [each for each in around.findChildren(kind) if each.isVisible()]


def sight_of(window: QWidget) -> list[str]:
    """The texts of all visible widgets, from the window's own labels to the cells of its tables."""
    found: list[str] = []
    for each in window.findChildren(QWidget):
        if not each.isVisible():
            continue
        if isinstance(each, QLabel | QAbstractButton | QLineEdit):
            found.append(each.text())
        elif isinstance(each, QPlainTextEdit):
            found.append(each.toPlainText())
        elif isinstance(each, QAbstractItemView) and each.model() is not None:
            found += _cells(each)
        found += [each.accessibleName(), each.accessibleDescription()]
    return [text for text in found if text]


def _cells(view: QAbstractItemView) -> list[str]:
    model = view.model()
    places = [(row, column) for row in range(min(60, model.rowCount())) for column in range(model.columnCount())]
    told = [model.index(row, column).data(Qt.ItemDataRole.DisplayRole) for row, column in places]
    aloud = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(min(60, model.rowCount()))]
    return [str(each) for each in (*told, *aloud) if each]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path, cheap: Stretching) -> Start:
    """Start the program on the workspace of this test, as from its icon."""

    def cheaply(wish: NewWorkspace) -> NewWorkspace:
        return replace(wish, stretching=cheap)

    @contextmanager
    def running() -> Iterator[Program]:
        front = Front(qapp, DesktopWish(tmp_path / "workspace"), SettingsFile(tmp_path / "config"), cheaply)
        program = front.program
        failures: list[BaseException] = []
        for runner in (program.desk.runners.reading, program.desk.runners.writing):
            runner.job_failed.connect(failures.append)
        program.window.resize(1280, 800)
        program.window.show()
        try:
            yield program
        finally:
            program.window._toast.dismiss()
            program.window.close()
            qtbot.waitUntil(lambda: not program.window.isVisible())
            for each in (program.window, program.theme, program, front):
                each.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert [failure for failure in failures if not hasattr(failure, "sentence")] == []

    return running


@pytest.fixture
def furnish(tmp_path: Path, cheap: Stretching) -> Furnish:
    """Make the workspace of this test before the program is started, with something in it."""

    def made(fill: Callable[[Session], object]) -> None:
        wish = NewWorkspace(Places(tmp_path / "workspace"), "Nancy Davolio", "", PASSPHRASE, stretching=cheap)
        session = create_workspace(wish).session
        fill(session)
        session.close()

    return made


@pytest.fixture
def person(qtbot: QtBot) -> Callable[[Program], Person]:
    def at(program: Program) -> Person:
        return Person(qtbot, program)

    return at
