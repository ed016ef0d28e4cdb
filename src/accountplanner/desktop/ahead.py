"""Makes what somebody is going to ask for while nobody does anything, so that no page keeps anybody waiting."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from accountplanner.desktop import collector
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.idle_watch import IdleWatch
from accountplanner.desktop.jobs import Job, JobRunner, Progress
from accountplanner.desktop.main_window import MainWindow

_FIRST_MS: Final = 1_500
_NEXT_MS: Final = 40
_QUIET_MS: Final = 600
_CLOSE_WAIT_MS: Final = 5_000

Step = Callable[[], object]


class Ahead(QObject):
    """Loads and builds the pages nobody has visited yet, one small step at a time.

    It begins when what stands on the screen has been filled, and waits while a person types or points, and while
    anything is being read or written. `load` brings in the modules first, on a worker; a page that has `steps_ahead`
    says there what of it can be made beforehand, too.
    """

    def __init__(self, desk: Desk, window: MainWindow, idle: IdleWatch, load: Callable[[], object]) -> None:
        super().__init__(desk)
        self._desk, self._window, self._idle = desk, window, idle
        self._load = load
        self._steps: Iterator[Step] = iter(())
        self._loading = JobRunner(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_due)

    def begin(self) -> None:
        """Work ahead from now on, with each workspace that is opened."""
        self._desk.settled.connect(self._on_settled)
        self._desk.closing.connect(self._on_closing)

    def _on_settled(self) -> None:
        self._steps = self._all_steps()
        self._timer.start(_FIRST_MS)

    def _on_closing(self) -> None:
        self._timer.stop()
        self._steps = iter(())
        self._loading.stop(_CLOSE_WAIT_MS)
        # What is thrown away now must not stay in memory because the collector never looks at it again.
        collector.thaw()

    def _on_due(self) -> None:
        runners = self._desk.runners
        is_busy = self._loading.is_busy or runners.reading.is_busy or runners.writing.is_busy
        if is_busy or self._idle.quiet_ms() < _QUIET_MS:
            self._timer.start(_QUIET_MS // 4)
            return
        step = next(self._steps, None)
        if step is None:
            collector.begin()
            return
        step()
        self._timer.start(_NEXT_MS)

    def _all_steps(self) -> Iterator[Step]:
        yield self._start_loading
        for area in self._window.areas:
            yield partial(self._window.page, area)
            yield from getattr(self._window.page(area), "steps_ahead", tuple)()

    def _start_loading(self) -> None:
        self._loading.start(Job("", partial(_loaded, self._load)))


def _loaded(load: Callable[[], object], _progress: Progress) -> None:
    load()
