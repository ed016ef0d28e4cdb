"""One person's choices about their desk: kept when made, and told at once to whoever lives by them."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from accountplanner.desktop.settings import Settings, SettingsFile


class Choices(QObject):
    """Keeps the settings. `changed` carries them anew after each choice."""

    changed = Signal(object)

    def __init__(self, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._now = file.load()

    @property
    def now(self) -> Settings:
        """What is chosen."""
        return self._now

    def choose(self, **chosen: Any) -> None:  # noqa: ANN401 - the fields of `Settings`
        """Choose some of the settings anew."""
        fresh = replace(self._now, **chosen)
        if fresh != self._now:
            self._now = fresh
            self._file.save(fresh)
            self.changed.emit(fresh)
