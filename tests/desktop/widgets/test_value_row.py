"""One value is read, edited in place, saved by leaving it, and never lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.value_list import ValueList
from accountplanner.desktop.widgets.value_row import ShownValue, ValueRow
from accountplanner.desktop.widgets.value_text import ValueField, ValueKind

NAME = ValueField("name", "Name")
SINCE = ValueField("since", "Customer since", ValueKind.DATE)
WALLET = ValueField("wallet", "Wallet", ValueKind.MONEY, currency="EUR")
TIER = ValueField("tier", "Tier", ValueKind.CHOICE, choices=(("a", "Strategic"), ("b", "Grow")))
CONSENT = ValueField("consent", "Consent", ValueKind.YES_NO)
NOTES = ValueField("notes", "Notes", ValueKind.LONG_TEXT)
STAFF = ValueField("staff", "Staff", ValueKind.NUMBER)


@pytest.fixture
def values(qtbot: QtBot, theme: Theme, formats: Formats) -> ValueList:
    values = ValueList(theme, formats, (NAME, SINCE, WALLET, TIER, CONSENT, NOTES, STAFF))
    qtbot.addWidget(values)
    values.show_values(
        {
            "name": ShownValue("Berglunds", "Nancy · today"),
            "since": ShownValue("1996-08-12"),
            "wallet": ShownValue("310000.00 SEK"),
            "tier": ShownValue("b"),
            "notes": ShownValue("One\nTwo"),
            "staff": ShownValue("1200"),
        }
    )
    values.show()
    values.activateWindow()
    qtbot.waitUntil(values.isActiveWindow)
    return values


def _texts(row: ValueRow) -> list[str]:
    return [label.text() for label in row.findChildren(QLabel) if label.isVisible()]


def _open(row: ValueRow) -> QLineEdit:
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    return editor


def test_values_are_read_as_people_write_them(values: ValueList) -> None:
    assert "12 Aug 1996" in _texts(values.row("since"))
    assert "310,000.00\u00a0SEK" in _texts(values.row("wallet"))
    assert "Grow" in _texts(values.row("tier"))
    assert "1,200" in _texts(values.row("staff"))
    assert values.row("consent").accessibleName() == "Consent: not known"


def test_enter_saves(qtbot: QtBot, values: ValueList) -> None:
    editor = _open(values.row("name"))
    QTest.keyClicks(editor, "Berglunds Snabb")
    with qtbot.waitSignal(values.value_committed) as committed:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert committed.args == ["name", "Berglunds Snabb"]
    assert not values.is_editing()


def test_a_day_said_in_words_is_shown_as_its_date_before_it_is_saved(
    qtbot: QtBot, values: ValueList, formats: Formats
) -> None:
    formats.count_from(lambda: date(2026, 11, 22))
    editor = _open(values.row("since"))
    QTest.keyClicks(editor, "in 2 weeks")
    assert "→ Sunday, 6 Dec 2026" in _texts(values.row("since"))
    with qtbot.waitSignal(values.value_committed) as committed:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert committed.args == ["since", "2026-12-06"]
    assert "6 Dec 2026" in _texts(values.row("since"))


def test_escape_reverts(qtbot: QtBot, values: ValueList) -> None:
    editor = _open(values.row("name"))
    QTest.keyClicks(editor, "nonsense")
    with qtbot.assertNotEmitted(values.value_committed):
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert "Berglunds" in _texts(values.row("name"))
    assert values.row("name").hasFocus()


def test_leaving_without_a_change_says_nothing(qtbot: QtBot, values: ValueList) -> None:
    _open(values.row("name"))
    with qtbot.assertNotEmitted(values.value_committed):
        values.row("wallet").setFocus()
    assert not values.is_editing()


def test_leaving_saves(qtbot: QtBot, values: ValueList) -> None:
    editor = _open(values.row("name"))
    QTest.keyClicks(editor, "B")
    with qtbot.waitSignal(values.value_committed) as committed:
        values.row("wallet").setFocus()
    assert committed.args == ["name", "B"]


def test_tab_saves_and_opens_the_next(qtbot: QtBot, values: ValueList) -> None:
    editor = _open(values.row("name"))
    QTest.keyClicks(editor, "B")
    with qtbot.waitSignal(values.value_committed):
        QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert values.row("since").is_editing
    following = QApplication.focusWidget()
    assert isinstance(following, QLineEdit)
    assert following.text() == "12 Aug 1996"
    QTest.keyClick(following, Qt.Key.Key_Backtab)
    assert values.row("name").is_editing


@pytest.mark.parametrize(
    ("field", "typed", "canonical"),
    [
        ("since", "24/12/2025", "2025-12-24"),
        ("wallet", "1,500", "1500.00 EUR"),
        ("wallet", "20 sek", "20.00 SEK"),
        ("staff", "1,250", "1250"),
        ("name", "  spaced  ", "spaced"),
    ],
)
def test_what_is_typed_becomes_canonical(
    qtbot: QtBot, values: ValueList, field: str, typed: str, canonical: str
) -> None:
    editor = _open(values.row(field))
    QTest.keyClicks(editor, typed)
    with qtbot.waitSignal(values.value_committed) as committed:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert committed.args == [field, canonical]


def test_what_does_not_fit_stays_and_says_why(qtbot: QtBot, values: ValueList) -> None:
    row = values.row("since")
    editor = _open(row)
    QTest.keyClicks(editor, "soon")
    with qtbot.assertNotEmitted(values.value_committed):
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert row.is_editing
    assert editor.text() == "soon"
    assert "Please write a date such as 22 Nov 2026, or friday, tomorrow, in 2 weeks." in _texts(row)


def test_a_refused_value_can_be_mended(values: ValueList) -> None:
    row = values.row("name")
    editor = _open(row)
    QTest.keyClicks(editor, "Alfreds")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    row.refuse("There is an account with this name already.")
    again = QApplication.focusWidget()
    assert isinstance(again, QLineEdit)
    assert again.text() == "Alfreds"
    assert "There is an account with this name already." in _texts(row)


def test_a_refresh_does_not_take_away_what_is_being_typed(values: ValueList) -> None:
    editor = _open(values.row("name"))
    QTest.keyClicks(editor, "half a thou")
    values.row("name").show_value(ShownValue("Somebody else's"))
    assert editor.text() == "half a thou"
    assert values.row("name").is_editing


def test_choices_are_chosen_by_keyboard(qtbot: QtBot, values: ValueList) -> None:
    row = values.row("consent")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QComboBox)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    with qtbot.waitSignal(values.value_committed) as committed:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert committed.args == ["consent", "yes"]


def test_an_unknown_choice_is_kept(qtbot: QtBot, values: ValueList) -> None:
    row = values.row("tier")
    row.show_value(ShownValue("platinum"))
    row.start_editing()
    with qtbot.assertNotEmitted(values.value_committed):
        assert row.save()
    assert "platinum" in _texts(row)


def test_long_texts_take_enter_as_a_new_line(qtbot: QtBot, values: ValueList) -> None:
    row = values.row("notes")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QPlainTextEdit)
    QTest.keyClicks(editor, "Zero")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert row.is_editing
    with qtbot.waitSignal(values.value_committed) as committed:
        QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert committed.args == ["notes", "Zero\nOne\nTwo"]


def test_clicking_edits_and_read_only_does_not(qtbot: QtBot, theme: Theme, formats: Formats) -> None:
    row = ValueRow(theme, formats, ValueField("number", "Number", is_read_only=True))
    qtbot.addWidget(row)
    row.show()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert not row.is_editing


def test_the_history_of_a_value_can_be_asked_for(qtbot: QtBot, values: ValueList) -> None:
    row = values.row("name")
    row.setFocus()
    with qtbot.waitSignal(values.details_requested) as asked:
        QTest.keyClick(row, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert asked.args == ["name"]
