"""The third step of an import: what could not be taken, where it stands, and what can be done about it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count, sentence_of
from accountplanner.domain.errors import PlannerError
from accountplanner.domain.problems import Problem
from accountplanner.usecases.import_plans import ImportPlan
from accountplanner.usecases.mapping_choices import Rejoining, write_rejected

Numbered = tuple[int, Problem]


class FixStep(QWidget):
    """Lists problems and torn rows. `rejoining_wanted` takes every proposed rejoining; `told` says what was written."""

    rejoining_wanted = Signal()
    told = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: ImportPlan | None = None
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
        self._model: RowsModel[Numbered] = RowsModel(
            [
                Column(say("Sheet"), _sheet, _sheet),
                Column(say("Row"), _row, _row_key, align_right=True),
                Column(say("Column"), _column, _column),
                Column(say("Found"), _found, _found),
                Column(say("Expected"), _expected, _expected),
            ],
            _id,
            self,
        )
        self.table = RowsTable(theme, self._model, say("Problems"))
        self._build_layout()
        self.rejoin.clicked.connect(self.rejoining_wanted)
        self.save.clicked.connect(self._on_save_clicked)

    def has_anything(self) -> bool:
        """Whether there is anything to look at here."""
        plan = self._plan
        return plan is not None and bool(plan.problems or (plan.rejoinings and not plan.rejoined))

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what an import could not take."""
        self._plan = plan
        torn = plan.rejoinings if not plan.rejoined else ()
        self._model.show_rows(list(enumerate(plan.problems)))
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

    def _on_save_clicked(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, say("Save the rejected rows"), "rejected.csv", "CSV (*.csv)")
        if chosen:
            self.save_rejected(Path(chosen))


def _id(each: Numbered) -> str:
    return str(each[0])


def _sheet(each: Numbered) -> str:
    return each[1].sheet


def _row(each: Numbered) -> str:
    return str(each[1].row or "")


def _row_key(each: Numbered) -> int:
    return each[1].row


def _column(each: Numbered) -> str:
    return each[1].column


def _found(each: Numbered) -> str:
    return each[1].found


def _expected(each: Numbered) -> str:
    return each[1].expected


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
    return each[1].sentence().partition(": ")[2]
