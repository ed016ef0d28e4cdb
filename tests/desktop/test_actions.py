"""Commands are declared once, and nothing is offered that does nothing."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.actions import COMMANDS, MENUS, ActionRegistry
from accountplanner.desktop.theme.theme import Theme


def test_no_shortcut_is_given_twice() -> None:
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS for key in command.shortcuts)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_ids_and_menus_are_sound() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert {command.menu for command in COMMANDS} <= {*MENUS, ""}


def test_only_wired_commands_are_offered(qtbot: QtBot, theme: Theme) -> None:
    done: list[str] = []
    registry = ActionRegistry(theme)
    registry.wire("undo", lambda: done.append("undo"))
    menu = QMenu()
    qtbot.addWidget(menu)
    registry.fill(menu)
    assert [action.text() for action in menu.actions()] == ["Edit"]
    assert [command.id for command in registry.available()] == ["undo"]
    registry.run("undo")
    registry.run("redo")
    assert done == ["undo"]


def test_a_command_can_be_forbidden_for_now(theme: Theme) -> None:
    done: list[str] = []
    registry = ActionRegistry(theme)
    registry.wire("undo", lambda: done.append("undo"))
    registry.enable("undo", enabled=False)
    registry.run("undo")
    registry.enable("redo", enabled=True)
    assert done == []
    assert not registry.action("redo").isEnabled()


def test_shortcuts_work_and_do_not_disturb_typing(qtbot: QtBot, theme: Theme) -> None:
    done: list[str] = []
    registry = ActionRegistry(theme)
    registry.wire("help", lambda: done.append("keys"))
    registry.wire("help_pages", lambda: done.append("help"))
    window = QWidget()
    field = QLineEdit(window)
    qtbot.addWidget(window)
    registry.offer_in(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    QTest.keyClicks(field, "who?")
    assert field.text() == "who?"
    QTest.keyClick(field, Qt.Key.Key_F1)
    assert done == ["help"]
