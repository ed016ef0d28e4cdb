"""Everything everyone did with an account, in one thread, with a place to write on top."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.timeline_entries import timeline_entries, topic_words
from accountplanner.desktop.records.understanding_composer import UnderstandingComposer
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.timeline import Timeline
from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.timeline import TimelinePage, read_timeline

_PAGE = 60
_NEAR_THE_END_PX = 600
_WIDEST_LETTERS = 120


class TimelineTab(QWidget):
    """Shows the thread page by page as it is scrolled. `note_written` and `note_taken` are the composer's.

    `entry_opened` carries the record behind a line.
    """

    note_written = Signal(object)
    entry_opened = Signal(str)

    def __init__(self, desk: Desk, invitation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record = ""
        self._today = date.min
        self._chosen: tuple[str, ...] = ()
        self._counts: tuple[tuple[str, int], ...] = ()
        self._shown = 0
        self._total = 0
        self._reading = Reading(None)
        self._is_reading_more = False
        self._build_widgets(invitation)
        self._build_layout()
        self._connect()

    def show_account(self, record: str, today: date) -> None:
        """Show the thread of an account; what is in sight of the same one stays in sight."""
        is_same = record == self._record
        self._today = today
        if not is_same:
            self._record, self._chosen, self._shown = record, (), 0
            self._area.verticalScrollBar().setValue(0)
        self.composer.show_record(record)
        self._read(max(_PAGE, self._shown), self._on_read)

    def note_taken(self, note: str) -> None:
        """Empty the composer: what stood there is saved as this note."""
        self.composer.note_saved(note)

    def write(self) -> None:
        """Put the cursor into the composer."""
        self.composer.editor.setFocus()

    def forget(self) -> None:
        """Show nothing of any account any more."""
        self._reading.drop()
        self._record = ""
        self.composer.forget()
        self._on_read(TimelinePage())

    def _build_widgets(self, invitation: str) -> None:
        theme = self._desk.theme
        self.composer = UnderstandingComposer(self._desk, invitation)
        self.timeline = Timeline(theme, say("Everything everyone did"))
        self.chips: FilterChips | None = None
        self._chip_row = QHBoxLayout()
        self._nothing_yet = Label("", "body", "muted", wrap=True)
        self._foot = Label("", "small", "muted")
        self.more = Button(theme, say("Show more"))
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _build_layout(self) -> None:
        inside = _ground(QWidget(), "surface")
        thread = QVBoxLayout(inside)
        thread.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, Space.PAGE)
        thread.setSpacing(Space.MEDIUM)
        for widget in (self._nothing_yet, self.timeline):
            thread.addWidget(widget)
        thread.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        thread.addWidget(self._foot)
        thread.addStretch(1)
        self._area.setWidget(inside)
        top = _ground(QWidget(), "surface")
        head = QVBoxLayout(top)
        head.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, 0)
        head.setSpacing(Space.MEDIUM)
        head.addWidget(self.composer)
        head.addLayout(self._chip_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._area, 1)
        width = self.fontMetrics().averageCharWidth() * _WIDEST_LETTERS
        self.timeline.setMaximumWidth(width)
        self.composer.setMaximumWidth(width)

    def _connect(self) -> None:
        self.composer.note_written.connect(self.note_written)
        self.timeline.entry_opened.connect(self._on_entry_opened)
        self.more.clicked.connect(self._on_more_wanted)
        self._area.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _read(self, most: int, done: object, offset: int = 0) -> None:
        self._reading.drop()
        work = partial(read_timeline, account=self._record, topics=self._chosen, most=most, offset=offset)
        if self._record:
            self._reading = self._desk.read(work, done)  # type: ignore[arg-type]

    def _on_read(self, page: TimelinePage) -> None:
        self._is_reading_more = False
        self._show_chips(page.counts)
        self.timeline.show_entries(timeline_entries(page.lines, self._desk.formats, self._today))
        self._shown = len(page.lines)
        self._show_foot(page.total)

    def _on_more_read(self, page: TimelinePage) -> None:
        self._is_reading_more = False
        self.timeline.add_entries(timeline_entries(page.lines, self._desk.formats, self._today))
        self._shown += len(page.lines)
        self._show_foot(page.total)

    def _show_foot(self, total: int) -> None:
        self._total = total
        self.timeline.setVisible(bool(total))
        self.more.setVisible(self._shown < total)
        everything = say_count("{count} thing happened in all", "{count} things happened in all", total)
        self._foot.setText(everything if self._shown >= total else "")
        self._foot.setVisible(bool(total) and self._shown >= total)
        self._nothing_yet.setText(
            say(
                "Nothing has happened with this account yet. Write down what you know; visits and orders come in by themselves."
            )
        )
        self._nothing_yet.setVisible(not total)

    def _show_chips(self, counts: Sequence[tuple[str, int]]) -> None:
        if tuple(counts) == self._counts and self.chips is not None:
            return
        self._counts = tuple(counts)
        focused = QApplication.focusWidget()
        had_focus = self.chips is not None and focused is not None and self.chips.isAncestorOf(focused)
        if self.chips is not None:
            self._chip_row.removeWidget(self.chips)
            self.chips.hide()
            self.chips.deleteLater()
        words = topic_words()
        named = [(topic, say("{topic}  {count}", topic=words[topic], count=count)) for topic, count in counts]
        self.chips = FilterChips(self._desk.theme, named, several=True)
        self.chips.choose(*self._chosen)
        self.chips.filters_changed.connect(self._on_filters_changed)
        self._chip_row.addWidget(self.chips, 1)
        if had_focus:
            self.chips.setFocus()

    def _on_filters_changed(self, topics: tuple[str, ...]) -> None:
        self._chosen = topics
        self._area.verticalScrollBar().setValue(0)
        self._read(_PAGE, self._on_read)

    def _on_more_wanted(self) -> None:
        if self._shown < self._total and not self._is_reading_more:
            self._is_reading_more = True
            self._read(_PAGE, self._on_more_read, self._shown)

    def _on_scrolled(self, place: int) -> None:
        bar = self._area.verticalScrollBar()
        if place and bar.maximum() - place < _NEAR_THE_END_PX:
            self._on_more_wanted()

    def _on_entry_opened(self, record: str) -> None:
        if not record.startswith("import:"):
            self.entry_opened.emit(record)


def _ground(widget: QWidget, ground: str) -> QWidget:
    widget.setProperty("ground", ground)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget
