"""Charts are described once: what the window paints and what goes on paper have the same places and heights."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.bars import Bars
from accountplanner.desktop.widgets.sparkline import Sparkline
from accountplanner.documents.charts import draw_bars, draw_line, draw_ring, draw_steps
from accountplanner.documents.sheet import Arc, Block, Ink, Sheet, Trace
from accountplanner.domain import charts

FIGURES = (40.0, 100.0, -10.0, 0.0, 60.0)


def _columns(image: QImage, ground: QColor) -> list[tuple[int, int]]:
    """Where each bar stands and how high it is, read off the picture, from left to right."""
    heights = [sum(image.pixelColor(x, y) != ground for y in range(image.height())) for x in range(image.width())]
    starts = [x for x, height in enumerate(heights) if height and (x == 0 or not heights[x - 1])]
    return [(x, max(heights[x : x + 8])) for x in starts]


def test_bars_on_screen_and_on_paper_have_the_same_places_and_heights(qtbot: QtBot, theme: Theme) -> None:
    widget = Bars(theme, "Purchases by quarter")
    qtbot.addWidget(widget)
    widget.resize(200, 50)
    widget.show_values(FIGURES, ("a", "b", "c", "d", "e"))
    image = widget.grab().toImage()
    sheet = Sheet("Paper")
    draw_bars(sheet, charts.Bars(FIGURES), (0.0, 0.0, 200.0, 50.0))
    drawn = [each for each in sheet.shapes if isinstance(each, Block) and each.height > 1]
    seen = _columns(image, image.pixelColor(199, 0))
    assert len(seen) == len(drawn) == 3, "a credit and a blank leave their places empty"
    for (left, height), block in zip(seen, drawn, strict=True):
        assert left == pytest.approx(block.x, abs=3)
        assert height == pytest.approx(block.height, abs=2)
    assert [block.ink for block in drawn] == [Ink.BAR, Ink.BAR, Ink.ACCENT], "the last is the period we are in"


@pytest.mark.parametrize(("share", "degrees"), [(None, []), (0.0, []), (0.25, [90.0]), (1.5, [360.0])])
def test_a_ring_is_empty_where_nobody_knows_and_never_more_than_whole(
    share: float | None, degrees: list[float]
) -> None:
    sheet = Sheet("Paper")
    draw_ring(sheet, charts.Ring(share), (10.0, 10.0, 8.0, 2.0))
    arcs = [each for each in sheet.shapes if isinstance(each, Arc)]
    assert [arc.degrees for arc in arcs if arc.ink is Ink.ACCENT] == degrees
    assert len(arcs) == len(degrees) + 1, "its track is there all the same"


def test_steps_fill_the_width_and_a_proposed_rung_is_paler() -> None:
    for proposed, ink in ((False, Ink.ACCENT), (True, Ink.BAR)):
        sheet = Sheet("Paper")
        draw_steps(sheet, charts.Steps(6, 2, proposed), (0.0, 0.0, 120.0, 4.0))
        blocks = [each for each in sheet.shapes if isinstance(each, Block)]
        assert [block.ink for block in blocks] == [ink] * 2 + [Ink.RULE] * 4
        assert blocks[-1].x + blocks[-1].width == pytest.approx(120.0)


def test_a_sparkline_on_screen_and_on_paper_goes_through_the_same_points(qtbot: QtBot, theme: Theme) -> None:
    figures = (0.0, 4.0, 1.0, 0.0, 2.0)
    widget = Sparkline(theme, "Touches month by month")
    qtbot.addWidget(widget)
    widget.resize(86, 26)
    widget.show_values(figures, "7 touches")
    assert (widget.toolTip(), widget.accessibleDescription()) == ("7 touches", "7 touches")
    image = widget.grab().toImage()
    sheet = Sheet("Paper")
    draw_line(sheet, charts.Line(figures), (3.0, 3.0, 80.0, 20.0))
    line = next(each for each in sheet.shapes if isinstance(each, Trace))
    assert line.points == ((3.0, 23.0), (23.0, 3.0), (43.0, 18.0), (63.0, 23.0), (83.0, 13.0))
    ground = image.pixelColor(3, 3)
    assert all(image.pixelColor(round(x) - (x > 80), round(y)) != ground for x, y in line.points)
    dot = next(each for each in sheet.shapes if isinstance(each, Block))
    assert (dot.x + dot.width / 2, dot.y + dot.height / 2) == line.points[-1], "where things stand now"


def test_where_nothing_ever_happened_a_line_lies_on_the_ground() -> None:
    assert charts.Line((0.0, 0.0, -3.0)).points() == ((0.0, 1.0), (0.5, 1.0), (1.0, 1.0))
    assert charts.Line(()).points() == ()
