"""Somebody's own lists of cases, sends, feedback, invoices and anything else come in, whoever keeps them."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.usecases.acting import small_picture

from accountplanner.domain.catalogue import record_kind, visible_kinds
from accountplanner.domain.fields import PRIVATE_UNLESS_SHARED, Field, FieldType
from accountplanner.usecases.disputes import open_disputes
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.exporting import export_team
from accountplanner.usecases.history import undo
from accountplanner.usecases.import_planning import plan_import
from accountplanner.usecases.import_plans import ImportOptions
from accountplanner.usecases.importing import import_files, preview_import
from accountplanner.usecases.reviewing import accept
from accountplanner.usecases.waiting import queue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.usecases.conftest import Laptops

    from accountplanner.usecases.session import Session

pytestmark = pytest.mark.usefixtures("read_here")


def listed(path: Path, header: Sequence[str], *rows: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def every(session: Session, kind: str) -> list[dict[str, str]]:
    return [dict(each.values) for each in session.store.every(kind)]


CASES = ("Ticket no", "Customer", "Subject", "Status", "Opened", "Disputed")


# --- every kind -----------------------------------------------------------------------------------------------------

TEXTS = {
    FieldType.DATE: ("2026-03-04", "2026-03-04"),
    FieldType.MONEY: ("12.50 EUR", "12.50 EUR"),
    FieldType.INTEGER: ("3", "3"),
    FieldType.YES_NO: ("Yes", "yes"),
    FieldType.EMAIL: ("someone@new.example", "someone@new.example"),
    FieldType.PHONE: ("+49 351 1234567", "+49 351 1234567"),
    FieldType.URL: ("www.new.example", "www.new.example"),
    FieldType.LIST: ("one; two", "one\ntwo"),
}
MADE: dict[str, dict[str, str]] = {
    "account": {"name": "Known account"},
    "contact": {"name": "Known contact", "account": "account"},
    "division": {"name": "Known division", "account": "account"},
    "colleague": {"name": "Known colleague"},
    "partner": {"name": "Known partner"},
    "offering": {"name": "Known offering"},
    "competitor": {"name": "Known competitor"},
    "touch": {"subject": "Known touch", "account": "account"},
    "plan": {"title": "Known plan", "account": "account"},
    "objective": {"title": "Known objective", "plan": "plan"},
    "strategy": {"title": "Known strategy", "objective": "objective"},
    "position": {"holder": "account"},
}


def known_records(session: Session) -> dict[str, str]:
    """One record of every kind that others refer to, all belonging together."""
    ids: dict[str, str] = {}
    for kind, values in MADE.items():
        ids[kind] = create_record(session, kind, {key: ids.get(value, value) for key, value in values.items()})[0]
    return ids


def cell(field: Field, ids: dict[str, str]) -> tuple[str, str]:
    """What a person writes into a column, and the value it stands for."""
    if field.type is FieldType.CHOICE:
        key, label = field.choices[-1]
        return label, key
    if field.type is FieldType.REFERENCE:
        kind = field.refers_to[0]
        return "Known account" if kind == "position" else f"Known {kind}", ids[kind]
    typical = {"country": "Norway", "postal_code": "01067"}.get(field.key, f"new {field.key}")
    if field.type is FieldType.DECIMAL:
        return "3.5", f"{Decimal('3.5'):.{field.scale}f}"
    return TEXTS.get(field.type, (typical, typical))


@pytest.mark.slow
def test_a_list_of_any_kind_headed_by_the_labels_comes_in(ann: Session, tmp_path: Path) -> None:
    ids = known_records(ann)
    # Positions last: a ladder move names the position of an account, which must be the only one.
    for kind in sorted(set(visible_kinds()) - {"scope"}, key=lambda kind: (kind == "position", kind)):
        fields = [each for each in record_kind(kind).fields if each.privacy not in PRIVATE_UNLESS_SHARED]
        cells = [cell(field, ids) for field in fields]
        file = listed(tmp_path / f"list {kind}.csv", [each.label for each in fields], [told for told, _ in cells])
        before = {each.record for each in ann.store.every(kind)}
        result = import_files(ann, [file])
        (made,) = [each for each in ann.store.every(kind) if each.record not in before]
        assert made.values == {field.key: meant for field, (_, meant) in zip(fields, cells, strict=True)}, kind
        assert result.counts.records == {kind: 1}
        assert not result.counts.needs_person, (kind, result)


def test_answers_that_stay_on_the_laptop_come_from_no_list(ann: Session, tmp_path: Path) -> None:
    small_picture(ann)
    kept = [each for each in record_kind("contact").fields if each.privacy in PRIVATE_UNLESS_SHARED]
    header = ["Name", "E-mail", *(each.label for each in kept)]
    row = ["Eva Berg", "eva@berg.example", *("canary" for _ in kept)]
    import_files(ann, [listed(tmp_path / "people.csv", header, row)])
    assert b"eva@berg.example" in dump(ann)
    assert b"canary" not in dump(ann)


# --- whom a row means -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", ["alpine", "K-7", "www.alpine.example/contact", "office@alpine.example"])
def test_a_row_finds_its_account_by_name_number_or_domain(ann: Session, tmp_path: Path, told: str) -> None:
    alpine = small_picture(ann).accounts["Alpine"]
    for field, text in (("number", "K-7"), ("website", "https://alpine.example")):
        set_value(ann, Typed(alpine, field, text))
    row = ["C-1", told, "Pump leaks", "open", "2026-11-20", "yes"]
    import_files(ann, [listed(tmp_path / "cases.csv", CASES, row)])
    (found,) = open_disputes(ann, alpine)
    assert (found.title, found.number) == ("Pump leaks", "C-1")
    assert ann.store.counts()["account"] == 3


def test_a_send_finds_its_person_by_e_mail_and_by_them_the_account(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    rows = [["Autumn letter", "kari@firm.example", "2026-11-19"], ["Autumn letter", "ola@firm.example", "2026-11-19"]]
    file = listed(tmp_path / "mailing.csv", ["Campaign", "E-mail", "Sent on"], *rows)
    import_files(ann, [file])
    fixed = {"channel": "send", "direction": "ours", "department": "marketing", "subject": "Autumn letter"}
    assert sorted(every(ann, "touch"), key=lambda each: each["account"]) == sorted(
        (
            {
                **fixed,
                "happened_on": "2026-11-19",
                "account": picture.accounts[firm],
                "contact": picture.contacts[person],
            }
            for firm, person in (("Alpine", "Kari Nordmann"), ("Borealis", "Ola Hansen"))
        ),
        key=lambda each: each["account"],
    )


def test_of_two_namesakes_the_one_at_the_account_is_meant(ann: Session, tmp_path: Path) -> None:
    picture = small_picture(ann)
    here = create_record(ann, "contact", {"name": "Per Hansen", "account": picture.accounts["Alpine"]})[0]
    create_record(ann, "contact", {"name": "Per Hansen", "account": picture.accounts["Borealis"]})
    header = ["Comment", "Customer", "Said by", "Date", "NPS"]
    file = listed(tmp_path / "survey.csv", header, ["Good service", "Alpine", "Per Hansen", "2026-11-02", "9"])
    import_files(ann, [file])
    (said,) = every(ann, "feedback")
    assert (said["contact"], said["account"], said["score"]) == (here, picture.accounts["Alpine"], "9")


def test_a_name_nobody_has_makes_an_account_and_one_that_is_nearly_known_waits(ann: Session, tmp_path: Path) -> None:
    ann_account = create_record(ann, "account", {"name": "Alpine Foods", "city": "Oslo"})[0]
    rows = [
        ["C-1", "Brand New", "Broken", "open", "2026-11-01", "no"],
        ["C-2", "Alpine Foods GmbH", "Late", "open", "2026-11-02", "yes"],
    ]
    result = import_files(ann, [listed(tmp_path / "cases.csv", CASES, *rows)])
    assert (result.counts.records, result.counts.suggestions) == ({"account": 1, "case": 1}, 1)
    (waiting,) = [each for each in queue(ann) if each.kind == "match"]
    accept(ann, [waiting.id])
    assert [each.number for each in open_disputes(ann, ann_account)] == ["C-2"]


# --- the next file --------------------------------------------------------------------------------------------------


def test_the_same_list_again_changes_nothing_and_the_next_one_only_what_changed(ann: Session, tmp_path: Path) -> None:
    alpine = small_picture(ann).accounts["Alpine"]
    first = ["C-1", "Alpine", "Pump leaks", "open", "2026-11-20", "yes"]
    file = listed(tmp_path / "cases.csv", CASES, first)
    import_files(ann, [file])
    before = dump(ann)
    assert not preview_import(ann, [file]).plan.statements
    import_files(ann, [file])
    assert dump(ann) == before
    set_value(ann, Typed(alpine, "name", "Alpine Holding"))
    assert not plan_import(ann, [file], ImportOptions()).statements
    listed(file, CASES, ["C-1", "Alpine", "Pump leaks", "closed", "2026-11-20", "yes"])
    result = import_files(ann, [file])
    assert (result.counts.new, result.counts.changed, result.counts.conflicts) == (0, 1, 0)
    assert open_disputes(ann, alpine) == ()
    assert ann.store.counts()["account"] == 3


def test_two_laptops_that_bring_in_the_same_lists_end_at_the_same(laptops: Laptops, tmp_path: Path) -> None:
    ann = laptops.found()
    ben = laptops.join(ann)
    cases = listed(tmp_path / "cases.csv", CASES, ["C-1", "Brand New", "Broken", "open", "2026-11-01", "yes"])
    sends = listed(tmp_path / "mailing.csv", ["Campaign", "Customer", "Sent on"], ["Letter", "Brand New", "2026-11-02"])
    for session, files in ((ann, [cases, sends]), (ben, [sends, cases])):
        for file in files:
            import_files(session, [file])
    import_files(ben, [export_team(ann, tmp_path / "ann.xlsx").path])
    import_files(ann, [export_team(ben, tmp_path / "ben.xlsx").path])
    assert ann.store.counts()["account"] == ben.store.counts()["account"] == 1
    assert ann.store.conflicts() == []
    assert dump(ann) == dump(ben)


def test_bad_cells_are_told_by_their_place(ann: Session, tmp_path: Path) -> None:
    small_picture(ann)
    header = ["Invoice no", "Customer", "Date", "Paid", "Amount", "Product"]
    rows = [
        ["R-1", "Alpine", "2026-10-01", "2026-10-20", "12.50", "Soap"],
        ["R-2", "Alpine", "2026-10-02", "soon", "12.50", "Soap"],
        ["R-3", "Alpine", "2026-10-03", "2026-10-30", "a lot", "Soap"],
        ["R-4", "", "2026-10-03", "2026-10-30", "1.00", "Soap"],
    ]
    plan = plan_import(ann, [listed(tmp_path / "invoices.csv", header, *rows)], ImportOptions())
    assert [(each.sheet, each.row, each.column, each.found) for each in sorted(plan.problems, key=lambda p: p.row)] == [
        ("invoices", 3, "Paid", "soon"),
        ("invoices", 4, "Amount", "a lot"),
        ("invoices", 5, "Customer", ""),
    ]
    assert all(each.expected for each in plan.problems)
    import_files(ann, [tmp_path / "invoices.csv"])
    bills = {each["invoice_number"]: each for each in every(ann, "purchase")}
    assert bills.keys() == {"R-1", "R-2", "R-3"}
    assert (bills["R-1"]["paid_on"], bills["R-1"]["amount"], bills["R-1"]["invoiced_on"]) == (
        "2026-10-20", "12.50 EUR", "2026-10-01",
    )  # fmt: skip


def test_an_import_of_cases_is_undone_as_one_step(ann: Session, tmp_path: Path) -> None:
    small_picture(ann)
    before = every(ann, "case"), every(ann, "account")
    import_files(ann, [listed(tmp_path / "cases.csv", CASES, ["C-1", "New", "Broken", "open", "2026-11-01", "yes"])])
    assert len(every(ann, "account")) == 4
    undo(ann)
    assert (every(ann, "case"), every(ann, "account")) == before


def test_sheets_of_one_workbook_name_one_another(ann: Session, tmp_path: Path) -> None:
    plans = listed(
        tmp_path / "plans.csv", ["Title", "Account", "Starts on"], ["Growth 2027", "Brand New", "2027-01-01"]
    )
    objectives = listed(
        tmp_path / "objectives.csv",
        ["Objective", "Plan", "Measure", "Target"],
        ["Win a line", "Growth 2027", "Orders", "3"],
    )
    import_files(ann, [objectives, plans])
    (plan,) = ann.store.every("plan")
    (objective,) = every(ann, "objective")
    assert objective["plan"] == plan.record
    assert ann.store.counts()["account"] == 1


def test_an_invoice_of_a_known_order_is_counted_once(ann: Session, tmp_path: Path) -> None:
    alpine = small_picture(ann).accounts["Alpine"]
    lines = [("4711", "10.00 EUR"), ("4712", "20.00 EUR"), ("4712", "30.00 EUR")]
    known = [
        create_record(ann, "purchase", {"order_number": number, "account": alpine, "amount": amount})[0]
        for number, amount in lines
    ]
    header = ["Invoice no", "Order no", "Customer", "Date", "Amount"]
    rows = [["R-1", "4711", "Alpine", "2026-10-01", "10.00"], ["R-2", "4712", "Alpine", "2026-10-02", "50.00"]]
    file = listed(tmp_path / "invoices.csv", header, *rows)
    result = import_files(ann, [file])
    assert (result.counts.new, result.counts.suggestions, result.counts.problems) == (0, 1, 1)
    (waiting,) = queue(ann)
    assert "same order 4711" in waiting.reason
    accept(ann, [waiting.id])
    assert len(every(ann, "purchase")) == 3
    held = ann.store.record(known[0])
    assert held is not None
    assert (held.values["invoice_number"], held.values["amount"]) == ("R-1", "10.00 EUR")
