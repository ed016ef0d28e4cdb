"""A customer a partner wrote below their accounts: there is a sheet for those, and they may not know it."""

from collections.abc import Iterator

from accountplanner.domain.catalogue import KINDS
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.reading.cells import CellValue, cell_text
from accountplanner.exchange.returned.findings import KeylessRow

Cells = tuple[tuple[str, CellValue], ...]
_ACCOUNT, _REGISTRATION = "account", "registration"
_SAME = {"name": "customer_name", "website": "website"}


def brought_customer(record: ExportRecord, row: KeylessRow) -> Cells:
    """The row as a registration; nothing where it is none, or may be about an account that is there."""
    layout = record.sheet(_ACCOUNT)
    has_room = layout is None or layout.spare_rows or record.sheet(_REGISTRATION) is None
    if row.kind != _ACCOUNT or not record.facts.partner or has_room or row.keyed or row.resembles:
        return ()
    kept = tuple((_SAME[key], found) for key, found in row.cells if key in _SAME)
    if not any(key == _SAME["name"] for key, _ in kept):
        return ()
    rest = "; ".join(_described(row.cells))
    return (*kept, ("reason", rest)) if rest else kept


def _described(cells: Cells) -> Iterator[str]:
    for key, found in cells:
        known = KINDS[_ACCOUNT].field(key)
        if known is not None and key not in _SAME:
            yield f"{known.label}: {cell_text(found)}"
