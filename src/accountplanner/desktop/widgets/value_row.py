"""One field of a record page: read first, edited in place, saved by leaving it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.buttons import IconButton
from accountplanner.desktop.widgets.in_place_editor import ENTER, InPlaceEditor
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, paint_focus_ring
from accountplanner.desktop.widgets.text import Label, breakable, plain_tip
from accountplanner.desktop.widgets.value_editors import make_editor
from accountplanner.desktop.widgets.value_text import ValueField, ValueKind, expectation, read_typed, readable
from accountplanner.desktop.wording import say

LABEL_PX: Final = 112
_TOOL_PX: Final = 24
_CLOCK_PX: Final = 15


@dataclass(frozen=True)
class ShownValue:
    """A value as it stands: canonical text, and one line that says who, when, how sure.

    `tone` WARN marks what is stale, BAD what is in conflict; the provenance says so in words. A
    quiet one is a tip only, where a line under each of many plain facts would bury them.
    """

    text: str = ""
    provenance: str = ""
    tone: Tone = Tone.NEUTRAL
    is_quiet: bool = False


class ValueRow(PaintedWidget):
    """Shows one value and edits it in place.

    Click, F2 or Enter edits; Enter, Tab and leaving save; Esc reverts. In long texts Enter
    makes a new line and Ctrl+Enter saves. `value_committed` carries the field's id and
    canonical text; the page then calls `show_value`, or `refuse` with a sentence, which
    opens the editor again with what was typed. `details_requested` (Alt+Enter, or the clock)
    asks for the value's history. `move_requested` carries the field's id and 1 or -1 after Tab.
    In fields that name a record, `names_wanted` carries the id and what was typed; answer with
    `offer_names`.
    """

    value_committed = Signal(str, str)
    editing_started = Signal()
    editing_ended = Signal()
    details_requested = Signal(str)
    move_requested = Signal(str, object)
    names_wanted = Signal(str, str)

    def __init__(self, theme: Theme, formats: Formats, field: ValueField, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.field = field
        self._formats = formats
        self._value = ShownValue()
        self._typed: str | None = None
        self._is_hovered = False
        self._build_widgets()
        self._build_layout()
        self._editor = InPlaceEditor(self._column, formats, self)
        self._editor.save_wanted.connect(self.save)
        self._editor.revert_wanted.connect(self.revert)
        self._editor.move_wanted.connect(self._on_move_wanted)
        self._editor.names_wanted.connect(self._on_names_wanted)
        self.show_value(ShownValue())

    @property
    def is_editing(self) -> bool:
        """Whether an editor is open; pages postpone refreshing meanwhile."""
        return self._editor.is_open

    @property
    def value(self) -> ShownValue:
        """The value as it was last shown."""
        return self._value

    def show_value(self, value: ShownValue) -> None:
        """Show what stands now. An open editor stays open: what is being typed is not lost."""
        self._value = value
        written = readable(self.field, value.text, self._formats)
        self._text.setText(breakable(written) or self.field.invitation or "–")
        if self.field.is_stacked:
            # A question nobody has answered stays one quiet line.
            self._text.setVisible(bool(written) and not self.is_editing)
            self._label.set_tone("muted" if written else "faint")
        self._text.set_tone("" if written else "faint")
        self._provenance.setText(value.provenance)
        self._provenance.set_tone("muted" if value.tone is Tone.NEUTRAL else value.tone)
        self._provenance.setVisible(bool(value.provenance) and not value.is_quiet)
        self.setToolTip(plain_tip(value.provenance) if value.is_quiet else "")
        self.setAccessibleName(f"{self.field.label}: {written or say('not known')}")
        self.setAccessibleDescription(value.provenance)

    def start_editing(self) -> None:
        """Open the editor, unless the field may only be read."""
        if self.field.is_read_only or self.is_editing:
            return
        self._text.hide()
        self._details.hide()
        self._editor.open(make_editor(self.theme, self.field, self._value.text, self._formats))
        self.editing_started.emit()

    def refuse(self, sentence: str) -> None:
        """Say why a value was not taken, and let the person mend what they typed."""
        if not self.is_editing:
            typed = self._typed
            self.start_editing()
            if typed is not None:
                self._editor.put_back(typed)
        self._error.setText(sentence)
        self._error.setVisible(True)
        self._editor.mark_wrong()

    def save(self) -> bool:
        """Close the editor and hand over what was typed; False when it does not fit yet."""
        if not self._editor.is_open:
            return True
        value = read_typed(self.field, self._editor.typed(), self._formats)
        if value is None:
            self.refuse(expectation(self.field, self._formats))
            return False
        self._typed = written = self._editor.written()
        self._close_editor()
        if value != self._value.text:
            shown = written if self.field.kind is ValueKind.REFERENCE else value
            self.show_value(ShownValue(shown, say("saving…")))
            self.value_committed.emit(self.field.id, value)
        # Only now: at the end of editing pages show what came in meanwhile, and whoever typed has not seen that.
        if not self.is_editing:
            self.editing_ended.emit()
        return True

    def leave(self) -> str:
        """Close the editor because the row goes to another record: hand over what fits, return what does not."""
        typed = self._editor.typed()
        if self.save():
            return ""
        self._close_editor()
        self.editing_ended.emit()
        return typed

    def offer_names(self, typed: str, names: Sequence[tuple[str, str]]) -> None:
        """Offer records, as id and name, for what was typed into a field that names one."""
        self._editor.offer(typed, names)

    def revert(self) -> None:
        """Close the editor and forget what was typed."""
        self._close_editor()
        self.editing_ended.emit()
        self.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in ENTER
        if is_enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._on_details_clicked()
        elif is_enter or event.key() == Qt.Key.Key_F2:
            self.start_editing()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.start_editing()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover(is_hovered=True)
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(is_hovered=False)
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show_tools()
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_tools()
        super().focusOutEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        if self._is_hovered and not self.is_editing and not self.field.is_read_only:
            fill_round(painter, place, Radius.SMALL, self.theme.colour("hover"))
        if self.hasFocus():
            paint_focus_ring(painter, self.theme, place, Radius.SMALL)

    def _build_widgets(self) -> None:
        self._label = Label(self.field.label, "small", "muted", wrap=True)
        self._text = Label(wrap=True)
        self._provenance = Label("", "small", "muted", wrap=True)
        self._error = Label("", "small", "bad", wrap=True)
        self._error.hide()
        name = say("History of {field}", field=self.field.label)
        self._details = IconButton(self.theme, "history", name, size_px=_CLOCK_PX)
        self._details.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._details.clicked.connect(self._on_details_clicked)
        keep = QSizePolicy(self._details.sizePolicy())
        keep.setRetainSizeWhenHidden(True)
        self._details.setSizePolicy(keep)
        self._details.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if not self.field.is_read_only:
            self.setCursor(Qt.CursorShape.IBeamCursor)

    def _build_layout(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, Space.HAIR, Space.HAIR, Space.HAIR)
        row.setSpacing(Space.SMALL)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        for label in (self._text, self._error, self._provenance):
            self._column.addWidget(label)
        self._column.addStretch(1)
        if self.field.is_stacked:
            stack = QVBoxLayout()
            stack.setSpacing(0)
            stack.addWidget(self._label)
            stack.addLayout(self._column)
            row.addLayout(stack, 1)
        else:
            self._label.setContentsMargins(0, 2, 0, 0)
            row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(self._column, 1)
        row.addWidget(self._details, 0, Qt.AlignmentFlag.AlignTop)
        self._fit()

    def _fit(self) -> None:
        side = self.theme.scaled(_TOOL_PX)
        self._details.setFixedSize(side, side)
        if not self.field.is_stacked:
            self._label.setFixedWidth(self.theme.scaled(LABEL_PX))

    @override
    def _on_scheme_changed(self) -> None:
        self._fit()
        super()._on_scheme_changed()

    def _close_editor(self) -> None:
        if not self.is_editing:
            return
        had_focus = self._editor.close()
        self._error.hide()
        self._text.setVisible(not self.field.is_stacked or bool(self._value.text))
        if had_focus:
            self.setFocus()

    def _on_move_wanted(self, step: int) -> None:
        if self.save():
            self.move_requested.emit(self.field.id, step)

    def _on_names_wanted(self, typed: str) -> None:
        self.names_wanted.emit(self.field.id, typed)

    def _on_details_clicked(self) -> None:
        self.details_requested.emit(self.field.id)

    def _hover(self, *, is_hovered: bool) -> None:
        self._is_hovered = is_hovered
        self._show_tools()

    def _show_tools(self) -> None:
        wanted = (self._is_hovered or self.hasFocus()) and not self.is_editing and bool(self._value.provenance)
        self._details.setVisible(wanted)
        self.update()
