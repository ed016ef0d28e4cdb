# ruff: noqa: INP001 - a tool stands alone and is no package
"""Inside the process that imports the files of a corpus: a workspace, what an import did to it, and the memory it took.

It keeps one workspace, opened once, with a sample territory in it.
"""

import json
import logging
import os
import re
import shutil
import traceback
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpus_outcomes import Outcome, Verdict
from typing_extensions import override

if TYPE_CHECKING:
    from accountplanner.usecases.import_plans import Counts, ImportPlan
    from accountplanner.usecases.session import Session

_SAMPLE_ACCOUNTS: Final = 20
_MOST_RECORDS: Final = 10_000
_MOST_FILES: Final = 1_000
_PASSPHRASE: Final = "corpus"  # noqa: S105 - of a workspace that is thrown away
_READING: Final = re.compile(r"Reading .* took [\d.]+ s and (\d+) MB of memory", re.DOTALL)
SENT: Final = "sent"

Picture = dict[str, dict[str, str]]
"""Every value that is not blank, by record and field."""


def import_until_told(template: Path, workspace: Path, pipe: Connection) -> None:
    """Import each file that comes through the pipe into a workspace like the template, and answer with its outcome."""
    if hasattr(os, "setsid"):
        os.setsid()
    memory = _Memory()
    if not template.exists():
        _make_template(template)
    is_interrupted = workspace.exists()
    if not is_interrupted:
        shutil.copytree(template, workspace)
    session = _opened(workspace)
    pipe.send(_looked_over(session, template) if is_interrupted else Outcome(workspace, Verdict.IMPORTED))
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
    sent = folder.with_name(SENT)
    sent.mkdir()
    export_team(session, sent / "team.xlsx")
    export_all_partners(session, sent)
    picture_file(folder).write_text(json.dumps(_picture(session)), encoding="utf-8")
    session.close()
    being_made.rename(folder)


def picture_file(template: Path) -> Path:
    """Where the template's picture is kept: what it held before any file came."""
    return template.with_name("picture.json")


def _opened(workspace: Path) -> "Session":
    from accountplanner.usecases.workspaces import Key, Places, open_workspace  # noqa: PLC0415

    return open_workspace(Places(workspace), Key(_PASSPHRASE))


def _looked_over(session: "Session", template: Path) -> Outcome:
    """What an import that was ended at some moment has left behind."""
    from accountplanner.usecases.workspaces import verify  # noqa: PLC0415

    if findings := verify(session):
        return Outcome(template, Verdict.CRASHED, f"the workspace is not sound: {'; '.join(findings)[:500]}")
    sound = Outcome(template, Verdict.REFUSED, "the workspace is sound. A list may be split into several files.")
    return judged(sound, json.loads(picture_file(template).read_text(encoding="utf-8")), _picture(session))


def _imported(session: "Session", path: Path, memory: "_Memory") -> Outcome:
    """Do what `accountplanner import` does without `--map`, and look what it did to the picture."""
    from accountplanner.domain.errors import PlannerError  # noqa: PLC0415
    from accountplanner.usecases.importing import apply_import, preview_import  # noqa: PLC0415

    memory.begin()
    before = _picture(session)
    try:
        previewed = preview_import(session, [path])
        result = apply_import(session, previewed)
        outcome = _told(path, previewed.plan, result.counts)
    except PlannerError as refused:
        outcome = Outcome(path, Verdict.REFUSED, refused.sentence)
    except Exception as error:  # noqa: BLE001 - the job boundary of this process: a crash is what it is there to find
        return Outcome(path, Verdict.CRASHED, _place_of(error), peak_mb=memory.most_mb())
    return replace(judged(outcome, before, _picture(session)), peak_mb=memory.most_mb())


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


def judged(outcome: Outcome, before: Picture, after: Picture) -> Outcome:
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


class _Memory(logging.Handler):
    """Knows how much memory a file took at most: here, and in reading children, of whom the program's log tells."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._children_mb = 0
        log = logging.getLogger("accountplanner")
        log.setLevel(logging.INFO)
        log.propagate = False
        log.addHandler(self)

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if heard := _READING.fullmatch(record.getMessage()):
            self._children_mb = max(self._children_mb, int(heard[1]))

    def begin(self) -> None:
        """Forget what earlier files took; where the system cannot, the largest so far counts."""
        self._children_mb = 0
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")

    def most_mb(self) -> int:
        """The most that one process has had since."""
        own = 0
        with suppress(OSError):
            status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
            own = next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
        return max(own, self._children_mb)
