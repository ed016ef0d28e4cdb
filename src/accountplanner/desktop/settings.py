"""What the program remembers about one person's desk: look, text size, last workspace.

Nothing about customers is ever kept here; these files are readable by anybody who can
open the config folder.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings

from accountplanner.desktop.theme.theme import ThemeChoice
from accountplanner.domain.translations import LANGUAGES

_FILE: Final = "desktop.json"
_GEOMETRY_FILE: Final = "windows.ini"
TEXT_PERCENTS: Final = (100, 110, 125, 150, 175, 200)
LOCK_MINUTES: Final = (1, 2, 5, 10, 15, 30, 60, 0)
"""After how many minutes without keys and mouse the program locks; 0 is never."""
CLIPBOARD_SECONDS: Final = (15, 30, 60, 300, 0)
"""How long what was copied stays on the clipboard; 0 is until the lock."""


@dataclass(frozen=True)
class Settings:
    """One person's choices. Values that cannot be read fall back to these."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    text_percent: int = 100
    last_workspace: str = ""
    language: str = ""
    lock_minutes: int = 10
    lock_with_system: bool = True
    clipboard_seconds: int = 60


class SettingsFile:
    """Keeps settings and window places in the config folder it is given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / _FILE

    def load(self) -> Settings:
        """Read the settings; a missing or damaged file means the usual ones."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Settings()
        return _settings_from(found) if isinstance(found, dict) else Settings()

    def save(self, settings: Settings) -> None:
        """Write the settings beside the old file and swap them in."""
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
        fresh.replace(self._path)

    def remember_window(self, name: str, geometry: QByteArray) -> None:
        """Keep where a window stood. The layout of these bytes is Qt's own."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._windows().setValue(f"{name}/geometry", geometry)

    def window(self, name: str) -> QByteArray:
        """Return where a window stood, empty when it was never open."""
        found = self._windows().value(f"{name}/geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    def _windows(self) -> QSettings:
        return QSettings(str(self._folder / _GEOMETRY_FILE), QSettings.Format.IniFormat)


def _settings_from(found: dict[str, Any]) -> Settings:
    """Take what is of the right kind, one by one, so that one bad value costs only itself."""
    usual = Settings()
    theme, percent = found.get("theme"), found.get("text_percent")
    minutes, seconds = found.get("lock_minutes"), found.get("clipboard_seconds")
    language = found.get("language")
    with_system = found.get("lock_with_system")
    return Settings(
        theme=ThemeChoice(theme) if theme in list(ThemeChoice) else usual.theme,
        text_percent=percent if percent in TEXT_PERCENTS else usual.text_percent,
        last_workspace=_text(found.get("last_workspace")),
        language=str(language) if language in LANGUAGES else usual.language,
        lock_minutes=minutes if minutes in LOCK_MINUTES else usual.lock_minutes,
        lock_with_system=with_system if isinstance(with_system, bool) else usual.lock_with_system,
        clipboard_seconds=seconds if seconds in CLIPBOARD_SECONDS else usual.clipboard_seconds,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
