"""Today as a person works through it: with the keyboard, each thing undoable."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.today.page import TodayPage
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.session import Session

Words = Callable[[QWidget], str]
Wait = Callable[[], None]


@pytest.fixture
def account(session: Session) -> str:
    account = create_record(session, "account", {"name": "Berglunds snabbköp"})[0]
    for title, due in (("Send the price list", "2026-11-17"), ("Call about the dock", "2026-11-20")):
        create_record(session, "action", {"title": title, "account": account, "promise": "yes", "due_on": due})
    return account


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, account: str, quiet: Wait) -> TodayPage:
    assert account
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    with qtbot.waitActive(page):
        page.show()
    quiet()
    qtbot.waitUntil(lambda: len(page.rows()) == 2)
    return page


def test_each_line_says_why_it_is_there(page: TodayPage, words: Words) -> None:
    said = words(page)
    for expected in ("Send the price list", "Promised to Berglunds snabbköp", "3 days late", "today", "2 things now"):
        assert expected in said


def test_the_keyboard_alone_does_puts_off_and_takes_back(
    qtbot: QtBot, page: TodayPage, desk: Desk, session: Session, quiet: Wait, words: Words
) -> None:
    page.rows()[0].setFocus()
    QTest.keyClick(page.rows()[0], Qt.Key.Key_Down)
    assert page.rows()[1].hasFocus()
    QTest.keyClick(page.rows()[1], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.rows()) == 1)
    quiet()
    assert page.rows()[0].hasFocus(), "the keyboard goes on with the next line"
    QTest.keyClick(page.rows()[0], Qt.Key.Key_S)
    menu = page.rows()[0].findChildren(QMenu)[0]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Nothing needs you now" in words(page))
    with qtbot.waitSignal(desk.area_requested, check_params_cb=lambda area: area == "accounts"):
        page._empty._action.click()
    desk.undo()
    qtbot.waitUntil(lambda: len(page.rows()) == 1)
    desk.undo()
    qtbot.waitUntil(lambda: len(page.rows()) == 2)
    assert session.store.every("action")[0].values.get("state", "") in ("", "open")


def test_what_comes_in_above_moves_the_keyboard_to_no_other_line(
    qtbot: QtBot, page: TodayPage, desk: Desk, session: Session, account: str, quiet: Wait
) -> None:
    row = page.rows()[1]
    row.setFocus()
    earlier = {"title": "Send samples", "account": account, "promise": "yes", "due_on": "2026-11-01"}
    desk.write("Ana's workbook", lambda session: create_record(session, "action", earlier)[1])
    qtbot.waitUntil(lambda: len(page.rows()) == 3)
    assert page.rows()[2] is row
    assert row.hasFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.rows()) == 2)
    quiet()
    done = [each.values["title"] for each in session.store.every("action") if each.values.get("done_on")]
    assert done == ["Call about the dock"]


def test_enter_opens_what_the_line_is_about(page: TodayPage, desk: Desk, account: str) -> None:
    wanted: list[str] = []
    desk.record_requested.connect(wanted.append)
    QTest.keyClick(page.rows()[0], Qt.Key.Key_Return)
    assert wanted == [account]


def test_everything_has_a_name_and_nothing_is_left_when_the_workspace_closes(
    qtbot: QtBot, page: TodayPage, desk: Desk, words: Words, nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    assert nameless(page) == []
    desk.closing.emit()
    qtbot.waitUntil(lambda: "price list" not in words(page))


def test_a_new_workspace_offers_the_next_step(qtbot: QtBot, desk: Desk, quiet: Wait, words: Words) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    quiet()
    qtbot.waitUntil(lambda: "Bring in your own list" in words(page))
    with qtbot.waitSignal(page.import_wanted):
        page._empty._action.click()
