"""Brakes: when a returned workbook looks scrambled or much in it has changed, a person looks first."""

from collections import Counter
from collections.abc import Iterable, Sequence

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.text import comparison_text
from accountplanner.exchange.contract import CLEAR_MARK, WorkbookKind
from accountplanner.exchange.reading.cells import cell_text
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.findings import CellChange, MissingRow
from accountplanner.exchange.shown import spoken_value

_MOST_SHIFTED = 3
_MOST_SHIFTED_SHARE = 0.05
_FEW_CHANGES = 10
_MOST_CHANGED_SHARE = 0.3
_MOST_MISSING_SHARE = 0.1
_FEW_MISSING = 3
_COLUMN_CELLS = 5
_SORTED_SHARE = 0.8


def brakes(
    comparison: Comparison, changes: Sequence[CellChange], missing: Sequence[MissingRow], workbook: str
) -> tuple[str, ...]:
    """Sentences that say why nothing may be applied alone; none for an ordinary return."""
    rows = sum(1 for row in comparison.rows.values() if row.alias in row.known.base.rows)
    sentences = [
        _shifted(len(comparison.shifted), rows),
        _much_changed(comparison, changes),
        *_columns(changes, comparison),
        _much_missing(len(missing), rows) if workbook != WorkbookKind.PARTNER else "",
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _shifted(shifted: int, rows: int) -> str:
    if shifted <= _MOST_SHIFTED and shifted <= rows * _MOST_SHIFTED_SHARE:
        return ""
    return (
        f"{shifted} rows stand beside the keys of other rows: it looks as if the rows were sorted without column A. "
        "They were recognised by their content."
    )


def _much_changed(comparison: Comparison, changes: Iterable[CellChange]) -> str:
    overwritten = sum(1 for change in changes if change.base and change.base != change.found)
    same = sum(row.same for row in comparison.rows.values())
    share = overwritten / max(1, overwritten + same)
    if overwritten < _FEW_CHANGES or share <= _MOST_CHANGED_SHARE:
        return ""
    return f"{overwritten} cells that were filled show something else now, which is {share:.0%} of them."


def _much_missing(missing: int, rows: int) -> str:
    if missing <= _FEW_MISSING or missing <= (missing + rows) * _MOST_MISSING_SHARE:
        return ""
    return f"{missing} of {missing + rows} rows are not in the workbook any more."


def _columns(changes: Iterable[CellChange], comparison: Comparison) -> Iterable[str]:
    by_column: dict[tuple[str, str, str], list[CellChange]] = {}
    for change in changes:
        if change.base:
            by_column.setdefault((change.kind, change.field, change.place.column), []).append(change)
    sheets = {kind: known.base for kind, known in comparison.sheets.items()}
    for (kind, key, header), changed in sorted(by_column.items()):
        if len(changed) < _COLUMN_CELLS:
            continue
        index = sheets[kind].fields.index(key)
        filled = sum(1 for cells in sheets[kind].rows.values() if cells[index])
        cleared = sum(1 for change in changed if cell_text(change.found).strip().casefold() == CLEAR_MARK)
        if cleared == filled:
            yield f"The whole column “{header}” of “{sheets[kind].name}” was cleared."
        elif _is_sorted_alone(changed, comparison):
            yield f"The column “{header}” of “{sheets[kind].name}” looks as if it had been sorted by itself."


def _is_sorted_alone(changed: Sequence[CellChange], comparison: Comparison) -> bool:
    """Whether what stands in the changed cells now is what stood in them before, in another order."""
    known = known_field(changed[0].kind, changed[0].field)
    before = Counter(_folded(spoken_value(known, change.base, comparison.base.titles)) for change in changed)
    after = Counter(_folded(cell_text(change.found)) for change in changed)
    # A column of few different values is full of the same ones after any edit.
    if len(before) < _COLUMN_CELLS:
        return False
    return (before & after).total() >= len(changed) * _SORTED_SHARE


def _folded(text: str) -> str:
    return comparison_text(text).casefold()
