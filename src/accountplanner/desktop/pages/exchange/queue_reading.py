"""What the panel reads of the queue and has carried out, and how what waits is told apart and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accountplanner.desktop.wording import say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.kept_answers import keep_answers, kept_answers
from accountplanner.usecases.reviewing import Decision, decide
from accountplanner.usecases.session import Session, Shown
from accountplanner.usecases.waiting import QueueItem, queue, waiting_counts

_CONFLICTS = ("conflict", "deletion")
_FILES = ("waiting", "held")


@dataclass(frozen=True)
class ReadQueue:
    """The queue as it was read, and what was held then: decisions speak about no more than that.

    `answers` are those given before a lock and not carried out.
    """

    items: Sequence[QueueItem]
    today: date
    shown: Shown | None
    answers: Mapping[str, Decision] = field(default_factory=dict)


def group_of(item: QueueItem) -> str:
    """The group of the filters a question belongs to."""
    return "conflicts" if item.kind in _CONFLICTS else "files" if item.kind in _FILES else "suggestions"


def answerable(read: ReadQueue) -> int:
    """How many of them a person can answer here."""
    return sum(item.kind != "waiting" for item in read.items)


def acceptable(items: Sequence[QueueItem]) -> list[QueueItem]:
    """What may be accepted without a closer look; a value that was refused has to be typed anew."""
    return [item for item in _proposed(items) if item.can_accept]


def _proposed(items: Sequence[QueueItem]) -> list[QueueItem]:
    return [item for item in items if group_of(item) == "suggestions"]


def summed(items: Sequence[QueueItem]) -> str:
    """What waits, counted in words."""
    conflicts = sum(item.kind in _CONFLICTS for item in items)
    files, suggestions = sum(item.kind in _FILES for item in items), len(_proposed(items))
    parts = [
        say_count("{count} conflict", "{count} conflicts", conflicts) if conflicts else "",
        say_count("{count} suggestion", "{count} suggestions", suggestions) if suggestions else "",
        say_count("{count} file waits", "{count} files wait", files) if files else "",
    ]
    return ", ".join(part for part in parts if part)


def count_queue(session: Session) -> int:
    """How many wait, without reading what they ask."""
    return sum(waiting_counts(session).values())


def read_queue(session: Session) -> ReadQueue:
    """The queue, with what was held then and the answers kept."""
    shown = session.shown()
    items = queue(session)
    return ReadQueue(items, session.clock.today(), shown, kept_answers(session, items))


def carry_out(session: Session, decisions: Sequence[Decision], shown: Shown | None) -> Changes:
    """Carry answers out, and keep none of them any more."""
    changes = decide(session, decisions, shown)
    # Here and not in the window, which may be locked by now: what is carried out is no answer any more.
    keep_answers(session, {}, ())
    return changes
