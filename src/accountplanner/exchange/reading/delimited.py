"""CSV and its relatives: encoding and separator proven from the text, never guessed from the name.

The separator is the one under which the rows are as wide as the header. Rows keep their true
widths, so that a row that an unquoted comma has shifted shows itself.
"""

import csv
import io
import re
from typing import NamedTuple

from accountplanner.domain.sentences import told, told_count
from accountplanner.exchange.reading.cells import Sheet, SheetRow, Workbook
from accountplanner.exchange.reading.errors import FileRefusedError

_SEPARATORS = (",", ";", "\t", "|")
_PROVING_LINES = 400
_MOST_BROKEN_RECORDS = 50
_LONGEST_LINE = 1_000_000
_MOST_ROWS = 200_000
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


class Delimited(NamedTuple):
    """The records of a text file; a blank line is a record without cells, so that rows count right."""

    records: list[list[str]]
    separator: str
    notes: tuple[str, ...]


def read_delimited(data: bytes) -> Delimited:
    """Read the bytes of a CSV file.

    Raises:
        FileRefusedError: they are no text.
    """
    text, encoding = decoded(data)
    separator, text = _separator(text)
    notes = (
        [told("Read as {encoding}, because it is not valid UTF-8.", encoding=encoding)]
        if encoding == "Windows-1252"
        else []
    )
    records, broken = _records(text, separator)
    if len(records) > _MOST_ROWS:
        raise FileRefusedError(
            told("it has {count:,} rows; bring it in parts of at most {most:,}", count=len(records), most=_MOST_ROWS)
        )
    if broken:
        notes.append(
            told_count(
                "In {count} line a quotation mark opens and does not close as it should; these were taken line by line.",
                "In {count} lines a quotation mark opens and does not close as it should; these were taken line by line.",
                broken,
            )
        )
    return Delimited([[_unguarded(cell) for cell in record] for record in records], separator, tuple(notes))


def delimited_workbook(data: bytes, name: str) -> Workbook:
    """The same as a workbook of one sheet, as when one of ours was saved as CSV; every cell is a text.

    Raises:
        FileRefusedError: they are no text.
    """
    rows = (
        SheetRow(number, {column: cell for column, cell in enumerate(record, 1) if cell})
        for number, record in enumerate(read_delimited(data).records, 1)
    )
    return Workbook((Sheet(name, rows=[row for row in rows if row.cells]),), exact=False)


def decoded(data: bytes) -> tuple[str, str]:
    """Decode UTF-8, UTF-16 (also without a mark) or Windows-1252, and name which it was.

    Raises:
        FileRefusedError: the bytes are no text.
    """
    for encoding, name in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff"), name
    raise FileRefusedError("it is neither a workbook nor a text file")


def _candidates(data: bytes) -> list[tuple[str, str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [("utf-16", "UTF-16")]
    head = data[:1000]
    if head[1::2].count(0) * 3 > len(head):
        return [("utf-16-le", "UTF-16")]
    if head[::2].count(0) * 3 > len(head):
        return [("utf-16-be", "UTF-16")]
    return [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]


def _separator(text: str) -> tuple[str, str]:
    if declared := _DECLARED.match(text):
        return declared[1], text[declared.end() :]
    sample = _lines(text)[:_PROVING_LINES]
    scored = [(_agreement(sample, separator), -rank, separator) for rank, separator in enumerate(_SEPARATORS)]
    return max(scored)[2], text


def _agreement(lines: list[str], separator: str) -> tuple[float, int]:
    """The share of rows that are as wide as the first, and that width; nothing for a single column."""
    csv.field_size_limit(_LONGEST_LINE)
    try:
        widths = [len(record) for record in csv.reader(lines, delimiter=separator) if record]
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] < 2:
        return 0.0, 0
    return round(widths.count(widths[0]) / len(widths), 1), widths[0]


def _records(text: str, separator: str) -> tuple[list[list[str]], int]:
    """Read record by record; one whose quotes are broken is taken as the line it begins on."""
    lines = _lines(text)
    records: list[list[str]] = []
    at = broken = 0
    while at < len(lines):
        at += _take_records(lines[at:], separator, records, quoted=broken < _MOST_BROKEN_RECORDS)
        if at < len(lines):
            records.append(_broken_record(lines[at], separator))
            at += 1
            broken += 1
    return records, broken


def _take_records(lines: list[str], separator: str, records: list[list[str]], *, quoted: bool) -> int:
    """Append records up to the first broken one, and say how many lines they took."""
    if quoted:
        reader = csv.reader(lines, delimiter=separator, strict=True)
    else:
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    taken = 0
    try:
        for record in reader:
            records.append(record)
            taken = reader.line_num
    except csv.Error:
        return taken
    return len(lines)


def _broken_record(line: str, separator: str) -> list[str]:
    line = line.rstrip("\r\n")
    (record,) = csv.reader([line], delimiter=separator)
    # A quotation mark that never closes has swallowed the separators after it.
    return line.split(separator) if line.count('"') % 2 else record


def _lines(text: str) -> list[str]:
    lines = list(io.StringIO(text, newline=""))
    if any(len(line) > _LONGEST_LINE for line in lines):
        raise FileRefusedError(told("one of its lines has more than {most:,} characters", most=_LONGEST_LINE))
    return lines


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from reading a text as a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell
