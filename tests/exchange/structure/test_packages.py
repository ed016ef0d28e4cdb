"""Workbooks as programs and clouds leave them: parts gone or moved, other formats, copies under other names."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.exchange.structure import spreadsheet as xl

from accountplanner.exchange.reading.errors import FileRefusedError, PasswordNeededError
from accountplanner.exchange.writing import publishing
from accountplanner.usecases.import_plans import ImportOptions
from accountplanner.usecases.importing import import_files, preview_import
from accountplanner.usecases.reviewing import accept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import openpyxl
    from tests.exchange.structure.conftest import Desk

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_here")]

_EDIT = ("Accounts", "Borealis", "City", "Hamar")
_RIGHT = {("Borealis", "city"): "Hamar"}


def _repacked(
    file: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None] = lambda name, data: (name, data)
) -> Path:
    """Write a package again, each part as `change` says; nothing drops it."""
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if (kept := change(name, old.read(name))) is not None:
                new.writestr(*kept)
    return target


def _edited(desk: Desk) -> Path:
    return desk.change(xl.typed(*_EDIT))


def _replaced(pattern: bytes, by: bytes) -> Callable[[str, bytes], tuple[str, bytes]]:
    return lambda name, data: (name, re.sub(pattern, by, data) if name.endswith(".xml") else data)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_replaced(rb"<dimension ref=\"[^\"]*\" ?/>", b'<dimension ref="A1"/>'), id="s13-lying-dimension"),
        pytest.param(_replaced(rb"<dimension [^>]*/>", b""), id="s13-no-dimension"),
        pytest.param(
            lambda name, data: None if name in {"docProps/app.xml", "xl/styles.xml"} else (name, data),
            id="s14-no-styles-no-app",
        ),
        pytest.param(lambda name, data: (name.replace("/", "\\"), data), id="s14-backslashes"),
        pytest.param(
            _replaced(
                rb"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            id="s15-strict",
        ),
        pytest.param(
            lambda name, data: None if name.startswith("docProps/core") else (name, data), id="s24-no-core-properties"
        ),
        pytest.param(lambda name, data: None if "customXml" in name else (name, data), id="s25-no-custom-xml"),
    ],
)
def test_a_package_that_other_programs_wrote_says_what_was_typed(
    desk: Desk, change: Callable[[str, bytes], tuple[str, bytes] | None]
) -> None:
    before = desk.values()
    file = _repacked(_edited(desk), desk.folder / "repacked.xlsx", change)
    desk.take(file)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])


def test_s17_a_sheet_saved_as_csv_is_a_list_and_changes_no_record_alone(desk: Desk) -> None:
    before = desk.values()
    file = desk.folder / "Accounts.csv"
    book = xl.worked(desk.team, desk.folder / "edited.xlsx", xl.typed(*_EDIT))
    file.write_text(_csv(book, "Accounts"), encoding="cp1252")
    desk.take(file)
    assert {key: value for key, value in desk.changed(before).items() if key[0] in desk.ids} == {}


def _csv(file: Path, name: str) -> str:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    rows = [[str(cell.value or "") for cell in cells] for cells in xl.sheet(book, name).iter_rows() if cells[1].value]
    book.close()
    return "\n".join(";".join(row) for row in rows)


def test_s18_a_locked_workbook_asks_for_its_password(desk: Desk) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    before, locked = desk.values(), io.BytesIO()
    OOXMLFile(io.BytesIO(_edited(desk).read_bytes())).encrypt("sesame", locked)
    file = desk.folder / "locked.xlsx"
    file.write_bytes(locked.getvalue())
    with pytest.raises(PasswordNeededError, match="password"):
        desk.take(file)
    import_files(desk.session, [file], ImportOptions(password="sesame"))
    assert desk.changed(before) == _RIGHT


@pytest.mark.parametrize("name", ["~$team.xlsx", ".~lock.team.xlsx#"])
def test_s19_the_mark_of_an_open_workbook_is_told_from_a_damaged_one(desk: Desk, name: str) -> None:
    file = desk.folder / name
    file.write_bytes(b"\x05Kari Nordmann" + bytes(150))
    with pytest.raises(FileRefusedError, match="while the workbook is open"):
        desk.take(file)


def test_s20_a_workbook_that_cannot_be_written_over_is_written_beside_and_reads_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = desk.folder / "out.xlsx"
    taken.write_bytes(b"open in another program")
    swap = os.replace

    def locked(source: Path, target: Path) -> None:
        if target == taken:
            raise PermissionError(13, "it is being used by another process")
        swap(source, target)

    monkeypatch.setattr(os, "replace", locked)
    patience = publishing.Patience((0.0,), pause=lambda _: None)
    written = publishing.publish(taken, _edited(desk).read_bytes(), patience=patience)
    before = desk.values()
    assert (written != taken, taken.read_bytes()) == (True, b"open in another program")
    desk.take(written)
    assert desk.changed(before) == _RIGHT


@pytest.mark.parametrize(
    "name",
    [
        "team-KARIS-LAPTOP.xlsx",
        "team (Kari's conflicted copy 2026-11-22).xlsx",
        "team.sync-conflict-20261122-101112-ABCDEFG.xlsx",
        "team (1).xlsx",
    ],
)
def test_s21_a_conflict_copy_is_content_whatever_it_is_called(desk: Desk, name: str) -> None:
    before = desk.values()
    copy = desk.folder / name
    shutil.copyfile(desk.change(xl.typed("Accounts", "Hav", "City", "Moss")), copy)
    import_files(desk.session, [_edited(desk), copy])
    assert desk.changed(before) == {**_RIGHT, ("Hav", "city"): "Moss"}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_s22_a_file_that_is_not_here_yet_is_refused_and_changes_nothing(desk: Desk, share: float) -> None:
    before, file = desk.values(), desk.folder / "half.xlsx"
    whole = _edited(desk).read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(FileRefusedError, match=r"half.xlsx"):
        desk.take(file)
    assert desk.changed(before) == {}


# --- metadata gone --------------------------------------------------------------------------------------------------


def _inspected(book: openpyxl.Workbook) -> None:
    """The Document Inspector: hidden sheets and properties go, and so does who wrote it."""
    for name in [each.title for each in book.worksheets if each.sheet_state != "visible"]:
        del book[name]
    properties = book.custom_doc_props  # type: ignore[attr-defined] # newer than the types
    for name in list(properties.names):
        del properties[name]
    book.properties.creator = book.properties.lastModifiedBy = ""


def test_s23_after_the_document_inspector_the_keys_still_lead_home(desk: Desk) -> None:
    before = desk.values()
    result = desk.bring(xl.typed(*_EDIT), _inspected)
    assert (desk.changed(before), desk.waiting()) == (_RIGHT, [])
    assert any("Its hidden part is gone" in notice for notice in result.notices)


def test_s23_without_the_column_of_keys_rows_are_recognised_and_proposed(desk: Desk) -> None:
    before = desk.values()

    def without_keys(book: openpyxl.Workbook) -> None:
        _inspected(book)
        for each in book.worksheets[1:]:
            each.delete_cols(1)

    desk.bring(xl.typed(*_EDIT), without_keys)
    assert desk.changed(before) == {}
    assert [(item.kind, item.field) for item in desk.waiting()] == [("value", "city")]
    accept(desk.session, ["all"])
    assert desk.changed(before) == _RIGHT


def test_s26_a_workbook_somebody_worked_in_is_read_and_never_written(desk: Desk) -> None:
    file = _edited(desk)
    before, stamp = file.read_bytes(), file.stat().st_mtime_ns
    preview_import(desk.session, [file])
    desk.take(file)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, stamp)
    kept = desk.session.store.archive.content_id(before)
    assert desk.session.store.archive.get(kept) == before
