"""Find anything, do anything: records and commands under one field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QShowEvent
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
from accountplanner.desktop.widgets.reading_order import InReadingOrder
from accountplanner.desktop.widgets.rows_model import ROW_ROLE, Column, RowsModel
from accountplanner.desktop.widgets.search_field import SEARCHES
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_WIDTH_PX: Final = 620
_PAGE: Final = 10
_COMMANDS_SHOWN: Final = 6
_ONLY_COMMANDS: Final = ">"
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES: Final = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_DIGITS: Final = "1234567890"
_DIGIT_PX: Final = 34


@dataclass(frozen=True)
class PaletteEntry:
    """Something to go to or to do. `kind` is the glossary word, or “Command”.

    `is_named` is false where only a text of the record holds what was typed.
    """

    id: str
    title: str
    icon: str
    kind: str = ""
    subtitle: str = ""
    shortcut: str = ""
    is_named: bool = True


Receive = Callable[[str, Sequence[PaletteEntry]], object]
FindRecords = Callable[[str, Receive], object]


class CommandPalette(InReadingOrder, QDialog):
    """Emits `entry_chosen` with the entry and closes.

    `find_records` gets what is typed and a receiver, which it hands the same words and what was found, now or
    later; it decides what stands there before anything is typed, such as the last records open. `offered` are
    the commands for the record in sight: they stand first until something is typed. Enter before the answer
    has come chooses from the answer. Alt with a digit chooses one of the ten entries in sight.
    """

    entry_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        find_records: FindRecords,
        commands: Sequence[PaletteEntry],
        parent: QWidget,
        *,
        offered: Sequence[PaletteEntry] = (),
    ) -> None:
        super().__init__(parent)
        self._find_records = find_records
        self._commands = tuple(commands)
        self._offered = tuple(offered)
        self._awaited: int | None = None
        self._is_waiting = False
        self._stepped = 0
        self._field = _Field()
        self._rows: RowsModel[PaletteEntry] = RowsModel([Column("", _words, _words)], _key, self)
        self._list = QListView()
        self._delegate = _EntryDelegate(theme, self)
        self._foot = Label("", "small", "muted", wrap=True)
        self._build_widgets()
        self._build_layout(parent.window())
        self._field.textChanged.connect(self._on_text_changed)
        self._list.clicked.connect(self._choose)
        self._on_text_changed("")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in _PAGES:
            self._turn(_PAGES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose_place(None)
        elif _chooses(event):
            self._choose_place(_DIGITS.index(chr(key.value)))
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(self.width(), self.heightForWidth(self.width()))

    def _build_widgets(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("frameless", "true")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(say("Find anything"))
        self.setAccessibleName(say("Find anything"))
        self.setModal(True)
        self._field.setPlaceholderText(say("Find an account, a person, or something to do"))
        self._field.setAccessibleName(say("Find anything"))
        self._field.setProperty(SEARCHES, True)  # noqa: FBT003 - Qt's own
        self._field.setToolTip(self._field.placeholderText())
        self._list.setModel(self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.setAccessibleName(say("Found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)

    def _build_layout(self, around: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.MEDIUM, Space.SMALL)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        layout.addWidget(self._foot)
        self._foot.setText(say("Enter opens · Alt+1 to Alt+0 choose directly · > lists what can be done"))
        row = self._list.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self._list.setFixedHeight(min(row * (_PAGE + len(self._offered)) + 4, around.height() * 2 // 3))
        self.setFixedWidth(min(_WIDTH_PX, around.width() - 2 * Space.PAGE))
        self.move(around.mapToGlobal(around.rect().topLeft()))
        self.move(self.x() + (around.width() - self.width()) // 2, self.y() + min(110, around.height() // 8))

    def _on_text_changed(self, typed: str) -> None:
        words = typed.strip()
        self._awaited, self._stepped = None, 0
        if words.startswith(_ONLY_COMMANDS):
            self._show((), self._named_commands(words[1:].strip()))
            return
        self._is_waiting = True
        self._find_records(words, self._on_found)

    def _on_found(self, typed: str, records: Sequence[PaletteEntry]) -> None:
        if not self._is_waiting or typed != self._field.text().strip():
            return
        if typed:
            self._show(records, self._named_commands(typed))
        else:
            self._show(records, self._commands if len(records) < _PAGE else (), self._offered)

    def _named_commands(self, typed: str) -> Sequence[PaletteEntry]:
        return best(typed, self._commands, _title, _COMMANDS_SHOWN) if typed else self._commands

    def _show(
        self,
        records: Sequence[PaletteEntry],
        commands: Sequence[PaletteEntry],
        offered: Sequence[PaletteEntry] = (),
    ) -> None:
        """Show what is named first, then what can be done, then what only speaks of it."""
        named = [entry for entry in records if entry.is_named]
        spoken = [entry for entry in records if not entry.is_named]
        self._delegate.lead = len(offered)
        self._rows.show_rows([*offered, *named, *commands, *spoken])
        self._is_waiting = False
        self._go_to(0)
        self._move(self._stepped)
        if self._awaited is not None:
            self._choose_place(None if self._awaited < 0 else self._awaited)

    def _move(self, step: int) -> None:
        """Go up or down, over the end to the other one; while the answer is awaited, as soon as it is there."""
        if self._is_waiting:
            self._stepped += step
            return
        count = self._rows.rowCount()
        if count:
            self._go_to((self._list.currentIndex().row() + step) % count)

    def _turn(self, pages: int) -> None:
        lead = self._delegate.lead
        place = lead + (self._delegate.page + pages) * _PAGE
        self._go_to(max(0, min(self._rows.rowCount() - 1, place)))

    def _go_to(self, place: int) -> None:
        lead = self._delegate.lead
        self._delegate.page = max(0, place - lead) // _PAGE
        self._list.setCurrentIndex(self._rows.index(place, 0))
        first = self._rows.index(lead + self._delegate.page * _PAGE if self._delegate.page else 0, 0)
        self._list.scrollTo(first, QListView.ScrollHint.PositionAtTop)
        self._list.viewport().update()

    def _choose_place(self, digit: int | None) -> None:
        if self._is_waiting:
            # The person is faster than the search: what they mean is in the answer to what they typed.
            self._awaited = -1 if digit is None else digit
            return
        if digit is None:
            self._choose(self._list.currentIndex())
        else:
            self._choose(self._rows.index(self._delegate.lead + self._delegate.page * _PAGE + digit, 0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._rows.row_at(index)
            self.accept()
            self.entry_chosen.emit(entry)


class _Field(QLineEdit):
    """Leaves digits with Alt to the palette; Qt would type them."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _chooses(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _chooses(event: QKeyEvent) -> bool:
    # On macOS Alt makes another character of a digit, and the command key is Control here.
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
    return bool(event.modifiers() & keys) and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lead = 0
        """How many entries stand before the first that a digit chooses."""
        self.page = 0
        """Which ten entries digits choose from now."""

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
        self._paint_digit(painter, place, index.row() - self.lead)
        self._paint_words(painter, place.adjusted(44, 0, -_DIGIT_PX, 0), entry)
        painter.restore()

    def _paint_digit(self, painter: QPainter, place: QRectF, row: int) -> None:
        page, digit = divmod(row, _PAGE)
        if row >= 0 and page == self.page:
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.colour("muted"))
            write(painter, place.adjusted(0, 0, -Space.MEDIUM, 0), _DIGITS[digit], Qt.AlignmentFlag.AlignRight)

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
