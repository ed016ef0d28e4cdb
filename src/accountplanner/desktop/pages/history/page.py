"""Everything that was done, by day: filtered by person, kind and day, searched, and each step with its way back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.history.doing_row import DoingRow, named_or_colleague
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
from accountplanner.usecases.doings import Doing, DoingsPage, Past, Wanted, doings_of, past
from accountplanner.usecases.history import redo_step, undo_step
from accountplanner.usecases.session import Session

if TYPE_CHECKING:
    from datetime import date

_PAGE: Final = 20
"""So many rows are made at once: fewer than a frame or two take."""
_DAYS_OFFERED: Final = 60
_WIDEST_PX: Final = 920


class HistoryPage(QWidget):
    """Reads when it comes into sight and after each change, and goes on as one scrolls."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._past = Past()
        self._goes_on_at: int | None = None
        self._reading = Reading(None)
        self._day: date | None = None
        self._card: Card | None = None
        self.rows: list[DoingRow] = []
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read again what was done."""
        self._reading.drop()
        work = partial(_read_anew, wanted=self._wanted(), most=max(_PAGE, len(self.rows)))
        self._reading = self._desk.read(work, self._on_read)

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
        self.more = Button(theme, say("Show more"))
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
        self._bar = area.verticalScrollBar()
        return area

    def _connect(self) -> None:
        self.search_field.searched.connect(self._on_filter_changed)
        for box in (self.who, self.kind, self.day):
            box.activated.connect(self._on_filter_changed)
        self.more.clicked.connect(self._on_more_wanted)
        self._bar.valueChanged.connect(self._on_scrolled)
        self._bar.rangeChanged.connect(self._on_scrolled)
        self._empty.action_requested.connect(self._on_show_all)
        self._desk.opened.connect(self.refresh)
        self._desk.bus.announced.connect(WhenSeen(self, self.refresh).wish)

    def _on_read(self, read: tuple[Past, DoingsPage]) -> None:
        self._past, page = read
        self._offer_filters()
        self._show(page)

    def _offer_filters(self) -> None:
        formats, done = self._desk.formats, self._past
        kinds = sorted(done.kinds, key=lambda kind: say_label(KINDS[kind].label))
        _offer(self.who, say("Everybody"), [(who, named_or_colleague(who)) for who in done.people])
        _offer(self.kind, say("Everything"), [(kind, say_label(KINDS[kind].plural)) for kind in kinds])
        _offer(self.day, say("Any day"), [(day, formats.full_date(day)) for day in done.days(_DAYS_OFFERED)])

    def _wanted(self) -> Wanted:
        return Wanted(
            self.who.currentData(), self.kind.currentData() or "", self.day.currentData(), self.search_field.text(),
            as_read=tell_title,
        )  # fmt: skip

    def _on_filter_changed(self, _what: object = None) -> None:
        if self._past.rows:
            self._read_from(0, self._show)
        else:
            # The past itself is still being read.
            self.refresh()

    def _on_show_all(self) -> None:
        for box in (self.who, self.kind, self.day):
            box.setCurrentIndex(0)
        self.search_field.clear()
        self._on_filter_changed()

    def _read_from(self, start: int, done: Callable[[DoingsPage], object]) -> None:
        self._goes_on_at = None
        self._reading.drop()
        work = partial(_read, done=self._past, wanted=self._wanted(), start=start)
        self._reading = self._desk.read(work, done)

    def _show(self, page: DoingsPage) -> None:
        if page.doings and [row.doing for row in self.rows] == list(page.doings):
            self._show_again(page)
            return
        had_focus = holds_keyboard(self._stack)
        step = next((row.doing.step for row in self.rows if holds_keyboard(row)), 0)
        known = {row.doing: row for row in self.rows}
        self._clear()
        self._add(page, known)
        for row in known.values():
            row.deleteLater()
        self._stack.setCurrentIndex(0 if page.doings else 1)
        if self._past.rows:
            self._empty.show_sentence(say("Nothing was done that fits."), say("Show all"))
        else:
            self._empty.show_sentence(say("Nothing has been done yet. What you and your colleagues do is listed here."))
        if had_focus:
            again = next((row for row in self.rows if row.doing.step == step and row.back is not None), None)
            (again or self.search_field).setFocus()

    def _show_again(self, page: DoingsPage) -> None:
        """Leave what stands there: it is the same, and somebody may be about to click on it."""
        self._goes_on_at = page.goes_on_at
        self.more.setVisible(page.goes_on_at is not None)
        for row in self.rows:
            row.offer_again()

    def _add(self, page: DoingsPage, known: dict[Doing, DoingRow] | None = None) -> None:
        """Put rows below those that stand there; those that are known already are not made anew."""
        self._column.removeWidget(self.more)
        if self.rows:
            self._column.takeAt(self._column.count() - 1)
        for doing in page.doings:
            row = known.pop(doing, None) if known else None
            self._add_row(row or self._row(doing))
            if row is not None:
                row.offer_again()
        self._goes_on_at = page.goes_on_at
        if page.goes_on_at is None and self.rows and self.more.hasFocus():
            self.rows[-1].setFocus()
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.setVisible(page.goes_on_at is not None)
        self._column.addStretch(1)

    def _row(self, doing: Doing) -> DoingRow:
        row = DoingRow(self._desk, doing)
        row.undo_wanted.connect(self._on_undo_wanted)
        row.redo_wanted.connect(self._on_redo_wanted)
        return row

    def _add_row(self, row: DoingRow) -> None:
        day = row.doing.at.astimezone().date()
        if day != self._day:
            self._column.addWidget(Label(self._desk.formats.full_date(day), "small_strong", "muted"))
        if self._card is None or day != self._day or len(self.rows) % _PAGE == 0:
            # A long day goes on in another card: with each row more the whole card is laid out again.
            self._card, self._day = Card(self._desk.theme), day
            self._column.addWidget(self._card)
        self._card.add_wide(row)
        self.rows.append(row)

    def _clear(self) -> None:
        for row in self.rows:
            row.setParent(None)
        self.rows, self._card, self._day = [], None, None
        self._column.removeWidget(self.more)
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _on_scrolled(self, *_where: int) -> None:
        """Go on before the end comes into sight."""
        if self._bar.maximum() - self._bar.value() < self._bar.pageStep() and self.isVisible():
            self._on_more_wanted()

    def _on_more_wanted(self) -> None:
        if self._goes_on_at is not None:
            self._read_from(self._goes_on_at, self._add)

    def _on_undo_wanted(self, doing: Doing) -> None:
        self._desk.write(say("Undo"), partial(_undo, number=doing.step), None, self._on_refused)

    def _on_redo_wanted(self, doing: Doing) -> None:
        self._desk.write(say("Redo"), partial(_redo, number=doing.step), None, self._on_refused)

    def _on_refused(self, sentence: str) -> None:
        self._desk.tell(sentence)
        self.refresh()


def _offer(box: ComboBox, every: str, offered: Sequence[tuple[object, str]]) -> None:
    """Offer these, keeping what is chosen if it is still among them; a list that is open stays so if nothing is new."""
    if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] == [(None, every), *offered]:
        return
    chosen = box.currentData()
    box.clear()
    box.addItem(every, None)
    for key, words in offered:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)


def _read_anew(session: Session, wanted: Wanted, most: int) -> tuple[Past, DoingsPage]:
    done = past(session)
    return done, doings_of(session, done, wanted, most=most)


def _read(session: Session, done: Past, wanted: Wanted, start: int) -> DoingsPage:
    return doings_of(session, done, wanted, start, _PAGE)


def _undo(session: Session, number: int) -> object:
    return undo_step(session, number)


def _redo(session: Session, number: int) -> object:
    return redo_step(session, number)
