"""A note that turns the direction of writing turns nothing beside it: seen on the timeline and on the brief."""

from datetime import date

from PySide6.QtGui import QTextLayout

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.records.timeline_entries import timeline_entries
from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.timeline import _wrap
from accountplanner.desktop.wording import say
from accountplanner.documents.brief_words import BriefWords
from accountplanner.documents.wording import PlainEnglish
from accountplanner.domain.briefs import About, BriefLine, Part, Said
from accountplanner.usecases.timeline import TimelineLine

TODAY = date(2026, 11, 20)
TURNED = "Pays \u202e late always"


def reads_from_left_to_right(layout: QTextLayout, words: str) -> bool:
    """Whether the letters of some words stand one after the other as they are painted."""
    start = layout.text().index(words)
    line = layout.lineForTextPosition(start)
    places = [line.cursorToX(at)[0] for at in range(start, start + len(words) + 1)]  # type: ignore[index]
    return places == sorted(places) and len(set(places)) == len(places)


def test_what_stands_below_a_note_on_the_timeline_is_not_turned(theme: Theme, formats: Formats) -> None:
    told = TimelineLine("note:1", "note", "2026-11-19", "", TURNED, "Ann", about="Eva Berg", is_private=True)
    [entry] = timeline_entries([told], formats, TODAY)
    layout = _wrap(entry.text, theme.font("small"), 600)
    assert reads_from_left_to_right(layout, "about Eva Berg · only on this computer")
    assert not reads_from_left_to_right(layout, "late"), "the note itself is shown as it was typed"


def test_what_stands_around_a_turned_name_is_not_turned(theme: Theme) -> None:
    sentence = say("Keep {value} in {field}", value=TURNED, field="Hobbies")
    assert reads_from_left_to_right(_wrap(sentence, theme.font("body"), 600), "in Hobbies")


def test_what_stands_beside_a_note_on_the_brief_is_not_turned(theme: Theme) -> None:
    line = BriefLine(
        Part.LAST_TALK, About.TOUCH, f"{TURNED}\nand more", TURNED, "Call", "2026-11-19", said=Said(TURNED)
    )
    entry = BriefWords(PlainEnglish(), TODAY).entry(line)
    assert reads_from_left_to_right(_wrap(entry.text, theme.font("body"), 900), "and more")
    assert reads_from_left_to_right(_wrap(entry.label, theme.font("body"), 900), "19 Nov")
