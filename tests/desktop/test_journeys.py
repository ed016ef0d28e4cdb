"""The whole program, from the first run to the day after."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken
from typing_extensions import override

from accountplanner.desktop.dialogs.first_run import FirstRun
from accountplanner.desktop.dialogs.unlock import UnlockDialog
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.desktop.program import Program
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import Typed, set_value
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.workspaces import NewWorkspace

Start = Callable[[], AbstractContextManager[Program]]
DATA = Path(__file__).parents[1] / "data" / "northwind"
PASSPHRASE = "four plain small words"


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path, cheap: Stretching) -> Start:
    def cheaply(wish: NewWorkspace) -> NewWorkspace:
        return replace(wish, stretching=cheap)

    @contextmanager
    def running() -> Iterator[Program]:
        wish = DesktopWish(tmp_path / "workspace")
        front = Front(qapp, wish, SettingsFile(tmp_path / "config"), cheaply)
        program = front.program
        failures: list[BaseException] = []
        for runner in (program.desk.runners.reading, program.desk.runners.writing):
            runner.job_failed.connect(failures.append)
        program.window.show()
        yield program
        program.window._toast.dismiss()
        program.window.close()
        qtbot.waitUntil(lambda: not program.window.isVisible())
        program.window.deleteLater()
        program.theme.deleteLater()
        program.deleteLater()
        front.deleteLater()
        assert [failure for failure in failures if not hasattr(failure, "sentence")] == []

    return running


def _accounts(program: Program) -> AccountsPage:
    page = program.window.page("accounts")
    assert isinstance(page, AccountsPage)
    return page


def _first_run(qtbot: QtBot, program: Program, beginning: str) -> None:
    qtbot.waitUntil(lambda: bool(program.window.findChildren(FirstRun)))
    dialog = program.window.findChildren(FirstRun)[0]
    dialog.accept_button.click()
    QTest.keyClicks(dialog._person.name, "Nancy Davolio")
    QTest.keyClicks(dialog._person.passphrase, PASSPHRASE)
    QTest.keyClicks(dialog._person.again, PASSPHRASE)
    with qtbot.waitSignal(program.door.created):
        dialog.accept_button.click()
    dialog._key.written.setChecked(True)
    dialog.accept_button.click()
    dialog._beginning._choices[beginning].setChecked(True)
    dialog.accept_button.click()
    assert program.window.area == "today", "the day starts there"
    program.window.show_area("accounts")


class Onlooker(QObject):
    """Notes every window that opens and is neither the program's, a dialog nor a menu: a widget shown too early.

    `first` says what came first: the painting of the window, or a page in it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.strays: list[str] = []
        self.first: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if event.type() == QEvent.Type.Show and is_window and not isinstance(watched, QMainWindow | QDialog | QMenu):
            self.strays.append(type(watched).__name__)
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            self.first.append("paint")
        if event.type() == QEvent.Type.Polish and isinstance(watched, AccountsPage):
            self.first.append("page")
        return False


def _activate(qtbot: QtBot, program: Program) -> None:
    """Shortcuts belong to the active window; without a window manager nobody gives it back after a dialog."""
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)


def _city(program: Program) -> str:
    return _accounts(program).account.cards.rows_with("city").row("city").value.text


def test_from_the_first_run_to_the_day_after(qtbot: QtBot, start: Start, words: Callable[[QWidget], str]) -> None:
    with start() as program:
        _first_run(qtbot, program, "sample")
        page = _accounts(program)
        qtbot.waitUntil(lambda: "60 in the list" in words(page.panel))
        qtbot.waitUntil(lambda: bool(page.account.title))
        title, before = page.account.title, _city(program)
        _activate(qtbot, program)
        row = page.account.cards.rows_with("city").row("city")
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_F2)
        editor = row.findChildren(QLineEdit)[-1]
        editor.setText("Lund")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "City" in program.actions.action("undo").text())
        QTest.keyClick(program.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: "City" in program.actions.action("redo").text())
        qtbot.waitUntil(lambda: _city(program) == before)
        assert page.panel.list.model().rowCount() == 60
    with start() as program:
        qtbot.waitUntil(lambda: bool(program.window.findChildren(UnlockDialog)))
        dialog = program.window.findChildren(UnlockDialog)[0]
        QTest.keyClicks(dialog.passphrase, PASSPHRASE)
        dialog.accept_button.click()
        program.window.show_area("accounts")
        qtbot.waitUntil(lambda: _accounts(program).account.title == title)
        assert _city(program) == before
        qtbot.waitUntil(lambda: program.actions.action("redo").isEnabled())
        program.actions.run("redo")
        qtbot.waitUntil(lambda: _city(program) == "Lund")
        _undo_what_the_toast_told(qtbot, program)


def _undo_what_the_toast_told(qtbot: QtBot, program: Program) -> None:
    """The button takes back its own step, also when another one has come in between."""
    session, record, toast = program.desk.session, _accounts(program).account.record, program.window._toast
    assert session is not None
    before = record_page(session, record).text("phone")
    program.desk.write("Saving", partial(set_value, typed=Typed(record, "phone", "+46 46 123")))
    qtbot.waitUntil(lambda: "Phone" in toast.text())
    qtbot.waitUntil(lambda: not program.desk.runners.writing.is_busy)
    set_value(session, Typed(record, "city", "Oslo"))
    toast._undo.click()
    qtbot.waitUntil(lambda: record_page(session, record).text("phone") == before)
    assert record_page(session, record).text("city") == "Oslo"


@pytest.mark.slow
def test_every_area_opens_by_keyboard_and_names_everything(
    qapp: QApplication, qtbot: QtBot, start: Start, nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    onlooker = Onlooker()
    qapp.installEventFilter(onlooker)
    with start() as program:
        _first_run(qtbot, program, "sample")
        qtbot.waitUntil(lambda: bool(_accounts(program).account.title))
        for tab in ("people", "timeline", "plan", "purchases", "partners", "ladder", "history"):
            _accounts(program).account.tabs.show_tab(tab)
        _activate(qtbot, program)
        for key, area in ((Qt.Key.Key_3, "people"), (Qt.Key.Key_5, "partners"), (Qt.Key.Key_6, "exchange")):
            QTest.keyClick(program.window, key, Qt.KeyboardModifier.ControlModifier)
            assert program.window.area == area
            runners = program.desk.runners
            qtbot.waitUntil(lambda runners=runners: not runners.reading.is_busy)  # type: ignore[misc]
            assert nameless(program.window) == [], area
        title, found = _accounts(program).account.title, list[str]()
        program.finder.find(title, lambda _typed, entries: found.extend(entry.title for entry in entries))
        qtbot.waitUntil(lambda: title in found)
    qapp.removeEventFilter(onlooker)
    assert onlooker.strays == []
    assert onlooker.first[0] == "paint"


@pytest.mark.slow
def test_locking_takes_customers_off_the_screen(qtbot: QtBot, start: Start, words: Callable[[QWidget], str]) -> None:
    with start() as program:
        _first_run(qtbot, program, "sample")
        qtbot.waitUntil(lambda: bool(_accounts(program).account.title))
        title = _accounts(program).account.title
        program.actions.run("lock")
        assert title not in words(program.window)
        dialog = program.window.findChildren(UnlockDialog)[0]
        QTest.keyClicks(dialog.passphrase, PASSPHRASE)
        dialog.accept_button.click()
        qtbot.waitUntil(lambda: _accounts(program).account.title == title)


def test_an_empty_workspace_says_what_to_do_next(qtbot: QtBot, start: Start, words: Callable[[QWidget], str]) -> None:
    with start() as program:
        _first_run(qtbot, program, "empty")
        panel = _accounts(program).panel
        qtbot.waitUntil(panel.empty.isVisible)
        assert "There are no accounts yet" in words(panel.empty)
        program.window.show_area("exchange")
        page = program.window.page("exchange")
        assert isinstance(page, ExchangePage)
        qtbot.waitUntil(lambda: "Nothing waits for you" in words(page))


@pytest.mark.slow
def test_a_list_is_brought_in_and_all_proposed_rungs_accepted_and_taken_back(
    qtbot: QtBot, start: Start, words: Callable[[QWidget], str]
) -> None:
    with start() as program:
        _first_run(qtbot, program, "empty")
        qtbot.waitUntil(_accounts(program).panel.empty.isVisible)
        program.window.show_area("exchange")
        page = program.window.page("exchange")
        assert isinstance(page, ExchangePage)
        names = ("customers", "orders", "order-details", "products", "categories", "employees", "suppliers")
        wizard = page.import_files([DATA / f"{name}.csv" for name in names])
        assert wizard is not None
        qtbot.waitUntil(lambda: wizard._at == 1)
        assert "Recognised as Northwind" in words(wizard.map)
        wizard.accept_button.click()
        qtbot.waitUntil(lambda: wizard._at == 3)
        wizard.accept_button.click()
        accounts = _accounts(program)
        qtbot.waitUntil(lambda: not (Shiboken.isValid(wizard) and wizard.isVisible()))
        program.window.show_area("accounts")
        qtbot.waitUntil(lambda: "91 in the list" in words(accounts.panel))
        qtbot.waitUntil(lambda: bool(accounts.account.title))
        assert accounts.account.header.accept.isVisible()
        program.actions.run("accept_rungs")
        qtbot.waitUntil(lambda: not accounts.account.header.accept.isVisible())
        program.actions.run("history")
        history = program.window.page("history")
        qtbot.waitUntil(lambda: "Ladder moves accepted" in words(history))
        program.window.show_area("accounts")
        program.actions.run("undo")
        qtbot.waitUntil(accounts.account.header.accept.isVisible)
