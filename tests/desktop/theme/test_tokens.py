"""Every colour that is written or drawn on another can be read there."""

import pytest

from accountplanner.desktop.theme.tokens import COLOURS, PAIRS_FOR_SHAPES, PAIRS_FOR_TEXT, Scheme, Tone, contrast


def _contrasts(scheme: Scheme, pairs: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], float]:
    colours = COLOURS[scheme]
    return {(ink, ground): contrast(getattr(colours, ink), getattr(colours, ground)) for ink, ground in pairs}


@pytest.mark.parametrize("scheme", Scheme)
def test_text_is_readable(scheme: Scheme) -> None:
    found = _contrasts(scheme, PAIRS_FOR_TEXT)
    assert len(found) == len(PAIRS_FOR_TEXT) > 0
    assert {pair: each for pair, each in found.items() if each < 4.5} == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_shapes_can_be_told_from_their_ground(scheme: Scheme) -> None:
    found = _contrasts(scheme, PAIRS_FOR_SHAPES)
    assert len(found) == len(PAIRS_FOR_SHAPES) > 0
    assert {pair: each for pair, each in found.items() if each < 3} == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_every_tone_is_readable_on_its_own_tint(scheme: Scheme) -> None:
    colours = COLOURS[scheme]
    found = {tone: contrast(colours.ink(tone), colours.tint(tone)) for tone in Tone}
    assert {tone: each for tone, each in found.items() if each < 4.5} == {}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
