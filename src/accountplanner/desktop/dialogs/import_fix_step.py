"""The third step of an import: what could not be taken, where it stands, and what can be done about it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.dialogs.import_problem_table import InsteadField, ProblemsModel, ProblemTable, shortened
from accountplanner.desktop.documents_folder import documents_folder
from accountplanner.desktop.telling import sentence_of, tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.errors import PlannerError
from accountplanner.usecases.import_plans import ImportPlan
from accountplanner.usecases.mapping_choices import Correction, Rejoining, may_be_corrected, write_rejected


class FixStep(QWidget):
    """Lists problems and torn rows.

    `answered` comes with each cell put right. `rejoining_wanted` takes every proposed rejoining; `told` says what was
    written.
    """

    answered = Signal()
    rejoining_wanted = Signal()
    told = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
        self._selected = ""
        self._torn = Label("", "strong", wrap=True)
        self.rejoin = Button(theme, say("Put them together"), "primary")
        self._torn_model: RowsModel[tuple[int, Rejoining]] = RowsModel(
            [
                Column(say("Row"), _torn_row, _torn_key, align_right=True),
                Column(say("Sheet"), _torn_sheet, _torn_sheet),
                Column(say("Sure"), _torn_sure, _torn_sure),
                Column(say("Reads as"), _torn_sentence, _torn_sentence),
            ],
            _torn_id,
            self,
        )
        self._torn_table = RowsTable(theme, self._torn_model, say("Torn rows"))
        self._problems = Label("", "strong", wrap=True)
        self.save = Button(theme, say("Save the rejected rows"), icon="export")
        self._model = ProblemsModel(theme, self)
        self._model.corrected.connect(self.answered)
        self.table = ProblemTable(theme, self._model)
        self.instead = InsteadField()
        self.instead.setPlaceholderText(say("put instead in all of them"))
        self.instead.setAccessibleName(say("What to put instead in all cells alike"))
        self.set_all = Button(theme, "")
        self._build_layout()
        self.rejoin.clicked.connect(self.rejoining_wanted)
        self.save.clicked.connect(self._on_save_clicked)
        self.table.row_selected.connect(self._on_row_selected)
        self.instead.returnPressed.connect(self._on_set_all_clicked)
        self.set_all.clicked.connect(self._on_set_all_clicked)

    def corrections(self) -> tuple[Correction, ...]:
        """The cells a person has put right here."""
        return self._model.corrections()

    def has_anything(self) -> bool:
        """Whether there is anything to look at here."""
        plan = self._plan
        return plan is not None and bool(plan.problems or (plan.rejoinings and not plan.rejoined))

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what an import could not take."""
        self._plan = plan
        torn = plan.rejoinings if not plan.rejoined else ()
        self._model.show_problems(plan.problems)
        self._show_alike("")
        self._torn_model.show_rows(list(enumerate(torn)))
        sure = sum(each.sure for each in torn)
        torn_words = say_count("{count} row was torn", "{count} rows were torn", len(torn))
        rest = len(torn) - sure
        told = say("by separators nobody quoted; {sure} can surely be put together again", sure=sure)
        self._torn.setText(f"{torn_words} {told}" + (say(", {rest} perhaps.", rest=rest) if rest else "."))
        for widget in (self._torn, self.rejoin, self._torn_table):
            widget.setVisible(bool(torn))
        self._problems.setText(say_count("{count} problem", "{count} problems", len(plan.problems)))
        self.save.setVisible(bool(plan.rejected))
        for shown in (self._problems, self.table):
            shown.setVisible(bool(plan.problems))
        for putting in (self.instead, self.set_all):
            putting.setVisible(any(map(may_be_corrected, plan.problems)))
        if plan.problems:
            self.table.selectRow(0)

    def save_rejected(self, path: Path) -> None:
        """Write the rejected rows beside each other, to be mended and brought again."""
        if self._plan is None:
            return
        try:
            written = write_rejected(self._plan.rejected, path)
        except PlannerError as error:
            self.told.emit(sentence_of(error))
        else:
            names = ", ".join(each.name for each in written)
            self.told.emit(say("The rejected rows are in {names}.", names=names))

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        torn = QHBoxLayout()
        torn.addWidget(self._torn, 1)
        torn.addWidget(self.rejoin)
        column.addLayout(torn)
        column.addWidget(self._torn_table, 1)
        head = QHBoxLayout()
        head.addWidget(self._problems, 1)
        head.addWidget(self.save)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        alike = QHBoxLayout()
        alike.addWidget(self.instead, 1)
        alike.addWidget(self.set_all)
        column.addLayout(alike)

    def _show_alike(self, key: str) -> None:
        """Say how many cells show the same as the selected one, and offer to put all of them right at once."""
        self._selected = key
        alike = self._model.alike(key) if key else []
        found = shortened(alike[0][1].found) if alike else ""
        words = say("“{found}”", found=found) if found else say("nothing")
        self.set_all.setText(
            say_count("Set the cell with {what}", "Set all {count} cells with {what}", len(alike), what=words)
            if alike
            else say("Set the cells alike")
        )
        for each in (self.instead, self.set_all):
            each.setEnabled(bool(alike))

    def _on_row_selected(self, key: str) -> None:
        self._show_alike(key)

    def _on_set_all_clicked(self) -> None:
        self._model.put(self._model.alike(self._selected), self.instead.text())
        self.instead.clear()

    def _on_save_clicked(self) -> None:
        proposed = str(documents_folder() / "rejected.csv")
        chosen, _ = QFileDialog.getSaveFileName(self, say("Save the rejected rows"), proposed, "CSV (*.csv)")
        if chosen:
            self.save_rejected(Path(chosen))


def _torn_id(each: tuple[int, Rejoining]) -> str:
    return str(each[0])


def _torn_row(each: tuple[int, Rejoining]) -> str:
    return str(each[1].row)


def _torn_key(each: tuple[int, Rejoining]) -> int:
    return each[1].row


def _torn_sheet(each: tuple[int, Rejoining]) -> str:
    return each[1].sheet


def _torn_sure(each: tuple[int, Rejoining]) -> str:
    return say("surely") if each[1].sure else say("perhaps")


def _torn_sentence(each: tuple[int, Rejoining]) -> str:
    return tell(each[1].reading())
