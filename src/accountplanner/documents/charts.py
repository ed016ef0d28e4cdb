"""The plain charts as shapes on a sheet, for paper and for the window's picture of it."""

from accountplanner.documents.sheet import Arc, Block, Ink, Sheet, Trace
from accountplanner.domain.charts import Bars, Line, Ring, Steps

Place = tuple[float, float, float, float]

_DOT = 1.6


def draw_bars(sheet: Sheet, bars: Bars, place: Place) -> None:
    """Draw bars into a place; where nothing happened stands a dot, so that the months can be counted."""
    x, y, width, height = place
    for bar in bars.shapes(1.6 / width, 1.0 / height):
        tall = max(bar.height * height, 1.0)
        ink = Ink.ACCENT if bar.is_last and bar.height else Ink.BAR if bar.height else Ink.RULE
        sheet.shapes.append(Block(x + bar.left * width, y + height - tall, bar.width * width, tall, ink, 0.6))


def draw_line(sheet: Sheet, line: Line, place: Place) -> None:
    """Draw a line into a place, with a dot where things stand now."""
    x, y, width, height = place
    points = tuple((x + left * width, y + top * height) for left, top in line.points())
    sheet.shapes.append(Trace(points, 1.0, Ink.BAR))
    if points:
        end_x, end_y = points[-1]
        sheet.shapes.append(Block(end_x - _DOT, end_y - _DOT, 2 * _DOT, 2 * _DOT, Ink.ACCENT, _DOT))


def draw_ring(sheet: Sheet, ring: Ring, place: Place) -> None:
    """Draw a ring; `place` is its centre, its radius and how thick it is."""
    x, y, radius, stroke = place
    sheet.shapes.append(Arc(x, y, radius, 360, stroke, Ink.RULE))
    if ring.degrees:
        sheet.shapes.append(Arc(x, y, radius, ring.degrees, stroke, Ink.ACCENT))


def draw_steps(sheet: Sheet, steps: Steps, place: Place) -> None:
    """Draw a ladder as steps; one that is only proposed is paler, as its words say, too."""
    x, y, width, height = place
    reached = Ink.BAR if steps.proposed else Ink.ACCENT
    for left, wide, is_reached in steps.shapes(3 / width):
        ink = reached if is_reached else Ink.RULE
        sheet.shapes.append(Block(x + left * width, y, wide * width, height, ink, height / 2))
