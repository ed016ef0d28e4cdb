"""Every colour that is written or drawn on another can be read there."""

import pytest

from accountplanner.desktop.theme.tokens import COLOURS, PAIRS_FOR_SHAPES, PAIRS_FOR_TEXT, Scheme, Tone, contrast


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("ink", "ground"), PAIRS_FOR_TEXT)
def test_text_is_readable(scheme: Scheme, ink: str, ground: str) -> None:
    colours = COLOURS[scheme]
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("ink", "ground"), PAIRS_FOR_SHAPES)
def test_shapes_can_be_told_from_their_ground(scheme: Scheme, ink: str, ground: str) -> None:
    colours = COLOURS[scheme]
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("tone", Tone)
def test_every_tone_is_readable_on_its_own_tint(scheme: Scheme, tone: Tone) -> None:
    colours = COLOURS[scheme]
    assert contrast(colours.ink(tone), colours.tint(tone)) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
