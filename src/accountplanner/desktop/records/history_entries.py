"""Turning what was said about a record into entries of a timeline."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.field_groups import value_field
from accountplanner.desktop.records.provenance import history_words
from accountplanner.desktop.telling import tell
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.timeline import TimelineEntry
from accountplanner.desktop.widgets.value_text import readable
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.catalogue import known_field
from accountplanner.domain.fields import FieldType, Privacy
from accountplanner.usecases.pages import HistoryLine

_WRITTEN_BY_REGION: Final = {FieldType.DATE, FieldType.DECIMAL, FieldType.INTEGER, FieldType.MONEY}


def entries_of(lines: Sequence[HistoryLine], formats: Formats, today: date, kind: str = "") -> list[TimelineEntry]:
    """One entry for each thing said, newest first; with a record `kind` the field is named."""
    return [_entry(number, line, formats, today, kind) for number, line in enumerate(lines)]


def _entry(number: int, line: HistoryLine, formats: Formats, today: date, kind: str) -> TimelineEntry:
    value = say("cleared") if line.cleared else _written(line, formats, kind)
    if _is_closed(line, kind):
        value = say("kept closed")
    title = f"{say_label(line.label)}: {value}" if kind else value
    told = history_words(line, formats, today)
    if not line.stands:
        told = say("replaced") + (f" · {told}" if told else "")
    icon, tone = _look(line)
    return TimelineEntry(
        str(number), icon, title.replace("\n", " "), written_moment(line.saved_at, formats), told, tone
    )


def _is_closed(line: HistoryLine, kind: str) -> bool:
    """Whether this was a sensitive answer, which is shown only where it is asked for."""
    field = known_field(kind, line.field) if kind else None
    return field is not None and field.privacy is Privacy.SPECIAL and not line.cleared


def _look(line: HistoryLine) -> tuple[str, Tone]:
    if line.cleared:
        return "trash", Tone.NEUTRAL
    if line.origin.startswith("table:"):
        return "import", Tone.ACCENT if line.stands else Tone.NEUTRAL
    if line.origin == "undo":
        return "undo", Tone.NEUTRAL
    return "edit", Tone.ACCENT if line.stands else Tone.NEUTRAL


def _written(line: HistoryLine, formats: Formats, kind: str) -> str:
    field = known_field(kind, line.field) if kind else None
    if field is not None and field.type in _WRITTEN_BY_REGION:
        return readable(value_field(field, ""), line.text, formats)
    return tell(line.text)


def written_moment(saved_at: str, formats: Formats) -> str:
    """Write an instant in the time of this computer."""
    try:
        return formats.moment(datetime.fromisoformat(saved_at))
    except ValueError:
        return saved_at
