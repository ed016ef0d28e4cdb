"""The list at the left of a page: who it is, where and when, the rung, and one warning mark."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.paged_list_model import PagedListModel
from accountplanner.desktop.widgets.paged_view import PagedView
from accountplanner.desktop.widgets.painting import (
    fill_round,
    outline_round,
    paint_avatar,
    paint_pill,
    pill_height,
    pill_width,
    write,
)
from accountplanner.desktop.widgets.rows_model import ROW_ROLE
from accountplanner.desktop.widgets.text import plain_tip

_AVATAR_PX: Final = 36
_MARK_PX: Final = 15
_LETTERS_FOR_AVATAR: Final = 24
_LETTERS_FOR_PILL: Final = 26


@dataclass(frozen=True)
class RowMark:
    """An icon at the end of an entry, and what it says to those who cannot see it."""

    icon: str
    tone: Tone
    says: str


@dataclass(frozen=True)
class RecordLook:
    """One entry as it is painted: everything written out, nothing left to look up."""

    id: str
    title: str
    subtitle: str = ""
    pill: str = ""
    marks: tuple[RowMark, ...] = ()


@dataclass(frozen=True)
class GroupHead:
    """What stands above the entries of a group: what they have in common, and how many they are."""

    title: str
    count: str


def words_of(look: RecordLook | GroupHead) -> str:
    """Say an entry aloud; give this to the model as its words."""
    if isinstance(look, GroupHead):
        return f"{look.title}, {look.count}"
    return ", ".join(_parts(look))


class RecordDelegate(QStyledItemDelegate):
    """Paints a `RecordLook` from ROW_ROLE; rows that are still being read show grey bars."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self._title_height() + self._subtitle_height() + 22)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect).adjusted(0, 2, 0, -2)
        state = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        look = index.data(ROW_ROLE)
        inner = place.adjusted(10, 0, -10, 0)
        if isinstance(look, GroupHead):
            self._paint_head(painter, inner, look)
            painter.restore()
            return
        self._paint_ground(painter, place, state)
        if isinstance(look, RecordLook):
            self._paint_look(painter, inner, look, is_selected=is_selected)
        else:
            self._paint_waiting(painter, inner)
        painter.restore()

    @override
    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tell the whole of an entry, which may be cut off where it stands."""
        look = index.data(ROW_ROLE)
        if event.type() is not QEvent.Type.ToolTip or not isinstance(look, RecordLook):
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tip("\n".join(_parts(look))), view)
        return True

    def _paint_head(self, painter: QPainter, place: QRectF, head: GroupHead) -> None:
        """Paint a head at the foot of its row, nearer to what it speaks of than to what stands above."""
        line = QRectF(place.x(), place.bottom() - self._subtitle_height() - 6, place.width(), self._subtitle_height())
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("muted"))
        write(painter, line, head.count, Qt.AlignmentFlag.AlignRight)
        line.setRight(line.right() - painter.fontMetrics().horizontalAdvance(head.count) - Space.SMALL)
        painter.setFont(self._theme.font("small_strong"))
        write(painter, line, head.title)
        painter.setPen(self._theme.colour("border"))
        painter.drawLine(place.bottomLeft(), place.bottomRight())

    def _paint_ground(self, painter: QPainter, place: QRectF, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            fill_round(painter, place, Radius.CONTROL, self._theme.colour("soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            fill_round(painter, place, Radius.CONTROL, self._theme.colour("hover"))
        # A row taken out of a selection of several still has the keyboard.
        if state & QStyle.StateFlag.State_HasFocus:
            outline_round(painter, place, Radius.CONTROL, self._theme.colour("accent"), 2)

    def _paint_look(self, painter: QPainter, place: QRectF, look: RecordLook, *, is_selected: bool) -> None:
        aside = self._paint_avatar(painter, place, look.title)
        text = place.adjusted(aside, 0, 0, 0)
        top = text.center().y() - (self._title_height() + self._subtitle_height()) / 2
        title = QRectF(text.x(), top, text.width(), self._title_height())
        subtitle = QRectF(text.x(), title.bottom(), text.width(), self._subtitle_height())
        subtitle.setRight(self._paint_marks(painter, subtitle, look.marks))
        # In a narrow list the name keeps its line to itself: of all that stands here it is what one looks for.
        line = title if aside and text.width() >= self._letter() * _LETTERS_FOR_PILL else subtitle
        line.setRight(self._paint_pill(painter, line, look.pill, is_selected=is_selected))
        painter.setFont(self._theme.font("strong"))
        painter.setPen(self._theme.colour("text"))
        write(painter, title, look.title)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("muted"))
        write(painter, subtitle, look.subtitle)

    def _paint_avatar(self, painter: QPainter, place: QRectF, name: str) -> int:
        """Paint the tile where the name keeps enough room beside it, and return how far the words move aside."""
        if place.width() < self._letter() * _LETTERS_FOR_AVATAR:
            return 0
        side = self._theme.scaled(_AVATAR_PX)
        paint_avatar(painter, self._theme, QRectF(place.x(), place.center().y() - side / 2, side, side), name)
        return side + Space.MEDIUM

    def _paint_pill(self, painter: QPainter, line: QRectF, text: str, *, is_selected: bool) -> float:
        """Paint the pill at the end of the line and return where the words must stop."""
        if not text:
            return line.right()
        width, height = pill_width(self._theme, text), pill_height(self._theme)
        # Where it is higher than the words beside it, it keeps below the line above.
        top = line.center().y() - height / 2 if line.height() >= height else line.bottom() - height + 3
        place = QRectF(line.right() - width, top, width, height)
        ink, ground = ("accent", "surface") if is_selected else ("muted", "hover")
        paint_pill(painter, self._theme, place, text, (self._theme.colour(ink), self._theme.colour(ground)))
        return place.x() - Space.SMALL

    def _paint_marks(self, painter: QPainter, line: QRectF, marks: tuple[RowMark, ...]) -> float:
        """Paint the marks from the end of the line backwards and return where the words must stop."""
        right = line.right()
        for mark in reversed(marks):
            side = self._theme.scaled(_MARK_PX)
            place = QRectF(right - side, line.center().y() - side / 2, side, side)
            self._theme.paint_icon(painter, mark.icon, self._theme.ink(mark.tone), place)
            right = place.x() - Space.SMALL
        return right

    def _paint_waiting(self, painter: QPainter, place: QRectF) -> None:
        colour = self._theme.colour("hover")
        middle = place.center().y()
        fill_round(painter, QRectF(place.x(), middle - 18, _AVATAR_PX, _AVATAR_PX), Radius.CONTROL, colour)
        left = place.x() + _AVATAR_PX + Space.MEDIUM
        fill_round(painter, QRectF(left, middle - 13, place.width() * 0.45, 10), 5, colour)
        fill_round(painter, QRectF(left, middle + 5, place.width() * 0.3, 8), 4, colour)

    def _letter(self) -> int:
        return QFontMetrics(self._theme.font("strong")).averageCharWidth()

    def _title_height(self) -> int:
        return QFontMetrics(self._theme.font("strong")).height() + 2

    def _subtitle_height(self) -> int:
        return QFontMetrics(self._theme.font("small")).height()


def _parts(look: RecordLook) -> list[str]:
    told = (look.title, look.subtitle, look.pill, *(mark.says for mark in look.marks))
    return [part for part in told if part]


class RecordList(PagedView):
    """Shows a `PagedListModel` of `RecordLook` and of the heads of groups.

    It is a table of one column, because QListView lays out every row beforehand and asks the
    model for each: an eighth of a second for 100,000.
    """

    def __init__(self, theme: Theme, records: PagedListModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(records, name, parent)
        self.setItemDelegate(RecordDelegate(theme, self))
        self.setProperty("look", "list")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        theme.scheme_changed.connect(self._fit_rows)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        # A short list, too, keeps from the edge, near below the ends of what stands above it.
        self.setColumnWidth(0, max(1, min(self.viewport().width(), self.width() - Space.HAIR)))
        super().resizeEvent(event)

    def _fit_rows(self) -> None:
        height = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.verticalHeader().setDefaultSectionSize(height)
