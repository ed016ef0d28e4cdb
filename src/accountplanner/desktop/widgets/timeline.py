"""Everything everyone did, newest first: a badge for the kind, a title, the day, and the words."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, outline_round, paint_round_badge, write
from accountplanner.desktop.wording import say

_BADGE_PX: Final = 28
_GAP_PX: Final = 18
_OPEN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened, written out."""

    id: str
    icon: str
    title: str
    when: str
    text: str = ""
    tone: Tone = Tone.ACCENT


@dataclass(frozen=True)
class _Placed:
    entry: TimelineEntry
    top: float
    height: float
    title: QTextLayout
    words: QTextLayout | None


class Timeline(PaintedWidget):
    """Is exactly as high as its entries, wrapped at the width it gets; pages scroll it.

    Up, Down, Home and End move between entries, Enter or a click emits `entry_opened` with the id.
    Give it the newest hundred or so and the rest with `add_entries` as it is wanted.
    """

    entry_opened = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._entries: tuple[TimelineEntry, ...] = ()
        self._current = 0
        self._placed: list[_Placed] = []
        self._placed_width = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say_current()

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these entries in this order; a keyboard that is here stays on its entry, wherever that stands now."""
        before = self._entries[self._current].id if self._entries and holds_keyboard(self) else ""
        self._entries = tuple(entries)
        self._current = next((at for at, entry in enumerate(self._entries) if entry.id == before), 0)
        self._placed_width = -1
        self._say_current()
        self._fit_height()
        self.update()

    def add_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show more below; what stands already is not measured again, and the entry in focus stays it."""
        self._entries += tuple(entries)
        if self._placed_width >= 0:
            top = self._placed[-1].top + self._placed[-1].height if self._placed else 0.0
            self._placed += self._placed_from(top, entries, self._placed_width)
        self._say_current()
        self._fit_height()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        placed = self._place(self.width())
        for number in range(self._at(event.rect().top()), len(placed)):
            item = placed[number]
            place = QRectF(0, item.top, self.width(), item.height)
            if place.top() > event.rect().bottom():
                break
            if number + 1 < len(placed):
                self._paint_thread(painter, item.top, placed[number + 1].top)
            self._paint_entry(painter, place, item)
            if self.hasFocus() and number == self._current:
                ring = place.adjusted(self._left() - 8, -4, 0, 4 - _GAP_PX)
                outline_round(painter, ring, Radius.SMALL, self.theme.colour("accent"), 2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._entries) - 1
        wanted = {
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is not None and 0 <= wanted <= last:
            self._go_to(wanted)
        elif event.key() in _OPEN_KEYS and self._entries:
            self.entry_opened.emit(self._entries[self._current].id)
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._entries:
            self._go_to(self._at(event.position().y()))
            self.entry_opened.emit(self._entries[self._current].id)

    def _at(self, height: float) -> int:
        """The entry that stands at a height."""
        return max(0, bisect_right(self._place(self.width()), height, key=_top_of) - 1)

    def _go_to(self, number: int) -> None:
        self._current = number
        self._say_current()
        self._scroll_to(number)
        self.update()

    def _scroll_to(self, number: int) -> None:
        """Bring an entry into sight of the page that scrolls it."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None:
            item = self._place(self.width())[number]
            for y in (item.top + item.height, item.top):
                there = self.mapTo(inside, QPoint(0, round(y)))
                area.ensureVisible(there.x(), there.y(), 0, Space.LARGE)

    def _say_current(self) -> None:
        if not self._entries:
            self.setAccessibleName(say("{name}, empty", name=self._name))
            return
        entry = self._entries[self._current]
        self.setAccessibleName(f"{self._name}: {entry.title}, {entry.when}. {entry.text}")

    def _fit_height(self) -> None:
        """Be as high as the wrapped texts. Layouts in scroll areas ask for no height by width."""
        placed = self._place(self.width())
        height = round(placed[-1].top + placed[-1].height) - _GAP_PX + 4 if placed else 0
        if height != self.height():
            self.setFixedHeight(height)

    def _place(self, width: int) -> list[_Placed]:
        """Wrap every text at this width once; painting and measuring use the same lines."""
        if width == self._placed_width:
            return self._placed
        self._placed, self._placed_width = self._placed_from(0.0, self._entries, width), width
        return self._placed

    def _placed_from(self, top: float, entries: Sequence[TimelineEntry], width: int) -> list[_Placed]:
        placed: list[_Placed] = []
        for entry in entries:
            placed.append(self._placed_at(top, entry, width - self._left()))
            top += placed[-1].height
        return placed

    def _placed_at(self, top: float, entry: TimelineEntry, width: int) -> _Placed:
        when = self.metrics("small").horizontalAdvance(entry.when) + Space.SMALL
        title = _wrap(entry.title, self.theme.font("strong"), width - when)
        words = _wrap(entry.text, self.theme.font("small"), width) if entry.text else None
        told = _height_of(title) + (_height_of(words) if words else 0)
        return _Placed(entry, top, max(float(self._badge()), told) + _GAP_PX, title, words)

    @override
    def _on_scheme_changed(self) -> None:
        self._placed_width = -1
        self._fit_height()
        super()._on_scheme_changed()

    def _paint_thread(self, painter: QPainter, top: float, next_top: float) -> None:
        painter.setPen(QPen(self.theme.colour("border"), 2))
        middle = self._badge() / 2
        painter.drawLine(QPointF(middle, top + self._badge() + 4), QPointF(middle, next_top - 4))

    def _paint_entry(self, painter: QPainter, place: QRectF, item: _Placed) -> None:
        entry, left = item.entry, self._left()
        paint_round_badge(
            painter, self.theme, QRectF(0, place.y(), self._badge(), self._badge()), entry.icon, entry.tone
        )
        line = QRectF(left, place.y(), place.width() - left, self._title_height())
        painter.setFont(self.theme.font("small"))
        painter.setPen(self.theme.colour("muted"))
        write(painter, line, entry.when, Qt.AlignmentFlag.AlignRight)
        if item.words is not None:
            item.words.draw(painter, QPointF(left, place.y() + _height_of(item.title)))
        painter.setPen(self.theme.colour("text"))
        item.title.draw(painter, place.topLeft() + QPointF(left, 2))

    def _title_height(self) -> int:
        return QFontMetrics(self.theme.font("strong")).height() + 4

    def _badge(self) -> int:
        return self.theme.scaled(_BADGE_PX)

    def _left(self) -> int:
        return self._badge() + Space.LARGE


def _top_of(item: _Placed) -> float:
    return item.top


def _wrap(text: str, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    bottom = 0.0
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(max(40.0, width))
        line.setPosition(QPointF(0, bottom))
        bottom += line.height() + 2
        line = layout.createLine()
    layout.endLayout()
    return layout


def _height_of(layout: QTextLayout) -> float:
    return sum(layout.lineAt(number).height() + 2 for number in range(layout.lineCount()))
