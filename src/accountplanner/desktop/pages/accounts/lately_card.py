"""What everybody did lately with an account: the newest lines of its timeline."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.timeline_entries import timeline_entries
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.timeline import Timeline
from accountplanner.desktop.wording import say
from accountplanner.usecases.timeline import TimelineLine

_TEXT_MOST = 160


class LatelyCard(Card):
    """Shows the newest things; it is not there while nothing has happened. The link leads to all of it."""

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(theme, say("Lately"), say("Timeline"), parent=parent)
        self._formats = formats
        self.timeline = Timeline(theme, say("Lately"))
        self.body.addWidget(self.timeline)

    def show_lines(self, lines: Sequence[TimelineLine], today: date) -> None:
        """Show what happened, newest first."""
        self.timeline.show_entries(timeline_entries(lines, self._formats, today, _TEXT_MOST))
        self.setVisible(bool(lines))
