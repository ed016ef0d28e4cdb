"""Settings as a person meets them: each works at once, is kept, and says what it does."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.choices import Choices
from accountplanner.desktop.clipboard_keeper import ClipboardKeeper
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.settings.about import DiagnosticsDialog
from accountplanner.desktop.pages.settings.key_dialogs import PassphraseDialog, RecoveryDialog
from accountplanner.desktop.pages.settings.page import SettingsPage
from accountplanner.desktop.pages.settings.restore_dialog import RestoreDialog
from accountplanner.desktop.pages.settings.rows import Choice
from accountplanner.desktop.records.special_card import SwitchDialog
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.theme.theme import ThemeChoice
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.store.places import Places
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.own_workspace import own_workspace
from accountplanner.usecases.session import Session
from accountplanner.usecases.special_answers import switch_of
from accountplanner.usecases.workspaces import Key, WrongPassphraseError, back_up, data_key, open_workspace

Quiet = Callable[[], None]


@pytest.fixture
def choices(tmp_path: Path) -> Choices:
    return Choices(SettingsFile(tmp_path / "config"))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, choices: Choices, quiet: Quiet) -> SettingsPage:
    page = SettingsPage(desk, choices, "This system tells nothing.")
    qtbot.addWidget(page)
    page.resize(1024, 640)
    with qtbot.waitActive(page):
        page.show()
    for step in page.steps_ahead():
        step()
    quiet()
    return page


def _choose(box: Choice, value: object) -> None:
    place = box.findData(value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_choices_hold_at_once_and_after_a_restart(page: SettingsPage, choices: Choices, tmp_path: Path) -> None:
    _choose(page.look.look, ThemeChoice.DARK)
    _choose(page.look.text, 150)
    _choose(page.safety.minutes, 2)
    _choose(page.safety.clipboard, 15)
    page.safety.with_system.click()
    for now in (choices.now, SettingsFile(tmp_path / "config").load()):
        assert (now.theme, now.text_percent, now.lock_minutes) == (ThemeChoice.DARK, 150, 2)
        assert (now.clipboard_seconds, now.lock_with_system) == (15, False)


def test_every_control_has_a_name_and_says_what_it_does(
    page: SettingsPage, nameless: Callable[[QWidget], list[QWidget]], words: Callable[[QWidget], str]
) -> None:
    for tab in ("look", "safety", "backups", "workspace", "about"):
        page.show_tab(tab)
        assert nameless(page) == []
    said = words(page)
    assert "This system tells nothing." in said
    assert "GNU Lesser General Public License" in said
    assert "SQLModel" in said


def test_the_passphrase_is_changed_in_the_dialog(
    qtbot: QtBot, page: SettingsPage, session: Session, quiet: Quiet, words: Callable[[QWidget], str]
) -> None:
    page.safety.passphrase.click()
    dialog = page.findChildren(PassphraseDialog)[0]
    for typed, told in ((("a passphrase", "short", "short"), "at least"), (("wrong", "new words!", "other"), "differ")):
        for field, text in zip((dialog.old, dialog.new, dialog.again), typed, strict=True):
            field.setText(text)
        dialog.accept_button.click()
        assert told in words(dialog)
    dialog.again.setText("new words!")
    dialog.accept_button.click()
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert dialog.isVisible(), "the old one was wrong"
    dialog.old.setText("a passphrase")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: not page.findChildren(PassphraseDialog))
    quiet()
    places = session.store.places
    with pytest.raises(WrongPassphraseError):
        _unwrap(places, "a passphrase")
    assert _unwrap(places, "new words!") == session.store.key


def _unwrap(places: Places, passphrase: str) -> bytes:
    return data_key(places, Key(passphrase))


def test_a_new_recovery_key_is_shown_once_and_must_be_written_down(
    qtbot: QtBot, page: SettingsPage, session: Session, quiet: Quiet
) -> None:
    page.safety.recovery.click()
    dialog = page.findChildren(RecoveryDialog)[0]
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: bool(dialog.key.text()))
    assert data_key(session.store.places, Key(recovery=dialog.key.text())) == session.store.key
    assert not dialog.accept_button.isEnabled()
    dialog.written.click()
    dialog.accept_button.click()
    quiet()


def test_without_a_keyring_it_is_said_and_the_box_stays_empty(
    page: SettingsPage, telling: object, quiet: Quiet
) -> None:
    page.safety.keyring.click()
    quiet()
    assert not page.safety.keyring.isChecked()
    assert any("no keyring" in sentence for sentence in telling.sentences())  # type: ignore[attr-defined]


def test_sensitive_answers_need_a_reason(
    qtbot: QtBot, page: SettingsPage, session: Session, quiet: Quiet, words: Callable[[QWidget], str]
) -> None:
    page.safety.special.click()
    dialog = page.findChildren(SwitchDialog)[0]
    dialog.reason.setText("  ")
    assert not dialog.accept_button.isEnabled()
    dialog.reason.setText("Allergies at our events")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "Allergies at our events" in words(page.safety))
    assert switch_of(session).is_on
    page.safety.special.click()
    quiet()
    quiet()
    assert not switch_of(session).is_on


def test_name_and_address_are_saved_when_left_and_refused_in_one_sentence(
    qtbot: QtBot, page: SettingsPage, session: Session, quiet: Quiet, words: Callable[[QWidget], str]
) -> None:
    page.show_tab("workspace")
    page.workspace.email.setText("no address")
    page.workspace.email.editingFinished.emit()
    qtbot.waitUntil(lambda: "is no e-mail address" in words(page.workspace))
    page.workspace.email.setText("nancy@northwind.example")
    page.workspace.email.editingFinished.emit()
    quiet()
    assert own_workspace(session).email == "nancy@northwind.example"


def test_a_backup_is_made_looked_into_and_brought_back(
    qtbot: QtBot, page: SettingsPage, desk: Desk, session: Session, quiet: Quiet, words: Callable[[QWidget], str]
) -> None:
    create_record(session, "account", {"name": "First AG"})
    page.show_tab("backups")
    assert "No backup yet" in words(page.backups)
    page.backups.now.click()
    qtbot.waitUntil(lambda: len(page.backups.kept) == 1)
    create_record(session, "account", {"name": "Second AG"})
    next(b for b in page.backups.findChildren(Button) if b.text() == "Look inside…").click()
    qtbot.waitUntil(lambda: bool(page.findChildren(RestoreDialog)))
    dialog = page.findChildren(RestoreDialog)[0]
    assert "This backup is whole" in words(dialog)
    assert "\n2\n" in words(dialog), "so many accounts now"
    with qtbot.waitSignal(page.backups.restored):
        dialog.accept_button.click()
    fresh = desk.session
    assert fresh is not None
    assert fresh is not session
    assert fresh.store.counts()["account"] == 1
    qtbot.waitUntil(lambda: len(page.backups.kept) == 2)
    assert "before a backup was brought back" in words(page.backups)
    quiet()
    desk.release()
    fresh.close()
    reopened = open_workspace(session.store.places, Key("a passphrase"))
    assert reopened.store.counts()["account"] == 1
    reopened.close()


def test_the_second_folder_is_kept_and_left(
    page: SettingsPage, quiet: Quiet, tmp_path: Path, words: Callable[[QWidget], str]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page.backups.now.click()
    quiet()
    page.backups.choose_second(str(stick))
    quiet()
    quiet()
    assert "The latest backup lies in" in words(page.backups)
    assert list(stick.glob("Account Planner backups/*/*/team.db"))
    page.show_tab("backups")
    page.backups.no_second.click()
    quiet()
    quiet()
    assert "On a stick or another disk" in words(page.backups)


def test_a_backup_made_elsewhere_is_listed_when_somebody_looks(
    qtbot: QtBot, page: SettingsPage, session: Session
) -> None:
    assert page.backups.kept == []
    back_up(session)
    page.show_tab("backups")
    qtbot.waitUntil(lambda: len(page.backups.kept) == 1)


def test_diagnostics_are_read_before_they_are_copied(page: SettingsPage, session: Session) -> None:
    page.about.diagnostics.click()
    dialog = page.findChildren(DiagnosticsDialog)[0]
    shown = dialog.text.toPlainText()
    assert "Account Planner" in shown
    assert str(session.store.places.folder) not in shown
    assert session.store.identity.name not in shown
    dialog.accept_button.click()
    assert QGuiApplication.clipboard().text() == shown


class _Clipboard(QObject):
    """Somebody else's clipboard or ours."""

    dataChanged = Signal()  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.is_ours = True
        self.cleared = 0

    def ownsClipboard(self) -> bool:  # noqa: N802 - Qt's name
        return self.is_ours

    def supportsSelection(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def clear(self, _mode: object) -> None:
        self.cleared += 1


def test_only_what_was_copied_here_is_cleared(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accountplanner.desktop.clipboard_keeper._ALONE", ())
    clipboard = _Clipboard()
    keeper = ClipboardKeeper(clipboard)  # type: ignore[arg-type]
    keeper.clear_after(0)
    clipboard.dataChanged.emit()
    assert not keeper._after.isActive()
    keeper.clear_after(15)
    clipboard.is_ours = False
    clipboard.dataChanged.emit()
    assert not keeper._after.isActive()
    keeper.clear()
    assert clipboard.cleared == 0
    clipboard.is_ours = True
    clipboard.dataChanged.emit()
    assert keeper._after.interval() == 15_000
    keeper._after.setInterval(0)
    qtbot.waitUntil(lambda: clipboard.cleared == 1)
