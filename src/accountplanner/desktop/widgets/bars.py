"""A small bar chart without axes, for figures whose movement matters more than their size."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round
from accountplanner.domain import charts

_GAP_PX = 4
_LEAST_PX = 3


class Bars(PaintedWidget):
    """Draws one bar for each value; the last one is the period we are in.

    `labels` name the bars in their tips and aloud ("Nov: 2,310 EUR"). Values below zero,
    such as credits, are drawn as an empty place.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._values: tuple[float, ...] = ()
        self._labels: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float], labels: Sequence[str]) -> None:
        """Show other bars; there is a label for each value."""
        self._values, self._labels = tuple(values), tuple(labels)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription("; ".join(labels))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, 56)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 56)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._values:
            place = int(event.pos().x() / self._step())
            QToolTip.showText(event.globalPos(), self._labels[min(place, len(self._labels) - 1)], self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        width, height = self.width(), self.height()
        for bar in charts.Bars(self._values).shapes(_GAP_PX / width, _LEAST_PX / height):
            place = QRectF(bar.left * width, bar.top * height, bar.width * width, bar.height * height)
            fill_round(painter, place, 3, self.theme.colour("accent" if bar.is_last else "bar"))

    def _step(self) -> float:
        return (self.width() + _GAP_PX) / len(self._values)
