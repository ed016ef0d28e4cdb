"""Chips above a list: each narrows it, one at a time or several together."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.painting import begin, fill_round, outline_round


class Chip(QAbstractButton):
    """One filter that is on or off."""

    def __init__(self, theme: Theme, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.key = key
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.scheme_changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        # Measured in the heavier weight, so that choosing a chip does not move its neighbours.
        metrics = QFontMetrics(self._theme.font("small_strong"))
        return QSize(metrics.horizontalAdvance(self.text()) + 22, metrics.height() + 8)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        radius = place.height() / 2
        if self.isChecked():
            fill_round(painter, place, radius, self._theme.colour("soft"))
        ring = "accent" if self.hasFocus() or self.isChecked() else "input_border" if self.underMouse() else "border"
        outline_round(painter, place, radius, self._theme.colour(ring), 2 if self.hasFocus() else 1)
        painter.setFont(self._theme.font("small_strong" if self.isChecked() else "small"))
        painter.setPen(self._theme.colour("accent" if self.isChecked() else "muted"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self.text())


class FilterChips(QWidget):
    """Emits `filters_changed` with the keys that are on, as a tuple in declared order."""

    filters_changed = Signal(object)

    def __init__(
        self, theme: Theme, chips: Sequence[tuple[str, str]], *, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chips = [Chip(theme, key, text) for key, text in chips]
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        layout = FlowLayout(self, Space.HAIR + 2)
        for chip in self._chips:
            layout.addWidget(chip)
            self._group.addButton(chip)
        if not several and self._chips:
            self._chips[0].setChecked(True)
        self._group.buttonClicked.connect(self._on_chip_clicked)

    def chosen(self) -> tuple[str, ...]:
        """Return the keys of the chips that are on."""
        return tuple(chip.key for chip in self._chips if chip.isChecked())

    def choose(self, *keys: str) -> None:
        """Switch chips on or off; nothing is emitted."""
        for chip in self._chips:
            chip.setChecked(chip.key in keys)

    def _on_chip_clicked(self) -> None:
        self.filters_changed.emit(self.chosen())
