"""What waits for earlier files, what came in lately, and which backups are kept."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from accountplanner.desktop.desk import Desk
from accountplanner.desktop.records.history_entries import written_moment
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Space
from accountplanner.desktop.widgets.text import ElidedLabel, Label
from accountplanner.desktop.wording import say, say_marked, to_say
from accountplanner.usecases.exchange_overview import ExchangeOverview

_SHOWN = 6
_REASONS = {
    "import": to_say("before an import"),
    "daily": to_say("of the day"),
    "asked": to_say("asked for"),
    "erasure": to_say("after an erasure"),
    "migration": to_say("before an upgrade"),
}


class RecentCards(QWidget):
    """Three short lists, each hidden while there is nothing in it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._overview = ExchangeOverview((), (), ())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_overview(self, overview: ExchangeOverview) -> None:
        """Show the latest imports and backups."""
        if overview == self._overview:
            return
        self._overview = overview
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        formats = self._desk.formats
        self._show_parked(overview)
        imports = [(file.name, written_moment(file.imported_at, formats)) for file in overview.files]
        backups = [
            (
                say("Backup {reason}", reason=say_marked(_REASONS.get(each.reason, each.reason))),
                written_moment(each.taken_at, formats),
            )
            for each in overview.backups
        ]
        for title, entries in ((say("Recent imports"), imports), (say("Backups"), backups)):
            if entries:
                self._column.addWidget(Label(title, "heading"))
                for name, when in entries[:_SHOWN]:
                    self._column.addSpacing(Space.HAIR + 2)
                    self._column.addWidget(ElidedLabel(name, "small"))
                    self._column.addWidget(Label(when, "small", "muted"))
                self._column.addSpacing(Space.PAGE)

    def _show_parked(self, overview: ExchangeOverview) -> None:
        if overview.parked:
            self._column.addWidget(Label(say("Waits for earlier files"), "heading"))
            for each in overview.parked:
                self._column.addWidget(Label(tell(each.sentence), "small", wrap=True))
            self._column.addSpacing(Space.LARGE)
