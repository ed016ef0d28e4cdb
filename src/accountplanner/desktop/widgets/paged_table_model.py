"""The same list of any length as a table: one column for each thing a person wants to see."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from typing_extensions import override

from accountplanner.desktop.widgets.paged_list_model import NO_PARENT, Index, PagedListModel
from accountplanner.desktop.widgets.text import plain_tip

Cells = Mapping[str, str]


class PagedTableModel(PagedListModel[Cells]):
    """Shows rows that are mappings from column key to text; `show_columns` says which and what they are called."""

    def __init__(
        self, fetch_rows: Callable[[Sequence[str]], Sequence[Cells] | None], parent: QObject | None = None
    ) -> None:
        super().__init__(fetch_rows, _first_text, parent)
        self._columns: tuple[tuple[str, str], ...] = (("", ""),)

    def show_columns(self, columns: Sequence[tuple[str, str]]) -> None:
        """Show these columns, as pairs of key and title."""
        self.beginResetModel()
        self._columns = tuple(columns) or (("", ""),)
        self.endResetModel()

    def column_at(self, place: int) -> str:
        """The key of a column."""
        return self._columns[place][0]

    @override
    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role not in shown or not index.isValid():
            return None
        found = self._row(index.row())
        text = found[1].get(self._columns[index.column()][0], "") if found is not None else None
        return plain_tip(text) if text and role == Qt.ItemDataRole.ToolTipRole else text

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section][1]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _first_text(cells: Cells) -> str:
    return next(iter(cells.values()), "")
