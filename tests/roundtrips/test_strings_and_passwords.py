"""What a spreadsheet program makes of texts that look like something else, and of a workbook that is locked."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.exchange.returning import Exported, exported, facts_of
from tests.roundtrips.programs import Bench, by_libreoffice, run_office

from accountplanner.domain.catalogue import KINDS, visible_kinds
from accountplanner.domain.fields import FieldType
from accountplanner.exchange.contract import GUIDE_SHEET, WorkbookKind
from accountplanner.exchange.plain_record import PlainRecord
from accountplanner.exchange.projection import project_team
from accountplanner.exchange.writing.locking import locked

if TYPE_CHECKING:
    from pathlib import Path

_TRAPS = (
    "=1+1", '=HYPERLINK("http://x.example")', "+49 30 1", "-1-1", "@SUM(A1)", "'=1", "\t=1+1", "=cmd|' /C calc'!A0",
    "http://x.example", "https://x.example/a?b=c", "mailto:a@b.example", "file:///etc/passwd", "ftp://x.example",
    "internal:'Accounts'!A1", "external:c:/x.xlsx", "www.x.example", "a@b.example", "{=1}", "1E5", "0049", "TRUE",
    "2026-11-22", "1/2", "#N/A", "_x000D_", "<b>&amp;</b>", "= ", "==", "=", "+", "-", "@", "%1", "$1", "12:30",
)  # fmt: skip
_TEXTS = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL}
_PASSWORD = "sesame"


@pytest.fixture
def trapped(tmp_path: Path) -> Exported:
    """A team workbook with every trap in every text field of every kind."""
    records = [
        PlainRecord(kind, f"{kind}:{number:026d}", {f.key: trap for f in KINDS[kind].fields if f.type in _TEXTS})
        for kind in visible_kinds()
        for number, trap in enumerate(_TRAPS)
    ]
    return exported(tmp_path / "trapped.xlsx", project_team(facts_of(WorkbookKind.TEAM), records, b"team"))


def _formulas_and_links(file: Path) -> list[str]:
    """Where a program sees a formula or a link, but for the guide's own links to sheets."""
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    found = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                link = cell.hyperlink
                is_ours = link is not None and sheet.title == GUIDE_SHEET and not link.target
                if cell.data_type == "f" or (link is not None and not is_ours):
                    found.append(f"{sheet.title}!{cell.coordinate}: {cell.value}")
    book.close()
    return found


def test_no_text_is_written_as_a_formula_a_link_or_a_number(trapped: Exported) -> None:
    assert _formulas_and_links(trapped.path) == []
    with zipfile.ZipFile(trapped.path) as parts:
        assert [name for name in parts.namelist() if "externalLink" in name] == []
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        rels = [parts.read(name) for name in parts.namelist() if name.endswith(".rels")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert not any(b'TargetMode="External"' in each for each in rels)
    returned = trapped.read(trapped.path)
    assert (returned.changes, returned.keyless, returned.held) == ((), (), ())


@pytest.mark.slow
def test_libreoffice_shows_texts_as_texts_and_makes_no_formula_of_them(trapped: Exported, bench: Bench) -> None:
    saved = by_libreoffice(bench, [trapped.path], "xlsx")[0]
    assert _formulas_and_links(saved) == []
    returned = trapped.read(saved)
    assert (returned.tier, returned.changes, returned.keyless, returned.held) == (0, (), (), ())


_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Locked" script:language="StarBasic">
Sub SaveAgain(source As String, target As String, word As String)
    Dim how(1) As New com.sun.star.beans.PropertyValue
    On Error GoTo Refused
    how(0).Name = "Password" : how(0).Value = word
    how(1).Name = "Hidden" : how(1).Value = True
    document = StarDesktop.loadComponentFromURL(source, "_blank", 0, how())
    how(0).Name = "FilterName" : how(0).Value = "Calc MS Excel 2007 XML"
    document.storeToURL(target, how())
    document.close(True)
    Refused:
End Sub
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Locked"/></library:library>
"""


@pytest.mark.slow
def test_libreoffice_opens_a_locked_workbook_with_its_password_alone(
    trapped: Exported, bench: Bench, tmp_path: Path
) -> None:
    file, saved = tmp_path / "locked.xlsx", tmp_path / "saved.xlsx"
    file.write_bytes(locked(trapped.path.read_bytes(), _PASSWORD))
    profile = tmp_path / "profile"
    run_office(Bench(profile, bench.folder), "--terminate_after_init")
    library = profile / "user" / "basic" / "Standard"
    shutil.rmtree(library, ignore_errors=True)
    library.mkdir(parents=True)
    (library / "Locked.xba").write_text(_MACRO)
    (library / "script.xlb").write_text(_LIBRARY)
    for word in ("sesamo", _PASSWORD):
        assert not saved.exists(), "opened with a wrong password"
        said = f"{file.as_uri()},{saved.as_uri()},{word}"
        run_office(Bench(profile, bench.folder), f"macro:///Standard.Locked.SaveAgain({said})")
    returned = trapped.read(saved)
    assert (returned.tier, returned.changes, returned.keyless, returned.held) == (0, (), (), ())
