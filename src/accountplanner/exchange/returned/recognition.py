"""Recognises rows by what stands in them: whose base they equal most, whatever key stands beside them."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accountplanner.exchange.base import BaseSheet
from accountplanner.exchange.reading.cells import CellValue
from accountplanner.exchange.returned.same import SameCheck, is_blank

_DISTINCTIVE = 3
"""A value that more rows share tells nothing about which row it is."""

_MOST_LOOKED_AT = 5
_CLEARLY, _SOME_WAY_AHEAD = 0.7, 0.1
_HALF, _FAR_AHEAD = 0.5, 0.3
_DECIMALS, _LONGEST_NUMBER = 9, 20
_FRACTION = re.compile(r"-?[0-9]+\.[0-9]*")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A row of the base that cells resemble, and the share of its filled cells that agree.

    `twins` are further rows that showed exactly the same, `ahead` is by how much the next row agrees less.
    """

    alias: str
    share: float
    twins: tuple[str, ...] = ()
    ahead: float = 1.0

    @property
    def clear(self) -> bool:
        """Whether so much more agrees than with any other row that it can be no other, whatever was typed into it."""
        mostly = self.share > _CLEARLY and self.ahead >= _SOME_WAY_AHEAD
        return mostly or (self.share >= _HALF and self.ahead >= _FAR_AHEAD)


class Recognition:
    """The rows of one base sheet by their distinctive values; built when first needed."""

    def __init__(self, base: BaseSheet, checks: list[SameCheck], shown: "Shower") -> None:
        self._base = base
        self._checks = checks
        self._shown = shown
        self._by_value: dict[tuple[int, str], list[str]] | None = None
        self._by_row: dict[tuple[tuple[int, str], ...], list[str]] = {}

    def best(self, cells: Mapping[int, CellValue]) -> Likeness | None:
        """The most similar row."""
        index = self._index()
        spelled = self._spelled(cells)
        if equal := self._by_row.get(spelled):
            return Likeness(equal[0], self.share(equal[0], cells), tuple(equal[1:]))
        votes = Counter(alias for each in spelled for alias in index.get(each, ()))
        likely = sorted(votes, key=lambda alias: (-votes[alias], alias))[:_MOST_LOOKED_AT]
        ranked = sorted(((self.share(alias, cells), alias) for alias in likely), key=lambda each: (-each[0], each[1]))
        if not ranked:
            return None
        share, alias = ranked[0]
        twins = [other for _, other in ranked[1:] if self._base.rows[other] == self._base.rows[alias]]
        others = [shared for shared, other in ranked[1:] if other not in twins]
        return Likeness(alias, share, tuple(twins), share - max(others, default=0.0))

    def share(self, alias: str, cells: Mapping[int, CellValue]) -> float:
        """The share of a base row's filled cells that these cells agree with."""
        row = self._base.rows[alias]
        filled = [index for index, value in enumerate(row) if value]
        if not filled:
            return 0.0
        same = sum(1 for index in filled if index in cells and self._checks[index](row[index], cells[index]))
        return same / len(filled)

    def spelling(self, position: int, canonical: str) -> str:
        """How a base value is spelled here, to be held against `found_spelling`."""
        return self._shown.canonical(position, canonical)

    def found_spelling(self, found: CellValue) -> str:
        """How a cell is spelled here."""
        return self._shown.found(found)

    def _spelled(self, cells: Mapping[int, CellValue]) -> tuple[tuple[int, str], ...]:
        return tuple((at, self._shown.found(found)) for at, found in sorted(cells.items()) if not is_blank(found))

    def _index(self) -> dict[tuple[int, str], list[str]]:
        if self._by_value is None:
            grouped: dict[tuple[int, str], list[str]] = {}
            for alias, row in self._base.rows.items():
                spelled = tuple((at, self._shown.canonical(at, value)) for at, value in enumerate(row) if value)
                self._by_row.setdefault(spelled, []).append(alias)
                for each in spelled:
                    grouped.setdefault(each, []).append(alias)
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
    if _FRACTION.fullmatch(text):
        # Spreadsheet programs write 93.9 as 93.900000000000006, too.
        text = f"{round(Decimal(text), _DECIMALS):f}" if len(text) <= _LONGEST_NUMBER else text
        text = text.rstrip("0").rstrip(".")
    return " ".join(text.casefold().split())
