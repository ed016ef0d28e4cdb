"""In which order a sheet lists what happened or is to happen: by its days, and what is open first."""

from typing import Protocol, TypeVar

from accountplanner.exchange.contract import SheetLayout

_OPEN = "open"
_LATEST_FIRST = {
    "case": "opened_on",
    "feedback": "said_on",
    "need": "said_on",
    "note": "written_on",
    "purchase": "ordered_on",
    "signal": "seen_on",
    "touch": "happened_on",
}
_SOONEST_FIRST = {"action": "due_on", "opportunity": "expected_on"}


class _WithCells(Protocol):
    @property
    def cells(self) -> tuple[str, ...]: ...


_Rows = TypeVar("_Rows", bound=_WithCells)


def put_by_day(layout: SheetLayout, rows: list[_Rows]) -> None:
    """Put rows in the order of their days; other sheets stay in the order of their names."""
    places = {column.field: at for at, column in enumerate(layout.columns)}
    is_ahead = layout.kind in _SOONEST_FIRST
    day = places.get((_SOONEST_FIRST if is_ahead else _LATEST_FIRST).get(layout.kind, ""))
    if day is None:
        return
    rows.sort(key=lambda row: row.cells[day], reverse=not is_ahead)
    rows.sort(key=lambda row: not row.cells[day])
    state = places.get("state")
    if state is not None:
        rows.sort(key=lambda row: row.cells[state] != _OPEN)
