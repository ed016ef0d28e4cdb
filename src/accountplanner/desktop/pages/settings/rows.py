"""One setting: its name, what it does, and the one thing to choose or press."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.text import Label, breakable

_WIDEST_LETTERS = 105


class SettingRow(QWidget):
    """Says what a setting does beside the control that changes it."""

    def __init__(self, name: str, told: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = Label(told, "small", "muted", wrap=True)
        if not control.accessibleName():
            control.setAccessibleName(name)
        control.setAccessibleDescription(told)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(name, "strong", wrap=True))
        words.addWidget(self.told)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        row.setSpacing(Space.LARGE)
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        # Only now: without a parent it would open as a window for a moment.
        self.told.setVisible(bool(told))

    def say(self, told: str) -> None:
        """Say anew what it does or how it stands."""
        self.told.setText(breakable(told))
        self.told.setVisible(bool(told))


class Choice(ComboBox):
    """A choice among values, each with its words. `chosen` carries the value a person chose."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, offered: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        for value, words in offered:
            self.addItem(words, value)
        self.setMinimumWidth(180)
        self.activated.connect(self._on_activated)

    def show_value(self, value: object) -> None:
        """Show what holds now; nothing is emitted."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self.itemData(place))


class _Inside(QWidget):
    """Grows wider with the size of text, up to lines that still read well."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST_LETTERS)


class Section(QScrollArea):
    """A column of cards that scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = _Inside()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, Space.LARGE, 0, Space.PAGE)
        self._column.setSpacing(Space.LARGE)
        self._column.addStretch(1)
        holder = QWidget()
        holder.setProperty("ground", "window")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(holder)
        row.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        row.addWidget(inside, 100)
        row.addStretch(1)
        self.setWidget(holder)

    def add_card(self, theme: Theme, title: str, rows: Sequence[QWidget]) -> Card:
        """Add a card with these rows."""
        card = Card(theme, title)
        for row in rows:
            card.body.addWidget(row)
        self._column.insertWidget(self._column.count() - 1, card)
        return card
