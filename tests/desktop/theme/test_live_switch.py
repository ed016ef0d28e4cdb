"""Another look while the program runs: what is in sight at once, every page a moment later, nothing in the old colours."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from accountplanner.desktop.page_stack import PageStack
from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.text import Label

DEPTH = 6


class Dressed(QObject):
    """Counts how often each widget is told that it looks otherwise."""

    def __init__(self, widgets: list[QWidget]) -> None:
        super().__init__()
        self.times: Counter[str] = Counter()
        for each in widgets:
            each.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.StyleChange:
            self.times[watched.objectName()] += 1
        return False


@pytest.fixture
def stack(qtbot: QtBot, theme: Theme) -> PageStack:
    def maker(words: str) -> Callable[[], QWidget]:
        def make() -> QWidget:
            page = QWidget()
            column = QVBoxLayout(page)
            column.addWidget(Label(words, "title", "bad"))
            column.addWidget(Button(theme, words, "primary"))
            column.addStretch(1)
            return page

        return make

    stack = PageStack(theme, {name: maker(name) for name in ("today", "accounts", "history")})
    qtbot.addWidget(stack)
    for name in ("history", "accounts", "today"):
        stack.show_page(name)
    stack.resize(400, 300)
    stack.show()
    return stack


def _seen(stack: PageStack, area: str) -> QImage:
    stack.show_page(area)
    return stack.grab().toImage()


def _made_anew(stack: PageStack, area: str) -> QImage:
    stack.forget()
    return _seen(stack, area)


def test_a_widget_is_dressed_as_often_however_deep_it_lies(qtbot: QtBot, theme: Theme) -> None:
    widgets = [QWidget()]
    widgets[0].setObjectName("0")
    qtbot.addWidget(widgets[0])
    for depth in range(1, DEPTH):
        layout = QVBoxLayout(widgets[-1])
        widgets.append(QPushButton("press") if depth == DEPTH - 1 else QWidget())
        widgets[-1].setObjectName(str(depth))
        layout.addWidget(widgets[-1])
    widgets[0].show()
    dressed = Dressed(widgets)
    theme.choose(ThemeChoice.DARK)
    assert len(dressed.times) == DEPTH
    assert dressed.times[str(DEPTH - 1)] == dressed.times["0"]


def test_a_page_out_of_sight_is_in_the_new_colours_when_it_comes_into_sight(stack: PageStack, theme: Theme) -> None:
    for choice in (ThemeChoice.DARK, ThemeChoice.CONTRAST, ThemeChoice.LIGHT):
        theme.choose(choice)
        followed = {area: _seen(stack, area) for area in ("accounts", "history", "today")}
        assert {area for area, seen in followed.items() if seen != _made_anew(stack, area)} == set()
        for area in followed:
            stack.show_page(area)


def test_a_page_out_of_sight_takes_the_new_size_of_text_when_it_comes_into_sight(
    stack: PageStack, theme: Theme
) -> None:
    button = stack.page("accounts").findChildren(QPushButton)[0]
    before = button.sizeHint().height()
    theme.scale_text(200)
    assert _seen(stack, "accounts") == _made_anew(stack, "accounts")
    assert stack.page("accounts").findChildren(QPushButton)[0].sizeHint().height() > before * 1.3


def test_pages_nobody_visits_follow_a_moment_later(qtbot: QtBot, stack: PageStack, theme: Theme) -> None:
    buttons = [stack.page(area).findChildren(QPushButton)[0] for area in ("accounts", "history")]
    for each in buttons:
        each.setObjectName(each.text())
    dressed = Dressed(list(buttons))
    theme.scale_text(150)
    was = dict(dressed.times)
    qtbot.waitUntil(lambda: all(dressed.times[each.text()] > was.get(each.text(), 0) for each in buttons))
    qtbot.waitUntil(lambda: all(each.font().pixelSize() == theme.font("body").pixelSize() for each in buttons))


def test_a_page_that_is_thrown_away_before_it_has_followed_is_missed_by_nobody(stack: PageStack, theme: Theme) -> None:
    theme.choose(ThemeChoice.DARK)
    stack.forget()
    theme.choose(ThemeChoice.LIGHT)
    assert _seen(stack, "today") == _made_anew(stack, "today")
