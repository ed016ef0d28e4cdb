"""Everything that was done, by day: filtered by person, kind and day, searched, and each step with its way back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.pages.history.doing_row import DoingRow, who_of
from accountplanner.desktop.telling import tell_title
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.combo_box import ComboBox
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.when_seen import WhenSeen
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import KINDS
from accountplanner.usecases.doings import Doing, all_doings, narrowed
from accountplanner.usecases.history import redo_step, undo_step
from accountplanner.usecases.session import Session

_PAGE: Final = 60
_DAYS_OFFERED: Final = 60
_WIDEST_PX: Final = 920


class HistoryPage(QWidget):
    """Reads when it comes into sight and after each change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: list[Doing] = []
        self._most = _PAGE
        self._reading = Reading(None)
        self.rows: list[DoingRow] = []
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read again what was done."""
        self._reading.drop()
        self._reading = self._desk.read(_read, self._on_read)

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.search_field.setFocus()

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self.who, self.kind, self.day = (ComboBox(theme) for _ in range(3))
        for box, name in ((self.who, say("By whom")), (self.kind, say("About what")), (self.day, say("On which day"))):
            box.setAccessibleName(name)
            box.setMinimumWidth(150)
        self.search_field = SearchField(theme, say("Search what was done"))
        self._empty = EmptyState(theme, "", "", "history")
        self._inside = QWidget()
        self._inside.setMaximumWidth(_WIDEST_PX)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, Space.PAGE)
        self._column.setSpacing(Space.SMALL)
        self.setFocusProxy(self.search_field)

    def _build_layout(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(Space.SMALL)
        filters.addWidget(self.search_field, 1)
        for box in (self.who, self.kind, self.day):
            filters.addWidget(box)
        head = QWidget()
        head.setMaximumWidth(_WIDEST_PX)
        top = QVBoxLayout(head)
        top.setContentsMargins(0, Space.LARGE, 0, Space.LARGE)
        top.setSpacing(Space.SMALL)
        top.addWidget(Label(say("History"), "title"))
        top.addWidget(
            Label(
                say(
                    "Every step can be taken back from here, however old, and done again; what was changed since stays."
                ),
                "small",
                "muted",
                wrap=True,
            )
        )
        top.addLayout(filters)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scrolled())
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        above.addWidget(head, 100)
        above.addStretch(1)
        column.addLayout(above)
        column.addWidget(self._stack, 1)

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setProperty("ground", "window")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(holder)
        row.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        row.addWidget(self._inside, 100)
        row.addStretch(1)
        area.setWidget(holder)
        return area

    def _connect(self) -> None:
        self.search_field.searched.connect(self._on_filter_changed)
        for box in (self.who, self.kind, self.day):
            box.activated.connect(self._on_filter_changed)
        self._empty.action_requested.connect(self._on_show_all)
        self._desk.opened.connect(self.refresh)
        self._desk.bus.announced.connect(WhenSeen(self, self.refresh).wish)

    def _on_read(self, found: list[Doing]) -> None:
        self._found = [_in_words(doing) for doing in found]
        formats = self._desk.formats
        days = list(dict.fromkeys(_day_of(doing) for doing in found))[:_DAYS_OFFERED]
        kinds = sorted({kind for doing in found for kind in doing.kinds}, key=lambda kind: say_label(KINDS[kind].label))
        people = list(dict.fromkeys(who_of(doing) for doing in found))
        _offer(self.who, say("Everybody"), [(who, who) for who in people])
        _offer(self.kind, say("Everything"), [(kind, say_label(KINDS[kind].plural)) for kind in kinds])
        _offer(self.day, say("Any day"), [(day.isoformat(), formats.full_date(day)) for day in days])
        self._show()

    def _on_filter_changed(self, _what: object = None) -> None:
        self._most = _PAGE
        self._show()

    def _on_show_all(self) -> None:
        for box in (self.who, self.kind, self.day):
            box.setCurrentIndex(0)
        self.search_field.clear()
        self._on_filter_changed()

    def _show(self) -> None:
        day = self.day.currentData()
        shown = narrowed(
            self._found,
            who=self.who.currentData() or "",
            kind=self.kind.currentData() or "",
            day=date.fromisoformat(day) if day else None,
            text=self.search_field.text(),
        )
        had_focus = holds_keyboard(self._stack)
        step = next((row.doing.step for row in self.rows if holds_keyboard(row)), 0)
        self._clear()
        self._show_days(shown[: self._most])
        if len(shown) > self._most:
            more = Button(self._desk.theme, say("{count} more", count=len(shown) - self._most), "link")
            more.clicked.connect(self._on_more_clicked)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._stack.setCurrentIndex(0 if shown else 1)
        if self._found:
            self._empty.show_sentence(say("Nothing was done that fits."), say("Show all"))
        else:
            self._empty.show_sentence(say("Nothing has been done yet. What you and your colleagues do is listed here."))
        if had_focus:
            row = next((row for row in self.rows if row.doing.step == step and row.focusProxy() is not None), None)
            (row or self.search_field).setFocus()

    def _show_days(self, shown: Sequence[Doing]) -> None:
        card: Card | None = None
        last: date | None = None
        for doing in shown:
            day = _day_of(doing)
            if card is None or day != last:
                self._column.addWidget(Label(self._desk.formats.full_date(day), "small_strong", "muted"))
                card, last = Card(self._desk.theme), day
                self._column.addWidget(card)
            row = DoingRow(self._desk, doing)
            row.undo_wanted.connect(self._on_undo_wanted)
            row.redo_wanted.connect(self._on_redo_wanted)
            card.add_wide(row)
            self.rows.append(row)

    def _clear(self) -> None:
        self.rows = []
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _on_more_clicked(self) -> None:
        self._most += _PAGE
        self._show()

    def _on_undo_wanted(self, doing: Doing) -> None:
        self._desk.write(say("Undo"), partial(_undo, number=doing.step), None, self._on_refused)

    def _on_redo_wanted(self, doing: Doing) -> None:
        self._desk.write(say("Redo"), partial(_redo, number=doing.step), None, self._on_refused)

    def _on_refused(self, sentence: str) -> None:
        self._desk.tell(sentence)
        self.refresh()


def _day_of(doing: Doing) -> date:
    return doing.at.astimezone().date()


def _in_words(doing: Doing) -> Doing:
    """As people read it, for these are the words they search for; what the title says already is not said again."""
    named = tuple(title for title in doing.titles if title not in doing.title)
    return replace(doing, title=tell_title(doing.title), titles=named)


def _offer(box: ComboBox, every: str, offered: Sequence[tuple[str, str]]) -> None:
    """Offer these, keeping what is chosen if it is still among them."""
    chosen = box.currentData()
    box.clear()
    box.addItem(every, "")
    for key, words in offered:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen else 0)


def _read(session: Session) -> list[Doing]:
    return all_doings(session)


def _undo(session: Session, number: int) -> object:
    return undo_step(session, number)


def _redo(session: Session, number: int) -> object:
    return redo_step(session, number)
