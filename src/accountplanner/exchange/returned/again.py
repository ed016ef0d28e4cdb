"""Cells that show what was sent, where an earlier file of the same export had said something else."""

from collections.abc import Iterable

from accountplanner.exchange.long_texts import text_parts
from accountplanner.exchange.reading.cells import cell_text
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.findings import Place, ShownAgain
from accountplanner.exchange.returned.rows import RowDifference
from accountplanner.exchange.returned.same import is_blank, states_nothing


def shown_again(comparison: Comparison, asked: Iterable[tuple[str, str]]) -> tuple[ShownAgain, ...]:
    """Those of the asked cells, pairs of alias and field, that plainly show what the export showed.

    A blank proves nothing, nor does a row that stands there twice or whose key is in doubt.
    """
    if comparison.mixed or comparison.resorted:
        return ()
    cells = sorted(set(asked))
    wanted = {alias for alias, _ in cells}
    rows: dict[str, list[RowDifference]] = {}
    for row in comparison.rows.values():
        if row.alias in wanted and row.part == 1:
            rows.setdefault(row.alias, []).append(row)
    found = (_shown(rows[alias][0], field) for alias, field in cells if len(rows.get(alias, ())) == 1)
    return tuple(each for each in found if each is not None)


def _shown(row: RowDifference, field: str) -> ShownAgain | None:
    sheet = row.known.base
    base = sheet.rows.get(row.alias)
    if row.doubt or base is None or field not in sheet.fields:
        return None
    index = sheet.fields.index(field)
    value, found = base[index], row.cells.get(index)
    if not value or len(text_parts(value)) > 1 or found is None or is_blank(found) or states_nothing(found):
        return None
    if value != found and not row.known.checks[index](value, found):
        return None
    place = Place(row.place.sheet, row.place.row, sheet.headers[index])
    return ShownAgain(row.alias, field, cell_text(found), place)
