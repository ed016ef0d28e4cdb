"""The page of history, with each step's way back, and the help."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.actions import COMMANDS
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.help.page import HelpPage
from accountplanner.desktop.pages.history.doing_row import DoingRow
from accountplanner.desktop.pages.history.page import HistoryPage
from accountplanner.domain.help_articles import ORDER, articles, help_file, matching
from accountplanner.domain.shipped import shipped_file
from accountplanner.domain.translations import LANGUAGES
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.session import Session

Quiet = Callable[[], None]


@pytest.fixture
def account(session: Session) -> str:
    account, _ = create_record(session, "account", {"name": "First AG"})
    create_record(session, "contact", {"name": "Ada Lovelace", "account": account})
    set_value(session, Typed(account, "city", "Lund"))
    return account


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, account: str, quiet: Quiet) -> HistoryPage:
    assert account
    page = HistoryPage(desk)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    with qtbot.waitActive(page):
        page.show()
    quiet()
    return page


def _titles(page: HistoryPage) -> list[str]:
    return [row.doing.title for row in page.rows]


def test_a_step_is_taken_back_from_the_page_and_said_so(
    qtbot: QtBot, page: HistoryPage, session: Session, account: str, words: Callable[[QWidget], str]
) -> None:
    row = next(row for row in page.rows if "City" in row.doing.title)
    assert "Nancy Davolio" in words(row)
    _press(row)
    qtbot.waitUntil(lambda: any(each.doing.state == "undone" for each in page.rows))
    assert session.store.team.picture(account).value("city") is None
    assert "\nundone" in words(page)
    assert next(row for row in page.rows if row.doing.title == "Undo: " + _bare(page)).back is None
    set_value(session, Typed(account, "country", "SE"))
    _press(next(row for row in page.rows if row.doing.state == "undone"))
    qtbot.waitUntil(lambda: not any(each.doing.state == "undone" for each in page.rows))
    assert session.store.team.picture(account).value("city") == "Lund"


def _press(row: DoingRow) -> None:
    assert row.back is not None
    row.back.click()


def _bare(page: HistoryPage) -> str:
    return next(row.doing.title for row in page.rows if row.doing.state == "undone")


def test_it_is_filtered_by_person_kind_day_and_words_and_shown_again(
    qtbot: QtBot, page: HistoryPage, quiet: Quiet
) -> None:
    everything = len(page.rows)
    page.kind.setCurrentIndex(page.kind.findData("contact"))
    page.kind.activated.emit(page.kind.currentIndex())
    qtbot.waitUntil(lambda: [row.doing.titles for row in page.rows] == [("Ada Lovelace",)])
    QTest.keyClicks(page.search_field, "nobody did this")
    QTest.keyClick(page.search_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.rows == [])
    page._empty.action_requested.emit()
    qtbot.waitUntil(lambda: len(page.rows) == everything)
    page.who.setCurrentIndex(page.who.findData("Nancy Davolio"))
    page.day.setCurrentIndex(1)
    page.day.activated.emit(1)
    quiet()
    assert len(page.rows) == everything


def test_it_goes_on_as_one_scrolls_to_the_very_first_step(
    qtbot: QtBot, page: HistoryPage, session: Session, account: str, quiet: Quiet
) -> None:
    for place in range(50):
        set_value(session, Typed(account, "city", f"Lund {place}"))
    page.refresh()
    quiet()
    assert len(page.rows) < 53
    assert not any(title.startswith("New") for title in _titles(page))
    bar = page._bar

    def stands_at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return not page.more.isVisible()

    qtbot.waitUntil(stands_at_the_end)
    steps = [row.doing.step for row in page.rows]
    assert steps == sorted(set(steps), reverse=True)
    assert len(steps) >= 53
    assert any("contact" in title for title in _titles(page)[-5:])
    below = page.rows[10]
    _press(next(row for row in page.rows if row.back is not None and "City" in row.doing.title))
    qtbot.waitUntil(lambda: any(row.doing.state == "undone" for row in page.rows))
    assert len(page.rows) == len(steps)
    assert below in page.rows


def test_what_is_done_meanwhile_appears(qtbot: QtBot, page: HistoryPage, desk: Desk, account: str) -> None:
    desk.write("Saving", lambda session: set_value(session, Typed(account, "country", "SE")))
    qtbot.waitUntil(lambda: any("Country" in title for title in _titles(page)))


def test_names_for_everything_that_takes_the_focus(
    page: HistoryPage, nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    assert nameless(page) == []


def test_every_article_is_found_by_its_words_and_leads_only_where_there_is_something(qtbot: QtBot, desk: Desk) -> None:
    page = HelpPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.list.count() == len(articles())
    QTest.keyClicks(page.search_field, "recovery key forgotten")
    QTest.keyClick(page.search_field, Qt.Key.Key_Return)
    assert page.list.item(0).text() == "Lock, passphrase and recovery key"
    assert "There is no back door" in page.reader.toPlainText()
    page.show_article("brief")
    assert "one question worth asking" in page.reader.toPlainText()
    page.show_article("first-steps")
    for width in (1300, 1024, 800):
        page.resize(width, 640)
        assert not page.reader.horizontalScrollBar().maximum(), width
    page.search_field.clear()
    QTest.keyClicks(page.search_field, "xylophone")
    QTest.keyClick(page.search_field, Qt.Key.Key_Return)
    assert page.list.count() == 0
    assert page._nothing.isVisible()


@pytest.mark.parametrize("language", ["en", "de"])
def test_links_pictures_and_keys_of_the_help_exist(language: str) -> None:
    found = articles(language)
    names = {article.id for article in found}
    keys = {key for command in COMMANDS for key in command.shortcuts}
    for article in found:
        for target in re.findall(r"\]\(([^)]+)\)", article.text):
            if target.endswith(".md"):
                assert target.removesuffix(".md") in names, (article.id, target)
            else:
                assert help_file(target, language).is_file(), (article.id, target)
        for key in re.findall(r"`((?:Ctrl|Strg)\+[^`]+)`", article.text):
            english = key.replace("Strg", "Ctrl").replace("Umschalt", "Shift").replace("Leertaste", "Space")
            assert english in keys, (article.id, key)
    key = {"en": "recovery", "de": "Wiederherstellung"}[language]
    assert next(each.id for each in matching(found, key)) == "lock-and-keys"


def test_the_help_is_small_and_whole_in_every_language() -> None:
    folder = shipped_file("help")
    files = [folder, *(folder.joinpath(language) for language in LANGUAGES if language != "en")]
    assert sum(len(each.read_bytes()) for place in files for each in place.iterdir() if each.is_file()) < 2_000_000
    for place in files:
        assert {each.name.removesuffix(".md") for each in place.iterdir() if each.name.endswith(".md")} == set(ORDER)
