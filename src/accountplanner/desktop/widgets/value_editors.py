"""The editors that stand in a row while a person changes one value."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.value_text import ValueField, ValueKind, editable
from accountplanner.desktop.wording import say

ValueEditor = QLineEdit | QPlainTextEdit | QComboBox
_LONG_KINDS = (ValueKind.LONG_TEXT, ValueKind.LIST)
_LONG_LINES = 4
_PAUSE_MS = 60


def make_editor(theme: Theme, field: ValueField, value: str, formats: Formats) -> ValueEditor:
    """Make the editor for a field with its value in it, all selected where one types over it."""
    if field.offers():
        editor: ValueEditor = _choice_editor(theme, field, value)
    elif field.kind in _LONG_KINDS:
        editor = _long_editor(field, value)
    elif field.kind is ValueKind.REFERENCE:
        editor = NameField(value)
    elif field.kind is ValueKind.DATE:
        editor = DateField(theme, editable(field, value, formats), formats)
    else:
        editor = QLineEdit(editable(field, value, formats))
    editor.setAccessibleName(field.label)
    return editor


def typed_in(editor: ValueEditor) -> str:
    """Return what stands in an editor; a choice gives its key."""
    if isinstance(editor, QComboBox):
        return str(editor.currentData())
    if isinstance(editor, NameField):
        return editor.record() or editor.text()
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


class NameField(QLineEdit):
    """The name of another record, completed as it is typed.

    `names_wanted` carries what was typed after a pause; `offer` answers with ids and names. A
    chosen name stands for its record even where several have that name. `name_chosen` comes when
    one was picked from the list.
    """

    names_wanted = Signal(str)
    name_chosen = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._offered: list[tuple[str, str]] = []
        self._chosen = ("", "")
        self._names = QStandardItemModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self.popup = QListView()
        self.popup.setAccessibleName(say("Names that fit"))
        self._completer.setPopup(self.popup)
        self._completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textEdited.connect(self._on_text_edited)

    def offer(self, typed: str, names: Sequence[tuple[str, str]]) -> None:
        """Show what fits, unless something else was typed meanwhile."""
        if typed != self.text() or not self.hasFocus():
            return
        at = self.popup.currentIndex().row() if self.is_choosing() else -1
        chosen = self._offered[at] if 0 <= at < len(self._offered) else None
        self._offered = list(names)
        self._names.clear()
        for _record, name in names:
            item = QStandardItem(name)
            item.setEditable(False)
            self._names.appendRow(item)
        if names:
            self._completer.complete()
            if chosen in self._offered:
                # An arrow has chosen while these were looked up.
                self.popup.setCurrentIndex(self._names.index(self._offered.index(chosen), 0))
        else:
            self.popup.hide()

    def record(self) -> str:
        """The record chosen from the list, empty while the text was typed."""
        return self._chosen[0] if self._chosen[1] == self.text() else ""

    def is_choosing(self) -> bool:
        """Whether the list of names is open."""
        return self.popup.isVisible()

    def _on_text_edited(self, _text: str) -> None:
        self._pause.start()

    def _on_pause(self) -> None:
        if self.text().strip():
            self.names_wanted.emit(self.text())
        else:
            self.popup.hide()

    def _on_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            self._chosen = self._offered[index.row()]
            self.setText(self._chosen[1])
            self.name_chosen.emit()


class DateField(QLineEdit):
    """A date to be typed, with a calendar to choose from. `day_chosen` comes from the calendar only."""

    day_chosen = Signal()

    def __init__(self, theme: Theme, text: str, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._formats = formats
        open_calendar = QAction(theme.icon("calendar", size_px=16), say("Calendar"), self)
        open_calendar.triggered.connect(self._on_calendar_wanted)
        self.addAction(open_calendar, QLineEdit.ActionPosition.TrailingPosition)

    def _on_calendar_wanted(self) -> None:
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        calendar.setGridVisible(False)
        found = self._formats.read_date(self.text())
        if found:
            calendar.setSelectedDate(QDate(found.year, found.month, found.day))
        calendar.clicked.connect(self._on_day_clicked)
        calendar.activated.connect(self._on_day_clicked)
        calendar.clicked.connect(popup.close)
        QVBoxLayout(popup).addWidget(calendar)
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()

    def _on_day_clicked(self, day: QDate) -> None:
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.setFocus()
        self.day_chosen.emit()


def _choice_editor(theme: Theme, field: ValueField, value: str) -> QComboBox:
    editor = ComboBox(theme)
    editor.addItem(say("(not known)"), "")
    for key, words in field.offers():
        editor.addItem(words, key)
    if editor.findData(value) < 0:
        # A value of an older catalogue or of a mangled workbook stays choosable as it is.
        editor.addItem(value, value)
    editor.setCurrentIndex(editor.findData(value))
    return editor


def _long_editor(field: ValueField, value: str) -> QPlainTextEdit:
    editor = QPlainTextEdit(value)
    editor.setTabChangesFocus(True)
    editor.setFixedHeight(editor.fontMetrics().lineSpacing() * _LONG_LINES + 28)
    if field.kind is ValueKind.LIST:
        editor.setPlaceholderText(say("One per line"))
    return editor
