"""The names that fit what is being typed after an @ or a #, wherever a note is written."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.capture_line import CaptureLine
from accountplanner.desktop.records.note_words import suggestion_words
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.wording import say
from accountplanner.domain.capture import Sign
from accountplanner.usecases.noting_names import Meant, completions
from accountplanner.usecases.session import Session

_SHOWN: Final = 6


class NameOffers(QListWidget):
    """Stands below a line and never takes the keyboard from it: arrows choose, Tab or a click takes the name.

    Enter takes a name only once an arrow has chosen it, and otherwise saves: whoever saves asks `take_chosen` first.
    `refused` carries why nothing could be looked up.
    """

    refused = Signal(str)

    def __init__(self, desk: Desk, line: CaptureLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line = line
        self._here = ""
        self._names: tuple[Meant, ...] = ()
        self._asked = ("", "")
        self._is_chosen = False
        self._reading = Reading(None)
        self.setAccessibleName(say("Names that fit"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        line.name_typed.connect(self._on_name_typed)
        line.stepped.connect(self._on_stepped)
        line.taken.connect(self._on_taken)
        self.itemClicked.connect(self._on_taken)

    def look_from(self, record: str) -> None:
        """Offer first the people of the record in sight."""
        self._here = record

    def take_chosen(self) -> bool:
        """Take the name an arrow has chosen, and say whether there was one."""
        if not (self._is_chosen and self._line.is_offering):
            return False
        self._on_taken()
        return True

    def offer_nothing(self) -> None:
        """Offer no names until the next letter is typed."""
        self._reading.drop()
        self._show_names(())

    def _on_name_typed(self, sign: str, typed: str) -> None:
        if (sign, typed) == self._asked:
            return
        self._reading.drop()
        self._asked, self._is_chosen = (sign, typed), False
        if not typed:
            self._show_names(())
            return
        work = partial(_complete, sign=sign, typed=typed, here=self._here)
        self._reading = self._desk.read(work, self._show_names, self._on_refused)

    def _show_names(self, names: Sequence[Meant]) -> None:
        chosen = self._names[self.currentRow()] if self._is_chosen and self._names else None
        self._names = tuple(names)
        # An arrow may have chosen while these were looked up; that name stays chosen, or else none is.
        self._is_chosen = chosen in self._names
        self.clear()
        for meant in names:
            self.addItem(suggestion_words(meant))
        if names:
            self.setCurrentRow(self._names.index(chosen) if chosen in self._names else 0)
            row = max(1, self.sizeHintForRow(0)) + 2 * self.spacing()
            self.setFixedHeight(row * min(_SHOWN, len(names)) + Space.SMALL)
        self.setVisible(bool(names))
        self._line.is_offering = bool(names)

    def _on_stepped(self, step: int) -> None:
        self._is_chosen = True
        self.setCurrentRow(max(0, min(len(self._names) - 1, self.currentRow() + step)))

    def _on_taken(self) -> None:
        row = self.currentRow()
        if 0 <= row < len(self._names):
            meant = self._names[row]
            self._line.complete(meant.title, meant.record)
            self._line.setFocus()

    def _on_refused(self, sentence: str) -> None:
        self.refused.emit(sentence)


def _complete(session: Session, sign: str, typed: str, here: str) -> tuple[Meant, ...]:
    return completions(session, Sign(sign), typed, here)
