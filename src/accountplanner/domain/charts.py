"""Small charts as plain data, painted by the window and by the PDF library alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: where it stands and how high it is, as shares of the place given to it, from the top left."""

    left: float
    top: float
    width: float
    height: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures whose movement matters more than their size; the last one is the period we are in."""

    values: tuple[float, ...]

    def shapes(self, gap: float, least: float) -> tuple[Bar, ...]:
        """The bars to fill, with a gap between two and a least height for what is there at all.

        Both are shares. Values below zero, such as credits, leave an empty place.
        """
        count = len(self.values)
        highest = max((0.0, *self.values))
        step = (1 + gap) / count if count else 0.0
        heights = [max(least, value / highest) if value > 0 else 0.0 for value in self.values]
        return tuple(
            Bar(number * step, 1 - height, step - gap, height, number == count - 1)
            for number, height in enumerate(heights)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """Figures over time in the height of a word; the last one is the period we are in."""

    values: tuple[float, ...]

    def points(self) -> tuple[tuple[float, float], ...]:
        """The points to join, as shares of the place given to them, from the top left; nothing at all lies below."""
        highest = max((0.0, *self.values)) or 1.0
        last = max(len(self.values) - 1, 1)
        return tuple((number / last, 1 - max(value, 0.0) / highest) for number, value in enumerate(self.values))


@dataclass(frozen=True, slots=True)
class Ring:
    """A share between 0 and 1 drawn as a ring; `None` means that nobody knows."""

    share: float | None

    @property
    def degrees(self) -> float:
        """How far the ring goes round, clockwise from the top."""
        return 360 * min(max(self.share or 0.0, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Steps:
    """A ladder: how many rungs there are and on which one somebody stands, counted from 1; 0 for none."""

    count: int
    reached: int
    proposed: bool = False

    def shapes(self, gap: float) -> tuple[tuple[float, float, bool], ...]:
        """Left edge, width and whether it is reached, for each rung; shares of the width."""
        width = (1 - gap * (self.count - 1)) / self.count
        return tuple((number * (width + gap), width, number < self.reached) for number in range(self.count))
