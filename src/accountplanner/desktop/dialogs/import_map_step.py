"""The second step of an import: every column with what it is taken for, how sure, and three of its values."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.text import ElidedLabel, Label
from accountplanner.desktop.wording import say
from accountplanner.domain.catalogue import KINDS
from accountplanner.usecases.mapping_choices import (
    LEFT_ALONE,
    ColumnChoice,
    TableProposal,
    column_choices,
    field_choices,
)

_SURE = 0.85
_BOX_PX = 290
_LIKELY = 0.6


class MapStep(QScrollArea):
    """Shows proposals; `chosen` tells how the person has left them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._boxes: dict[tuple[str, str], QComboBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def has_anything(self) -> bool:
        """Whether there is anything to map."""
        return bool(self._boxes)

    def show_proposals(self, proposals: Sequence[TableProposal]) -> None:
        """Show how each table would be read."""
        self._boxes = {}
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.MEDIUM, 0)
        column.setSpacing(Space.MEDIUM)
        choices = column_choices(proposals)
        for proposal in proposals:
            mine = [choice for choice in choices if choice.table == proposal.table]
            column.addWidget(self._heading(proposal))
            column.addLayout(self._grid(proposal, mine))
        column.addStretch(1)
        self.setWidget(inside)

    def chosen(self) -> dict[tuple[str, str], str]:
        """What each column is taken for, by table and column."""
        return {place: str(box.currentData()) for place, box in self._boxes.items()}

    def box(self, table: str, column: str) -> QComboBox:
        """The choice for one column."""
        return self._boxes[table, column]

    def _heading(self, proposal: TableProposal) -> Label:
        kind = KINDS[proposal.kind].plural if proposal.kind in KINDS else proposal.kind
        key = ", ".join(proposal.key)
        told = say("{table}: {kind}, told apart by {key}", table=proposal.table, kind=kind.lower(), key=key)
        return Label(told, "heading", wrap=True)

    def _grid(self, proposal: TableProposal, choices: Sequence[ColumnChoice]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.MEDIUM)
        grid.setVerticalSpacing(Space.HAIR)
        grid.setColumnStretch(1, 1)
        for at, title in enumerate((say("Column"), say("Values"), say("Is"), "")):
            grid.addWidget(Label(title, "small", "muted"), 0, at)
        fields = field_choices(proposal)
        for row, choice in enumerate(choices, start=1):
            self._add_row(grid, row, choice, fields)
        return grid

    def _add_row(self, grid: QGridLayout, row: int, choice: ColumnChoice, fields: Sequence[tuple[str, str]]) -> None:
        grid.addWidget(Label(choice.column, "strong"), row, 0)
        grid.addWidget(ElidedLabel(" · ".join(choice.samples), "small", "muted"), row, 1)
        if choice.leads_to:
            grid.addWidget(Label(say("leads to {table}", table=choice.leads_to), "small", "muted"), row, 2)
        else:
            grid.addWidget(self._field_box(choice, fields), row, 2)
        pill = Pill(self._theme, *_confidence(choice))
        pill.setToolTip(choice.why)
        grid.addWidget(pill, row, 3, Qt.AlignmentFlag.AlignVCenter)

    def _field_box(self, choice: ColumnChoice, fields: Sequence[tuple[str, str]]) -> QComboBox:
        box = ComboBox(self._theme)
        box.addItem(say("(left alone)"), LEFT_ALONE)
        for key, label in fields:
            box.addItem(label, key)
        if box.findData(choice.chosen) < 0:
            box.addItem(choice.chosen, choice.chosen)
        box.setCurrentIndex(box.findData(choice.chosen))
        box.setAccessibleName(say("Field for the column {column}", column=choice.column))
        box.setFixedWidth(_BOX_PX)
        self._boxes[choice.table, choice.column] = box
        return box


def _confidence(choice: ColumnChoice) -> tuple[str, Tone]:
    if not choice.chosen:
        return say("unknown"), Tone.NEUTRAL
    if choice.confidence >= _SURE:
        return say("sure"), Tone.GOOD
    return (say("likely"), Tone.ACCENT) if choice.confidence >= _LIKELY else (say("please check"), Tone.WARN)
