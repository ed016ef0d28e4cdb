"""Lets the program look and speak as a person chooses, in the settings or by a command."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from accountplanner.desktop.choices import Choices
from accountplanner.desktop.language import Tongue
from accountplanner.desktop.settings import Settings
from accountplanner.desktop.theme.theme import Theme, ThemeChoice


class Following(QObject):
    """Follows the choices at once. `spoke_otherwise` comes when another language is spoken, and all is to be said anew."""

    spoke_otherwise = Signal()

    def __init__(self, theme: Theme, choices: Choices, tongue: Tongue, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices = choices
        self._tongue = tongue
        self._language = choices.now.language
        choices.changed.connect(self._on_choices_changed)

    def wishes(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """The commands that choose a look."""
        return (
            ("theme_light", self._on_light_wanted),
            ("theme_dark", self._on_dark_wanted),
            ("theme_contrast", self._on_contrast_wanted),
            ("theme_system", self._on_system_wanted),
        )

    def _on_light_wanted(self) -> None:
        self._choose_theme(ThemeChoice.LIGHT)

    def _on_dark_wanted(self) -> None:
        self._choose_theme(ThemeChoice.DARK)

    def _on_contrast_wanted(self) -> None:
        self._choose_theme(ThemeChoice.CONTRAST)

    def _on_system_wanted(self) -> None:
        self._choose_theme(ThemeChoice.SYSTEM)

    def _choose_theme(self, choice: ThemeChoice) -> None:
        self._theme.choose(choice)
        self._choices.choose(theme=choice)

    def _on_choices_changed(self, settings: Settings) -> None:
        if settings.theme is not self._theme.choice:
            self._theme.choose(settings.theme)
        if settings.text_percent != self._theme.text_percent:
            self._theme.scale_text(settings.text_percent)
        if settings.language != self._language:
            self._language = settings.language
            # Not from within the page that is about to go.
            QTimer.singleShot(0, self, self._speak)

    def _speak(self) -> None:
        """Say everything anew in the language that was chosen, at once and without a restart."""
        if self._tongue.speak(self._language):
            self.spoke_otherwise.emit()
