"""Workbooks put together part by part, the way no program would."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Craft = Callable[..., Path]


def sheet(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>{rows}</sheetData>{after}</worksheet>'


def default_parts() -> dict[str, str | bytes]:
    related = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>{{}}</Relationships>'
    styles = f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
    strings = f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    return {
        "_rels/.rels": related.format("rId1", "officeDocument", "xl/workbook.xml", ""),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/>'
        '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related.format("rId1", "worksheet", "worksheets/sheet1.xml", styles + strings),
        "xl/worksheets/sheet1.xml": sheet(""),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>shared</t></si></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy;@"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="46"/></cellXfs></styleSheet>',
    }


def write_parts(path: Path, parts: Mapping[str, str | bytes | None]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            if content is not None:
                archive.writestr(part, content)
    return path


ODS_TABLE = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="One">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
_ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_KIND}"/></manifest:manifest>'
)


def write_ods(path: Path, rows: str) -> Path:
    content = ODS_TABLE.format(rows)
    parts = {"mimetype": _ODS_KIND, "META-INF/manifest.xml": _ODS_MANIFEST, "content.xml": content}
    return write_parts(path, parts)


def ods_cell(text: str, *, times: int = 1) -> str:
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    return f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def write_xlsb(path: Path, cells: Mapping[tuple[int, int], str | float]) -> Path:
    """A binary workbook of the fewest records there can be ([MS-XLSB] 2.1.7 and 2.4); places count from 0."""
    related = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/{{}}" Target="{{}}"/></Relationships>'
    )
    listed = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("One")
    book = _record(131) + _record(143) + _record(156, listed) + _record(144) + _record(132)
    size = struct.pack("<IIII", 0, max(row for row, _ in cells), 0, max(column for _, column in cells))
    rows = b"".join(_binary_row(row, cells) for row in sorted({row for row, _ in cells}))
    table = _record(129) + _record(148, size) + _record(145) + rows + _record(146) + _record(130)
    return write_parts(
        path,
        {
            "_rels/.rels": related.format("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": related.format("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": table,
        },
    )


def _binary_row(number: int, cells: Mapping[tuple[int, int], str | float]) -> bytes:
    written = _record(0, struct.pack("<I", number) + bytes(13))
    for (row, column), value in sorted(cells.items()):
        head = struct.pack("<II", column, 0)
        if row == number and isinstance(value, str):
            written += _record(6, head + _wide(value))
        elif row == number:
            written += _record(5, head + struct.pack("<d", value))
    return written


def _record(kind: int, data: bytes = b"") -> bytes:
    """Kinds from 128 take two bytes; lengths here fit into seven bits."""
    assert len(data) < 128
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(data)]) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
