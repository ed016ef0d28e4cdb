"""Pages are made while nobody does anything, and nobody notices."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.pages.people import PeoplePage
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.recents import recent_records
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace

PASSPHRASE = "four plain small words"


@pytest.mark.slow
def test_pages_stand_ready_and_what_was_not_looked_at_is_no_visit(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, cheap: Stretching
) -> None:
    places = Places(tmp_path / "workspace")
    session = create_workspace(NewWorkspace(places, "Nancy Davolio", "", PASSPHRASE, stretching=cheap)).session
    account, _ = create_record(session, "account", {"name": "Alpine"})
    create_record(session, "contact", {"name": "Kari Nordmann", "account": account})
    session.close()
    front = Front(qapp, DesktopWish(places.folder, PASSPHRASE), SettingsFile(tmp_path / "config"))
    front.works_ahead = True
    window, desk = front.window, front.program.desk
    shown: list[str] = []
    desk.record_shown.connect(shown.append)
    window.show()
    try:
        qtbot.waitUntil(lambda: len(window.pages.made) == len(window.areas))
        people, accounts = window.page("people"), window.page("accounts")
        assert isinstance(people, PeoplePage)
        assert isinstance(accounts, AccountsPage)
        qtbot.waitUntil(lambda: people.contact.title == "Kari Nordmann")
        assert (window.area, shown) == ("today", [])
        assert desk.session is not None
        assert recent_records(desk.session) == ()
        QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: len(shown) == 1)
        assert window.page("people") is people
        front.program.locking.lock()
        assert window.pages.made == {}
    finally:
        window.close()
        for each in (window, front.theme, front.program, front):
            each.deleteLater()
