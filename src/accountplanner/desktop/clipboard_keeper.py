"""Takes what was copied from the program off the clipboard again, after a while and when the workspace is locked."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

_ALONE: Final = ("offscreen", "minimal")


class ClipboardKeeper(QObject):
    """Clears only what this program put there: what a person copied elsewhere meanwhile stays."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._after = QTimer(self, singleShot=True)
        self._after.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._on_data_changed)
        self._seconds = 0

    def clear_after(self, seconds: int) -> None:
        """Clear so many seconds after something was copied; 0 leaves it until the lock."""
        self._seconds = seconds
        if not seconds:
            self._after.stop()

    def clear(self) -> None:
        """Clear it now, if it is ours."""
        self._after.stop()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if self._is_ours(mode):
                self._clipboard.clear(mode)

    def stop(self) -> None:
        """Clear nothing by itself any more."""
        self._after.stop()

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        # Where there is no desktop, nobody else can reach the clipboard, and Qt does not say whose it is.
        return self._clipboard.ownsClipboard() or QGuiApplication.platformName() in _ALONE

    def _on_data_changed(self) -> None:
        if self._seconds and self._is_ours(QClipboard.Mode.Clipboard):
            self._after.start(self._seconds * 1000)
