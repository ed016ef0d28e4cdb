"""The page a day starts with: one column of what needs a person now, each line with its reason and its one key."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.today.centred import Centred, CentredColumn
from accountplanner.desktop.pages.today.line_group import LineGroup, Written
from accountplanner.desktop.pages.today.line_row import LineRow
from accountplanner.desktop.pages.today.words import words_of
from accountplanner.desktop.records.trip import open_trip
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.when_seen import WhenSeen
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.session import Session
from accountplanner.usecases.today import Agenda, AgendaLine, Group, LineKind, agenda, done, snooze

_ABOUT_A_PERSON: Final = (LineKind.STALE, LineKind.PEACE)
_DECIDED_IN_EXCHANGE: Final = (LineKind.CONFLICTS, LineKind.SUGGESTIONS, LineKind.FILES)


class TodayPage(QWidget):
    """Shows the agenda and does each line's one thing in place; `counted` carries how many lines are of now.

    `import_wanted` comes from the page of a workspace with nothing in it.
    """

    counted = Signal(object)
    import_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._agenda: Agenda | None = None
        self._reading = Reading(None)
        self._rows: list[LineRow] = []
        self._focused = 0
        self._has_shown = False
        self._build_widgets()
        self._build_layout()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the agenda again; the keyboard stays on its line or goes to the next one."""
        self._reading.drop()
        self._reading = self._desk.read(partial(_read, mine=self._whose.chosen() != ("all",)), self._on_read)

    def rows(self) -> Sequence[LineRow]:
        """The lines in sight, from top to bottom."""
        return self._rows

    def visits_ahead(self) -> tuple[str, ...]:
        """Whom somebody goes to see in the coming days, in the order of the days, each once."""
        lines = self._agenda.lines if self._agenda is not None else ()
        visits = [line for line in lines if line.kind is LineKind.VISIT and line.detail == "visit"]
        return tuple(dict.fromkeys(line.account or line.contact for line in visits))

    def record_in_sight(self) -> tuple[str, str]:
        """The id and the name of whom the line under the keyboard is about."""
        line = self._rows[self._focused].line if self._rows else None
        if line is None:
            return "", ""
        return (line.account, line.account_name) if line.account else (line.contact, line.contact_name)

    def _build_widgets(self) -> None:
        theme = self._desk.theme
        self._title = Label(say("Today"), "title")
        self._day = Label("", "body", "muted")
        self._summary = Label("", "small", "muted", wrap=True)
        self.trip = Button(theme, "", icon="visit")
        self.trip.hide()
        self._whose = FilterChips(theme, (("mine", say("Mine")), ("all", say("Everybody’s"))))
        self._empty = EmptyState(theme, "", "", "check-circle")
        self._top, self._inside = QWidget(), QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, Space.PAGE)
        self._column.setSpacing(Space.SMALL)
        self._groups = {group: LineGroup(theme, group, self._new_row) for group in Group}
        for group in self._groups.values():
            self._column.addWidget(group)
            group.unfolded.connect(self._on_group_unfolded)
        self._column.addStretch(1)

    def _build_layout(self) -> None:
        above = QVBoxLayout(self._top)
        above.setContentsMargins(0, Space.LARGE, 0, Space.LARGE)
        above.setSpacing(2)
        above.addLayout(self._head())
        above.addWidget(self._summary)
        self._area = CentredColumn(self._desk.theme, self._inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Centred(self._desk.theme, self._top))
        column.addWidget(self._stack, 1)

    def _head(self) -> QHBoxLayout:
        head, titles = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        titles.setSpacing(Space.MEDIUM)
        # The date stands on the line the title stands on; its smaller letters reach less far below it.
        self._day.setContentsMargins(0, 0, 0, 2)
        for words in (self._title, self._day):
            titles.addWidget(words, 0, Qt.AlignmentFlag.AlignBottom)
        titles.addStretch(1)
        head.addLayout(titles, 1)
        head.addWidget(self.trip, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._whose, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _connect(self) -> None:
        self._showing = WhenSeen(self, self._show)
        self.trip.clicked.connect(self._on_trip_clicked)
        self._whose.filters_changed.connect(self._on_whose_changed)
        self._empty.action_requested.connect(self._on_empty_action_requested)
        self._desk.opened.connect(self.refresh)
        self._desk.closing.connect(self._on_closing)
        self._desk.bus.announced.connect(self._on_changes_announced)

    def _on_read(self, read: Agenda) -> None:
        self._agenda = read
        self._day.setText(self._desk.formats.full_date(read.today))
        self._whose.setVisible(read.knows_me)
        ahead = len(self.visits_ahead())
        self.trip.setText(say_count("Trip pack of {count} visit", "Trip pack of {count} visits", ahead))
        self.trip.setVisible(ahead > 1)
        now = sum(line.group is Group.NOW for line in read.lines)
        self.counted.emit(now)
        self._summary.setText(self._summed(read, now))
        self._showing.wish()

    def _show(self) -> None:
        if self._agenda is not None:
            self._show_lines(self._agenda)
        if self._agenda is not None and not self._has_shown and self.isVisible():
            # Before the first lines there was nothing here for the keyboard to stand on.
            self._has_shown = True
            self.setFocus()

    def _summed(self, read: Agenda, now: int) -> str:
        parts = [
            say_count("{count} thing now", "{count} things now", now) if now else say("Nothing presses"),
            say_count("{count} put off", "{count} put off", read.snoozed) if read.snoozed else "",
        ]
        keys = say("↑ ↓ to move, Enter opens, Space does it, S puts it off, Ctrl+Z takes it back")
        return " · ".join([*(part for part in parts if part), keys]) if read.lines else ""

    def _show_empty(self, read: Agenda) -> None:
        if read.is_new:
            self._empty.show_sentence(
                say("Nothing is here yet. Bring in your own list of customers, and this page fills itself."),
                say("Import a file"),
            )
        else:
            self._empty.show_sentence(
                say("Nothing needs you now. Promises, dates and disputes appear here by themselves."),
                say("Look at the accounts"),
            )
        self._stack.setCurrentIndex(0 if read.lines else 1)

    def _show_lines(self, read: Agenda) -> None:
        had_focus = holds_keyboard(self._stack) or self.hasFocus()
        stood_on = self.window().focusWidget()
        before = self._keyboard_line()
        for kind, group in self._groups.items():
            lines = [line for line in read.lines if line.group is kind]
            group.show_lines([(line, words_of(line, self._desk.formats, read.today)) for line in lines])
        self._note_rows(before)
        self.setFocusProxy(self._rows[self._focused] if self._rows else self._empty)
        self._show_empty(read)
        if had_focus and self.window().focusWidget() is not stood_on:
            self.setFocus()

    def _keyboard_line(self) -> str:
        """The line the keyboard stands on, or comes back to."""
        self._focused = next((at for at, row in enumerate(self._rows) if holds_keyboard(row)), self._focused)
        return self._rows[self._focused].line.id if self._rows else ""

    def _note_rows(self, standing: str) -> None:
        """Keep the place of the keyboard: on its line, wherever that stands now, or else on the one after it."""
        self._rows = [row for group in self._groups.values() for row in group.rows()]
        last = max(0, min(self._focused, len(self._rows) - 1))
        self._focused = next((at for at, row in enumerate(self._rows) if row.line.id == standing), last)

    def _new_row(self, written: Written) -> LineRow:
        row = LineRow(self._desk.theme, *written)
        row.opened.connect(self._on_line_opened)
        row.done.connect(self._on_line_done)
        row.snoozed.connect(self._on_line_snoozed)
        row.moved.connect(self._on_moved)
        return row

    def _on_group_unfolded(self) -> None:
        if self._agenda is not None:
            self._show_lines(self._agenda)

    def _on_moved(self, step: int) -> None:
        at = next((at for at, row in enumerate(self._rows) if row is self.sender()), 0)
        self._focused = max(0, min(len(self._rows) - 1, at + step))
        self._rows[self._focused].setFocus()
        self._area.ensureWidgetVisible(self._rows[self._focused])

    def _on_line_opened(self, line: AgendaLine) -> None:
        if line.kind in _DECIDED_IN_EXCHANGE:
            self._desk.area_requested.emit("exchange")
        elif line.kind is LineKind.INBOX:
            self._desk.inbox_requested.emit()
        else:
            self._desk.record_requested.emit(
                line.contact if line.kind in _ABOUT_A_PERSON and line.contact else line.account or line.contact
            )

    def _on_line_done(self, line: AgendaLine) -> None:
        self._note_place(line)
        self._desk.write(say("Saving"), partial(_done, line=line))

    def _on_line_snoozed(self, line: AgendaLine, days: int) -> None:
        self._note_place(line)
        self._desk.write(say("Saving"), partial(_snooze, line=line, days=days))

    def _note_place(self, line: AgendaLine) -> None:
        self._focused = next((at for at, row in enumerate(self._rows) if row.line is line), 0)

    def _on_empty_action_requested(self) -> None:
        if self._agenda is not None and self._agenda.is_new:
            self.import_wanted.emit()
        else:
            self._desk.area_requested.emit("accounts")

    def _on_trip_clicked(self) -> None:
        open_trip(self._desk, self.visits_ahead(), self.window())

    def _on_whose_changed(self, _chosen: object) -> None:
        self.refresh()

    def _on_changes_announced(self, _changes: Changes) -> None:
        self.refresh()

    def _on_closing(self) -> None:
        self._reading.drop()
        if self._agenda is not None:
            self._on_read(Agenda((), self._agenda.today, mine=True, knows_me=False))
            self._show()


def _read(session: Session, *, mine: bool) -> Agenda:
    return agenda(session, mine=mine)


def _done(session: Session, line: AgendaLine) -> Changes:
    return done(session, line)


def _snooze(session: Session, line: AgendaLine, days: int) -> Changes:
    return snooze(session, line, session.clock.today() + timedelta(days=days))
