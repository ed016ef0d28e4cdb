"""The visit brief as a person opens, reads, prints and saves it: real keys, real use cases, an encrypted workspace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.brief_dialog import BriefDialog
from accountplanner.desktop.dialogs.lock_dialog import LockDialog
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.language import Tongue
from accountplanner.desktop.pages.accounts.page import AccountsPage
from accountplanner.desktop.program import Program
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.start import DesktopWish, Front
from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.widgets.palette import CommandPalette
from accountplanner.desktop.widgets.sheet_painting import SheetPainter
from accountplanner.documents.pdf import width_of
from accountplanner.documents.sheet import Face
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.session import Session


@pytest.fixture
def eva(session: Session) -> str:
    account = create_record(session, "account", {"name": "Contoso", "city": "Graz"})[0]
    eva = create_record(session, "contact", {"name": "Eva Berg", "account": account, "title": "Buyer"})[0]
    set_value(session, Typed(eva, "mackay_hobbies", "Pottery"))
    set_value(session, Typed(eva, "mackay_children", "Two girls in Linz"))
    set_value(session, Typed(eva, "mackay_dishes", "Never mushrooms"))
    promise = {"title": "Send the samples", "account": account, "promise": "yes", "due_on": "2026-11-18"}
    create_record(session, "action", promise)
    return eva


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1024, 640)
    widget.show()
    return widget


Opening = Callable[[], BriefDialog]


@pytest.fixture
def opening(qtbot: QtBot, desk: Desk, eva: str, parent: QWidget, quiet: Callable[[], None]) -> Iterator[Opening]:
    opened: list[BriefDialog] = []

    def opening() -> BriefDialog:
        dialog = BriefDialog(desk, [eva], "Eva Berg", parent)
        dialog.open()
        opened.append(dialog)
        qtbot.waitUntil(dialog.print_button.isEnabled)
        return dialog

    yield opening
    quiet()
    for dialog in opened:
        if Shiboken.isValid(dialog):
            dialog.close()


def read_aloud(dialog: BriefDialog) -> str:
    return dialog.view.page.accessibleDescription()


def test_the_page_says_what_to_know_and_keeps_the_family_to_itself(opening: Opening) -> None:
    told = read_aloud(opening())
    for expected in ("Eva Berg", "Buyer · Contoso · Graz", "One question worth asking", "Pottery", "2 days late"):
        assert expected in told
    assert "Linz" not in told
    assert "mushrooms" not in told


def test_a_tick_counts_for_this_time_only(qtbot: QtBot, opening: Opening) -> None:
    dialog = opening()
    QTest.keyClick(dialog.family, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Two girls in Linz" in read_aloud(dialog))
    assert "mushrooms" not in read_aloud(dialog)
    QTest.keyClick(dialog.habits, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Never mushrooms" in read_aloud(dialog))
    assert "Linz" not in read_aloud(opening())


def test_the_keyboard_reads_it_to_its_end_and_closes_it(opening: Opening) -> None:
    dialog = opening()
    bar = dialog.view.verticalScrollBar()
    assert dialog.focusWidget() is dialog.view.page
    QTest.keyClick(dialog.view.page, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog.view.page, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(dialog.view.page, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_everything_that_takes_the_focus_has_a_name_and_its_turn(
    opening: Opening, nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    dialog = opening()
    assert nameless(dialog) == []
    reached = []
    for _ in range(6):
        widget = dialog.focusWidget()
        reached.append(widget.text() if isinstance(widget, QPushButton) else type(widget).__name__)
        dialog.focusNextChild()
    assert reached == ["SheetPage", "CheckBox", "CheckBox", "Close", "Save as PDF", "Print"]


def test_saving_asks_for_a_password_and_says_when_there_was_none(
    qtbot: QtBot, opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, telling: object, desk: Desk
) -> None:
    target = tmp_path / "brief.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    told: list[str] = []
    desk.told.connect(lambda each: told.append(each.sentence))
    dialog = opening()
    dialog.save_button.click()
    asked = dialog.findChildren(LockDialog)[0]
    assert asked.locked.isChecked(), "a page with personal answers proposes a password"
    asked.plain.setChecked(True)
    asked.accept_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("brief.pdf was written.")
    assert "personal answers" in told[0]
    (page,) = PdfReader(target).pages
    assert "Pottery" in page.extract_text()
    assert telling is not None


def test_with_a_password_the_file_is_locked(
    qtbot: QtBot, opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "brief.pdf"
    proposed: list[str] = []

    def choose(*asked: str) -> tuple[str, str]:
        proposed.append(asked[2])
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = opening()
    dialog._title = "A/S: Nord?"
    dialog.save_button.click()
    asked = dialog.findChildren(LockDialog)[0]
    for field in asked.findChildren(QLineEdit):
        field.setText("between the two of us")
    asked.accept_button.click()
    qtbot.waitUntil(target.exists)
    assert PdfReader(target).is_encrypted
    assert proposed == [str(documents_folder() / "A-S- Nord.pdf")], "a name that every system takes"


def test_the_printed_page_is_the_page_read(opening: Opening, tmp_path: Path, theme: Theme) -> None:
    theme.choose(ThemeChoice.DARK)
    dialog = opening()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer)
    (page,) = PdfReader(tmp_path / "printed.pdf").pages
    text = " ".join(page.extract_text().split())
    for expected in ("Eva Berg", "Pottery", "Send the samples"):
        assert expected in text


def test_screen_and_paper_measure_words_alike(theme: Theme) -> None:
    theme.load_all_faces()
    measure = SheetPainter(theme.font("body").family()).measure
    for face in Face:
        for words in ("Stołówki Zielony Młyn", "What costs you the most trouble at the moment?", "27 Oct 2026"):
            assert measure(words, face, 10) == pytest.approx(width_of(words, face, 10), rel=0.01)


def _ink(dialog: BriefDialog) -> tuple[QColor, QColor]:
    """The ground of the page and the darkest or lightest thing written on it."""
    image = dialog.view.page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = image.pixelColor(image.width() // 2, 20)
    words = max(
        (image.pixelColor(x, y) for x in range(60, 300, 2) for y in range(60, 110, 2)),
        key=lambda colour: abs(colour.lightness() - ground.lightness()),
    )
    return ground, words


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_the_page_follows_the_look(opening: Opening, theme: Theme, choice: ThemeChoice) -> None:
    dialog = opening()
    theme.choose(choice)
    ground, words = _ink(dialog)
    assert ground == theme.colour("surface")
    assert abs(ground.lightness() - words.lightness()) > 120


def test_the_brief_goes_with_the_workspace(qtbot: QtBot, opening: Opening, desk: Desk) -> None:
    dialog = opening()
    page = dialog.view.page
    assert "Pottery" in page.accessibleDescription()
    desk.closing.emit()
    assert page.accessibleDescription() == ""
    qtbot.waitUntil(lambda: not Shiboken.isValid(dialog) or not dialog.isVisible())


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    tongue = Tongue(qapp, "de")
    yield
    tongue.speak("en")


@pytest.mark.usefixtures("german")
def test_in_german_at_150_percent_the_buttons_fit_and_the_paper_speaks_german_too(
    qtbot: QtBot, opening: Opening, theme: Theme, parent: QWidget, tmp_path: Path
) -> None:
    theme.scale_text(150)
    dialog = opening()
    assert dialog.width() <= parent.width()
    buttons = (dialog.close_button, dialog.save_button, dialog.print_button)
    assert [button.text() for button in buttons] == ["Schließen", "Als PDF speichern", "Drucken"]
    for button in buttons:
        assert button.width() >= button.sizeHint().width()
        assert button.geometry().right() <= dialog.width()
    dialog.save(tmp_path / "briefing.pdf")
    qtbot.waitUntil((tmp_path / "briefing.pdf").exists)
    (page,) = PdfReader(tmp_path / "briefing.pdf").pages
    text = " ".join(page.extract_text().split())
    assert "Besuchsbriefing für Nancy Davolio" in text
    assert "Wir haben zugesagt 2 Tage überfällig Send the samples" in text
    theme.scale_text(100)


@contextmanager
def running(application: QApplication, qtbot: QtBot, session: Session, config: Path) -> Iterator[Program]:
    front = Front(application, DesktopWish(session.store.places.folder, "a passphrase"), SettingsFile(config), None)
    program = front.program
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.session is not None)
    try:
        yield program
    finally:
        program.window._toast.dismiss()
        program.window.close()
        for each in (program.window, program.theme, program, front):
            each.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_brief_is_two_keystrokes_away_each_time(
    qapp: QApplication, qtbot: QtBot, session: Session, eva: str, tmp_path: Path
) -> None:
    account = session.store.records_titled("account", "Contoso")[0]
    assert eva
    session.close()
    with running(qapp, qtbot, session, tmp_path / "config") as program:
        program.window.activateWindow()
        program.window.show_area("accounts")
        page = program.window.page("accounts")
        assert isinstance(page, AccountsPage)
        page.show_record(account)
        qtbot.waitUntil(lambda: page.account.title == "Contoso")
        for _ in range(2):
            qtbot.waitUntil(program.window.isActiveWindow)
            QTest.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
            palette = program.window.findChildren(CommandPalette)[-1]
            QTest.keyClick(palette.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: bool(_brief(program)))
            dialog = _brief(program)[0]
            qtbot.waitUntil(dialog.print_button.isEnabled)
            assert "Contoso" in read_aloud(dialog)
            dialog.reject()
            program.window.activateWindow()


def _brief(program: Program) -> list[BriefDialog]:
    return [each for each in program.window.findChildren(BriefDialog) if each.isVisible()]
