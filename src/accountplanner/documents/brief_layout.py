"""A visit brief on one sheet: what stands where, and what gives way when there is too much for one page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accountplanner.documents.brief_words import BriefWords
from accountplanner.documents.charts import draw_ring, draw_steps
from accountplanner.documents.columns import BODY, LABEL, SMALL, Column, Planned
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
from accountplanner.domain.briefs import Brief, Part
from accountplanner.domain.charts import Ring, Steps
from accountplanner.domain.ladder import LADDER, RUNGS
from accountplanner.domain.text import isolated

NAME: Final = Style(Face.BOLD, 21, Ink.TEXT, 25)
SUBTITLE: Final = Style(Face.REGULAR, 10.5, Ink.MUTED, 14)
ASKED: Final = Style(Face.SEMIBOLD, 13.5, Ink.TEXT, 17.5)

_ROOM: Final = WIDTH - 2 * MARGIN
_GUTTER: Final = 26.0
_LEFT: Final = 298.0
_MOODS: Final = 3
_FOOT: Final = HEIGHT - MARGIN + 8
ROOM_ENDS: Final = _FOOT - 14

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
"""How readily a part gives a line up when the page is full."""


def lay_out(brief: Brief, words: BriefWords, measure: Measure) -> Sheet:
    """Put a brief on one page, always: what there is no room for is counted."""
    sheet = Sheet(brief.title)
    y = _draw_head(sheet, brief, words, measure)
    y = _draw_figures(sheet, brief, words, measure, y)
    y = _draw_question(sheet, brief, words, measure, y)
    left, right = MARGIN, MARGIN + _LEFT + _GUTTER
    for x, width, parts in zip((left, right), (_LEFT, _ROOM - _LEFT - _GUTTER), _COLUMNS, strict=True):
        column = Column(width, words, measure, [_plan(brief, part, words) for part in parts])
        column.fit(ROOM_ENDS - y)
        column.draw(sheet, x, y)
    draw_foot(sheet, words.footer(brief), measure)
    return sheet


def _plan(brief: Brief, part: Part, words: BriefWords) -> Planned:
    entries = [words.entry(line) for line in brief.part(part)]
    planned = Planned.of(words.heading(part), _GIVES_WAY[part], entries, words.nothing(part))
    if part is Part.LAST_TALK and any(brief.touches):
        return replace(planned, trend=brief.touches, remark=words.touches(brief))
    return planned


def _draw_head(sheet: Sheet, brief: Brief, words: BriefWords, measure: Measure) -> float:
    y = MARGIN - 6
    sheet.shapes.append(Words(MARGIN, y + 8, fitted(words.reader(brief), _ROOM, SMALL, measure), SMALL))
    y += 14
    for line in wrap(brief.title, _ROOM, NAME, measure, 2):
        sheet.shapes.append(Words(MARGIN, y + 19, line, NAME))
        y += NAME.leading
    subtitle = fitted("  ·  ".join(map(isolated, brief.subtitle)), _ROOM, SUBTITLE, measure)
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
    draw_lines(sheet, wrap(words.standing(brief), width, SMALL, measure, 2), (places[0], y + 23), SMALL)
    _draw_moods(sheet, brief, words, measure, (places[1], y + 12, width))
    known = brief.knowledge
    draw_ring(sheet, Ring(known.known / known.asked if known.asked else None), (places[2] + 12, y + 26, 10.5, 3))
    small = replace(SMALL, ink=Ink.TEXT)
    told = [line for said in words.knowledge(brief) for line in wrap(said, width - 32, small, measure, 2)]
    draw_lines(sheet, told, (places[2] + 32, y + 26 - small.leading * len(told) / 2), small)
    return y + 52


def _draw_moods(
    sheet: Sheet, brief: Brief, words: BriefWords, measure: Measure, place: tuple[float, float, float]
) -> None:
    x, y, width = place
    if not brief.how_they_are:
        draw_lines(sheet, [fitted(words.wording.say("Nobody has said."), width, BODY, measure)], (x, y), BODY)
    shown = brief.how_they_are[: _MOODS if len(brief.how_they_are) <= _MOODS else _MOODS - 1]
    spare = _MOODS - min(_MOODS, len(brief.how_they_are))
    for line in shown:
        # What comes last says how old the opinion is: it goes on in a second line where one is free.
        told = wrap(f"{words.wording.label(line.text)} – {words.source(line)}", width, SMALL, measure, 1 + spare)
        spare -= len(told) - 1
        y = draw_lines(sheet, told, (x, y + 1), replace(SMALL, ink=Ink.TEXT))
    if len(brief.how_they_are) > _MOODS:
        draw_lines(sheet, [words.more(len(brief.how_they_are) - 2)], (x, y + 1), SMALL)


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
    below = draw_lines(sheet, lines, (MARGIN + 16, y + 20), ASKED)
    draw_lines(sheet, because, (MARGIN + 16, below + 1), SMALL)
    return y + height + 15


def draw_foot(sheet: Sheet, text: str, measure: Measure) -> None:
    """Draw the line at the foot of a page."""
    sheet.shapes.append(Block(MARGIN, _FOOT - 8, _ROOM, 0.6, Ink.RULE))
    sheet.shapes.append(Words(MARGIN, _FOOT + 3, fitted(text, _ROOM, SMALL, measure), SMALL))


def draw_lines(sheet: Sheet, lines: Sequence[str], place: tuple[float, float], style: Style) -> float:
    """Draw lines one below the other from a top left place, and say where they end."""
    x, y = place
    for line in lines:
        sheet.shapes.append(Words(x, y + style.size * 0.95, line, style))
        y += style.leading
    return y
