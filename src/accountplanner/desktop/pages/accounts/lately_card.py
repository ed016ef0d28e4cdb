"""What everybody did lately with an account: visits, calls, notes and cases in one thread."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.card import Card
from accountplanner.desktop.widgets.timeline import Timeline, TimelineEntry
from accountplanner.desktop.wording import say
from accountplanner.usecases.account_pages import Happening

_ICONS = {"Visit": "visit", "Call": "phone", "E-mail": "mail", "Marketing send": "mail", "Event": "calendar"}
_TEXT_MOST = 160


class LatelyCard(Card):
    """Shows the newest things; it is not there while nothing has happened."""

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(theme, say("Lately"), parent=parent)
        self._formats = formats
        self._timeline = Timeline(theme, say("Lately"))
        self.body.addWidget(self._timeline)

    def show_happenings(self, happenings: Sequence[Happening], today: date) -> None:
        """Show what happened, newest first."""
        self._timeline.show_entries([self._entry(each, today) for each in happenings])
        self.setVisible(bool(happenings))

    def _entry(self, each: Happening, today: date) -> TimelineEntry:
        when = self._formats.days_ago(date.fromisoformat(each.day), today) if each.day else ""
        icon, tone = _look(each)
        return TimelineEntry(each.record, icon, _title(each), when, _shortened(each.text), tone)


def _look(each: Happening) -> tuple[str, Tone]:
    if each.kind == "case":
        return ("dispute", Tone.BAD) if each.is_dispute else ("flag", Tone.WARN)
    if each.kind == "touch":
        return _ICONS.get(each.what, "visit"), Tone.WARN if each.what == "Marketing send" else Tone.ACCENT
    return "note", Tone.INFO


def _title(each: Happening) -> str:
    if each.kind == "touch":
        return ": ".join(part for part in (each.what, each.title) if part)
    if each.kind == "case":
        kind = say("Dispute") if each.is_dispute else say("Case")
        return f"{kind} ({each.what.lower()}): {each.title}" if each.what else f"{kind}: {each.title}"
    if each.kind == "partner_note":
        return say("Partner note")
    return say("Note by {name}", name=each.title) if each.title else say("Note")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TEXT_MOST else line[: _TEXT_MOST - 1].rstrip() + "…"
