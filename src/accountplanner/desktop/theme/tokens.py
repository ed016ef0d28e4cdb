"""Every colour, size and duration of the program, by the role it plays.

Nothing else in the program names a colour. `PAIRS_FOR_TEXT` and `PAIRS_FOR_SHAPES` say
which roles may meet; a test computes their contrast (WCAG 2.2: 4.5 for text, 3 for
shapes), so a colour changed here cannot quietly become unreadable.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import Final


class Scheme(StrEnum):
    """The looks the program has."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Tone(StrEnum):
    """What a colour says. A tone never speaks alone: a word or an icon says the same."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


@dataclass(frozen=True)
class Colours:
    """One scheme. Surfaces first, then what is written and drawn upon them."""

    window: str
    rail: str
    surface: str
    raised: str
    soft: str
    hover: str
    border: str
    input_border: str
    track: str
    bar: str
    shadow: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    good: str
    good_tint: str
    warn: str
    warn_tint: str
    bad: str
    bad_tint: str
    info: str
    info_tint: str

    def ink(self, tone: Tone) -> str:
        """Return what is written in this tone."""
        return self.muted if tone is Tone.NEUTRAL else str(getattr(self, tone.value))

    def tint(self, tone: Tone) -> str:
        """Return the quiet ground on which this tone's ink is readable."""
        if tone is Tone.NEUTRAL:
            return self.hover
        return self.soft if tone is Tone.ACCENT else str(getattr(self, f"{tone.value}_tint"))


LIGHT: Final = Colours(
    window="#F6F7F9",
    rail="#ECEFF3",
    surface="#FFFFFF",
    raised="#FFFFFF",
    soft="#E4ECFD",
    hover="#EEF1F6",
    border="#E1E5EB",
    input_border="#7E8896",
    track="#DDE2E9",
    bar="#B3C4EC",
    shadow="#1A2330",
    text="#1A2330",
    muted="#556171",
    faint="#5E6979",
    accent="#2458C9",
    accent_hover="#1D4AAD",
    on_accent="#FFFFFF",
    good="#15734A",
    good_tint="#DDF3E7",
    warn="#8A5300",
    warn_tint="#FCEFD6",
    bad="#B3261E",
    bad_tint="#FBE4E2",
    info="#5B3FB5",
    info_tint="#ECE7FA",
)

DARK: Final = Colours(
    window="#15181D",
    rail="#101216",
    surface="#1C2026",
    raised="#22272F",
    soft="#22314F",
    hover="#242A33",
    border="#2C323C",
    input_border="#717C8C",
    track="#2F3641",
    bar="#3D5080",
    shadow="#000000",
    text="#E7EBF1",
    muted="#A3AEBD",
    faint="#97A3B3",
    accent="#7DA6FF",
    accent_hover="#97B8FF",
    on_accent="#0E1524",
    good="#62CF9B",
    good_tint="#17372A",
    warn="#F0B45A",
    warn_tint="#3B2C12",
    bad="#FF8F86",
    bad_tint="#431F1E",
    info="#B9A3FF",
    info_tint="#2E2750",
)

CONTRAST: Final = Colours(
    window="#000000",
    rail="#000000",
    surface="#000000",
    raised="#000000",
    soft="#474000",
    hover="#262626",
    border="#B8B8B8",
    input_border="#FFFFFF",
    track="#595959",
    bar="#B8B8B8",
    shadow="#000000",
    text="#FFFFFF",
    muted="#F2F2F2",
    faint="#E0E0E0",
    accent="#FFE14D",
    accent_hover="#FFF0A3",
    on_accent="#000000",
    good="#7CFFB2",
    good_tint="#002B14",
    warn="#FFC266",
    warn_tint="#331F00",
    bad="#FFA8A0",
    bad_tint="#3D0500",
    info="#D9C8FF",
    info_tint="#1D0E4D",
)

COLOURS: Final = MappingProxyType({Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST})

_GROUNDS = ("window", "rail", "surface", "raised", "soft", "hover")
_TONED = ("good", "warn", "bad", "info")

PAIRS_FOR_TEXT: Final = (
    *product(("text", "muted", "faint", "accent"), _GROUNDS),
    *product(_TONED, ("window", "surface", "raised", "soft", "hover")),
    *((tone, f"{tone}_tint") for tone in _TONED),
    *(("text", f"{tone}_tint") for tone in _TONED),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
)
PAIRS_FOR_SHAPES: Final = (
    *product(("input_border",), ("window", "surface", "raised", "hover")),
    *product(("accent",), (*_GROUNDS, "track")),
    *product(_TONED, ("surface", "raised", "track")),
)


class Space:
    """Distances, on a grid of four pixels."""

    HAIR: Final = 4
    SMALL: Final = 8
    MEDIUM: Final = 12
    LARGE: Final = 16
    PAGE: Final = 24
    WIDE: Final = 32


class Radius:
    """How round corners are."""

    SMALL: Final = 6
    CONTROL: Final = 8
    CARD: Final = 12


class Motion:
    """Durations. Nothing moves longer than a person would wait for it."""

    QUICK_MS: Final = 120
    TOAST_MS: Final = 8000
    TYPING_PAUSE_MS: Final = 150


@dataclass(frozen=True)
class Type:
    """The size and weight of one kind of text."""

    size_px: int
    weight: int


TYPES: Final = MappingProxyType(
    {
        "name": Type(26, 700),
        "title": Type(20, 700),
        "figure": Type(18, 600),
        "heading": Type(15, 600),
        "strong": Type(15, 600),
        "body": Type(15, 400),
        "small": Type(13, 400),
        "small_strong": Type(13, 600),
        "tiny": Type(12, 600),
    }
)


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast ratio of two colours written as #RRGGBB."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    """Undo the gamma of one channel, as WCAG 2.2 defines relative luminance."""
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
