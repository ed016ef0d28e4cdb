"""Making and opening a workspace: the three screens, the recovery key, and wrong answers in one sentence."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.dialogs.first_run import FirstRun
from accountplanner.desktop.dialogs.unlock import UnlockDialog
from accountplanner.desktop.door import Door
from accountplanner.desktop.jobs import JobRunner
from accountplanner.desktop.theme.theme import Theme
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.session import Session, SystemClock
from accountplanner.usecases.workspaces import NewWorkspace, Places, create_workspace


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    runner = JobRunner()
    door = Door(Places(tmp_path / "workspace"), runner, SystemClock())
    yield door
    assert runner.stop()


@pytest.fixture
def sessions() -> Iterator[list[Session]]:
    opened: list[Session] = []
    yield opened
    for session in opened:
        session.close()


def _make(door: Door, cheap: Stretching) -> str:
    wish = NewWorkspace(door.places, "Nancy", "", "right words", stretching=cheap)
    created = create_workspace(wish)
    created.session.close()
    return created.recovery_key


def test_three_screens_lead_to_an_encrypted_workspace(
    qtbot: QtBot, theme: Theme, door: Door, around: QWidget, cheap: Stretching, sessions: list[Session],
    nameless: Callable[[QWidget], list[QWidget]],
) -> None:  # fmt: skip
    def cheaply(wish: NewWorkspace) -> NewWorkspace:
        return replace(wish, stretching=cheap)

    dialog = FirstRun(theme, door, around, cheaply)
    dialog.open()
    dialog.finished_with.connect(lambda session, _beginning: sessions.append(session))
    assert str(door.places.folder) in dialog._place._folder.whole_text()
    dialog.accept_button.click()
    assert not dialog.accept_button.isEnabled()
    person = dialog._person
    QTest.keyClicks(person.name, "Nancy Davolio")
    QTest.keyClicks(person.passphrase, "four plain small words")
    assert person._hint.text() == "A good passphrase."
    QTest.keyClicks(person.again, "four plain small wrods")
    dialog.accept_button.click()
    assert "differ" in dialog._error.text()
    person.again.setText("four plain small words")
    assert nameless(dialog) == []
    with qtbot.waitSignal(door.created):
        dialog.accept_button.click()
    assert person.passphrase.text() == ""
    assert len(dialog._key._key.text()) > 30
    assert not dialog.accept_button.isEnabled()
    dialog._key.written.setChecked(True)
    dialog.accept_button.click()
    assert dialog._beginning.chosen() == "sample"
    with qtbot.waitSignal(dialog.finished_with) as finished:
        dialog.accept_button.click()
    assert finished.args is not None
    assert finished.args[1] == "sample"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_a_wrong_passphrase_is_one_sentence_and_the_right_one_opens(
    qtbot: QtBot, theme: Theme, door: Door, around: QWidget, cheap: Stretching, sessions: list[Session]
) -> None:
    _make(door, cheap)
    door.opened.connect(sessions.append)
    dialog = UnlockDialog(theme, door, around)
    dialog.open()
    QTest.keyClicks(dialog.passphrase, "wrong words")
    with qtbot.waitSignal(door.key_wanted):
        dialog.accept_button.click()
    assert dialog._error.text()
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    dialog.passphrase.setText("right words")
    with qtbot.waitSignal(door.opened):
        dialog.accept_button.click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_the_recovery_key_opens_as_well(
    qtbot: QtBot, theme: Theme, door: Door, around: QWidget, cheap: Stretching, sessions: list[Session]
) -> None:
    key = _make(door, cheap)
    door.opened.connect(sessions.append)
    dialog = UnlockDialog(theme, door, around)
    dialog.open()
    dialog._other.click()
    dialog.recovery.setText(key.lower())
    with qtbot.waitSignal(door.opened):
        dialog.accept_button.click()


def test_a_workspace_open_elsewhere_is_said_so(
    qtbot: QtBot, theme: Theme, door: Door, around: QWidget, cheap: Stretching, sessions: list[Session]
) -> None:
    wish = NewWorkspace(door.places, "Nancy", "", "right words", stretching=cheap)
    sessions.append(create_workspace(wish).session)
    dialog = UnlockDialog(theme, door, around)
    dialog.open()
    QTest.keyClicks(dialog.passphrase, "right words")
    with qtbot.waitSignal(door.refused) as refused:
        dialog.accept_button.click()
    assert refused.args == [dialog._error.text()]
    dialog.reject()
