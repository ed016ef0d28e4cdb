"""Equal values in hidden rows: what pasting over a filtered list leaves behind.

A spreadsheet program that pastes over the rows one sees also writes into the hidden ones between them.
Nobody saw those change, so they are decided together, by a person.
"""

from collections.abc import Iterable

from accountplanner.domain.text import comparison_text
from accountplanner.exchange.reading.cells import cell_text
from accountplanner.exchange.returned.findings import CellChange

_FEWEST_ALIKE = 3
_FEWEST_HIDDEN = 2


def hidden_bursts(changes: Iterable[CellChange]) -> list[tuple[CellChange, ...]]:
    """The changes of hidden rows that came with equal ones in their column, grouped by column and value."""
    alike: dict[tuple[str, str, str], list[CellChange]] = {}
    for change in changes:
        if not change.doubt:
            text = comparison_text(cell_text(change.found)).casefold()
            alike.setdefault((change.kind, change.field, text), []).append(change)
    bursts = []
    for group in alike.values():
        hidden = tuple(change for change in group if change.hidden)
        if len(hidden) >= _FEWEST_HIDDEN or (hidden and len(group) >= _FEWEST_ALIKE):
            bursts.append(hidden)
    return bursts
