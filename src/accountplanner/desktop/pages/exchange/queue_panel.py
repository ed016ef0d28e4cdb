"""Everything that waits for a person: counts first, then one card a question."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk, Reading
from accountplanner.desktop.pages.exchange.queue_card import QueueCard
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.card_columns import CardColumns
from accountplanner.desktop.widgets.empty_state import EmptyState
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.reviewing import QueueItem, accept, queue, reject, resolve
from accountplanner.usecases.session import Session

_MOST = 40
_CONFLICTS = ("conflict", "deletion")
_FILES = ("waiting", "held")


class QueuePanel(QWidget):
    """Shows the queue and carries out what a person decides. `counted` carries how many wait."""

    counted = Signal(object)
    import_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: Sequence[QueueItem] = ()
        self._reading = Reading(None)
        self._summary = Label("", "strong", wrap=True)
        self.accept_all = Button(desk.theme, say("Accept all suggestions"))
        self._cards = CardColumns(say("To decide"))
        self._more = Label("", "small", "muted")
        self._empty = EmptyState(
            desk.theme,
            say("Nothing waits for you. Conflicts and suggestions from imports appear here."),
            say("Import a file"),
            "check-circle",
        )
        self._build_layout()
        self.accept_all.clicked.connect(self._on_accept_all_clicked)
        self._empty.action_requested.connect(self.import_wanted)
        desk.bus.announced.connect(self._on_changes_announced)
        desk.opened.connect(self.refresh)
        desk.closing.connect(self._on_closing)

    def refresh(self) -> None:
        """Read the queue again."""
        self._reading.drop()
        self._reading = self._desk.read(_queue, self._on_read)

    def cards(self) -> list[QueueCard]:
        """The cards in sight."""
        return [card for card in self._cards.findChildren(QueueCard) if not card.isHidden()]

    def _build_layout(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.PAGE, Space.LARGE, Space.PAGE, 0)
        row.addWidget(self._summary, 1)
        row.addWidget(self.accept_all)
        filled = QWidget()
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(head)
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

    def _on_read(self, read: tuple[Sequence[QueueItem], date]) -> None:
        items, today = read
        self._items = items
        self.counted.emit(len(items))
        for old in self._cards.findChildren(QueueCard):
            old.hide()
            old.deleteLater()
        self._cards.show_cards([[self._card(item, today) for item in items[:_MOST]]])
        self._summary.setText(_summary(items))
        self.accept_all.setVisible(len(_suggestions(items)) > 1)
        self._more.setText(say("{count} more after these.", count=len(items) - _MOST))
        self._more.setVisible(len(items) > _MOST)
        self._stack.setCurrentIndex(1 if items else 0)

    def _card(self, item: QueueItem, today: date) -> QueueCard:
        card = QueueCard(self._desk, item, today)
        card.resolved.connect(self._on_card_resolved)
        card.accepted.connect(self._on_card_accepted)
        card.rejected.connect(self._on_card_rejected)
        card.record_opened.connect(self._desk.record_requested)
        return card

    def _on_card_resolved(self, item_id: str, number: int) -> None:
        self._decide(say("Resolving"), partial(_resolve, item_id=item_id, choice=number))

    def _on_card_accepted(self, item_id: str) -> None:
        self._decide(say("Accepting"), partial(accept, ids=[item_id]))

    def _on_card_rejected(self, item_id: str) -> None:
        self._decide(say("Rejecting"), partial(reject, ids=[item_id]))

    def _on_accept_all_clicked(self) -> None:
        # A file that was held back is looked at by itself, and one that waits cannot be accepted.
        has_files = any(item.kind in _FILES for item in self._items)
        ids = [item.id for item in _suggestions(self._items)] if has_files else ["all"]
        self._decide(say("Accepting"), partial(accept, ids=ids))

    def _decide(self, title: str, work: "partial[Changes]") -> None:
        self._desk.write(title, work, self._on_decided)

    def _on_decided(self, _changes: Changes) -> None:
        self.refresh()

    def _on_changes_announced(self, _changes: Changes) -> None:
        self.refresh()

    def _on_closing(self) -> None:
        self._on_read(((), date.min))


def _suggestions(items: Sequence[QueueItem]) -> list[QueueItem]:
    return [item for item in items if item.kind not in (*_CONFLICTS, *_FILES)]


def _summary(items: Sequence[QueueItem]) -> str:
    conflicts = sum(item.kind in _CONFLICTS for item in items)
    files, suggestions = sum(item.kind in _FILES for item in items), len(_suggestions(items))
    parts = [
        say_count("{count} conflict", "{count} conflicts", conflicts) if conflicts else "",
        say_count("{count} suggestion", "{count} suggestions", suggestions) if suggestions else "",
        say_count("{count} file waits", "{count} files wait", files) if files else "",
    ]
    return ", ".join(part for part in parts if part)


def _queue(session: Session) -> tuple[list[QueueItem], date]:
    return queue(session), session.clock.today()


def _resolve(session: Session, item_id: str, choice: int) -> Changes:
    return resolve(session, item_id, choice)
