"""One line of Today: a tick, what it is, why it is there, when; tools appear where the hand or the keyboard is."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.pages.today.words import ICONS, LineWords
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.badge import Pill, RoundBadge
from accountplanner.desktop.widgets.buttons import IconButton
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, paint_focus_ring
from accountplanner.desktop.widgets.text import ElidedLabel
from accountplanner.desktop.wording import say
from accountplanner.usecases.today import AgendaLine

_OPEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TICK: Final = (Qt.Key.Key_Space, Qt.Key.Key_D)


class LineRow(PaintedWidget):
    """Shows one line and says what a person wants done with it.

    Enter or a click opens what it is about, Space or D does the obvious thing, S puts it off.
    `moved` carries 1 or -1 for the arrows; `snoozed` the line and how many days.
    """

    opened = Signal(object)
    done = Signal(object)
    snoozed = Signal(object, object)
    moved = Signal(object)

    def __init__(self, theme: Theme, line: AgendaLine, words: LineWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.line = line
        self._words = words
        self._is_hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(part for part in (words.title, words.when, words.why) if part))
        self.setAccessibleDescription(say("Enter opens, Space: {do}, S puts it off", do=words.do or say("opens")))
        self._build()

    def ask_snooze(self) -> None:
        """Offer the days until which the line may be put off."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, days in (
            (say("Tomorrow"), 1),
            (say("In three days"), 3),
            (say("Next week"), 7),
            (say("In a month"), 30),
        ):
            menu.addAction(words).setData(days)
        menu.triggered.connect(self._on_snooze_chosen)
        menu.popup(self._snooze.mapToGlobal(QPointF(0, self._snooze.height()).toPoint()))
        menu.setActiveAction(menu.actions()[0])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in _OPEN:
            self.opened.emit(self.line)
        elif event.key() in _TICK:
            self._on_tick_clicked()
        elif event.key() == Qt.Key.Key_S:
            self.ask_snooze()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.line)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self._show_tools()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self._show_tools()
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_tools()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_tools()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._is_hovered or self.hasFocus():
            fill_round(painter, place, Radius.CONTROL, self.theme.colour("hover"))
        if self.hasFocus():
            paint_focus_ring(painter, self.theme, place, Radius.CONTROL)

    def _build(self) -> None:
        icon, tone = ICONS[self.line.kind]
        self._tick = IconButton(self.theme, "check", self._words.do or say("Open"), "good")
        self._snooze = IconButton(self.theme, "clock", say("Put off"))
        for tool in (self._tick, self._snooze):
            tool.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            keep = QSizePolicy(tool.sizePolicy())
            keep.setRetainSizeWhenHidden(True)
            tool.setSizePolicy(keep)
            tool.hide()
        self._tick.clicked.connect(self._on_tick_clicked)
        self._snooze.clicked.connect(self.ask_snooze)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(self._words.title, "strong"))
        if self._words.why:
            texts.addWidget(ElidedLabel(self._words.why, "small", "muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(RoundBadge(self.theme, icon, "", tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self._tick)
        row.addWidget(self._snooze)
        if self._words.when:
            row.addWidget(Pill(self.theme, self._words.when, self._words.tone or Tone.NEUTRAL))

    def _show_tools(self) -> None:
        wanted = self._is_hovered or self.hasFocus()
        self._tick.setVisible(wanted and bool(self._words.do))
        self._snooze.setVisible(wanted)
        self.update()

    def _on_tick_clicked(self) -> None:
        (self.done if self._words.do else self.opened).emit(self.line)

    def _on_snooze_chosen(self, action: QAction) -> None:
        self.snoozed.emit(self.line, int(action.data()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(280, super().minimumSizeHint().height())
