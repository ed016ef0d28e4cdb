"""Reports: what they say, that they hold business data alone, and that nothing in them comes back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.usecases.acting import small_picture
from tests.usecases.conftest import StandingClock

from accountplanner.domain.catalogue import record_kind
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import FieldType, Layer, Privacy
from accountplanner.exchange.reports.content import Report, ReportSheet, named
from accountplanner.exchange.reports.writing import write_report
from accountplanner.exchange.writing.leaks import LeakError
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.reports import LEAVE_IN_PEACE, export_report, report_kinds

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def table(path: Path) -> list[tuple[object, ...]]:
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[workbook.sheetnames[1]]
    return [row for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]


def touched(session: Session, contact: str, day: str, channel: str = "send", **more: str) -> None:
    values = {"contact": contact, "happened_on": day, "channel": channel, "direction": "ours", **more}
    create_record(session, "touch", {"subject": "A word", **values})


def test_marketing_learns_whom_to_leave_in_peace_and_why(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    create_record(
        ann, "case", {"title": "Secret pump", "account": picture.accounts["Alpine"], "dispute": "yes", "state": "open"}
    )
    for day in ("2026-11-17", "2026-11-20"):
        touched(ann, picture.contacts["Ola Hansen"], day)
    touched(ann, picture.contacts["Siv Lund"], "2026-11-10", "call")
    written = export_report(ann, LEAVE_IN_PEACE, tmp_path / "peace.xlsx")
    assert table(written.path) == [
        ("Kari Nordmann", "Alpine", "kari@firm.example", "open dispute at this account"),
        ("Ola Hansen", "Borealis", "ola@firm.example", "already 2 marketing sends within 7 days"),
    ]
    assert written.rows == 2
    assert "Secret pump" not in everything(written.path)


def test_a_touch_with_nobody_in_particular_counts_for_everybody_there(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    create_record(
        ann,
        "touch",
        {"subject": "Fair", "account": picture.accounts["Alpine"], "channel": "event", "happened_on": "2026-11-25"},
    )
    empty = create_record(ann, "account", {"name": "Nobody known"})[0]
    create_record(ann, "case", {"title": "Bill", "account": empty, "dispute": "yes"})
    assert table(export_report(ann, LEAVE_IN_PEACE, tmp_path / "peace.xlsx").path) == [
        ("Kari Nordmann", "Alpine", "kari@firm.example", "somebody of ours sees them this week"),
        ("everybody there", "Nobody known", None, "open dispute at this account"),
    ]


def test_the_list_is_that_of_its_day(laptops: Laptops, tmp_path: Path) -> None:
    later = laptops.found(clock=StandingClock(day=date(2027, 3, 1)))
    picture = small_picture(later)
    touched(later, picture.contacts["Siv Lund"], "2026-11-21", "call")
    assert table(export_report(later, LEAVE_IN_PEACE, tmp_path / "later.xlsx").path) == []


@pytest.mark.parametrize("kind", list(report_kinds()))
def test_a_report_is_read_only_and_nothing_in_it_comes_back(ann: Session, tmp_path: Path, kind: str) -> None:
    small_picture(ann)
    written = export_report(ann, kind, tmp_path / f"{kind}.xlsx")
    workbook = openpyxl.load_workbook(written.path)
    assert all(sheet.protection.sheet for sheet in workbook)
    before = dump(ann)
    result = import_files(ann, [written.path])
    assert (result.counts.held, result.counts.new) == (1, 0)
    assert dump(ann) == before


@pytest.mark.parametrize("kind", list(report_kinds()))
def test_no_report_holds_more_than_business_data(ann: Session, tmp_path: Path, kind: str) -> None:
    picture = small_picture(ann)
    contact = picture.contacts["Kari Nordmann"]
    create_record(ann, "case", {"title": "Bill", "account": picture.accounts["Alpine"], "dispute": "yes"})
    for field in record_kind("contact").fields:
        if field.privacy not in {Privacy.BUSINESS, Privacy.SPECIAL} and field.type in {
            FieldType.TEXT,
            FieldType.LONG_TEXT,
            FieldType.LIST,
        }:
            set_value(ann, Typed(contact, field.key, f"canary {field.key}", layer=Layer.TEAM))
    set_value(ann, Typed(contact, "mobile", "+49 170 canary", layer=Layer.ME))
    written = export_report(ann, kind, tmp_path / f"{kind}.xlsx")
    assert "canary" not in everything(written.path)


def everything(path: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_a_column_that_is_no_business_data_is_refused(tmp_path: Path) -> None:
    personal = next(each for each in record_kind("contact").fields if each.privacy is Privacy.PERSONAL)
    report = Report("People", (ReportSheet("People", (named("Contact"), personal), (("A", ""),)),), (), "2026-11-22")
    with pytest.raises(LeakError):
        write_report(tmp_path / "people.xlsx", report)
    assert not (tmp_path / "people.xlsx").exists()


def test_texts_stand_in_a_report_as_they_are(tmp_path: Path) -> None:
    texts = ("=1+1", "+44 20", "@x", "0099", "https://a.example", "<b> & ü", "two\nlines", "2026")
    rows = tuple((text, text) for text in texts)
    report = Report("Odd", (ReportSheet("Odd", (named("One"), named("Two")), rows),), ("note",), "2026-11-22")
    assert table(write_report(tmp_path / "odd.xlsx", report)) == list(rows)


def test_a_page_pasted_into_one_field_keeps_nobody_from_the_report(ann: Session, tmp_path: Path) -> None:
    create_record(ann, "account", {"name": "Alpine", "city": "Ørsta " * 9_000})
    written = export_report(ann, "accounts", tmp_path / "accounts.xlsx")
    (row,) = table(written.path)
    (shown,) = (str(cell) for cell in row if str(cell).startswith("Ørsta"))
    assert shown.startswith("Ørsta Ørsta")
    assert shown.endswith("(the program has the rest)")


def test_a_report_nobody_knows_is_refused_by_name(ann: Session, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="leave-in-peace"):
        export_report(ann, "gossip", tmp_path / "x.xlsx")
