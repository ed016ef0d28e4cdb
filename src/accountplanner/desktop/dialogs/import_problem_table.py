"""The cells an import could not take: each can be put right where it stands, by typing over it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.rows_model import Column, Index, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.text import plain_tip
from accountplanner.desktop.wording import say
from accountplanner.domain.problems import Problem
from accountplanner.usecases.mapping_choices import Correction, correction_of, may_be_corrected

Numbered = tuple[int, Problem]
_FOUND, _INSTEAD = 3, 4
_LONGEST_ON_A_BUTTON = 24
_ROOM_TO_TYPE_PX = 220


class ProblemsModel(RowsModel[Numbered]):
    """Problems with what a person wants to stand there instead. `corrected` comes with every change."""

    corrected = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        columns = [
            Column(say("Sheet"), _sheet, _sheet),
            Column(say("Row"), _row, _row_key, align_right=True),
            Column(say("Column"), _column, _column),
            Column(say("Found"), _found, _found),
            Column(say("Put instead"), self._instead, self._instead),
            Column(say("Expected"), _expected, _expected),
        ]
        super().__init__(columns, _id, parent)
        self._theme = theme
        self._texts: dict[int, str] = {}

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these; what was typed for others is forgotten."""
        self._texts.clear()
        self.show_rows(list(enumerate(problems)))

    def corrections(self) -> tuple[Correction, ...]:
        """The cells a person has put right."""
        rows = (self.row_at(self.index(at, 0)) for at in range(self.rowCount()))
        return tuple(correction_of(problem, self._texts[at]) for at, problem in rows if at in self._texts)

    def alike(self, key: str) -> list[Numbered]:
        """The cells of one column that show the same as this one, itself included."""
        index = self.index_of(key)
        if not index.isValid() or not may_be_corrected(self.row_at(index)[1]):
            return []
        _, wanted = self.row_at(index)
        rows = (self.row_at(self.index(at, 0)) for at in range(self.rowCount()))
        return [each for each in rows if _place(each[1]) == _place(wanted)]

    def put(self, numbered: Sequence[Numbered], text: str) -> None:
        """Put the same into several cells."""
        for at, _ in numbered:
            self._texts[at] = text
        self.write_again()
        self.corrected.emit()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == _INSTEAD and may_be_corrected(self.row_at(index)[1]):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.EditRole and index.column() == _INSTEAD:
            at, problem = self.row_at(index)
            return self._texts.get(at, problem.found)
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(tell(self.row_at(index)[1].sentence()))
        if index.isValid() and index.column() == _FOUND:
            is_right = self.row_at(index)[0] in self._texts
            if role == Qt.ItemDataRole.BackgroundRole:
                return self._theme.colour("good_tint" if is_right else "bad_tint")
            if role == Qt.ItemDataRole.DecorationRole:
                return self._theme.icon("check", "good") if is_right else self._theme.icon("flag", "bad")
            if role == Qt.ItemDataRole.AccessibleTextRole:
                words = say("put right") if is_right else say("could not be taken")
                return f"{tell(self.row_at(index)[1].found)}, {words}"
        return super().data(index, role)

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or index.column() != _INSTEAD:
            return False
        at, problem = self.row_at(index)
        text = str(value)
        if text != problem.found or at in self._texts:
            self.put([(at, problem)], text)
        return True

    def _instead(self, each: Numbered) -> str:
        return self._texts.get(each[0], "")


class ProblemTable(RowsTable):
    """The table of problems: Enter, F2, a double click or typing begins to put a cell right; Ctrl+Enter goes on."""

    def __init__(self, theme: Theme, rows: ProblemsModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, rows, say("Problems"), parent)
        self._problems = rows
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setItemDelegateForColumn(_FOUND, _TintedCell(self))
        self.setItemDelegateForColumn(_INSTEAD, _TypedCell(theme, self))
        self.row_opened.connect(self._on_row_opened)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
        if is_enter:
            # It has opened the cell; passed on, it would press the dialog's button as well.
            event.accept()

    def _on_row_opened(self, key: str) -> None:
        cell = self._problems.index_of(key).siblingAtColumn(_INSTEAD)
        if cell.flags() & Qt.ItemFlag.ItemIsEditable:
            self.selectionModel().setCurrentIndex(cell, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.edit(cell)


class _TintedCell(QStyledItemDelegate):
    """Paints the ground a cell asks for, which the style sheet would leave out."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tint = index.data(Qt.ItemDataRole.BackgroundRole)
        if tint is not None:
            painter.fillRect(option.rect.adjusted(2, 2, -2, -2), tint)
        super().paint(painter, option, index)


class _TypedCell(QStyledItemDelegate):
    """Keeps room for what somebody will type: the column is empty when widths are given."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(self._theme.scaled(_ROOM_TO_TYPE_PX), 0))


class InsteadField(QLineEdit):
    """What is put into all cells alike. Enter puts it there, and does not press the dialog's button as well."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


def shortened(text: str) -> str:
    """As much of a cell as fits on a button."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_ON_A_BUTTON else f"{line[:_LONGEST_ON_A_BUTTON]}…"


def _place(problem: Problem) -> tuple[str, str, str]:
    return problem.sheet, problem.column, problem.found


def _id(each: Numbered) -> str:
    return str(each[0])


def _sheet(each: Numbered) -> str:
    return each[1].sheet


def _row(each: Numbered) -> str:
    return str(each[1].row or "")


def _row_key(each: Numbered) -> int:
    return each[1].row


def _column(each: Numbered) -> str:
    return tell(each[1].column)


def _found(each: Numbered) -> str:
    return tell(each[1].found)


def _expected(each: Numbered) -> str:
    return tell(each[1].expected)
