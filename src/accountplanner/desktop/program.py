"""Everything behind the window put together: the desk, the door, the pages, and what the commands do."""

# ruff: noqa: PLC0415 - what only a command needs is loaded with the command: the first page waits for this module

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Slot

from accountplanner.desktop.actions import ActionRegistry
from accountplanner.desktop.ahead import Ahead
from accountplanner.desktop.areas import Areas
from accountplanner.desktop.capture.capturing import Capturing
from accountplanner.desktop.choices import Choices
from accountplanner.desktop.crash import CrashReporter
from accountplanner.desktop.desk import Desk, Runners, Steps, Told
from accountplanner.desktop.door import Door
from accountplanner.desktop.finder import HELP, Finder
from accountplanner.desktop.following import Following
from accountplanner.desktop.formats import Formats
from accountplanner.desktop.jobs import JobRunner, Progress
from accountplanner.desktop.language import Tongue
from accountplanner.desktop.locking import Locking, Parts, is_beginning
from accountplanner.desktop.main_window import MainWindow
from accountplanner.desktop.page_makers import load_pages
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wish import DesktopWish
from accountplanner.desktop.wording import say
from accountplanner.domain.changes import Changes
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.session import Session, SystemClock
from accountplanner.usecases.workspaces import (
    Created,
    Key,
    NewWorkspace,
    back_up,
    back_up_daily,
    place_warning,
    workspace_places,
)

if TYPE_CHECKING:
    from accountplanner.desktop.widgets.palette import PaletteEntry

Refine = Callable[[NewWorkspace], NewWorkspace]
_BACKUP_AFTER_MS: Final = 2_000


class Front(Protocol):
    """What stands there already when the program is made."""

    wish: DesktopWish
    refine: Refine | None
    settings: SettingsFile
    tongue: Tongue
    theme: Theme
    actions: ActionRegistry
    window: MainWindow
    reporter: CrashReporter
    works_ahead: bool


class Program(QObject):
    """Everything behind the window that lives as long as it, made once and handed on."""

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._wish = front.wish
        self._refine = front.refine
        self.choices = Choices(front.settings, self)
        self.theme, self.actions, self.window = front.theme, front.actions, front.window
        self._reporter = front.reporter
        self.desk = Desk(self.theme, Formats(), Runners(JobRunner(self), JobRunner(self)), self)
        self.areas = Areas(self.desk, self.window, self.choices)
        self.finder = Finder(self.desk, self)
        clock = SystemClock(self._wish.as_of)
        self.door = Door(workspace_places(self._wish.workspace), self.desk.runners.writing, clock, self)
        self.locking = Locking(Parts(self.desk, self.window, self.areas, self.finder, self.door, self.choices), self)
        self.locking.has_key = not self._wish.temp_data
        self.capturing = Capturing(self.desk, self.door, self.window, clock, self.areas.in_sight)
        self._ahead = Ahead(self.desk, self.window, self.locking.idle, load_pages)
        if front.works_ahead:
            self._ahead.begin()
        self._following = Following(self.theme, self.choices, front.tongue, self)
        self._following.spoke_otherwise.connect(self._on_spoke_otherwise)
        self._has_begun = False
        # Not while the first page is being read: a backup copies everything.
        self._backup_due = QTimer(self, singleShot=True, interval=_BACKUP_AFTER_MS)
        self._connect()
        self._wire_actions()
        self.window.fill_menu()

    def _connect(self) -> None:
        for runner in (self.desk.runners.reading, self.desk.runners.writing):
            runner.job_started.connect(self.window.status.follow)
            runner.job_failed.connect(self._on_job_failed)
        self.capturing.runner.job_failed.connect(self._on_job_failed)
        self.capturing.reach_dialogs(self.actions.action("note"))
        self.desk.told.connect(self._on_told)
        self.desk.steps_changed.connect(self._on_steps_changed)
        self.door.opened.connect(self._on_opened)
        self.door.key_wanted.connect(self._on_key_wanted)
        self.door.refused.connect(self._on_refused)
        self.window.area_shown.connect(self._on_first_area_shown)
        self.window.record_requested.connect(self._on_entry_chosen)
        self.window.banner.action_requested.connect(self._begin)
        self.window.closed.connect(self._on_closed)
        self._backup_due.timeout.connect(self._on_backup_due)
        self.desk.closing.connect(self._backup_due.stop)

    def _wire_actions(self) -> None:
        actions = self.actions
        wishes: Sequence[tuple[str, Callable[[], object]]] = (
            ("note", self.capturing.write),
            ("inbox", self.capturing.show_inbox),
            ("undo", self.desk.undo),
            ("redo", self.desk.redo),
            ("backup", self._on_backup_wanted),
            ("lock", self.locking.lock),
            ("accept_rungs", self._on_rungs_wanted),
            *self._following.wishes(),
            *self.areas.wishes(),
        )
        for command, do in wishes:
            actions.wire(command, do)
        self._on_steps_changed(Steps())

    def open_early(self) -> None:
        """Open the workspace that is there while the first page is being built; everything else waits for the page."""
        if not self._has_begun and self.door.places.exists():
            self._has_begun = True
            self._begin()

    def _on_first_area_shown(self, _area: str) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._begin()

    def _begin(self) -> None:
        """Open what is there, or ask for what is missing."""
        self.window.banner.hide()
        if self.door.places.exists():
            self.door.open(Key(self._wish.passphrase))
        elif self._wish.temp_data:
            self._make_throwaway()
        else:
            from accountplanner.desktop.dialogs.first_run import FirstRun

            dialog = FirstRun(self.theme, self.door, self.window, self._refine)
            dialog.finished_with.connect(self._on_first_run_finished)
            dialog.rejected.connect(self.window.close)
            dialog.open()

    def _make_throwaway(self) -> None:
        self.door.created.connect(self._on_throwaway_created)
        wish = NewWorkspace(self.door.places, say("Temporary"), "", secrets.token_urlsafe(24))
        self.door.create(self._refine(wish) if self._refine else wish, remember=False)

    @Slot(object)
    def _on_throwaway_created(self, created: Created) -> None:
        self._on_opened(created.session)

    @Slot(object)
    def _on_opened(self, session: Session) -> None:
        self.desk.take(session)
        self._backup_due.start()
        if warning := place_warning(self.door.places):
            self.window.banner.say(tell(warning), Tone.WARN)

    def _on_first_run_finished(self, session: Session, beginning: str) -> None:
        self.desk.take(session)
        if beginning == "sample":
            self.desk.write_slowly(say("Making the sample territory"), _fill, self._on_filled, self._on_refused)
        elif beginning == "list":
            self.areas.begin_with_list()

    def _on_key_wanted(self, _sentence: str) -> None:
        self.locking.ask_for_key()

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        if self.desk.session is None and not self.window.is_covered and not is_beginning(self.window):
            self.window.banner.say(sentence, Tone.BAD, say("Try again"))
        elif self.desk.session is not None:
            self.window.tell(sentence)

    @Slot(object)
    def _on_told(self, told: Told) -> None:
        self.window.tell(told.sentence, partial(self.desk.undo_step, told.step) if told.is_undoable else None)

    @Slot(object)
    def _on_steps_changed(self, steps: Steps) -> None:
        undo, redo = self.actions.action("undo"), self.actions.action("redo")
        undo.setText(say("Undo: {step}", step=steps.undo) if steps.undo else say("Undo"))
        redo.setText(say("Redo: {step}", step=steps.redo) if steps.redo else say("Redo"))
        self.actions.enable("undo", enabled=bool(steps.undo))
        self.actions.enable("redo", enabled=bool(steps.redo))

    @Slot(object)
    def _on_job_failed(self, error: BaseException) -> None:
        if not isinstance(error, PlannerError):
            self._reporter.report(error)

    def _on_backup_due(self) -> None:
        self.desk.write_slowly(say("Daily backup"), _daily, self._on_backed_up_daily, self._on_refused)

    def _on_backed_up_daily(self, refusal: str) -> None:
        """Nothing to tell when it went well: it happens every day."""
        if refusal:
            self.window.tell(tell(refusal))
        self.desk.backed_up.emit()

    def _on_filled(self, _changes: object) -> None:
        self.window.show_area("accounts")

    def _on_backup_wanted(self) -> None:
        self.desk.write(say("Backing up"), back_up, self._on_backed_up)

    def _on_backed_up(self, _backup: object) -> None:
        self.window.tell(say("A verified, encrypted backup was made."))
        self.desk.backed_up.emit()

    def _on_rungs_wanted(self) -> None:
        self.desk.write(say("Accepting all proposed rungs"), _accept_rungs)

    def _on_entry_chosen(self, entry: "PaletteEntry") -> None:
        if entry.id.startswith(HELP):
            self.areas.show_help(entry.id.removeprefix(HELP))
            return
        self.finder.visit(entry.id)
        self.areas.show_record(entry.id)

    def offered(self) -> Mapping[str, str]:
        """The commands for what is in sight, each with its words; the palette is being opened."""
        from accountplanner.domain.briefs import KINDS

        self.finder.prepare()
        record, name = self.areas.in_sight()
        if kind_of(record) not in KINDS:
            return {}
        return {
            "brief": say("Visit brief of {name}", name=name),
            "note": say("Write a note about {name}", name=name),
        }

    def _on_spoke_otherwise(self) -> None:
        self.locking.carry_over(self.window.reword)
        self.desk.ask_for_steps()

    def _on_closed(self) -> None:
        self.locking.close()


def _accept_rungs(session: Session) -> Changes:
    """Accept what orders prove, for every account that holds no rung yet."""
    from accountplanner.usecases.ladder import accept_proposals, proposals

    return accept_proposals(session, [each for each in proposals(session) if not each.held and each.proposal.proven])


def _daily(session: Session, _progress: Progress) -> str:
    """Take the day's backup; gives a sentence where the second copy could not be made."""
    from accountplanner.usecases.backup_choices import copy_latest

    return copy_latest(session) if back_up_daily(session) is not None else ""


def _fill(session: Session, progress: Progress) -> Changes:
    from accountplanner.usecases.sample import fill_sample

    return fill_sample(session, report=progress.report)
