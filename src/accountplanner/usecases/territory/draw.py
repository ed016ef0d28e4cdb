"""Chance that comes out the same every time."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Draws for one purpose, the same for the same seeds on every computer."""

    def __init__(self, *seeds: object) -> None:
        self._random = Random("/".join(str(seed) for seed in seeds))  # noqa: S311 - invents customers, guards nothing

    def number(self, low: int, high: int) -> int:
        """A whole number between two, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, percent: float) -> bool:
        """Whether something happens that does so in so many of a hundred cases."""
        return self._random.random() * 100 < percent

    def pick(self, items: Sequence[T]) -> T:
        """One of several."""
        return items[int(self._random.random() * len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[int]) -> T:
        """One of several, some likelier than others."""
        aim = self._random.random() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            aim -= weight
            if aim < 0:
                return item
        return items[-1]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """A few different ones, in the order of the list."""
        left = list(range(len(items)))
        chosen = [left.pop(int(self._random.random() * len(left))) for _ in range(min(count, len(items)))]
        return [items[place] for place in sorted(chosen)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of them in another order."""
        left = list(items)
        return [left.pop(int(self._random.random() * len(left))) for _ in range(len(left))]

    def filled(self, pattern: str) -> str:
        """A pattern with a digit for each `#`."""
        return "".join(str(self.number(0, 9)) if letter == "#" else letter for letter in pattern)


class Dealer:
    """Deals texts from shuffled decks, so that none comes twice before all have come once."""

    def __init__(self, *seeds: object) -> None:
        self._draw = Draw("dealer", *seeds)
        self._decks: dict[str, list[int]] = {}

    def deal(self, deck: str, cards: Sequence[T]) -> T:
        """The next card of a deck; `cards` are all it has."""
        left = self._decks.get(deck)
        if not left:
            left = self._decks[deck] = self._draw.shuffled(range(len(cards)))
        return cards[left.pop()]
