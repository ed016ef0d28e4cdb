"""How well a few typed letters name something, for finding commands and records quickly."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from accountplanner.domain.text import search_text

Thing = TypeVar("Thing")
_WORD = re.compile(r"\w+")


def score(typed: str, text: str) -> int:
    """Return how well `typed` names `text`; 0 means not at all.

    Every typed word must occur, its letters in order. Beginnings of words and unbroken
    runs of letters count most, so that “bs” finds “Berglunds snabbköp”.
    """
    folded = search_text(text)
    total = 1
    for word in search_text(typed).split():
        points = _score_word(word, folded)
        if not points:
            return 0
        total += points
    return total


def is_named(typed: str, text: str) -> bool:
    """Whether every typed word begins a word of the text, or is made of the first letters of its words."""
    words = _WORD.findall(search_text(text))
    initials = "".join(word[0] for word in words)
    meant = search_text(typed).split()
    return bool(meant) and all(part in initials or any(word.startswith(part) for word in words) for part in meant)


def best(typed: str, things: Sequence[Thing], text: Callable[[Thing], str], at_most: int) -> list[Thing]:
    """Return the things that `typed` names, best first; equal ones stay in their order."""
    scored = [(score(typed, text(thing)), thing) for thing in things]
    found = sorted((pair for pair in scored if pair[0]), key=_points, reverse=True)
    return [thing for _points_of_it, thing in found[:at_most]]


def _points(pair: tuple[int, Thing]) -> int:
    return pair[0]


def _score_word(word: str, text: str) -> int:
    place = text.find(word)
    if place >= 0:
        starts_word = place == 0 or not text[place - 1].isalnum()
        return 100 + 10 * len(word) + (50 if starts_word else 0) - min(place, 40)
    return _score_scattered(word, text)


def _score_scattered(word: str, text: str) -> int:
    points, place = 0, -1
    for letter in word:
        nearest = text.find(letter, place + 1)
        start = _next_word_start(text, letter, place + 1)
        found = start if start >= 0 else nearest
        if found < 0:
            return 0
        points += 8 if found == start else 4 if found == place + 1 else 1
        place = found
    return points


def _next_word_start(text: str, letter: str, begin: int) -> int:
    place = text.find(letter, begin)
    while place > 0 and text[place - 1].isalnum():
        place = text.find(letter, place + 1)
    return place
