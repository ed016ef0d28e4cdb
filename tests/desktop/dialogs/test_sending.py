"""What is asked before a workbook leaves, and that it leaves as was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.dialogs.sending import Sending
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.partners import add_partner, set_scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from accountplanner.desktop.desk import Desk, Told
    from accountplanner.usecases.session import Session

_LOCKED = b"\xd0\xcf\x11\xe0"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
    return widget


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a person chooses in the system's dialog, which no test can click in."""
    path = tmp_path / "chosen.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


def _know_something_personal(session: Session) -> None:
    account, _ = create_record(session, "account", {"name": "Alpine"})
    contact, _ = create_record(session, "contact", {"name": "Kari", "account": account})
    set_value(session, Typed(contact, "mackay_hobbies", "kites"))


def _asked(qtbot: QtBot, page: QWidget) -> LockDialog:
    dialog = page.findChildren(LockDialog)[0]
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_team_workbook_asks_for_a_password_first_and_leaves_locked(
    qtbot: QtBot, desk: Desk, session: Session, page: QWidget, target: Path
) -> None:
    _know_something_personal(session)
    sending = Sending(desk, page)
    sending.ask_for_team()
    dialog = _asked(qtbot, page)
    assert dialog.locked.isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "Type a password" in dialog._error.text()
    dialog.password.setFocus()
    QTest.keyClicks(dialog.password, "sesame")
    QTest.keyClicks(dialog.again, "sesamo")
    dialog.accept_button.click()
    assert "differ" in dialog._error.text()
    dialog.again.clear()
    QTest.keyClicks(dialog.again, "sesame")
    with qtbot.waitSignal(sending.written) as written:
        dialog.accept_button.click()
    assert target.read_bytes().startswith(_LOCKED)
    assert written.args[0].warning == ""


def test_a_plain_file_is_an_express_choice_and_the_window_says_what_it_holds(
    qtbot: QtBot, desk: Desk, session: Session, page: QWidget, target: Path
) -> None:
    _know_something_personal(session)
    told: list[Told] = []
    desk.told.connect(told.append)
    sending = Sending(desk, page)
    sending.ask_for_team()
    dialog = _asked(qtbot, page)
    dialog.plain.click()
    assert not dialog.password.isEnabled()
    with qtbot.waitSignal(sending.written):
        dialog.accept_button.click()
    assert target.read_bytes().startswith(b"PK")
    assert any("not encrypted" in each.sentence for each in told)


def test_a_partners_workbook_holds_nothing_personal_and_may_be_locked_all_the_same(
    qtbot: QtBot, desk: Desk, session: Session, page: QWidget, target: Path, words: Callable[[QWidget], str]
) -> None:
    account, _ = create_record(session, "account", {"name": "Alpine"})
    partner, _ = add_partner(session, "Nordic Foods")
    set_scope(session, partner, [account], covers=True)
    sending = Sending(desk, page)
    sending.ask_for_partner(partner, "Nordic Foods")
    dialog = _asked(qtbot, page)
    assert dialog.plain.isChecked()
    assert "nothing personal" in words(dialog)
    dialog.locked.click()
    QTest.keyClicks(dialog.password, "ø")
    QTest.keyClicks(dialog.again, "ø")
    with qtbot.waitSignal(sending.written):
        dialog.accept_button.click()
    assert target.read_bytes().startswith(_LOCKED)


def test_a_cancelled_question_writes_nothing(qtbot: QtBot, desk: Desk, page: QWidget, target: Path) -> None:
    sending = Sending(desk, page)
    sending.ask_for_team()
    dialog = _asked(qtbot, page)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not target.exists()
