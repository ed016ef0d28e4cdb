"""Opens the note from anywhere, and keeps its draft where neither a crash nor a lock loses it."""

# ruff: noqa: PLC0415 - the dialogs are loaded behind the first page, or with the first note

import secrets
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.door import Door
from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.telling import sentence_of
from accountplanner.desktop.wording import say
from accountplanner.domain.errors import PlannerError
from accountplanner.usecases.noting import Noted
from accountplanner.usecases.sealed_notes import (
    OPEN_DRAFT,
    HandedNote,
    gather_drafts,
    has_sealed,
    keep_draft,
    seal_note,
    take_in_sealed,
)
from accountplanner.usecases.session import Clock, Session
from accountplanner.usecases.workspaces import Places

if TYPE_CHECKING:
    from accountplanner.desktop.capture.dialog import CaptureDialog

_CLOSE_WAIT_MS = 10_000


class Capturing(QObject):
    """One note at a time, over whatever stands there: pages, dialogs and the lock screen.

    Drafts are written by a worker of their own, which no import keeps waiting.
    """

    def __init__(
        self, desk: Desk, door: Door, window: QWidget, clock: Clock, in_sight: Callable[[], tuple[str, str]]
    ) -> None:
        super().__init__(desk)
        self._desk, self._door, self._window, self._clock = desk, door, window, clock
        self._in_sight = in_sight
        self._dialog: CaptureDialog | None = None
        self._draft_name = OPEN_DRAFT
        self._is_gathered = True
        self._unkept: str | None = None
        self._handed: set[HandedNote] = set()
        self._in_hand: HandedNote | None = None
        self.runner = JobRunner(self)
        desk.closing.connect(self.settle)
        desk.inbox_requested.connect(self.show_inbox)

    def reach_dialogs(self, action: QAction) -> None:
        """Let the shortcut work in dialogs, too: a modal one hides the window's own actions."""
        self._action = action
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there is a window
        application.focusWindowChanged.connect(self._on_focus_window_changed)
        application.applicationStateChanged.connect(self._on_state_changed)

    def write(self) -> None:
        """Open the note, or bring the one that is open to the front."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            self._dialog.line.setFocus()
            return
        is_open = self._desk.session is not None
        if not is_open and not self._door.places.exists():
            return
        from accountplanner.desktop.capture.dialog import CaptureDialog, Sight

        parent = QApplication.activeModalWidget() or self._window
        dialog = CaptureDialog(self._desk, Sight(*self._in_sight()) if is_open else Sight(), self._window, parent)
        dialog.draft_changed.connect(self._on_draft_changed)
        dialog.save_wanted.connect(self._on_save_wanted)
        dialog.sealed_wanted.connect(self._on_sealed_wanted)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        # What is begun while locked cannot be read again there: each time it gets a place of its own.
        self._draft_name = f"locked-{secrets.token_hex(4)}"
        self._is_gathered = not is_open
        dialog.open()
        dialog.line.setFocus()
        if is_open:
            # After whatever is still being kept: what was written a moment ago must not be read half.
            job = Job(say("Reading"), _nothing)
            job.succeeded.connect(self._on_drafts_at_rest)
            self.runner.start(job)

    def show_inbox(self) -> None:
        """Go through the notes that wait to be filed."""
        if self._desk.session is not None:
            from accountplanner.desktop.capture.inbox_dialog import InboxDialog

            InboxDialog(self._desk, QApplication.activeModalWidget() or self._window).open()

    def settle(self) -> None:
        """Keep the draft before the workspace closes: the last words are written here and now.

        A note that is finished and waits to be saved is no draft: the workspace closes after it.
        """
        dialog, text = self._dialog, self._unkept
        self._handed.clear()
        if dialog is not None:
            text = None if dialog.is_saving else dialog.text
            dialog.done(QDialog.DialogCode.Rejected)
        self.runner.stop(_CLOSE_WAIT_MS)
        if text is not None:
            self._unkept = None
            try:
                keep_draft(self._door.places, text, self._draft_name)
            except PlannerError as error:
                self._desk.tell(sentence_of(error))

    def _on_focus_window_changed(self, _window: QWindow | None) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None and self._action not in dialog.actions():
            dialog.addAction(self._action)

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        """Look for notes that were written on the command line meanwhile, whenever somebody comes back."""
        if state is Qt.ApplicationState.ApplicationActive and self._desk.session is not None:
            self._desk.read(has_sealed, self._on_letters_seen)

    def _on_letters_seen(self, are_there: bool) -> None:  # noqa: FBT001 - what was read
        if are_there:
            self._desk.write(say("Taking in notes"), take_in_sealed)

    def _on_drafts_at_rest(self, _nothing: object) -> None:
        if self._dialog is not None:
            waiting = frozenset(each.name for each in self._handed)
            work = partial(gather_drafts, without=waiting)
            self._desk.read(work, self._on_drafts_gathered, self._on_not_gathered)

    def _on_drafts_gathered(self, draft: str) -> None:
        # A note finished before that goes its way alone; what was begun before it waits for the next one.
        if self._dialog is not None and self._dialog.is_writing:
            self._is_gathered, self._draft_name = True, OPEN_DRAFT
            self._dialog.show_draft(draft)
            if not draft and self._dialog.text:
                self._on_draft_changed(self._dialog.text)

    def _on_not_gathered(self, sentence: str) -> None:
        """What was begun before stays where it is; this one goes beside it."""
        self._is_gathered = True
        if self._dialog is not None:
            self._dialog.show_error(sentence)

    def _on_draft_changed(self, text: str) -> None:
        if not self._is_gathered and self._dialog is not None:
            # What was begun before has not been read yet, and must not be written over or dropped.
            return
        self._unkept = text
        job = Job(say("Keeping the draft"), partial(_keep, self._door.places, text, self._draft_name))
        job.succeeded.connect(self._on_draft_kept)
        job.failed.connect(self._on_draft_failed)
        self.runner.start(job)

    def _on_draft_kept(self, text: object) -> None:
        if self._unkept == text:
            self._unkept = None

    def _on_draft_failed(self, error: BaseException) -> None:
        if self._dialog is not None:
            self._dialog.show_error(sentence_of(error))

    def _on_save_wanted(self, text: str, work: Callable[[Session], Noted]) -> None:
        """Save a finished note once the writing worker is free; kept on the disk until then."""
        handed = self._in_hand = HandedNote(self._door.places)
        self._handed.add(handed)
        self._unkept = None
        draft = self._draft_name if self._is_gathered else ""
        self.runner.start(
            Job(say("Keeping the draft"), partial(_hand, self._door.places, handed, text, draft), must_run=True)
        )
        saving = partial(_save, work=work, handed=handed)
        done, refused = partial(self._on_saved, handed), partial(self._on_unsaved, handed)
        self._desk.write(say("Saving the note"), saving, done, refused)

    def _on_saved(self, handed: HandedNote, noted: Noted) -> None:
        self._handed.discard(handed)
        if self._dialog is not None and handed is self._in_hand:
            self._dialog.show_saved(noted)

    def _on_unsaved(self, handed: HandedNote, sentence: str) -> None:
        self._handed.discard(handed)
        if self._dialog is not None and handed is self._in_hand:
            self._dialog.refuse(sentence)
            self._take_back(handed, self._dialog.text)
        else:
            self._desk.tell(say("A note could not be saved and is kept as a draft: {reason}", reason=sentence))

    def _take_back(self, handed: HandedNote, text: str) -> None:
        """Let what could not be saved be the draft again that it was."""
        work = partial(_take_back, self._door.places, handed, text, self._draft_name)
        self.runner.start(Job(say("Keeping the draft"), work, must_run=True))

    def _on_sealed_wanted(self, text: str) -> None:
        self._unkept = text
        work = partial(_seal, self._door.places, text, self._clock, self._draft_name)
        job = Job(say("Sealing the note"), work, must_run=True)
        job.succeeded.connect(self._on_sealed)
        job.failed.connect(self._on_not_sealed)
        self.runner.start(job)

    def _on_sealed(self, text: object) -> None:
        self._on_draft_kept(text)
        if self._dialog is not None and self._dialog.is_saving:
            self._dialog.show_sealed()

    def _on_not_sealed(self, error: BaseException) -> None:
        if self._dialog is not None and self._dialog.is_saving:
            self._dialog.refuse(sentence_of(error))
        elif self._unkept is not None:
            self._on_draft_changed(self._unkept)

    def _on_finished(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        self._in_hand = None
        if dialog is None:
            return
        if dialog.is_saving:
            self._desk.tell(say("Your note is safe; it is saved as soon as the work under way is done."))
        elif dialog.text.strip():
            self._on_draft_changed(dialog.text)
        dialog.deleteLater()


def _nothing(_progress: Progress) -> None:
    """Only come after whatever came before."""


def _hand(places: Places, handed: HandedNote, text: str, draft: str, _progress: Progress) -> None:
    handed.keep(text)
    if draft:
        keep_draft(places, "", draft)


def _save(session: Session, work: Callable[[Session], Noted], handed: HandedNote) -> Noted:
    noted = work(session)
    # Here and not in the window, which may be locked or closed by now: a note saved is no draft any more.
    handed.let_go()
    return noted


def _take_back(places: Places, handed: HandedNote, text: str, name: str, _progress: Progress) -> None:
    keep_draft(places, text, name)
    handed.let_go()


def _keep(places: Places, text: str, name: str, _progress: Progress) -> str:
    keep_draft(places, text, name)
    return text


def _seal(places: Places, text: str, clock: Clock, draft: str, _progress: Progress) -> str:
    seal_note(places, text, clock, draft)
    return text
