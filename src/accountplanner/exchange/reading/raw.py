"""Foreign tables as they were found: text by text, nothing interpreted."""

from dataclasses import dataclass
from typing import NamedTuple


class DamagedCell(NamedTuple):
    """A cell that shows something but states nothing: an error, or a formula without a result."""

    column: int
    found: str


class RawRow(NamedTuple):
    """One row with its true width. `number` counts as the person's spreadsheet does."""

    number: int
    cells: tuple[str, ...]
    damaged: tuple[DamagedCell, ...] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """One list somebody brought.

    `name` is the sheet's name, or the file's without its ending. `separator` is what separates
    the cells of a text file, blank for a workbook. `notes` are sentences about the reading.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...]
    file: str = ""
    separator: str = ""
    notes: tuple[str, ...] = ()
    header_row: int = 1
