"""Small marks: the pill with a word in it, and the round badge with an icon."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.painting import (
    PaintedWidget,
    begin,
    paint_pill,
    paint_round_badge,
    pill_height,
    pill_width,
)
from accountplanner.desktop.widgets.text import plain_tip

_BADGE_PX = 28


class Pill(PaintedWidget):
    """A word on a tinted ground."""

    def __init__(self, theme: Theme, text: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Show another word."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(pill_width(self.theme, self._text), pill_height(self.theme))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = (self.theme.ink(self._tone), self.theme.tint(self._tone))
        paint_pill(begin(self), self.theme, QRectF(self.rect()), self._text, colours)


class RoundBadge(PaintedWidget):
    """An icon on a round tinted ground; `name` says aloud what it means."""

    def __init__(self, theme: Theme, icon: str, name: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icon, self._tone = icon, tone
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self._fit()

    @override
    def _on_scheme_changed(self) -> None:
        self._fit()
        super()._on_scheme_changed()

    def _fit(self) -> None:
        side = self.theme.scaled(_BADGE_PX)
        self.setFixedSize(side, side)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_round_badge(begin(self), self.theme, QRectF(self.rect()), self._icon, self._tone)
