"""A service lead, marketing and billing with nothing but Excel, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.roundtrips.programs import Bench, by_libreoffice

from accountplanner.exchange.filling import Answer, fill_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome

pytestmark = pytest.mark.usefixtures("workspace")
DISPUTE = (
    Answer("Cases", "", "Title", "Delivered twice"),
    Answer("Cases", "Delivered twice", "Account", "Contoso"),
    Answer("Cases", "Delivered twice", "Dispute", "Yes"),
    Answer("Cases", "Delivered twice", "Opened on", "2026-11-18"),
    Answer("Cases", "Delivered twice", "Amount in dispute", "120"),
)

_THAT_DAY = ("--as-of", "2026-11-20")
"""A case is open from its day on, whenever this runs."""


def service_workbook(done: Callable[..., Outcome], folder: Path) -> Path:
    done("add", "account", "Contoso", "city=Graz")
    done("add", "contact", "Eva Berg", "account=Contoso")
    done("export", "team", folder / "service.xlsx", "--department", "service")
    return folder / "service.xlsx"


def test_a_dispute_logged_in_excel_stands_at_the_account(done: Callable[..., Outcome], tmp_path: Path) -> None:
    back = tmp_path / "back.xlsx"
    fill_workbook(service_workbook(done, tmp_path), back, DISPUTE)
    counts = done("import", back, "--json").json["counts"]
    assert (counts["new"], counts["suggestions"], counts["problems"]) == (1, 0, 0)
    assert "Open dispute: Delivered twice, since 2026-11-18" in done(*_THAT_DAY, "show", "account", "Contoso").out
    (dispute,) = done(*_THAT_DAY, "show", "account", "Contoso", "--json").json["disputes"]
    assert (dispute["title"], dispute["amount"]) == ("Delivered twice", "120.00 EUR")
    assert done("import", back, "--json").json["counts"]["new"] == 0


@pytest.mark.slow
def test_the_same_from_libreoffice(done: Callable[..., Outcome], tmp_path: Path) -> None:
    typed, folder = tmp_path / "typed.xlsx", tmp_path / "office"
    folder.mkdir()
    fill_workbook(service_workbook(done, tmp_path), typed, DISPUTE)
    (saved,) = by_libreoffice(Bench(tmp_path / "profile", folder), [typed], "xlsx")
    counts = done("import", saved, "--json").json["counts"]
    assert (counts["new"], counts["changed"], counts["suggestions"]) == (1, 0, 0)
    assert done(*_THAT_DAY, "show", "account", "Contoso", "--json").json["disputes"][0]["title"] == "Delivered twice"


def test_cases_in_a_list_of_their_own(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    done("add", "account", "Contoso", "city=Graz")
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "Ticket no,Customer,Subject,Status,Opened,Disputed\n"
        "C-1,Contoso,Delivered twice,open,2026-11-18,yes\n"
        "C-2,Contoso,Late,open,some day,no\n",
        encoding="utf-8",
    )
    outcome = call("import", cases, "--json")
    assert outcome.code == 1
    (problem,) = outcome.json["problems"]
    assert (problem["sheet"], problem["row"], problem["column"], problem["found"]) == ("cases", 3, "Opened", "some day")
    assert problem["expected"]
    assert done(*_THAT_DAY, "show", "account", "Contoso", "--json").json["disputes"][0]["number"] == "C-1"
    before = done("dump").out
    assert call("import", cases).code == 1
    assert done("dump").out == before


def test_marketing_gets_the_list_of_whom_to_leave_in_peace(done: Callable[..., Outcome], tmp_path: Path) -> None:
    done("add", "account", "Contoso", "city=Graz")
    done("add", "contact", "Eva Berg", "account=Contoso")
    done("add", "case", "Delivered twice", "account=Contoso", "dispute=yes", "opened_on=2026-11-18")
    file = tmp_path / "peace.xlsx"
    written = done("--as-of", "2026-11-20", "export", "report", "leave-in-peace", file, "--json").json
    assert (written["rows"], written["path"]) == (1, str(file))
    sheet = openpyxl.load_workbook(file)["Leave in peace"]
    assert [cell.value for cell in sheet[2]] == ["Eva Berg", "Contoso", None, "open dispute at this account"]
    assert done("--as-of", "2026-11-17", "export", "report", "leave-in-peace", file, "--json").json["rows"] == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("report", "gossip"), "leave-in-peace"), (("team", "--department", "legal"), "billing")],
)
def test_what_there_is_not_is_refused_with_what_there_is(
    call: Callable[..., Outcome], tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    outcome = call("export", *arguments, tmp_path / "x.xlsx")
    assert outcome.code == 2
    assert word in outcome.err
    assert not (tmp_path / "x.xlsx").exists()


def test_a_person_may_say_what_a_list_holds(
    call: Callable[..., Outcome], done: Callable[..., Outcome], tmp_path: Path
) -> None:
    done("add", "account", "Contoso", "city=Graz")
    table = tmp_path / "export.csv"
    table.write_text("Title,Customer,Date,Status\nPump leaks,Contoso,2026-11-18,open\n", encoding="utf-8")
    done("import", table, "--as", "cases")
    assert done("show", "case", "Pump leaks", "--json").json["values"]["opened_on"] == "2026-11-18"
    assert call("import", table, "--as", "scope").code == 2
    assert call("import", table, "--as", "case", "--map", "northwind").code == 2
