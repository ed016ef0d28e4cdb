"""Into the workspace: making it, opening it and locking it again, never on the GUI thread."""

import math
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal, Slot

from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.telling import sentence_of
from accountplanner.desktop.wording import say
from accountplanner.domain.errors import PlannerError
from accountplanner.usecases.session import Clock, Session
from accountplanner.usecases.workspaces import (
    Created,
    Key,
    NewWorkspace,
    Places,
    WrongPassphraseError,
    create_workspace,
    open_workspace,
    remember_in_keyring,
)

_LONGEST_WAIT_S: Final = 60


class Door(QObject):
    """Opens one workspace at a time. After each wrong key the next one may be tried later: 1, 2, 4 … seconds.

    `opened` carries the session, `created` what was made, `key_wanted` comes when neither the
    keyring nor what was given opens it (with a sentence if something was given), `refused` a
    sentence about anything else.
    """

    opened = Signal(object)
    created = Signal(object)
    key_wanted = Signal(str)
    refused = Signal(str)

    def __init__(self, places: Places, runner: JobRunner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places = places
        self._runner = runner
        self._clock = clock
        self._was_given = False
        self._misses = 0
        self._open_from = 0.0

    def wait_s(self) -> int:
        """How many seconds have to pass before a key may be tried again."""
        return max(0, math.ceil(self._open_from - time.monotonic()))

    def open(self, key: Key) -> None:
        """Try a key; an empty one asks the keyring."""
        self._was_given = key != Key()
        self._start(say("Opening the workspace"), partial(_open, self.places, key, self._clock), self._on_opened)

    def create(self, wish: NewWorkspace, *, remember: bool) -> None:
        """Make a workspace, and let the keyring open it from now on if that is wanted."""
        self.places = wish.places
        self._start(say("Making the workspace"), partial(_create, wish, self._clock, remember), self._on_created)

    def _start(self, title: str, work: Callable[[Progress], object], done: Callable[[Any], object]) -> None:
        job = Job(title, work)
        job.succeeded.connect(done)
        job.failed.connect(self._on_failed)
        self._runner.start(job)

    @Slot(object)
    def _on_opened(self, session: Session) -> None:
        self._misses = 0
        self.opened.emit(session)

    @Slot(object)
    def _on_created(self, created: Created) -> None:
        self.created.emit(created)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, WrongPassphraseError):
            if self._was_given:
                self._open_from = time.monotonic() + min(_LONGEST_WAIT_S, 2**self._misses)
                self._misses += 1
            self.key_wanted.emit(sentence_of(error) if self._was_given else "")
        elif isinstance(error, PlannerError):
            self.refused.emit(sentence_of(error))


def _open(places: Places, key: Key, clock: Clock, _progress: Progress) -> Session:
    return open_workspace(places, key, clock)


def _create(wish: NewWorkspace, clock: Clock, remember: bool, _progress: Progress) -> Created:  # noqa: FBT001 - partial
    created = create_workspace(wish, clock)
    if remember:
        remember_in_keyring(created.session)
    return created
