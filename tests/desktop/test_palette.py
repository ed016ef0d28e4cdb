"""Everything is a few keystrokes from Ctrl+K: counted on real keys, a real search and an encrypted workspace."""

import random
import statistics
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.finder import Finder
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.palette import CommandPalette, PaletteEntry
from accountplanner.desktop.widgets.rows_model import ROW_ROLE
from accountplanner.domain.fields import Layer
from accountplanner.usecases.browsing import ListQuery, contact_rows, list_numbers
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.finding import prepare_finding
from accountplanner.usecases.recents import KEPT, keep_recents, recent_records
from accountplanner.usecases.sample_territory import LeanShape, SampleAuthor, sample_statements
from accountplanner.usecases.session import Session

_COMMANDS = (PaletteEntry("export", "Export a workbook", "export", "Command", "", "Ctrl+E"),)
_DIGITS = (Qt.Key.Key_1, *range(Qt.Key.Key_2, Qt.Key.Key_9 + 1), Qt.Key.Key_0)


class Opened:
    """A palette somebody has opened, the keys they pressed, and what they chose."""

    def __init__(self, qtbot: QtBot, theme: Theme, finder: Finder, parent: QWidget, offered: int = 0) -> None:
        self._qtbot = qtbot
        brief = [PaletteEntry("brief", "Visit brief of Alpine", "file", "Command")][:offered]
        self.palette = CommandPalette(theme, finder.find, _COMMANDS, parent, offered=brief)
        self.chosen: list[PaletteEntry] = []
        self.keys = 0
        self.palette.entry_chosen.connect(self.chosen.append)
        self.palette.open()
        self.settle()

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.palette._is_waiting)

    def press(self, key: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        field = self.palette.findChildren(QLineEdit)[0]
        QTest.keyClick(field, Qt.Key(key), modifier)
        self.keys += 1

    def type(self, text: str) -> None:
        field = self.palette.findChildren(QLineEdit)[0]
        # Not keyClicks: it ends the program at letters outside ASCII.
        for letter in text:
            field.insert(letter)
            self.keys += 1
        self.settle()

    def titles(self) -> list[tuple[str, str]]:
        model = self.palette.findChildren(QListView)[0].model()
        entries = [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]
        return [(entry.title, entry.subtitle) for entry in entries]

    def choose(self, place: int) -> PaletteEntry:
        if place == 0:
            self.press(Qt.Key.Key_Return)
        else:
            self.press(_DIGITS[place], Qt.KeyboardModifier.AltModifier)
        self._qtbot.waitUntil(lambda: bool(self.chosen))
        return self.chosen[0]


@pytest.fixture
def finder(desk: Desk, quiet: Callable[[], None]) -> Iterator[Finder]:
    finder = Finder(desk)
    yield finder
    quiet()
    finder.close()


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(1100, 700)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def territory(session: Session) -> list[tuple[str, str, str]]:
    """Some hundred people as (id, name, account), no two of one name at one account."""
    author = SampleAuthor(session.store.identity.name, session.store.voice)
    groups = sample_statements(120, 1, date(2026, 11, 20), author, lean=LeanShape(5, 0))
    with session.transaction("Territory") as writing:
        writing.say(Layer.TEAM, [each for group in groups for each in group])
    rows = contact_rows(session, list_numbers(session, ListQuery("contact")))
    return [(row.record, row.name, row.account_name) for row in rows]


def _initials(text: str) -> str:
    return "".join(word[0] for word in text.replace("&", " ").replace("-", " ").split())


@pytest.mark.usefixtures("session")
def test_any_of_fifty_recent_records_is_three_keystrokes_away(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, territory: list[tuple[str, str, str]]
) -> None:
    people = random.Random(4).sample(territory, KEPT)  # noqa: S311 - the same people each time
    for record, _name, _account in reversed(people):
        finder.visit(record)
    pages = {0: (), 1: (Qt.Key.Key_PageDown,), 2: (Qt.Key.Key_PageDown,) * 2}
    backwards = {4: (Qt.Key.Key_Up,), 3: (Qt.Key.Key_Up, Qt.Key.Key_PageUp)}
    for place, (record, _name, _account) in enumerate(people):
        opened = Opened(qtbot, theme, finder, around)
        page, within = divmod(place, 10)
        for key in (pages | backwards)[page]:
            opened.press(key)
        opened.press(_DIGITS[within], Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda opened=opened: bool(opened.chosen))  # type: ignore[misc]
        assert opened.chosen[0].id == record
        assert opened.keys <= 3


def test_two_letters_and_enter_open_a_recent_record_before_others_of_such_initials(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, session: Session
) -> None:
    for name in ("Bergs Saluhall", "Bella Service", "Berglunds snabbköp", "Bon Sel"):
        record = create_record(session, "account", {"name": name})[0]
        if name == "Berglunds snabbköp":
            finder.visit(record)
    opened = Opened(qtbot, theme, finder, around)
    opened.type("bs")
    assert opened.choose(0).title == "Berglunds snabbköp"
    assert opened.keys == 3


def test_anybody_of_the_territory_is_six_keystrokes_away(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, session: Session, territory: list[tuple[str, str, str]]
) -> None:
    prepare_finding(session)
    counted = []
    for record, name, account in random.Random(11).sample(territory, 15):  # noqa: S311 - as above
        opened = Opened(qtbot, theme, finder, around)
        shown: list[tuple[str, str]] = []
        for letter in _initials(f"{name} {account}"):
            opened.type(letter)
            shown = opened.titles()[:10]
            if (name, account) in shown:
                break
        assert opened.choose(shown.index((name, account))).id == record
        counted.append(opened.keys)
    assert statistics.median(counted) <= 6


def test_a_person_is_named_with_where_they_work(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, session: Session
) -> None:
    for firm in ("Alpine Foods", "Fjord Catering"):
        account = create_record(session, "account", {"name": firm})[0]
        create_record(session, "contact", {"name": "Kim Arden", "account": account})
    prepare_finding(session)
    opened = Opened(qtbot, theme, finder, around)
    opened.type("kim fjo")
    assert opened.titles()[0] == ("Kim Arden", "Fjord Catering")


def test_a_note_is_found_by_its_words_and_opens_what_it_is_about(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, session: Session
) -> None:
    account = create_record(session, "account", {"name": "Alpine Foods"})[0]
    create_record(session, "note", {"text": "They want a quieter dishwasher", "account": account})
    opened = Opened(qtbot, theme, finder, around)
    opened.type("dishwasher")
    assert opened.titles()[0] == ("They want a quieter dishwasher", "Alpine Foods")
    assert opened.choose(0).id == account


def test_the_command_for_what_is_in_sight_is_two_keystrokes(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, session: Session
) -> None:
    finder.visit(create_record(session, "account", {"name": "Alpine Foods"})[0])
    opened = Opened(qtbot, theme, finder, around, offered=1)
    assert opened.choose(0).id == "brief", "Ctrl+K, Enter"


def test_enter_before_the_answer_chooses_from_the_answer(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, session: Session
) -> None:
    wanted = {create_record(session, "account", {"name": name})[0] for name in ("Ernst Handel", "Ernst Markt")}
    chosen = set()
    for keys in ((Qt.Key.Key_Return,), (Qt.Key.Key_Down, Qt.Key.Key_Return)):
        opened = Opened(qtbot, theme, finder, around)
        opened.palette.findChildren(QLineEdit)[0].setText("ernst")
        for key in keys:
            opened.press(key)
        assert opened.chosen == [], "the search runs elsewhere and has not answered yet"
        qtbot.waitUntil(lambda opened=opened: len(opened.chosen) == 1)  # type: ignore[misc]
        chosen.add(opened.chosen[0].id)
    assert chosen == wanted, "the arrow counts, too"


def test_commands_are_listed_with_their_keys(
    qtbot: QtBot, theme: Theme, finder: Finder, around: QWidget, session: Session
) -> None:
    create_record(session, "account", {"name": "Exotic Liquids"})
    opened = Opened(qtbot, theme, finder, around)
    opened.type(">")
    assert opened.titles() == [("Export a workbook", "")]
    opened.type("exp")
    assert opened.choose(0).shortcut == "Ctrl+E"


def test_what_was_open_is_remembered_encrypted_and_in_order(
    qtbot: QtBot, desk: Desk, finder: Finder, session: Session
) -> None:
    first, second = (create_record(session, "account", {"name": name})[0] for name in ("One", "Two"))
    desk.record_shown.emit(first)
    qtbot.waitUntil(lambda: recent_records(session) == (first,))
    finder.visit(second)
    finder.visit(first)
    keep_recents(session, finder.close())
    assert recent_records(session) == (first, second)
    assert first.encode() not in session.store.places.databases[1].read_bytes()
