"""Windows, ours and a bare one: how long from the start of a process until something stands on the screen.

Imports are part of what is measured here, so this module loads nothing before it must.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QObject

STARTED = "BENCHMARK_STARTED"
"""The environment variable by which the harness says when it started this process."""

_TICK_MS = 2
_KEYS_DOWN = 5
_SETTLED_MS = 2_000
"""By then the first page stands, and what stalls afterwards is the work."""


def bare_window(_world: Path) -> float:
    """Seconds until an empty PySide6 window is painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415 - measured

    application = QApplication([])
    window = QMainWindow()
    seen = _when(application, lambda watched: watched is window)
    window.show()
    application.exec()
    return seen[0]


def bare_window_and_models(world: Path) -> float:
    """The same, after loading the library our database is described in."""
    import sqlmodel  # noqa: F401, PLC0415 - measured

    return bare_window(world)


def our_window(world: Path) -> float:
    """Seconds until the program's window is painted, started as a person starts it."""
    return _started(world, _is_main_window)


def our_window_usable(world: Path) -> float:
    """Seconds until the list of accounts shows its first rows, asked for as soon as the window stands."""
    return _started(world, _is_filled_list, area="accounts")


def our_window_today(world: Path) -> float:
    """Seconds until the page a day starts with shows its first lines."""
    return _started(world, _is_filled_today)


def longest_page_change(world: Path) -> float:
    """Milliseconds for which the longest change to another page held the event loop, the first visits included."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the bare window must not wait for ours

    with _copied(world / "mine") as copy:
        application = QApplication([])
        return _Visiting(application, copy).longest_ms()


def longest_page_stall(world: Path) -> float:
    """Milliseconds for which the event loop stood still at most while somebody visited pages and went down lists."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the bare window must not wait for ours

    with _copied(world / "mine") as copy:
        application = QApplication([])
        return _Visiting(application, copy).longest_stall_ms()


def memory_open(world: Path) -> float:
    """Megabytes at most, from the start until the list of accounts shows its first rows."""
    import resource  # noqa: PLC0415 - Windows has no such module, and all other figures do without

    _started(world, _is_filled_list, area="accounts")
    # Linux counts in KiB, macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def longest_stall(world: Path) -> float:
    """Milliseconds for which the event loop stood still at most, during a backup, an export and an import."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the bare window must not wait for ours

    with _copied(world / "mine") as copy:
        application = QApplication([])
        return _Watched(application, copy, world / "returned.xlsx").longest_stall_ms()


def _started(world: Path, is_it: Callable[[QObject], bool], area: str = "") -> float:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - measured

    from accountplanner.__main__ import main  # noqa: PLC0415 - measured

    # Not on a copy: copying would count.
    sys.argv = ["accountplanner", "--workspace", str(world / "mine")]
    seen = _when(QApplication([]), is_it, area)
    main()
    return seen[0]


def _when(
    application: Any,  # noqa: ANN401 - Qt is not loaded yet
    is_it: Callable[[QObject], bool],
    area: str = "",
) -> list[float]:
    """A list that gets the time of the first fitting paint; the application ends after it.

    An `area` is gone to when the window is painted first, as by a person's first key.
    """
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415 - measured

    seen: list[float] = []
    gone: list[QObject] = []

    class _Watch(QObject):
        # No decorator: even the bare window would pay for loading typing_extensions.
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # type: ignore[explicit-override]  # noqa: N802
            if seen or event.type() is not QEvent.Type.Paint:
                return False
            if area and not gone and _is_main_window(watched):
                gone.append(watched)
                QTimer.singleShot(0, lambda: watched.show_area(area))  # type: ignore[attr-defined]
            if is_it(watched):
                seen.append(time.time() - float(os.environ[STARTED]))
                QTimer.singleShot(0, application.closeAllWindows)
            return False

    watch = _Watch(application)
    application.installEventFilter(watch)
    return seen


def _is_main_window(watched: QObject) -> bool:
    from accountplanner.desktop.main_window import MainWindow  # noqa: PLC0415 - loaded by now

    return isinstance(watched, MainWindow)


def _is_filled_list(watched: QObject) -> bool:
    from PySide6.QtWidgets import QAbstractItemView  # noqa: PLC0415 - loaded by now

    view = watched.parent()
    if not isinstance(view, QAbstractItemView) or view.viewport() is not watched or not _is_main_window(view.window()):
        return False
    return view.model() is not None and view.model().rowCount() > 0


def _is_filled_today(watched: QObject) -> bool:
    from accountplanner.desktop.pages.today.line_row import LineRow  # noqa: PLC0415 - loaded by now

    return isinstance(watched, LineRow)


class _Ticking:
    """A clock that ticks in the event loop: where two ticks lie far apart, everything stood still."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - the bare window must not wait for ours

        self._ticks: list[float] = []
        self._clock = QTimer(interval=_TICK_MS)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)
        self.start, self.stop = self._clock.start, self._clock.stop

    def longest_ms(self) -> float:
        """The longest time between two ticks."""
        return 1000 * max(later - earlier for earlier, later in zip(self._ticks, self._ticks[1:], strict=False))

    def _tick(self) -> None:
        self._ticks.append(time.perf_counter())


class _Visiting:
    """Our window, and somebody who goes to every page three times, and down the list where there is one."""

    def __init__(self, application: Any, workspace: Path) -> None:  # noqa: ANN401 - as above
        from PySide6.QtCore import QTimer  # noqa: PLC0415 - as above

        from accountplanner.desktop.start import AREAS_WITH_A_PAGE  # noqa: PLC0415 - as above

        self._application = application
        self._program = _front(application, workspace).program
        self._areas = list(AREAS_WITH_A_PAGE) * 3
        self._keys = 0
        self._taken: list[tuple[float, str]] = []
        self._ticking = _Ticking()
        self._pause = QTimer(interval=_SETTLED_MS // 4)
        self._pause.timeout.connect(self._visit)

    def longest_ms(self) -> float:
        """Open, visit, close; the longest change to another page."""
        self._go_everywhere()
        longest, area = max(self._taken)
        print(f"the longest was to {area}", file=sys.stderr)
        return 1000 * longest

    def longest_stall_ms(self) -> float:
        """The same, and how long the event loop stood still at most, whatever for."""
        self._go_everywhere()
        return self._ticking.longest_ms()

    def _go_everywhere(self) -> None:
        self._program.desk.opened.connect(self._pause.start)
        self._program.window.show()
        self._application.exec()

    def _visit(self) -> None:
        if self._program.desk.runners.reading.is_busy:
            return
        if self._keys:
            self._keys -= 1
            self._go_down()
            return
        if not self._areas:
            self._pause.stop()
            self._ticking.stop()
            self._program.window.close()
            return
        area = self._areas.pop(0)
        self._ticking.start()
        started = time.perf_counter()
        self._program.window.show_area(area)
        # What stands in the queue now is the layout and the painting of the page.
        self._application.processEvents()
        self._taken.append((time.perf_counter() - started, area))
        self._keys = _KEYS_DOWN if hasattr(self._program.window.page(area), "panel") else 0

    def _go_down(self) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415 - as above
        from PySide6.QtTest import QTest  # noqa: PLC0415 - as above

        page: Any = self._program.window.page(self._program.window.area)
        QTest.keyClick(page.panel.list, Qt.Key.Key_Down)


class _Watched:
    """Our window with a clock that ticks in its event loop."""

    def __init__(self, application: Any, workspace: Path, returned: Path) -> None:  # noqa: ANN401 - as above
        self._application = application
        self._program = _front(application, workspace).program
        self._work: list[Callable[[Any], object]] = [
            lambda session: _import(session, returned),
            lambda session: _export(session, workspace.parent),
            _back_up,
        ]
        self._failures: list[str] = []
        self._ticking = _Ticking()

    def longest_stall_ms(self) -> float:
        """Open, work, close; the longest time between two ticks while working."""
        self._program.desk.opened.connect(self._on_opened)
        self._program.window.show()
        self._application.exec()
        if self._failures:
            raise SystemExit(self._failures[0])
        return self._ticking.longest_ms()

    def _on_opened(self) -> None:
        from PySide6.QtCore import QTimer  # noqa: PLC0415 - as above

        QTimer.singleShot(_SETTLED_MS, self._begin)

    def _begin(self) -> None:
        self._ticking.start()
        self._next()

    def _next(self, _done: object = None) -> None:
        if not self._work:
            self._ticking.stop()
            self._program.window.close()
            return
        work = self._work.pop()
        self._program.desk.write_slowly("Measured", lambda session, _: work(session), self._next, self._fail)

    def _fail(self, sentence: str) -> None:
        self._failures.append(sentence)
        self._program.window.close()


def _front(application: Any, workspace: Path) -> Any:  # noqa: ANN401 - as above
    """Our window as `run_desktop` makes it."""
    from accountplanner.desktop.start import DesktopWish, Front  # noqa: PLC0415 - as above

    front = Front(application, DesktopWish(workspace, os.environ["ACCOUNTPLANNER_PASSPHRASE"]))
    front.works_ahead = True
    # Kept as long as the application, which is what ends it.
    application.front = front
    return front


def _back_up(session: Any) -> object:  # noqa: ANN401 - as above
    from accountplanner.usecases.workspaces import back_up  # noqa: PLC0415 - as above

    return back_up(session)


def _import(session: Any, returned: Path) -> object:  # noqa: ANN401 - as above
    from accountplanner.usecases.importing import import_files  # noqa: PLC0415 - as above

    return import_files(session, [returned])


def _export(session: Any, folder: Path) -> object:  # noqa: ANN401 - as above
    from accountplanner.usecases.exporting import export_team  # noqa: PLC0415 - as above

    return export_team(session, folder / "exported.xlsx")


@contextmanager
def _copied(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        yield Path(shutil.copytree(folder, Path(scratch) / folder.name))
