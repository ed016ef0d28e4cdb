"""The first page of a trip pack: where the way leads, and what has been promised on it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accountplanner.documents.brief_layout import NAME, ROOM_ENDS, SUBTITLE, draw_foot, draw_lines
from accountplanner.documents.brief_words import BriefWords, Entry
from accountplanner.documents.columns import SMALL, Column, Planned
from accountplanner.documents.sheet import MARGIN, WIDTH, Measure, Sheet, fitted
from accountplanner.domain.briefs import Brief, BriefLine, Part
from accountplanner.domain.text import isolated

_GUTTER: Final = 26.0
_WIDTH: Final = (WIDTH - 2 * MARGIN - _GUTTER) / 2


def lay_out_trip(briefs: Sequence[Brief], words: BriefWords, measure: Measure) -> Sheet:
    """Put the first page of a trip on one sheet, always."""
    say = words.wording.say
    room = WIDTH - 2 * MARGIN
    sheet = Sheet(say("Trip"))
    y = draw_lines(sheet, [fitted(words.reader(briefs[0]), room, SMALL, measure)], (MARGIN, MARGIN - 6), SMALL) + 4
    count = words.wording.say_count("One visit", "{count} visits", len(briefs))
    y = draw_lines(sheet, [fitted(count, room, NAME, measure)], (MARGIN, y), NAME)
    names = fitted("  ·  ".join(isolated(brief.title) for brief in briefs), room, SUBTITLE, measure)
    y = draw_lines(sheet, [names], (MARGIN, y), SUBTITLE) + 18
    for number, parts in enumerate((_visits(briefs, words), _promises(briefs, words))):
        column = Column(_WIDTH, words, measure, parts)
        column.fit(ROOM_ENDS - y)
        column.draw(sheet, MARGIN + number * (_WIDTH + _GUTTER), y)
    personal = next((brief for brief in briefs if brief.personal), briefs[0])
    draw_foot(sheet, words.footer(personal), measure)
    return sheet


def _visits(briefs: Sequence[Brief], words: BriefWords) -> list[Planned]:
    return [Planned.of(words.wording.say("Where we go"), 1.0, [_visit(brief, words) for brief in briefs])]


def _visit(brief: Brief, words: BriefWords) -> Entry:
    disputes = len(brief.part(Part.DISPUTES))
    dispute = words.wording.say_count("{count} open dispute", "{count} open disputes", disputes) if disputes else ""
    talk = next(iter(brief.part(Part.LAST_TALK)), None)
    last = words.wording.say("last talk {day}", day=words.day(talk.said.on)) if talk is not None else ""
    below = " · ".join(part for part in (words.standing(brief), last) if part)
    return Entry(
        brief.title,
        " · ".join(isolated(part) for part in (dispute, *brief.subtitle) if part),
        below,
        alert=bool(disputes),
    )


def _promises(briefs: Sequence[Brief], words: BriefWords) -> list[Planned]:
    planned = []
    for part, weight in ((Part.OUR_PROMISES, 1.0), (Part.THEIR_PROMISES, 1.1)):
        found: dict[BriefLine, str] = {}
        for brief in briefs:
            found |= {line: brief.title for line in brief.part(part) if line not in found}
        ordered = sorted(found.items(), key=lambda pair: (pair[0].day or "9999", pair[1]))
        entries = [_promise(line, title, words) for line, title in ordered]
        planned.append(Planned.of(words.heading(part), weight, entries, words.nothing(part)))
    return planned


def _promise(line: BriefLine, title: str, words: BriefWords) -> Entry:
    entry = words.entry(line)
    return replace(entry, source=" · ".join(isolated(part) for part in (title, entry.source) if part))
