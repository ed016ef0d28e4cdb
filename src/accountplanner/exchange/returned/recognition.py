"""Recognises rows by what stands in them: whose base they equal most, whatever key stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from accountplanner.exchange.base import BaseSheet
from accountplanner.exchange.reading.cells import CellValue
from accountplanner.exchange.returned.same import SameCheck

_DISTINCTIVE = 3
"""A value that more rows share tells nothing about which row it is."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The row of the base that cells resemble most, and the share of its filled cells that agree."""

    alias: str
    share: float


class Recognition:
    """The rows of one base sheet by their distinctive values; built when first needed."""

    def __init__(self, base: BaseSheet, checks: list[SameCheck], shown: "Shower") -> None:
        self._base = base
        self._checks = checks
        self._shown = shown
        self._by_value: dict[tuple[int, str], list[str]] | None = None

    def best(self, cells: Mapping[int, CellValue], *, besides: str = "") -> Likeness | None:
        """The most similar row, leaving one out."""
        votes: dict[str, int] = {}
        index = self._index()
        for position, found in cells.items():
            for alias in index.get((position, self._shown.found(found)), ()):
                if alias != besides:
                    votes[alias] = votes.get(alias, 0) + 1
        candidates = sorted(votes, key=lambda alias: (-votes[alias], alias))[:_DISTINCTIVE]
        likely = [Likeness(alias, self.share(alias, cells)) for alias in candidates]
        return max(likely, key=lambda each: each.share, default=None)

    def share(self, alias: str, cells: Mapping[int, CellValue]) -> float:
        """The share of a base row's filled cells that these cells agree with."""
        row = self._base.rows[alias]
        filled = [index for index, value in enumerate(row) if value]
        if not filled:
            return 0.0
        same = sum(1 for index in filled if index in cells and self._checks[index](row[index], cells[index]))
        return same / len(filled)

    def _index(self) -> dict[tuple[int, str], list[str]]:
        if self._by_value is None:
            grouped: dict[tuple[int, str], list[str]] = {}
            for alias, row in self._base.rows.items():
                for position, value in enumerate(row):
                    if value:
                        grouped.setdefault((position, self._shown.canonical(position, value)), []).append(alias)
            self._by_value = {key: aliases for key, aliases in grouped.items() if len(aliases) <= _DISTINCTIVE}
        return self._by_value


class Shower:
    """Brings found cells and base values to one spelling, good enough to look rows up by."""

    def __init__(self, spellings: list[dict[str, str]]) -> None:
        self._spellings = spellings

    def found(self, value: CellValue) -> str:
        """The spelling of a cell."""
        return _spelling(value)

    def canonical(self, position: int, value: str) -> str:
        """The same for a base value; labels stand for keys, titles for aliases."""
        return _plain(self._spellings[position].get(value, value))


def _spelling(found: CellValue) -> str:
    text = getattr(found, "text", None) or getattr(found, "iso", None) or found
    return _plain(str(text))


def _plain(text: str) -> str:
    amount, _, named = text.rpartition(" ")
    if len(named) == 3 and named.isupper() and amount.replace(".", "", 1).lstrip("-").isdigit():
        text = amount
    if "." in text and text.replace(".", "", 1).lstrip("-").isdigit():
        text = text.rstrip("0").rstrip(".")
    return " ".join(text.casefold().split())
