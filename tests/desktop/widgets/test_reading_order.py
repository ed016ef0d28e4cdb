"""Tab goes as one reads, whatever was made first; the ring is seen; long addresses find their next line."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.focus_ring import FocusRing
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.text import breakable


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> Iterator[FormDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 700)
    parent.show()
    dialog = FormDialog(theme, "A question", "Yes", parent=parent)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    dialog.reject()


def _tabbed(first: QWidget, times: int) -> list[QWidget]:
    first.setFocus()
    found = [first]
    for _press in range(times):
        QTest.keyClick(found[-1], Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        assert at is not None
        found.append(at)
    return found


def test_what_comes_later_but_stands_above_is_reached_before(qtbot: QtBot, dialog: FormDialog) -> None:
    below, above = QLineEdit(), QLineEdit()
    dialog.body.addWidget(below)
    dialog.body.insertWidget(0, above)
    qtbot.waitUntil(lambda: above.isVisible() and below.isVisible())
    assert _tabbed(above, 4) == [above, below, dialog.cancel_button, dialog.accept_button, above]
    QTest.keyClick(above, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.accept_button.hasFocus()


def test_going_through_a_window_keeps_no_item_of_its_layouts(qtbot: QtBot, dialog: FormDialog) -> None:
    # PySide keeps what `itemAt` returns, and Qt destroys it: what is made in its place is taken for it, and crashes.
    line = QLineEdit()
    dialog.body.addWidget(line)
    qtbot.waitUntil(line.isVisible)
    before = _layout_items()
    _tabbed(line, 4)
    assert _layout_items() == before


def _layout_items() -> int:
    kept = [each for each in Shiboken.getAllValidWrappers() if isinstance(each, QLayoutItem)]
    return sum(not isinstance(each, QLayout) for each in kept)


def test_what_hands_its_focus_on_hides_nothing_beside_it(qtbot: QtBot, dialog: FormDialog) -> None:
    group, search, shown = QWidget(), QLineEdit(), QLineEdit()
    column = QVBoxLayout(group)
    column.addWidget(search)
    column.addWidget(shown)
    group.setFocusProxy(shown)
    dialog.body.addWidget(group)
    qtbot.waitUntil(shown.isVisible)
    assert _tabbed(dialog.accept_button, 2) == [dialog.accept_button, search, shown]


def test_of_chips_that_exclude_each_other_the_chosen_one_is_the_stop(
    qtbot: QtBot, dialog: FormDialog, theme: Theme
) -> None:
    chips, field = FilterChips(theme, (("all", "All"), ("mine", "Mine"))), QLineEdit()
    dialog.body.addWidget(chips)
    dialog.body.addWidget(field)
    qtbot.waitUntil(field.isVisible)
    chips.choose("mine")
    assert _tabbed(dialog.accept_button, 2) == [dialog.accept_button, chips._chips[1], field]


def test_a_ring_shows_where_the_keyboard_is_and_goes_with_it(qtbot: QtBot, dialog: FormDialog, theme: Theme) -> None:
    field = QLineEdit()
    dialog.body.addWidget(field)
    qtbot.waitUntil(field.isVisible)
    ring = FocusRing(theme, field)
    field.setFocus()
    assert ring.isVisible()
    assert ring.geometry() == field.rect()
    dialog.cancel_button.setFocus()
    assert not ring.isVisible()


def test_long_addresses_may_break_at_their_joints_and_words_stay_whole() -> None:
    written = breakable("frauke.sohnlein@kronwarder-hamburg.example")
    assert written.replace("\u200b", "") == "frauke.sohnlein@kronwarder-hamburg.example"
    assert max(len(part) for part in written.split("\u200b")) <= 12
    assert breakable("A well-known man, e.g. a chef.") == "A well-known man, e.g. a chef."
