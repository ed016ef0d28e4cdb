"""Everything that waits for a person: counts first, then one card a question, carried out together."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.pages.exchange.queue_card import QueueCard
from accountplanner.desktop.pages.exchange.queue_cards import MOST, Questions, QueueCards
from accountplanner.desktop.pages.exchange.queue_reading import (
    ReadQueue,
    acceptable,
    answerable,
    carry_out,
    count_queue,
    group_of,
    read_queue,
    summed,
)
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.answer_card import step_among
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.filter_chips import FilterChips
from accountplanner.desktop.widgets.keyboard_place import holds_keyboard
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.widgets.when_seen import WhenSeen
from accountplanner.desktop.wording import say, say_count, say_keys
from accountplanner.domain.changes import Changes
from accountplanner.usecases.kept_answers import keep_answers, reads_alike
from accountplanner.usecases.reviewing import Decision
from accountplanner.usecases.waiting import QueueItem

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QueuePanel(QWidget):
    """Shows the queue and collects answers; nothing is written before `Apply`, which is one step to undo.

    The keyboard: n and p (or the arrows) go from card to card, numbers answer, Ctrl+Enter applies.
    `counted` carries how many wait.
    """

    counted = Signal(object)
    import_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = ReadQueue((), date.min, None)
        self._decisions: dict[str, Decision] = {}
        self._has_begun = False
        self._reading = Reading(None)
        self._waiting: ReadQueue | None = None
        self._summary = Label("", "strong", wrap=True)
        self._decided = Label("", "small", "muted", wrap=True)
        self.accept_all = Button(desk.theme, say("Accept all suggestions"))
        self.apply = Button(desk.theme, say("Apply"), "primary")
        groups = (("all", say("All")), ("conflicts", say("Conflicts")), ("suggestions", say("Suggestions")))
        self.filters = FilterChips(desk.theme, (*groups, ("files", say("Files"))))
        self._cards = QueueCards(desk)
        self._more = Label("", "small", "muted")
        self._empty = EmptyState(
            desk.theme,
            say("Nothing waits for you. Conflicts and suggestions from imports appear here."),
            say("Import a file"),
            "check-circle",
        )
        self._refreshing = WhenSeen(self, self.refresh)
        self._build_layout()
        self._connect()

    def refresh(self) -> None:
        """Read the queue again; answers given so far stay."""
        self._reading.drop()
        self._reading = self._desk.read(read_queue, self._on_read)

    def ask_again(self) -> None:
        """Read the queue again when somebody sees it; what waits is counted at once."""
        self._refreshing.wish()
        if not self.isVisible():
            self._reading.drop()
            self._reading = self._desk.read(count_queue, self._on_counted)

    def cards(self) -> Sequence[QueueCard]:
        """The cards in sight, from top to bottom."""
        return self._cards.cards()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_apply_clicked()
        elif not step_among(self.cards(), event.key(), self._cards):
            super().keyPressEvent(event)

    def _build_layout(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, 0)
        row.setSpacing(Space.SMALL)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self._summary)
        told.addWidget(self._decided)
        row.addLayout(told, 1)
        row.addWidget(self.accept_all)
        row.addWidget(self.apply)
        filled = QWidget()
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(head)
        self.filters.setContentsMargins(Space.PAGE, Space.SMALL, Space.PAGE, 0)
        inside.addWidget(self.filters)
        inside.addWidget(self._cards, 1)
        self._more.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.SMALL)
        inside.addWidget(self._more)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(filled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        self.accept_all.clicked.connect(self._on_accept_all_clicked)
        self.apply.clicked.connect(self._on_apply_clicked)
        self.apply.setToolTip(say_keys("Ctrl+↵"))
        self.filters.filters_changed.connect(self._on_filters_changed)
        self._empty.action_requested.connect(self.import_wanted)
        self._cards.card_answered.connect(self._on_card_answered)
        self._cards.record_opened.connect(self._desk.record_requested)
        self._cards.editing_ended.connect(self._on_editing_ended)
        self._desk.bus.announced.connect(self._on_changes_announced)
        self._desk.opened.connect(self.refresh)
        self._desk.closing.connect(self._on_closing)

    def _on_read(self, read: ReadQueue) -> None:
        if read.shown is not None and self._cards.is_editing():
            self._waiting = read
            return
        self._waiting = None
        self._drop_answers_to_other_questions(read.items)
        # Whoever took a preselected answer back is not given it again by the next reading.
        seen = {item.id for item in self._read.items} | read.answers.keys()
        chosen = [item.id for item in read.items if item.preselected and item.id not in seen]
        self._decisions |= {name: Decision(name, "accept") for name in chosen}
        self._read = read
        if read.shown is not None and not self._has_begun:
            self._has_begun = True
            self._decisions = {**read.answers, **self._decisions}
        self.counted.emit(len(read.items))
        had_focus = holds_keyboard(self)
        self._stack.setCurrentIndex(1 if read.items else 0)
        self._show_cards()
        self._summary.setText(summed(read.items))
        self.accept_all.setVisible(len(acceptable(read.items)) > 1)
        self.filters.setVisible(len({group_of(item) for item in read.items}) > 1)
        self._show_decided()
        if had_focus and not holds_keyboard(self):
            self.setFocus()

    def _drop_answers_to_other_questions(self, items: Sequence[QueueItem]) -> None:
        """An answer is the number of a value: where another one has come in, it would mean what nobody chose."""
        before = {item.id: item for item in self._read.items}
        asked = {item.id: item for item in items}
        changed = [
            name
            for name in self._decisions
            if name in before and name in asked and not reads_alike(before[name], asked[name])
        ]
        if changed:
            told = say_count(
                "{count} question reads otherwise now; please answer it again.",
                "{count} questions read otherwise now; please answer them again.",
                len(changed),
            )
            self._desk.tell(told)
        self._decisions = {
            name: self._decisions[name] for name in self._decisions if name in asked and name not in changed
        }

    def _on_editing_ended(self) -> None:
        if self._waiting is not None:
            self._on_read(self._waiting)

    def _on_counted(self, count: int) -> None:
        self.counted.emit(count)

    def _show_cards(self) -> None:
        wanted = self.filters.chosen()
        items = [item for item in self._read.items if wanted in ((), ("all",), (group_of(item),))]
        standing = self._cards.show_questions(Questions(items, self._read.today, self._decisions))
        self._more.setText(say("{count} more after these.", count=len(items) - MOST))
        self._more.setVisible(len(items) > MOST)
        cards = self.cards()
        self.setFocusProxy(standing or (cards[0] if cards else self._empty))
        if standing is not None and not holds_keyboard(standing):
            # The card somebody stood on is made anew, or decided: the keyboard stays where it was.
            self.setFocus()

    def _show_decided(self) -> None:
        count = len(self._decisions)
        self._decided.setText(
            say(
                "{count} of {all} answered. Nothing is changed before you apply.",
                count=count,
                all=answerable(self._read),
            )
            if count
            else say("Press a number to answer, n for the next one, Ctrl+Enter to apply.")
        )
        self.apply.setText(say_count("Apply {count} answer", "Apply {count} answers", count) if count else say("Apply"))
        self.apply.setEnabled(bool(count))

    def _on_card_answered(self, card: QueueCard) -> None:
        self._decisions.pop(card.item.id, None)
        if card.decision is not None:
            self._decisions[card.item.id] = card.decision
        self._show_decided()
        self._keep()

    def _keep(self) -> None:
        """Keep the answers where neither a lock nor a crash loses them; they are carried out together."""
        work = partial(keep_answers, answers=dict(self._decisions), items=self._read.items)
        self._desk.write(say("Keeping the answers"), work)

    def _on_accept_all_clicked(self) -> None:
        # A file that was held back is looked at by itself, and one that waits cannot be accepted.
        for item in acceptable(self._read.items):
            self._decisions.setdefault(item.id, Decision(item.id, "accept"))
        self._show_cards()
        self._show_decided()
        self._keep()
        self.apply.setFocus()

    def _on_apply_clicked(self) -> None:
        if self._decisions:
            if self.apply.hasFocus():
                # A button that is switched off lets go of the keyboard.
                self.setFocus()
            decisions, self._decisions = list(self._decisions.values()), {}
            self.apply.setEnabled(False)
            work = partial(carry_out, decisions=decisions, shown=self._read.shown)
            self._desk.write(say("Deciding"), work, self._on_decided, partial(self._on_refused, decisions))

    def _on_refused(self, decisions: Sequence[Decision], sentence: str) -> None:
        self._decisions = {each.item: each for each in decisions} | self._decisions
        self._keep()
        self._desk.tell(sentence)
        self.refresh()

    def _on_decided(self, _changes: Changes) -> None:
        self.refresh()

    def _on_filters_changed(self, _chosen: object) -> None:
        self._show_cards()

    def _on_changes_announced(self, _changes: Changes) -> None:
        self.ask_again()

    def _on_closing(self) -> None:
        self._decisions, self._has_begun = {}, False
        self._on_read(ReadQueue((), date.min, None))
