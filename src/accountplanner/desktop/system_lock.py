"""Hears from the system that the screen was locked or the computer goes to sleep, where a system says so."""

# ruff: noqa: PLC0415 - each part belongs to one system and loads there only

import sys
from typing import Any, Final

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from typing_extensions import override

from accountplanner.desktop.wording import say

_SLOT: Final = "on_said(QDBusMessage)"
_SAVERS: Final = (
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
    ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver", "ActiveChanged"),
)
_LOGIN: Final = (
    ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"),
    ("", "org.freedesktop.login1.Session", "Lock"),
)
_WM_POWERBROADCAST: Final = 0x0218
_WM_WTSSESSION_CHANGE: Final = 0x02B1
_PBT_APMSUSPEND: Final = 4
_WTS_SESSION_LOCK: Final = 7


class SystemLock(QObject):
    """Emits `locked`. `hears_lock` says whether this system tells us at all; sleep is noticed without it.

    Linux tells over D-Bus, by the screen saver of the session and by logind. Windows sends messages to a window that
    asked for them. macOS tells only programs that load its own frameworks, which this one does not.
    """

    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hears_lock = False
        self._filter: _WindowsMessages | None = None

    def begin(self, window_id: int) -> None:
        """Ask the system to tell. On Windows the messages go to the window with this id."""
        if self.hears_lock:
            return
        if sys.platform == "linux":
            self.hears_lock = self._listen_on_bus()
        elif sys.platform == "win32":
            self.hears_lock = self._listen_to_messages(window_id)

    def says(self) -> str:
        """What this system tells, for the page of settings."""
        if self.hears_lock:
            return say("Also locks when this computer locks its screen or goes to sleep.")
        return say(
            "This system does not tell programs when its screen is locked. "
            "Account Planner locks after sleep and after the time above."
        )

    def _listen_on_bus(self) -> bool:
        from PySide6.QtDBus import QDBusConnection

        heard = []
        slot: Any = SLOT(_SLOT)  # declared as bytes, and given as text
        for bus, sources in ((QDBusConnection.sessionBus(), _SAVERS), (QDBusConnection.systemBus(), _LOGIN)):
            if bus.isConnected():
                heard += [bus.connect("", path, about, name, self, slot) for path, about, name in sources]
        return any(heard)

    @Slot("QDBusMessage")
    def on_said(self, message: Any) -> None:  # noqa: ANN401 - loaded on Linux only
        """Take a signal of the bus: the screen saver came on, sleep begins, or the session is to be locked."""
        if next(iter(message.arguments()), True) is not False:
            self.locked.emit()

    def _listen_to_messages(self, window_id: int) -> bool:
        import ctypes

        application = QCoreApplication.instance()
        if application is None:
            return False
        self._filter = _WindowsMessages(self)
        application.installNativeEventFilter(self._filter)
        libraries: Any = getattr(ctypes, "windll", None)
        return bool(libraries.wtsapi32.WTSRegisterSessionNotification(window_id, 0))

    def take_message(self, kind: int, parameter: int) -> None:
        """Take a message of Windows by its number and its first parameter."""
        if (kind, parameter) in {(_WM_WTSSESSION_CHANGE, _WTS_SESSION_LOCK), (_WM_POWERBROADCAST, _PBT_APMSUSPEND)}:
            self.locked.emit()


class _WindowsMessages(QAbstractNativeEventFilter):
    """Looks at the messages that Windows sends to our windows, before Qt does."""

    def __init__(self, owner: SystemLock) -> None:
        super().__init__()
        self._owner = owner

    @override
    def nativeEventFilter(self, event_type: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        import ctypes.wintypes

        if event_type == b"windows_generic_MSG":
            told = ctypes.wintypes.MSG.from_address(int(message))
            self._owner.take_message(told.message, told.wParam)
        return False, 0
