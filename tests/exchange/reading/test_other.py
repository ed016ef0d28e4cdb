"""xls, xlsb and ods through libraries, and workbooks behind a password."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter
import xlwt

from accountplanner.exchange.reading.cells import Moment, Number, cell_text
from accountplanner.exchange.reading.errors import FileRefusedError, PasswordNeededError
from accountplanner.exchange.reading.other import read_any_workbook
from accountplanner.exchange.reading.package import FileKind

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:body><office:spreadsheet><table:table table:name="One"><table:table-row{repeated}>'
    '<table:table-cell office:value-type="string"{wide}><text:p>007</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="1996-07-04"><text:p>04.07.96</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def xls() -> io.BytesIO:
    book = xlwt.Workbook()
    sheet = book.add_sheet("One")
    for column, value in enumerate(["007", 1.5, dt.date(1996, 7, 4), True]):
        style = xlwt.easyxf(num_format_str="yyyy-mm-dd") if column == 2 else xlwt.Style.default_style
        sheet.write(0, column, value, style)
    made = io.BytesIO()
    book.save(made)
    return made


def ods(repeated: str = "", wide: str = "") -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(repeated=repeated, wide=wide))
    return made


def locked(password: str) -> io.BytesIO:
    plain, made = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    book.add_worksheet("One").write_string(0, 0, "007")
    book.close()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, made)
    return made


@pytest.mark.parametrize(("file", "kind"), [(xls(), FileKind.OLE), (ods(), FileKind.ODS)])
def test_values_of_other_formats(file: io.BytesIO, kind: FileKind) -> None:
    workbook = read_any_workbook(file, kind)
    first = workbook.sheets[0].rows[0].cells
    assert (first[1], first[2], first[3]) == ("007", Number("1.5"), Moment("1996-07-04"))
    assert not workbook.exact


def test_whole_numbers_of_other_formats_have_no_point() -> None:
    assert cell_text(Number(repr(10248.0))) == "10248"


def test_a_locked_workbook_asks_for_its_password() -> None:
    with pytest.raises(PasswordNeededError, match="locked with a password"):
        read_any_workbook(locked("Öffne dich"), FileKind.OLE)


def test_a_wrong_password_is_told() -> None:
    with pytest.raises(PasswordNeededError, match="another password"):
        read_any_workbook(locked("Öffne dich"), FileKind.OLE, "sesame")


def test_the_right_password_opens_it() -> None:
    workbook = read_any_workbook(locked("Öffne dich"), FileKind.OLE, "Öffne dich")
    assert workbook.sheets[0].rows[0].cells == {1: "007"}
    assert workbook.exact


def test_a_password_nobody_chose_is_not_asked_for() -> None:
    assert read_any_workbook(locked("VelvetSweatshop"), FileKind.OLE).sheets


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_off_xls_is_refused(share: float) -> None:
    whole = xls().getvalue()
    with pytest.raises(FileRefusedError):
        read_any_workbook(io.BytesIO(whole[: int(len(whole) * share)]), FileKind.OLE)


def test_an_ods_without_content_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with path.open("rb") as file, pytest.raises(FileRefusedError):
        read_any_workbook(file, FileKind.ODS)
