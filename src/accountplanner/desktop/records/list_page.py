"""A page of records of one kind: the list at the left, at the right what is chosen or an invitation."""

# ruff: noqa: PLC0415 - the list stands before what is only opened from it is loaded

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.list_panel import ListPanel
from accountplanner.desktop.records.list_plan import ListPlan
from accountplanner.desktop.records.split import Split
from accountplanner.desktop.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from accountplanner.desktop.records.record_view import RecordView


@dataclass(frozen=True)
class PagePlan:
    """What a page of records says.

    `invitation`, its `step` and its `icon` stand where nothing is chosen. `asked` are the fields,
    with their words, a new record begins with, and `explanation` what is told about them.
    """

    list: ListPlan
    invitation: str
    step: str
    icon: str
    asked: tuple[tuple[str, str], ...]
    explanation: str = ""


class ListPage(QWidget):
    """What the pages of accounts, people and partners have in common.

    A page makes a view when a record is first opened in it, puts it with `hold` and brings it into sight with
    `show_beside`.
    """

    def __init__(self, desk: Desk, plan: PagePlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan = plan
        self.panel = ListPanel(desk, plan.list)
        self._nothing = EmptyState(desk.theme, plan.invitation, plan.step, plan.icon)
        self._held: list[RecordView[Any]] = []
        self._right = QStackedWidget()
        self._right.addWidget(self._nothing)
        self.setFocusProxy(self.panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Split(desk.theme, self.panel, self._right))
        self._connect_list()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.panel.refresh()

    def show_record(self, record: str) -> None:
        """Bring a record into sight."""
        self.panel.select_record(record)

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.panel.search.setFocus()

    def new_record(self) -> None:
        """Ask for a new record."""
        from accountplanner.desktop.dialogs.new_record import NewRecordDialog

        plan = self._plan
        dialog = NewRecordDialog(
            self._desk,
            plan.list.kind,
            plan.list.new_words,
            plan.asked,
            explanation=plan.explanation,
            parent=self.window(),
        )
        dialog.record_made.connect(self.panel.select_record)
        dialog.open()

    def first_step(self) -> None:
        """Do what the empty list and the invitation offer: begin with a record."""
        self.new_record()

    def hold(self, view: "RecordView[Any]") -> None:
        """Keep a view for the right side."""
        self._held.append(view)
        self._right.addWidget(view)

    def steps_ahead(self) -> Sequence[Callable[[], object]]:
        """What is made before somebody asks for it, each step short enough to go unnoticed."""
        return ()

    def step_tab(self, steps: int) -> None:
        """Go to the next tab of the record in sight, or the one before, and into it."""
        view = self._view_in_sight()
        if view is not None:
            view.tabs.bar.step(steps)
            view.tabs.enter()

    def show_beside(self, view: QWidget) -> None:
        """Bring one of the views into sight."""
        self._right.setCurrentWidget(view)

    def record_in_sight(self) -> tuple[str, str]:
        """The id and the name of the record in sight, empty where none is."""
        view = self._right.currentWidget()
        return next(((each.record, each.title) for each in self._held if each is view), ("", ""))

    def show_nothing(self) -> None:
        """Bring the invitation into sight."""
        self._nothing.show_sentence(self._plan.invitation, self._plan.step)
        self._right.setCurrentWidget(self._nothing)

    def _connect_list(self) -> None:
        self.panel.new_requested.connect(self.new_record)
        self.panel.step_requested.connect(self.first_step)
        self.panel.emptied.connect(self._on_emptied)
        self.panel.table_shown.connect(self._on_table_shown)
        self.panel.record_opened.connect(self._on_record_opened)
        self._nothing.action_requested.connect(self.first_step)
        self._desk.opened.connect(self.refresh)

    def _on_record_opened(self, _record: str) -> None:
        """Enter in the list goes into the page beside it; Escape there comes back."""
        view = self._view_in_sight()
        if view is not None:
            view.tabs.enter()

    def _view_in_sight(self) -> "RecordView[Any] | None":
        return next((each for each in self._held if each is self._right.currentWidget()), None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._right.isAncestorOf(self.window().focusWidget()):
            self.panel.setFocus()
        else:
            super().keyPressEvent(event)

    def _on_emptied(self) -> None:
        """An empty list offers the first step itself; once is enough."""
        self.show_nothing()
        self._nothing.show_sentence(self._plan.invitation)

    def _on_table_shown(self, is_table: bool) -> None:  # noqa: FBT001 - Qt's signal
        """A table takes the whole page; opening one of its records brings the list back."""
        self._right.setVisible(not is_table)
