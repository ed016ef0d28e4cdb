"""Importing through the window: four steps, nothing written before the last, exact counts, one undo step."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.import_wizard import ImportWizard
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.widgets.compared_sides import ComparedSides
from accountplanner.usecases.begun_imports import begun_import
from accountplanner.usecases.browsing import ListQuery, list_numbers
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.pages import record_page
from accountplanner.usecases.session import Session
from accountplanner.usecases.waiting import queue

DATA = Path(__file__).parents[2] / "data"
OWN_LIST = "Firma;Ort;Land;Telefon;Merkmal\nErnst Handel;Graz;Austria;7675-3425;x\nBon app';Marseille;France;91.24;y\n"


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    with qtbot.waitActive(window):
        window.show()
    return window


def _accounts(session: Session) -> int:
    return len(list_numbers(session, ListQuery("account")))


def _accept_known(qtbot: QtBot, wizard: ImportWizard) -> None:
    qtbot.waitUntil(lambda: wizard._at == 1)
    assert wizard.map.is_known()
    wizard.accept_button.click()


def test_northwinds_customers_become_ninety_one_accounts(
    qtbot: QtBot, desk: Desk, session: Session, around: QWidget, words: Callable[[QWidget], str]
) -> None:
    page = AccountsPage(desk)
    qtbot.addWidget(page)
    page.show()
    wizard = ImportWizard(desk, around, [DATA / "northwind" / "customers.csv"])
    wizard.open()
    _accept_known(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard._at == 3)
    assert _accounts(session) == 0
    assert "91 accounts" in words(wizard)
    with qtbot.waitSignal(wizard.applied):
        wizard.accept_button.click()
    assert _accounts(session) == 91
    qtbot.waitUntil(lambda: "91 in the list" in words(page.panel))
    desk.undo()
    qtbot.waitUntil(lambda: "0 in the list" in words(page.panel))
    again = ImportWizard(desk, around, [DATA / "northwind" / "customers.csv"])
    again.open()
    _accept_known(qtbot, again)
    qtbot.waitUntil(lambda: again._at == 3)
    assert "which was undone; it stays undone." in words(again)
    assert not again.accept_button.isEnabled()
    again.undone.redo.click()
    qtbot.waitUntil(lambda: "91 in the list" in words(page.panel))


def test_torn_rows_are_shown_and_put_together_in_one_go(
    qtbot: QtBot, desk: Desk, session: Session, around: QWidget, words: Callable[[QWidget], str]
) -> None:
    wizard = ImportWizard(desk, around, [DATA / "northwind-wild" / "customers.csv"])
    wizard.open()
    _accept_known(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard._at == 2)
    assert "24 rows were torn" in words(wizard.fix)
    assert wizard.fix.table.model().rowCount() == 24
    wizard.fix.rejoin.click()
    qtbot.waitUntil(lambda: wizard._at == 3)
    with qtbot.waitSignal(wizard.applied):
        wizard.accept_button.click()
    assert _accounts(session) == 91


def test_rejected_rows_can_be_saved_mended_and_brought_again(
    qtbot: QtBot, desk: Desk, around: QWidget, tmp_path: Path
) -> None:
    wizard = ImportWizard(desk, around, [DATA / "northwind-wild" / "customers.csv"])
    wizard.open()
    _accept_known(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard._at == 2)
    wizard.fix.save_rejected(tmp_path / "rejected.csv")
    lines = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 25
    wizard.reject()


def _say_what_the_rows_are(qtbot: QtBot, wizard: ImportWizard, kind: str) -> None:
    box = wizard.map.kind
    assert box is not None
    step = Qt.Key.Key_Down if box.findData(kind) > box.currentIndex() else Qt.Key.Key_Up
    QTest.keyClick(box, Qt.Key.Key_Space)
    for _ in range(abs(box.findData(kind) - box.currentIndex())):
        QTest.keyClick(box.view(), step)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.map.kind not in (None, box) and wizard.accept_button.isEnabled())
    assert wizard.map.kind is not None
    assert wizard.map.kind.currentData() == kind
    assert wizard.focusWidget() is wizard.map.kind


def test_a_list_nobody_knows_is_mapped_by_its_reader(
    qtbot: QtBot, desk: Desk, session: Session, around: QWidget, tmp_path: Path, words: Callable[[QWidget], str]
) -> None:
    file = tmp_path / "kunden.csv"
    file.write_text(OWN_LIST, encoding="utf-8")
    wizard = ImportWizard(desk, around, [file])
    wizard.open()
    qtbot.waitUntil(lambda: wizard._at == 1)
    assert "Ernst Handel" in words(wizard.map)
    _say_what_the_rows_are(qtbot, wizard, "competitor")
    assert "Field for the column Telefon" in words(wizard.map)
    assert wizard.map.box("kunden", "Ort").currentData() == ""
    _say_what_the_rows_are(qtbot, wizard, "account")
    assert wizard.map.box("kunden", "Ort").currentData() == "account.city"
    table = next(iter(wizard.map.chosen()))[0]
    for column, field in (("Firma", "account.name"), ("Ort", "account.city"), ("Merkmal", "account.tags")):
        box = wizard.map.box(table, column)
        box.setCurrentIndex(box.findData(field))
        assert box.currentData() == field
    wizard.accept_button.click()
    qtbot.waitUntil(lambda: wizard._at == 3)
    wizard.back.click()
    assert wizard._at == 1
    wizard.accept_button.click()
    qtbot.waitUntil(lambda: wizard._at == 3)
    with qtbot.waitSignal(wizard.applied):
        wizard.accept_button.click()
    assert _accounts(session) == 2


BAD_LIST = "Firma;Ort;Land;Mitarbeiter\n" + "".join(
    f"{name};Graz;{land};{staff}\n"
    for name, land, staff in (("Alp", "Austria", "many"), ("Bor", "Austria", "many"), ("Caf", "Austria", "lots"))
)


@pytest.fixture
def fixing(qtbot: QtBot, desk: Desk, around: QWidget, tmp_path: Path) -> ImportWizard:
    """The wizard where bad cells are put right."""
    file = tmp_path / "firmen.csv"
    file.write_text(BAD_LIST, encoding="utf-8")
    wizard = ImportWizard(desk, around, [file])
    wizard.open()
    qtbot.waitUntil(lambda: wizard._at == 1)
    table = next(iter(wizard.map.chosen()))[0]
    for column, field in (("Firma", "account.name"), ("Mitarbeiter", "account.employees")):
        box = wizard.map.box(table, column)
        box.setCurrentIndex(box.findData(field))
    wizard.accept_button.click()
    qtbot.waitUntil(lambda: wizard._at == 2)
    return wizard


def _instead(wizard: ImportWizard) -> list[str]:
    model = wizard.fix.table.model()
    return [model.index(row, 4).data() for row in range(model.rowCount())]


def _put_instead(qtbot: QtBot, wizard: ImportWizard, row: int, text: str) -> None:
    problems = wizard.fix.table
    problems.selectRow(row)
    problems.setFocus()
    QTest.keyClick(problems, Qt.Key.Key_Return)
    editor = problems.viewport().findChildren(QLineEdit)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _instead(wizard)[row] == text)


def _kept_corrections(session: Session) -> list[str]:
    begun = begun_import(session)
    return [each.text for each in begun.corrections] if begun else []


def _locked(qtbot: QtBot, desk: Desk, wizard: ImportWizard) -> None:
    """Take the wizard away as a lock does: past its own end, and without a word to it."""
    QDialog.done(wizard, 0)
    qtbot.waitUntil(lambda: not desk.runners.writing.is_busy)


def _taken_up(qtbot: QtBot, desk: Desk, session: Session, around: QWidget, step: int) -> ImportWizard:
    begun = begun_import(session)
    assert begun is not None
    wizard = ImportWizard(desk, around, begun=begun)
    wizard.open()
    qtbot.waitUntil(lambda: wizard._at == step and wizard.accept_button.isEnabled())
    return wizard


def test_bad_cells_are_put_right_where_they_stand(
    qtbot: QtBot, session: Session, fixing: ImportWizard, words: Callable[[QWidget], str]
) -> None:
    assert "3 problems" in words(fixing.fix)
    assert fixing.fix.set_all.text() == "Set all 2 cells with “many”"
    QTest.keyClicks(fixing.fix.instead, "40")
    QTest.keyClick(fixing.fix.instead, Qt.Key.Key_Return)
    assert _instead(fixing) == ["40", "40", ""]
    _put_instead(qtbot, fixing, 2, "7")
    assert fixing._at == 2
    qtbot.waitUntil(lambda: _kept_corrections(session) == ["40", "40", "7"])  # a lock does not lose them
    fixing.back.click()
    fixing.accept_button.click()
    qtbot.waitUntil(lambda: fixing._at == 3)
    qtbot.waitUntil(lambda: _kept_corrections(session) == ["40", "40", "7"])
    with qtbot.waitSignal(fixing.applied):
        fixing.accept_button.click()
    held = {each.values["name"]: each.values["employees"] for each in session.store.every("account")}
    assert held == {"Alp": "40", "Bor": "40", "Caf": "7"}
    assert begun_import(session) is None


def test_columns_and_cells_put_right_outlive_a_lock(
    qtbot: QtBot,
    desk: Desk,
    session: Session,
    around: QWidget,
    fixing: ImportWizard,
    words: Callable[[QWidget], str],
) -> None:
    chosen = fixing.map.chosen()
    _put_instead(qtbot, fixing, 2, "7")
    _locked(qtbot, desk, fixing)
    again = _taken_up(qtbot, desk, session, around, step=2)
    assert again.map.chosen() == chosen
    assert "Taken up where it was left" in words(again)
    assert "2 problems" in words(again.fix), "the third cell reads as it was put right"
    again.accept_button.click()
    qtbot.waitUntil(lambda: again._at == 3)
    with qtbot.waitSignal(again.applied):
        again.accept_button.click()
    held = {each.values["name"]: each.values.get("employees") for each in session.store.every("account")}
    assert held["Caf"] == "7"
    assert begun_import(session) is None


def test_an_import_given_up_is_not_taken_up(qtbot: QtBot, desk: Desk, session: Session, fixing: ImportWizard) -> None:
    qtbot.waitUntil(lambda: begun_import(session) is not None)
    fixing.cancel_button.click()
    qtbot.waitUntil(lambda: begun_import(session) is None and not desk.runners.writing.is_busy)


@pytest.mark.slow
def test_a_file_that_has_gone_meanwhile_is_asked_for_and_the_answers_stay(
    qtbot: QtBot, desk: Desk, session: Session, around: QWidget, fixing: ImportWizard, tmp_path: Path
) -> None:
    _put_instead(qtbot, fixing, 2, "7")
    _locked(qtbot, desk, fixing)
    (tmp_path / "firmen.csv").rename(tmp_path / "elsewhere.csv")
    begun = begun_import(session)
    again = ImportWizard(desk, around, begun=begun)
    again.open()
    qtbot.waitUntil(lambda: "firmen.csv" in again._error.text())
    (tmp_path / "elsewhere.csv").rename(tmp_path / "firmen.csv")
    again.accept_button.click()
    qtbot.waitUntil(lambda: again._at == 2)
    assert _kept_corrections(session) == ["7"]
    again.reject()


def test_what_is_still_wrong_after_fixing_is_shown_again(
    qtbot: QtBot, fixing: ImportWizard, words: Callable[[QWidget], str], nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    assert nameless(fixing) == []
    _put_instead(qtbot, fixing, 2, "a few")
    fixing.accept_button.click()
    qtbot.waitUntil(lambda: "a few" in fixing.fix.table.model().index(2, 3).data())
    assert "3 problems" in words(fixing.fix)
    assert _instead(fixing) == ["", "", ""]
    table = fixing.fix.table
    assert table.columnWidth(4) > table.fontMetrics().horizontalAdvance("somebody@somewhere.example"), "room to type in"
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: fixing._at == 3)
    fixing.reject()


@pytest.mark.slow
def test_a_recognised_list_says_so_and_can_be_read_otherwise(
    qtbot: QtBot,
    desk: Desk,
    session: Session,
    around: QWidget,
    words: Callable[[QWidget], str],
    nameless: Callable[[QWidget], list[QWidget]],
) -> None:
    wizard = ImportWizard(desk, around, [DATA / "northwind" / "customers.csv"])
    wizard.open()
    qtbot.waitUntil(lambda: wizard._at == 1)
    shown = words(wizard.map)
    assert "Recognised as Northwind sample database" in shown
    assert "customers: accounts, contacts" in shown
    assert "Account: Name" in shown
    assert nameless(wizard) == []
    assert wizard.map.otherwise is not None
    wizard.map.otherwise.click()
    qtbot.waitUntil(lambda: bool(wizard.map.chosen()))
    assert "Recognised" not in words(wizard.map)
    box = wizard.map.box("customers", "Region")
    box.setCurrentIndex(box.findData("account.tags"))
    wizard.accept_button.click()
    qtbot.waitUntil(lambda: wizard._at == 3)
    with qtbot.waitSignal(wizard.applied):
        wizard.accept_button.click()
    assert _accounts(session) == 91
    again = ImportWizard(desk, around, [DATA / "northwind" / "customers.csv"])
    again.open()
    qtbot.waitUntil(lambda: again._at == 1)
    assert "Recognised as customers" in words(again.map)
    again.reject()


@pytest.mark.slow
def test_an_address_books_notes_stay_here_unless_they_are_given_to_the_team(
    qtbot: QtBot, desk: Desk, session: Session, around: QWidget, tmp_path: Path, words: Callable[[QWidget], str]
) -> None:
    book = tmp_path / "people.vcf"
    lines = ("BEGIN:VCARD", "VERSION:3.0", "UID:e", "FN:Eva Berg", "ORG:Contoso", "NOTE:Likes early calls", "END:VCARD")
    book.write_bytes("\r\n".join(lines).encode())
    wizard = ImportWizard(desk, around, [book])
    wizard.open()
    qtbot.waitUntil(lambda: wizard._at == 3)
    assert "stay on this computer unless you share them: 1." in words(wizard)
    assert wizard.confirm.share.isVisible()
    assert not wizard.confirm.share.isChecked()
    QTest.keyClick(wizard.confirm.share, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "go to the whole team: 1." in words(wizard))
    assert wizard.confirm.share.isChecked()
    qtbot.waitUntil(wizard.confirm.share.hasFocus)
    QTest.keyClick(wizard.confirm.share, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "stay on this computer" in words(wizard))
    assert not wizard.confirm.share.isChecked()
    with qtbot.waitSignal(wizard.applied):
        wizard.accept_button.click()
    assert [each.values["name"] for each in session.store.every("contact")] == ["Eva Berg"]
    assert session.store.every("note") == []


def test_a_file_that_cannot_be_read_is_one_sentence(qtbot: QtBot, desk: Desk, around: QWidget, tmp_path: Path) -> None:
    wizard = ImportWizard(desk, around, [tmp_path / "not there.xlsx"])
    wizard.open()
    qtbot.waitUntil(lambda: bool(wizard._error.text()))
    assert wizard._at == 0
    wizard.reject()


def test_everything_has_a_name_and_the_wizard_is_freed(
    qtbot: QtBot, desk: Desk, around: QWidget, nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    wizard = ImportWizard(desk, around, [DATA / "northwind-wild" / "customers.csv"])
    wizard.open()
    _accept_known(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard._at == 2)
    assert nameless(wizard) == []
    wizard.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(wizard)


LIKELY_TWINS = (
    "Firma;Ort;Land;Telefon\nErnst Handel;Wien;Austria;7675-3425\nPiccolo und mehr KG;Salzburg;Austria;6562-9722\n"
    "Alpha Gmbh;Linz;Austria;0732-12345\nNeu AG;Bern;Switzerland;1\n"
)


@pytest.fixture
def at_twins(qtbot: QtBot, desk: Desk, session: Session, around: QWidget, tmp_path: Path) -> ImportWizard:
    """The last step of an import with three rows that may be accounts known here."""
    for name, city, phone in (
        ("Ernst Handel", "Graz", "7675-3425"),
        ("Piccolo und mehr", "Salzburg", "6562-9722"),
        ("Alpha GmbH", "Linz", "0732-12345"),
    ):
        create_record(session, "account", {"name": name, "city": city, "country": "Austria", "phone": phone})
    (tmp_path / "kunden.csv").write_text(LIKELY_TWINS, encoding="utf-8")
    wizard = ImportWizard(desk, around, [tmp_path / "kunden.csv"])
    wizard.open()
    qtbot.waitUntil(lambda: wizard._at == 1)
    wizard.accept_button.click()
    qtbot.waitUntil(lambda: len(wizard.confirm.matches.cards()) == 3)
    return wizard


@pytest.mark.slow
def test_possible_duplicates_are_decided_card_by_card_before_anything_is_written(
    qtbot: QtBot, desk: Desk, session: Session, at_twins: ImportWizard, words: Callable[[QWidget], str]
) -> None:
    first, second, third = at_twins.confirm.matches.cards()
    qtbot.waitUntil(first.hasFocus)
    seen = " ".join(words(first).split())
    assert "differs ≠ City Wien Graz" in seen
    assert "the same = Phone 7675-3425 7675-3425" in seen
    assert "City differs: Wien in the file, Graz here" in first.findChildren(ComparedSides)[0].accessibleDescription()
    QTest.keyClick(first, Qt.Key.Key_1)
    assert "Will be one record" in words(first)
    QTest.keyClick(first, Qt.Key.Key_N)
    assert second.hasFocus()
    QTest.mouseClick(second.buttons[1], Qt.MouseButton.LeftButton)
    QTest.keyClick(second, Qt.Key.Key_Down)
    QTest.keyClick(third, Qt.Key.Key_3)
    at_twins.back.click()
    at_twins.accept_button.click()
    qtbot.waitUntil(lambda: at_twins._at == 3 and at_twins.accept_button.isEnabled())
    qtbot.waitUntil(lambda: "2 of 3 decided" in words(at_twins))
    assert _accounts(session) == 3, "nothing is written before the last step"
    with qtbot.waitSignal(at_twins.applied) as applied:
        at_twins.accept_button.click()
    assert (applied.args[0].counts.new, applied.args[0].counts.suggestions) == (2, 1)
    assert _accounts(session) == 5, "the one that is the same is no account of its own"
    (known,) = session.store.records_titled("account", "Ernst Handel")
    assert {value.text for value in record_page(session, known).line("city").values} == {"Graz", "Wien"}
    (left,) = [item for item in queue(session) if item.kind == "match"]
    assert "Alpha" in left.title
    desk.undo()
    qtbot.waitUntil(lambda: _accounts(session) == 3)


@pytest.mark.slow
def test_answers_about_duplicates_and_changes_left_out_outlive_a_lock(
    qtbot: QtBot,
    desk: Desk,
    session: Session,
    around: QWidget,
    at_twins: ImportWizard,
    words: Callable[[QWidget], str],
) -> None:
    first, second, _third = at_twins.confirm.matches.cards()
    QTest.keyClick(first, Qt.Key.Key_1)
    QTest.keyClick(second, Qt.Key.Key_2)
    at_twins.confirm.table.selectRow(0)
    at_twins.confirm.leave_out.click()
    decided, unticked = at_twins.confirm.decisions(), at_twins.confirm.unticked()
    assert (len(decided), len(unticked)) == (2, 1)
    _locked(qtbot, desk, at_twins)
    again = _taken_up(qtbot, desk, session, around, step=3)
    qtbot.waitUntil(lambda: "2 of 3 decided" in words(again))
    assert (again.confirm.decisions(), again.confirm.unticked()) == (decided, unticked)
    _locked(qtbot, desk, again)
    third_time = _taken_up(qtbot, desk, session, around, step=3)
    qtbot.waitUntil(lambda: third_time.confirm.decisions() == decided)
    third_time.reject()
