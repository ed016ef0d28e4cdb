"""What nobody sees is put off until somebody does."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.widgets.when_seen import WhenSeen


def test_what_is_asked_of_a_hidden_page_is_done_once_when_it_comes_into_sight(qtbot: QtBot) -> None:
    page, done = QWidget(), list[str]()
    qtbot.addWidget(page)
    refreshing = WhenSeen(page, lambda: done.append("read"))
    refreshing.wish()
    refreshing.wish()
    assert done == []
    page.show()
    assert done == ["read"]
    refreshing.wish()
    assert done == ["read", "read"]
    page.hide()
    page.show()
    assert done == ["read", "read"]
