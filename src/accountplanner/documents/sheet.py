"""One sheet of paper as plain shapes: words, rules and tints at places in points, measured from the top left."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

WIDTH: Final = 595.0
HEIGHT: Final = 842.0
"""A4 in points. On letter paper a printer shrinks it by a few percent."""
MARGIN: Final = 42.0


class Face(StrEnum):
    """The faces of the one typeface."""

    REGULAR = "Regular"
    SEMIBOLD = "Semibold"
    BOLD = "Bold"
    ITALIC = "It"


class Ink(StrEnum):
    """What a colour is for. On paper each is a grey or a blue dark enough to survive a printer without colours."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    ALERT = "alert"
    RULE = "rule"
    TINT = "tint"
    BAR = "bar"


PAPER: Final = {
    Ink.TEXT: "#1A2330",
    Ink.MUTED: "#4A5563",
    Ink.ACCENT: "#2458C9",
    Ink.ALERT: "#9B1C15",
    Ink.RULE: "#D5DAE1",
    Ink.TINT: "#EEF2FB",
    Ink.BAR: "#8FA3CF",
}
"""Read without colours these are five clearly different greys."""


@dataclass(frozen=True, slots=True)
class Style:
    """How words are written; `leading` is the height of a line."""

    face: Face
    size: float
    ink: Ink
    leading: float


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words; `y` is its baseline."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a ring, clockwise from the top."""

    x: float
    y: float
    radius: float
    degrees: float
    stroke: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Trace:
    """A line from point to point, its corners and ends round."""

    points: tuple[tuple[float, float], ...]
    stroke: float
    ink: Ink


Shape = Words | Block | Arc | Trace


@dataclass(slots=True)
class Sheet:
    """What stands on one page, in the order in which it is drawn; words in the order in which they are read."""

    title: str
    shapes: list[Shape] = field(default_factory=list)

    def text(self) -> str:
        """Everything that can be read, line by line."""
        return "\n".join(shape.text for shape in self.shapes if isinstance(shape, Words))


class Measure(Protocol):
    """Says how wide words are: Qt's measure on the screen, the PDF library's on paper, of the same typeface."""

    def __call__(self, text: str, face: Face, size: float) -> float:
        """Width in points."""


def wrap(text: str, width: float, style: Style, measure: Measure, most: int) -> list[str]:
    """Break a text into lines of a width, at most so many; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph.split(), width, style, measure)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(lines[most - 1] + "…", width, style, measure)]


def _wrap_paragraph(words: list[str], width: float, style: Style, measure: Measure) -> list[str]:
    lines: list[str] = []
    current = ""
    for word in words:
        joined = f"{current} {word}" if current else word
        if measure(joined, style.face, style.size) <= width:
            current = joined
            continue
        if current:
            lines.append(current)
        parts = _broken(word, width, style, measure)
        lines += parts[:-1]
        current = parts[-1]
    return [*lines, current] if current else lines


def _broken(word: str, width: float, style: Style, measure: Measure) -> list[str]:
    """Cut a word that is wider than a line."""
    parts: list[str] = []
    while measure(word, style.face, style.size) > width and len(word) > 1:
        fits = max(1, _fitting(word, width, style, measure))
        parts.append(word[:fits])
        word = word[fits:]
    return [*parts, word]


def _fitting(word: str, width: float, style: Style, measure: Measure) -> int:
    low, high = 0, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(word[:middle], style.face, style.size) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _shortened(line: str, width: float, style: Style, measure: Measure) -> str:
    if measure(line, style.face, style.size) <= width:
        return line
    bare = line.rstrip("…")
    fits = _fitting(bare, width - measure("…", style.face, style.size), style, measure)
    return bare[:fits].rstrip() + "…"


def fitted(text: str, width: float, style: Style, measure: Measure) -> str:
    """One line of a text, cut with an ellipsis where it does not fit."""
    lines = wrap(" ".join(text.split()), width, style, measure, 1)
    return lines[0] if lines else ""
