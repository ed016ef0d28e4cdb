"""The shared folder in the window: chosen once, looked at, exchanged with after a preview, noticed when it changes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.exchange.folder_dialog import FolderDialog
from accountplanner.desktop.pages.exchange.folder_password import FolderPasswordDialog
from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.folder_memory import choose_folder, chosen_folder
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.session import Session
from accountplanner.usecases.team import invite
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

Words = Callable[[QWidget], str]
Wait = Callable[[], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Team share"
    made.mkdir()
    return made


@pytest.fixture
def account(session: Session) -> str:
    return create_record(session, "account", {"name": "Berglunds snabbköp", "city": "Luleå"})[0]


@pytest.fixture
def ben(session: Session, account: str, folder: Path, tmp_path: Path, cheap: Stretching) -> Iterator[Session]:
    """A colleague who has read everything in the folder and said something since."""
    exchange_folder(session, folder)
    file = tmp_path / "join"
    invite(session, file, "join us", cheap)
    wish = NewWorkspace(
        Places(tmp_path / "ben"), "Ben Dodd", "", "a passphrase", join_file=file, join_passphrase="join us",
        stretching=cheap,
    )  # fmt: skip
    made = create_workspace(wish).session
    exchange_folder(made, folder)
    set_value(made, Typed(account, "city", "Umeå"))
    yield made
    made.close()


def _shown(qtbot: QtBot, page: ExchangePage, quiet: Wait) -> None:
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
    quiet()


def _city(session: Session, account: str) -> str:
    return record_page(session, account).line("city").values[0].value


def test_without_a_folder_the_page_says_what_it_is_for_and_offers_to_choose_one(
    qtbot: QtBot, desk: Desk, session: Session, folder: Path, quiet: Wait, words: Words
) -> None:
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    assert "each of you writes one workbook there" in words(page.folder)
    assert page.folder.exchange.isHidden()
    page.folder.choose_folder(folder)
    qtbot.waitUntil(page.folder.exchange.isVisible)
    assert chosen_folder(session) == folder
    again = ExchangePage(desk)
    _shown(qtbot, again, quiet)
    qtbot.waitUntil(again.folder.exchange.isVisible)


def test_exchanging_shows_what_comes_and_goes_first_and_can_be_undone(
    qtbot: QtBot,
    desk: Desk,
    session: Session,
    ben: Session,
    account: str,
    folder: Path,
    quiet: Wait,
    words: Words,
    nameless: Callable[[QWidget], list[QWidget]],
) -> None:
    exchange_folder(ben, folder)
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    page.folder.choose_folder(folder)
    qtbot.waitUntil(lambda: "Ben Dodd" in words(page.folder) and "New" in words(page.folder))
    page.folder.exchange.setFocus()
    QTest.keyClick(page.folder.exchange, Qt.Key.Key_Space)
    dialog = page.findChildren(FolderDialog)[0]
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert "New from Ben Dodd. About Berglunds snabbköp." in words(dialog)
    assert "will be written" in words(dialog)
    assert nameless(dialog) == []
    assert _city(session, account) == "Luleå", "nothing is written by looking"
    with qtbot.waitSignal(dialog.exchanged):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    quiet()
    assert _city(session, account) == "Umeå"
    qtbot.waitUntil(lambda: "(you)" in words(page.folder) and "New" not in words(page.folder).split("\n"))
    assert nameless(page) == []


@pytest.mark.slow
def test_what_arrives_is_told_once_and_never_taken_alone(
    qtbot: QtBot, desk: Desk, session: Session, ben: Session, account: str, folder: Path, quiet: Wait, words: Words,
    telling: object,
) -> None:  # fmt: skip
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    page.folder.choose_folder(folder)
    qtbot.waitUntil(page.folder.exchange.isVisible)
    exchange_folder(session, folder)
    page._watch.look()
    qtbot.waitUntil(lambda: "New" not in words(page.folder).split("\n"))
    exchange_folder(ben, folder)
    qtbot.waitUntil(lambda: "New" in words(page.folder).split("\n"))
    page._watch.look()
    quiet()
    told = [each for each in telling.sentences() if "new in the shared folder" in each]  # type: ignore[attr-defined]
    assert "Ben Dodd’s file is new in the shared folder." in told
    assert len(told) == len(set(told)) or told.count("Ben Dodd’s file is new in the shared folder.") <= 2
    assert _city(session, account) == "Luleå"


def test_a_folder_that_went_away_is_one_sentence_on_the_page_and_in_the_dialog(
    qtbot: QtBot, desk: Desk, folder: Path, tmp_path: Path, quiet: Wait, words: Words
) -> None:
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    page.folder.choose_folder(folder)
    qtbot.waitUntil(page.folder.exchange.isVisible)
    folder.rename(tmp_path / "elsewhere")
    page._watch.look()
    qtbot.waitUntil(lambda: "cannot be reached" in words(page.folder))
    dialog = page.folder.open_dialog()
    assert dialog is not None
    qtbot.waitUntil(lambda: "cannot be reached" in words(dialog))
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_the_folders_password_is_typed_once_and_locks_what_is_written(
    qtbot: QtBot,
    desk: Desk,
    session: Session,
    account: str,
    folder: Path,
    quiet: Wait,
    words: Words,
    nameless: Callable[[QWidget], list[QWidget]],
) -> None:
    assert account
    choose_folder(session, folder)
    page = ExchangePage(desk)
    _shown(qtbot, page, quiet)
    qtbot.waitUntil(page.folder.password.isVisible)
    assert "has no password" in words(page.folder)
    page.folder.password.setFocus()
    QTest.keyClick(page.folder.password, Qt.Key.Key_Space)
    (dialog,) = page.window().findChildren(FolderPasswordDialog)
    assert nameless(dialog) == []
    QTest.keyClicks(dialog.password, "between us")
    QTest.keyClicks(dialog.again, "between them")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "differ" in words(dialog)
    dialog.again.clear()
    QTest.keyClicks(dialog.again, "between us")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "opens with the folder’s password" in words(page.folder))
    exchange_folder(session, folder)
    (file,) = folder.iterdir()
    assert file.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    page.folder.ask_for_password()
    again = page.window().findChildren(FolderPasswordDialog)[-1]
    again.plain.setChecked(True)
    QTest.keyClick(again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "has no password" in words(page.folder))
