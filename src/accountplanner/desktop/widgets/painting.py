"""What several widgets and lists paint alike: pills, round badges, avatars, focus rings."""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Tone

# No amber and no red: on a person's tile they would read as a warning.
_AVATAR_TONES: Final = (Tone.INFO, Tone.ACCENT, Tone.GOOD)
_PILL_PADDING: Final = 8


class PaintedWidget(QWidget):
    """A widget that draws itself from the theme, and again when the scheme changes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        theme.scheme_changed.connect(self._on_scheme_changed)

    def metrics(self, kind: str) -> QFontMetrics:
        """Return the measures of one kind of text, for size hints."""
        return QFontMetrics(self.theme.font(kind))

    def _on_scheme_changed(self) -> None:
        self.updateGeometry()
        self.update()


def begin(widget: QWidget) -> QPainter:
    """Start painting a widget, with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill_round(painter: QPainter, place: QRectF, radius: float, colour: QColor) -> None:
    """Fill a rounded rectangle without an outline."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place, radius, radius)


def join(painter: QPainter, points: Sequence[QPointF], colour: QColor, stroke: float) -> None:
    """Draw a line from point to point, its corners and ends round."""
    painter.setPen(QPen(colour, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(list(points))


def outline_round(painter: QPainter, place: QRectF, radius: float, colour: QColor, width: float = 1) -> None:
    """Draw a rounded outline wholly inside the rectangle."""
    inset = width / 2
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), radius, radius)


def write(painter: QPainter, place: QRectF, text: str, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
    """Write one line, shortened with an ellipsis where it does not fit."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
    painter.drawText(place, int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def paint_focus_ring(painter: QPainter, theme: Theme, place: QRectF, radius: float = Radius.CONTROL) -> None:
    """Draw the ring that says where the keyboard is."""
    outline_round(painter, place, radius, theme.colour("accent"), 2)


def pill_width(theme: Theme, text: str) -> int:
    """Measure how wide a pill must be for its text."""
    return QFontMetrics(theme.font("tiny")).horizontalAdvance(text) + 2 * _PILL_PADDING


def pill_height(theme: Theme) -> int:
    """Measure how high pills are."""
    return QFontMetrics(theme.font("tiny")).height() + 5


def paint_pill(painter: QPainter, theme: Theme, place: QRectF, text: str, colours: tuple[QColor, QColor]) -> None:
    """Paint a pill; `colours` are its ink and its ground."""
    ink, ground = colours
    fill_round(painter, place, place.height() / 2, ground)
    painter.setPen(ink)
    painter.setFont(theme.font("tiny"))
    write(painter, place.adjusted(_PILL_PADDING, 0, 2 - _PILL_PADDING, 0), text)


def paint_round_badge(painter: QPainter, theme: Theme, place: QRectF, icon: str, tone: Tone) -> None:
    """Paint a round badge with an icon in it."""
    fill_round(painter, place, place.height() / 2, theme.tint(tone))
    side = round(place.height() * 0.57)
    corner = QPointF(place.center().x() - side / 2, place.center().y() - side / 2)
    theme.paint_icon(painter, icon, theme.ink(tone), QRectF(corner.x(), corner.y(), side, side))


def initials(name: str) -> str:
    """Return the two letters that stand for a name."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "–"
    return (words[0][0] + (words[1][0] if len(words) > 1 else words[0][1:2])).upper()


def tone_of(name: str) -> Tone:
    """Give a name its colour, the same on every computer."""
    return _AVATAR_TONES[crc32(name.encode()) % len(_AVATAR_TONES)]


def paint_avatar(painter: QPainter, theme: Theme, place: QRectF, name: str) -> None:
    """Paint the initials of a name on a tinted tile."""
    tone = tone_of(name)
    fill_round(painter, place, place.height() * 0.22, theme.tint(tone))
    font = theme.font("small_strong")
    font.setPixelSize(round(place.height() * 0.36))
    painter.setFont(font)
    painter.setPen(theme.ink(tone))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), initials(name))
