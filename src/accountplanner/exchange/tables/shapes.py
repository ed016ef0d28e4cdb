"""What the cells of a column look like, learnt from its good rows, so that a stranger among them shows."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

_RUNS = (
    (re.compile(r"[^\W\d_]+"), "a"),
    (re.compile(r"\d+"), "9"),
    (re.compile(r"\s+"), " "),
)
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([ T].*)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_SEEN_WEIGHT = 0.5
_SHAPE_WEIGHT = 0.5
_UNSEEN = 0.2
_LONE_BLANK = -6.0


@lru_cache(maxsize=65_536)
def shape(text: str) -> str:
    """The outline of a text: `B-6000` is `a-9`, `(5) 555-4729` is `(9) 9-9`."""
    for run, letter in _RUNS:
        text = run.sub(letter, text)
    return text


@lru_cache(maxsize=65_536)
def sort_of(text: str) -> str:
    """The coarse class of a text, for outlines never seen before."""
    text = text.strip()
    if not text:
        return "blank"
    if _DATE.fullmatch(text):
        return "date"
    if _NUMBER.fullmatch(text):
        return "number"
    letters = any(letter.isalpha() for letter in text)
    digits = any(letter.isdigit() for letter in text)
    if not letters:
        return "signs"
    if "@" in text or "://" in text:
        return "address"
    return "letters and digits" if digits else "letters"


class ColumnShape:
    """Learns one column; `fit` then says how much at home a text is there (a log likelihood)."""

    def __init__(self, values: Iterable[str]) -> None:
        values = list(values)
        self._rows = len(values)
        self._values = Counter(value.strip() for value in values)
        self._shapes = Counter(shape(value.strip()) for value in values)
        self._sorts = Counter(sort_of(value) for value in values)
        self._led_by_blank = any(value[:1].isspace() for value in values)
        self._known: dict[str, float] = {}

    def fit(self, text: str) -> float:
        """How well a text fits; nearer to 0 is better."""
        if text not in self._known:
            self._known[text] = self._fit(text)
        return self._known[text]

    def _fit(self, text: str) -> float:
        bare = text.strip()
        fit = self._share(self._sorts[sort_of(bare)]) + _SHAPE_WEIGHT * self._share(self._shapes[shape(bare)])
        # A value that many rows share, a country say, speaks for its column.
        fit += _SEEN_WEIGHT * log(1 + self._values[bare]) if bare else 0.0
        return fit + (_LONE_BLANK if text[:1].isspace() and not self._led_by_blank else 0.0)

    def _share(self, count: int) -> float:
        return log((count + _UNSEEN) / (self._rows + 10 * _UNSEEN))


def column_shapes(rows: Sequence[Sequence[str]], width: int) -> list[ColumnShape]:
    """Learn every column of the rows that have just this width."""
    return [ColumnShape(row[column] for row in rows) for column in range(width)]
