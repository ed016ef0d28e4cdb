"""The last step of an import: exact counts first, then who may be known already, and every change to be left out."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.dialogs.import_matches import MatchCards
from accountplanner.desktop.telling import tell_all
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.buttons import Button
from accountplanner.desktop.widgets.check_box import CheckBox
from accountplanner.desktop.widgets.flow_layout import FlowLayout
from accountplanner.desktop.widgets.rows_model import Column, RowsModel
from accountplanner.desktop.widgets.rows_table import RowsTable
from accountplanner.desktop.widgets.tab_bar import TabBar
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import label_within, say, say_count, say_label, say_marked, to_say
from accountplanner.domain.catalogue import KINDS
from accountplanner.usecases.begun_imports import BegunImport
from accountplanner.usecases.import_plans import Counts, ImportPreview, PreviewItem
from accountplanner.usecases.importing import open_matches
from accountplanner.usecases.waiting import QueueItem

_STATES = {
    "new": to_say("new"),
    "changed": to_say("changed"),
    "conflict": to_say("conflict"),
    "known": to_say("known already"),
    "private": to_say("only on this computer"),
}
Numbered = tuple[int, PreviewItem]


class ConfirmStep(QWidget):
    """Shows a preview; `asked` comes when duplicates have appeared to be decided about, `answered` with each answer.

    `sharing_wanted` says whether what an address book says beyond business goes to the team. `unticked` are the marks
    of the changes left out, `decisions` what was said of duplicates.
    """

    asked = Signal()
    answered = Signal()
    sharing_wanted = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = desk.theme
        self._desk = desk
        self._formats = desk.formats
        self._counts = Counts()
        self._reading = Reading(None)
        self._unticked: set[str] = set()
        self._items: list[Numbered] = []
        self._can_apply = False
        self._figures = FlowLayout(gap_px=Space.SMALL)
        self._records = Label("", "small", "muted", wrap=True)
        self._notices = Label("", "small", "muted", wrap=True)
        self._model: RowsModel[Numbered] = RowsModel(
            [
                Column(say("Take"), self._taken, self._taken),
                Column(say("State"), _state, _state),
                Column(say("Record"), _record, _record),
                Column(say("Field"), _field, _field),
                Column(say("Before"), _before, _before),
                Column(say("After"), _after, _after),
            ],
            _id,
            self,
        )
        self.table = RowsTable(theme, self._model, say("What will change"))
        self.leave_out = Button(theme, say("Leave out or take the selected rows"))
        self.share = CheckBox(theme, say("Share notes and personal answers with the team"))
        self.matches = MatchCards(theme)
        tabs = (("matches", say("Possible duplicates")), ("changes", say("What will change")))
        self.tabs = TabBar(theme, tabs, say("What will happen"))
        self._build_layout()
        self.leave_out.clicked.connect(self._on_leave_out_clicked)
        self.share.clicked.connect(self.sharing_wanted)
        self.matches.answered.connect(self._on_answered)
        self.tabs.tab_chosen.connect(self._on_tab_chosen)

    def _build_layout(self) -> None:
        changes = QWidget()
        inside = QVBoxLayout(changes)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.leave_out)
        row.addStretch(1)
        inside.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.matches)
        self._stack.addWidget(changes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(self._figures)
        for widget in (self._records, self._notices, self.share, self.tabs):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)

    def has_anything(self) -> bool:
        """Whether there is anything to write."""
        return self._can_apply

    def unticked(self) -> frozenset[str]:
        """The marks of the changes a person does not want."""
        return frozenset(self._unticked)

    def decisions(self) -> Mapping[str, bool]:
        """Which of the rows that may be somebody known are, and which are not."""
        return self.matches.decisions()

    def take_up(self, begun: BegunImport) -> None:
        """Answer as somebody had answered before, as far as the same is asked."""
        self._unticked = set(begun.unticked)
        self.matches.take_up(begun.matches)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what an import would do."""
        self._unticked &= {item.mark for item in preview.items}
        counts, plan = preview.counts, preview.plan
        self._counts = counts
        self._reading.drop()
        self._show_matches(())
        if any(each.kind == "match" for each in plan.suggestions):
            self._reading = self._desk.read(partial(open_matches, plan=plan), self._on_matches_read)
        self._records.setText(
            ", ".join(
                f"{self._formats.number(number)} {label_within(KINDS[kind].label if number == 1 else KINDS[kind].plural)}"
                for kind, number in sorted(counts.records.items(), key=lambda each: -each[1])
            )
        )
        told = [*plan.notices, *plan.held]
        self._notices.setText(tell_all(told[:6], "\n"))
        self._notices.setVisible(bool(told))
        self.share.setVisible(bool(plan.personal))
        self.share.setChecked(not plan.keeps_private)
        self._records.setVisible(bool(counts.records))
        self._items = [(at, item) for at, item in enumerate(preview.items) if item.state != "known"]
        self._model.show_rows(self._items)
        self.table.setVisible(bool(self._items))
        self.leave_out.setVisible(bool(self._items))
        self._can_apply = bool(counts.new or counts.changed or counts.conflicts or counts.suggestions or plan.held)

    def _on_matches_read(self, items: Sequence[QueueItem]) -> None:
        self._show_matches(items)
        if items:
            self.asked.emit()

    def _show_matches(self, items: Sequence[QueueItem]) -> None:
        self.matches.show_items(items)
        self.tabs.setVisible(bool(items))
        self.tabs.choose("matches" if items else "changes")
        self._stack.setCurrentIndex(0 if items else 1)
        self._show_figures(self._counts)

    def _show_figures(self, counts: Counts) -> None:
        while self._figures.count():
            item = self._figures.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        figures = (
            (counts.new, say("new")),
            (counts.changed, say("changed")),
            (counts.conflicts, say_count("conflict", "conflicts", counts.conflicts)),
            (counts.suggestions - counts.removed - len(self.decisions()), say("to decide")),
            (counts.removed, say_count("removed row", "removed rows", counts.removed)),
            *(
                [(counts.files, say_count("file to decide about", "files to decide about", counts.files))]
                if counts.files
                else []
            ),
            (counts.problems, say_count("problem", "problems", counts.problems)),
            (counts.known, say("known already")),
        )
        for number, words in figures:
            self._figures.addWidget(self._figure(number, words))

    def _figure(self, number: int, words: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, Space.PAGE, 0)
        column.setSpacing(0)
        column.addWidget(Label(self._formats.number(number), "figure", "" if number else "faint"))
        column.addWidget(Label(words, "small", "muted"))
        return holder

    def _taken(self, each: Numbered) -> str:
        return say("no") if each[1].mark in self._unticked else say("yes")

    def _on_answered(self) -> None:
        self._show_figures(self._counts)
        self.answered.emit()

    def _on_tab_chosen(self, key: str) -> None:
        self._stack.setCurrentIndex(0 if key == "matches" else 1)

    def _on_leave_out_clicked(self) -> None:
        chosen = set(self.table.selected_keys())
        for at, item in self._items:
            if str(at) in chosen and item.mark:
                self._unticked.symmetric_difference_update({item.mark})
        self._model.show_rows(self._items)
        self.answered.emit()


def _id(each: Numbered) -> str:
    return str(each[0])


def _state(each: Numbered) -> str:
    return say_marked(_STATES.get(each[1].state, each[1].state))


def _record(each: Numbered) -> str:
    return each[1].title


def _field(each: Numbered) -> str:
    return say_label(each[1].label)


def _before(each: Numbered) -> str:
    return each[1].before


def _after(each: Numbered) -> str:
    return each[1].after
