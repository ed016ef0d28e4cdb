# ruff: noqa: INP001 - a tool stands alone and is no package
"""The largest files that still keep within the limits, and those that only look small: made to find out how long they take.

Each is plain to make and legal to read: as many cells as are allowed, in one column or in many, as a list that is known,
as one that is not, as numbers, as texts that repeat or do not; quotation marks that never close; cells that are repeated
by a number; cards and appointments by the ten thousand.
"""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

MOST_CELLS: Final = 5_000_000
MOST_ROWS: Final = 200_000
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOMERS: Final = ("Customer number", "Company name", "City", "Country", "Phone", "E-mail", "Website", "Industry")
_PEOPLE: Final = ("Contact name", "E-mail", "Phone", "Company name", "Title")
_ORDERS: Final = ("Order number", "Customer number", "Company name", "Ordered on", "Product", "Quantity", "Amount")


def giants(folder: Path) -> Iterator[Path]:
    """Write one after the other."""
    for name, write in GIANTS.items():
        path = folder / name
        write(path)
        yield path


def _letters(column: int) -> str:
    first, second = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _cell(column: int, row: int, text: str) -> str:
    place = f"{_letters(column)}{row}"
    if text.replace(".", "", 1).isdigit() and column:
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _row(number: int, cells: tuple[str, ...]) -> str:
    return f'<row r="{number}">{"".join(_cell(at, number, cell) for at, cell in enumerate(cells))}</row>'


def _workbook(path: Path, header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    """A workbook of one sheet, streamed, without styles and shared texts."""
    related = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_OFFICE}/{{}}" Target="{{}}"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("_rels/.rels", related.format("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", related.format("worksheet", "worksheets/sheet1.xml"))
        sheets = '<sheets><sheet name="List" sheetId="1" r:id="r"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>')
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{_MAIN}"><sheetData>{_row(1, header)}'.encode())
            for number, cells in enumerate(rows, 2):
                part.write(_row(number, cells).encode())
            part.write(b"</sheetData></worksheet>")


def _numbers(path: Path, columns: int) -> None:
    rows = min(MOST_ROWS, MOST_CELLS // columns) - 2
    header = tuple(f"Figure {column}" for column in range(columns))
    _workbook(path, header, (("x", *(str(row + column) for column in range(1, columns))) for row in range(rows)))


def _customer(number: int) -> tuple[str, ...]:
    name = f"Firm {number * 7919 % 1_000_003} of {_TOWNS[number % len(_TOWNS)]}"
    town = _TOWNS[number % len(_TOWNS)]
    mail = f"office@firm{number}.example"
    return (f"K{number}", name, town, "Norway", f"+47 {number:08d}", mail, f"www.firm{number}.example", "Hotels")


def _customers(path: Path, rows: int, *, wide: int = 0) -> None:
    header = (*_CUSTOMERS, *(f"Own column {number}" for number in range(wide)))
    _workbook(path, header, ((*_customer(number), *(f"word {number % 97}",) * wide) for number in range(rows)))


def _people(path: Path) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        for number in range(50_000):
            name = f"{_TOWNS[number % 7]}a {_TOWNS[number * 3 % 11]}sen {number}"
            yield name, f"p{number}@firm{number // 9}.example", f"+47 {number:08d}", f"Firm {number // 9}", "Buyer"

    _workbook(path, _PEOPLE, rows())


def _orders(path: Path) -> None:
    def rows() -> Iterator[tuple[str, ...]]:
        for number in range(100_000):
            day = f"20{10 + number % 15}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            yield (
                f"O{number // 3}",
                f"K{number % 900}",
                f"Firm {number % 900}",
                day,
                f"Thing {number % 50}",
                "3",
                "19.90",
            )

    _workbook(path, _ORDERS, rows())


def _one_name(path: Path) -> None:
    _workbook(path, _CUSTOMERS, ((f"K{number}", *_customer(1)[1:]) for number in range(30_000)))


def _long_texts(path: Path) -> None:
    text = "A sentence of a report that nobody reads. " * 700
    _workbook(path, ("Company name", "Remark"), ((f"Firm {number}", f"{text}{number}") for number in range(3_000)))


def _text(path: Path, head: str, line: Callable[[int], str], lines: int, tail: str = "") -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(map(line, range(lines)))
        file.write(tail)


def _repeated(path: Path) -> None:
    """An ODS file of a few lines in which one cell and one row stand for millions."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    names += 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    names += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="500"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="9999">{cell}</table:table-row>'
    table = f'<table:table table:name="One">{row}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")


_TOWNS: Final = ("Oslo", "Bergen", "Hamar", "Molde", "Narvik", "Tromso", "Halden", "Voss", "Lom", "Moss", "Alta")
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/></manifest:manifest>'
)
_CARD: Final = "BEGIN:VCARD\nVERSION:3.0\nFN:Per {0}\nN:{0};Per\nORG:Firm {1}\nEMAIL:p{0}@firm{1}.example\nEND:VCARD\n"
_MEETING: Final = (
    "BEGIN:VEVENT\nUID:{0}@x\nDTSTART:20261122T090000Z\nSUMMARY:Meeting {0}\nATTENDEE:mailto:p{0}@firm{1}.example\n"
    "RRULE:FREQ=DAILY\nEND:VEVENT\n"
)
GIANTS: Final[dict[str, Callable[[Path], None]]] = {
    "5,000,000 cells in 25 columns.xlsx": lambda path: _numbers(path, 25),
    "5,000,000 cells in 500 columns.xlsx": lambda path: _numbers(path, 500),
    "5,000,000 cells of customers.xlsx": lambda path: _customers(path, MOST_ROWS - 2, wide=17),
    "150,000 customers.xlsx": lambda path: _customers(path, 150_000),
    "20,000 customers.xlsx": lambda path: _customers(path, 20_000),
    "50,000 people.xlsx": _people,
    "100,000 order lines.xlsx": _orders,
    "30,000 rows of one name.xlsx": _one_name,
    "long texts.xlsx": _long_texts,
    "repeated cells.ods": _repeated,
    "2,000,000 short lines.csv": lambda path: _text(path, "Name;City\n", lambda number: f"F{number};Oslo\n", 2_000_000),
    "customers.csv": lambda path: _text(
        path, ";".join(_CUSTOMERS) + "\n", lambda number: ";".join(_customer(number)) + "\n", 150_000
    ),
    "nothing but separators.csv": lambda path: _text(path, "", lambda _: ";" * 500 + "\n", 90_000),
    "nothing but quotation marks.csv": lambda path: _text(path, "Name;City\n", lambda _: '"' * 499 + "\n", 90_000),
    "a mark that never closes.csv": lambda path: _text(
        path, 'Name;City\n"', lambda number: f"F{number};x\n", 2_000_000
    ),
    "one line.csv": lambda path: _text(path, "", lambda number: f"{number},", 5_000_000),
    "cards.vcf": lambda path: _text(path, "", lambda number: _CARD.format(number, number // 9), 50_000),
    "one card.vcf": lambda path: _text(path, "BEGIN:VCARD\n", lambda number: f" x{number}\n", 2_000_000, "END:VCARD\n"),
    "meetings.ics": lambda path: _text(
        path, "BEGIN:VCALENDAR\nVERSION:2.0\n", lambda n: _MEETING.format(n, n % 40), 50_000, "END:VCALENDAR\n"
    ),
}
