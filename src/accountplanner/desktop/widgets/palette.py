"""Find anything, do anything: records and commands under one field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space
from accountplanner.desktop.widgets.fuzzy import best
from accountplanner.desktop.widgets.painting import fill_round, write
from accountplanner.desktop.widgets.rows_model import ROW_ROLE, Column, RowsModel
from accountplanner.desktop.wording import say

_WIDTH_PX: Final = 600
_SHOWN: Final = 9
_COMMANDS_SHOWN: Final = 6
_FAR_KEYS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


@dataclass(frozen=True)
class PaletteEntry:
    """Something to go to or to do. `kind` is the glossary word, or “Command”."""

    id: str
    title: str
    icon: str
    kind: str = ""
    subtitle: str = ""
    shortcut: str = ""


class CommandPalette(QDialog):
    """Emits `entry_chosen` with the entry and closes.

    `find_records` gets what is typed and answers at once (search is faster than a frame);
    it decides what stands there before anything is typed, such as the last records open.
    Commands are matched here, so that they are found by any letters in order.
    """

    entry_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        find_records: Callable[[str], Sequence[PaletteEntry]],
        commands: Sequence[PaletteEntry],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._find_records = find_records
        self._commands = tuple(commands)
        self._field = QLineEdit()
        self._rows: RowsModel[PaletteEntry] = RowsModel([Column("", _words, _words)], _key, self)
        self._list = QListView()
        self._build_widgets(theme)
        self._build_layout(parent.window())
        self._field.textChanged.connect(self._on_text_changed)
        self._list.clicked.connect(self._choose)
        self._on_text_changed("")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _FAR_KEYS.get(Qt.Key(event.key()))
        if step is not None:
            self._move(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _build_widgets(self, theme: Theme) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("frameless", "true")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(say("Find anything"))
        self.setAccessibleName(say("Find anything"))
        self.setModal(True)
        self._field.setPlaceholderText(say("Find an account, a person, or something to do"))
        self._field.setAccessibleName(say("Find anything"))
        self._list.setModel(self._rows)
        self._list.setItemDelegate(_EntryDelegate(theme, self))
        self._list.setAccessibleName(say("Found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)

    def _build_layout(self, around: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.SMALL)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        row = self._list.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self._list.setFixedHeight(row * _SHOWN + 4)
        self.setFixedWidth(min(_WIDTH_PX, around.width() - 2 * Space.PAGE))
        self.move(around.mapToGlobal(around.rect().topLeft()))
        self.move(self.x() + (around.width() - self.width()) // 2, self.y() + min(110, around.height() // 8))

    def _on_text_changed(self, typed: str) -> None:
        records = list(self._find_records(typed.strip()))
        commands = best(typed, self._commands, _title, _COMMANDS_SHOWN) if typed.strip() else list(self._commands)
        self._rows.show_rows([*records, *commands])
        self._list.setCurrentIndex(self._rows.index(0, 0))

    def _move(self, step: int) -> None:
        count = self._rows.rowCount()
        place = self._list.currentIndex().row() + step
        if count:
            self._list.setCurrentIndex(self._rows.index(max(0, min(count - 1, place)), 0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._rows.row_at(index)
            self.accept()
            self.entry_chosen.emit(entry)


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, QFontMetrics(self._theme.font("body")).height() + 19)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            fill_round(painter, place, Radius.CONTROL, self._theme.colour("soft"))
        entry = index.data(ROW_ROLE)
        icon = QRectF(place.x() + Space.MEDIUM, place.center().y() - 9, 18, 18)
        self._theme.paint_icon(painter, entry.icon, self._theme.colour("accent" if is_chosen else "muted"), icon)
        self._paint_words(painter, place.adjusted(44, 0, -Space.MEDIUM, 0), entry)
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRectF, entry: PaletteEntry) -> None:
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("muted"))
        end = entry.shortcut or entry.kind
        write(painter, place, end, Qt.AlignmentFlag.AlignRight)
        place.setRight(place.right() - painter.fontMetrics().horizontalAdvance(end) - Space.MEDIUM)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text"))
        write(painter, place, entry.title)
        place.setLeft(place.left() + painter.fontMetrics().horizontalAdvance(entry.title) + Space.SMALL)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("muted"))
        if place.width() > painter.fontMetrics().averageCharWidth() * 4:
            write(painter, place, entry.subtitle)


def _title(entry: PaletteEntry) -> str:
    return entry.title


def _words(entry: PaletteEntry) -> str:
    return ", ".join(part for part in (entry.title, entry.subtitle, entry.kind, entry.shortcut) if part)


def _key(entry: PaletteEntry) -> str:
    return f"{entry.kind}/{entry.id}"
