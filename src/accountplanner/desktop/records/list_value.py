"""Saying a value for a field: chosen where the catalogue declares choices, typed otherwise."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.day_hint import DayHint
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.fields import Field, FieldType


def offers_of(field: Field) -> tuple[tuple[str, str], ...]:
    """The values one chooses from, with their words; none for what is typed."""
    if field.type is FieldType.YES_NO:
        return (("yes", say("Yes")), ("no", say("No")))
    return tuple((key, say_label(label)) for key, label in field.choices)


class ValueChoice(QWidget):
    """Shows the editor that fits a field; `changed` comes with every change."""

    changed = Signal()

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = desk.formats
        self.typed = QLineEdit()
        self.chosen = ComboBox(desk.theme)
        self.meant = DayHint(desk.formats, self.typed)
        self._is_chosen = False
        self._is_day = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for editor in (self.typed, self.chosen):
            editor.setAccessibleName(name)
            column.addWidget(editor)
        column.addWidget(self.meant)
        self.chosen.hide()
        self.setFocusProxy(self.typed)
        self.typed.textChanged.connect(self.changed)
        self.chosen.currentIndexChanged.connect(self.changed)

    def show_field(self, field: Field) -> None:
        """Offer what may stand in a field."""
        offers = offers_of(field)
        self._is_chosen = bool(offers)
        self._is_day = field.type is FieldType.DATE
        self.meant.ask(is_asked=self._is_day)
        self.chosen.clear()
        for key, words in offers:
            self.chosen.addItem(words, key)
        self.typed.setPlaceholderText(say("Its name") if field.type is FieldType.REFERENCE else "")
        self.typed.setVisible(not self._is_chosen)
        self.chosen.setVisible(self._is_chosen)
        self.setFocusProxy(self.chosen if self._is_chosen else self.typed)
        self.changed.emit()

    def text(self) -> str:
        """What is said: the key of a choice, a day as ISO writes it, or what was typed."""
        if self._is_chosen:
            return str(self.chosen.currentData())
        typed = self.typed.text().strip()
        day = self._formats.read_date(typed) if self._is_day else None
        return day.isoformat() if day else typed
