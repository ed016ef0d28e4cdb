# ruff: noqa: INP001 - a tool stands alone and is no package
"""The process that imports the files of a corpus, and the side of it that watches from outside.

It keeps one workspace, opened once, with a sample territory in it. When a file takes the process along, or the
workspace has grown large, the next one starts from a copy of what the first had made.
"""

import logging
import multiprocessing
import os
import re
import shutil
import signal
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from typing_extensions import override

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from accountplanner.usecases.import_plans import Counts, ImportPlan
    from accountplanner.usecases.session import Session

_SAMPLE_ACCOUNTS: Final = 20
_MOST_RECORDS: Final = 10_000
_MOST_FILES: Final = 1_000
_PASSPHRASE: Final = "corpus"  # noqa: S105 - of a workspace that is thrown away
_READING: Final = re.compile(r"Reading .* took [\d.]+ s and (\d+) MB of memory", re.DOTALL)
_START_S: Final = 120.0
_SENT: Final = "sent"

Picture = dict[str, dict[str, str]]
"""Every value that is not blank, by record and field."""


class Verdict(StrEnum):
    """What became of a file; the last four must never happen."""

    IMPORTED = "imported"
    WAITS = "waits"
    REFUSED = "refused"
    CRASHED = "crashed"
    HUNG = "hung"
    CLEARED = "cleared"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, in a sentence where there is one to say."""

    path: Path
    verdict: Verdict
    sentence: str = ""
    seconds: float = 0.0
    peak_mb: int = 0
    spent: bool = False
    """Whether the workspace has taken in enough and the next file gets a fresh one."""


class NoWorkspaceError(Exception):
    """The throw-away workspace could not be made; the importing process has said why."""


class Importer:
    """Hands files to the importing process, one at a time, and replaces it when it is lost."""

    def __init__(self, desk: Path, limit_s: float) -> None:
        self._desk = desk
        self._limit_s = limit_s
        self._started = 0
        self._process: SpawnProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def bring(self, path: Path) -> Outcome:
        """Import one file; whatever happens to the importing process, there is an outcome."""
        if self._process is None:
            self._start()
        begun = time.monotonic()
        outcome = self._answer(path)
        if outcome.verdict in {Verdict.CRASHED, Verdict.HUNG} or outcome.spent:
            self._stop()
        return replace(outcome, seconds=time.monotonic() - begun)

    def own_workbooks(self) -> list[Path]:
        """Workbooks the throw-away workspace has sent to the team and to channel partners."""
        if self._process is None:
            self._start()
        return sorted((self._desk / _SENT).iterdir())

    def _answer(self, path: Path) -> Outcome:
        try:
            self._pipe.send(path)
            if not self._pipe.poll(self._limit_s):
                return Outcome(path, Verdict.HUNG, f"It took longer than {self._limit_s:g} seconds.")
            answer: Outcome = self._pipe.recv()
        except (EOFError, OSError):
            if self._process is not None:
                self._process.join(1)
            code = self._process.exitcode if self._process is not None else None
            return Outcome(path, Verdict.CRASHED, f"The importing process ended with exit code {code}.")
        return answer

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._started += 1
        self._pipe, theirs = context.Pipe()
        workspace = self._desk / f"workspace-{self._started}"
        # No daemon: those may have no children, and every file is read in one.
        self._process = context.Process(target=_import_until_told, args=(self._desk / "template", workspace, theirs))
        self._process.start()
        theirs.close()
        try:
            ready = self._pipe.poll(_START_S) and self._pipe.recv() == "ready"
        except EOFError:
            ready = False
        if not ready:
            raise NoWorkspaceError

    def _stop(self) -> None:
        if self._process is None:
            return
        self._pipe.close()
        self._process.join(0.5)
        if self._process.is_alive() and self._process.pid is not None:
            _end_with_children(self._process.pid)
        self._process.join()
        self._process.close()
        self._process = None
        shutil.rmtree(self._desk / f"workspace-{self._started}", ignore_errors=True)


def _end_with_children(process: int) -> None:
    """End an importing process, and the reading one it may be waiting for."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process, signal.SIGKILL)
        else:
            os.kill(process, signal.SIGTERM)


# --- in the importing process ---------------------------------------------------------------------------------------


def _import_until_told(template: Path, workspace: Path, pipe: Connection) -> None:
    if hasattr(os, "setsid"):
        os.setsid()
    memory = _ReadingMemory()
    if not template.exists():
        _make_template(template)
    shutil.copytree(template, workspace)
    session = _opened(workspace)
    pipe.send("ready")
    files = 0
    with suppress(EOFError, OSError):
        while True:
            path: Path = pipe.recv()
            files += 1
            outcome = _imported(session, path, memory)
            full = files >= _MOST_FILES or sum(session.store.counts().values()) > _MOST_RECORDS
            pipe.send(replace(outcome, spent=full))
    session.close()


def _make_template(folder: Path) -> None:
    from accountplanner.store.places import Places  # noqa: PLC0415 - the watching side needs none of the program
    from accountplanner.store.stretching import Stretching  # noqa: PLC0415
    from accountplanner.usecases.exporting import export_all_partners, export_team  # noqa: PLC0415
    from accountplanner.usecases.sample import fill_sample  # noqa: PLC0415
    from accountplanner.usecases.workspaces import NewWorkspace, create_workspace  # noqa: PLC0415

    being_made = folder.with_name("being-made")
    cheap = Stretching(64, 1, 1)
    wish = NewWorkspace(Places(being_made), "Corpus", "corpus@example.org", _PASSPHRASE, stretching=cheap)
    session = create_workspace(wish).session
    fill_sample(session, _SAMPLE_ACCOUNTS)
    sent = folder.with_name(_SENT)
    sent.mkdir()
    export_team(session, sent / "team.xlsx")
    export_all_partners(session, sent)
    session.close()
    being_made.rename(folder)


def _opened(workspace: Path) -> "Session":
    from accountplanner.usecases.workspaces import Key, Places, open_workspace  # noqa: PLC0415

    return open_workspace(Places(workspace), Key(_PASSPHRASE))


def _imported(session: "Session", path: Path, memory: "_ReadingMemory") -> Outcome:
    """Do what `accountplanner import` does without `--map`, and look what it did to the picture."""
    from accountplanner.domain.errors import PlannerError  # noqa: PLC0415
    from accountplanner.usecases.importing import apply_import, preview_import  # noqa: PLC0415

    memory.peak_mb = 0
    before = _picture(session)
    try:
        previewed = preview_import(session, [path])
        result = apply_import(session, previewed)
        outcome = _told(path, previewed.plan, result.counts)
    except PlannerError as refused:
        outcome = Outcome(path, Verdict.REFUSED, refused.sentence)
    except Exception as error:  # noqa: BLE001 - the job boundary of this process: a crash is what it is there to find
        return Outcome(path, Verdict.CRASHED, _place_of(error), peak_mb=memory.peak_mb)
    return replace(_judged(outcome, before, _picture(session)), peak_mb=memory.peak_mb)


def _told(path: Path, plan: "ImportPlan", counts: "Counts") -> Outcome:
    numbers = {
        "new": counts.new,
        "changed": counts.changed,
        "in conflict": counts.conflicts,
        "suggested": counts.suggestions,
        "problems": counts.problems,
        "parked": counts.parked,
    }
    said = ", ".join(f"{number:,} {what}" for what, number in numbers.items() if number) or "nothing new"
    if plan.held:
        return Outcome(path, Verdict.WAITS, " ".join(plan.held))
    return Outcome(path, Verdict.IMPORTED, said)


def _picture(session: "Session") -> Picture:
    from accountplanner.domain.catalogue import KINDS  # noqa: PLC0415

    return {
        each.record: {name: value for name, value in each.values.items() if value}
        for kind in KINDS
        for each in session.store.every(kind)
    }


def _judged(outcome: Outcome, before: Picture, after: Picture) -> Outcome:
    """Whatever was said of the file: a record that is gone or a value that is blank now weighs more."""
    gone = before.keys() - after.keys()
    if gone:
        return replace(outcome, verdict=Verdict.DELETED, sentence=f"{len(gone)} records, {min(gone)} among them.")
    blank = [(record, name) for record, values in before.items() for name in values.keys() - after[record].keys()]
    if blank:
        return replace(
            outcome, verdict=Verdict.CLEARED, sentence=f"{len(blank)} values, {' '.join(min(blank))} among them."
        )
    return outcome


def _place_of(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__qualname__} in {Path(frame.filename).name}, line {frame.lineno}: {error}"[:500]


class _ReadingMemory(logging.Handler):
    """Hears from the program's log how much memory the reading children took."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.peak_mb = 0
        log = logging.getLogger("accountplanner")
        log.setLevel(logging.INFO)
        log.propagate = False
        log.addHandler(self)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if heard := _READING.fullmatch(record.getMessage()):
            self.peak_mb = max(self.peak_mb, int(heard[1]))
