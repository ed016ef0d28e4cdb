"""A layout that puts things beside each other and begins a new line where there is no room."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class FlowLayout(QLayout):
    """For chips and buttons whose number and length nobody knows beforehand."""

    def __init__(self, parent: QWidget | None = None, gap_px: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap_px = gap_px
        self._heights: dict[int, int] = {}
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        # Whatever holds the layout asks for the same few widths over and over: fifty times for one page of cards.
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), is_rehearsal=True)
        return self._heights[width]

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, is_rehearsal=False)

    @override
    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._shown()]
        total = sum(widths) + self._gap_px * max(0, len(widths) - 1)
        return QSize(total, self.minimumSize().height())

    @override
    def minimumSize(self) -> QSize:
        smallest = QSize()
        for item in self._shown():
            smallest = smallest.expandedTo(item.minimumSize())
        return smallest

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, is_rehearsal: bool) -> int:
        """Put the items in place and return the height they need; none is wider than a whole line."""
        x, y, line = rect.x(), rect.y(), 0
        placed: list[tuple[QLayoutItem, QRect]] = []
        for item in self._shown():
            size = item.sizeHint().boundedTo(
                QSize(max(rect.width(), item.minimumSize().width()), item.sizeHint().height())
            )
            if x + size.width() > rect.right() + 1 and line:
                self._settle(placed, line, is_rehearsal=is_rehearsal)
                x, y, line, placed = rect.x(), y + line + self._gap_px, 0, []
            placed.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap_px
            line = max(line, size.height())
        self._settle(placed, line, is_rehearsal=is_rehearsal)
        return y + line - rect.y()

    def _settle(self, placed: list[tuple[QLayoutItem, QRect]], line: int, *, is_rehearsal: bool) -> None:
        """Put what stands in one line on its middle: a small word beside buttons would hang from their tops."""
        for item, place in placed if not is_rehearsal else ():
            item.setGeometry(place.translated(0, (line - place.height()) // 2))
