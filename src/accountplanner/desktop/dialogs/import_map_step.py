"""The second step of an import: how a recognised list is read, or what each column of another is taken for."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.text import ElidedLabel, Label, plain_tip
from accountplanner.desktop.wording import label_within, say, say_label
from accountplanner.domain.catalogue import KINDS
from accountplanner.usecases.mapping_choices import (
    LEFT_ALONE,
    LISTED_KINDS,
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
_WIDEST_BOX_PX = 340
_LIKELY = 0.6


class MapStep(QScrollArea):
    """Shows a recognised mapping, or proposals; `chosen` tells how the person has left those.

    `otherwise_wanted` is the wish to have the columns proposed although the list was recognised, `kind_wanted`
    carries what its rows are, where the proposal is mistaken. `answered` comes with every choice.
    """

    answered = Signal()
    otherwise_wanted = Signal()
    kind_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._boxes: dict[tuple[str, str], QComboBox] = {}
        self.otherwise: Button | None = None
        self.kind: QComboBox | None = None
        self._inside = QWidget()
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
        self._finish(column)

    def show_proposals(self, proposals: Sequence[TableProposal]) -> None:
        """Show how each table would be read."""
        column = self._begin()
        choices = column_choices(proposals)
        for proposal in proposals:
            mine = [choice for choice in choices if choice.table == proposal.table]
            column.addLayout(self._heading(proposal, is_alone=len(proposals) == 1))
            column.addLayout(self._grid(proposal, mine))
        self._finish(column)

    def chosen(self) -> dict[tuple[str, str], str]:
        """What each column is taken for, by table and column."""
        return {place: str(box.currentData()) for place, box in self._boxes.items()}

    def choose(self, columns: Iterable[tuple[str, str, str]]) -> None:
        """Take columns, each with its table, for these fields, as far as both are here."""
        for table, column, field in columns:
            box = self._boxes.get((table, column))
            if box is not None and box.findData(field) >= 0:
                box.setCurrentIndex(box.findData(field))

    def box(self, table: str, column: str) -> QComboBox:
        """The choice for one column."""
        return self._boxes[table, column]

    def _begin(self) -> QVBoxLayout:
        """An empty page to take the place of what stands here."""
        self._boxes = {}
        self.otherwise = self.kind = None
        self._inside = inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.MEDIUM, 0)
        column.setSpacing(Space.MEDIUM)
        return column

    def _finish(self, column: QVBoxLayout) -> None:
        """Show a page that is whole: what is added to one in sight is not there for the focus yet."""
        column.addStretch(1)
        self.setWidget(self._inside)

    def _heading(self, proposal: TableProposal, *, is_alone: bool) -> QHBoxLayout:
        """What the rows of a table are; of a file with one table a person can say it."""
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        key = ", ".join(proposal.key)
        kind = KINDS[proposal.kind].plural if proposal.kind in KINDS else proposal.kind
        if not is_alone:
            told = say("{table}: {kind}, told apart by {key}", table=proposal.table, kind=label_within(kind), key=key)
            row.addWidget(Label(told, "heading", wrap=True), 1)
            return row
        self.kind = self._kind_box(proposal)
        row.addWidget(Label(say("Each row of {table} is one of", table=proposal.table), "heading"))
        row.addWidget(self.kind)
        told = say("told apart by {key}", key=key) if key else say("nothing tells its rows apart")
        row.addWidget(Label(told, "small", "muted", wrap=True), 1)
        return row

    def _kind_box(self, proposal: TableProposal) -> QComboBox:
        box = ComboBox(self._theme)
        for kind in LISTED_KINDS:
            box.addItem(say_label(KINDS[kind].plural), kind)
        box.setCurrentIndex(box.findData(proposal.kind))
        box.setAccessibleName(say("What the rows of {table} are", table=proposal.table))
        box.activated.connect(self._on_kind_chosen)
        return box

    def _on_kind_chosen(self) -> None:
        if self.kind is not None:
            self.kind_wanted.emit(str(self.kind.currentData()))

    def _on_field_chosen(self) -> None:
        self.answered.emit()

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
        pill.setToolTip(plain_tip(tell(choice.why)))
        grid.addWidget(pill, row, 3, Qt.AlignmentFlag.AlignVCenter)

    def _field_box(self, choice: ColumnChoice, fields: Sequence[tuple[str, str]]) -> QComboBox:
        box = ComboBox(self._theme)
        box.addItem(say("(left alone)"), LEFT_ALONE)
        for key, label in fields:
            box.addItem(tell(label), key)
        if box.findData(choice.chosen) < 0:
            box.addItem(choice.chosen, choice.chosen)
        box.setCurrentIndex(box.findData(choice.chosen))
        box.setAccessibleName(say("Field for the column {column}", column=choice.column))
        box.setFixedWidth(min(self._theme.scaled(_BOX_PX), _WIDEST_BOX_PX))
        box.currentIndexChanged.connect(self._on_field_chosen)
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
        grid.addWidget(ElidedLabel(tell(read_as), "small", "muted"), row, 1)
    return grid


def _confidence(choice: ColumnChoice) -> tuple[str, Tone]:
    if not choice.chosen:
        return say("unknown"), Tone.NEUTRAL
    if choice.confidence >= _SURE:
        return say("sure"), Tone.GOOD
    return (say("likely"), Tone.ACCENT) if choice.confidence >= _LIKELY else (say("please check"), Tone.WARN)
