"""Notices that nobody is there: no key, no mouse for a while, or the computer has slept."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

TICK_MS: Final = 5_000
_SLEPT_MS: Final = 60_000
_SIGNS_OF_LIFE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Emits `idle` after so many minutes without keys or mouse, and `slept` when the computer was away.

    It listens to windows, not to the application: those get a person's keys and mouse first and little
    else, so that painting and timers cost nothing here. Sleep shows as a tick that came a minute late by the
    calendar; the clock Qt measures with stands still meanwhile on some systems.
    """

    idle = Signal()
    slept = Signal()

    def __init__(
        self, application: QGuiApplication, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._limit_ms = 0
        self._quiet = QElapsedTimer()
        self._last_tick = now()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.look)
        application.focusWindowChanged.connect(self._on_focus_window_changed)
        self._windows: list[QWindow] = []

    def begin(self, minutes: int) -> None:
        """Watch from now on; 0 minutes means that being idle never counts, only sleep."""
        self._limit_ms = minutes * 60_000
        for window in QGuiApplication.topLevelWindows():
            self._on_focus_window_changed(window)
        self._quiet.start()
        self._last_tick = self._now()
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def quiet_ms(self) -> int:
        """For how long there has been neither key nor mouse."""
        return self._quiet.elapsed()

    def look(self) -> None:
        """Compare with the clock; the timer calls this."""
        now = self._now()
        away_ms = (now - self._last_tick).total_seconds() * 1000
        self._last_tick = now
        if away_ms > TICK_MS + _SLEPT_MS:
            self.slept.emit()
        elif self._limit_ms and self._quiet.elapsed() >= self._limit_ms:
            self.idle.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._quiet.restart()
        return False

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            # A filter that is there already only moves to the front.
            window.installEventFilter(self)
