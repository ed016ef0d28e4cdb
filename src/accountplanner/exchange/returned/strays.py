"""Filled empty rows that show somebody of another sheet: moved there, and then sorted away from their keys."""

from collections.abc import Iterator

from accountplanner.domain.sentences import told
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.reading.cells import cell_text
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.rows import RowDifference

_STRAY = told("it is called like a row of another sheet that does not stand there any more")


def doubt_strays(comparison: Comparison) -> None:
    """Ask about filled empty rows that bear a name which another sheet showed and shows no longer."""
    filled = {_name(row): row for row in comparison.rows.values() if row.changed and _is_spare(row) and _name(row)}
    if not filled:
        return
    for kind, name in _gone(comparison, set(filled)):
        row = filled[name]
        if row.known.base.kind != kind:
            row.doubt = row.doubt or _STRAY


def _gone(comparison: Comparison, names: set[str]) -> Iterator[tuple[str, str]]:
    """Those of the names that rows had when they left and that do not stand beside their keys now, with their kinds."""
    for sheet in comparison.base.sheets:
        for alias, cells in sheet.rows.items():
            name = _folded(comparison.base.titles.get(sheet.kind, {}).get(alias) or cells[0])
            row = comparison.rows.get((alias, 1))
            if name in names and (row is None or _name(row) != name):
                yield sheet.kind, name


def _is_spare(row: RowDifference) -> bool:
    return row.alias not in row.known.base.rows


def _name(row: RowDifference) -> str:
    return _folded(cell_text(row.cells.get(0)))


def _folded(text: str) -> str:
    return comparison_text(text).casefold()
