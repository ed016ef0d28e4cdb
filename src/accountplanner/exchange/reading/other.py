"""Workbooks of other formats, through libraries: xls, xlsb, ods, and anything locked with a password.

These libraries show error cells and formulas without a result as blanks, so what they give is not
`exact`: a blank there states nothing. They are loaded when needed, in the guarded child only.
"""

import io
import struct
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO
from xml.parsers import expat

from accountplanner.domain.sentences import told
from accountplanner.exchange.reading.caps import MOST_COLUMNS, MOST_ROWS, CellCount
from accountplanner.exchange.reading.cells import CellRange, CellValue, Number, Sheet, SheetRow, Workbook, moment_from
from accountplanner.exchange.reading.errors import FileRefusedError, PasswordNeededError
from accountplanner.exchange.reading.ods import plainly_written
from accountplanner.exchange.reading.package import FileKind, Package, stream_kind
from accountplanner.exchange.reading.xlsx import Met, read_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# Excel itself locks some workbooks with this, and opens them without asking.
_NOBODYS_PASSWORD = "VelvetSweatshop"  # noqa: S105 - a published constant
# What its parsers let through when a file is cut off or made up.
_ITS_PARSERS_RAISE = (
    OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, OverflowError, EOFError,
    struct.error, expat.ExpatError,
)  # fmt: skip


def read_any_workbook(
    source: BinaryIO, kind: FileKind, password: str | None = None, met: Met | None = None
) -> Workbook:
    """Read a workbook of any format we know; of an xlsx workbook `met` is told each sheet as soon as it is read.

    Raises:
        PasswordNeededError: it is locked, and `password` does not open it.
        FileRefusedError: it is damaged or hostile.
    """
    if kind is FileKind.OLE:
        unlocked = _unlocked(source, password)
        kind = stream_kind(unlocked)
        if kind is FileKind.OLE:
            return _through_calamine(unlocked, told("it is damaged, or no workbook"))
        source = unlocked
    if kind is FileKind.XLSX:
        return read_workbook(source, met)
    if kind is FileKind.TEXT:
        raise FileRefusedError("it is no workbook")
    with Package(source) as package:
        package.verify()
    plain = plainly_written(source) if kind is FileKind.ODS else source
    return _through_calamine(plain, told("it is damaged or not fully copied"))


def _unlocked(source: BinaryIO, password: str | None) -> BinaryIO:
    import msoffcrypto  # noqa: PLC0415 - only where a file is locked
    from msoffcrypto import exceptions  # noqa: PLC0415

    source.seek(0)
    try:
        file = msoffcrypto.OfficeFile(source)
        locked = file.is_encrypted()
    except (exceptions.FileFormatError, exceptions.ParseError, exceptions.DecryptionError, *_ITS_PARSERS_RAISE):
        # What it cannot make out the other reader may: workbooks of the nineties, for instance.
        source.seek(0)
        return source
    if not locked:
        source.seek(0)
        return source
    for tried in (password, _NOBODYS_PASSWORD):
        if tried is None:
            continue
        unlocked = io.BytesIO()
        try:
            file.load_key(password=tried)
            file.decrypt(unlocked)
        except (exceptions.InvalidKeyError, exceptions.DecryptionError, *_ITS_PARSERS_RAISE):
            continue
        unlocked.seek(0)
        return unlocked
    raise PasswordNeededError("it is locked with another password" if password else "it is locked with a password")


def _through_calamine(source: BinaryIO, otherwise: str) -> Workbook:
    from python_calamine import (  # noqa: PLC0415
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    source.seek(0)
    count = CellCount()
    try:
        book = CalamineWorkbook.from_filelike(source)
        tables = [each for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
        sheets = tuple(
            _sheet(book.get_sheet_by_name(each.name), each.visible is not SheetVisibleEnum.Visible, count)
            for each in tables
        )
    except PasswordError as error:
        raise PasswordNeededError("it is locked with a password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefusedError(otherwise) from error
    if not sheets:
        raise FileRefusedError("it holds no sheet")
    return Workbook(sheets, exact=False)


def _sheet(sheet: "CalamineSheet", hidden: bool, count: CellCount) -> Sheet:  # noqa: FBT001
    rows: list[SheetRow] = []
    beyond = 0
    _, first = sheet.start or (0, 0)
    # Blank rows above the first filled one are among these, blank columns before it are not.
    for number, values in enumerate(sheet.iter_rows(), 1):
        filled = {column: _value(value) for column, value in enumerate(values, first + 1) if value != ""}
        cells = {column: value for column, value in filled.items() if column <= MOST_COLUMNS and number <= MOST_ROWS}
        beyond += len(filled) - len(cells)
        count.add(len(filled))
        if cells:
            rows.append(SheetRow(number, cells))
    merged = tuple(
        CellRange(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(sheet.name, hidden, rows, merged, beyond)


def _value(value: float | str | bool | date | datetime | time | timedelta) -> CellValue:  # noqa: FBT001
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, float)):
        return Number(repr(value))
    return moment_from(value)
