"""The sixty-second note as a person types it: on a page, over a dialog, on the lock screen, and after a crash."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.conftest import TellingDesk

from accountplanner.desktop.actions import ActionRegistry
from accountplanner.desktop.capture.capturing import Capturing
from accountplanner.desktop.capture.dialog import CaptureDialog
from accountplanner.desktop.capture.inbox_dialog import InboxDialog
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.door import Door
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.half_typed import half_typed
from accountplanner.desktop.records.composer import Composer
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.sensitive_hint import SensitiveHint
from accountplanner.desktop.widgets.value_row import ValueRow
from accountplanner.desktop.widgets.value_text import ValueField, ValueKind
from accountplanner.domain.errors import RefusedError
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.noting import inbox, write_note
from accountplanner.usecases.sealed_notes import gather_drafts, keep_draft, prepare_letterbox, seal_note
from accountplanner.usecases.session import Session

Words = Callable[[QWidget], str]
Wait = Callable[[], None]
_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SECRET = "the canary sang of Zanzibar"


class Typist:
    """Counts the keys a person presses."""

    def __init__(self) -> None:
        self.keys = 0

    def type(self, text: str) -> None:
        self.keys += len(text)
        QTest.keyClicks(_focused(), text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        QTest.keyClick(_focused(), key, modifiers)


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def account(session: Session) -> str:
    account = create_record(session, "account", {"name": "Simons bistro"})[0]
    create_record(session, "contact", {"name": "Jytte Petersen", "account": account})
    create_record(session, "contact", {"name": "Jytta Hansen"})
    return account


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 640)
    column = QVBoxLayout(window)
    column.addWidget(QPlainTextEdit())
    with qtbot.waitActive(window):
        window.show()
    window.findChildren(QPlainTextEdit)[0].setFocus()
    return window


@pytest.fixture
def capturing(
    desk: Desk, theme: Theme, window: QWidget, session: Session, account: str, quiet: Wait
) -> Iterator[Capturing]:
    sight = (account, "Simons bistro")
    door = Door(session.store.places, desk.runners.writing, session.clock)
    capturing = Capturing(desk, door, window, session.clock, lambda: sight)
    actions = ActionRegistry(theme, parent=window)
    actions.wire("note", capturing.write)
    actions.offer_in(window)
    capturing.reach_dialogs(actions.action("note"))
    yield capturing
    quiet()
    if capturing._dialog is not None:
        capturing._dialog.line.clear()
        capturing._dialog.reject()
    assert capturing.runner.stop()
    capturing.deleteLater()


def _dialog(qtbot: QtBot, capturing: Capturing, quiet: Wait) -> CaptureDialog:
    qtbot.waitUntil(lambda: capturing._dialog is not None and capturing._dialog.line.hasFocus())
    quiet()
    assert capturing._dialog is not None
    return capturing._dialog


def _notes(session: Session) -> list[dict[str, str]]:
    return [dict(each.values) for each in session.store.every("note")]


def test_a_whole_note_takes_at_most_forty_keys_and_one_dialog(
    qtbot: QtBot, capturing: Capturing, window: QWidget, session: Session, quiet: Wait, words: Words
) -> None:
    person = Typist()
    person.press(Qt.Key.Key_Space, _KEYS)
    dialog = _dialog(qtbot, capturing, quiet)
    person.type("@jy")
    qtbot.waitUntil(lambda: dialog._names.count() > 0 and dialog._names.isVisible())
    person.press(Qt.Key.Key_Tab)
    person.type("I'll send her prices !fr")
    qtbot.waitUntil(lambda: "about Simons bistro" in words(dialog) and "Jytte Petersen" in words(dialog))
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(dialog._card.isVisible)
    assert "Make it a promise to Jytte Petersen, due" in words(dialog)
    person.press(Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: capturing._dialog is None)
    quiet()
    assert person.keys <= 40
    [note] = _notes(session)
    assert note["text"] == "@Jytte Petersen I'll send her prices !fr"
    [action] = session.store.every("action")
    assert (action.values["promise"], action.values["due_on"]) == ("yes", "2026-11-27")
    assert window.isVisible()


def test_no_leaves_it_and_nothing_is_taken_unasked(
    qtbot: QtBot, capturing: Capturing, session: Session, quiet: Wait
) -> None:
    capturing.write()
    dialog = _dialog(qtbot, capturing, quiet)
    person = Typist()
    person.type("We will call tomorrow. Ask again !friday")
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(dialog._card.isVisible)
    person.press(Qt.Key.Key_N)
    person.press(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: capturing._dialog is None)
    assert session.store.every("action") == []
    assert len(_notes(session)) == 1


def test_what_names_nobody_known_is_saved_all_the_same(
    qtbot: QtBot, capturing: Capturing, session: Session, quiet: Wait, words: Words
) -> None:
    capturing.write()
    dialog = _dialog(qtbot, capturing, quiet)
    person = Typist()
    person.type("@jyte wants a visit")
    qtbot.waitUntil(lambda: "@jyte: which one?" in words(dialog))
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: capturing._dialog is None)
    quiet()
    assert [note.text for note in inbox(session)] == ["@jyte wants a visit"]


def test_an_arrow_pressed_while_names_are_looked_up_keeps_the_name_it_chose(
    qtbot: QtBot, capturing: Capturing, quiet: Wait
) -> None:
    capturing.write()
    names = _dialog(qtbot, capturing, quiet)._names
    person = Typist()
    person.type("@jyt")
    qtbot.waitUntil(lambda: names.isVisible() and names.count() == 2)
    person.type("t")
    person.press(Qt.Key.Key_Down)
    chosen = names.currentItem().text()
    quiet()
    assert names.currentItem().text() == chosen
    assert names.currentRow() == 1


def test_backspace_takes_a_name_away_as_a_whole(qtbot: QtBot, capturing: Capturing, quiet: Wait) -> None:
    capturing.write()
    dialog = _dialog(qtbot, capturing, quiet)
    person = Typist()
    person.type("ask @jyt")
    qtbot.waitUntil(lambda: dialog._names.count() > 0)
    person.press(Qt.Key.Key_Tab)
    assert dialog.text == "ask @Jytte Petersen "
    qtbot.waitUntil(lambda: bool(dialog.line._chips))
    person.press(Qt.Key.Key_Backspace)
    assert dialog.text == "ask "


def test_ctrl_enter_saves_and_opens(qtbot: QtBot, capturing: Capturing, desk: Desk, quiet: Wait, account: str) -> None:
    wanted: list[str] = []
    desk.record_requested.connect(wanted.append)
    capturing.write()
    _dialog(qtbot, capturing, quiet)
    person = Typist()
    person.type("called")
    person.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: wanted == [account])
    assert capturing._dialog is None


def test_escape_keeps_the_draft_and_saving_drops_it(
    qtbot: QtBot, capturing: Capturing, session: Session, quiet: Wait
) -> None:
    capturing.write()
    dialog = _dialog(qtbot, capturing, quiet)
    person = Typist()
    person.type(SECRET)
    person.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not capturing.runner.is_busy and capturing._dialog is None)
    assert gather_drafts(session) == SECRET
    capturing.write()
    dialog = _dialog(qtbot, capturing, quiet)
    qtbot.waitUntil(lambda: dialog.text == SECRET)
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: capturing._dialog is None and not capturing.runner.is_busy)
    assert gather_drafts(session) == ""
    assert [note["text"] for note in _notes(session)] == [SECRET]


@pytest.fixture
def waiting(qtbot: QtBot, capturing: Capturing, telling: TellingDesk) -> Iterator[Event]:
    """A note has been finished while the writing worker is busy until this is set."""
    is_free = Event()
    telling.desk.write("Importing", lambda _session: is_free.wait(120) or None)
    capturing.write()
    qtbot.waitUntil(lambda: capturing._dialog is not None and capturing._dialog.line.hasFocus())
    Typist().type(SECRET)
    assert capturing._dialog is not None
    with qtbot.waitSignal(capturing._dialog.draft_changed):
        Typist().type("!")
    Typist().press(Qt.Key.Key_Return)
    yield is_free
    is_free.set()


@pytest.mark.parametrize("is_locked", [False, True])
def test_a_note_that_waits_for_an_import_is_saved_once_and_no_draft_of_it_is_left(
    qtbot: QtBot,
    capturing: Capturing,
    telling: TellingDesk,
    session: Session,
    words: Words,
    waiting: Event,
    *,
    is_locked: bool,
) -> None:
    """Esc, the next note and the lock all find it in safe hands; after a crash meanwhile it would be offered again."""
    assert capturing._dialog is not None
    qtbot.waitUntil(capturing._dialog._waiting.isVisible)
    assert "Your note is safe." in words(capturing._dialog)
    qtbot.waitUntil(lambda: not capturing.runner.is_busy)
    if is_locked:
        telling.desk.release()
        assert capturing._dialog is None
    else:
        Typist().press(Qt.Key.Key_Escape)
        assert "Your note is safe" in telling.sentences()[-1]
        capturing.write()
        qtbot.waitUntil(lambda: capturing._is_gathered)
        assert capturing._dialog is not None
        assert capturing._dialog.text == "", "it is no draft of the next note"
        capturing._dialog.reject()
    [kept] = session.store.places.letterbox.glob("*.draft")
    assert kept.stat().st_size, "a crash now would lose nothing"
    waiting.set()
    qtbot.waitUntil(lambda: not telling.desk.runners.writing.is_busy and not capturing.runner.is_busy)
    assert [note["text"] for note in _notes(session)] == [f"{SECRET}!"]
    assert gather_drafts(session) == ""


def test_a_note_that_waited_and_could_not_be_saved_is_a_draft_again(
    qtbot: QtBot,
    capturing: Capturing,
    telling: TellingDesk,
    session: Session,
    waiting: Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise RefusedError("The disk is full.")

    monkeypatch.setattr(Session, "transaction", refuse)
    Typist().press(Qt.Key.Key_Escape)
    waiting.set()
    qtbot.waitUntil(lambda: "kept as a draft: The disk is full." in telling.sentences()[-1])
    qtbot.waitUntil(lambda: not capturing.runner.is_busy)
    assert gather_drafts(session) == f"{SECRET}!"


def test_each_pause_keeps_the_draft_sealed_so_that_a_crash_loses_nothing(
    qtbot: QtBot, capturing: Capturing, session: Session, quiet: Wait
) -> None:
    capturing.write()
    dialog = _dialog(qtbot, capturing, quiet)
    Typist().type(SECRET)
    folder = session.store.places.letterbox
    qtbot.waitUntil(lambda: len(list(folder.glob("*.draft"))) == 1 and not capturing.runner.is_busy)
    assert gather_drafts(session) == SECRET, "nothing was saved or closed"
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in folder.iterdir())
    assert dialog.isVisible()


def test_what_was_begun_before_is_not_written_over_while_it_is_being_read(
    qtbot: QtBot, capturing: Capturing, desk: Desk, session: Session, quiet: Wait
) -> None:
    keep_draft(session.store.places, "begun before")
    is_free = Event()
    desk.read(lambda _session: is_free.wait(120), lambda _waited: None)
    capturing.write()
    qtbot.waitUntil(lambda: capturing._dialog is not None and capturing._dialog.line.hasFocus())
    dialog = capturing._dialog
    assert dialog is not None
    Typist().type("and now")
    with qtbot.waitSignal(dialog.draft_changed):
        pass
    qtbot.waitUntil(lambda: not capturing.runner.is_busy)
    is_free.set()
    qtbot.waitUntil(lambda: dialog.text == "begun before\nand now")
    qtbot.waitUntil(lambda: gather_drafts(session) == "begun before\nand now")
    quiet()


def test_a_lock_keeps_the_last_words_and_shows_nothing(
    qtbot: QtBot, capturing: Capturing, desk: Desk, session: Session, quiet: Wait
) -> None:
    capturing.write()
    _dialog(qtbot, capturing, quiet)
    Typist().type(SECRET)
    desk.closing.emit()
    assert capturing._dialog is None
    assert capturing._dialog is None
    assert gather_drafts(session) == SECRET


def test_over_a_dialog_the_same_keys_open_it(qtbot: QtBot, capturing: Capturing, window: QWidget, quiet: Wait) -> None:
    other = QDialog(window)
    qtbot.addWidget(other)
    QVBoxLayout(other).addWidget(QPlainTextEdit())
    other.setModal(True)
    other.open()
    qtbot.waitUntil(other.isActiveWindow)
    other.findChildren(QPlainTextEdit)[0].setFocus()
    QTest.keyClick(other.findChildren(QPlainTextEdit)[0], Qt.Key.Key_Space, _KEYS)
    dialog = _dialog(qtbot, capturing, quiet)
    dialog.reject()
    other.reject()


def test_on_the_lock_screen_the_note_is_sealed(
    qtbot: QtBot, capturing: Capturing, desk: Desk, session: Session, quiet: Wait, words: Words, tmp_path: Path
) -> None:
    keep_draft(session.store.places, "begun before")
    quiet()
    desk.release()
    capturing.write()
    qtbot.waitUntil(lambda: capturing._dialog is not None and capturing._dialog.line.hasFocus())
    dialog = capturing._dialog
    assert dialog is not None
    said = words(dialog)
    assert "Simons" not in said, "nothing of the workspace is shown"
    assert "begun before" not in said
    person = Typist()
    person.type(f"#Simons {SECRET}")
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: capturing._dialog is None and not capturing.runner.is_busy)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET.encode() not in kept
    assert len(list(session.store.places.letterbox.glob("*.letter"))) == 1
    assert gather_drafts(session) == "begun before", "the sealed one is a draft no more"
    desk.take(session)


@pytest.mark.usefixtures("capturing")
def test_what_the_command_line_sealed_meanwhile_is_taken_in_when_one_comes_back(
    qtbot: QtBot, session: Session, quiet: Wait
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    prepare_letterbox(session)
    seal_note(session.store.places, "From the terminal", session.clock)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: [note.text for note in inbox(session)] == ["From the terminal"])
    quiet()


def test_the_inbox_is_worked_through_with_one_key_each(
    qtbot: QtBot, capturing: Capturing, session: Session, quiet: Wait, words: Words, account: str
) -> None:
    write_note(session, "@jyte wants a visit", account)
    write_note(session, "asdf")
    capturing.show_inbox()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, InboxDialog))
    qtbot.waitUntil(lambda: "1 of 2" in words(dialog) and dialog.isActiveWindow())
    while "@jyte" not in words(dialog):
        QTest.keyClick(_focused(), Qt.Key.Key_N)
    QTest.keyClick(_focused(), Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "1 of 1" in words(dialog))
    assert [note["text"] for note in _notes(session)] == ["@jyte wants a visit"]
    QTest.keyClick(_focused(), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Nothing waits" in words(dialog))
    dialog.reject()
    quiet()


def test_everything_has_a_name(
    qtbot: QtBot, capturing: Capturing, quiet: Wait, nameless: Callable[[QWidget], list[QWidget]]
) -> None:
    capturing.write()
    dialog = _dialog(qtbot, capturing, quiet)
    assert nameless(dialog) == []


def test_long_answers_and_notes_on_pages_are_warned_of_alike(
    qtbot: QtBot, theme: Theme, formats: Formats, words: Words
) -> None:
    row = ValueRow(theme, formats, ValueField("contact.mackay_hobbies", "Hobbies", ValueKind.LONG_TEXT))
    composer = Composer(theme, "What was said?")
    for widget in (row, composer):
        qtbot.addWidget(widget)
        widget.show()
    row.start_editing()
    QTest.keyClicks(row.findChildren(QPlainTextEdit)[0], "sings at church")
    assert "may speak of religion" in words(row)
    row.revert()
    QTest.keyClicks(composer.editor, "was in hospital")
    assert "may speak of health" in words(composer)


def test_a_lock_keeps_of_a_note_on_its_way_only_what_was_typed_after_it(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    composer = Composer(theme, "What was said?")
    qtbot.addWidget(composer)
    composer.show()
    composer.show_record("account:1")
    QTest.keyClicks(composer.editor, "Asked for prices")
    assert [draft.text for draft in half_typed()] == ["Asked for prices"]
    with qtbot.waitSignal(composer.note_written):
        QTest.keyClick(composer.editor, Qt.Key.Key_Return)
    assert half_typed() == []
    assert "Your note is safe" in words(composer)
    QTest.keyClicks(composer.editor, " And samples")
    assert [draft.text for draft in half_typed()] == ["And samples"]
    composer.show_record("account:2")
    assert [draft.text for draft in half_typed()] == ["And samples"]
    composer.note_refused()
    assert [draft.text for draft in half_typed()] == ["Asked for prices And samples"]


def test_the_writer_is_warned_beside_the_field(qtbot: QtBot) -> None:
    editor = QPlainTextEdit()
    qtbot.addWidget(editor)
    hint = SensitiveHint(editor)
    qtbot.addWidget(hint)
    editor.setPlainText("met at church, owner is in hospital")
    assert hint.text() == ("“church, hospital” may speak of religion, health. Better left out, unless they agreed.")
    editor.setPlainText("met at the fair")
    assert hint.text() == ""
    assert hint.isHidden()
