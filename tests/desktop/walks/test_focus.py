"""What the keyboard stands on may vanish: done, put off, decided, taken away, closed. The keyboard never does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QWidget
from tests.desktop.walks.conftest import Open
from tests.desktop.walks.looking import call
from tools.scenes import SCENES
from tools.stage import Stage

from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.desktop.pages.history.page import HistoryPage
from accountplanner.desktop.pages.today.page import TodayPage
from accountplanner.desktop.records.conflict_choice import ConflictChoice
from accountplanner.desktop.records.item_list import ItemList

_MOST = 120


def _lost(stage: Stage, page: QWidget) -> str:
    """Say where the keyboard is if that is nowhere one could see it or go on from."""
    stage.quiet()
    _active(stage)  # as the window manager does once nothing floats over it
    at = QApplication.focusWidget()
    if at is None:
        return "nothing has the focus"
    if not at.isVisible() or at.visibleRegion().isEmpty():
        return f"{call(at)} has the focus and is not in sight"
    return "" if at is page or page.isAncestorOf(at) else f"the focus has left the page for {call(at)}"


def _active(stage: Stage) -> None:
    stage.window.activateWindow()
    stage.wait_for(stage.window.isActiveWindow)


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClick(at, key, modifiers)


def _choose_first(stage: Stage) -> None:
    stage.wait_for(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Return)


def _today_done(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    page = stage.area("today")
    assert isinstance(page, TodayPage)
    page.setFocus()
    for more in [each for each in page.findChildren(QPushButton) if each.property("group")][:1]:
        more.setFocus()
        _press(Qt.Key.Key_Space)
        yield "more of Today", page
    for _line in range(_MOST):
        if not page.rows():
            break
        _press(Qt.Key.Key_S)
        _choose_first(stage)
        yield f"put off, {len(page.rows())} lines", page
    assert not page.rows()
    at = QApplication.focusWidget()
    assert isinstance(at, QPushButton)
    assert at.text() == "Look at the accounts"


def _queue_decided(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    page = stage.exchange()
    assert isinstance(page, ExchangePage)
    page.setFocus()
    for _card in range(_MOST):
        cards = page.queue.cards()
        if not cards:
            break
        cards[-1].setFocus()
        _press(Qt.Key.Key_1)
        _press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        before = len(cards)
        stage.wait_for(lambda before=before: len(page.queue.cards()) != before)  # type: ignore[misc]
        yield f"decided one of {before}", page


def _history_undone(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    page = stage.area("history")
    assert isinstance(page, HistoryPage)
    for _step in range(2):
        button = next(each for row in page.rows for each in row.findChildren(QPushButton) if each.isVisible())
        button.setFocus()
        _press(Qt.Key.Key_Space)
        yield "undone in the history", page


def _filter_taken_away(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    next(scene for scene in SCENES if scene.name == "list-groups").show(stage)
    panel = stage.accounts_page().panel
    panel.head.conditions._chips[0].setFocus()
    _press(Qt.Key.Key_Space)
    yield "the only filter taken away", panel
    next(scene for scene in SCENES if scene.name == "list-empty").show(stage)
    panel.empty.setFocus()
    _press(Qt.Key.Key_Space)
    yield "all shown again", panel


def _record_deleted(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    page = stage.accounts()
    page.panel.list.setFocus()
    page.account._on_delete_wanted()
    yield "the selected account deleted", page
    page.account.tabs.bar.setFocus()
    page.account._on_delete_wanted()
    yield "deleted from its page", page


def _dialogs_closed(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    page = stage.accounts()
    page.panel.list.setFocus()
    for name in (
        "dialog-filter",
        "dialog-columns",
        "dialog-keep",
        "dialog-change",
        "dialog-new",
        "dialog-trip",
        "dialog-brief",
        "palette",
        "note",
    ):
        scene = next(scene for scene in SCENES if scene.name == name)
        shown = scene.show(stage)
        _active_dialog(stage, shown)
        QTest.keyClick(QApplication.focusWidget() or shown, Qt.Key.Key_Escape)
        if isinstance(shown, QDialog):
            stage.wait_for(lambda shown=shown: not _is_open(shown))  # type: ignore[misc]
        yield f"{name} closed", stage.window


def _settled_on_pages(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    page = stage.accounts()
    for choice in page.account.findChildren(ConflictChoice)[:1]:
        choice.findChildren(QPushButton)[0].setFocus()
        _press(Qt.Key.Key_Space)
        yield "a conflict settled on the page", page
    next(scene for scene in SCENES if scene.name == "account-plan").show(stage)
    row = next(iter(page.account._plan_tab.findChildren(ItemList)[0]._rows.values()))
    row.tick.setFocus()
    _press(Qt.Key.Key_Space)
    yield "something of the plan ticked off", page
    stage.window._toast._undo.setFocus()
    _press(Qt.Key.Key_Space)
    yield "undone from the foot of the window", page


def _active_dialog(stage: Stage, shown: QWidget) -> None:
    shown.activateWindow()
    stage.wait_for(shown.isActiveWindow)


def _is_open(dialog: QDialog) -> bool:
    try:
        return dialog.isVisible()
    except RuntimeError:
        return False


_WALKS = (
    _dialogs_closed,
    _filter_taken_away,
    _settled_on_pages,
    _today_done,
    _queue_decided,
    _history_undone,
    _record_deleted,
)


@pytest.mark.slow
def test_the_keyboard_is_never_lost_with_what_it_stood_on(opened: Open) -> None:
    found: list[str] = []
    with opened() as stage:
        _active(stage)
        for walk in _WALKS:
            for done, page in walk(stage):
                if fault := _lost(stage, page):
                    found.append(f"{done}: {fault}")
                    page.setFocus()
            stage.clear()
    assert found == [], "\n".join(found)
