"""Where the window stands: where it stood, or as large as its screen lets it be."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow

from accountplanner.desktop.settings import SettingsFile

SMALLEST: Final = (1024, 640)
_USUAL: Final = (1440, 900)
_NAME: Final = "main"


def stand(window: QMainWindow, settings: SettingsFile) -> None:
    """Put the window where it stood last; the first time in its usual size, or filling a screen too small for that."""
    window.resize(*_USUAL)
    known = settings.window(_NAME)
    if not known.isEmpty():
        window.restoreGeometry(known)
    elif _is_tight(window.screen().availableSize()):
        window.resize(*SMALLEST)
        window.setWindowState(Qt.WindowState.WindowMaximized)


def remember_place(window: QMainWindow, settings: SettingsFile) -> None:
    """Keep where the window stands for the next time."""
    settings.remember_window(_NAME, window.saveGeometry())


def _is_tight(room: QSize) -> bool:
    """Whether the usual window would hang over the edge of its screen; one too small for any window tells nothing."""
    holds_some = room.width() >= SMALLEST[0] and room.height() >= SMALLEST[1]
    return holds_some and (room.width() < _USUAL[0] or room.height() < _USUAL[1])
