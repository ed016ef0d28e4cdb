"""A visit brief on one sheet: what stands where, and what gives way when there is too much for one page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from accountplanner.documents.brief_words import BriefWords, Entry
from accountplanner.documents.charts import draw_bars, draw_ring, draw_steps
from accountplanner.documents.sheet import (
    HEIGHT,
    MARGIN,
    WIDTH,
    Block,
    Face,
    Ink,
    Measure,
    Sheet,
    Style,
    Words,
    fitted,
    wrap,
)
from accountplanner.domain.briefs import Brief, BriefLine, Part
from accountplanner.domain.charts import Bars, Ring, Steps
from accountplanner.domain.ladder import LADDER, RUNGS

NAME: Final = Style(Face.BOLD, 21, Ink.TEXT, 25)
SUBTITLE: Final = Style(Face.REGULAR, 10.5, Ink.MUTED, 14)
ASKED: Final = Style(Face.SEMIBOLD, 13.5, Ink.TEXT, 17.5)
HEADING: Final = Style(Face.BOLD, 10.5, Ink.ACCENT, 16)
BODY: Final = Style(Face.REGULAR, 10, Ink.TEXT, 12.8)
LABEL: Final = Style(Face.SEMIBOLD, 8, Ink.MUTED, 10.6)
SMALL: Final = Style(Face.REGULAR, 8, Ink.MUTED, 10.4)

_ROOM: Final = WIDTH - 2 * MARGIN
_GUTTER: Final = 26.0
_LEFT: Final = 298.0
_FOOT: Final = HEIGHT - MARGIN + 8
_GAP: Final = 4.5
_PART_GAP: Final = 9.0
_SERIES: Final = (58.0, 12.0)
_MOST_LOOKED_AT: Final = 14
_ROWS: Final = (4, 3, 2, 1)
"""How many lines one fact may take: fewer before a whole part would be left with nothing."""

_COLUMNS: Final = (
    (Part.DISPUTES, Part.LAST_TALK, Part.OUR_PROMISES, Part.THEIR_PROMISES, Part.CARES),
    (Part.CAUTIONS, Part.DATES, Part.NEXT_RUNG, Part.PEOPLE, Part.IN_TOUCH, Part.SMALL_TALK),
)
_GIVES_WAY: Final = {
    Part.DISPUTES: 1.0,
    Part.CAUTIONS: 1.0,
    Part.OUR_PROMISES: 1.1,
    Part.THEIR_PROMISES: 1.1,
    Part.DATES: 1.6,
    Part.CARES: 1.7,
    Part.LAST_TALK: 2.4,
    Part.IN_TOUCH: 2.0,
    Part.SMALL_TALK: 2.2,
    Part.NEXT_RUNG: 2.5,
    Part.PEOPLE: 2.6,
}
"""How readily a part gives a line up when the page is full; the last line of each stays."""


def lay_out(brief: Brief, words: BriefWords, measure: Measure) -> Sheet:
    """Put a brief on one page, always: what there is no room for is counted."""
    sheet = Sheet(brief.title)
    y = _draw_head(sheet, brief, words, measure)
    y = _draw_figures(sheet, brief, words, measure, y)
    y = _draw_question(sheet, brief, words, measure, y)
    left, right = MARGIN, MARGIN + _LEFT + _GUTTER
    for x, width, parts in zip((left, right), (_LEFT, _ROOM - _LEFT - _GUTTER), _COLUMNS, strict=True):
        column = _Column(width, words, measure, [_plan(brief, part, words) for part in parts])
        column.fit(_FOOT - 14 - y)
        column.draw(sheet, x, y)
    _draw_foot(sheet, words.footer(brief), measure)
    return sheet


@dataclass(frozen=True, slots=True)
class _Planned:
    """A part with the entries that are to be shown; `more` counts those that are not."""

    part: Part
    entries: tuple[Entry, ...]
    nothing: str
    more: int = 0

    def without_last(self) -> "_Planned":
        return replace(self, entries=self.entries[:-1], more=self.more + 1)

    @property
    def is_shown(self) -> bool:
        return bool(self.entries or self.nothing)


@dataclass(slots=True)
class _Column:
    """One column: its parts, as they fit into a height."""

    width: float
    words: BriefWords
    measure: Measure
    parts: list[_Planned]
    rows: int = _ROWS[0]

    def fit(self, room: float) -> None:
        """Leave lines out, those that matter least first, then shorten what is left."""
        full = list(self.parts)
        for rows in _ROWS:
            self.rows, self.parts = rows, list(full)
            while self.height() > room:
                giving = [each for each in self.parts if len(each.entries) > 1]
                if not giving:
                    break
                given = max(giving, key=lambda each: (len(each.entries) - 1) * _GIVES_WAY[each.part])
                self.parts[self.parts.index(given)] = given.without_last()
            else:
                return

    def height(self) -> float:
        """How high the column is as it stands."""
        return sum(self._part_height(each) for each in self.parts if each.is_shown)

    def draw(self, sheet: Sheet, x: float, y: float) -> None:
        """Draw the parts, one below the other."""
        for each in self.parts:
            if each.is_shown:
                y = self._draw_part(sheet, each, x, y)

    def _part_height(self, planned: _Planned) -> float:
        entries = sum(self._entry_height(entry) + _GAP for entry in planned.entries)
        nothing = 0 if planned.entries else BODY.leading + _GAP
        return HEADING.leading + entries + nothing + (SMALL.leading if planned.more else 0) + _PART_GAP

    def _entry_height(self, entry: Entry) -> float:
        label = LABEL.leading * len(self._label(entry))
        text = BODY.leading * len(self._text(entry))
        return label + text + (SMALL.leading * len(self._source(entry)))

    def _label(self, entry: Entry) -> list[str]:
        return [fitted(entry.label, self.width, LABEL, self.measure)] if entry.label else []

    def _text(self, entry: Entry) -> list[str]:
        room = self.width - (_SERIES[0] + 6 if entry.series else 0)
        return wrap(entry.text, room, BODY, self.measure, self.rows)

    def _source(self, entry: Entry) -> list[str]:
        return wrap(entry.source, self.width, SMALL, self.measure, min(self.rows, 2)) if entry.source else []

    def _draw_part(self, sheet: Sheet, planned: _Planned, x: float, y: float) -> float:
        heading = fitted(self.words.heading(planned.part), self.width, HEADING, self.measure)
        sheet.shapes.append(Words(x, y + 10, heading, HEADING))
        sheet.shapes.append(Block(x, y + 13.2, self.width, 0.6, Ink.RULE))
        y += HEADING.leading + 2
        for entry in planned.entries:
            y = self._draw_entry(sheet, entry, x, y) + _GAP
        if not planned.entries:
            sheet.shapes.append(Words(x, y + 10, planned.nothing, replace(BODY, ink=Ink.MUTED)))
            y += BODY.leading + _GAP
        if planned.more:
            sheet.shapes.append(Words(x, y + 7.6, self.words.more(planned.more), SMALL))
            y += SMALL.leading
        return y + _PART_GAP - 2

    def _draw_entry(self, sheet: Sheet, entry: Entry, x: float, y: float) -> float:
        if entry.alert:
            # A bar beside it, for printers without colours; the words say the same.
            sheet.shapes.append(Block(x - 7, y + 1, 2.4, self._entry_height(entry) - 1, Ink.ALERT, 1.2))
        if entry.series:
            draw_bars(sheet, Bars(tuple(map(float, entry.series))), (x + self.width - _SERIES[0], y, *_SERIES))
        label = replace(LABEL, ink=Ink.ALERT) if entry.alert else LABEL
        for lines, style in ((self._label(entry), label), (self._text(entry), BODY), (self._source(entry), SMALL)):
            for line in lines:
                sheet.shapes.append(Words(x, y + style.size * 0.95, line, style))
                y += style.leading
        return y


def _plan(brief: Brief, part: Part, words: BriefWords) -> _Planned:
    lines: Sequence[BriefLine] = brief.part(part)
    shown = tuple(words.entry(line) for line in lines[:_MOST_LOOKED_AT])
    return _Planned(part, shown, words.nothing(part), max(0, len(lines) - len(shown)))


def _draw_head(sheet: Sheet, brief: Brief, words: BriefWords, measure: Measure) -> float:
    y = MARGIN - 6
    sheet.shapes.append(Words(MARGIN, y + 8, fitted(words.reader(brief), _ROOM, SMALL, measure), SMALL))
    y += 14
    for line in wrap(brief.title, _ROOM, NAME, measure, 2):
        sheet.shapes.append(Words(MARGIN, y + 19, line, NAME))
        y += NAME.leading
    subtitle = fitted("  ·  ".join(brief.subtitle), _ROOM, SUBTITLE, measure)
    if subtitle:
        sheet.shapes.append(Words(MARGIN, y + 11, subtitle, SUBTITLE))
        y += SUBTITLE.leading
    return y + 9


def _draw_figures(sheet: Sheet, brief: Brief, words: BriefWords, measure: Measure, y: float) -> float:
    """The rung, how they are, how well they are known: three things, none of which says another."""
    say = words.wording.say
    width = (_ROOM - 2 * 18) / 3
    places = [MARGIN + number * (width + 18) for number in range(3)]
    for x, label in zip(
        places, (say("Where they stand"), say("How they are"), say("How well we know them")), strict=True
    ):
        sheet.shapes.append(Words(x, y + 8, fitted(label, width, LABEL, measure), LABEL))
    rung = RUNGS.get(brief.standing.rung)
    steps = Steps(len(LADDER), rung.step if rung else 0, proposed=brief.standing.proposed)
    draw_steps(sheet, steps, (places[0], y + 14, width, 4.6))
    _lines(sheet, wrap(words.standing(brief), width, SMALL, measure, 2), (places[0], y + 23), SMALL)
    _draw_moods(sheet, brief, words, measure, (places[1], y + 12, width))
    known = brief.knowledge
    draw_ring(sheet, Ring(known.known / known.asked if known.asked else None), (places[2] + 12, y + 26, 10.5, 3))
    told = wrap(words.knowledge(brief), width - 32, BODY, measure, 2)
    _lines(sheet, told, (places[2] + 32, y + 27 - BODY.leading * len(told) / 2), BODY)
    return y + 52


def _draw_moods(
    sheet: Sheet, brief: Brief, words: BriefWords, measure: Measure, place: tuple[float, float, float]
) -> None:
    x, y, width = place
    if not brief.how_they_are:
        _lines(sheet, [fitted(words.wording.say("Nobody has said."), width, BODY, measure)], (x, y), BODY)
    for line in brief.how_they_are[: 3 if len(brief.how_they_are) <= 3 else 2]:
        told = f"{words.wording.say(line.text)} – {words.source(line)}"
        _lines(sheet, [fitted(told, width, SMALL, measure)], (x, y + 1), replace(SMALL, ink=Ink.TEXT))
        y += SMALL.leading + 1
    if len(brief.how_they_are) > 3:
        _lines(sheet, [words.more(len(brief.how_they_are) - 2)], (x, y + 1), SMALL)


def _draw_question(sheet: Sheet, brief: Brief, words: BriefWords, measure: Measure, y: float) -> float:
    if brief.question is None:
        return y + 4
    asked, why = words.question(brief.question)
    room = _ROOM - 30
    lines = wrap(asked, room, ASKED, measure, 3)
    because = wrap(why, room, SMALL, measure, 2)
    height = 22 + len(lines) * ASKED.leading + len(because) * SMALL.leading + 8
    sheet.shapes.append(Block(MARGIN, y, _ROOM, height, Ink.TINT, 5))
    sheet.shapes.append(Block(MARGIN, y, 4, height, Ink.ACCENT, 2))
    label = replace(LABEL, ink=Ink.ACCENT)
    heading = fitted(words.wording.say("One question worth asking"), room, label, measure)
    sheet.shapes.append(Words(MARGIN + 16, y + 15, heading, label))
    below = _lines(sheet, lines, (MARGIN + 16, y + 20), ASKED)
    _lines(sheet, because, (MARGIN + 16, below + 1), SMALL)
    return y + height + 15


def _draw_foot(sheet: Sheet, text: str, measure: Measure) -> None:
    sheet.shapes.append(Block(MARGIN, _FOOT - 8, _ROOM, 0.6, Ink.RULE))
    sheet.shapes.append(Words(MARGIN, _FOOT + 3, fitted(text, _ROOM, SMALL, measure), SMALL))


def _lines(sheet: Sheet, lines: Sequence[str], place: tuple[float, float], style: Style) -> float:
    x, y = place
    for line in lines:
        sheet.shapes.append(Words(x, y + style.size * 0.95, line, style))
        y += style.leading
    return y
