"""Every department takes part with Excel alone: its own shape of the team workbook, merged like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader
from tests.usecases.acting import small_picture

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.fields import Privacy
from accountplanner.exchange.departments import department_sheets
from accountplanner.exchange.filling import Answer, fill_workbook
from accountplanner.usecases.account_pages import open_account
from accountplanner.usecases.brief_documents import write_briefs
from accountplanner.usecases.briefs import read_brief
from accountplanner.usecases.disputes import open_disputes, team_disputes
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import create_record
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.ladder import proposals
from accountplanner.usecases.today import Group, LineKind, agenda

if TYPE_CHECKING:
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")
DEPARTMENTS = ("sales", "marketing", "service", "billing")
FIRST = {
    "sales": ("Accounts", ["Key", "Name", "Customer number", "Tier"]),
    "marketing": ("Touches", ["Key", "Subject", "Account", "Contact", "Channel", "Happened on", "Material used"]),
    "service": ("Cases", ["Key", "Title", "Account", "Contact", "Dispute", "State"]),
    "billing": ("Purchases", ["Key", "Invoice number", "Order number", "Account", "Invoiced on"]),
}


def sent(session: Session, department: str, folder: Path) -> Path:
    return export_team(session, folder / f"{department}.xlsx", department=department).path


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_department_finds_its_own_sheet_and_columns_first(ann: Session, tmp_path: Path, department: str) -> None:
    small_picture(ann)
    workbook = openpyxl.load_workbook(sent(ann, department, tmp_path))
    sheet, headers = FIRST[department]
    assert workbook.sheetnames[:2] == ["Read me first", sheet]
    assert [cell.value for cell in workbook[sheet][1]][: len(headers)] == headers
    assert department in " ".join(str(row[1].value) for row in workbook["Read me first"].iter_rows())


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_what_comes_back_untouched_changes_nothing(ann: Session, tmp_path: Path, department: str) -> None:
    small_picture(ann)
    file = sent(ann, department, tmp_path)
    before = dump(ann)
    counts = import_files(ann, [file]).counts
    assert (counts.new, counts.changed, counts.conflicts, counts.suggestions, counts.removed) == (0, 0, 0, 0, 0)
    assert dump(ann) == before


@pytest.mark.parametrize("department", ["marketing", "service", "billing"])
def test_profiles_of_people_are_shown_to_sales_alone(department: str) -> None:
    for sheet in department_sheets(department):
        for column in sheet.columns:
            known = known_field(sheet.kind, column.field)
            assert known is not None
            assert (known.privacy, known.number) == (Privacy.BUSINESS, 0)


def test_a_file_without_personal_answers_asks_for_no_password(ann: Session, tmp_path: Path) -> None:
    account = create_record(ann, "account", {"name": "Alpine"})[0]
    create_record(ann, "contact", {"name": "Kari", "account": account, "channel": "call"})
    assert export_team(ann, tmp_path / "sales.xlsx", department="sales").warning
    assert not export_team(ann, tmp_path / "billing.xlsx", department="billing").warning


def test_a_department_nobody_has_is_refused(ann: Session, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="sales, marketing, service, billing"):
        export_team(ann, tmp_path / "x.xlsx", department="legal")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_service_lead_logs_a_dispute_and_both_laptops_end_at_the_same(
    laptops: Laptops, ann: Session, tmp_path: Path
) -> None:
    picture = small_picture(ann)
    ben = laptops.join(ann)
    back = tmp_path / "back.xlsx"
    fill_workbook(sent(ann, "service", tmp_path), back, dispute("Pump leaks again", "Alpine", "Kari Nordmann"))
    assert import_files(ann, [back]).counts.suggestions == 0
    (found,) = open_disputes(ann, picture.accounts["Alpine"])
    assert (found.title, found.contact, found.opened_on) == (
        "Pump leaks again", picture.contacts["Kari Nordmann"], "2026-11-20",
    )  # fmt: skip
    assert open_account(ann, picture.accounts["Alpine"]).disputes == ("Pump leaks again",)
    assert open_disputes(ann, picture.accounts["Borealis"]) == ()
    import_files(ben, [back])
    assert [each.record for each in team_disputes(ben)] == [found.record]


@pytest.mark.slow
def test_the_reps_next_brief_and_today_show_the_dispute_service_logged(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    alpine, kari = picture.accounts["Alpine"], picture.contacts["Kari Nordmann"]
    create_record(ann, "action", {"title": "Send samples", "account": alpine, "due_on": "2026-11-24"})
    back = tmp_path / "back.xlsx"
    fill_workbook(sent(ann, "service", tmp_path), back, dispute("Pump leaks again", "Alpine", "Kari Nordmann"))
    assert [line for line in agenda(ann).lines if line.kind is LineKind.DISPUTE] == []
    import_files(ann, [back])
    (line,) = [line for line in agenda(ann).lines if line.kind is LineKind.DISPUTE]
    assert (line.title, line.account_name, line.group) == ("Pump leaks again", "Alpine", Group.NOW)
    for record in (alpine, kari):
        written = write_briefs(ann, [read_brief(ann, record)], tmp_path / "brief.pdf").path
        assert "Pump leaks again" in PdfReader(written).pages[0].extract_text()


def dispute(title: str, account: str, contact: str = "") -> list[Answer]:
    """The cells of an empty row of Cases; the title makes it the row of that name for the others."""
    row = [
        Answer("Cases", title, "Account", account),
        Answer("Cases", title, "Dispute", "Yes"),
        Answer("Cases", title, "Opened on", "2026-11-20"),
    ]
    more = [Answer("Cases", title, "Contact", contact)] if contact else []
    return [Answer("Cases", "", "Title", title), *row, *more]


def test_it_is_over_when_service_writes_the_day(ann: Session, tmp_path: Path) -> None:
    account = small_picture(ann).accounts["Alpine"]
    create_record(ann, "case", {"title": "Wrong bill", "account": account, "dispute": "yes", "state": "open"})
    back = tmp_path / "back.xlsx"
    fill_workbook(sent(ann, "service", tmp_path), back, [Answer("Cases", "Wrong bill", "Closed on", "2026-11-21")])
    assert open_disputes(ann, account)
    import_files(ann, [back])
    assert open_disputes(ann, account) == ()


def test_marketing_logs_a_send_and_billing_a_payment(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    alpine = picture.accounts["Alpine"]
    line = create_record(ann, "purchase", {"order_number": "4711", "account": alpine, "ordered_on": "2026-10-01"})[0]
    touches, bills = tmp_path / "touches.xlsx", tmp_path / "bills.xlsx"
    fill_workbook(
        sent(ann, "marketing", tmp_path),
        touches,
        [
            Answer("Touches", "", "Subject", "Autumn letter"),
            *(
                Answer("Touches", "Autumn letter", header, typed)
                for header, typed in (
                    ("Account", "Alpine"), ("Contact", "Kari Nordmann"), ("Channel", "Marketing send"),
                    ("Happened on", "2026-11-19"), ("Material used", "Leaflet 7"), ("Direction", "From us"),
                    ("Department", "Marketing"),
                )
            ),
        ],
    )  # fmt: skip
    workbook = openpyxl.load_workbook(sent(ann, "billing", tmp_path))
    sheet = workbook["Purchases"]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(2, headers.index("Invoice number") + 1).value = "R-1"
    sheet.cell(2, headers.index("Paid on") + 1).value = "2026-11-18"
    workbook.save(bills)
    result = import_files(ann, [touches, bills])
    assert (result.counts.new, result.counts.suggestions) == (1, 0)
    (touch,) = ann.store.every("touch")
    assert touch.values == {
        "subject": "Autumn letter", "account": alpine, "contact": picture.contacts["Kari Nordmann"],
        "channel": "send", "happened_on": "2026-11-19", "material": "Leaflet 7", "direction": "ours",
        "department": "marketing",
    }  # fmt: skip
    held = ann.store.record(line)
    assert held is not None
    assert (held.values["invoice_number"], held.values["paid_on"]) == ("R-1", "2026-11-18")


def test_lines_of_one_invoice_are_one_order_on_the_ladder(ann: Session) -> None:
    account = create_record(ann, "account", {"name": "Alpine"})[0]
    for amount in ("10.00 EUR", "20.00 EUR"):
        create_record(
            ann,
            "purchase",
            {"account": account, "invoice_number": "R-1", "invoiced_on": "2026-10-01", "amount": amount},
        )
    (proposed,) = proposals(ann)
    assert (proposed.proposal.rung, proposed.proposal.distinct_orders) == ("customer", 1)
    number = ann.store.every("account")[0].number
    assert ann.store.facts([number], ann.clock.today())[number].orders == 1


def test_today_tells_what_service_logged_until_it_is_over(ann: Session, tmp_path: Path) -> None:
    alpine = small_picture(ann).accounts["Alpine"]
    create_record(ann, "touch", {"subject": "Walk", "account": alpine, "channel": "visit", "happened_on": "2026-11-24"})
    back, over = tmp_path / "back.xlsx", tmp_path / "over.xlsx"
    fill_workbook(sent(ann, "service", tmp_path), back, dispute("Pump leaks again", "Alpine"))
    import_files(ann, [back])
    assert "Pump leaks again" in told_today(ann)
    fill_workbook(back, over, [Answer("Cases", "Pump leaks again", "Closed on", "2026-11-21")])
    import_files(ann, [over])
    assert "Pump leaks again" not in told_today(ann)


def told_today(session: Session) -> list[str]:
    return [line.title for line in agenda(session, mine=False).lines]
