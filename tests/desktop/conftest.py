"""What desktop tests share: a theme, figures as in Britain, a desk with a small encrypted workspace on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.desktop.jitter import shake
from tests.founded import copied

from accountplanner.desktop.desk import Desk, Runners, Told
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.jobs import JobRunner
from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.wording import speak, spoken_language
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.session import Session
from accountplanner.usecases.workspaces import Key, NewWorkspace, create_workspace, open_workspace

# Nobody looks at the clock here: what a test waits for may take its time on a slow machine with much else to do.
for _waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed):
    _waiting.__kwdefaults__ = {**(_waiting.__kwdefaults__ or {}), "timeout": 60_000}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """The language belongs to the process; who lets the window speak another one leaves English behind."""
    yield
    if spoken_language() != "en":
        speak("en")
        QLocale.setDefault(QLocale.system())


@pytest.fixture(autouse=True)
def _jitter(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed := request.config.getoption("--jitter"):
        shake(monkeypatch, Random(f"{seed} {request.node.nodeid}"))  # noqa: S311 - nothing is kept secret with it


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp, ThemeChoice.LIGHT)
    yield theme
    theme.deleteLater()


@pytest.fixture
def formats() -> Formats:
    return Formats(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@dataclass(frozen=True)
class StandingClock:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 11, 20, 12, tzinfo=UTC)

    def today(self) -> date:
        return date(2026, 11, 20)


@pytest.fixture(scope="session")
def cheap() -> Stretching:
    return Stretching(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory, cheap: Stretching) -> Places:
    """A workspace in which nothing has been done."""
    places = Places(tmp_path_factory.mktemp("founded") / "workspace")
    wish = NewWorkspace(places, "Nancy Davolio", "", "a passphrase", stretching=cheap)
    create_workspace(wish, StandingClock()).session.close()
    return places


@pytest.fixture
def session(tmp_path: Path, founded: Places) -> Iterator[Session]:
    places = copied(founded, tmp_path / "workspace")
    session = open_workspace(places, Key("a passphrase"), StandingClock())
    yield session
    session.close()


@dataclass(frozen=True)
class TellingDesk:
    """A desk and everything it told."""

    desk: Desk
    told: list[Told]

    def sentences(self) -> list[str]:
        return [told.sentence for told in self.told]


@pytest.fixture
def telling(qtbot: QtBot, theme: Theme, formats: Formats, session: Session) -> Iterator[TellingDesk]:
    runners = Runners(JobRunner(), JobRunner())
    desk = Desk(theme, formats, runners)
    telling = TellingDesk(desk, [])
    desk.told.connect(telling.told.append)
    failures: list[BaseException] = []
    for runner in (runners.reading, runners.writing):
        runner.job_failed.connect(failures.append)
    desk.take(session)
    yield telling
    qtbot.waitUntil(lambda: not runners.reading.is_busy and not runners.writing.is_busy)
    desk.release()
    assert runners.reading.stop()
    assert runners.writing.stop()
    assert [failure for failure in failures if not hasattr(failure, "sentence")] == []


@pytest.fixture
def desk(telling: TellingDesk) -> Desk:
    return telling.desk


@pytest.fixture
def quiet(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Wait until no worker has anything to do, and what they brought is in sight."""

    def is_at_rest() -> bool:
        # A widget put into a layout is shown with the next event, which may be one nobody waits for any more.
        QCoreApplication.sendPostedEvents()
        return not desk.runners.reading.is_busy and not desk.runners.writing.is_busy

    def wait() -> None:
        qtbot.waitUntil(is_at_rest)

    return wait


def visible_words(widget: QWidget) -> str:
    """Everything a person could read or have read aloud on a widget."""
    # What deleteLater() has condemned is no longer there for anybody, though Qt takes it away a moment later.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = []
    for each in (widget, *widget.findChildren(QWidget)):
        found.append(each.accessibleName())
        found.append(each.toolTip())
        if isinstance(each, QLabel | QLineEdit):
            found.append(each.text())
        elif isinstance(each, QPlainTextEdit):
            found.append(each.toPlainText())
    return "\n".join(found)


@pytest.fixture
def words() -> Callable[[QWidget], str]:
    return visible_words


@pytest.fixture
def nameless() -> Callable[[QWidget], list[QWidget]]:
    """Find what takes the focus and has no name."""

    def find(window: QWidget) -> list[QWidget]:
        return [
            widget
            for widget in window.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
            if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        ]

    return find
