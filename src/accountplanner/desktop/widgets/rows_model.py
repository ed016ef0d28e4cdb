"""A read-only table over frozen rows, described by its columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from accountplanner.desktop.widgets.text import plain_tip

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column(Generic[Row]):
    """How one column is titled, written and sorted; the clipboard uses the same words.

    `sort_key` returns values of one type for all rows. Put unknown values in a pair with a
    flag before them, so that they stand last and never meet a value of another type.
    """

    title: str
    text: Callable[[Row], str]
    sort_key: Callable[[Row], Any]
    align_right: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows the rows it is given: texts are made once, and sorting orders our own list.

    Qt's sorting proxy takes dates and decimals for text and asks for every cell many times.
    For more than some thousand rows use `PagedListModel` and let SQL sort.
    """

    def __init__(
        self, columns: Sequence[Column[Row]], key: Callable[[Row], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._shown: list[tuple[Row, tuple[str, ...]]] = []
        self._place: dict[str, int] = {}
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace everything, in the order a person chose last."""
        self.beginResetModel()
        self._shown = [(row, tuple(column.text(row) for column in self._columns)) for row in rows]
        if self._order is not None:
            self._put_in_order(*self._order)
        self._note_places()
        self.endResetModel()

    def write_again(self) -> None:
        """Write the texts of the same rows anew; the selection and a cell being edited stay."""
        self._shown = [(row, tuple(column.text(row) for column in self._columns)) for row, _ in self._shown]
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row_at(self, index: Index) -> Row:
        """Return the row behind a valid index."""
        return self._shown[index.row()][0]

    def key_at(self, index: Index) -> str:
        """Return the key of the row behind a valid index."""
        return self._key(self.row_at(index))

    def index_of(self, key: str) -> QModelIndex:
        """Say where the row with this key is now; invalid when it is not shown."""
        place = self._place.get(key)
        return QModelIndex() if place is None else self.index(place, 0)

    def is_number(self, place: int) -> bool:
        """Whether a column is written at the right."""
        return self._columns[place].align_right

    def as_text(self, indexes: Sequence[Index]) -> str:
        """Write rows for the clipboard: tabs between columns, with the titles above."""
        places = sorted({index.row() for index in indexes})
        titles = "\t".join(column.title for column in self._columns)
        return "\n".join((titles, *("\t".join(self._shown[place][1]) for place in places)))

    @override
    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._shown[index.row()][1][index.column()]
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == ROW_ROLE:
            return self._shown[index.row()][0]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[index.column()].align_right:
            return _RIGHT
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self._columns[section].align_right
            return _RIGHT if right else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns):
            self._order = None
            return
        self._order = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.key_at(index) for index in before]
        self._put_in_order(column, order)
        self._note_places()
        after = [self.index(self._place[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _put_in_order(self, column: int, order: Qt.SortOrder) -> None:
        sort_key = self._columns[column].sort_key
        self._shown.sort(key=lambda shown: sort_key(shown[0]), reverse=order == Qt.SortOrder.DescendingOrder)

    def _note_places(self) -> None:
        self._place = {self._key(row): place for place, (row, _texts) in enumerate(self._shown)}
