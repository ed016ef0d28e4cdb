"""Saying that two records are one customer: search the other one, see both side by side, merge."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count, say_label
from accountplanner.usecases.browsing import Hit, find
from accountplanner.usecases.merging import merge_records
from accountplanner.usecases.pages import RecordPage, record_page
from accountplanner.usecases.session import Session

_ID_ROLE = 0x0100
_LISTED = 12
_LIST_SHARE = 0.3


class MergeDialog(FormDialog):
    """Merges one record with another of its kind; both histories are kept and undo parts them again."""

    def __init__(self, desk: Desk, kind: str, record: str, title: str, parent: QWidget) -> None:
        told = say("Choose the other record that is the same customer. Undo parts them again.")
        super().__init__(
            desk.theme, say("Merge {name} with…", name=title), say("Merge"), explanation=told, parent=parent
        )
        self._desk = desk
        self._kind = kind
        self._record = record
        self._title_text = title
        self._other = ("", "")
        self._reading = Reading(None)
        self._comparing = Reading(None)
        self._search = SearchField(desk.theme, say("Search the other record"))
        self._list = QListWidget()
        self._list.setAccessibleName(say("Found records"))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        wanted = (self._list.fontMetrics().lineSpacing() + Space.SMALL) * _LISTED
        self._list.setMinimumHeight(min(wanted, round(parent.window().height() * _LIST_SHARE)))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._preview = Label("", "small", "muted", wrap=True)
        self.body.addWidget(self._search)
        self.body.addWidget(self._list)
        self.body.addWidget(self._preview)
        self._first = self._search
        self.let_body_grow()
        self.allow_accept(is_allowed=False)
        self._search.searched.connect(self._on_searched)
        self._list.currentItemChanged.connect(self._on_current_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self._on_searched(title.split(" ", maxsplit=1)[0])

    def _on_searched(self, text: str) -> None:
        self._reading.drop()
        self._reading = self._desk.read(partial(find, typed=text, kinds=(self._kind,), limit=_LISTED), self._on_found)

    def _on_found(self, hits: Sequence[Hit]) -> None:
        self._list.clear()
        for hit in hits:
            if hit.record != self._record:
                item = QListWidgetItem(hit.title)
                item.setData(_ID_ROLE, hit.record)
                self._list.addItem(item)
        if not self._list.count():
            self._preview.setText(say("No other record is called like this. Search by a part of its name or place."))

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        self._other = (str(item.data(_ID_ROLE)), item.text()) if item is not None else ("", "")
        self.allow_accept(is_allowed=bool(self._other[0]))
        self._preview.setText("")
        self._comparing.drop()
        if self._other[0]:
            work = partial(_both, one=self._record, other=self._other[0])
            self._comparing = self._desk.read(work, self._on_both_read)

    def _on_both_read(self, both: tuple[RecordPage, RecordPage]) -> None:
        here, there = (_values(page) for page in both)
        same = sum(here.get(label) == text for label, text in there.items())
        differ = [label for label, text in there.items() if label in here and here[label] != text]
        fresh = sum(label not in here for label in there)
        sentence = say("{same} values are the same, {fresh} are added.", same=same, fresh=fresh)
        if differ:
            count = say_count("{count} differs", "{count} differ", len(differ))
            sentence += " " + say(
                "{count} and will be shown as conflicts: {fields}.", count=count, fields=", ".join(differ)
            )
        self._preview.setText(sentence)

    def _on_accept_requested(self) -> None:
        if self._other[0]:
            told = say("{one} and {other} are one now", one=self._title_text, other=self._other[1])
            work = partial(merge_records, one=self._record, other=self._other[0])
            self._desk.write(say("Merging"), work, self._on_merged, self.show_error, told=told)

    def _on_merged(self, _changes: object) -> None:
        self.accept()


def _both(session: Session, one: str, other: str) -> tuple[RecordPage, RecordPage]:
    return record_page(session, one), record_page(session, other)


def _values(page: RecordPage) -> dict[str, str]:
    return {
        say_label(line.field.label): line.values[0].text
        for line in page.lines
        if line.values and not line.field.per_speaker
    }
