"""A contact's card out of the window: from the person's page to a file that address books read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import TellingDesk

from accountplanner.desktop.dialogs.card_dialog import CardDialog
from accountplanner.desktop.pages.people import PeoplePage
from accountplanner.domain.fields import Layer
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.session import Session

Words = Callable[[QWidget], str]
Wait = Callable[[], None]


def test_a_card_is_written_with_the_birthday_only_when_ticked(
    qtbot: QtBot,
    telling: TellingDesk,
    session: Session,
    quiet: Wait,
    words: Words,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = create_record(session, "account", {"name": "Berglunds snabbköp", "city": "Luleå"})[0]
    told = {"name": "Christina Berglund", "account": account, "mackay_birth": "13 June", "email": "cb@berg.example"}
    create_record(session, "contact", told)
    page = PeoplePage(telling.desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    with qtbot.waitActive(page):
        page.show()
    quiet()
    qtbot.waitUntil(lambda: "Christina" in words(page.contact))
    for name, ticked in (("plain.vcf", False), ("full.vcf", True)):
        chosen = (str(tmp_path / name), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, chosen=chosen: chosen)
        (action,) = [each for each in page.contact.header.menu.actions() if each.text() == "Save as vCard"]
        action.trigger()
        dialog = page.findChildren(CardDialog)[-1]
        dialog.show()
        if ticked:
            QTest.keyClick(dialog.birthday, Qt.Key.Key_Space)
        with qtbot.waitSignal(dialog.written):
            QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
        quiet()
    plain, full = ((tmp_path / name).read_text("utf-8") for name in ("plain.vcf", "full.vcf"))
    assert "FN:Christina Berglund" in plain
    assert "ORG:Berglunds snabbköp" in plain
    assert "BDAY" not in plain
    assert "1604-06-13" in full
    assert "plain.vcf was written." in telling.sentences()
    assert any("full.vcf" in each and "holds a birthday" in each for each in telling.sentences())


def test_what_is_private_is_left_out_and_said_before_and_after(
    qtbot: QtBot, telling: TellingDesk, session: Session, words: Words, tmp_path: Path
) -> None:
    contact = create_record(session, "contact", {"name": "Christina Berglund"})[0]
    set_value(session, Typed(contact, "mobile", "0171 555", layer=Layer.ME))
    around = QWidget()
    qtbot.addWidget(around)
    around.resize(1200, 800)
    around.show()
    dialog = CardDialog(telling.desk, contact, "Christina Berglund", around)
    dialog.open()
    qtbot.waitUntil(lambda: "Left out because you keep it private: “Mobile”." in words(dialog))
    assert "0171" not in words(dialog)
    with qtbot.waitSignal(dialog.written):
        dialog.write(tmp_path / "card.vcf")
    assert telling.sentences()[-1].endswith("written. Left out because you keep it private: “Mobile”.")
    assert "0171" not in (tmp_path / "card.vcf").read_text("utf-8")
