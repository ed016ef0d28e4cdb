"""The shell: first paint, areas, palette, dialogs, toasts and what it leaves behind."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.actions import ActionRegistry
from accountplanner.desktop.crash import CrashReport
from accountplanner.desktop.half_typed import half_typed
from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.language import Tongue
from accountplanner.desktop.main_window import MainWindow
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.shell import Shell
from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.widgets.crash_dialog import CrashDialog
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.palette import CommandPalette, PaletteEntry, Receive
from accountplanner.desktop.widgets.rail import RailButton
from accountplanner.desktop.widgets.shortcut_sheet import ShortcutSheet
from accountplanner.desktop.window_place import SMALLEST


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        field = QLineEdit()
        field.setAccessibleName("Field")
        QVBoxLayout(self).addWidget(field)
        self.setFocusProxy(field)


@pytest.fixture
def built() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, built: list[str]) -> MainWindow:
    def page(name: str) -> Callable[[], QWidget]:
        def make() -> QWidget:
            built.append(name)
            return Page()

        return make

    pages = {name: page(name) for name in ("accounts", "exchange", "settings")}
    shell = Shell(theme, ActionRegistry(theme), SettingsFile(tmp_path / "config"), pages, _find)
    window = MainWindow(shell)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.area == "accounts" and window.isActiveWindow())
    return window


def _find(typed: str, receive: Receive) -> None:
    names = ("Berglunds snabbköp", "Bon app'")
    receive(typed, [PaletteEntry(n, n, "accounts", "Account") for n in names if typed and typed.lower() in n.lower()])


def _dialog(window: QWidget, kind: type[QDialog]) -> QDialog:
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


def _field(dialog: QDialog) -> QLineEdit:
    return dialog.findChildren(QLineEdit)[0]


def test_pages_are_built_after_the_first_paint_and_on_the_first_visit(
    qtbot: QtBot, theme: Theme, tmp_path: Path, built: list[str], window: MainWindow
) -> None:
    assert built == ["accounts"]
    window.show_area("exchange")
    window.show_area("accounts")
    window.show_area("exchange")
    assert built == ["accounts", "exchange"]
    made: list[Page] = []

    def make() -> QWidget:
        made.append(Page())
        return made[0]

    pages: dict[str, Callable[[], QWidget]] = {"accounts": make}
    second = MainWindow(Shell(theme, ActionRegistry(theme), SettingsFile(tmp_path), pages, _find))
    qtbot.addWidget(second)
    second.show()
    assert made == []
    qtbot.waitUntil(lambda: len(made) == 1)


def test_only_areas_with_a_page_are_shown(window: MainWindow) -> None:
    assert list(window._rail._buttons) == ["accounts", "exchange", "settings"]
    window.show_area("reviews")
    assert window.area == "accounts"


def test_areas_are_reached_by_keyboard(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.area == "exchange"
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.area == "accounts"


def test_the_window_keeps_its_smallest_size(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(10, 10)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == SMALLEST)


def test_the_palette_finds_records_and_commands(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = _dialog(window, CommandPalette)
    QTest.keyClicks(_field(palette), "berg")
    with qtbot.waitSignal(window.record_requested) as asked:
        QTest.keyClick(palette, Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0].id == "Berglunds snabbköp"

    window.open_palette()
    palette = _dialog(window, CommandPalette)
    QTest.keyClicks(_field(palette), "exch")
    QTest.keyClick(palette, Qt.Key.Key_Return)
    assert window.area == "exchange"


@pytest.mark.slow
def test_long_work_shows_itself_and_can_be_cancelled(qtbot: QtBot, window: MainWindow) -> None:
    runner = JobRunner()
    runner.job_started.connect(window.status.follow)

    def work(progress: Progress) -> None:
        row = Event()
        while not row.wait(0.01):
            progress.report(1, 2, "row 1 of 2")

    job = Job("Import customers.csv", work)
    runner.start(job)
    qtbot.waitUntil(window.status.isVisible)
    cancel = next(
        button for button in window.status.findChildren(QWidget) if getattr(button, "text", str)() == "Cancel"
    )
    with qtbot.waitSignal(job.cancelled):
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.status.isVisible())
    assert runner.stop()


def test_in_another_language_pages_are_made_anew_and_what_waits_still_waits(
    qapp: QApplication, window: MainWindow, built: list[str]
) -> None:
    window.show_count("exchange", 3)
    tongue = Tongue(qapp, "de")
    window.reword()
    names = [button.accessibleName() for button in window.findChildren(RailButton)]
    assert "Austausch, 3 wartend" in names
    assert (window.area, built.count("accounts")) == ("accounts", 2)
    tongue.speak("en")


def test_undo_is_offered_after_a_change(window: MainWindow) -> None:
    undone: list[str] = []
    window.tell("Name saved", lambda: undone.append("name"))
    undo = next(button for button in window._toast.findChildren(QWidget) if getattr(button, "text", str)() == "Undo")
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == ["name"]


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow) -> None:
    window.tell("Saved", window.repaint)
    window.banner.say("Something to read", action="Do it")
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    window._toast.dismiss()


def test_the_place_of_the_window_is_remembered(window: MainWindow, tmp_path: Path) -> None:
    window.resize(1200, 700)
    window.close()
    assert not SettingsFile(tmp_path / "config").window("main").isEmpty()


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_the_whole_window_follows_a_live_switch(window: MainWindow, theme: Theme, choice: ThemeChoice) -> None:
    theme.choose(choice)
    image = window.grab().toImage()
    assert image.pixelColor(5, image.height() // 2).name() == theme.colour("rail").name()


def _form(theme: Theme, window: QWidget) -> FormDialog:
    form = FormDialog(theme, "New account", "Make the account", parent=window)
    form.add_field("Name", QLineEdit())
    return form


def _crash(theme: Theme, window: QWidget) -> FormDialog:
    return CrashDialog(theme, CrashReport("KeyError in page.py:41", "details"), window)


def _sheet(theme: Theme, window: QWidget) -> FormDialog:
    return ShortcutSheet(theme, (), window)


@pytest.mark.parametrize("make", [_form, _crash, _sheet])
def test_dialogs_are_freed_when_closed(
    window: MainWindow, theme: Theme, make: Callable[[Theme, QWidget], FormDialog]
) -> None:
    dialog = make(theme, window)
    dialog.open()
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_a_form_is_filled_by_keyboard(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    form = _form(theme, window)
    form.open()
    qtbot.waitUntil(form.isActiveWindow)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Ernst Handel")
    with qtbot.waitSignal(form.accept_requested):
        QTest.keyClick(field, Qt.Key.Key_Return)
    form.show_error("There is such an account already.")
    assert form.isVisible()
    assert any(label.text() == "There is such an account already." for label in form.findChildren(QLabel))
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert form.cancel_button.hasFocus()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(form)


def test_what_is_looked_for_is_no_work_to_be_given_back(window: MainWindow) -> None:
    window.open_palette()
    palette = _dialog(window, CommandPalette)
    QTest.keyClicks(_field(palette), "berg")
    assert half_typed() == []
    palette.reject()
