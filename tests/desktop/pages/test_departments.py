"""The exchange page writes a department's workbook and reports, chosen by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.pages.exchange.page import ExchangePage
from accountplanner.usecases.editing import create_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from accountplanner.desktop.desk import Desk
    from accountplanner.usecases.session import Session


@pytest.fixture
def account(session: Session) -> str:
    return create_record(session, "account", {"name": "Berglunds snabbköp", "city": "Luleå"})[0]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, quiet: Callable[[], None]) -> ExchangePage:
    page = ExchangePage(desk)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    quiet()
    return page


def test_service_gets_its_own_workbook_and_no_password_is_pressed_on_it(
    qtbot: QtBot, page: ExchangePage, account: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert account
    target = tmp_path / "service.xlsx"
    asked: list[str] = []

    def ask(*arguments: object) -> tuple[str, str]:
        asked.append(str(arguments[2]))
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    menu = page.department.menu()
    assert [action.text() for action in menu.actions()] == ["Sales", "Marketing", "Service", "Billing"]
    next(action for action in menu.actions() if action.text() == "Service").trigger()
    (dialog,) = page.findChildren(LockDialog)
    assert dialog.plain.isChecked()
    with qtbot.waitSignal(page._sending.written):
        dialog.accept_button.click()
    assert "Team workbook Service" in asked[0]
    assert openpyxl.load_workbook(target).sheetnames[1] == "Cases"


def test_marketing_gets_its_list_from_the_page(
    qtbot: QtBot, page: ExchangePage, session: Session, account: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_record(session, "case", {"title": "Bill", "account": account, "dispute": "yes"})
    target = tmp_path / "peace.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert page.report.menu().actions()[0].text() == "Leave in peace this week"
    with qtbot.waitSignal(page._sending.written):
        page.report_peace()
    assert openpyxl.load_workbook(target).sheetnames == ["About this report", "Leave in peace"]
