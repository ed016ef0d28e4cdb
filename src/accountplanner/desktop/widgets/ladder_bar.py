"""The ladder drawn as steps: which rung somebody stands on, and how many there are."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import (
    PaintedWidget,
    begin,
    fill_round,
    outline_round,
    write,
)
from accountplanner.desktop.widgets.pressable import Pressable
from accountplanner.desktop.wording import say
from accountplanner.domain import charts

_BAR_PX = 6
_GAP_PX = 4
_PAD_PX = 4


class LadderBar(Pressable, PaintedWidget):
    """Shows a ladder position; a click or Enter emits `move_requested`.

    Where the labels of all rungs do not fit, one sentence says the position instead.
    """

    move_requested = Signal()

    def __init__(self, theme: Theme, rungs: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rungs = tuple(rungs)
        self.become_pressable(self.move_requested)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_position(0)

    def show_position(self, rung: int, *, is_proposed: bool = False) -> None:
        """Show the rung, counted from 1; 0 means that no position is known. A proposed one is drawn paler."""
        self._rung = rung
        self._is_proposed = is_proposed
        self.setAccessibleName(self.sentence())
        self.setToolTip(self.sentence())
        self.update()

    def sentence(self) -> str:
        """Say the position in words."""
        if not self._rung:
            return say("No position on the ladder yet")
        name = self._rungs[self._rung - 1]
        if self._is_proposed:
            return say("{name} proposed, rung {rung} of {count}", name=name, rung=self._rung, count=len(self._rungs))
        return say("{name}, rung {rung} of {count}", name=name, rung=self._rung, count=len(self._rungs))

    def is_compact(self) -> bool:
        """Whether there is no room for the names of all rungs."""
        widest = max(self.metrics("small_strong").horizontalAdvance(name) for name in self._rungs)
        return widest + 16 > self._step_width()

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, _BAR_PX + self.metrics("small").height() + 4 * _PAD_PX)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.metrics("small_strong").averageCharWidth() * 26, self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        room = self.width() - 2 * _PAD_PX
        passed = "bar" if self._is_proposed else "accent"
        for left, width, is_reached in charts.Steps(len(self._rungs), self._rung).shapes(_GAP_PX / room):
            place = QRectF(_PAD_PX + left * room, _PAD_PX, width * room, _BAR_PX)
            fill_round(painter, place, _BAR_PX / 2, self.theme.colour(passed if is_reached else "track"))
        if self.is_compact():
            self._paint_sentence(painter)
        else:
            self._paint_names(painter)
        self.paint_ring(painter)

    def _paint_sentence(self, painter: QPainter) -> None:
        place = self._line(0, self.width() - 2 * _PAD_PX)
        self._write_rung(painter, place, self.sentence(), is_here=bool(self._rung))

    def _paint_names(self, painter: QPainter) -> None:
        for number, name in enumerate(self._rungs):
            place = self._line(number, self._step_width())
            self._write_rung(painter, place, name, is_here=number + 1 == self._rung, is_passed=number < self._rung)

    def _write_rung(
        self, painter: QPainter, place: QRectF, text: str, *, is_here: bool, is_passed: bool = False
    ) -> None:
        painter.setFont(self.theme.font("small_strong" if is_here else "small"))
        if is_here:
            dot = 9.0
            ring = QRectF(place.x() + 1, place.center().y() - dot / 2, dot, dot)
            if self._is_proposed:
                outline_round(painter, ring, dot / 2, self.theme.colour("accent"), 2)
            else:
                fill_round(painter, ring, dot, self.theme.colour("accent"))
            place = place.adjusted(14, 0, 0, 0)
        painter.setPen(self.theme.colour("accent" if is_here else "text" if is_passed else "muted"))
        write(painter, place, text)

    def _line(self, number: int, width: float) -> QRectF:
        return QRectF(self._left(number), _BAR_PX + 2 * _PAD_PX, width, self.metrics("small").height() + _PAD_PX)

    def _step_width(self) -> float:
        return (self.width() - 2 * _PAD_PX - _GAP_PX * (len(self._rungs) - 1)) / len(self._rungs)

    def _left(self, number: int) -> float:
        return _PAD_PX + number * (self._step_width() + _GAP_PX)
