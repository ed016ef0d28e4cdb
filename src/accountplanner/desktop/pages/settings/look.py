"""How the program looks."""

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.choices import Choices
from accountplanner.desktop.pages.settings.rows import Choice, Section, SettingRow
from accountplanner.desktop.settings import TEXT_PERCENTS, Settings
from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.wording import say
from accountplanner.domain.translations import LANGUAGES


class LookSection(Section):
    """Language, colours and the size of text; kept for this person on this computer."""

    def __init__(self, theme: Theme, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.look = Choice(
            theme,
            (
                (ThemeChoice.SYSTEM, say("Like the system")),
                (ThemeChoice.LIGHT, say("Light")),
                (ThemeChoice.DARK, say("Dark")),
                (ThemeChoice.CONTRAST, say("High contrast")),
            ),
        )
        self.text = Choice(theme, [(percent, f"{percent} %") for percent in TEXT_PERCENTS])
        self.language = Choice(theme, (("", say("Like the system")), *LANGUAGES.items()))
        self._add_cards(theme)
        self.look.chosen.connect(self._on_look_chosen)
        self.text.chosen.connect(self._on_text_chosen)
        self.language.chosen.connect(self._on_language_chosen)
        choices.changed.connect(self._show)
        self._show(choices.now)

    def _add_cards(self, theme: Theme) -> None:
        self.add_card(
            theme,
            say("Language"),
            (
                SettingRow(
                    say("Language of the window"),
                    say("Dates and numbers follow it and the region of this computer. Workbooks stay as they are."),
                    self.language,
                ),
            ),
        )
        self.add_card(
            theme,
            say("Appearance"),
            (
                SettingRow(say("Colours"), say("High contrast draws every edge and uses no pale colours."), self.look),
                SettingRow(
                    say("Size of text"), say("Everything grows with it, on top of the system’s scaling."), self.text
                ),
            ),
        )

    def _show(self, settings: Settings) -> None:
        self.look.show_value(settings.theme)
        self.text.show_value(settings.text_percent)
        self.language.show_value(settings.language)

    def _on_look_chosen(self, choice: ThemeChoice) -> None:
        self._choices.choose(theme=ThemeChoice(choice))

    def _on_text_chosen(self, percent: int) -> None:
        self._choices.choose(text_percent=percent)

    def _on_language_chosen(self, language: str) -> None:
        self._choices.choose(language=language)
