"""Brakes: when a returned workbook looks scrambled or much in it has changed, a person looks first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from accountplanner.domain.sentences import told
from accountplanner.exchange.contract import CLEAR_MARK, WorkbookKind
from accountplanner.exchange.reading.cells import cell_text
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.findings import CellChange, MissingRow
from accountplanner.exchange.returned.mixing import rows_of_others
from accountplanner.exchange.sync import Manifest

_FEW_CHANGES = 10
_MOST_CHANGED_SHARE = 0.3
_MOST_MISSING_SHARE = 0.1
_FEW_MISSING = 3
_COLUMN_CELLS = 5
_FEW_COLUMNS = 2
_MOST_OF_A_COLUMN = 0.9


def brakes(
    comparison: Comparison, changes: Sequence[CellChange], missing: Sequence[MissingRow], manifest: Manifest
) -> tuple[str, ...]:
    """Sentences that say why nothing may be applied alone; none for an ordinary return."""
    sentences = [
        rows_of_others(comparison, manifest.export),
        _mixed(comparison),
        *_resorted(comparison),
        _much_changed(comparison, changes),
        *_columns(changes, comparison),
        *(_much_missing(comparison, missing) if manifest.kind != WorkbookKind.PARTNER else ()),
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _mixed(comparison: Comparison) -> str:
    if not comparison.mixed:
        return ""
    found = told(
        "{shifted} of {count} rows no longer fit their keys: it looks as if they were sorted without column A.",
        shifted=comparison.shifted,
        count=comparison.record_rows,
    )
    if not comparison.lost:
        return told(
            "{found} Each was recognised by its content; taken in, every answer goes to the row it belongs to.",
            found=found,
        )
    return told(
        "{found} They were recognised by their content as far as possible; {count} cells belong to "
        "nobody for certain, and are listed and left out.",
        found=found,
        count=len(comparison.lost),
    )


def _resorted(comparison: Comparison) -> Iterable[str]:
    by_sheet: dict[str, list[str]] = {}
    for sheet, header in comparison.resorted:
        by_sheet.setdefault(sheet, []).append(header)
    for sheet, headers in by_sheet.items():
        if len(headers) > _FEW_COLUMNS:
            yield told(
                "{count} columns of “{sheet}” look as if they had been sorted apart from the others; taken in, their "
                "old order stands.",
                count=len(headers),
                sheet=sheet,
            )
            continue
        for header in headers:
            yield told(
                "The column “{column}” of “{sheet}” looks as if it had been sorted by itself; taken in, its old "
                "order stands.",
                column=header,
                sheet=sheet,
            )


def _much_changed(comparison: Comparison, changes: Iterable[CellChange]) -> str:
    overwritten = sum(1 for change in changes if change.base and change.base != change.found)
    same = sum(row.same for row in comparison.rows.values())
    share = overwritten / max(1, overwritten + same)
    if overwritten < _FEW_CHANGES or share <= _MOST_CHANGED_SHARE:
        return ""
    return told(
        "{count} cells that were filled show something else now, which is {share:.0%} of them.",
        count=overwritten,
        share=share,
    )


def _at_most(most: int, cells: Iterable[str]) -> int:
    """How many cells are filled, as far as that is of interest."""
    return sum(1 for _ in islice(filter(None, cells), most))


def _much_missing(comparison: Comparison, missing: Sequence[MissingRow]) -> Iterable[str]:
    """Of all rows, or of those of one sheet: a few accounts are little among many contacts, and much by themselves."""
    if _is_much(len(missing), comparison.record_rows):
        count = len(missing) + comparison.record_rows
        yield told("{missing} of {count} rows are not in the workbook any more.", missing=len(missing), count=count)
        return
    there = Counter(row.known.base.kind for row in comparison.rows.values() if row.part == 1 and row.base_cells())
    for kind, gone in sorted(Counter(row.kind for row in missing).items()):
        if _is_much(gone, there[kind]):
            yield told(
                "{missing} of {count} rows of “{sheet}” are not in the workbook any more.",
                missing=gone,
                count=gone + there[kind],
                sheet=comparison.sheets[kind].base.name,
            )


def _is_much(missing: int, there: int) -> bool:
    return missing > _FEW_MISSING and missing > (missing + there) * _MOST_MISSING_SHARE


def _columns(changes: Iterable[CellChange], comparison: Comparison) -> Iterable[str]:
    by_column: dict[tuple[str, str, str], list[CellChange]] = {}
    for change in changes:
        if change.base:
            by_column.setdefault((change.kind, change.field, change.place.column), []).append(change)
    for (kind, key, header), changed in sorted(by_column.items()):
        sheet = comparison.sheets[kind].base
        if len(changed) < _COLUMN_CELLS:
            continue
        index = sheet.fields.index(key)
        filled = _at_most(len(changed) * 2, (cells[index] for cells in sheet.rows.values()))
        cleared = sum(1 for change in changed if cell_text(change.found).strip().casefold() == CLEAR_MARK)
        if cleared == filled:
            yield told("The whole column “{column}” of “{sheet}” was cleared.", column=header, sheet=sheet.name)
        elif len(changed) >= filled * _MOST_OF_A_COLUMN:
            yield told(
                "Nearly the whole column “{column}” of “{sheet}” shows something else: {count} cells.",
                column=header,
                sheet=sheet.name,
                count=len(changed),
            )
