"""A list of any length: the ids in order, and only those rows a person looks at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from accountplanner.desktop.widgets.rows_model import ROW_ROLE

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
PAGE_ROWS: Final = 200
HEAD: Final = "#"
_PAGES_KEPT: Final = 12
_FEW: Final = 8


class PagedListModel(QAbstractTableModel, Generic[Row]):
    """Shows an id list that SQL has filtered and sorted, and fetches rows by page.

    `fetch_rows(ids)` returns rows in the same order, or None to say that they come later;
    then a worker reads them and the page calls `receive_rows`. Until then `data()` has
    nothing to show for ROW_ROLE and delegates paint a quiet placeholder. `words` says a
    row aloud and is what type-ahead searches. Ids that begin with `HEAD` stand between groups:
    nobody can select them.
    """

    def __init__(
        self,
        fetch_rows: Callable[[Sequence[str]], Sequence[Row] | None],
        words: Callable[[Row], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch_rows = fetch_rows
        self._words = words
        self._ids: tuple[str, ...] = ()
        self._pages: OrderedDict[int, list[tuple[str, Row]]] = OrderedDict()
        self._asked: dict[int, tuple[str, ...]] = {}

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show another list; views keep their selection by id. The same list again is none, and nothing moves."""
        if tuple(ids) == self._ids:
            return
        self.beginResetModel()
        self._ids = tuple(ids)
        self._forget()
        self.endResetModel()

    def add_ids(self, ids: Sequence[str]) -> None:
        """Show the whole list after its beginning; where it has another beginning meanwhile, show another list."""
        whole = tuple(ids)
        count = len(self._ids)
        if whole == self._ids:
            return
        if not count or whole[:count] != self._ids:
            self.show_ids(whole)
            return
        self.beginInsertRows(NO_PARENT, count, len(whole) - 1)
        self._ids = whole
        # The last page was read when it was shorter.
        self._pages.pop(count // PAGE_ROWS, None)
        self._asked.pop(count // PAGE_ROWS, None)
        self.endInsertRows()

    def receive_rows(self, ids: Sequence[str], rows: Sequence[Row]) -> None:
        """Take rows that were fetched later. Those nobody waits for any more are dropped."""
        wanted = tuple(ids)
        for page, asked in tuple(self._asked.items()):
            if asked == wanted:
                self._keep(page, rows)
                self._tell_page(page)

    def refresh_ids(self, changed: Sequence[str]) -> None:
        """Read the rows with these ids again, because something about them changed."""
        places = self._places_of(changed)
        for page in {place // PAGE_ROWS for place in places}:
            self._pages.pop(page, None)
            self._asked.pop(page, None)
        for place in places:
            self.dataChanged.emit(self.index(place, 0), self.index(place, self.columnCount() - 1))

    def ids_between(self, first: int, last: int) -> tuple[str, ...]:
        """The ids of some places, heads of groups left out."""
        return tuple(each for each in self._ids[first : last + 1] if not each.startswith(HEAD))

    def id_at(self, index: Index) -> str:
        """Return the id behind a valid index."""
        return self._ids[index.row()]

    def place_of(self, record_id: str) -> int | None:
        """Say where an id stands, or None when it is not in this list."""
        # Looking along a tuple takes a tenth of what it takes to note every place.
        return self._ids.index(record_id) if record_id in self._ids else None

    def index_of(self, record_id: str) -> QModelIndex:
        """Return the index of an id, invalid when it is not in this list."""
        place = self.place_of(record_id)
        return QModelIndex() if place is None else self.index(place, 0)

    @override
    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._ids[index.row()].startswith(HEAD):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = self._row(index.row()) if index.isValid() else None
        if found is None:
            return None
        return found[1] if role == ROW_ROLE else found[0]

    def _places_of(self, wanted: Sequence[str]) -> list[int]:
        """Where ids stand; of many, each place is noted once."""
        if len(wanted) <= _FEW:
            return [place for place in map(self.place_of, wanted) if place is not None]
        places = {known: place for place, known in enumerate(self._ids)}
        return [places[each] for each in wanted if each in places]

    def _row(self, place: int) -> tuple[str, Row] | None:
        page, within = divmod(place, PAGE_ROWS)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._ask_for(page)
        else:
            self._pages.move_to_end(page)
        return rows[within] if rows is not None and within < len(rows) else None

    def _ask_for(self, page: int) -> list[tuple[str, Row]] | None:
        if page in self._asked:
            return None
        ids = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
        self._asked[page] = ids
        rows = self._fetch_rows(ids)
        # A fetch may have delivered through receive_rows before it returned.
        return self._pages.get(page) if rows is None else self._keep(page, rows)

    def _keep(self, page: int, rows: Sequence[Row]) -> list[tuple[str, Row]]:
        self._asked.pop(page, None)
        self._pages[page] = [(self._words(row), row) for row in rows]
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return self._pages[page]

    def _tell_page(self, page: int) -> None:
        last = min((page + 1) * PAGE_ROWS, len(self._ids)) - 1
        self.dataChanged.emit(self.index(page * PAGE_ROWS, 0), self.index(last, self.columnCount() - 1))

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
