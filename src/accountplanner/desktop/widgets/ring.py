"""A share drawn as a ring, with the figure and what it means beside it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, write
from accountplanner.desktop.widgets.pressable import Pressable
from accountplanner.desktop.widgets.text import plain_tip
from accountplanner.desktop.wording import say
from accountplanner.domain import charts

_RING_PX: Final = 46
_STROKE: Final = 4.5


class RingFigure(PaintedWidget):
    """For figures such as “41 of 66, how well we know”. An unknown share leaves the ring empty.

    Without room a short caption stands for the caption, or none, rather than one that is cut; the
    tip says all of it.
    """

    def __init__(
        self, theme: Theme, title: str = "", caption: str = "", short_caption: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._caption, self._short_caption, self._tone = caption, short_caption, Tone.ACCENT
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_share(None, title)

    def show_share(self, share: float | None, title: str, tone: Tone | None = None) -> None:
        """Show a share between 0 and 1; None means that nobody knows."""
        self._share, self._title = share, title
        self._tone = tone or self._tone
        self.setAccessibleName(f"{title}, {self._caption}")
        self.setToolTip(plain_tip(f"{title} – {self._caption}"))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = max(
            self.metrics("figure").horizontalAdvance(self._title),
            self.metrics("small").horizontalAdvance(self._caption),
        )
        return QSize(
            self._ring() + Space.SMALL + words + 4, max(self._ring(), self._title_height() + self._caption_height())
        )

    @override
    def minimumSizeHint(self) -> QSize:
        words = max(
            self.metrics("figure").horizontalAdvance(self._title),
            self.metrics("small").horizontalAdvance(self._short_caption),
        )
        return QSize(self._ring() + Space.SMALL + words + 4, self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        self._paint_ring(painter)
        left = self._ring() + Space.SMALL
        room = self.width() - left
        title, caption = self._title_height(), self._caption_height()
        if self._fits("figure", self._title, room):
            shown = next((each for each in self._captions() if self._fits("small", each, room)), "")
            top = (self.height() - title - (caption if shown else 0)) / 2
            self._write(painter, QRectF(left, top, room, title), self._title, ("text", "figure"))
            if shown:
                self._write(painter, QRectF(left, top + title, room, caption), shown, ("muted", "small"))

    def _captions(self) -> tuple[str, str]:
        return self._caption, self._short_caption

    def _fits(self, kind: str, text: str, room: float) -> bool:
        return self.metrics(kind).horizontalAdvance(text) <= room

    def _write(self, painter: QPainter, place: QRectF, text: str, look: tuple[str, str]) -> None:
        painter.setPen(self.theme.colour(look[0]))
        painter.setFont(self.theme.font(look[1]))
        write(painter, place, text)

    def _paint_ring(self, painter: QPainter) -> None:
        side, stroke = self._ring(), self._ring() * _STROKE / _RING_PX
        place = QRectF(0, (self.height() - side) / 2, side, side)
        place = place.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
        pen = QPen(self.theme.colour("track"), stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(place, 0, 360 * 16)
        degrees = charts.Ring(self._share).degrees
        if degrees:
            pen.setColor(self.theme.ink(self._tone))
            painter.setPen(pen)
            painter.drawArc(place, 90 * 16, -round(degrees * 16))

    def _ring(self) -> int:
        return self.theme.scaled(_RING_PX)

    def _title_height(self) -> int:
        return self.metrics("figure").height() - 2

    def _caption_height(self) -> int:
        return self.metrics("small").height()


class AskedRing(Pressable, RingFigure):
    """A ring that can be asked why: pressed, it emits `why_requested`."""

    why_requested = Signal()

    def __init__(self, theme: Theme, caption: str, short_caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, "", caption, short_caption, parent)
        self.become_pressable(self.why_requested)
        self.setAccessibleDescription(say("Enter says why."))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.paint_ring(begin(self))
