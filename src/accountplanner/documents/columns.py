"""Columns of a sheet: parts with a heading and entries, of which the least important give way to the page's end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from accountplanner.documents.brief_words import BriefWords, Entry
from accountplanner.documents.charts import draw_bars, draw_line
from accountplanner.documents.sheet import Block, Face, Ink, Measure, Sheet, Style, Words, fitted, wrap
from accountplanner.domain.charts import Bars, Line

HEADING: Final = Style(Face.BOLD, 10.5, Ink.ACCENT, 16)
BODY: Final = Style(Face.REGULAR, 10, Ink.TEXT, 12.8)
LABEL: Final = Style(Face.SEMIBOLD, 8, Ink.MUTED, 10.6)
SMALL: Final = Style(Face.REGULAR, 8, Ink.MUTED, 10.4)

_GAP: Final = 4.5
_PART_GAP: Final = 9.0
_SERIES: Final = (58.0, 12.0)
_TREND: Final = (58.0, 8.4)
_TREND_GAP: Final = 6.0
_MOST_LOOKED_AT: Final = 14
_ROWS: Final = (4, 3, 2, 1)
"""How many lines one fact may take: fewer before a whole part would be left with nothing."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A part with the entries that are to be shown; `more` counts those that are not.

    `nothing` stands where there are none; a part with neither is left out. `gives_way` says how readily it gives
    a line up when the page is full; the last line of each part stays. `trend` is drawn as a small line at the end of
    the heading, with the words of `remark` before it.
    """

    heading: str
    gives_way: float
    entries: tuple[Entry, ...]
    nothing: str = ""
    more: int = 0
    trend: tuple[int, ...] = ()
    remark: str = ""

    @classmethod
    def of(cls, heading: str, gives_way: float, entries: Sequence[Entry], nothing: str = "") -> "Planned":
        """A part with as many of its entries as are worth looking at for one page."""
        shown = tuple(entries[:_MOST_LOOKED_AT])
        return cls(heading, gives_way, shown, nothing, len(entries) - len(shown))

    def without_last(self) -> "Planned":
        """The same with one line less."""
        return replace(self, entries=self.entries[:-1], more=self.more + 1)

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.entries or self.nothing)


@dataclass(slots=True)
class Column:
    """One column: its parts, as they fit into a height."""

    width: float
    words: BriefWords
    measure: Measure
    parts: list[Planned]
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
                given = max(giving, key=lambda each: (len(each.entries) - 1) * each.gives_way)
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

    def _part_height(self, planned: Planned) -> float:
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

    def _draw_part(self, sheet: Sheet, planned: Planned, x: float, y: float) -> float:
        heading = fitted(planned.heading, self.width, HEADING, self.measure)
        sheet.shapes.append(Words(x, y + 10, heading, HEADING))
        if planned.trend:
            self._draw_trend(sheet, planned, x, y)
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

    def _draw_trend(self, sheet: Sheet, planned: Planned, x: float, y: float) -> None:
        width, height = _TREND
        left = x + self.width - width
        draw_line(sheet, Line(tuple(map(float, planned.trend))), (left, y + 2.4, width - 2, height))
        heading = self.measure(planned.heading, HEADING.face, HEADING.size)
        told = fitted(planned.remark, left - x - heading - 2 * _TREND_GAP, SMALL, self.measure)
        end = left - _TREND_GAP - self.measure(told, SMALL.face, SMALL.size)
        sheet.shapes.append(Words(end, y + 10, told, SMALL))

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
