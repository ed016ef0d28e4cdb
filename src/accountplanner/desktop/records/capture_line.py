"""The line a note is typed into: it marks chips as they come, and Backspace takes a whole one away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from accountplanner.desktop.records.note_line import NoteLine
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.domain.capture import Chip, Sign, chip_before

_TONES = {
    Sign.PERSON: Tone.ACCENT,
    Sign.ACCOUNT: Tone.ACCENT,
    Sign.DAY: Tone.GOOD,
    Sign.AMOUNT: Tone.GOOD,
    Sign.FACT: Tone.INFO,
}


class CaptureLine(NoteLine):
    """Takes a note. `finished` is Enter, `finished_to_open` Ctrl+Enter.

    `name_typed` carries the sign and the letters of a name being typed, both empty elsewhere; `complete` puts
    the chosen name there. `stepped` carries 1 or -1 for the arrows and `taken` is Tab, while names are offered.
    """

    finished_to_open = Signal()
    name_typed = Signal(str, str)
    stepped = Signal(object)
    taken = Signal()

    def __init__(self, theme: Theme, *, keeps_draft: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps_draft = keeps_draft
        self.bound: dict[str, str] = {}
        self.is_offering = False
        self._chips: tuple[Chip, ...] = ()
        self._marks = _Marks(theme, self.document())
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.textChanged.connect(self._on_text_changed)

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Mark these stretches of the text; those that no longer stand there are left out."""
        text = self.toPlainText()
        self._chips = tuple(chip for chip in chips if text[chip.start : chip.end] == f"{chip.sign}{chip.words}")
        self._marks.show_chips(self._chips)

    def complete(self, name: str, record: str) -> None:
        """Put a name in the place of the letters typed of it; it means this record from now on."""
        cursor = self.textCursor()
        start = self._name_start()
        if start < 0:
            return
        words = f"{self.toPlainText()[start]}{name}"
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{words} ")
        self.bound[words] = record
        self.setTextCursor(cursor)
        self.name_typed.emit("", "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.is_offering and key in steps:
            self.stepped.emit(steps[key])
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished_to_open.emit()
        elif key == Qt.Key.Key_Backspace and not event.modifiers() and self._take_chip():
            return
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Qt asks here before any key press is seen: Tab takes the name offered, and moves on where there is none.
        if next and self.is_offering:
            self.taken.emit()
            return True
        return super().focusNextPrevChild(next)

    def _take_chip(self) -> bool:
        """Take away the name or day that ends here; a chip still being typed loses only its last letter."""
        cursor = self.textCursor()
        text = self.toPlainText()
        chip = None if cursor.hasSelection() else chip_before(text, cursor.position(), self._chips)
        if chip is None or (chip.end == cursor.position() and text[chip.start : chip.end] not in self.bound):
            return False
        cursor.setPosition(chip.start, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self.setTextCursor(cursor)
        return True

    def _name_start(self) -> int:
        """Where the name at the cursor begins, -1 where none is being typed."""
        text, at = self.toPlainText(), self.textCursor().position()
        before = text[:at]
        start = max(before.rfind("@"), before.rfind("#"))
        if start < 0 or (start and not before[start - 1].isspace()) or "\n" in before[start:]:
            return -1
        typed = before[start + 1 :]
        is_done = typed.endswith(" ") or any(each.start == start and at > each.end for each in self._chips)
        words = typed.split()
        return -1 if is_done or len(words) > 3 or not typed[:1].isalpha() else start

    def _on_text_changed(self) -> None:
        # Where its draft is kept by the dialog, what looks for half-typed fields at a lock need not take it again.
        if self._keeps_draft:
            self.document().setModified(False)

    def _on_cursor_moved(self) -> None:
        start = self._name_start()
        if start < 0:
            self.name_typed.emit("", "")
        else:
            text = self.toPlainText()
            self.name_typed.emit(text[start], text[start + 1 : self.textCursor().position()])


class _Marks(QSyntaxHighlighter):
    """Paints the ground of chips; the text keeps every letter."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._chips: tuple[Chip, ...] = ()
        theme.scheme_changed.connect(self.rehighlight)

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        if chips != self._chips:
            self._chips = chips
            self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        at = self.currentBlock().position()
        for chip in self._chips:
            look = QTextCharFormat()
            look.setBackground(self._theme.tint(_TONES[chip.sign]))
            look.setForeground(self._theme.ink(_TONES[chip.sign]))
            self.setFormat(chip.start - at, chip.end - chip.start, look)
