"""Tables over frozen rows: titles, order, selection and the clipboard."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.table_card import TableCard


@dataclass(frozen=True)
class Purchase:
    order: str
    day: date
    cents: int


COLUMNS = (
    Column[Purchase]("Order", lambda row: row.order, lambda row: row.order),
    Column[Purchase]("Day", lambda row: row.day.isoformat(), lambda row: row.day),
    Column[Purchase]("Amount", lambda row: f"{row.cents / 100:.2f}", lambda row: row.cents, align_right=True),
)
ROWS = [
    Purchase("10248", date(2026, 7, 4), 90000),
    Purchase("10249", date(2026, 7, 5), 1000),
    Purchase("10250", date(2026, 7, 1), 20000),
]


def _order(row: Purchase) -> str:
    return row.order


def _model() -> RowsModel[Purchase]:
    model = RowsModel(COLUMNS, _order)
    model.show_rows(ROWS)
    return model


def _orders(model: QAbstractItemModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_model_keeps_qts_contract(qtbot: QtBot) -> None:
    assert qtbot is not None
    model = _model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    model.show_rows(ROWS[:1])
    model.show_rows(())
    model.show_rows(ROWS)
    assert tester.model() is model


def test_amounts_are_sorted_as_numbers_not_as_text() -> None:
    model = _model()
    model.sort(2)
    assert _orders(model) == ["10249", "10250", "10248"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert _orders(model) == ["10249", "10248", "10250"]


def test_new_rows_come_in_the_order_chosen_last() -> None:
    model = _model()
    model.sort(2)
    model.show_rows(list(reversed(ROWS)))
    assert _orders(model) == ["10249", "10250", "10248"]


def test_the_selection_follows_its_row_through_sorting_and_reset(qtbot: QtBot, theme: Theme) -> None:
    model = _model()
    table = RowsTable(theme, model, "Purchases")
    qtbot.addWidget(table)
    table.show()
    table.select("10250")
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert table.selected_keys() == ("10250",)
    model.show_rows([*ROWS, Purchase("10251", date(2026, 7, 8), 1)])
    assert table.selected_keys() == ("10250",)


def test_rows_are_opened_and_copied_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    model = _model()
    table = RowsTable(theme, model, "Purchases")
    qtbot.addWidget(table)
    table.show()
    table.setFocus()
    table.select("10249")
    with qtbot.waitSignal(table.row_opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["10249"]
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Order\tDay\tAmount\n10249\t2026-07-05\t10.00"


def test_where_little_room_is_missing_the_widest_column_gives_way_and_numbers_never(qtbot: QtBot, theme: Theme) -> None:
    model = RowsModel(COLUMNS, _order)
    table = RowsTable(theme, model, "Purchases")
    qtbot.addWidget(table)
    table.resize(900, 200)
    table.show()
    model.show_rows([Purchase("Foam cleaner for production, 22 kg, blue", date(2026, 7, 4), 90000)])
    natural = [table.sizeHintForColumn(0), table.columnWidth(1)]
    needed = sum(natural) + table.columnWidth(2)
    table.resize(needed - 40, 200)
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().maximum())
    assert table.columnWidth(0) < natural[0]
    assert table.columnWidth(1) == natural[1]
    table.resize(needed // 2, 200)
    qtbot.waitUntil(lambda: bool(table.horizontalScrollBar().maximum()))
    assert table.columnWidth(0) == natural[0]


def test_the_words_take_the_room_where_the_last_column_is_a_number(qtbot: QtBot, theme: Theme) -> None:
    model = RowsModel(COLUMNS, _order)
    table = RowsTable(theme, model, "Purchases")
    qtbot.addWidget(table)
    table.show()
    model.show_rows([Purchase("Foam cleaner for production, 22 kg, blue", date(2026, 7, 4), 90000)])
    for width in (1600, 1200):
        table.resize(width, 200)
        qtbot.waitUntil(lambda: table.horizontalHeader().length() == table.viewport().width())
        assert table.columnWidth(2) < 150, "an amount stands beside its day"


def test_a_table_on_a_card_is_as_high_as_its_rows_as_far_as_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    model = _model()
    page = QWidget()
    qtbot.addWidget(page)
    card = TableCard(theme, RowsTable(theme, model, "Purchases"))
    column = QVBoxLayout(page)
    column.addWidget(card)
    column.addStretch(1)
    page.resize(600, 500)
    page.show()
    few = card.height()
    model.show_rows([Purchase(str(number), date(2026, 7, 4), number) for number in range(6)])
    qtbot.waitUntil(lambda: few < card.height() < 400)
    model.show_rows([Purchase(str(number), date(2026, 7, 4), number) for number in range(60)])
    qtbot.waitUntil(lambda: 440 < card.height() < 500)
