"""Locking: by key, by idle time, after sleep, with the system; and that nothing readable is left anywhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtDBus import QDBusMessage
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import QueuePool

from accountplanner.desktop.dialogs.drafts_dialog import DraftsDialog
from accountplanner.desktop.dialogs.first_run import FirstRun
from accountplanner.desktop.dialogs.import_wizard import ImportWizard
from accountplanner.desktop.dialogs.new_record import NewRecordDialog
from accountplanner.desktop.dialogs.unlock import UnlockDialog
from accountplanner.desktop.idle_watch import IdleWatch
from accountplanner.desktop.lock_screen import LockScreen
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.desktop.program import Program
from accountplanner.desktop.records.composer import Composer
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.desktop.system_lock import SystemLock
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.drafts import kept_drafts
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import Key, NewWorkspace, create_workspace, open_workspace

CANARY = "Zyxwvut"
PASSPHRASE = "four plain small words"
Opened = Callable[[], AbstractContextManager[Program]]


@pytest.fixture
def workspace(tmp_path: Path, cheap: Stretching) -> Places:
    """A workspace in which every name and text is the canary."""
    places = Places(tmp_path / "workspace")
    wish = NewWorkspace(places, "Nancy Davolio", "", PASSPHRASE, stretching=cheap)
    session = create_workspace(wish).session
    account = _fill(session)
    _fill(session, account)
    session.close()
    return places


def _fill(session: Session, parent: str = "") -> str:
    account, _ = create_record(session, "account", {"name": f"{CANARY} AG", "city": f"{CANARY}burg"})
    create_record(session, "contact", {"name": f"Ada {CANARY}", "account": parent or account})
    create_record(session, "note", {"text": f"about {CANARY}", "account": account, "written_on": "2026-11-01"})
    create_record(session, "partner", {"name": f"{CANARY} Partners"})
    set_value(session, Typed(account, "city", f"{CANARY}stadt"))
    return account


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, tmp_path: Path, workspace: Places) -> Opened:
    @contextmanager
    def running() -> Iterator[Program]:
        wish = DesktopWish(workspace.folder, PASSPHRASE)
        front = Front(qapp, wish, SettingsFile(tmp_path / "config"))
        program = front.program
        program.window.show()
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
    runners = program.desk.runners
    qtbot.waitUntil(lambda: not runners.reading.is_busy and not runners.writing.is_busy)


def _visit_everything(qtbot: QtBot, program: Program) -> None:
    for area in ("today", "exchange", "partners", "people", "history", "settings", "accounts"):
        program.window.show_area(area)
        _settle(qtbot, program)
    qtbot.waitUntil(lambda: CANARY in _accounts(program).account.title)
    for tab in ("people", "timeline", "history", "overview"):
        _accounts(program).account.tabs.show_tab(tab)
        _settle(qtbot, program)


def _accounts(program: Program) -> AccountsPage:
    page = program.window.page("accounts")
    assert isinstance(page, AccountsPage)
    return page


def _unlock(qtbot: QtBot, program: Program) -> None:
    form = program.window.findChildren(UnlockDialog)[0]
    QTest.keyClicks(form.passphrase, PASSPHRASE)
    form.accept_button.click()
    qtbot.waitUntil(lambda: program.desk.session is not None)


def everything_readable() -> str:
    """All that any widget of this process holds: texts, titles, tips, names, rows, actions, undo stacks, clipboard."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    found: list[str] = []
    for widget in QApplication.allWidgets():
        found += [widget.windowTitle(), widget.toolTip(), widget.whatsThis(), widget.statusTip()]
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.objectName()]
        found += _held_by(widget)
        found += [action.text() + action.toolTip() for action in widget.actions()]
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is not None:
            found += [spoken.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)]
    copied = QApplication.clipboard().mimeData()  # none after clearing, where there is no desktop
    return "\n".join([*found, *(getattr(copied, kind, str)() for kind in ("text", "html"))])


def _held_by(widget: QWidget) -> list[str]:
    if isinstance(widget, QLabel | QLineEdit):
        if isinstance(widget, QLineEdit):
            assert not widget.isUndoAvailable() or widget.echoMode() is not QLineEdit.EchoMode.Normal
        return [widget.text()]
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return [widget.toPlainText(), "undo" if widget.document().isUndoAvailable() else ""]
    if isinstance(widget, QComboBox):
        return [widget.itemText(row) for row in range(widget.count())]
    model = widget.model() if isinstance(widget, QAbstractItemView) else None
    if model is None:
        return []
    # Qt keeps it to itself that a list has one column.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(columns)]
    return [str(cell.data(role)) for cell in cells for role in (0, 3, 11)]


def test_after_the_lock_nothing_holds_a_secret_and_no_connection_is_open(qtbot: QtBot, opened: Opened) -> None:
    with opened() as program:
        _visit_everything(qtbot, program)
        session = program.desk.session
        assert session is not None
        databases = list(session.store.databases.values())
        program.window.open_palette()
        QApplication.clipboard().setText(f"{CANARY} copied")
        program.window.tell(f"{CANARY} was changed")
        before = everything_readable()
        assert before.count(CANARY) > 10
        program.locking.lock()
        assert CANARY not in everything_readable()
        _settle(qtbot, program)
        assert CANARY not in everything_readable()
        assert [window for window in QApplication.topLevelWidgets() if window.isVisible()] == [program.window]
        assert program.window.findChildren(LockScreen)[0].isVisible()
        assert session.store._open == []
        for engine in [engine for database in databases for engine in (database._readers, database._writer)]:
            assert isinstance(engine.pool, QueuePool)
            assert (engine.pool.checkedin(), engine.pool.checkedout()) == (0, 0)


@pytest.mark.slow
def test_unlocking_brings_back_the_page_and_the_commands(qtbot: QtBot, opened: Opened) -> None:
    with opened() as program:
        _visit_everything(qtbot, program)
        program.window.show_area("people")
        _settle(qtbot, program)
        record, title = program.areas.in_sight()
        assert CANARY in title
        program.locking.lock()
        assert [command.id for command in program.actions.available()] == ["note", "quit"]
        _unlock(qtbot, program)
        assert program.window.area == "people"
        qtbot.waitUntil(lambda: program.areas.in_sight()[0] == record)
        qtbot.waitUntil(lambda: program.actions.action("undo").isEnabled())
        assert not program.window.findChildren(LockScreen) or not program.window.is_covered


def test_what_was_half_typed_is_kept_encrypted_and_given_back(
    qtbot: QtBot, opened: Opened, workspace: Places, words: Callable[[QWidget], str]
) -> None:
    with opened() as program:
        _visit_everything(qtbot, program)
        program.window.show_area("accounts")
        view = _accounts(program).account
        view.tabs.show_tab("timeline")
        note = view.findChildren(Composer)[0].editor
        QTest.keyClicks(note, "Wombats dig at night")
        view.tabs.show_tab("overview")
        program.areas.new_account()
        field = program.window.findChildren(NewRecordDialog)[0].findChildren(QLineEdit)[0]
        field.setFocus()
        QTest.keyClicks(field, "Quokka Ltd")
        program.locking.lock()
        assert "Quokka" not in everything_readable()
        _settle(qtbot, program)
        at_rest = b"".join(path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file())
        assert b"Quokka" not in at_rest
        _unlock(qtbot, program)
        qtbot.waitUntil(lambda: bool(program.window.findChildren(DraftsDialog)))
        dialog = program.window.findChildren(DraftsDialog)[0]
        assert "Quokka Ltd" in words(dialog)
        assert "Wombats dig at night" in words(dialog), "a tab that was not in sight keeps what was typed there, too"
        dialog.accept_button.click()
        _settle(qtbot, program)
        assert program.desk.session is not None
        assert kept_drafts(program.desk.session) == []


@pytest.mark.slow
def test_an_import_goes_on_after_the_lock_where_it_was_left(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "kunden.csv"
    file.write_text("Firma;Ort;Mitarbeiter\nWombat GmbH;Graz;12\nNumbat AG;Wien;7\n", encoding="utf-8")
    with opened() as program:
        program.window.show_area("exchange")
        page = program.window.page("exchange")
        assert isinstance(page, ExchangePage)
        wizard = page.import_files([file])
        assert wizard is not None
        qtbot.waitUntil(lambda: wizard._at == 1)
        box = wizard.map.box("kunden", "Mitarbeiter")
        box.setCurrentIndex(box.findData("account.employees"))
        chosen = wizard.map.chosen()
        program.locking.lock()
        assert "Wombat" not in everything_readable()
        _settle(qtbot, program)
        _unlock(qtbot, program)
        qtbot.waitUntil(lambda: bool(program.window.findChildren(ImportWizard)))
        again = program.window.findChildren(ImportWizard)[0]
        qtbot.waitUntil(lambda: again._at == 1 and again.map.chosen() == chosen)
        again.cancel_button.click()
        _settle(qtbot, program)
        program.locking.lock()
        _settle(qtbot, program)
        _unlock(qtbot, program)
        _settle(qtbot, program)
        assert not program.window.findChildren(ImportWizard), "what was given up does not come again"


def test_a_value_being_typed_is_saved_by_the_lock(qtbot: QtBot, opened: Opened, workspace: Places) -> None:
    with opened() as program:
        _visit_everything(qtbot, program)
        account = program.areas.in_sight()[0]
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        row = _accounts(program).account.cards.rows_with("city").row("city")
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_F2)
        row.findChildren(QLineEdit)[-1].setText("Lund")
        program.locking.lock()
        _settle(qtbot, program)
        session = open_workspace(workspace, Key(PASSPHRASE))
        assert session.store.team.picture(account).value("city") == "Lund"
        session.close()


@pytest.mark.slow
def test_a_wrong_passphrase_costs_more_time_each_time(qtbot: QtBot, opened: Opened) -> None:
    with opened() as program:
        program.locking.lock()
        _settle(qtbot, program)
        form = program.window.findChildren(UnlockDialog)[0]
        told: list[tuple[bool, str]] = []
        program.door.key_wanted.connect(lambda _: told.append((form.accept_button.isEnabled(), form._error.text())))
        for attempt, wait_s in enumerate((1, 2)):
            qtbot.waitUntil(form.accept_button.isEnabled)
            form.passphrase.setText(f"wrong {attempt}")
            begun = time.monotonic()
            with qtbot.waitSignal(program.door.key_wanted):
                form.accept_button.click()
            assert begun + wait_s <= program.door._open_from <= time.monotonic() + wait_s
        assert [may_try for may_try, _said in told] == [False, False]
        assert all("Try again in" in said for _may_try, said in told)
        QTest.keyClick(form, Qt.Key.Key_Escape)
        assert program.window.isVisible()
        qtbot.waitUntil(form.accept_button.isEnabled)
        _unlock(qtbot, program)
        assert program.door.wait_s() == 0


def test_control_l_locks(qtbot: QtBot, opened: Opened) -> None:
    with opened() as program:
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert program.window.is_covered
        _settle(qtbot, program)


def test_the_system_s_own_lock_locks_unless_switched_off(qtbot: QtBot, opened: Opened) -> None:
    with opened() as program:
        program.choices.choose(lock_with_system=False)
        program.locking.system.locked.emit()
        assert not program.window.findChildren(LockScreen)
        program.choices.choose(lock_with_system=True)
        program.locking.system.locked.emit()
        assert program.window.is_covered
        _settle(qtbot, program)


class _Hands:
    """A clock to turn by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 8, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def someone(qtbot: QtBot) -> Iterator[QWidget]:
    """A window somebody works in."""
    window = QWidget()
    with qtbot.waitActive(window):
        window.show()
    yield window
    window.close()
    window.deleteLater()


def test_keys_and_mouse_put_idle_off_and_nothing_else_does(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, someone: QWidget
) -> None:
    watch, idle, quiet_ms = IdleWatch(qapp, _Hands().now), list[str](), [0]
    watch.begin(10)
    watch._timer.stop()  # here somebody else says when it looks
    monkeypatch.setattr(watch, "_quiet", _Quiet(quiet_ms))
    watch.idle.connect(lambda: idle.append("idle"))
    for minutes, expected in ((9, 0), (10, 1)):
        quiet_ms[0] = minutes * 60_000
        watch.look()
        assert len(idle) == expected
    someone.resize(300, 200)
    someone.update()
    watch.look()
    assert len(idle) == 2, "painting is no sign of life"
    handle = someone.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert quiet_ms == [0]
    quiet_ms[0] = 600_000
    QTest.mouseMove(handle, QPoint(30, 30))
    qtbot.waitUntil(lambda: quiet_ms == [0])
    watch.begin(0)
    quiet_ms[0] = 10**9
    watch.look()
    assert len(idle) == 2, "0 minutes is never"
    watch.stop()


class _Quiet:
    """Stands in for the stopwatch."""

    def __init__(self, ms: list[int]) -> None:
        self._ms = ms

    def start(self) -> None:
        self._ms[0] = 0

    restart = start

    def elapsed(self) -> int:
        return self._ms[0]


def test_a_tick_that_comes_much_too_late_was_sleep(qapp: QApplication) -> None:
    hands = _Hands()
    watch = IdleWatch(qapp, hands.now)
    slept: list[str] = []
    watch.slept.connect(lambda: slept.append("slept"))
    watch.begin(0)
    hands.at += timedelta(seconds=5)
    watch.look()
    assert not slept
    hands.at += timedelta(minutes=30)
    watch.look()
    assert slept == ["slept"]
    watch.stop()


@pytest.mark.parametrize(
    ("kind", "parameter", "locks"), [(0x02B1, 7, True), (0x02B1, 8, False), (0x0218, 4, True), (0x0218, 7, False)]
)
def test_messages_of_windows_are_understood(kind: int, parameter: int, *, locks: bool) -> None:
    system, heard = SystemLock(), list[str]()
    system.locked.connect(lambda: heard.append("locked"))
    system.take_message(kind, parameter)
    assert bool(heard) is locks


@pytest.mark.parametrize(("arguments", "locks"), [([True], True), ([False], False), ([], True)])
def test_signals_of_the_bus_are_understood(arguments: list[bool], *, locks: bool) -> None:
    system, heard = SystemLock(), list[str]()
    system.locked.connect(lambda: heard.append("locked"))
    message = QDBusMessage.createSignal("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
    message.setArguments(arguments)
    system.on_said(message)
    assert bool(heard) is locks


def test_where_the_system_tells_nothing_it_is_said() -> None:
    assert "does not tell" in SystemLock().says()


def test_the_first_run_is_not_locked_away(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    front = Front(qapp, DesktopWish(tmp_path / "nothing"), SettingsFile(tmp_path / "config"), replace)
    program = front.program
    program.window.show()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(FirstRun)))
    program.locking.lock()
    assert program.window.findChildren(FirstRun)[0].isVisible()
    program.window.findChildren(FirstRun)[0].done(0)
    program.window.close()
    program.window.deleteLater()
    program.theme.deleteLater()
    program.deleteLater()
    front.deleteLater()
