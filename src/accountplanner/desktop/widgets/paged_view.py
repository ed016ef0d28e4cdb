"""What a list and a table of records have in common: a selection that follows its ids, and what keys do."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from accountplanner.desktop.widgets.paged_list_model import PagedListModel

_MOST_KEPT: Final = 100
_NOT_BY_KEYS: Final = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


@dataclass(frozen=True)
class _Stood:
    """What was selected, and where the view was scrolled to: away from where the keyboard stands, perhaps."""

    selected: tuple[str, ...] = ()
    scrolled_to: int = 0
    is_away: bool = False


class PagedView(QTableView):
    """Shows a `PagedListModel`; the selection follows its id through every reset.

    Wherever the keyboard comes from, it finds a row to stand on, and that row in sight.

    `record_selected` comes when a person moves the selection, `record_opened` on Enter and double click,
    `letters_typed` when they begin to type: hand it to the search field. `selection_counted` carries how many are
    selected, `copy_requested` comes with the system's key for it. `name` is read aloud.
    """

    record_selected = Signal(str)
    record_opened = Signal(str)
    letters_typed = Signal(str)
    selection_counted = Signal(object)
    copy_requested = Signal()

    def __init__(self, records: PagedListModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = records
        self._kept = ""
        self._stood = _Stood()
        self.setModel(records)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        records.modelAboutToBeReset.connect(self._on_about_to_reset)
        records.modelReset.connect(self.restore)
        records.rowsInserted.connect(self.restore)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.activated.connect(self._on_activated)

    def selected_id(self) -> str:
        """Return the id the keyboard stands on, empty when it stands nowhere."""
        index = self.currentIndex()
        return self._records.id_at(index) if index.isValid() else ""

    def selected_ids(self) -> tuple[str, ...]:
        """Return every selected id, from top to bottom."""
        ranges = sorted((each.top(), each.bottom()) for each in self._ranges())
        return tuple(found for first, last in ranges for found in self._records.ids_between(first, last))

    def select(self, record_id: str) -> None:
        """Select an id alone and bring it into sight, as if a person had."""
        index = self._records.index_of(record_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self._bring_into_sight()

    def select_first(self) -> None:
        """Select the first record there is, behind the head of its group."""
        for place in range(self._records.rowCount()):
            index = self._records.index(place, 0)
            if self._records.ids_between(place, place):
                self.setCurrentIndex(index)
                return

    def restore(self) -> None:
        """Stand again where the person stood, if that is in the list. They did not move, the list did."""
        index = self._records.index_of(self._kept) if self._kept else QModelIndex()
        if index.isValid() and index != self.currentIndex():
            flags = QItemSelectionModel.SelectionFlag
            with QSignalBlocker(self):
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                for also in filter(QModelIndex.isValid, map(self._records.index_of, self._stood.selected)):
                    self.selectionModel().select(also, flags.Select | flags.Rows)
            self.selection_counted.emit(len(self.selected_ids()))
            self._scroll_back()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _NOT_BY_KEYS:
            # Qt finds a row for the keyboard only once in the life of a view, and leaves it scrolled away.
            if not self.currentIndex().isValid():
                self.restore()
            if not self.currentIndex().isValid():
                self.select_first()
            self._bring_into_sight()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the row the keyboard stands on in sight when a bar at the foot takes room; one scrolled away stays so."""
        place = self.visualRect(self.currentIndex())
        was_in_sight = self.hasFocus() and place.top() >= 0 and place.bottom() < event.oldSize().height()
        super().resizeEvent(event)
        if was_in_sight:
            self._bring_into_sight()

    @override
    def keyboardSearch(self, search: str) -> None:
        # Qt would look for the letters in every row and fetch all pages for it.
        self.letters_typed.emit(search)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)

    def _bring_into_sight(self) -> None:
        """Scroll to where the keyboard stands."""
        if self.isVisible() and self.currentIndex().isValid():
            # Rows that have just come are laid out later, and until then Qt believes there is nowhere to scroll.
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def _scroll_back(self) -> None:
        """Show what was in sight: somebody may be about to click there."""
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(self._stood.scrolled_to)
        if not self._stood.is_away:
            self._bring_into_sight()

    def _ranges(self) -> list[QItemSelectionRange]:
        # By ranges: asking for every index takes seconds where everything is selected. The stubs know no iteration.
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def _on_about_to_reset(self) -> None:
        if self.selected_id():
            self._kept = self.selected_id()
            several = self.selected_ids() if self._count_selected() <= _MOST_KEPT else ()
            self._stood = _Stood(several, self.verticalScrollBar().value(), is_away=not self._is_in_sight())

    def _count_selected(self) -> int:
        return sum(each.height() for each in self._ranges())

    def _is_in_sight(self) -> bool:
        return self.viewport().rect().intersects(self.visualRect(self.currentIndex()))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            if not self.selectionModel().hasSelection():
                # Taking the focus, Qt makes the first row current without selecting it.
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().select(current, flags.ClearAndSelect | flags.Rows)
            self._kept = self._records.id_at(current)
            self.record_selected.emit(self._kept)

    def _on_selection_changed(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self.selection_counted.emit(len(self.selected_ids()))

    def _on_activated(self, index: QModelIndex) -> None:
        self.record_opened.emit(self._records.id_at(index))
