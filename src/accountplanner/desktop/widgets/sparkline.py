"""A line in the height of a word: how something moved, beside the words that say how much it is."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, join
from accountplanner.desktop.widgets.text import plain_tip
from accountplanner.domain import charts

_WIDTH_PX: Final = 72
_STROKE_PX: Final = 1.75
_DOT_PX: Final = 3


class Sparkline(PaintedWidget):
    """Draws figures over time; a dot marks where things stand now. What it shows is said in its tip and aloud."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._values: tuple[float, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float], words: str) -> None:
        """Show other figures; the words tell them."""
        self._values = tuple(values)
        self.setAccessibleDescription(words)
        self.setToolTip(plain_tip(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.theme.scaled(_WIDTH_PX), self.metrics("small").height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        edge = self.theme.scaled(_DOT_PX)
        left, top = edge, edge
        width, height = self.width() - 2 * edge, self.height() - 2 * edge
        points = [QPointF(left + x * width, top + y * height) for x, y in charts.Line(self._values).points()]
        if points:
            join(painter, points, self.theme.colour("bar"), _STROKE_PX)
            end = points[-1]
            place = QRectF(end.x() - edge, end.y() - edge, 2 * edge, 2 * edge)
            fill_round(painter, place, edge, self.theme.colour("accent"))
