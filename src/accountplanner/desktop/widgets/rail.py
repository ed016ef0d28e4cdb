"""The navigation at the left: areas with counts, and icons only where the window is narrow."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space
from accountplanner.desktop.widgets.buttons import IconButton
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, outline_round, write
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count

_ICON_PX = 18
_WIDE_PX = 196
_NARROW_PX = 60
_AROUND_HEAD_PX = 2 * Space.MEDIUM + 10 + Space.SMALL


@dataclass(frozen=True)
class RailEntry:
    """One place to go to."""

    id: str
    text: str
    icon: str
    shortcut: str = ""


class RailButton(QAbstractButton):
    """One area in the rail, with the number of things that wait there."""

    def __init__(self, theme: Theme, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.entry = entry
        self._count = 0
        self._is_narrow = False
        self._is_hovered = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(entry.text)
        self.show_count(0)
        theme.scheme_changed.connect(self.update)

    @property
    def count(self) -> int:
        """How many things wait there."""
        return self._count

    def show_count(self, count: int) -> None:
        """Show how many things wait; 0 shows nothing."""
        self._count = count
        waiting = say_count("{count} waiting", "{count} waiting", count)
        self.setAccessibleName(f"{self.entry.text}, {waiting}" if count else self.entry.text)
        self.setToolTip(" ".join(part for part in (self.accessibleName(), self._keys()) if part))
        self.update()

    def reword(self, entry: RailEntry) -> None:
        """Take the words of another language."""
        self.entry = entry
        self.setText(entry.text)
        self.show_count(self._count)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show the icon alone, or icon and words."""
        self._is_narrow = is_narrow
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDE_PX - 24, max(38, self.fontMetrics().height() + 16))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        super().leaveEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        if self.isChecked() or self._is_hovered:
            fill_round(painter, place, Radius.CONTROL, self._theme.colour("soft" if self.isChecked() else "hover"))
        if self.hasFocus():
            outline_round(painter, place, Radius.CONTROL, self._theme.colour("accent"), 2)
        ink = self._theme.colour("accent" if self.isChecked() else "muted")
        side = self._theme.scaled(_ICON_PX)
        left = (self.width() - side) / 2 if self._is_narrow else 14.0
        corner = QRectF(left, (self.height() - side) / 2, side, side)
        self._theme.paint_icon(painter, self.entry.icon, ink, corner)
        if self._is_narrow:
            self._paint_dot(painter, corner)
        else:
            self._paint_words(painter, place.adjusted(22 + side, 0, -Space.MEDIUM, 0))

    def _paint_words(self, painter: QPainter, place: QRectF) -> None:
        checked = self.isChecked()
        number = str(self._count) if self._count else ""
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.colour("text"))
        write(painter, place, number, Qt.AlignmentFlag.AlignRight)
        room = painter.fontMetrics().horizontalAdvance(number) + (Space.SMALL if number else 0)
        painter.setFont(self._theme.font("strong" if checked else "body"))
        painter.setPen(self._theme.colour("accent" if checked else "muted"))
        write(painter, place.adjusted(0, 0, -room, 0), self.text())

    def _paint_dot(self, painter: QPainter, icon: QRectF) -> None:
        if self._count:
            painter.setPen(self._theme.colour("rail"))
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(QPointF(icon.right() + 2, icon.top() - 1), 4, 4)

    def _keys(self) -> str:
        return f"({self.entry.shortcut})" if self.entry.shortcut else ""


class Rail(PaintedWidget):
    """Shows the areas and emits `area_requested`; arrow keys move between them.

    `menu` is the program's menu, opened from the head. `footer` entries stand at the foot.
    """

    area_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        entries: Sequence[RailEntry],
        footer: Sequence[RailEntry] = (),
        menu: QMenu | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._group = QButtonGroup(self)
        self._buttons = {entry.id: RailButton(theme, entry) for entry in (*entries, *footer)}
        self._footer = tuple(entry.id for entry in footer)
        self._title = Label(say("Account Planner"), "figure")
        self._head = QHBoxLayout()
        self._menu_button = IconButton(theme, "list", say("Menu"))
        if menu is not None:
            self._menu_button.setMenu(menu)
        self._build_layout()
        # Only now: without a parent it would open as a window for a moment.
        self._menu_button.setVisible(menu is not None)
        self._connect()
        self.set_narrow(is_narrow=False)

    def choose(self, area: str) -> None:
        """Mark the area in sight; nothing is emitted."""
        self._buttons[area].setChecked(True)

    def show_count(self, area: str, count: int) -> None:
        """Show how many things wait in an area."""
        self._buttons[area].show_count(count)

    def counts(self) -> dict[str, int]:
        """How many things wait in each area."""
        return {area: button.count for area, button in self._buttons.items()}

    def reword(self, entries: Sequence[RailEntry]) -> None:
        """Take the words of another language; the areas are the same."""
        for entry in entries:
            self._buttons[entry.id].reword(entry)
        self._title.setText(say("Account Planner"))
        self._menu_button.rename(say("Menu"))

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Show icons only, or icons and words."""
        self._title.setVisible(not is_narrow)
        self._head.setContentsMargins(0 if is_narrow else 10, 0, 0, Space.SMALL)
        for button in self._buttons.values():
            button.set_narrow(is_narrow=is_narrow)
        words = max(self.metrics("strong").horizontalAdvance(button.text()) for button in self._buttons.values())
        icon = self.theme.scaled(_ICON_PX) - _ICON_PX
        head = self._title.sizeHint().width() + self._menu_button.sizeHint().width() + _AROUND_HEAD_PX
        self.setFixedWidth((_NARROW_PX if is_narrow else max(_WIDE_PX, words + 110, head)) + icon)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = next((place for place, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        painter.fillRect(self.rect(), self.theme.colour("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self.theme.colour("border"))

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.MEDIUM)
        layout.setSpacing(Space.HAIR)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._menu_button)
        layout.addLayout(self._head)
        for area, button in self._buttons.items():
            if area not in self._footer:
                layout.addWidget(button)
        layout.addStretch(1)
        for area in self._footer:
            layout.addWidget(self._buttons[area])

    def _connect(self) -> None:
        self._group.setExclusive(True)
        for button in self._buttons.values():
            self._group.addButton(button)
        self._group.buttonClicked.connect(self._on_button_clicked)

    def _on_button_clicked(self, button: RailButton) -> None:
        self.area_requested.emit(button.entry.id)
