"""Carries what came of a piece of work from its worker to whoever asked for it, unless they have gone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Slot
from shiboken6 import Shiboken

from accountplanner.desktop.jobs import Job
from accountplanner.desktop.telling import sentence_of
from accountplanner.desktop.wording import say

Refused = Callable[[str], object]


@dataclass(frozen=True)
class Hands:
    """Who takes what comes of a piece of work."""

    done: Callable[[Any], object] | None
    refused: Refused | None
    announce: Callable[[object, str], object] | None = None
    told: str = ""


class Delivery(QObject):
    """Carries a result from the worker to the GUI thread, unless who wanted it has gone."""

    def __init__(self, hands: Hands, kept: "set[Delivery]", parent: QObject) -> None:
        super().__init__(parent)
        self._hands: Hands | None = hands
        self._kept = kept
        kept.add(self)

    def drop(self) -> None:
        """Hand nothing over any more; what was changed is announced all the same."""
        self._hands = Hands(None, None, self._hands.announce, self._hands.told) if self._hands else None

    def forget(self) -> None:
        """Deliver and announce nothing at all: the workspace is closed, and nobody may speak of it any more."""
        self._hands = None

    @Slot(object)
    def on_succeeded(self, result: object) -> None:
        """Hand the result over and have it announced."""
        if self._hands is not None and self._hands.done is not None and _is_there(self._hands.done):
            self._hands.done(result)
        # Asked anew: whoever took the result may have closed the workspace meanwhile.
        if self._hands is not None and self._hands.announce is not None:
            self._hands.announce(result, self._hands.told)

    @Slot(object)
    def on_failed(self, error: BaseException) -> None:
        """Say why it could not be done."""
        # Our own faults are reported by the crash reporter as well; who waits must still learn that nothing comes.
        if self._hands and self._hands.refused and _is_there(self._hands.refused):
            self._hands.refused(sentence_of(error))

    @Slot()
    def on_cancelled(self) -> None:
        """Say that it was stopped."""
        if self._hands and self._hands.refused and _is_there(self._hands.refused):
            self._hands.refused(say("Stopped; nothing was changed."))

    @Slot(object)
    def on_ended(self, _job: Job) -> None:
        """Go, whatever came of it."""
        self._hands = None
        self._kept.discard(self)
        self.deleteLater()


class Reading:
    """A hold on one piece of work: a page that wants something newer drops it."""

    def __init__(self, delivery: Delivery | None, job: Job | None = None) -> None:
        self._delivery = delivery
        self._job = job

    def drop(self) -> None:
        """Deliver nothing any more; work still waiting never starts."""
        if self._delivery is not None and Shiboken.isValid(self._delivery):
            self._delivery.drop()
        if self._job is not None and Shiboken.isValid(self._job):
            self._job.cancel()


def _is_there(receiver: Callable[..., object]) -> bool:
    """Whether the widget behind a bound method still exists."""
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or Shiboken.isValid(owner)
