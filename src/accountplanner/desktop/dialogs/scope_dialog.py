"""Choosing which accounts a channel partner may know about."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from accountplanner.desktop.delivery import Reading
from accountplanner.desktop.desk import Desk
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.check_box import TickedRows
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.widgets.search_field import SearchField
from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say, say_count
from accountplanner.domain.changes import Changes
from accountplanner.usecases.browsing import ListQuery, account_rows, list_numbers
from accountplanner.usecases.partners import set_scope
from accountplanner.usecases.session import Session

_ID_ROLE = Qt.ItemDataRole.UserRole
_MOST = 300
_LIST_LINES = 14
_LIST_SHARE = 0.35


class ScopeDialog(FormDialog):
    """Ticks accounts; nothing changes before the button says so, and then in one undo step a direction."""

    def __init__(self, desk: Desk, record: str, name: str, covered: Iterable[str], parent: QWidget) -> None:
        told = say("{name} sees these accounts in their workbook and nothing of any other.", name=name)
        super().__init__(
            desk.theme, say("Accounts of {name}", name=name), say("Choose"), explanation=told, parent=parent
        )
        self._desk = desk
        self._record = record
        self._before = frozenset(covered)
        self._chosen = set(self._before)
        self._reading = Reading(None)
        self._search = SearchField(desk.theme, say("Search accounts"))
        self._list = QListWidget()
        self._list.setAccessibleName(say("Accounts"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(TickedRows(desk.theme, self._list))
        wanted = (self._list.fontMetrics().lineSpacing() + Space.SMALL) * _LIST_LINES
        self._list.setMinimumHeight(min(wanted, round(parent.window().height() * _LIST_SHARE)))
        self._count = Label("", "small", "muted")
        for widget in (self._search, self._list, self._count):
            self.body.addWidget(widget)
        self._first = self._search
        self.let_body_grow()
        self._search.searched.connect(self._on_searched)
        self._list.itemChanged.connect(self._on_item_changed)
        self.accept_requested.connect(self._on_accept_requested)
        self._say_count()
        self._on_searched("")

    def _on_searched(self, text: str) -> None:
        self._reading.drop()
        self._reading = self._desk.read(partial(_accounts, text=text), self._on_found)

    def _on_found(self, found: Sequence[tuple[str, str]]) -> None:
        blocker = QSignalBlocker(self._list)
        self._list.clear()
        for record, words in found:
            item = QListWidgetItem(words)
            item.setData(_ID_ROLE, record)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if record in self._chosen else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        blocker.unblock()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        record = str(item.data(_ID_ROLE))
        if item.checkState() is Qt.CheckState.Checked:
            self._chosen.add(record)
        else:
            self._chosen.discard(record)
        self._say_count()

    def _say_count(self) -> None:
        self._count.setText(say_count("{count} account chosen", "{count} accounts chosen", len(self._chosen)))

    def _on_accept_requested(self) -> None:
        added, removed = self._chosen - self._before, self._before - self._chosen
        for accounts, covers in ((added, True), (removed, False)):
            if accounts:
                work = partial(_set_scope, partner_id=self._record, accounts=sorted(accounts), covers=covers)
                self._desk.write(self.windowTitle(), work)
        self.accept()


def _accounts(session: Session, text: str) -> list[tuple[str, str]]:
    rows = account_rows(session, list_numbers(session, ListQuery("account", text))[:_MOST])
    return [(row.record, " · ".join(part for part in (row.name, row.place) if part)) for row in rows]


def _set_scope(session: Session, partner_id: str, accounts: Sequence[str], *, covers: bool) -> Changes:
    return set_scope(session, partner_id, accounts, covers=covers)
