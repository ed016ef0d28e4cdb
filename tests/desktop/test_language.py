"""The window speaks the person's language and writes as their region does; the language changes without a restart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.dialogs.drafts_dialog import DraftsDialog
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.language import Tongue, region, system_language
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.pages.help.page import HelpPage
from accountplanner.desktop.pages.settings.page import SettingsPage
from accountplanner.desktop.pages.settings.rows import Choice
from accountplanner.desktop.program import Program
from accountplanner.desktop.records.composer import Composer
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.desktop.widgets.palette import CommandPalette
from accountplanner.desktop.widgets.rail import RailButton
from accountplanner.desktop.wording import label_within, say, say_count, say_label
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.workspaces import NewWorkspace

GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
AUSTRIAN = QLocale(QLocale.Language.German, QLocale.Country.Austria)
NOWHERE = QLocale.c()


@pytest.mark.parametrize(
    ("language", "system", "day", "amount"),
    [
        ("de", GERMAN, "12.11.2026", "1.234,50\u00a0EUR"),
        ("de", NOWHERE, "12.11.2026", "1.234,50\u00a0EUR"),
        ("de", BRITISH, "12.11.2026", "1.234,50\u00a0EUR"),
        ("en", BRITISH, "12 Nov 2026", "1,234.50\u00a0EUR"),
        ("en", GERMAN, "12 Nov 2026", "1.234,50\u00a0EUR"),
        ("de", AUSTRIAN, "12.11.2026", "1\u00a0234,50\u00a0EUR"),
    ],
)
def test_dates_and_numbers_follow_language_and_region(language: str, system: QLocale, day: str, amount: str) -> None:
    formats = Formats(region(language, system))
    assert formats.full_date(date(2026, 11, 12)) == day
    assert formats.money(123_450, "EUR") == amount
    assert formats.read_date(day) == date(2026, 11, 12)
    assert formats.read_money(amount, "") == (123_450, "EUR")


def test_a_german_desk_reads_what_germans_type(qapp: QApplication) -> None:
    tongue = Tongue(qapp, "de")
    formats = Formats()
    assert formats.read_date("12.11.26") == formats.read_date("12.11.2026") == date(2026, 11, 12)
    for typed in ("3.4.2026", "03.04.2026", "3.4.26", "3. April 2026", "3. Apr. 2026", "3 April 2026", "2026-04-03"):
        assert formats.read_date(typed) == date(2026, 4, 3), typed
    assert formats.read_date("31.2.2026") is None
    assert formats.read_number("1.234,5") == Decimal("1234.5")
    assert formats.read_money("1.234,50 €", "") == formats.read_money("€ 1.234,50", "") == (123_450, "EUR")
    assert formats.days_ago(date(2026, 11, 20), date(2026, 11, 22)) == "vor 2 Tagen"
    assert formats.short_date(date(2026, 4, 3), date(2026, 11, 22)) == "03.04."
    assert say_count("{count} account", "{count} accounts", 12_345) == "12.345 Accounts"
    assert say("and {count} more", count=3817) == "und 3.817 weitere"
    assert (say("Open"), say_label("Open"), label_within("Accounts")) == ("Öffnen", "Offen", "Accounts")
    assert not tongue.speak("de")
    tongue.speak("en")
    assert (say("Open"), label_within("Accounts")) == ("Open", "accounts")


def test_without_a_choice_the_system_is_asked(qapp: QApplication) -> None:
    # The tests run without a region; Klingon is none of ours.
    assert system_language() == "en"
    assert Tongue(qapp, "tlh").language == "en"


def test_qts_own_buttons_speak_german_too(qtbot: QtBot, qapp: QApplication) -> None:
    tongue = Tongue(qapp, "de")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
    tongue.speak("en")


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path, cheap: Stretching) -> Iterator[Program]:
    def cheaply(wish: NewWorkspace) -> NewWorkspace:
        return replace(wish, stretching=cheap)

    wish = DesktopWish(tmp_path / "workspace", temp_data=True)
    front = Front(qapp, wish, SettingsFile(tmp_path / "config"), cheaply)
    program = front.program
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.session is not None)
    yield program
    program.window._toast.dismiss()
    program.window.close()
    qtbot.waitUntil(lambda: not program.window.isVisible())
    front.tongue.speak("en")
    for each in (program.window, program.theme, program, front):
        each.deleteLater()


def _said(widget: QWidget) -> list[str]:
    """Every text in sight."""
    shown = (each for each in widget.findChildren(QWidget) if each.isVisibleTo(widget))
    return [each.text() for each in shown if isinstance(each, QLabel | QAbstractButton) and each.text()]


def _choose(box: Choice, value: object) -> None:
    place = box.findData(value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def _settings(program: Program) -> SettingsPage:
    page = program.window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def _begin_a_note(qtbot: QtBot, program: Program) -> None:
    """Make an account, and write half a note about it."""
    assert program.desk.session is not None
    record, _ = create_record(program.desk.session, "account", {"name": "Alpine Laundry"})
    program.desk.ask_for_steps()
    qtbot.waitUntil(lambda: program.actions.action("undo").text().startswith("Undo: "))
    page = program.window.page("accounts")
    assert isinstance(page, AccountsPage)
    page.show_record(record)
    qtbot.waitUntil(lambda: page.account.title == "Alpine Laundry")
    page.account.tabs.show_tab("timeline")
    QTest.keyClicks(page.account.findChildren(Composer)[0].editor, "They wash by night")


def _find_help(qtbot: QtBot, program: Program, words: str) -> str:
    """Type into the palette, press Enter, and read what the help shows."""
    program.window.open_palette()
    (palette,) = program.window.findChildren(CommandPalette)
    field = palette.findChildren(QLineEdit)[0]
    field.setText(words)
    qtbot.waitUntil(lambda: not palette._is_waiting)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.area == "help")
    page = program.window.page("help")
    assert isinstance(page, HelpPage)
    return page.reader.toPlainText()


def test_the_language_is_chosen_in_the_settings_and_spoken_at_once(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    window = program.window
    _begin_a_note(qtbot, program)
    window.show_area("settings")
    _choose(_settings(program).look.language, "de")
    qtbot.waitUntil(lambda: "Sprache des Fensters" in _said(window))
    rail = {each.text() for each in window.findChildren(RailButton)}
    assert {"Heute", "Personen", "Austausch", "Einstellungen"} <= rail
    assert "Language of the window" not in _said(window)
    assert program.actions.action("export").text() == "Arbeitsmappe exportieren"
    qtbot.waitUntil(lambda: program.actions.action("undo").text().startswith("Rückgängig: "))
    assert SettingsFile(tmp_path / "config").load().language == "de"

    qtbot.waitUntil(lambda: bool(window.findChildren(DraftsDialog)))
    (drafts,) = window.findChildren(DraftsDialog)
    assert [each.toPlainText() for each in drafts.texts] == ["They wash by night"]
    drafts.accept_button.click()
    assert "Schloss, Passphrase und Wiederherstellungsschlüssel" in _find_help(qtbot, program, "Hintertür")

    window.show_area("settings")
    _choose(_settings(program).look.language, "en")
    qtbot.waitUntil(lambda: "Language of the window" in _said(window))
    assert program.actions.action("export").text() == "Export a workbook"
