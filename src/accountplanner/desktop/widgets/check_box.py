"""A box to tick, with a tick one can see."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.painting import begin


class CheckBox(QCheckBox):
    """Draws the tick over the box that the style sheet fills, so that colour never speaks alone."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
            paint_tick(begin(self), self._theme, box)


class TickedRows(QStyledItemDelegate):
    """Draws the same tick in the rows of a list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Checked.value:
            return
        self.initStyleOption(option, index)
        widget = option.widget
        box = widget.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tick(painter, self._theme, QRectF(box))
        painter.restore()


def paint_tick(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Paint a tick into a box that is filled with the accent."""
    side = min(box.width(), box.height()) * 0.8
    place = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    theme.paint_icon(painter, "check", theme.colour("on_accent"), place)
