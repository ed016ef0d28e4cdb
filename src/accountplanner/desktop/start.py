"""Where the desktop begins: the window first, and only when it stands on the screen everything behind it.

The store, the exchange and the pages take several times as long to load as the window takes to
show itself. That is why `program` is imported when the first page is asked for.
"""

# ruff: noqa: PLC0415 - the late imports are the point of this module

import builtins
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from accountplanner import __version__
from accountplanner.desktop import collector
from accountplanner.desktop.actions import ActionRegistry
from accountplanner.desktop.crash import CrashReport, CrashReporter
from accountplanner.desktop.ending import closed_when_told
from accountplanner.desktop.language import Tongue
from accountplanner.desktop.main_window import MainWindow
from accountplanner.desktop.settings import SettingsFile
from accountplanner.desktop.shell import Shell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.wish import DesktopWish

if TYPE_CHECKING:
    from accountplanner.desktop.program import Program, Refine
    from accountplanner.desktop.widgets.palette import Receive

__all__ = ["DesktopWish", "Front", "run_desktop"]

_STARTED_MS: Final = 5_000
"""By then everything stands, or a person is being asked for something."""

AREAS_WITH_A_PAGE: Final = ("today", "accounts", "people", "partners", "exchange", "history", "help", "settings")


def _import_without_features() -> None:
    """Let what is imported from now on be imported as in any other program.

    WORKAROUND(napari/napari#8584): PySide6 replaces the import so that modules may use `from __feature__ import`, and
    opens and searches the source of every module for that, twelve hundred of them: a tenth of a second of the start.
    None of ours uses it.
    """
    usual = getattr(builtins, "__orig_import__", None)
    if usual is not None:
        builtins.__import__ = usual


def run_desktop(wish: DesktopWish) -> int:
    """Open the window and stay until it is closed."""
    _import_without_features()
    collector.put_off()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 - the program makes no other
    application.setApplicationName("Account Planner")
    application.setApplicationVersion(__version__)
    with ExitStack() as closing:
        if wish.temp_data:
            from accountplanner.usecases.throwaway import throwaway_folder

            wish = replace(wish, workspace=closing.enter_context(throwaway_folder()))
        front = Front(application, wish)
        front.works_ahead = True
        closing.callback(collector.thaw)
        QTimer.singleShot(_STARTED_MS, collector.begin)
        QTimer.singleShot(_STARTED_MS, _remove_orphans)
        front.reporter.install()
        closing.callback(front.reporter.remove)
        closing.enter_context(closed_when_told(front.window))
        front.window.show()
        return int(application.exec())


class Front(QObject):
    """The window and what it needs to stand there; `program` is everything else, made when first asked for.

    `refine` may change the wish for a new workspace before it is carried out. With `works_ahead` pages are built before
    they are visited.
    """

    def __init__(
        self,
        application: QApplication,
        wish: DesktopWish,
        settings: SettingsFile | None = None,
        refine: "Refine | None" = None,
    ) -> None:
        super().__init__()
        self.wish = wish
        self.refine = refine
        self.works_ahead = False
        self.settings = settings or _own_settings()
        chosen = self.settings.load()
        # Before anything has words.
        self.tongue = Tongue(application, wish.language or chosen.language, self)
        self.theme = Theme(application, chosen.theme, chosen.text_percent)
        self.actions = ActionRegistry(self.theme, parent=self)
        pages: dict[str, Callable[[], QWidget]] = {area: partial(self._page, area) for area in AREAS_WITH_A_PAGE}
        self.window = MainWindow(Shell(self.theme, self.actions, self.settings, pages, self._find, self._offered))
        self.reporter = CrashReporter(__version__, self._show_crash, self)
        self._program: Program | None = None

    @property
    def program(self) -> "Program":
        """Everything behind the window."""
        if self._program is None:
            from accountplanner.desktop.program import Program

            self._program = Program(self)
        return self._program

    def _page(self, area: str) -> QWidget:
        self.program.open_early()
        return self.program.areas.make(area)

    def _find(self, typed: str, receive: "Receive") -> None:
        self.program.finder.find(typed, receive)

    def _offered(self) -> Mapping[str, str]:
        return self.program.offered()

    def _show_crash(self, report: CrashReport) -> None:
        from accountplanner.desktop.widgets.crash_dialog import CrashDialog

        dialog = CrashDialog(self.theme, report, QApplication.activeModalWidget() or self.window)
        dialog.quit_requested.connect(self.window.close)
        dialog.open()


def _remove_orphans() -> None:
    from accountplanner.usecases.throwaway import remove_orphans

    remove_orphans()


def _own_settings() -> SettingsFile:
    import platformdirs

    return SettingsFile(Path(platformdirs.user_config_dir("AccountPlanner", appauthor=False)))
