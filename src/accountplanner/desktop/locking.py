"""Locking: everything a person could read goes first, then the work in hand is done, then the workspace is closed."""

# ruff: noqa: PLC0415 - the first page does not wait for what only locking shows

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from accountplanner.desktop.areas import Areas
from accountplanner.desktop.choices import Choices
from accountplanner.desktop.clipboard_keeper import ClipboardKeeper
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.door import Door
from accountplanner.desktop.finder import Finder
from accountplanner.desktop.half_typed import finish_editing, half_typed
from accountplanner.desktop.idle_watch import IdleWatch
from accountplanner.desktop.jobs import Job, Progress
from accountplanner.desktop.main_window import MainWindow
from accountplanner.desktop.wording import say
from accountplanner.usecases.drafts import Draft, forget_drafts, keep_drafts, kept_drafts
from accountplanner.usecases.recents import keep_recents
from accountplanner.usecases.session import Session, SystemClock

LEFT_WHEN_LOCKED: Final = ("quit", "note")
"""The commands a person still has while the workspace is locked."""

_CLOSE_WAIT_MS: Final = 60_000


@dataclass(frozen=True)
class _Place:
    area: str = ""
    record: str = ""


class Locking(QObject):
    """Locks by key, by idle time, after sleep and with the system's own lock, and puts everything back after it.

    The pages are not emptied but thrown away: whatever a page has forgotten to forget goes with it.
    Work that was asked for is done while the lock screen stands already; the workspace closes after it.
    `has_key` is taken away from a workspace made for trying out, whose passphrase nobody was told.
    """

    def __init__(self, parts: "Parts", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._window, self._areas = parts.desk, parts.window, parts.areas
        self._finder, self._door, self._choices = parts.finder, parts.door, parts.choices
        self._place: _Place | None = None
        self.has_key = True
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there is a window
        self._application = application
        self.idle = IdleWatch(application, SystemClock().now, self)
        self.system = parts.areas.system_lock
        self.clipboard = ClipboardKeeper(application.clipboard(), self)
        self.idle.idle.connect(self.lock)
        self.idle.slept.connect(self.lock)
        self.system.locked.connect(self._on_system_locked)
        self._choices.changed.connect(self._on_choices_changed)
        self._desk.opened.connect(self._on_opened)
        self._desk.settled.connect(self._on_settled)

    def lock(self) -> None:
        """Lock now; nothing happens while there is nothing open, or nobody who could open it again."""
        if not self.has_key or self._desk.session is None or is_beginning(self._window):
            return
        finish_editing()
        drafts = half_typed()
        self._place = _Place(self._window.area, self._areas.in_sight()[0])
        self.ask_for_key()
        self._window.forget()
        self.clipboard.clear()
        self.let_go(drafts)

    def carry_over(self, renew: Callable[[], object]) -> None:
        """Make every page anew, as for another language; what is half typed is kept and shown again, as after a lock."""
        finish_editing()
        drafts = half_typed()
        renew()
        if drafts:
            self._desk.write(say("Saving"), partial(keep_drafts, drafts=drafts), self._on_drafts_kept)

    def ask_for_key(self) -> None:
        """Cover the window with the lock screen."""
        if not self._window.is_covered:
            from accountplanner.desktop.lock_screen import LockScreen

            screen = LockScreen(self._desk.theme, self._door)
            screen.form.quit_requested.connect(self._window.close)
            self._window.cover(screen)
            self._window.commands.leave_only(LEFT_WHEN_LOCKED)

    def let_go(self, drafts: Sequence[Draft] = ()) -> None:
        """Close the workspace after everything that must still be written, on the worker that writes.

        Reading ends first: a reader must never meet a closed database.
        """
        self.idle.stop()
        self.clipboard.stop()
        recents = self._finder.close()
        session = self._desk.release()
        runners = self._desk.runners
        runners.reading.stop(_CLOSE_WAIT_MS)
        if session is not None:
            work = partial(_close, session, recents, tuple(drafts))
            runners.writing.start(Job(say("Locking"), work, must_run=True))

    def close(self) -> None:
        """Let go, and wait until it is done: the program ends."""
        self.let_go(half_typed() if self._desk.session is not None else ())
        self._desk.runners.writing.stop(_CLOSE_WAIT_MS)

    def _on_opened(self) -> None:
        place, self._place = self._place, None
        if self._window.is_covered:
            self._window.uncover()
            self._window.commands.give_back()
            # Somebody may have gone elsewhere already, by a command that opens the program at a place.
            if place is not None and not self._window.area:
                self._window.show_area(place.area)
                if place.record:
                    self._areas.show_record(place.record)
            elif not self._window.area:
                self._window.show_first()
        self._begin_watching()

    def _on_settled(self) -> None:
        self._desk.read(kept_drafts, self._on_drafts_read)

    def _begin_watching(self) -> None:
        if self._choices.now.lock_with_system:
            self.system.begin(int(self._window.winId()))
        self.idle.begin(self._choices.now.lock_minutes)
        self.clipboard.clear_after(self._choices.now.clipboard_seconds)

    def _on_choices_changed(self, _settings: object) -> None:
        if self._desk.session is not None:
            self._begin_watching()

    def _on_system_locked(self) -> None:
        if self._choices.now.lock_with_system:
            self.lock()

    def _on_drafts_kept(self, _nothing: object) -> None:
        self._desk.read(kept_drafts, self._on_drafts_read)

    def _on_drafts_read(self, drafts: list[Draft]) -> None:
        if drafts:
            from accountplanner.desktop.dialogs.drafts_dialog import DraftsDialog

            dialog = DraftsDialog(self._desk.theme, drafts, self._window)
            dialog.accept_requested.connect(self._on_drafts_seen)
            dialog.accept_requested.connect(dialog.accept)
            dialog.open()

    def _on_drafts_seen(self) -> None:
        self._desk.write(say("Saving"), forget_drafts)


@dataclass(frozen=True)
class Parts:
    """What locking works on, all of it made by the program."""

    desk: Desk
    window: MainWindow
    areas: Areas
    finder: Finder
    door: Door
    choices: Choices


def _close(session: Session, recents: tuple[str, ...], drafts: tuple[Draft, ...], _progress: Progress) -> None:
    try:
        keep_drafts(session, drafts)
        if recents:
            keep_recents(session, recents)
    finally:
        session.close()


def is_beginning(window: MainWindow) -> bool:
    """Whether somebody is being asked how to begin, as there is no workspace yet."""
    from accountplanner.desktop.dialogs.first_run import FirstRun

    return bool(window.findChildren(FirstRun))
