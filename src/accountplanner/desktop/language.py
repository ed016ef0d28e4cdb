"""Which language the window speaks, and how the region writes dates and numbers in it."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from accountplanner.desktop.wording import speak
from accountplanner.domain.translations import LANGUAGES

_CODES: Final = {"en": QLocale.Language.English, "de": QLocale.Language.German}


def system_language() -> str:
    """The first language the person's system asks for that the program speaks."""
    wanted = (name.partition("-")[0].lower() for name in QLocale.system().uiLanguages())
    return next((language for language in wanted if language in LANGUAGES), next(iter(LANGUAGES)))


def region(language: str, system: QLocale) -> QLocale:
    """How dates and numbers are written: as the system's region does, in the words of the language."""
    wanted = _CODES[language]
    if system.language() == wanted:
        # It also knows what a person changed in the system's settings; a locale we make knows the region alone.
        return system
    if system.language() == QLocale.Language.C:
        # A computer without a region. What is written in English then is no region's either.
        return system if language == "en" else QLocale(wanted)
    return QLocale(wanted, system.territory())


class Tongue(QObject):
    """Makes the program and Qt's own dialogs speak one language."""

    def __init__(self, application: QCoreApplication, chosen: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._qt: QTranslator | None = None
        self.language = ""
        self.speak(chosen)

    def speak(self, chosen: str) -> bool:
        """Speak the chosen language, the system's where none of ours is chosen; says whether that is another one."""
        language = chosen if chosen in LANGUAGES else system_language()
        if language == self.language:
            return False
        self.language = language
        locale = region(language, QLocale.system())
        QLocale.setDefault(locale)
        speak(language, locale.toString)
        self._let_qt_speak(language)
        return True

    def _let_qt_speak(self, language: str) -> None:
        """Qt's own buttons and file dialogs; English is what they are written in."""
        if self._qt is not None:
            self._application.removeTranslator(self._qt)
            self._qt = None
        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and translator.load(f"qtbase_{language}", folder):
            self._application.installTranslator(translator)
            self._qt = translator
