"""The tabs of a record page: words and a line under the one in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space
from accountplanner.desktop.widgets.painting import begin, fill_round, paint_focus_ring


class TabBar(QTabBar):
    """Tabs known by a key. Keyboard and screen readers get Qt's own behaviour."""

    tab_chosen = Signal(str)

    def __init__(self, theme: Theme, tabs: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = [key for key, _text in tabs]
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for _key, text in tabs:
            self.addTab(text)
        self.currentChanged.connect(self._on_current_changed)
        theme.scheme_changed.connect(self._on_scheme_changed)

    def choose(self, key: str) -> None:
        """Bring a tab to the front."""
        self.setCurrentIndex(self._keys.index(key))

    def step(self, steps: int) -> None:
        """Bring the tab so many further on to the front, beginning anew after the last."""
        self.setCurrentIndex((self.currentIndex() + steps) % self.count())

    def chosen(self) -> str:
        """Return the key of the tab in sight."""
        return self._keys[self.currentIndex()]

    @override
    def tabSizeHint(self, index: int) -> QSize:
        metrics = QFontMetrics(self._theme.font("strong"))
        return QSize(metrics.horizontalAdvance(self.tabText(index)) + Space.PAGE, metrics.height() + Space.PAGE)

    @override
    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        painter.setFont(self._theme.font("strong"))
        for index in range(self.count()):
            self._paint_tab(painter, self.tabRect(index), index)

    def _paint_tab(self, painter: QPainter, place: QRect, index: int) -> None:
        is_chosen = index == self.currentIndex()
        painter.setPen(self._theme.colour("accent" if is_chosen else "muted"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self.tabText(index))
        if is_chosen:
            line = QRectF(place.x() + 8, place.bottom() - 2, place.width() - 16, 3)
            fill_round(painter, line, 1.5, self._theme.colour("accent"))
        if is_chosen and self.hasFocus():
            ring = QRectF(place).adjusted(2, 6, -2, -6)
            paint_focus_ring(painter, self._theme, ring, Radius.SMALL)

    def _on_current_changed(self, index: int) -> None:
        if index >= 0:
            self.tab_chosen.emit(self._keys[index])

    def _on_scheme_changed(self) -> None:
        self.updateGeometry()
        self.update()
