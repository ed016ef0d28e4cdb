"""What happens when the program itself is wrong: it is written down, shown once, and goes on.

In PySide6 an exception in a slot, in `data()` or in a worker ends up in `sys.excepthook`,
perhaps on another thread and perhaps a hundred times within one repaint.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)
_LIMIT: Final = 20


@dataclass(frozen=True)
class CrashReport:
    """One bug as it showed itself: enough to find it, and no values of the person's."""

    title: str
    details: str


class CrashReporter(QObject):
    """Catches what nobody caught and shows each bug once, on the GUI thread.

    `show` is handed in: the window opens a dialog, tests collect. It must not block.
    """

    _met = Signal(object)

    def __init__(self, version: str, show: Callable[[CrashReport], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._version = version
        self._show = show
        self._seen: set[tuple[str, str, int]] = set()
        self._lock = threading.Lock()
        self._before = (sys.excepthook, threading.excepthook)
        # Queued even on the GUI thread: inside a paint event no dialog may open.
        self._met.connect(self._on_met, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of the interpreter."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def report(self, error: BaseException) -> None:
        """Report a failure that a job or a page met and did not expect."""
        self._on_exception(type(error), error, error.__traceback__)

    def _on_thread_exception(self, met: threading.ExceptHookArgs) -> None:
        if met.exc_value is not None:
            self._on_exception(met.exc_type, met.exc_value, met.exc_traceback)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before[0](kind, error, trace)
            return
        if self._is_new(kind, trace):
            report = CrashReport(_title(kind, trace), self._details(kind, trace))
            _log.error("%s\n%s", report.title, report.details)
            self._met.emit(report)

    def _is_new(self, kind: type[BaseException], trace: TracebackType | None) -> bool:
        place = (kind.__name__, *_place(trace))
        with self._lock:
            known = place in self._seen or len(self._seen) >= _LIMIT
            self._seen.add(place)
        return not known

    def _details(self, kind: type[BaseException], trace: TracebackType | None) -> str:
        """Write the report without the error's message: it may quote what a person typed."""
        lines = traceback.format_list(_without_source(trace))
        import platform  # noqa: PLC0415 - the window must not wait for what hardly anybody ever needs

        head = f"Account Planner {self._version}, Python {platform.python_version()}, {platform.system()}"
        return "\n".join((head, f"{kind.__module__}.{kind.__qualname__}", "".join(lines)))

    @Slot(object)
    def _on_met(self, report: CrashReport) -> None:
        self._show(report)


def _without_source(trace: TracebackType | None) -> list[traceback.FrameSummary]:
    return [
        traceback.FrameSummary(Path(frame.filename).name, frame.lineno, frame.name, lookup_line=False, line="")
        for frame in traceback.extract_tb(trace)
    ]


def _place(trace: TracebackType | None) -> tuple[str, int]:
    frames = traceback.extract_tb(trace)
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)


def _title(kind: type[BaseException], trace: TracebackType | None) -> str:
    filename, line = _place(trace)
    return f"{kind.__name__} in {Path(filename).name}:{line}" if filename else kind.__name__
