"""OpenDocument spreadsheets as other programs lay them out: indented, with line ends and tabs as elements."""

import io
import zipfile
from pathlib import Path

from accountplanner.exchange.reading.content import take_file
from accountplanner.exchange.reading.other import read_any_workbook
from accountplanner.exchange.reading.package import FileKind

_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
  <office:body>
    <office:spreadsheet>
      <table:table table:name="Accounts">
        <table:table-row>
          <table:table-cell office:value-type="string">
            <text:p>Late on <text:span>Mondays.</text:span> <text:span>Always.</text:span></text:p>
          </table:table-cell>
          <table:table-cell office:value-type="string"><text:p>One<text:line-break/>two<text:tab/>three</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="12.5"><text:p>12.5</text:p></table:table-cell>
        </table:table-row>
      </table:table>
    </office:spreadsheet>
  </office:body>
</office:document-content>
"""
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>
"""


def test_indents_are_no_cells_and_line_ends_and_tabs_are_characters(tmp_path: Path) -> None:
    path = tmp_path / "indented.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", _CONTENT)
    workbook = read_any_workbook(io.BytesIO(take_file(path).data), FileKind.ODS)
    (row,) = workbook.sheets[0].rows
    assert row.cells[1] == "Late on Mondays. Always."
    assert row.cells[2] == "One\ntwo\tthree"
    assert not workbook.exact
