"""The look in force now, and the one place that changes it while the program runs."""

from enum import StrEnum

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import QApplication

from accountplanner.desktop.fonts import font_of, load_family, load_other_faces
from accountplanner.desktop.icons import Icons
from accountplanner.desktop.theme.palette import palette_of
from accountplanner.desktop.theme.stylesheet import scaled_types, style_sheet
from accountplanner.desktop.theme.tokens import COLOURS, Colours, Scheme, Tone


class ThemeChoice(StrEnum):
    """What a person may choose: a scheme, or whatever the system shows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme(QObject):
    """Hands out colours, fonts and icons by role, and dresses the application.

    Widgets that paint themselves ask for colours while they paint; widgets that hold
    icons listen to `scheme_changed` and ask for them again. `scheme_changing` comes before anything is dressed.
    """

    scheme_changing = Signal()
    scheme_changed = Signal()

    def __init__(
        self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM, text_percent: int = 100
    ) -> None:
        super().__init__(application)
        self._application = application
        self._family = load_family()
        self._has_all_faces = False
        self._icons = Icons()
        self._choice = choice
        self._text_percent = text_percent
        self._scheme = Scheme.LIGHT
        application.setStyle("Fusion")
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def load_all_faces(self) -> None:
        """Make every face of the typeface known, once the window stands and before its first page."""
        if not self._has_all_faces:
            self._has_all_faces = True
            load_other_faces()

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose, which may be to follow the system."""
        return self._choice

    @property
    def scheme(self) -> Scheme:
        """What is shown now."""
        return self._scheme

    @property
    def colours(self) -> Colours:
        """The colours of the scheme shown now."""
        return COLOURS[self._scheme]

    @property
    def text_percent(self) -> int:
        """How large text is, in percent of its usual size."""
        return self._text_percent

    def scaled(self, size_px: int) -> int:
        """Return how large something is now that stands beside text and grows with it."""
        return round(size_px * self._text_percent / 100)

    def choose(self, choice: ThemeChoice) -> None:
        """Switch the whole program to another look at once."""
        self._choice = choice
        self._dress()

    def scale_text(self, percent: int) -> None:
        """Make all text larger or smaller at once."""
        self._text_percent = percent
        self._dress()

    def colour(self, role: str) -> QColor:
        """Return the colour of a role of `tokens.Colours`."""
        return QColor(getattr(self.colours, role))

    def ink(self, tone: Tone) -> QColor:
        """Return the colour to write and draw in for a tone."""
        return QColor(self.colours.ink(tone))

    def tint(self, tone: Tone) -> QColor:
        """Return the quiet ground of a tone."""
        return QColor(self.colours.tint(tone))

    def font(self, kind: str) -> QFont:
        """Return the font of one kind of text in `tokens.TYPES`."""
        chosen = self._types[kind]
        return font_of(self._family, chosen.size_px, chosen.weight)

    def icon(self, name: str, role: str = "muted", size_px: int = 18) -> QIcon:
        """Return an icon for a button or a menu, tinted with a role's colour."""
        return self._icons.icon(name, getattr(self.colours, role), size_px, self.colours.input_border)

    def paint_icon(self, painter: QPainter, name: str, colour: QColor, place: QRectF) -> None:
        """Paint an icon into a square."""
        self._icons.paint(painter, name, colour.name(), place)

    def _dress(self) -> None:
        self._scheme = self._wanted_scheme()
        self._types = scaled_types(self._text_percent)
        self._icons.forget()
        self.scheme_changing.emit()
        # Where a sheet follows a sheet, Qt dresses every widget once for itself and once for each widget it lies in
        # (`QStyleSheetStyle::repolish` goes down from every one): five times as long for pages as deep as ours.
        self._application.setStyleSheet("")
        self._application.setPalette(palette_of(self.colours))
        self._application.setFont(self.font("body"))
        self._application.setStyleSheet(style_sheet(self.colours, self._family, self._types, self._text_percent))
        self._tell_the_system()
        self.scheme_changed.emit()

    def _wanted_scheme(self) -> Scheme:
        if self._choice is not ThemeChoice.SYSTEM:
            return Scheme(self._choice.value)
        hints = self._application.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Scheme.CONTRAST
        return Scheme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT

    def _tell_the_system(self) -> None:
        """Let title bars and native dialogs follow. Some systems ignore it, hence our own palette."""
        hints = self._application.styleHints()
        if self._choice is ThemeChoice.SYSTEM:
            hints.unsetColorScheme()
        else:
            dark = self._scheme is not Scheme.LIGHT
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _on_system_scheme_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM and self._wanted_scheme() is not self._scheme:
            self._dress()
