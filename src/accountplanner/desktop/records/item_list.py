"""Short lines that belong to a record: ticked off, opened in place to be edited, and added below."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.record_fields import RecordFields
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Radius, Space, Tone
from accountplanner.desktop.widgets.badge import Pill
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.painting import PaintedWidget, begin, fill_round, write
from accountplanner.desktop.widgets.pressable import PRESS_KEYS, Pressable
from accountplanner.desktop.widgets.text import plain_tip
from accountplanner.desktop.wording import say


@dataclass(frozen=True)
class Item:
    """One line. `is_done` is `None` where there is nothing to tick."""

    record: str
    title: str
    detail: str = ""
    pill: str = ""
    tone: Tone = Tone.NEUTRAL
    is_done: bool | None = None


class TitleLine(Pressable, PaintedWidget):
    """A title with a smaller line below it. Click, Enter, Space or F2 emit `opened`."""

    opened = Signal()
    press_keys = (*PRESS_KEYS, Qt.Key.Key_F2)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._title = self._detail = ""
        self._is_quiet = False
        self._is_hovered = False
        self.become_pressable(self.opened)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("shortens", True)  # noqa: FBT003 - Qt names properties by position

    def show_words(self, title: str, detail: str, *, is_quiet: bool) -> None:
        """Show a title; a quiet one is done with."""
        self._title, self._detail, self._is_quiet = title or say("(no name)"), " ".join(detail.split()), is_quiet
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._detail)
        self.setToolTip(plain_tip("\n".join(part for part in (self._title, self._detail) if part)))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = self.metrics("body").height() + (self.metrics("small").height() if self._detail else 0)
        return QSize(self.metrics("body").averageCharWidth() * 24, height + Space.SMALL)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.metrics("body").averageCharWidth() * 12, self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = begin(self)
        place = QRectF(self.rect())
        if self._is_hovered:
            fill_round(painter, place, Radius.SMALL, self.theme.colour("hover"))
        line = place.adjusted(Space.HAIR, Space.HAIR, -Space.HAIR, 0)
        line.setHeight(self.metrics("body").height())
        painter.setFont(self.theme.font("body"))
        painter.setPen(self.theme.colour("muted" if self._is_quiet else "text"))
        write(painter, line, self._title)
        if self._detail:
            below = line.translated(0, line.height())
            below.setHeight(self.metrics("small").height())
            painter.setFont(self.theme.font("small"))
            painter.setPen(self.theme.colour("muted"))
            write(painter, below, self._detail)
        self.paint_ring(painter)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.update()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.update()
        super().leaveEvent(event)


class ItemRow(QWidget):
    """One line; opened, it shows the record's fields below. `ticked` carries the record and whether it is done now."""

    ticked = Signal(str, bool)
    opened = Signal(str)
    unfolded = Signal(str)
    resized = Signal()

    def __init__(
        self, desk: Desk, item: Item, without: Collection[str], *, opens_here: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._without = without
        self._opens_here = opens_here
        self.item = item
        self.tick = CheckBox(desk.theme, "")
        self.title = TitleLine(desk.theme)
        self.pill = Pill(desk.theme, "")
        self.fields: RecordFields | None = None
        self._below: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(Space.HAIR)
        line.addWidget(self.tick)
        line.addWidget(self.title, 1)
        line.addWidget(self.pill)
        self._column.addLayout(line)
        self.tick.clicked.connect(self._on_ticked)
        self.title.opened.connect(self._on_opened)
        self.show_item(item)

    def show_item(self, item: Item) -> None:
        """Show what the line says now."""
        self.item = item
        self.tick.setVisible(item.is_done is not None)
        self.tick.setChecked(bool(item.is_done))
        done = say("Done: {title}", title=item.title)
        self.tick.setAccessibleName(done)
        self.tick.setToolTip(done)
        self.title.show_words(item.title, item.detail, is_quiet=bool(item.is_done))
        self.pill.show_text(item.pill, item.tone)
        self.pill.setVisible(bool(item.pill))

    def toggle(self) -> None:
        """Open the fields below the line, or close them."""
        if self.fields is not None:
            self._column.removeWidget(self.fields)
            self.fields.hide()
            self.fields.deleteLater()
            self.fields = None
            self._drop_below()
        else:
            self.fields = RecordFields(self._desk, self.item.record, self._without)
            self.fields.read.connect(self._on_fields_read)
            self._column.addWidget(self.fields)
            self.unfolded.emit(self.item.record)
        self.resized.emit()

    def add_below(self, widget: QWidget) -> None:
        """Show something of the record's own below its fields, until the line is closed."""
        self._drop_below()
        self._below = widget
        self._column.addWidget(widget)

    def _drop_below(self) -> None:
        if self._below is not None:
            self._column.removeWidget(self._below)
            self._below.hide()
            self._below.deleteLater()
            self._below = None

    def _on_fields_read(self, _page: object) -> None:
        self.resized.emit()

    def _on_opened(self) -> None:
        if self._opens_here:
            self.toggle()
        else:
            self.opened.emit(self.item.record)

    def _on_ticked(self, is_done: bool) -> None:  # noqa: FBT001 - a signal carries it
        self.ticked.emit(self.item.record, is_done)


@dataclass(frozen=True)
class ListPlan:
    """What a list of lines says. `key` tells it from others; without an `invitation` nothing is added here.

    `without` names fields that need no row, because the place says them. `opens_here` opens a line
    below itself, otherwise `opened` is emitted.
    """

    key: str
    name: str
    invitation: str = ""
    without: tuple[str, ...] = ()
    opens_here: bool = True


class ItemList(QWidget):
    """Lines, and a place to add one. `added` carries the list's key and a title.

    `resized` comes when a line was opened, closed or filled; `unfolded` carries the record of one just opened.
    """

    ticked = Signal(str, bool)
    opened = Signal(str)
    added = Signal(str, str)
    unfolded = Signal(str)
    resized = Signal()

    def __init__(self, desk: Desk, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan = plan
        self._rows: dict[str, ItemRow] = {}
        self.setAccessibleName(plan.name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.HAIR)
        self.add = QLineEdit()
        self.add.setPlaceholderText(plan.invitation)
        self.add.setAccessibleName(plan.invitation)
        if not plan.invitation:
            self.add.hide()
        self.add.returnPressed.connect(self._on_add_pressed)
        self._column.addWidget(self.add)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these lines in this order; one that is open stays open."""
        wanted = {item.record: item for item in items}
        shown = sorted(self._rows.values(), key=self._column.indexOf)
        held = next((at for at, row in enumerate(shown) if holds_keyboard(row)), None)
        is_going = held is not None and shown[held].item.record not in wanted
        for record in [record for record in self._rows if record not in wanted]:
            row = self._rows.pop(record)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for at, item in enumerate(items):
            row = self._rows.get(item.record) or self._new_row(item)
            row.show_item(item)
            self._column.removeWidget(row)
            self._column.insertWidget(at, row)
        if is_going and held is not None:
            self._go_near(held)

    def _go_near(self, place: int) -> None:
        """Put the keyboard onto the line that stands where one has gone, or where a new one is written."""
        rows = sorted(self._rows.values(), key=self._column.indexOf)
        if rows:
            row = rows[min(place, len(rows) - 1)]
            (row.title if row.tick.isHidden() else row.tick).setFocus()
        else:
            self.add.setFocus()

    def row(self, record: str) -> ItemRow | None:
        """The line of a record."""
        return self._rows.get(record)

    def open_item(self, record: str) -> None:
        """Open a line that is closed."""
        row = self._rows.get(record)
        if row is not None and row.fields is None:
            row.toggle()

    def _new_row(self, item: Item) -> ItemRow:
        row = ItemRow(self._desk, item, self._plan.without, opens_here=self._plan.opens_here)
        row.ticked.connect(self.ticked)
        row.opened.connect(self.opened)
        row.resized.connect(self.resized)
        row.unfolded.connect(self.unfolded)
        self._rows[item.record] = row
        return row

    def _on_add_pressed(self) -> None:
        title = self.add.text().strip()
        if title:
            self.add.clear()
            self.added.emit(self._plan.key, title)
