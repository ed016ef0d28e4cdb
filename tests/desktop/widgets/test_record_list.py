"""Lists of any length: pages are fetched as they are looked at, and the selection stays."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.walks.looking import painted_texts

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.paged_list_model import PAGE_ROWS, PagedListModel
from accountplanner.desktop.widgets.record_list import RecordList, RecordLook, RowMark, words_of
from accountplanner.desktop.widgets.rows_model import ROW_ROLE

_MARK = RowMark("dispute", Tone.WARN, "dispute")
MANY = [f"a{number}" for number in range(100_000)]


class Accounts:
    """Stands for the store: answers at once, or later."""

    def __init__(self, *, is_late: bool = False) -> None:
        self.is_late = is_late
        self.asked: list[tuple[str, ...]] = []

    def fetch(self, ids: Sequence[str]) -> list[RecordLook] | None:
        self.asked.append(tuple(ids))
        return None if self.is_late else self.looks(ids)

    def looks(self, ids: Sequence[str]) -> list[RecordLook]:
        return [RecordLook(one, f"Account {one}", "Berlin", "Client", (_MARK,)) for one in ids]


def _model(accounts: Accounts, ids: Sequence[str] = MANY) -> PagedListModel[RecordLook]:
    model = PagedListModel(accounts.fetch, words_of)
    model.show_ids(ids)
    return model


def test_the_model_keeps_qts_contract(qtbot: QtBot) -> None:
    assert qtbot is not None
    model = _model(Accounts(), MANY[:500])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_ids(())
    model.show_ids(MANY[:3])
    model.refresh_ids(["a1", "nobody"])
    assert tester.model() is model


def test_only_pages_in_sight_are_read(qtbot: QtBot, theme: Theme) -> None:
    accounts = Accounts()
    records = RecordList(theme, _model(accounts), "Accounts")
    qtbot.addWidget(records)
    records.resize(320, 600)
    records.show()
    records.grab()
    assert accounts.asked == [tuple(MANY[:PAGE_ROWS])]
    records.scrollToBottom()
    records.grab()
    assert len(accounts.asked) == 2
    assert accounts.asked[1][-1] == MANY[-1]


def test_old_pages_are_forgotten() -> None:
    accounts = Accounts()
    model = _model(accounts)
    for place in range(0, len(MANY), PAGE_ROWS):
        assert model.index(place, 0).data(ROW_ROLE).id == MANY[place]
    assert len(accounts.asked) == len(MANY) // PAGE_ROWS
    model.index(0, 0).data()
    assert len(accounts.asked) == len(MANY) // PAGE_ROWS + 1


def test_rows_may_come_later_and_are_asked_for_once(qtbot: QtBot) -> None:
    accounts = Accounts(is_late=True)
    model = _model(accounts, MANY[:250])
    assert model.index(0, 0).data(ROW_ROLE) is None
    assert model.index(1, 0).data() is None
    assert len(accounts.asked) == 1
    with qtbot.waitSignal(model.dataChanged):
        model.receive_rows(accounts.asked[0], accounts.looks(accounts.asked[0]))
    assert model.index(1, 0).data() == "Account a1, Berlin, Client, dispute"


def test_rows_nobody_waits_for_any_more_are_dropped() -> None:
    accounts = Accounts(is_late=True)
    model = _model(accounts, MANY[:10])
    model.index(0, 0).data()
    model.show_ids(MANY[10:20])
    model.receive_rows(accounts.asked[0], accounts.looks(accounts.asked[0]))
    assert model.index(0, 0).data(ROW_ROLE) is None


def test_changed_rows_are_read_again() -> None:
    accounts = Accounts()
    model = _model(accounts, MANY[:10])
    model.index(0, 0).data()
    model.refresh_ids(["a3"])
    model.index(0, 0).data()
    assert len(accounts.asked) == 2


def test_the_selection_follows_its_id_without_saying_so(qtbot: QtBot, theme: Theme) -> None:
    model = _model(Accounts(), MANY[:10])
    records = RecordList(theme, model, "Accounts")
    qtbot.addWidget(records)
    records.show()
    records.select("a7")
    with qtbot.assertNotEmitted(records.record_selected):
        model.show_ids(list(reversed(MANY[:10])))
    assert records.selected_id() == "a7"
    assert records.currentIndex().row() == 2


def test_a_list_read_again_leaves_what_is_selected_and_where_one_looks(qtbot: QtBot, theme: Theme) -> None:
    model = _model(Accounts(), MANY[:100])
    records = RecordList(theme, model, "Accounts")
    qtbot.addWidget(records)
    records.resize(320, 400)
    records.show()
    records.select("a3")
    for _more in range(2):
        QTest.keyClick(records, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    selected = ("a3", "a4", "a5")
    records.verticalScrollBar().setValue(2000)
    for ids in (MANY[:100], ["new", *MANY[:100]]):
        with qtbot.assertNotEmitted(records.record_selected):
            model.show_ids(ids)
        assert (records.selected_id(), records.selected_ids()) == ("a5", selected)
        assert records.verticalScrollBar().value() == 2000, "whoever looks elsewhere is left there"


def test_a_person_moves_and_opens_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    records = RecordList(theme, _model(Accounts(), MANY[:10]), "Accounts")
    qtbot.addWidget(records)
    records.show()
    records.select("a0")
    with qtbot.waitSignal(records.record_selected) as selected:
        QTest.keyClick(records, Qt.Key.Key_Down)
    with qtbot.waitSignal(records.record_opened) as opened:
        QTest.keyClick(records, Qt.Key.Key_Return)
    assert selected.args == opened.args == ["a1"]


LONG = RecordLook("1", "Hotels Kronwarder GmbH", "Hamburg, Germany", "Client", (_MARK,))


def test_in_a_narrow_list_the_name_has_its_line_to_itself_and_a_tip_tells_the_whole(qtbot: QtBot, theme: Theme) -> None:
    model = PagedListModel(lambda ids: [LONG for _ in ids], words_of)
    model.show_ids(["1"])
    records = RecordList(theme, model, "Accounts")
    qtbot.addWidget(records)
    records.resize(272, 200)
    records.show()
    assert {"Hotels Kronwarder GmbH", "Client"} <= set(painted_texts(records.viewport()))
    place = records.visualRect(model.index(0, 0)).center()
    tip = QHelpEvent(QEvent.Type.ToolTip, place, records.viewport().mapToGlobal(place))
    QApplication.sendEvent(records.viewport(), tip)
    assert QToolTip.text() == "Hotels Kronwarder GmbH\nHamburg, Germany\nClient\ndispute"
    QToolTip.hideText()


def _read_again(records: RecordList, model: PagedListModel[RecordLook]) -> None:
    model.show_ids(())
    records.doItemsLayout()
    model.show_ids(MANY[:60])


def _scroll_away(records: RecordList, _model: PagedListModel[RecordLook]) -> None:
    records.scrollToBottom()


def _lose_the_row(records: RecordList, _model: PagedListModel[RecordLook]) -> None:
    records.selectionModel().clear()


def _make_room(records: RecordList, _model: PagedListModel[RecordLook]) -> None:
    records.window().resize(320, 330)


def _take_out_of_selection(records: RecordList, _model: PagedListModel[RecordLook]) -> None:
    records.selectionModel().select(records.currentIndex(), QItemSelectionModel.SelectionFlag.Deselect)


@pytest.mark.parametrize("happens", [_read_again, _scroll_away, _lose_the_row, _make_room, _take_out_of_selection])
def test_the_keyboard_coming_to_a_list_finds_a_row_with_its_ring_in_sight(
    qtbot: QtBot, theme: Theme, happens: Callable[[RecordList, PagedListModel[RecordLook]], None]
) -> None:
    model = _model(Accounts(), MANY[:60])
    window, search, records = QWidget(), QLineEdit(), RecordList(theme, model, "Accounts")
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(search)
    column.addWidget(records)
    window.resize(320, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    records.select("a25")
    search.setFocus()
    happens(records, model)
    QTest.keyClick(search, Qt.Key.Key_Tab)
    assert records.hasFocus()
    place = records.visualRect(records.currentIndex())
    assert records.selected_id() == "a25"
    assert records.viewport().rect().contains(place)
    ring = records.viewport().grab(place).toImage()
    assert ring.pixelColor(place.width() // 2, 2) == QColor(theme.colour("accent"))


def test_a_bar_at_the_foot_does_not_cover_the_row_the_keyboard_is_on(qtbot: QtBot, theme: Theme) -> None:
    records = RecordList(theme, _model(Accounts(), MANY[:60]), "Accounts")
    qtbot.addWidget(records)
    records.resize(320, 400)
    records.show()
    records.activateWindow()
    qtbot.waitUntil(records.isActiveWindow)
    records.select("a25")
    records.setFocus()
    records.resize(320, 330)
    assert records.viewport().rect().contains(records.visualRect(records.currentIndex()))
    records.scrollToTop()
    records.resize(320, 300)
    assert records.verticalScrollBar().value() == 0  # whoever looks elsewhere is left there
