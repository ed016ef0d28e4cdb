"""A list as a table with the columns a person chose, and the dialog in which they choose them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.check_box import TickedRows
from accountplanner.desktop.widgets.focus_ring import FocusRing
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.paged_table_model import PagedTableModel
from accountplanner.desktop.widgets.paged_view import PagedView
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.fields import Privacy
from accountplanner.usecases.listing import column_fields

_COLUMN_LETTERS: Final = 22
_NAME_LETTERS: Final = 40
_LIST_LINES: Final = 12
_LIST_SHARE: Final = 0.4


class RecordTable(PagedView):
    """`sort_requested` carries the key of the column whose title somebody pressed."""

    sort_requested = Signal(str)

    def __init__(self, theme: Theme, records: PagedTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(records, name, parent)
        self._table = records
        self._ring = FocusRing(theme, self)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self._on_section_clicked)
        header.sectionCountChanged.connect(self._fit)
        self._fit()

    def show_sorting(self, key: str, *, is_descending: bool) -> None:
        """Mark the column the table is sorted by; a table in another order has no mark."""
        places = [place for place in range(self._table.columnCount()) if self._table.column_at(place) == key]
        header = self.horizontalHeader()
        header.setSortIndicatorShown(bool(places))
        if places:
            order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(places[0], order)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)
        header, usual = self.horizontalHeader(), self.fontMetrics().averageCharWidth() * _COLUMN_LETTERS
        for place in range(header.count()):
            self.setColumnWidth(place, max(usual, header.sectionSizeHint(place)))
        self.setColumnWidth(0, self.fontMetrics().averageCharWidth() * _NAME_LETTERS)

    def _on_section_clicked(self, place: int) -> None:
        self.sort_requested.emit(self._table.column_at(place))


class ColumnsDialog(FormDialog):
    """Offers every column a table of these records may have; `columns_chosen` carries the keys in their order."""

    columns_chosen = Signal(object)

    def __init__(self, theme: Theme, kind: str, chosen: Sequence[str], parent: QWidget) -> None:
        explanation = say("What is copied has the same columns. Alt with an arrow key moves a column.")
        super().__init__(theme, say("Columns of the table"), say("Show"), explanation=explanation, parent=parent)
        self._title_key = record_kind(kind).title_key
        self.columns = _MovableList()
        wanted = (self.columns.fontMetrics().lineSpacing() + Space.SMALL) * _LIST_LINES
        self.columns.setMinimumHeight(min(wanted, round(parent.window().height() * _LIST_SHARE)))
        fields = {field.key: field for field in column_fields(kind)}
        for key in (*chosen, *(key for key in fields if key not in chosen)):
            is_private = fields[key].privacy is not Privacy.BUSINESS
            label = say_label(fields[key].label)
            item = QListWidgetItem(say("{field} (private)", field=label) if is_private else label)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.setItemDelegate(TickedRows(theme, self.columns))
        self.columns.setCurrentRow(0)
        self.add_field(say("Columns"), self.columns)
        self.let_body_grow()
        self.accept_requested.connect(self._on_accept_requested)

    def _on_accept_requested(self) -> None:
        items = [self.columns.item(row) for row in range(self.columns.count())]
        keys = [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]
        self.columns_chosen.emit(tuple(keys) or (self._title_key,))
        self.accept()


class _MovableList(QListWidget):
    """Lets Alt with an arrow key move the line the keyboard stands on."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        row = self.currentRow()
        if 0 <= row + step < self.count():
            self.insertItem(row + step, self.takeItem(row))
            self.setCurrentRow(row + step)
