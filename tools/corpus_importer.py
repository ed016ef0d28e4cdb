# ruff: noqa: INP001 - a tool stands alone and is no package
"""Hands the files of a corpus to a process that imports them, and watches it from outside.

When a file takes the process along, or its workspace has grown large, the next one starts from a copy of what the first
had made.
"""

import multiprocessing
import os
import shutil
import signal
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from corpus_outcomes import Outcome, Verdict
from corpus_process import SENT, import_until_told

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_START_S: Final = 300.0


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
        if outcome.verdict is Verdict.CRASHED or outcome.spent:
            self._stop()
        return replace(outcome, seconds=time.monotonic() - begun)

    def own_workbooks(self) -> list[Path]:
        """Workbooks the throw-away workspace has sent to the team and to channel partners."""
        if self._process is None:
            self._start()
        return sorted((self._desk / SENT).iterdir())

    def _answer(self, path: Path) -> Outcome:
        try:
            self._pipe.send(path)
            if not self._pipe.poll(self._limit_s):
                return self._stopped(path)
            answer: Outcome = self._pipe.recv()
        except (EOFError, OSError):
            if self._process is not None:
                self._process.join(1)
            code = self._process.exitcode if self._process is not None else None
            return Outcome(path, Verdict.CRASHED, f"The importing process ended with exit code {code}.")
        return answer

    def _stopped(self, path: Path) -> Outcome:
        """End an import that passes the limit wherever it stands, and look what that did to its workspace."""
        self._end()
        told = f"It takes longer than {self._limit_s:g} seconds, so its import was stopped"
        try:
            left = self._start(is_interrupted=True)
        except NoWorkspaceError:
            return Outcome(path, Verdict.CRASHED, f"{told}; the workspace does not open any more.")
        return replace(left, path=path, sentence=f"{told}; {left.sentence}")

    def _start(self, *, is_interrupted: bool = False) -> Outcome:
        """Begin with a fresh copy, or go on with the one that was interrupted and say how that was found."""
        context = multiprocessing.get_context("spawn")
        self._started += not is_interrupted
        self._pipe, theirs = context.Pipe()
        workspace = self._desk / f"workspace-{self._started}"
        # No daemon: those may have no children, and every file is read in one.
        self._process = context.Process(target=import_until_told, args=(self._desk / "template", workspace, theirs))
        self._process.start()
        theirs.close()
        try:
            found: Outcome | None = self._pipe.recv() if self._pipe.poll(_START_S) else None
        except EOFError:
            found = None
        if found is None:
            raise NoWorkspaceError
        return found

    def _stop(self) -> None:
        """End the importing process, and throw its workspace away."""
        self._end()
        shutil.rmtree(self._desk / f"workspace-{self._started}", ignore_errors=True)

    def _end(self) -> None:
        if self._process is None:
            return
        self._pipe.close()
        self._process.join(0.5)
        if self._process.is_alive() and self._process.pid is not None:
            _end_with_children(self._process.pid)
        self._process.join()
        self._process.close()
        self._process = None


def _end_with_children(process: int) -> None:
    """End an importing process, and the reading one it may be waiting for."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process, signal.SIGKILL)
        else:
            os.kill(process, signal.SIGTERM)
