"""What is remembered of a list on this computer: ways of looking at it under a name, and its columns."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_filters import condition_words
from accountplanner.desktop.wording import say
from accountplanner.usecases.browsing import Condition
from accountplanner.usecases.saved_filters import (
    SavedFilter,
    choose_columns,
    condition_titles,
    drop_filter,
    list_columns,
    save_filter,
    saved_filters,
)
from accountplanner.usecases.session import Session


class KeptWays(QObject):
    """Reads and writes what is remembered. `filters_read` carries the kept filters, `columns_read` the chosen columns.

    `worded` carries a kept filter somebody chose, with the words of its conditions.
    """

    filters_read = Signal(object)
    columns_read = Signal(object)
    worded = Signal(object, object)

    def __init__(self, desk: Desk, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind

    def read(self) -> None:
        """Read all of it."""
        self._desk.read(partial(saved_filters, kind=self._kind), self._on_filters_read)
        self._desk.read(partial(list_columns, kind=self._kind), self._on_columns_read)

    def keep(self, saved: SavedFilter) -> None:
        """Keep a way of looking at the list."""
        self._desk.write(say("Keeping the filter"), partial(_keep, saved=saved), self._on_filters_read)

    def drop(self, saved: SavedFilter) -> None:
        """Forget one."""
        self._desk.write(say("Forgetting the filter"), partial(_drop, saved=saved), self._on_filters_read)

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Remember which columns the table has."""
        self._desk.write(say("Choosing columns"), partial(choose_columns, kind=self._kind, keys=keys))

    def choose(self, saved: SavedFilter) -> None:
        """Find the words for a kept filter that is to be looked through."""
        self._desk.read(partial(_worded, saved=saved), self._on_worded)

    def _on_filters_read(self, filters: Sequence[SavedFilter]) -> None:
        self.filters_read.emit(filters)

    def _on_columns_read(self, keys: tuple[str, ...]) -> None:
        self.columns_read.emit(keys)

    def _on_worded(self, worded: tuple[SavedFilter, dict[Condition, str]]) -> None:
        self.worded.emit(*worded)


def _keep(session: Session, saved: SavedFilter) -> list[SavedFilter]:
    save_filter(session, saved)
    return saved_filters(session, saved.kind)


def _drop(session: Session, saved: SavedFilter) -> list[SavedFilter]:
    drop_filter(session, saved.kind, saved.name)
    return saved_filters(session, saved.kind)


def _worded(session: Session, saved: SavedFilter) -> tuple[SavedFilter, dict[Condition, str]]:
    titles = condition_titles(session, saved.conditions)
    return saved, {each: condition_words(each, saved.kind, titles.get(each, "")) for each in saved.conditions}
