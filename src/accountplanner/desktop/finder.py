"""What the palette finds: records open lately at once, everything else from a worker of its own, help beside it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.widgets.fuzzy import is_named, score
from accountplanner.desktop.wording import say, say_label, spoken_language
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.help_articles import Article, articles, matching
from accountplanner.usecases.finding import Found, find_anything, found_records, prepare_finding
from accountplanner.usecases.recents import keep_recents, recent_records, with_visit
from accountplanner.usecases.session import Session

if TYPE_CHECKING:
    from accountplanner.desktop.widgets.palette import PaletteEntry, Receive

_SHOWN: Final = 10
_RECENTS_NAMED: Final = 6
_DWELL_MS: Final = 1_000
_KEEP_MS: Final = 3_000
_HELP_LETTERS: Final = 3
_HELP_SHOWN: Final = 2
HELP: Final = "help:"
"""What the id of an entry begins with that opens an article of the help."""

_ICONS: Final = {"account": "accounts", "contact": "user", "partner": "partners"}


class Finder(QObject):
    """Answers the palette, and knows what was open: a record counts once somebody has looked at it for a second.

    `in_sight` is the record in sight, empty for none.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._recents: tuple[str, ...] = ()
        self._reading = Reading(None)
        self._preparing = JobRunner(self)
        self._is_kept = True
        self.in_sight = ""
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL_MS)
        self._keep = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._dwell.timeout.connect(self._on_dwelt)
        self._keep.timeout.connect(self._on_keep_due)
        desk.settled.connect(self._on_settled)
        desk.record_shown.connect(self._on_record_shown)

    def prepare(self) -> None:
        """Make ready what the next search needs; called when the palette opens."""
        session = self._desk.session
        if session is not None and not self._preparing.is_busy:
            self._preparing.start(Job("", partial(_prepare, session)))

    def find(self, typed: str, receive: "Receive") -> None:
        """Find records; the receiver gets what was typed and the entries."""
        self._reading.drop()
        recents, answer = self._recents, _Answer(self, typed, receive)
        work: Callable[[Session], list[Found]] = partial(_found, typed=typed, recents=recents)
        self._reading = self._desk.read(work, answer.take, answer.take_nothing)
        if self._desk.session is None:
            receive(typed, [_help_entry(each) for each in _helping(typed)])

    def visit(self, record: str) -> None:
        """Count a record as opened, at once."""
        self._dwell.stop()
        self._recents = with_visit(self._recents, record)
        self._is_kept = False
        self._keep.start()

    def close(self) -> tuple[str, ...]:
        """Forget everything, before the workspace is let go of; returns what was open and has still to be kept."""
        self._dwell.stop()
        self._keep.stop()
        self._reading.drop()
        self._preparing.stop()
        unkept = () if self._is_kept else self._recents
        self._recents, self.in_sight, self._is_kept = (), "", True
        return unkept

    def _on_settled(self) -> None:
        self._desk.read(recent_records, self._on_recents_read)

    def _on_recents_read(self, records: tuple[str, ...]) -> None:
        self._recents = (*self._recents, *(each for each in records if each not in self._recents))

    def _on_record_shown(self, record: str) -> None:
        self.in_sight = record
        self._dwell.start()

    def _on_dwelt(self) -> None:
        if self.in_sight:
            self.visit(self.in_sight)

    def _on_keep_due(self) -> None:
        session = self._desk.session
        if session is not None and not self._is_kept:
            self._is_kept = True
            self._desk.runners.writing.start(Job("", partial(_keep_recents, session, self._recents)))


class _Answer:
    """One question's way back; the receiver may be gone by then, and then nobody is told."""

    def __init__(self, finder: Finder, typed: str, receive: "Receive") -> None:
        self._finder = finder
        self._typed = typed
        self._receive = receive

    def take(self, found: Sequence[Found]) -> None:
        named = [_entry(each) for each in found if each.is_named]
        spoken = [_entry(each) for each in found if not each.is_named]
        articles_found = _helping(self._typed)
        about = [_help_entry(each) for each in articles_found if is_named(self._typed, each.title)]
        beside = [_help_entry(each) for each in articles_found if not is_named(self._typed, each.title)]
        self._receive(self._typed, [*named, *about, *spoken, *beside])

    def take_nothing(self, _sentence: str) -> None:
        self._receive(self._typed, ())


def _found(session: Session, typed: str, recents: tuple[str, ...]) -> list[Found]:
    open_lately = found_records(session, recents)
    if not typed:
        return open_lately
    named = [found for found in open_lately if is_named(typed, f"{found.title} {found.beside}")]
    named.sort(key=lambda found: score(typed, found.title) > 0, reverse=True)
    others = find_anything(session, typed, _SHOWN)
    unique = {found.opens: found for found in (*named[:_RECENTS_NAMED], *(each for each in others if each.is_named))}
    texts = [each for each in others if not each.is_named]
    return [*unique.values(), *texts][:_SHOWN]


def _entry(found: Found) -> "PaletteEntry":
    # The window does not wait for the palette.
    from accountplanner.desktop.widgets.palette import PaletteEntry  # noqa: PLC0415

    icon = _ICONS.get(found.kind, "note")
    return PaletteEntry(
        found.opens, found.title, icon, say_label(KINDS[found.kind].label), found.beside, is_named=found.is_named
    )


def _helping(typed: str) -> list[Article]:
    """The articles of the help that speak of what is typed; one or two letters stand in all of them."""
    return matching(articles(spoken_language()), typed)[:_HELP_SHOWN] if len(typed) >= _HELP_LETTERS else []


def _help_entry(article: Article) -> "PaletteEntry":
    from accountplanner.desktop.widgets.palette import PaletteEntry  # noqa: PLC0415 - as above

    # Not as something named so: "undo" means the command before it means the article about it.
    return PaletteEntry(f"{HELP}{article.id}", article.title, "help", say("Help"), is_named=False)


def _prepare(session: Session, _progress: Progress) -> None:
    prepare_finding(session)


def _keep_recents(session: Session, records: tuple[str, ...], _progress: Progress) -> None:
    keep_recents(session, records)
