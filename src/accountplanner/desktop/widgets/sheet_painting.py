"""Sheets of paper painted by Qt: on the screen in the colours of the look, on a printer in those of paper."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import fill_round, join
from accountplanner.documents.sheet import PAPER, Arc, Block, Face, Ink, Sheet, Style, Trace, Words

Colour = Callable[[Ink], QColor]

# Qt's fonts have whole pixels only: words are set ten times as large and painted ten times smaller.
_FINE: Final = 10
_WEIGHTS: Final[Mapping[Face, int]] = {Face.REGULAR: 400, Face.SEMIBOLD: 600, Face.BOLD: 700, Face.ITALIC: 400}
_ROLES: Final[Mapping[Ink, str]] = {
    Ink.TEXT: "text",
    Ink.MUTED: "muted",
    Ink.ACCENT: "accent",
    Ink.ALERT: "bad",
    Ink.RULE: "track",
    Ink.TINT: "soft",
    Ink.BAR: "bar",
}


class SheetPainter:
    """Paints and measures sheets in one family of type."""

    def __init__(self, family: str) -> None:
        self._family = family
        self._fonts: dict[tuple[Face, float], QFont] = {}
        self._metrics: dict[tuple[Face, float], QFontMetricsF] = {}

    def measure(self, text: str, face: Face, size: float) -> float:
        """How wide words are, in points."""
        metrics = self._metrics.get((face, size))
        if metrics is None:
            metrics = self._metrics[face, size] = QFontMetricsF(self._font(face, size))
        return metrics.horizontalAdvance(text) / _FINE

    def paint(self, painter: QPainter, sheet: Sheet, colour: Colour) -> None:
        """Paint a sheet; the painter counts in points, from the sheet's top left."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in sheet.shapes:
            if isinstance(shape, Words):
                self._write(painter, shape, colour)
            elif isinstance(shape, Block):
                place = QRectF(shape.x, shape.y, shape.width, shape.height)
                fill_round(painter, place, min(shape.radius, shape.width / 2, shape.height / 2), colour(shape.ink))
            elif isinstance(shape, Trace):
                join(painter, [QPointF(x, y) for x, y in shape.points], colour(shape.ink), shape.stroke)
            else:
                _sweep(painter, shape, colour)

    def _write(self, painter: QPainter, words: Words, colour: Colour) -> None:
        style: Style = words.style
        painter.save()
        painter.translate(words.x, words.y)
        painter.scale(1 / _FINE, 1 / _FINE)
        painter.setFont(self._font(style.face, style.size))
        painter.setPen(colour(style.ink))
        painter.drawText(QPointF(0, 0), words.text)
        painter.restore()

    def _font(self, face: Face, size: float) -> QFont:
        font = self._fonts.get((face, size))
        if font is None:
            font = QFont(self._family)
            font.setPixelSize(round(size * _FINE))
            font.setWeight(QFont.Weight(_WEIGHTS[face]))
            font.setItalic(face is Face.ITALIC)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[face, size] = font
        return font


def screen_colour(theme: Theme) -> Colour:
    """The colours of the look shown now."""
    return lambda ink: theme.colour(_ROLES[ink])


def paper_colour(ink: Ink) -> QColor:
    """The colours of paper, whatever the screen shows."""
    return QColor(PAPER[ink])


def _sweep(painter: QPainter, arc: Arc, colour: Colour) -> None:
    painter.setPen(QPen(colour(arc.ink), arc.stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    place = QRectF(arc.x - arc.radius, arc.y - arc.radius, 2 * arc.radius, 2 * arc.radius)
    painter.drawArc(place, 90 * 16, -round(arc.degrees * 16))
