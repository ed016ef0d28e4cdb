"""The table view for `RowsModel`: rows of one height, sorting by click, selection that stays."""

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.focus_ring import FocusRing
from accountplanner.desktop.widgets.rows_model import RowsModel

_SAMPLE_ROWS = 50
_GIVES_WAY = 0.6


class RowsTable(QTableView):
    """Emits the key of a row that was selected or opened (Enter or double click).

    `name` is read aloud. Columns take the width of what the first rows hold; asking all
    rows would cost seconds.
    """

    row_selected = Signal(str)
    row_opened = Signal(str)

    def __init__(self, theme: Theme, rows: RowsModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._kept: list[str] = []
        self._ring = FocusRing(theme, self)
        self._follows_rows = False
        self._needed = self._widest = self._natural = self._given = 0
        self.setModel(rows)
        self.setAccessibleName(name)
        self._set_manners()
        self._set_headers()
        rows.modelAboutToBeReset.connect(self._on_about_to_reset)
        rows.modelReset.connect(self._on_reset)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)
        self._fit_rows()

    def selected_keys(self) -> tuple[str, ...]:
        """Return the keys of the selected rows, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._rows.key_at(self._rows.index(place, 0)) for place in places)

    def select(self, key: str) -> None:
        """Select the row with this key and bring it into sight."""
        index = self._rows.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)

    def follow_rows(self) -> None:
        """Be as high as the rows need instead of filling what room there is."""
        self._follows_rows = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @override
    def sizeHint(self) -> QSize:
        if not self._follows_rows:
            return super().sizeHint()
        rows = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height()
        is_wide = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if is_wide else 0
        return QSize(super().sizeHint().width(), rows + bar + 2 * self.frameWidth() + 2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._rows.as_text(self.selectionModel().selectedRows()))
        else:
            super().keyPressEvent(event)

    def _set_manners(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    def _set_headers(self) -> None:
        header = self.horizontalHeader()
        header.setResizeContentsPrecision(_SAMPLE_ROWS)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self.resizeColumnsToContents()
        self._needed = header.length()
        sizes = [header.sectionSize(place) for place in range(header.count())]
        # Numbers are written at the right, and are never shortened.
        texts = [place for place in range(header.count()) if not self._rows.is_number(place)]
        self._widest = max(texts, key=sizes.__getitem__, default=0)
        self._natural = self._given = sizes[self._widest] if sizes else 0
        self._stretch()

    def _stretch(self) -> None:
        """Let the last column fill the room that is left; where there is none Qt would cut it instead.

        A last column of numbers would be torn from those beside it: the widest column of words takes the room. Where little is missing the widest column gives way: its longest texts end in an ellipsis and a tip says them
        whole. A table one has to push to and fro shows less.
        """
        header, missing = self.horizontalHeader(), self._needed - self.viewport().width()
        header.setStretchLastSection(False)
        if self._natural and header.sectionSize(self._widest) == self._given:
            spare = min(self._natural * _GIVES_WAY, self._natural - header.sectionSizeHint(self._widest))
            ends_in_numbers = header.count() > 0 and self._rows.is_number(header.count() - 1)
            gives = 0 < missing <= spare or (missing < 0 and ends_in_numbers)
            self._given = self._natural - (missing if gives else 0)
            header.resizeSection(self._widest, self._given)
        header.setStretchLastSection(header.length() <= self.viewport().width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()
        self.updateGeometry()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit_rows()

    def _on_about_to_reset(self) -> None:
        self._kept = list(self.selected_keys())

    def _on_reset(self) -> None:
        self._fit_columns()
        self.updateGeometry()
        selection = self.selectionModel()
        for key in self._kept:
            index = self._rows.index_of(key)
            if index.isValid():
                flags = QItemSelectionModel.SelectionFlag
                selection.setCurrentIndex(index, flags.Select | flags.Rows)

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.row_selected.emit(self._rows.key_at(current))

    def _on_activated(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.key_at(index))
