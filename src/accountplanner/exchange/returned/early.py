"""Asking for the base while the workbook is still being read: what is sealed is opened on the other side meanwhile."""

from concurrent.futures import Future, ThreadPoolExecutor

from accountplanner.exchange.reading.cells import Sheet, Workbook
from accountplanner.exchange.reading.guard import Ask
from accountplanner.exchange.returned.sheets import sync_rows_in
from accountplanner.exchange.sync import Manifest, SyncRow, exports_named, read_sync


class EarlyQuestion:
    """The question for the base, asked as soon as the hidden sheet is read.

    What the whole workbook says counts: where that is something else, it is asked again.
    """

    def __init__(self, ask: Ask, pool: ThreadPoolExecutor) -> None:
        self._ask = ask
        self._pool = pool
        self._rows: list[SyncRow] = []
        self._read: tuple[Manifest, bytes] | None = None
        self._coming: Future[object] | None = None

    def met(self, sheet: Sheet) -> None:
        """A sheet has been read; the first one that names an export and holds its payload is enough."""
        if self._coming is not None:
            return
        rows = list(sync_rows_in(sheet))
        manifest, payload = read_sync(rows)
        if manifest is not None and payload:
            self._rows, self._read = rows, (manifest, payload)
            self._coming = self._pool.submit(self._ask, self._read)

    def read(self, workbook: Workbook, export: str) -> tuple[Manifest | None, bytes | None, frozenset[str]]:
        """What the hidden sheet of the whole workbook says, and every export that such a sheet names.

        `export` is the one its rows name: where somebody put in another's hidden sheet, nothing of that is read.
        """
        sheets = [rows for sheet in workbook.sheets if (rows := list(sync_rows_in(sheet)))]
        rows = [row for each in sheets for row in each]
        named = exports_named(rows)
        if export and named - {export}:
            rows = next((each for each in sheets if exports_named(each) == {export}), [])
        return *(self._read if self._read is not None and rows == self._rows else read_sync(rows)), named

    def answer(self, manifest: Manifest, payload: bytes) -> object:
        """The answer for this export."""
        early = self._coming.result() if self._coming is not None else None
        return early if (manifest, payload) == self._read else self._ask((manifest, payload))
