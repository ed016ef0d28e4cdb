"""OpenDocument spreadsheets, made fit for the library that reads them."""

import io
import re
import zipfile
from typing import BinaryIO

from accountplanner.exchange.reading.package import Package

_CONTENT = "content.xml"
_NEEDED = ("mimetype", "meta-inf/manifest.xml", "styles.xml", _CONTENT)
# Only between the parts of a table: within a paragraph, white space between two tags may be somebody's.
_INDENT = re.compile(
    rb">\s+(?=</?(?:office|table|style|number|draw|form|svg|dc|meta|calcext|loext|gnm):|<text:[ph][\s>/])"
)
_BREAK = re.compile(rb"<text:line-break\s*/>|<text:line-break\s*>\s*</text:line-break>")
_TAB = re.compile(rb"<text:tab\s*/>|<text:tab\s*>\s*</text:tab>")


def plainly_written(source: BinaryIO) -> BinaryIO:
    """The same spreadsheet with nothing between its cells, and with line ends and tabs as characters.

    WORKAROUND(calamine 0.9): it takes white space between cells for a damaged file, and drops line ends and tabs that
    are written as elements. Gnumeric and SheetJS indent; Gnumeric writes line ends so, LibreOffice tabs.
    """
    source.seek(0)
    written = io.BytesIO()
    with Package(source) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in _NEEDED:
            if part in old:
                data = old.read(part)
                new.writestr(_WRITTEN_AS.get(part, part), _plain(data) if part == _CONTENT else data)
    written.seek(0)
    return written


# Names of parts are folded, and this one has capitals in it.
_WRITTEN_AS = {"meta-inf/manifest.xml": "META-INF/manifest.xml"}


def _plain(content: bytes) -> bytes:
    return _TAB.sub(b"&#9;", _BREAK.sub(b"&#10;", _INDENT.sub(b">", content)))
