"""A workbook as an OpenDocument spreadsheet: what a save by another program keeps, its values, and nothing else.

The real programs do this in tests/roundtrips; histories of hundreds of steps need it in milliseconds.
OpenDocument 1.3, part 3: a float carries `office:value`, a date `office:date-value`, each line of a text is a paragraph,
and blanks after the first of a run are counted (`text:s`).
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from pathlib import Path

    import openpyxl
    from openpyxl.worksheet.worksheet import Worksheet

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_HEAD = "".join(f' xmlns:{name}="{_NAMESPACE.format(name)}"' for name in ("office", "table", "text"))
_MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_NAMESPACE.format("manifest")}">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def save_open_document(book: openpyxl.Workbook, file: Path) -> None:
    """Write the values of a workbook."""
    tables = "".join(_table(sheet) for sheet in book.worksheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_HEAD} office:version="1.3"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", _MANIFEST)


def _table(sheet: Worksheet) -> str:
    rows = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in sheet.values)
    return f"<table:table table:name={quoteattr(sheet.title)}>{rows}</table:table>"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        return _typed("boolean", "boolean-value", str(value).lower())
    if isinstance(value, int | float):
        return _typed("float", "value", repr(value))
    if isinstance(value, dt.date):
        return _typed("date", "date-value", value.isoformat())
    lines = "".join(f"<text:p>{_blanks(escape(line))}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _typed(kind: str, attribute: str, value: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"/>'


def _blanks(text: str) -> str:
    return re.sub(r"(^ +| {2,}| +$)", lambda run: f'<text:s text:c="{len(run[0])}"/>', text)
