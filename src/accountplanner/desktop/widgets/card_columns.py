"""A scrolling page of cards: two columns where there is room, one where there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.tokens import Space

_TWO_FROM_LETTERS = 95
_THREE_FROM_LETTERS = 210
_WIDEST_PX = 2100


class CardColumns(QScrollArea):
    """Takes cards column by column; the columns fold under each other as the page narrows.

    On very wide screens a third column opens and lines still stay short enough to read.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        # Cards that grow later, as when new lines are shown, ask their layout; the area would keep the old height.
        self._asked = QTimer(self)
        self._asked.setSingleShot(True)
        self._asked.setInterval(0)
        self._asked.timeout.connect(self._on_room_asked)
        self._inside = QWidget()
        self._inside.setProperty("ground", "window")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(Space.PAGE, Space.PAGE - 4, Space.PAGE, Space.PAGE)
        self._row.setSpacing(Space.LARGE)
        self._columns: list[QVBoxLayout] = []
        self._cards: list[tuple[int, QWidget]] = []
        self.setWidget(self._inside)

    def show_cards(self, columns: Sequence[Sequence[QWidget]]) -> None:
        """Take over these cards, given column by column for a wide page."""
        self._cards = [(number, card) for number, column in enumerate(columns) for card in column]
        self._arrange(self._columns_for(self.viewport().width()))

    def add_cards(self, cards: Sequence[QWidget]) -> None:
        """Take over more cards, at the foot of the first column."""
        self._cards += [(0, card) for card in cards]
        for card in cards:
            self._columns[0].insertWidget(self._columns[0].count() - 1, card)

    def settle(self) -> None:
        """Give every card the room its new contents need, at once.

        Texts that wrap inside nested layouts would otherwise be measured level by level over
        several rounds of events, and a card that grows would show squeezed lines until the last.
        """
        for layout in self._inside.findChildren(QLayout):
            layout.invalidate()
        for widget in self._inside.findChildren(QWidget):
            widget.ensurePolished()
            if widget.layout() is not None:
                widget.updateGeometry()  # drops the height its parent's layout remembers for it
        # Only the area itself gives its widget another height; activating the layout would squeeze it into the old one.
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._asked.start()
        return super().eventFilter(watched, event)

    def _on_room_asked(self) -> None:
        if self._row.totalHeightForWidth(self._inside.width()) > self._inside.height():
            self.settle()

    def column_count(self) -> int:
        """Say how many columns are in sight."""
        return len(self._columns)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.viewport().width()
        side = max(Space.PAGE, (width - _WIDEST_PX) // 2)
        # The scroll bar lies in the margin, so that the cards end where the header above them ends.
        right = max(Space.SMALL, side - (self.width() - width))
        self._row.setContentsMargins(side, Space.PAGE - 4, right, Space.PAGE)
        if self._columns_for(width) != len(self._columns):
            self._arrange(self._columns_for(width))

    def _columns_for(self, width: int) -> int:
        wished = max((number for number, _card in self._cards), default=0) + 1
        letters = width // max(1, self.fontMetrics().averageCharWidth())
        return min(wished, 1 if letters < _TWO_FROM_LETTERS else 2 if letters < _THREE_FROM_LETTERS else 3)

    def _arrange(self, count: int) -> None:
        for column in self._columns:
            self._empty(column)
        self._columns = [self._new_column() for _number in range(count)]
        for number, card in self._cards:
            self._columns[min(number, count - 1)].addWidget(card)
        for column in self._columns:
            column.addStretch(1)

    def _new_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.LARGE - 3)
        self._row.addLayout(column, 1)
        return column

    def _empty(self, column: QVBoxLayout) -> None:
        # Not takeAt: the item it hands out would live on and stay the one that is told when the card needs another height.
        for _number, card in self._cards:
            column.removeWidget(card)
        self._row.removeItem(column)
        column.deleteLater()
