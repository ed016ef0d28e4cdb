"""Run the reading of somebody's file in a child process that may be lost.

Measured: one far cell makes a well-kept reader abort its whole process, a small archive inflates
to gigabytes, and a crafted part spins for minutes. None of that may take the program along, so
whatever opens a file runs here: memory, processor time and time on the clock are limited, and a
child that dies or overruns is a refused file. Windows has no such limits without a job object;
there the clock and the counted caps of the readers hold.

The child imports what its task needs and nothing else; a task therefore lives in a light module.
"""

import gc
import logging
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from accountplanner.domain.errors import PlannerError
from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.errors import ANY_FILE, FileRefusedError, ReadingCancelledError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Result = TypeVar("Result")
Ask = Callable[[object], object]
"""Given to a task that has a question: sends it to the parent and returns the answer."""

_LOOK_EVERY_S = 0.05
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may use; a workbook of five million cells fits."""

    memory_mb: int = 3072
    cpu_s: int = 60
    wall_s: float = 100.0


@dataclass(frozen=True, slots=True)
class Watch:
    """How the parent stands by: when to stop, what to answer, which file to name."""

    cancelled: Callable[[], bool] | None = None
    answer: Ask | None = None
    subject: str = ANY_FILE


def run_guarded(
    task: Callable[..., Result], *args: object, limits: Limits | None = None, watch: Watch | None = None
) -> Result:
    """Run a top-level function in a guarded child process and return its result.

    With `watch.answer` the task gets an `Ask` before its other arguments, so that a key it must
    not hold can be used for it.

    Raises:
        FileRefusedError: the task refused the file, died, or overran its limits.
        ReadingCancelledError: `watch.cancelled` said so.
    """
    with _Child(task, args, limits or Limits(), watch or Watch()) as child:
        return cast("Result", child.result())


class _Child:
    """One child process and its two one-way pipes (no sockets); gone when the block ends."""

    def __init__(self, task: Callable[..., object], args: tuple[object, ...], limits: Limits, watch: Watch) -> None:
        context = multiprocessing.get_context("spawn")
        self._limits = limits
        self._watch = watch
        self._results, results = context.Pipe(duplex=False)
        answers, self._answers = context.Pipe(duplex=False)
        job = (task, args, limits, watch.answer is not None)
        self._begun = time.monotonic()
        self._peak_mb = 0
        self._process: SpawnProcess = context.Process(target=_run, args=(job, results, answers), daemon=True)
        try:
            self._process.start()
        finally:
            # Only then does a dead child end the pipe.
            results.close()
            answers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        seconds = time.monotonic() - self._begun
        _log.info("Reading %s took %.2f s and %d MB of memory", self._watch.subject, seconds, self._peak_mb)
        self._process.close()
        self._results.close()
        self._answers.close()

    def result(self) -> object:
        deadline = time.monotonic() + self._limits.wall_s
        while True:
            if self._watch.cancelled is not None and self._watch.cancelled():
                raise ReadingCancelledError
            if time.monotonic() > deadline:
                raise self._refusal(told("reading it took too long"))
            # One that dies cannot tell any more.
            self._peak_mb = max(self._peak_mb, _peak_memory_mb(self._process.pid))
            if self._results.poll(_LOOK_EVERY_S):
                kind, payload = self._receive()
                if kind == "done":
                    return payload
                self._heard(kind, payload)

    def _receive(self) -> tuple[str, object]:
        try:
            message: tuple[str, object] = self._results.recv()
        except (EOFError, OSError):
            self._process.join()
            _log.info("The reading child ended with exit code %s", self._process.exitcode)
            raise self._refusal(told("it is damaged or made to use too much memory or time")) from None
        return message

    def _heard(self, kind: str, payload: object) -> None:
        if kind == "peak":
            self._peak_mb = max(self._peak_mb, cast("int", payload))
        elif kind == "ask" and self._watch.answer is not None:
            self._answers.send(self._watch.answer(payload))
        elif kind == "refused":
            raise _told(payload, self._watch.subject)
        elif kind == "memory":
            raise self._refusal(told("it needs more memory than one file may use"))
        else:
            # Our bug or a library's: the file is refused all the same, and the log says where.
            _log.error("Reading failed:\n%s", payload)
            raise self._refusal(told("it is damaged in a way the reader does not understand"))

    def _refusal(self, reason: str) -> FileRefusedError:
        return FileRefusedError(reason, self._watch.subject)


def _told(payload: object, subject: str) -> PlannerError:
    if isinstance(payload, FileRefusedError):
        # A child that reads several files has said itself which one.
        return payload if payload.is_named else payload.about(subject)
    return payload if isinstance(payload, PlannerError) else FileRefusedError(str(payload), subject)


def _run(
    job: tuple[Callable[..., object], tuple[object, ...], Limits, bool], results: Connection, answers: Connection
) -> None:
    """Do the task in the child; the job boundary of that process."""
    task, args, limits, may_ask = job
    _limit(limits)
    # It lives for one task, and almost all it makes stays until then.
    gc.disable()

    def ask(question: object) -> object:
        results.send(("ask", question))
        return answers.recv()

    try:
        message: tuple[str, object] = ("done", task(ask, *args) if may_ask else task(*args))
    except PlannerError as error:
        message = ("refused", error)
    except MemoryError:
        message = ("memory", None)
    except Exception:  # noqa: BLE001 - the job boundary of the child process
        message = ("failed", traceback.format_exc())
    with suppress(BrokenPipeError):
        results.send(("peak", _peak_memory_mb(os.getpid())))
        results.send(message)


def _peak_memory_mb(process: int | None) -> int:
    """The most memory a living process has had at one time; 0 where the system does not tell."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return 0


def _limit(limits: Limits) -> None:
    # Libraries that abort write to the terminal of whoever started the program.
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    os.close(quiet)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    size = limits.memory_mb * 2**20
    # macOS refuses an address-space limit below what is already mapped.
    for which, most in ((resource.RLIMIT_AS, size), (resource.RLIMIT_DATA, size), (resource.RLIMIT_CPU, limits.cpu_s)):
        with suppress(ValueError, OSError):
            resource.setrlimit(which, (most, most))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
