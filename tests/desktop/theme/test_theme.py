"""The look is switched while the program runs, and everything follows."""

from PySide6.QtGui import QFontInfo, QFontMetricsF, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from accountplanner.desktop.theme.theme import Theme, ThemeChoice
from accountplanner.desktop.theme.tokens import COLOURS, Scheme, Tone
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.text import Label


def _has_colour(picture: QPixmap, colour: str) -> bool:
    image = picture.toImage()
    wanted = colour.lower()
    return any(image.pixelColor(x, y).name() == wanted for x in range(image.width()) for y in range(image.height()))


def test_a_live_switch_recolours_labels(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    page.setProperty("ground", "surface")
    layout = QVBoxLayout(page)
    for tone in ("muted", "faint", Tone.BAD):
        layout.addWidget(Label("████", tone=tone))
    qtbot.addWidget(page)
    page.show()
    for choice in (ThemeChoice.DARK, ThemeChoice.LIGHT, ThemeChoice.CONTRAST, ThemeChoice.DARK):
        theme.choose(choice)
        picture = page.grab()
        colours = COLOURS[Scheme(choice.value)]
        assert _has_colour(picture, colours.bad)
        assert _has_colour(picture, colours.muted)
        assert _has_colour(picture, colours.surface)


def test_icons_are_tinted_again(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "add", "Add", "accent")
    qtbot.addWidget(button)
    assert _has_colour(button.icon().pixmap(18, 18), COLOURS[Scheme.LIGHT].accent)
    theme.choose(ThemeChoice.DARK)
    assert _has_colour(button.icon().pixmap(18, 18), COLOURS[Scheme.DARK].accent)


def test_the_choice_to_follow_the_system_shows_some_scheme(theme: Theme) -> None:
    theme.choose(ThemeChoice.SYSTEM)
    assert theme.scheme in set(Scheme)
    assert theme.choice is ThemeChoice.SYSTEM


def test_larger_text_makes_widgets_larger(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "Make the account")
    qtbot.addWidget(button)
    button.ensurePolished()
    before = button.sizeHint().width()
    theme.scale_text(200)
    assert button.sizeHint().width() > before * 1.5


def test_digits_are_equally_wide(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font("body"))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_the_shipped_typeface_is_used(theme: Theme, qapp: QApplication) -> None:
    assert QFontInfo(theme.font("name")).family() == "Source Sans Pro"
    assert QFontInfo(qapp.font()).family() == "Source Sans Pro"
