"""What the program understands of a note, told below the line while it is typed."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.capture_line import CaptureLine
from accountplanner.desktop.records.note_words import understood_words
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.usecases.noting import Understood, understand
from accountplanner.usecases.session import Session

_PAUSE_MS: Final = 150


class NotePills(QWidget):
    """Tells in pills, and marks in the line, what each pause finds there.

    With `stands_here` the note is filed at the record in sight whatever it says, so that this needs no pill.
    `refused` carries why nothing could be understood; the text itself is safe.
    """

    refused = Signal(str)

    def __init__(self, desk: Desk, line: CaptureLine, *, stands_here: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._line = line
        self._stands_here = stands_here
        self._here = ""
        self._said: tuple[tuple[str, Tone], ...] = ()
        self._reading = Reading(None)
        self._flow = FlowLayout(self, Space.SMALL)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        line.textChanged.connect(self._pause.start)
        self.hide()

    def look_from(self, record: str) -> None:
        """Read notes as written beside this record."""
        self._here = record

    def say_nothing(self) -> None:
        """Forget what was understood."""
        self._pause.stop()
        self._reading.drop()
        self._show(())
        self._line.show_chips(())

    def _on_pause(self) -> None:
        self._reading.drop()
        text = self._line.toPlainText()
        if text.strip() and self._desk.session is not None:
            work = partial(_understand, text=text, here=self._here, bound=dict(self._line.bound))
            self._reading = self._desk.read(work, self._on_understood, self._on_refused)
        else:
            self.say_nothing()

    def _on_understood(self, read: tuple[Understood, date]) -> None:
        understood, today = read
        if understood.capture.text == self._line.toPlainText():
            self._line.show_chips(understood.chips())
            here = self._here if self._stands_here else ""
            self._show(understood_words(understood, self._desk.formats, today, here))

    def _on_refused(self, sentence: str) -> None:
        self.refused.emit(sentence)

    def _show(self, said: Sequence[tuple[str, Tone]]) -> None:
        if tuple(said) == self._said:
            return
        self._said = tuple(said)
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for words, tone in said:
            self._flow.addWidget(Pill(self._desk.theme, words, tone))
        self.setVisible(bool(said))


def _understand(session: Session, text: str, here: str, bound: dict[str, str]) -> tuple[Understood, date]:
    return understand(session, text, here, bound), session.clock.today()
