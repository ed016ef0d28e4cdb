"""The small message at the foot of the window: what was done, and a way back for eight seconds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import Shiboken
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Motion, Radius, Space
from accountplanner.desktop.widgets.buttons import Button, IconButton
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, outline_round
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say

_FOOT_PX = 20


class Toast(PaintedWidget):
    """Floats over its parent. It stays while the pointer or the focus is on it."""

    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._host = parent
        self._text = Label(role="strong")
        self._undo = Button(theme, "", "link")
        self._close = IconButton(theme, "close", "")
        self.reword()
        self._undo_it: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self._timer = QTimer(self, singleShot=True, interval=Motion.TOAST_MS)
        self._build_layout()
        self._connect()
        self.hide()

    def reword(self) -> None:
        """Take the words of the language spoken now."""
        self._undo.setText(say("Undo"))
        self._close.rename(say("Dismiss"))

    def show_message(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show a message; with `undo` it offers to take the step back."""
        self._text.setText(text)
        self._undo_it = undo
        self._undo.setVisible(undo is not None)
        self._close.setVisible(True)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        # Making these two known takes longer than the whole toast, and the window would wait for it.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        """Return what the toast says."""
        return self._text.text()

    def dismiss(self) -> None:
        """Take the message away at once."""
        self._timer.stop()
        self._undo_it = None
        self._text.clear()
        had_focus, before = holds_keyboard(self), self._before
        self.hide()
        if had_focus and before is not None and Shiboken.isValid(before) and before.isVisible():
            before.setFocus()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        """Remember where the keyboard comes from: it goes back there when the message is taken away under it."""
        if now is not None and self.isAncestorOf(now) and before is not None and not self.isAncestorOf(before):
            self._before = before

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._place()
        return super().eventFilter(watched, event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect()).adjusted(0, 0, 0, -3)
        shade = self.theme.colour("shadow")
        shade.setAlpha(40)
        fill_round(painter, place.translated(0, 3), Radius.CARD, shade)
        fill_round(painter, place, Radius.CARD, self.theme.colour("raised"))
        outline_round(painter, place, Radius.CARD, self.theme.colour("input_border"))

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL + 3)
        layout.setSpacing(Space.MEDIUM)
        for widget in (self._text, self._undo, self._close):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self._undo.clicked.connect(self._on_undo_clicked)
        self._close.clicked.connect(self.dismiss)
        self._timer.timeout.connect(self._on_time_over)
        self._host.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_undo_clicked(self) -> None:
        undo_it = self._undo_it
        self.dismiss()
        self.undo_requested.emit()
        if undo_it is not None:
            undo_it()

    def _on_time_over(self) -> None:
        if self._undo.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.dismiss()

    def _place(self) -> None:
        around = self._host.size()
        self._text.setMaximumWidth(max(120, around.width() - 240))
        self.adjustSize()
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - _FOOT_PX)
