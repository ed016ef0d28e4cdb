"""Any file somebody brings, as raw tables: the one door for foreign lists."""

from collections.abc import Sequence
from pathlib import Path

from accountplanner.domain.sentences import joined, quoted, told
from accountplanner.exchange.reading.cells import (
    CellValue,
    ErrorCell,
    Sheet,
    SheetRow,
    UncachedFormula,
    Workbook,
    cell_text,
)
from accountplanner.exchange.reading.content import FileContent, take_file
from accountplanner.exchange.reading.delimited import read_delimited
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.guard import Limits, Watch, run_guarded
from accountplanner.exchange.reading.other import read_any_workbook
from accountplanner.exchange.reading.package import FileKind, stream_kind
from accountplanner.exchange.reading.raw import DamagedCell, RawRow, RawTable

_HEADER_AMONG = 20
# Cells between filled ones count, too: a row whose only cell lies far to the right is as long as a full one.
_LARGEST_AREA = 20_000_000
_LONGEST_TEXT = 100_000_000


def read_tables(
    path: Path, password: str | None = None, limits: Limits | None = None, watch: Watch | None = None
) -> list[RawTable]:
    """Read the lists of a file in a guarded child process: xlsx, xlsb, xls, ods or text.

    Hidden sheets are not read as lists; a note of the first table says which there were.

    Raises:
        FileRefusedError: it cannot be read; the sentence names the file and says why.
        PasswordNeededError: it is locked, and `password` does not open it.
        ReadingCancelledError: `watch.cancelled` said so.
    """
    watch = Watch(watch.cancelled if watch else None, subject=quoted(path.name))
    return run_guarded(tables_of, path, password, limits=limits, watch=watch)


def read_contents(
    files: Sequence[FileContent], password: str | None = None, limits: Limits | None = None, watch: Watch | None = None
) -> list[RawTable]:
    """Read the lists of several files, in one guarded child, from bytes that have been taken already.

    Raises:
        FileRefusedError: one of them cannot be read; the sentence names it.
    """
    watch = Watch(watch.cancelled if watch else None, subject=joined((quoted(file.name) for file in files), ", "))
    return run_guarded(tables_of_contents, tuple(files), password, limits=limits, watch=watch)


def tables_of_contents(files: Sequence[FileContent], password: str | None = None) -> list[RawTable]:
    """The same without a guard: what the child does."""
    tables: list[RawTable] = []
    for content in files:
        try:
            tables += _tables(content, password)
        except FileRefusedError as refused:
            raise refused.about(quoted(content.name)) from None
    return tables


def tables_of(path: Path, password: str | None = None) -> list[RawTable]:
    """The lists of one file, without a guard."""
    return _tables(take_file(path), password)


def _tables(content: FileContent, password: str | None) -> list[RawTable]:
    with content.open() as file:
        kind = stream_kind(file)
        if kind is FileKind.TEXT:
            return _with_headers([_table_of_text(content)])
        return lists_in(read_any_workbook(file, kind, password), content.name)


def lists_in(workbook: Workbook, file: str) -> list[RawTable]:
    """The lists of a workbook that has been read.

    Raises:
        FileRefusedError: it holds none, or one that is small in the file only.
    """
    _check_extent(workbook)
    return _with_headers(_tables_of_workbook(workbook, file))


def _with_headers(tables: list[RawTable]) -> list[RawTable]:
    headed = [table for table in tables if any(table.header)]
    if not headed:
        raise FileRefusedError("it holds no list with a header")
    return headed


def _check_extent(workbook: Workbook) -> None:
    """Refuse what is small in a file only: rows that are mostly blank, and texts that many cells share."""
    area = text = 0
    for row in (row for sheet in workbook.sheets if not sheet.hidden for row in sheet.rows):
        area += max(row.cells)
        text += sum(len(value) for value in row.cells.values() if isinstance(value, str))
        if area > _LARGEST_AREA:
            raise FileRefusedError("its filled cells lie too far apart for a list")
        if text > _LONGEST_TEXT:
            raise FileRefusedError(
                told("its cells hold more than {most} million characters of text", most=_LONGEST_TEXT // 10**6)
            )


def _table_of_text(content: FileContent) -> RawTable:
    read = read_delimited(content.data)
    rows = [RawRow(number, tuple(record)) for number, record in enumerate(read.records, 1) if any(record)]
    return _with_header(content.stem, rows, file=content.name, separator=read.separator, notes=read.notes)


def _tables_of_workbook(workbook: Workbook, file: str) -> list[RawTable]:
    tables: list[RawTable] = []
    hidden = [sheet.name for sheet in workbook.sheets if sheet.hidden]
    for sheet in workbook.sheets:
        if sheet.hidden:
            continue
        notes = _notes(sheet, workbook)
        if hidden and not tables:
            notes = (*notes, told("Hidden sheets were left alone: {names}.", names=", ".join(hidden)))
        rows = [_raw_row(row) for row in sheet.rows]
        tables.append(_with_header(sheet.name, rows, file=file, notes=notes))
    return tables


def _notes(sheet: Sheet, workbook: Workbook) -> tuple[str, ...]:
    notes = []
    if not sheet.readable:
        notes.append(told("The sheet could not be read."))
    if sheet.beyond:
        notes.append(
            told("Filled cells beyond row 200,000 or column 512, which were not taken: {count:,}.", count=sheet.beyond)
        )
    if sheet.doubled:
        notes.append(
            told("Places filled twice in the file: {count:,}; what stands later was taken.", count=sheet.doubled)
        )
    if not workbook.exact:
        notes.append(
            told("In this format error cells and formulas without a result look blank; save as .xlsx to see them.")
        )
    return tuple(notes)


def _raw_row(row: SheetRow) -> RawRow:
    width = max(row.cells)
    cells = tuple(cell_text(row.cells.get(column)) for column in range(1, width + 1))
    damaged = tuple(
        DamagedCell(column - 1, _shown(value))
        for column, value in sorted(row.cells.items(), key=lambda item: item[0])
        if isinstance(value, (ErrorCell, UncachedFormula))
    )
    return RawRow(row.number, cells, damaged)


def _shown(value: CellValue) -> str:
    return value.code if isinstance(value, ErrorCell) else told("a formula without a result")


def _with_header(name: str, rows: list[RawRow], *, file: str, separator: str = "", notes: tuple[str, ...]) -> RawTable:
    at = _header_at(rows)
    if at is None:
        return RawTable(name, (), (), file, separator, notes)
    header = tuple(cell.strip() for cell in _trimmed(rows[at].cells))
    spare = len(rows[at].cells) - len(header)
    below = [_without_spare(row, len(header), spare) for row in rows[at + 1 :]] if spare else rows[at + 1 :]
    return RawTable(name, header, tuple(below), file, separator, notes, rows[at].number)


def _without_spare(row: RawRow, width: int, spare: int) -> RawRow:
    """Cut blank cells that the header has too, as where every line ends with a separator."""
    if len(row.cells) == width + spare and not any(cell.strip() for cell in row.cells[width:]):
        return row._replace(cells=row.cells[:width])
    return row


def _header_at(rows: list[RawRow]) -> int | None:
    """The header is the first row nearly as wide as the widest near the top; titles stand above it."""
    widths = [sum(1 for cell in row.cells if cell.strip()) for row in rows[:_HEADER_AMONG]]
    if not widths:
        return None
    return next(index for index, width in enumerate(widths) if width * 2 >= max(widths))


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    width = max((index for index, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return cells[:width]
