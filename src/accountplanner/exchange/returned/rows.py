"""One row of a returned workbook beside what its record showed."""

from dataclasses import dataclass

from accountplanner.exchange.base import BaseSheet
from accountplanner.exchange.contract import LONGEST_CELL
from accountplanner.exchange.long_texts import text_parts
from accountplanner.exchange.reading.cells import CellValue
from accountplanner.exchange.returned.findings import Place
from accountplanner.exchange.returned.recognition import Recognition
from accountplanner.exchange.returned.same import SameCheck

_SURELY_ONE_CELL = LONGEST_CELL // 2


@dataclass(slots=True)
class KnownSheet:
    """One base sheet with everything that is needed to compare with it."""

    base: BaseSheet
    checks: list[SameCheck]
    recognition: Recognition


@dataclass(slots=True)
class RowDifference:
    """One row that was found: how much of it agrees, and what does not.

    `struck` says that the row was struck through as a whole, `crossed` names unchanged cells that were.
    """

    alias: str
    known: KnownSheet
    place: Place
    cells: dict[int, CellValue]
    changed: list[tuple[int, CellValue, str]]
    same: int
    doubt: str = ""
    part: int = 1
    hidden: bool = False
    struck: bool = False
    crossed: tuple[int, ...] = ()

    def base_cells(self) -> list[str] | None:
        """What this row of its record showed, nothing for a row that was empty."""
        base = self.known.base.rows.get(self.alias)
        return None if base is None else parts_of(base, self.part)


def parts_of(values: list[str], part: int) -> list[str]:
    """What one row of a record showed: all of it, or one part of each long text."""
    if part == 1 and max(map(len, values), default=0) <= _SURELY_ONE_CELL:
        return values
    parts = [text_parts(value) for value in values]
    return [each[part - 1] if part <= len(each) else "" for each in parts]
