"""A workbook whose export is not known here: another export of the same rows may show what it showed.

The pick depends on the file and on the candidates alone, so every laptop that holds the same exports
picks the same one. What follows from it is proposed, never applied.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accountplanner.exchange.base import Base, decode_base
from accountplanner.exchange.reading.cells import Workbook
from accountplanner.exchange.returned.comparing import Comparison
from accountplanner.exchange.returned.remarks import comments_beside, sheet_beside, texts_beside
from accountplanner.exchange.returned.sheets import FoundSheet, record_sheets, sheets_by_header

_FITS_FROM = 0.95


@dataclass(frozen=True, slots=True)
class CandidateQuestion:
    """Asked in the parent: which exports hold these rows? Answered with their bases, the oldest first."""

    aliases: frozenset[str]


def aliases_in(found: Iterable[FoundSheet]) -> frozenset[str]:
    """The records that the keys of a workbook speak of."""
    return frozenset(row.key.alias for sheet in found for row in sheet.rows if row.key and not row.key.is_spare)


def best_candidate(workbook: Workbook, bases: Sequence[bytes]) -> Comparison | None:
    """The comparison with the export that fits: at least 95 of 100 filled cells equal, and more than with any other.

    Exports that fit equally well showed the same; the oldest is taken, because it assumes to know least.
    """
    compared = [compared_sheets(workbook, decode_base(base), record_sheets(workbook)) for base in bases]
    fitting = [(_share(each), -number, each) for number, each in enumerate(compared)]
    share, _, best = max(fitting, key=lambda each: each[:2], default=(0.0, 0, None))
    return best if share >= _FITS_FROM else None


def compared_sheets(workbook: Workbook, base: Base, found: Sequence[FoundSheet]) -> Comparison:
    """Every sheet of a workbook that has to do with a base, compared with it; nothing is settled yet.

    `found` are those that are known by their keys.
    """
    comparison = Comparison(base, workbook.exact)
    comparison.found = [*found, *sheets_by_header(workbook, base, found)]
    for sheet in comparison.found:
        comparison.take(sheet)
    taken = {id(each.sheet) for each in comparison.found}
    for other in workbook.sheets:
        if id(other) not in taken:
            comparison.remarks += comments_beside(other)
            comparison.remarks += texts_beside(other, base.words)
            if (own := sheet_beside(other, base.words)) is not None:
                comparison.remarks.append(own)
    return comparison


def _share(comparison: Comparison) -> float:
    """Of the cells that were filled, how many are as they were. Rows it does not know count against it."""
    same = overwritten = 0
    for row in comparison.rows.values():
        base = row.base_cells()
        same += row.same
        overwritten += sum(1 for index, _, _ in row.changed if base and base[index])
    strangers = sum(len(row.cells) for row in comparison.keyless if row.keyed)
    return same / (same + overwritten + strangers) if same else 0.0
