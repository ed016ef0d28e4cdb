"""The rows of a list, read page by page as one looks at them, and which record stands behind which row."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_lens import Found
from accountplanner.desktop.widgets.paged_list_model import HEAD, PagedListModel
from accountplanner.desktop.widgets.paged_table_model import Cells, PagedTableModel
from accountplanner.desktop.widgets.record_list import GroupHead, RecordLook, words_of
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import record_kind
from accountplanner.usecases.listing import RecordRow, record_rows
from accountplanner.usecases.session import Session

Read = Callable[[Session, Sequence[int]], Sequence[tuple[str, RecordLook]]]


class ListRows(QObject):
    """Rows as a list paints them. `known` comes when it is told of more rows whose records they are."""

    known = Signal()

    def __init__(self, desk: Desk, read: Read, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = read
        self._records: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._heads: Mapping[str, GroupHead] = {}
        self._at_hand: dict[str, RecordLook] = {}
        self.model: PagedListModel[RecordLook | GroupHead] = PagedListModel(self._fetch, words_of, self)

    def show(self, found: Found, *, is_more: bool) -> None:
        """Show what was found: another list, or the rest of the one whose beginning is shown."""
        self._heads = found.heads
        if is_more:
            self.model.add_ids(found.ids)
        else:
            self.model.show_ids(found.ids)
            # Those that came along are newer than what is shown where the list has stayed the same.
            self.model.refresh_ids(list(self._at_hand))

    def take(self, rows: Sequence[tuple[str, RecordLook]]) -> None:
        """Take rows that came with what was found, so that nobody has to ask for them."""
        self._at_hand = {look.id: look for _, look in rows}
        for record, look in rows:
            self.know(look.id, record)

    def know(self, number: str, record: str) -> None:
        """Learn which record stands behind a number."""
        self._records[number] = record
        self._numbers[record] = number

    def record_of(self, number: str) -> str:
        """The record behind a number, empty while nobody has read its row."""
        return self._records.get(number, "")

    def number_of(self, record: str) -> str:
        """The number of a record, empty while nobody has read its row."""
        return self._numbers.get(record, "")

    def read_again(self, records: Collection[str], at_most: int) -> None:
        """Read rows again because these records changed; where none of them is known, all that were read."""
        self._at_hand = {}
        changed = [self._numbers[record] for record in records if record in self._numbers]
        self.model.refresh_ids((changed or list(self._numbers.values()))[:at_most])

    def forget(self) -> None:
        """Show nothing of anybody."""
        self._records.clear()
        self._numbers.clear()
        self._heads, self._at_hand = {}, {}
        self.model.show_ids(())

    def _fetch(self, ids: Sequence[str]) -> Sequence[RecordLook | GroupHead] | None:
        """Have the rows read by the reading worker; the list shows quiet bars until they come."""
        if all(each in self._at_hand for each in ids):
            return [self._at_hand[each] for each in ids]
        self._desk.read(partial(_read_page, asked=tuple(ids), read=self._read), self._on_read)
        return None

    def _on_read(self, read: tuple[tuple[str, ...], Sequence[tuple[str, RecordLook]]]) -> None:
        asked, rows = read
        by_id: dict[str, RecordLook | GroupHead] = dict(self._heads)
        for record, look in rows:
            self.know(look.id, record)
            by_id[look.id] = look
        gone = RecordLook("", say("No longer here"))
        self.model.receive_rows(asked, [by_id.get(each, gone) for each in asked])
        self.known.emit()


class TableRows(QObject):
    """The same records as lines of a table, with whatever columns are wanted."""

    def __init__(self, desk: Desk, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = record_kind(kind)
        self._records: dict[str, str] = {}
        self.model = PagedTableModel(self._fetch, self)

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show these fields."""
        labels = {field.key: field.label for field in self._kind.fields}
        self.model.show_columns([(key, say_label(labels[key])) for key in keys if key in labels])

    def show(self, found: Found, *, is_more: bool) -> None:
        """Show what was found; a table has no groups."""
        ids = [each for each in found.ids if not each.startswith(HEAD)]
        if is_more:
            self.model.add_ids(ids)
        else:
            self.model.show_ids(ids)

    def record_of(self, number: str) -> str:
        """The record behind a number, empty while nobody has read its row."""
        return self._records.get(number, "")

    def read_again(self, records: Collection[str], at_most: int) -> None:
        """Read rows again because these records changed."""
        changed = [number for number, record in self._records.items() if record in records]
        self.model.refresh_ids((changed or list(self._records))[:at_most])

    def forget(self) -> None:
        """Show nothing of anybody."""
        self._records.clear()
        self.model.show_ids(())

    def _fetch(self, ids: Sequence[str]) -> Sequence[Cells] | None:
        self._desk.read(partial(_read_lines, asked=tuple(ids), kind=self._kind.key), self._on_read)
        return None

    def _on_read(self, read: tuple[tuple[str, ...], Sequence[RecordRow]]) -> None:
        asked, rows = read
        by_id = {str(row.number): row for row in rows}
        self._records |= {number: row.record for number, row in by_id.items()}
        self.model.receive_rows(asked, [by_id[each].texts if each in by_id else {} for each in asked])


def _read_page(
    session: Session, asked: tuple[str, ...], read: Read
) -> tuple[tuple[str, ...], Sequence[tuple[str, RecordLook]]]:
    return asked, read(session, [int(each) for each in asked if not each.startswith(HEAD)])


def _read_lines(session: Session, asked: tuple[str, ...], kind: str) -> tuple[tuple[str, ...], Sequence[RecordRow]]:
    return asked, record_rows(session, kind, [int(each) for each in asked])
