"""The second step of an import: how a recognised list is read, or what each column of another is taken for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.text import ElidedLabel, Label
from accountplanner.desktop.wording import label_within, say
from accountplanner.domain.catalogue import KINDS
from accountplanner.usecases.mapping_choices import (
    LEFT_ALONE,
    ColumnChoice,
    KnownTable,
    TableMapping,
    TableProposal,
    column_choices,
    field_choices,
    known_tables,
)

_SURE = 0.85
_BOX_PX = 290
_LIKELY = 0.6


class MapStep(QScrollArea):
    """Shows a recognised mapping, or proposals; `chosen` tells how the person has left those.

    `otherwise_wanted` is the wish to have the columns proposed although the list was recognised.
    """

    otherwise_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._boxes: dict[tuple[str, str], QComboBox] = {}
        self.otherwise: Button | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def has_anything(self) -> bool:
        """Whether there is anything to look at here."""
        return bool(self._boxes) or self.is_known()

    def is_known(self) -> bool:
        """Whether the list was recognised and nothing has to be chosen."""
        return self.otherwise is not None

    def show_known(self, mapping: TableMapping, labels: Sequence[str]) -> None:
        """Show how a recognised mapping reads the tables."""
        column = self._begin()
        self.otherwise = Button(self._theme, say("Read it otherwise"))
        self.otherwise.clicked.connect(self.otherwise_wanted)
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(Pill(self._theme, say("sure"), Tone.GOOD))
        head.addWidget(Label(say("Recognised as {name}", name=mapping.title or mapping.name), "strong", wrap=True), 1)
        head.addWidget(self.otherwise)
        column.addLayout(head)
        for table in known_tables(mapping, labels):
            column.addWidget(Label(_known_heading(table), "heading", wrap=True))
            column.addLayout(_known_grid(table))
        column.addStretch(1)

    def show_proposals(self, proposals: Sequence[TableProposal]) -> None:
        """Show how each table would be read."""
        column = self._begin()
        choices = column_choices(proposals)
        for proposal in proposals:
            mine = [choice for choice in choices if choice.table == proposal.table]
            column.addWidget(self._heading(proposal))
            column.addLayout(self._grid(proposal, mine))
        column.addStretch(1)

    def chosen(self) -> dict[tuple[str, str], str]:
        """What each column is taken for, by table and column."""
        return {place: str(box.currentData()) for place, box in self._boxes.items()}

    def box(self, table: str, column: str) -> QComboBox:
        """The choice for one column."""
        return self._boxes[table, column]

    def _begin(self) -> QVBoxLayout:
        """An empty page in place of what stood here."""
        self._boxes = {}
        self.otherwise = None
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.MEDIUM, 0)
        column.setSpacing(Space.MEDIUM)
        self.setWidget(inside)
        return column

    def _heading(self, proposal: TableProposal) -> Label:
        kind = KINDS[proposal.kind].plural if proposal.kind in KINDS else proposal.kind
        key = ", ".join(proposal.key)
        told = say("{table}: {kind}, told apart by {key}", table=proposal.table, kind=label_within(kind), key=key)
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
        pill.setToolTip(tell(choice.why))
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


def _known_heading(table: KnownTable) -> str:
    kinds = ", ".join(label_within(KINDS[kind].plural) for kind in table.kinds if kind in KINDS)
    if not kinds:
        return say("{table}: read together with another table", table=table.label)
    return say("{table}: {kind}", table=table.label, kind=kinds)


def _known_grid(table: KnownTable) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.WIDE)
    grid.setVerticalSpacing(Space.HAIR)
    grid.setColumnStretch(1, 1)
    for row, (column, read_as) in enumerate(table.columns):
        grid.addWidget(Label(column, "strong"), row, 0)
        grid.addWidget(ElidedLabel(read_as, "small", "muted"), row, 1)
    return grid


def _confidence(choice: ColumnChoice) -> tuple[str, Tone]:
    if not choice.chosen:
        return say("unknown"), Tone.NEUTRAL
    if choice.confidence >= _SURE:
        return say("sure"), Tone.GOOD
    return (say("likely"), Tone.ACCENT) if choice.confidence >= _LIKELY else (say("please check"), Tone.WARN)
