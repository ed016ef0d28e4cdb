"""A row whose key is not believed: held against the record it shows, taken as one without a key, or lost cell by cell."""

from accountplanner.domain.problems import Problem
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.findings import KeylessRow
from accountplanner.exchange.returned.rows import RowDifference, parts_of
from accountplanner.exchange.returned.same import is_blank, states_nothing


def compared_with(row: RowDifference, alias: str, doubt: str) -> RowDifference:
    """The same cells, held against the row they were recognised as."""
    base = parts_of(row.known.base.rows[alias], 1)
    changed = [
        (index, found, doubt)
        for index, found in row.cells.items()
        if not is_blank(found)
        and not states_nothing(found)
        and base[index] != found
        and not (base[index] and row.known.checks[index](base[index], found))
    ]
    same = len(row.cells) - len(changed)
    return RowDifference(alias, row.known, row.place, row.cells, changed, same, doubt=doubt)


def as_keyless(row: RowDifference, reason: str) -> KeylessRow:
    """A row whose key is not believed."""
    fields = row.known.base.fields
    cells = tuple((fields[index], found) for index, found in sorted(row.cells.items(), key=lambda cell: cell[0]))
    stated = tuple(cell for cell in cells if not is_blank(cell[1]) and not states_nothing(cell[1]))
    return KeylessRow(row.known.base.kind, stated, row.place, reason)


def lost_cell(row: RowDifference, index: int, found: CellValue, expected: str) -> Problem:
    """A cell that cannot be ascribed to any record, with its place."""
    header = row.known.base.headers[index]
    return Problem(row.place.sheet, row.place.row, header, cell_text(found), expected, "scrambled")
