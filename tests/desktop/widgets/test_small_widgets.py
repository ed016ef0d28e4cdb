"""The smaller widgets, used as a person uses them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.banner import Banner
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.fuzzy import best, score
from accountplanner.desktop.widgets.ladder_bar import LadderBar
from accountplanner.desktop.widgets.painting import initials
from accountplanner.desktop.widgets.rail import Rail, RailEntry
from accountplanner.desktop.widgets.ring import RingFigure
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.tab_bar import TabBar
from accountplanner.desktop.widgets.text import ElidedLabel, NameLabel
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.widgets.toast import Toast

RUNGS = ("Prospect", "Customer", "Client", "Supporter", "Advocate", "Partner")


def _shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def _button(parent: QWidget, text: str) -> QPushButton:
    return next(button for button in parent.findChildren(QPushButton) if button.text() == text)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Berglunds snabbköp", "BS"), ("Bon app'", "BA"), ("QUICK-Stop", "QS"), ("Ernst", "ER"), ("", "–"), ("’t", "–")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_ladder_says_its_position(qtbot: QtBot, theme: Theme) -> None:
    bar = LadderBar(theme, RUNGS)
    _shown(qtbot, bar)
    assert bar.accessibleName() == "No position on the ladder yet"
    bar.show_position(4)
    assert bar.accessibleName() == "Supporter, rung 4 of 6"
    bar.resize(700, 40)
    assert not bar.is_compact()
    bar.resize(300, 40)
    assert bar.is_compact()
    bar.grab()


@pytest.mark.parametrize("press", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_ladder_can_be_opened_by_keyboard(qtbot: QtBot, theme: Theme, press: Qt.Key) -> None:
    bar = LadderBar(theme, RUNGS)
    _shown(qtbot, bar)
    with qtbot.waitSignal(bar.move_requested):
        QTest.keyClick(bar, press)


def test_tabs_are_known_by_key(qtbot: QtBot, theme: Theme) -> None:
    tabs = TabBar(theme, (("overview", "Overview"), ("people", "People")), "Parts of the account")
    _shown(qtbot, tabs)
    with qtbot.waitSignal(tabs.tab_chosen) as chosen:
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert chosen.args == ["people"]
    tabs.choose("overview")
    assert tabs.chosen() == "overview"


def test_what_stands_at_the_foot_of_the_rail_keeps_its_order(qtbot: QtBot, theme: Theme) -> None:
    foot = [RailEntry(name, name, name) for name in ("history", "help", "settings")]
    rail = Rail(theme, (RailEntry("today", "Today", "today"),), foot)
    _shown(qtbot, rail)
    tops = [rail._buttons[name].mapTo(rail, rail._buttons[name].rect().topLeft()).y() for name in ("today", "history")]
    tops += [rail._buttons[name].mapTo(rail, rail._buttons[name].rect().topLeft()).y() for name in ("help", "settings")]
    assert tops == sorted(tops)


def test_the_rail_counts_and_is_walked_with_arrows(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail(theme, (RailEntry("today", "Today", "today"), RailEntry("people", "People", "people")))
    _shown(qtbot, rail)
    rail.activateWindow()
    qtbot.waitUntil(rail.isActiveWindow)
    rail.show_count("today", 5)
    today, people = rail._buttons["today"], rail._buttons["people"]
    assert today.accessibleName() == "Today, 5 waiting"
    with qtbot.waitSignal(rail.area_requested) as asked:
        QTest.mouseClick(today, Qt.MouseButton.LeftButton)
    assert asked.args == ["today"]
    today.setFocus()
    QTest.keyClick(today, Qt.Key.Key_Down)
    assert people.hasFocus()
    wide = rail.width()
    rail.set_narrow(is_narrow=True)
    assert rail.width() < wide / 2


def test_a_toast_offers_the_way_back_once(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    host.resize(600, 400)
    undone: list[str] = []
    toast = Toast(theme, host)
    _shown(qtbot, host)
    toast.show_message("Rung of Berglunds saved", lambda: undone.append("rung"))
    assert toast.isVisible()
    assert host.rect().contains(toast.geometry())
    QTest.mouseClick(_button(toast, "Undo"), Qt.MouseButton.LeftButton)
    assert undone == ["rung"]
    assert not toast.isVisible()
    toast.show_message("Copied")
    assert not _button(toast, "Undo").isVisible()
    toast.dismiss()


def test_the_search_waits_for_a_pause(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField(theme, "Search accounts")
    _shown(qtbot, field)
    heard: list[str] = []
    field.searched.connect(heard.append)
    QTest.keyClicks(field, "berg")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["berg"])
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["berg", ""]
    with qtbot.waitSignal(field.list_requested):
        QTest.keyClick(field, Qt.Key.Key_Down)


def test_chips_narrow_one_at_a_time_or_together(qtbot: QtBot, theme: Theme) -> None:
    choices = (("all", "All"), ("mine", "Mine"), ("late", "Late"))
    one, several = FilterChips(theme, choices), FilterChips(theme, choices, several=True)
    for chips in (one, several):
        _shown(qtbot, chips)
        for chip in chips._chips[1:]:
            QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert one.chosen() == ("late",)
    assert several.chosen() == ("mine", "late")


def test_chips_wrap_where_there_is_no_room(qtbot: QtBot, theme: Theme) -> None:
    chips = FilterChips(theme, [(str(number), f"A long filter {number}") for number in range(6)])
    _shown(qtbot, chips)
    layout = chips.layout()
    assert layout is not None
    assert layout.heightForWidth(200) > 2 * layout.heightForWidth(2000)


def test_banner_and_empty_state_offer_one_thing_to_do(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(theme)
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    banner.say("The workspace lies in a synced folder.", Tone.WARN, "Move it")
    with qtbot.waitSignal(banner.action_requested):
        QTest.mouseClick(_button(banner, "Move it"), Qt.MouseButton.LeftButton)
    state = EmptyState(theme, "No contact yet.", "Add a contact")
    _shown(qtbot, state)
    with qtbot.waitSignal(state.action_requested):
        QTest.mouseClick(_button(state, "Add a contact"), Qt.MouseButton.LeftButton)


def test_a_card_offers_its_action(qtbot: QtBot, theme: Theme) -> None:
    card = Card(theme, "What we know", "All 41")
    _shown(qtbot, card)
    with qtbot.waitSignal(card.action_requested):
        QTest.mouseClick(_button(card, "All 41"), Qt.MouseButton.LeftButton)


def test_columns_fold(qtbot: QtBot, theme: Theme) -> None:
    columns = CardColumns("Overview")
    _shown(qtbot, columns)
    columns.show_cards(([Card(theme, "One")], [Card(theme, "Two")], [Card(theme, "Three")]))
    for width, count in ((2400, 3), (1000, 2), (500, 1), (1000, 2)):
        columns.resize(width, 600)
        assert columns.column_count() == count
    assert {label.accessibleName() for label in columns.findChildren(QLabel)} >= {"One", "Two", "Three"}


def test_the_timeline_is_as_high_as_its_texts(qtbot: QtBot, theme: Theme) -> None:
    line = Timeline(theme, "Everything everyone did")
    _shown(qtbot, line)
    words = "Walked the new chilled section with Christina. " * 5
    line.show_entries(
        [TimelineEntry("1", "visit", "Visit", "today", words), TimelineEntry("2", "phone", "Call", "12 Nov")]
    )
    line.resize(800, 10)
    wide = line.height()
    line.resize(260, 10)
    assert line.height() > wide
    line.grab()
    QTest.keyClick(line, Qt.Key.Key_Down)
    with qtbot.waitSignal(line.entry_opened) as opened:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert opened.args == ["2"]
    assert "Call, 12 Nov" in line.accessibleName()
    line.setFocus()
    line.show_entries([TimelineEntry(each, "visit", f"Visit {each}", "today") for each in "312"])
    assert "Visit 2" in line.accessibleName(), "what came in above moves the keyboard to nothing else"


@pytest.mark.usefixtures("theme")
def test_words_are_shortened_rather_than_clipped(qtbot: QtBot) -> None:
    label = ElidedLabel("Ana Trujillo Emparedados y helados, México")
    _shown(qtbot, label)
    label.resize(100, 20)
    assert label.text().endswith("…")
    assert label.toolTip() == label.whole_text()
    label.resize(1000, 20)
    assert label.text() == label.whole_text()


@pytest.mark.usefixtures("theme")
def test_a_tip_is_never_read_as_html(qtbot: QtBot) -> None:
    picture = "Evil & <img src='//elsewhere/picture.png'> Company Limited"
    label = ElidedLabel(picture)
    _shown(qtbot, label)
    label.resize(100, 20)
    tip = QTextDocument()
    tip.setHtml(label.toolTip())
    assert tip.toPlainText() == picture, "word for word, and no picture fetched"


def test_a_ring_says_its_figure(qtbot: QtBot, theme: Theme) -> None:
    ring = RingFigure(theme, "", "how well we know")
    _shown(qtbot, ring)
    ring.show_share(41 / 66, "41 of 66")
    assert ring.accessibleName() == "41 of 66, how well we know"
    ring.resize(ring.minimumSizeHint())
    ring.grab()


def test_letters_find_commands_and_records() -> None:
    assert score("bs", "Berglunds snabbköp")
    assert not score("xyz", "Berglunds snabbköp")
    assert score("ber", "Berglunds") > score("ber", "Bottom-Dollar Emporium barber")
    things = ["Export a workbook", "Exchange", "New account"]
    assert best("ex", things, str, 5) == ["Export a workbook", "Exchange"]
    assert best("na", things, str, 1) == ["New account"]


def test_icon_buttons_have_names(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail(theme, (RailEntry("today", "Today", "today"),))
    _shown(qtbot, rail)
    assert all(button.accessibleName() for button in rail.findChildren(QToolButton))


def test_a_name_is_written_smaller_before_it_is_cut(qtbot: QtBot, theme: Theme) -> None:
    assert theme is not None
    label = NameLabel("Hotels Kronwarder GmbH", "name")
    qtbot.addWidget(label)
    label.resize(500, 40)
    label.show()
    large = label.fontMetrics().height()
    label.resize(label.fontMetrics().horizontalAdvance(label.text()) - 20, 40)
    assert label.text() == "Hotels Kronwarder GmbH"
    assert label.fontMetrics().height() < large
    label.resize(500, 40)
    assert label.fontMetrics().height() == large
