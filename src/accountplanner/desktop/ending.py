"""Closing the window when the system says that the program shall end: at the end of a session, or by Ctrl+C in a terminal."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


@contextmanager
def closed_when_told(window: QWidget) -> Iterator[None]:
    """Close a window as its person would, and end the event loop, whichever of the signals arrives.

    Python looks at signals between two steps of its own, of which there is none while Qt waits. So the system writes
    each into a pipe that Qt listens to. Windows has neither such signals nor such pipes: there the next start clears up.
    """
    if os.name == "nt":
        yield
        return
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC) if hasattr(os, "pipe2") else _pipe()
    listener = _Listener(window, reading)
    before = {each: signal.signal(each, _take_note) for each in _heeded()}
    woken = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for each, handler in before.items():
            signal.signal(each, handler)
        listener.stop()
        os.close(reading)
        os.close(writing)


def _pipe() -> tuple[int, int]:
    # macOS has no call for both at once; children of ours inherit nothing anyway.
    ends = os.pipe()
    for end in ends:
        os.set_blocking(end, False)
    return ends


def _heeded() -> Iterator[signal.Signals]:
    """Those that would end the program; a hang-up it was started to outlive would not."""
    for name in _SIGNALS:
        each = signal.Signals[name]
        if signal.getsignal(each) is not signal.SIG_IGN:
            yield each


def _take_note(_number: int, _frame: object) -> None:
    """Leave the rest to the pipe: an error raised here would come up in whatever slot is running."""


class _Listener(QObject):
    """Reads the pipe on behalf of the window."""

    def __init__(self, window: QWidget, end: int) -> None:
        super().__init__(window)
        self._window = window
        self._end = end
        self._notifier = QSocketNotifier(end, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)

    def stop(self) -> None:
        """Listen no longer."""
        self._notifier.setEnabled(False)
        self.deleteLater()

    def _on_activated(self) -> None:
        os.read(self._end, 100)
        self._window.close()
        QApplication.quit()
