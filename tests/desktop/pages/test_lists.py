"""Lists as people use them: keys and clicks on a page of an encrypted workspace."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.records.list_filters import FilterDialog
from accountplanner.desktop.records.list_many import BulkEditDialog
from accountplanner.desktop.records.list_menus import KeepDialog
from accountplanner.desktop.records.list_table import ColumnsDialog
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.paged_list_model import PAGE_ROWS
from accountplanner.desktop.widgets.paged_view import PagedView
from accountplanner.desktop.widgets.rows_model import ROW_ROLE
from accountplanner.domain.fields import Layer
from accountplanner.domain.statements import Source
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.history import undo
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.sample_territory import LeanShape, SampleAuthor, sample_statements
from accountplanner.usecases.saved_filters import saved_filters
from accountplanner.usecases.session import Session

Words = Callable[[QWidget], str]
Wait = Callable[[], None]
_KNOWN = (
    {"name": "Alpine", "city": "Graz", "tier": "a", "phone": "+43 1 234"},
    {"name": "Bergström", "city": "Umeå", "tier": "b"},
    {"name": "=cmd()", "city": "Graz", "tier": "a"},
)


@pytest.fixture
def accounts(session: Session) -> dict[str, str]:
    return {values["name"]: create_record(session, "account", values)[0] for values in _KNOWN}


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, accounts: dict[str, str], quiet: Wait) -> AccountsPage:
    assert accounts
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.panel.list.model().rowCount() == 3 and page.isActiveWindow())
    quiet()
    return page


def _shown(view: PagedView) -> list[str]:
    model = view.model()
    looks = [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]
    return [look.title for look in looks if look is not None]


def _cells(page: AccountsPage) -> list[list[str]]:
    model = page.panel.table.model()
    return [[model.index(row, place).data() for place in range(model.columnCount())] for row in range(model.rowCount())]


def _filter(qtbot: QtBot, page: AccountsPage, field: str, operator: str, value: str) -> None:
    page.panel.asking.ask_for_filter()
    dialog = page.findChildren(FilterDialog)[-1]
    dialog.field.setCurrentIndex(dialog.field.findText(field))
    dialog.operator.setCurrentIndex(dialog.operator.findText(operator))
    if dialog.value.chosen.count():
        dialog.value.chosen.setCurrentIndex(dialog.value.chosen.findText(value))
    else:
        dialog.value.typed.setText(value)
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_filters_by_any_field_stand_as_chips_and_are_taken_back(qtbot: QtBot, page: AccountsPage, words: Words) -> None:
    _filter(qtbot, page, "City", "contains", "ra")
    qtbot.waitUntil(lambda: _shown(page.panel.list) == ["=cmd()", "Alpine"])
    assert "Take away the filter: City contains ra" in words(page.panel)
    _filter(qtbot, page, "Tier", "is", "B")
    qtbot.waitUntil(page.panel.empty.isVisible)
    assert "Nothing matches" in words(page.panel.empty)
    for chip in page.panel.head.conditions._chips[:]:
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _shown(page.panel.list) == ["=cmd()", "Alpine", "Bergström"])


def test_a_filter_says_what_it_does_not_understand(qtbot: QtBot, page: AccountsPage) -> None:
    page.panel.asking.ask_for_filter()
    dialog = page.findChildren(FilterDialog)[-1]
    dialog.field.setCurrentIndex(dialog.field.findText("Account owner"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "Say what to compare with." in [label.text() for label in dialog.findChildren(QLabel)]
    QTest.keyClicks(dialog.value.typed, "friday")
    assert not dialog.value.meant.isVisible(), "a name may be Friday"
    dialog.field.setCurrentIndex(dialog.field.findText("Next review"))
    assert dialog.value.meant.text() == "→ Friday, 27 Nov 2026"
    assert (dialog.value.meant.isVisible(), dialog.value.text()) == (True, "2026-11-27")
    dialog.field.setCurrentIndex(dialog.field.findText("Account owner"))
    dialog.value.typed.setText("Nobody of that name")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("Nobody of that name" in label.text() for label in dialog.findChildren(QLabel)))
    dialog.reject()


def test_groups_have_heads_that_the_keyboard_passes_over(qtbot: QtBot, page: AccountsPage) -> None:
    page.panel.head.menu.group_chosen.emit("tier")
    qtbot.waitUntil(lambda: _shown(page.panel.list) == ["A", "=cmd()", "Alpine", "B", "Bergström"])
    page.panel.list.setFocus()
    page.panel.list.setCurrentIndex(page.panel.list.model().index(2, 0))
    QTest.keyClick(page.panel.list, Qt.Key.Key_Down)
    assert page.panel.list.currentIndex().row() == 4
    assert "3 in the list" in page.panel.head.count.accessibleName()


def test_a_filter_is_kept_under_a_name_and_comes_back(qtbot: QtBot, page: AccountsPage, session: Session) -> None:
    _filter(qtbot, page, "City", "is", "Graz")
    page.panel.asking.ask_for_name()
    dialog = page.findChildren(KeepDialog)[-1]
    QTest.keyClicks(dialog.name, "Around Graz")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [saved.name for saved in saved_filters(session, "account")] == ["Around Graz"])
    page.panel.head.conditions.removed.emit(page.panel.head.lens.conditions[0])
    qtbot.waitUntil(lambda: len(_shown(page.panel.list)) == 3)
    qtbot.waitUntil(page.panel.head.menu._saved.isEnabled)
    page.panel.head.menu._saved.actions()[0].trigger()
    qtbot.waitUntil(lambda: _shown(page.panel.list) == ["=cmd()", "Alpine"])
    page.panel.head.menu._forget.actions()[0].trigger()
    qtbot.waitUntil(lambda: saved_filters(session, "account") == [])


def test_the_list_becomes_a_table_with_chosen_columns_that_sort(qtbot: QtBot, page: AccountsPage) -> None:
    page.panel.ask_for_columns()
    dialog = page.findChildren(ColumnsDialog)[-1]
    for row in range(dialog.columns.count()):
        item = dialog.columns.item(row)
        is_wanted = item.text() in {"Name", "City"}
        item.setCheckState(Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [row[0] for row in _cells(page)[:1]] == ["=cmd()"])
    assert not page._right.isVisible(), "a table takes the whole page"
    table = page.panel.table
    assert table is not None
    assert [table.model().headerData(place, Qt.Orientation.Horizontal) for place in range(2)] == ["Name", "City"]
    table.sort_requested.emit("city")
    table.sort_requested.emit("city")
    qtbot.waitUntil(lambda: _cells(page)[:1] == [["Bergström", "Umeå"]])
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.account.title == "Bergström")
    assert page._right.isVisible()
    assert not page.panel.is_table


def test_many_are_selected_by_keyboard_and_changed_in_one_step(
    qtbot: QtBot, page: AccountsPage, session: Session, accounts: dict[str, str], words: Words
) -> None:
    records = page.panel.list
    records.setFocus()
    QTest.keyClick(records, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.panel.selection.isVisible()
    assert "3 selected" in words(page.panel.selection)
    QTest.mouseClick(page.panel.selection.change, Qt.MouseButton.LeftButton)
    dialog = page.findChildren(BulkEditDialog)[-1]
    assert not dialog.accept_button.isEnabled()
    dialog.field.setCurrentIndex(dialog.field.findText("City"))
    QTest.keyClicks(dialog.value.typed, "Gra")
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    QTest.keyClicks(dialog.value.typed, "z")
    assert dialog.counted.text() == "", "what was counted for “Gra” is no longer true"
    assert not dialog.accept_button.isEnabled()
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    set_value(session, Typed(accounts["Bergström"], "city", "Luleå", source=Source(speaker="Ana Ruiz")))
    assert "1 will change" in dialog.counted.text()
    assert "2 already say so" in dialog.counted.text()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert {record_page(session, record).text("city") for record in accounts.values()} == {"Graz"}
    assert len(session.store.conflicts()) == 1, "Luleå came after the counting, and is not replaced"
    undo(session)
    assert record_page(session, accounts["Bergström"]).text("city") == "Luleå"


def test_a_selection_is_copied_as_a_table_that_computes_nothing(
    page: AccountsPage, session: Session, accounts: dict[str, str], quiet: Wait
) -> None:
    set_value(session, Typed(accounts["Alpine"], "tags", "canary", layer=Layer.ME))
    set_value(session, Typed(accounts["Alpine"], "number", "=2+cmd()"))
    set_value(session, Typed(accounts["Bergström"], "number", "+43 316 55-0"))
    page.panel.list.selectAll()
    QTest.keyClick(page.panel.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    quiet()
    data = QGuiApplication.clipboard().mimeData()
    lines = [line.split("\t") for line in data.text().split("\n")]
    assert lines[0][:2] == ["Name", "Customer number"]
    assert [line[0] for line in lines[1:]] == ["'=cmd()", "Alpine", "Bergström"]
    assert [line[1] for line in lines[2:]] == ["'=2+cmd()", "+43 316 55-0"]
    assert "<td style='mso-number-format:\"\\@\"'>Alpine</td>" in data.html()
    assert "canary" not in data.text() + data.html()
    QGuiApplication.clipboard().clear()


def test_everything_has_a_name(qtbot: QtBot, page: AccountsPage, nameless: Callable[[QWidget], list[QWidget]]) -> None:
    page.panel.toggle_table()
    page.panel.table.selectAll()
    qtbot.waitUntil(lambda: page.panel.table.model().rowCount() == 3)
    assert nameless(page) == []
    for ask in (
        page.panel.asking.ask_for_filter,
        page.panel.ask_for_columns,
        page.panel.chosen.ask_for_change,
        page.panel.asking.ask_for_name,
    ):
        ask()
        dialogs = [dialog for dialog in page.findChildren(FormDialog) if dialog.isVisible()]
        for dialog in dialogs:
            assert nameless(dialog) == []
            dialog.reject()


def test_nothing_is_left_when_the_workspace_closes(page: AccountsPage, desk: Desk, words: Words) -> None:
    page.panel.toggle_table()
    desk.closing.emit()
    assert page.panel.list.model().rowCount() == 0
    assert page.panel.table.model().rowCount() == 0
    assert "Alpine" not in words(page.panel)


def test_where_the_list_is_empty_the_keyboard_goes_to_what_stands_in_its_place(
    qtbot: QtBot, page: AccountsPage
) -> None:
    page.search()
    QTest.keyClicks(page.panel.search, "nobody")
    qtbot.waitUntil(page.panel.empty.isVisible)
    page.setFocus()
    step = page.window().focusWidget()
    assert isinstance(step, QPushButton)
    assert step.text() == "Show all"
    QTest.keyClick(step, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.window().focusWidget() is page.panel.list)


@pytest.mark.slow
def test_in_a_long_list_that_is_read_again_one_stands_where_one_stood(
    qtbot: QtBot, desk: Desk, session: Session, quiet: Wait
) -> None:
    author = SampleAuthor(session.store.identity.name, session.store.voice)
    groups = sample_statements(PAGE_ROWS + 40, 1, date(2026, 11, 20), author, lean=LeanShape(1, 0))
    with session.transaction("Territory") as writing:
        writing.say(Layer.TEAM, [each for group in groups for each in group])
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
    records = page.panel.list
    qtbot.waitUntil(lambda: records.model().rowCount() == PAGE_ROWS + 40)
    records.setFocus()
    QTest.keyClick(records, Qt.Key.Key_End)
    last = records.selected_id()
    seen: list[int] = []
    records.model().modelReset.connect(lambda: seen.append(records.model().rowCount()))
    page.panel.refresh()
    quiet()
    assert seen == [], "the list is the same, and is at no moment shorter"
    desk.write("Ana", lambda session: create_record(session, "account", {"name": "Aachen AG"})[1])
    qtbot.waitUntil(lambda: seen == [PAGE_ROWS + 41])
    assert records.selected_id() == last
    quiet()
