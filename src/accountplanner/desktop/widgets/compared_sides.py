"""A new row beside the known record it may be, field by field, with what differs marked by a sign, a ground and a word."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round
from accountplanner.desktop.widgets.text import Label, breakable
from accountplanner.desktop.wording import say
from accountplanner.usecases.comparing import ComparedField

_SIGN, _FIELD, _NEW, _KNOWN = range(4)
_NOTHING: Final = "–"


class ComparedSides(PaintedWidget):
    """Shows both sides; read aloud it says each field with what the two say of it."""

    def __init__(self, theme: Theme, fields: Sequence[ComparedField], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._differing: list[tuple[QWidget, QWidget]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, Space.HAIR, 0, Space.HAIR)
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self._grid.setVerticalSpacing(Space.SMALL)
        for column, stretch in ((_FIELD, 2), (_NEW, 4), (_KNOWN, 4)):
            self._grid.setColumnStretch(column, stretch)
        for column, words in ((_NEW, say("In the file")), (_KNOWN, say("Known here"))):
            self._grid.addWidget(Label(words, "small_strong", "muted", wrap=True), 0, column)
        for row, each in enumerate(fields, start=1):
            self._add(row, each)
        self.setAccessibleName(say("Compared field by field"))
        self.setAccessibleDescription("; ".join(map(_aloud, fields)))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        for first, last in self._differing:
            place = QRectF(first.geometry().united(last.geometry())).adjusted(-2, -2, Space.HAIR, 2)
            fill_round(painter, place, Radius.SMALL, self.theme.tint(Tone.WARN))

    def _add(self, row: int, each: ComparedField) -> None:
        sign, said = _sign(each)
        role, tone = ("strong", "") if each.differs else ("body", "muted" if each.is_same else "")
        mark = Label(sign, "strong", "warn" if each.differs else "muted")
        mark.setFixedWidth(mark.fontMetrics().horizontalAdvance("≠≠"))
        mark.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        mark.setAccessibleName(said)
        mark.setToolTip(said)
        known = Label(breakable(tell(each.known)) or _NOTHING, role, tone if each.known else "faint", wrap=True)
        cells = (
            (_SIGN, mark),
            (_FIELD, Label(tell(each.label), "small", "" if each.differs else "muted", wrap=True)),
            (_NEW, Label(breakable(tell(each.new)) or _NOTHING, role, tone if each.new else "faint", wrap=True)),
            (_KNOWN, known),
        )
        for column, widget in cells:
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
        if each.differs:
            self._differing.append((mark, known))


def _sign(each: ComparedField) -> tuple[str, str]:
    if each.is_same:
        return "=", say("the same")
    if each.differs:
        return "≠", say("differs")
    return ("+", say("only in the file")) if each.new else ("", say("only known here"))


def _aloud(each: ComparedField) -> str:
    field = tell(each.label)
    if each.differs:
        return say("{field} differs: {new} in the file, {known} here", field=field, new=each.new, known=each.known)
    return f"{field}: {tell(each.new or each.known)}, {_sign(each)[1]}"
