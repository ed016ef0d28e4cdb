"""The shell: the rail, the page in sight, and what floats over them."""

# ruff: noqa: PLC0415 - the window stands before what only floats over it is loaded

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from accountplanner.desktop.actions import ActionRegistry
from accountplanner.desktop.floating import drop_what_floats, make_palette
from accountplanner.desktop.page_stack import PageStack
from accountplanner.desktop.rail_entries import FOOTER, command_to, first_of, worded
from accountplanner.desktop.shell import Shell
from accountplanner.desktop.widgets.banner import Banner
from accountplanner.desktop.widgets.job_status import JobStatus
from accountplanner.desktop.widgets.rail import Rail
from accountplanner.desktop.widgets.reading_order import InReadingOrder
from accountplanner.desktop.widgets.toast import Toast
from accountplanner.desktop.window_place import SMALLEST, remember_place, stand
from accountplanner.desktop.wording import say

if TYPE_CHECKING:
    from accountplanner.desktop.widgets.palette import PaletteEntry

_NARROW_BELOW_PX: Final = 1180
_LATEST_MS: Final = 500


class MainWindow(InReadingOrder, QMainWindow):
    """Shows itself before any page exists; the first page is built after the first paint.

    `record_requested` carries the palette entry a person chose. `closed` comes before the
    window goes, when jobs must be stopped and the workspace closed.
    """

    area_shown = Signal(str)
    record_requested = Signal(object)
    closed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._area = ""
        self._visits = [_Visit(self, area) for area in shell.pages]
        self._first = first_of(shell.pages)
        self._patience = QTimer(self, singleShot=True, interval=_LATEST_MS)
        self._build_widgets()
        self._build_layout()
        self._connect()
        self._wire_actions()
        stand(self, shell.settings)

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area that has a page."""
        return tuple(self._shell.pages)

    @property
    def area(self) -> str:
        """The area in sight, empty before the first page is built."""
        return self._area

    def page(self, area: str) -> QWidget:
        """Return the page of an area, building it on the first visit."""
        return self.pages.page(area)

    def show_area(self, area: str) -> None:
        """Bring an area into sight. The focus goes to its page, or to what the page named its focus proxy."""
        if area not in self._shell.pages:
            return
        self.pages.show_page(area)
        self._area = area
        self._rail.choose(area)
        self.area_shown.emit(area)

    def show_first(self) -> None:
        """Bring the area into sight that a day starts with."""
        self.show_area(self._first)

    def show_count(self, area: str, count: int) -> None:
        """Show in the rail how many things wait in an area."""
        if area in self._shell.pages:
            self._rail.show_count(area, count)

    def tell(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done, with a way back when there is one; nothing while something covers the window."""
        if self.is_covered:
            return
        self._toast.show_message(sentence, undo)

    @property
    def commands(self) -> ActionRegistry:
        """Every command of the program."""
        return self._shell.actions

    @property
    def is_covered(self) -> bool:
        """Whether something stands in the place of everything."""
        return self._whole.currentWidget() is not self._centre

    def cover(self, screen: QWidget) -> None:
        """Put a screen in the place of everything, the rail included, until `uncover`."""
        self._toast.dismiss()
        self._whole.addWidget(screen)
        self._whole.setCurrentWidget(screen)
        screen.setFocus()

    def uncover(self) -> None:
        """Take the screen away."""
        screen = self._whole.currentWidget()
        if screen is not None and self.is_covered:
            self._whole.removeWidget(screen)
            screen.deleteLater()
            if self._area:
                self.page(self._area).setFocus()

    def forget(self) -> None:
        """Drop every page, dialog and floating thing, and what the shell itself said; pages are made anew when visited."""
        drop_what_floats(self, self._menu)
        self.pages.forget()
        self._area = ""
        self._toast.dismiss()
        self.banner.say_nothing()
        for area in self._shell.pages:
            self._rail.show_count(area, 0)

    def reword(self) -> None:
        """Take the words of the language spoken now: the shell's own at once, the pages are made anew."""
        self.setWindowTitle(say("Account Planner"))
        self._shell.actions.reword()
        self._rail.reword(worded(self._shell.pages))
        self._fit_rail()
        for each in (self.banner, self.status, self._toast):
            each.reword()
        self.fill_menu()
        area, counts = self._area, self._rail.counts()
        self.forget()
        for waiting, count in counts.items():
            self.show_count(waiting, count)
        if area:
            self.show_area(area)

    def fill_menu(self) -> None:
        """Build the menu, after every command has been wired."""
        self._menu.clear()
        self._shell.actions.fill(self._menu)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._area:
            # A window that is never painted, as when it starts minimised, gets its page all the same.
            self._patience.start()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._area:
            # Right after showing, the event queue would come back to us before the shell is on the screen.
            QTimer.singleShot(0, self._on_first_paint)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        remember_place(self, self._shell.settings)
        self._toast.dismiss()
        self.closed.emit()
        super().closeEvent(event)

    def _build_widgets(self) -> None:
        self.setWindowTitle(say("Account Planner"))
        self._menu = QMenu(self)
        theme = self._shell.theme
        shown = worded(self._shell.pages)
        areas = [area for area in shown if area.id not in FOOTER]
        footer = [area for area in shown if area.id in FOOTER]
        self._rail = Rail(theme, areas, footer, self._menu)
        self._centre = QWidget()
        self._whole = QStackedWidget()
        self.pages = PageStack(theme, self._shell.pages)
        self.banner = Banner(theme, is_flush=True)
        self.status = JobStatus(theme)
        self._toast = Toast(theme, self)

    def _build_layout(self) -> None:
        row = QHBoxLayout(self._centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (self.banner, self.pages, self.status):
            column.addWidget(widget, 1 if widget is self.pages else 0)
        row.addWidget(self._rail)
        row.addLayout(column, 1)
        self._whole.addWidget(self._centre)
        self.setCentralWidget(self._whole)
        # Qt would widen a window silently to fit its pages; they scroll or fold instead.
        for layout in (self.layout(), row):
            if layout is not None:
                layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(*SMALLEST)

    def _connect(self) -> None:
        self._rail.area_requested.connect(self.show_area)
        self._patience.timeout.connect(self._on_first_paint)
        self._shell.theme.scheme_changed.connect(self._fit_rail)

    def _fit_rail(self) -> None:
        """Keep the words of the rail only where the page has room left beside them."""
        needed = _NARROW_BELOW_PX * self._shell.theme.text_percent // 100
        self._rail.set_narrow(is_narrow=self.width() < needed)

    def _wire_actions(self) -> None:
        actions = self._shell.actions
        actions.offer_in(self)
        actions.wire("palette", self.open_palette)
        actions.wire("help", self.open_shortcuts)
        actions.wire("quit", self.close)
        for visit in self._visits:
            actions.wire(command_to(visit.area), visit.go)

    def open_palette(self) -> None:
        """Open the palette over the window."""
        palette = make_palette(self, self._shell)
        palette.entry_chosen.connect(self._on_entry_chosen)
        palette.open()

    def open_shortcuts(self) -> None:
        """Open the cheat sheet."""
        from accountplanner.desktop.widgets.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self._shell.theme, self._shell.actions.available(), self).open()

    def _on_first_paint(self) -> None:
        self._patience.stop()
        if not self._area and not self.is_covered:
            self.show_area(self._first)

    def _on_entry_chosen(self, entry: "PaletteEntry") -> None:
        if entry.kind == say("Command"):
            self._shell.actions.run(entry.id)
        else:
            self.record_requested.emit(entry)


class _Visit:
    """Going to one area, as something without arguments that an action can call.

    The window keeps these: a connection does not keep the object of a bound method alive.
    """

    def __init__(self, window: MainWindow, area: str) -> None:
        self._window = window
        self.area = area

    def go(self) -> None:
        self._window.show_area(self.area)
